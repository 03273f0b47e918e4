// The head parser on any bytes: whatever it accepts keeps the promises that the front relies on.
#include <cstdint>
#include <cstdlib>

#include "server/http/head.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const size_t end = leadline::FindHeadEnd(text);
  leadline::RequestHead head;
  leadline::HeadError error;
  if (!leadline::ParseHead(text.substr(0, std::min(end, size)), &head, &error)) return 0;
  const bool holds =
      !head.target.empty() && head.target[0] == '/' &&
      head.target.find_first_of(std::string_view("\r\n \0", 4)) == std::string_view::npos &&
      head.headers.size() <= leadline::kMaxHeaders && head.Get("transfer-encoding").empty() &&
      head.target.size() <= leadline::kMaxTargetBytes;
  if (!holds) std::abort();
  return 0;
}
