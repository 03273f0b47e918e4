// The embedded client.
#include "httplib.h"
#include "server/http/assets/assets.h"
#include "server/http/exchange.h"
#include "server/http/handlers.h"

namespace leadline {
namespace {

constexpr const char* kNoClient =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Leadline</title>"
    "<h1>Leadline</h1><p>This build of the server has no client in it. Build both with "
    "<code>scripts/build.sh</code>; the API is under <a href=\"/api/v1/openapi.json\">/api/v1</a>."
    "</html>";

bool Accepts(const RequestHead& head, std::string_view coding) {
  std::string_view accepted = head.Get("accept-encoding");
  const size_t at = accepted.find(coding);
  return at != std::string_view::npos && accepted.substr(at + coding.size()).substr(0, 4) != ";q=0";
}

// The page asks for its files with `?v=` and a tag of the build, which never means anything else.
bool IsPinned(const RequestHead& head) {
  const std::string_view query = head.target.substr(head.path.size());
  return query.starts_with("?v=") && query.size() > 3;
}

}  // namespace

Status GetClientFile(Exchange& x) {
  const std::string_view path = x.head.path == "/" ? "/index.html" : x.head.path;
  const Asset* asset = FindAsset(path);
  if (asset == nullptr) {
    if (x.head.path == "/") return x.AnswerText(kNoClient, "text/html; charset=utf-8");
    return NotFound("There is nothing at this address.");
  }
  x.SetHeader("ETag", std::string(asset->etag));
  x.SetHeader("Vary", "Accept-Encoding");
  x.SetHeader("Cache-Control",
              IsPinned(x.head) ? "public, max-age=31536000, immutable" : "no-cache");
  if (x.head.Get("if-none-match").find(asset->etag) != std::string_view::npos) {
    x.response.status = 304;
    return {};
  }
  const bool packed = !asset->gzip.empty() && Accepts(x.head, "gzip");
  if (packed) x.SetHeader("Content-Encoding", "gzip");
  const std::string_view bytes = packed ? asset->gzip : asset->bytes;
  x.response.status = 200;
  x.response.set_content_provider(bytes.size(), std::string(asset->mime),
                                  [bytes](size_t offset, size_t length, httplib::DataSink& sink) {
                                    return sink.write(bytes.data() + offset, length);
                                  });
  return {};
}

}  // namespace leadline
