#include "server/cli/api_session.h"

#include <sys/stat.h>

#include <fstream>

#include "common/api/envelope.h"

namespace leadline {
namespace {

constexpr size_t kPieceBytes = 256 * 1024;
constexpr const char* kPrefix = "/api/v1";

Status Unreachable(const std::string& data) {
  return Unavailable("server_unreachable",
                     "Another process holds " + data + ", and no server answers for it.");
}

}  // namespace

Result<std::unique_ptr<ApiSession>> ApiSession::Open(const std::string& data) {
  InstanceOptions options;
  options.data = data;
  options.listen = "127.0.0.1:0";
  options.calls = false;
  ReadProviderEnvironment(&options);
  Result<std::unique_ptr<Instance>> own = Instance::Open(options);
  if (own.ok()) {
    const std::string url = (*own)->url();
    return std::unique_ptr<ApiSession>(new ApiSession(std::move(*own), url));
  }
  if (own.status().slug() != "store_in_use") return own.status();
  std::string url;
  std::ifstream file(AddressFile(data));
  if (!std::getline(file, url) || !IsLoopbackUrl(url)) return Unreachable(data);
  std::unique_ptr<ApiSession> session(new ApiSession(nullptr, url));
  if (!session->Get("/settings").ok()) return Unreachable(data);
  return session;
}

ApiSession::ApiSession(std::unique_ptr<Instance> own, const std::string& url)
    : own_(std::move(own)), client_(url) {
  client_.set_keep_alive(true);
  client_.set_read_timeout(std::chrono::minutes(10));
  client_.set_write_timeout(std::chrono::minutes(1));
}

Result<Json> ApiSession::Read(const httplib::Result& answer) {
  if (!answer) return StatusOf(ReadProblem(0, ""));
  if (answer->status / 100 != 2) return StatusOf(ReadProblem(answer->status, answer->body));
  return ParseJson(answer->body);
}

Result<Json> ApiSession::Get(const std::string& path) {
  return Read(client_.Get(kPrefix + path));
}

Result<Json> ApiSession::Post(const std::string& path, const Json& body) {
  return Read(client_.Post(kPrefix + path, DumpJson(body), "application/json"));
}

Result<Json> ApiSession::PutFile(const std::string& path, const std::string& file) {
  struct stat info;
  std::ifstream in(file, std::ios::binary);
  if (!in || stat(file.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) {
    return Invalid("file_unreadable", "The file cannot be read.");
  }
  std::string piece(kPieceBytes, '\0');
  return Read(client_.Put(
      kPrefix + path, static_cast<size_t>(info.st_size),
      [&](size_t, size_t length, httplib::DataSink& sink) {
        in.read(piece.data(), static_cast<std::streamsize>(std::min(length, piece.size())));
        return in.gcount() > 0 && sink.write(piece.data(), static_cast<size_t>(in.gcount()));
      },
      "text/csv"));
}

Status ApiSession::Download(const std::string& path,
                            const std::function<bool(std::string_view)>& write) {
  int http_status = 0;
  std::string problem;
  const httplib::Result answer = client_.Get(
      kPrefix + path,
      [&](const httplib::Response& response) {
        http_status = response.status;
        return true;
      },
      [&](const char* data, size_t size) {
        if (http_status / 100 == 2) return write({data, size});
        problem.append(data, size);
        return problem.size() < kPieceBytes;
      });
  if (http_status != 0 && http_status / 100 != 2) {
    return StatusOf(ReadProblem(http_status, problem));
  }
  if (!answer) return Unavailable("download_broken", "The download broke off.");
  return {};
}

Result<int64_t> ApiSession::CampaignId(const std::string& name) {
  if (name.empty()) return int64_t{0};
  const Result<Json> page = Get("/campaigns");
  if (!page.ok()) return page.status();
  PageHead head;
  const Json& items = ReadPage(*page, &head);
  for (const Json& campaign : items) {
    if (TextOr(campaign, "name") == name) return IntOf(Member(campaign, "id")).value_or(0);
  }
  std::string names;
  for (const Json& campaign : items) {
    names += (names.empty() ? "" : ", ") + std::string(TextOr(campaign, "name"));
  }
  return NotFound("There is no such campaign. There are: " + names + ".");
}

std::string EncodeQuery(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
        c == '-' || c == '.') {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

}  // namespace leadline
