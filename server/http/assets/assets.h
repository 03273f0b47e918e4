// The files of the client, embedded in the binary.
#pragma once

#include <span>
#include <string_view>

namespace leadline {

struct Asset {
  std::string_view path;  // "/index.html"
  std::string_view mime;
  std::string_view bytes;
  std::string_view gzip;  // empty where compression does not pay
  std::string_view etag;  // with its quotes; the same for both forms
};

// Sorted by path; empty when the binary was built without a client.
std::span<const Asset> Assets();
const Asset* FindAsset(std::string_view path);  // null: there is none

}  // namespace leadline
