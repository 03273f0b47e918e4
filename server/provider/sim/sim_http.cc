#include "server/provider/sim/sim_http.h"

namespace leadline {
namespace {

// A worker thread answers one request at a time, so what is to follow its answer can wait here.
thread_local std::function<void()> after_answer;

constexpr char kCloseMark[] = "x-sim-close";

void RunAfterAnswer() {
  if (!after_answer) return;
  std::function<void()> task = std::move(after_answer);
  after_answer = nullptr;
  task();
}

// The library gives a handler no way to drop the connection, but stops at a header writer that
// fails.
ssize_t WriteHeaders(httplib::Stream& stream, httplib::Headers& headers) {
  if (headers.count(kCloseMark) != 0) return 0;
  std::string text;
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  text += "\r\n";
  return stream.write(text.data(), text.size());
}

void Write(const SimContext& context, SimReply reply, httplib::Response& res) {
  if (reply.hang_seconds > 0) context.wait_seconds(reply.hang_seconds);
  res.status = reply.status;
  for (const auto& [name, value] : reply.headers) res.set_header(name, value);
  if (reply.close) res.set_header(kCloseMark, "1");
  if (!reply.body.empty()) res.set_content(std::move(reply.body), reply.content_type);
  after_answer = std::move(reply.after);
}

}  // namespace

SimReply JsonReply(int status, const Json& body) {
  SimReply reply;
  reply.status = status;
  reply.body = DumpJson(body);
  return reply;
}

SimReply HtmlReply(int status, std::string_view title) {
  SimReply reply;
  reply.status = status;
  reply.content_type = "text/html";
  const std::string text(title);
  reply.body = "<html>\r\n<head><title>" + text + "</title></head>\r\n<body>\r\n<center><h1>" +
               text + "</h1></center>\r\n</body>\r\n</html>\r\n";
  return reply;
}

httplib::Server::Handler Route(const SimContext* context, SimHandler handler) {
  return
      [context, handler = std::move(handler)](const httplib::Request& req, httplib::Response& res) {
        Write(*context, handler(req), res);
      };
}

void PrepareServer(httplib::Server& server) {
  server.set_header_writer(WriteHeaders);
  // The library's own choice, SO_REUSEPORT, would let two simulators share a port and each get half
  // of the requests.
  server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  });
  server.set_logger([](const httplib::Request&, const httplib::Response&) { RunAfterAnswer(); });
  server.set_payload_max_length(kMaxSimBodyBytes);
  server.set_keep_alive_max_count(1000000);
  server.set_keep_alive_timeout(30);
}

std::string BearerKey(const httplib::Request& request) {
  constexpr std::string_view kScheme = "Bearer ";
  const std::string value = request.get_header_value("Authorization");
  return value.starts_with(kScheme) ? value.substr(kScheme.size()) : std::string();
}

}  // namespace leadline
