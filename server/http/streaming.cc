#include "server/http/streaming.h"

#include <spdlog/spdlog.h>

#include "httplib.h"

namespace leadline {

void StreamCsv(Exchange& x, const char* file_name,
               std::function<Status(const PieceSink& write)> produce) {
  x.response.status = 200;
  x.response.set_header("Content-Disposition",
                        std::string("attachment; filename=\"") + file_name + "\"");
  x.response.set_chunked_content_provider(
      kCsvType, [produce = std::move(produce)](size_t, httplib::DataSink& sink) {
        const Status status = produce([&sink](std::string_view piece) {
          return piece.empty() || sink.write(piece.data(), piece.size());
        });
        if (!status.ok()) {
          spdlog::error("csv: {}: {}", status.slug(), status.message());
          return false;
        }
        sink.done();
        return true;
      });
}

}  // namespace leadline
