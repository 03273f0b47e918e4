// The HTTP server beside a bare cpp-httplib handler with the same settings, and the import through
// the API beside plain INSERTs, in interleaved rounds of one run.
//   http_bench [folder]     (a folder for temporary data; default: the current one)
// Prints medians of the rounds; figures are ratios where there is something to compare with.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "common/base/json.h"
#include "httplib.h"
#include "server/cli/instance.h"
#include "server/store/sqlite/db.h"
#include "server/store/store.h"

namespace leadline {
namespace {

constexpr int kRounds = 5;
constexpr int kConnections = 16;
constexpr double kLoadSeconds = 1.0;
constexpr int kRows = 100'000;
constexpr int kPages = 200;

[[noreturn]] void Die(const std::string& what) {
  std::fprintf(stderr, "http_bench: %s\n", what.c_str());
  std::exit(1);
}
template <typename T>
T Must(Result<T> result) {
  if (!result.ok()) Die(result.status().message());
  return std::move(*result);
}

double Seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

int Connect(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) Die("connect");
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

// Bytes of one whole answer at the beginning of `text`, 0 when it is not all there.
size_t AnswerBytes(const std::string& text) {
  const size_t end = text.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  const size_t at = text.find("Content-Length: ");
  if (at > end) Die("an answer without a length");
  const size_t size = end + 4 + std::strtoul(text.c_str() + at + 16, nullptr, 10);
  return text.size() >= size ? size : 0;
}

// Requests a second over kConnections kept-alive connections, one request under way on each.
double RequestsPerSecond(int port, const std::string& path) {
  const std::string request =
      "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n\r\n";
  std::vector<pollfd> fds;
  std::vector<std::string> buffers(kConnections);
  for (int i = 0; i < kConnections; ++i) {
    fds.push_back({Connect(port), POLLIN, 0});
    if (send(fds.back().fd, request.data(), request.size(), 0) < 0) Die("send");
  }
  const double began = Seconds();
  long answers = 0;
  while (Seconds() - began < kLoadSeconds) {
    poll(fds.data(), fds.size(), 1000);
    for (int i = 0; i < kConnections; ++i) {
      if (fds[i].revents == 0) continue;
      char piece[16384];
      const ssize_t n = recv(fds[i].fd, piece, sizeof piece, MSG_DONTWAIT);
      if (n <= 0) Die("the server closed a connection");
      buffers[i].append(piece, static_cast<size_t>(n));
      const size_t size = AnswerBytes(buffers[i]);
      if (size == 0) continue;
      if (buffers[i].compare(0, 12, "HTTP/1.1 200") != 0) Die(buffers[i].substr(0, 200));
      buffers[i].erase(0, size);
      ++answers;
      if (send(fds[i].fd, request.data(), request.size(), 0) < 0) Die("send");
    }
  }
  const double took = Seconds() - began;
  for (const pollfd& p : fds) close(p.fd);
  return static_cast<double>(answers) / took;
}

// cpp-httplib as it is meant to be used, without any of our front.
class Bare {
 public:
  explicit Bare(std::string body) {
    server_.new_task_queue = [] { return new httplib::ThreadPool(32); };
    server_.set_tcp_nodelay(true);
    server_.set_keep_alive_max_count(100'000'000);
    server_.Get("/healthz", [body](const httplib::Request&, httplib::Response& response) {
      response.set_content(body, "application/json");
    });
    port = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    server_.wait_until_ready();
  }
  ~Bare() {
    server_.stop();
    thread_.join();
  }
  int port;

 private:
  httplib::Server server_;
  std::thread thread_;
};

// A Leadline on an empty folder that dials nothing.
class Bed {
 public:
  explicit Bed(const std::string& root) : folder_(root + "/http-bench") {
    std::filesystem::remove_all(folder_);
    InstanceOptions options;
    options.data = folder_;
    options.listen = "127.0.0.1:0";
    options.calls = false;
    ReadProviderEnvironment(&options);
    instance = Must(Instance::Open(options));
    port = std::atoi(instance->url().c_str() + instance->url().rfind(':') + 1);
  }
  ~Bed() {
    instance.reset();
    std::filesystem::remove_all(folder_);
  }
  std::string db() const { return folder_ + "/leadline.db"; }
  std::unique_ptr<Instance> instance;
  int port = 0;

 private:
  const std::string folder_;
};

std::string MakeCsv() {
  std::string csv = "Name,Phone,Email,Company,Budget\n";
  for (int i = 0; i < kRows; ++i) {
    const std::string n = std::to_string(i);
    csv += "Lead " + n + ",+1" + std::to_string(2122000000LL + i * 61) + ",lead" + n +
           "@example.com,Company " + std::to_string(i % 5000) + ",10-20k\n";
  }
  return csv;
}

Json Read(const httplib::Result& answer) {
  if (!answer || answer->status / 100 != 2) Die(answer ? answer->body : "no answer");
  return Must(ParseJson(answer->body));
}

// Options, upload with its dry run, commit, until it is committed.
double ImportSeconds(int port, const std::string& csv) {
  httplib::Client client("127.0.0.1", port);
  client.set_keep_alive(true);
  client.set_tcp_nodelay(true);
  client.set_read_timeout(120);
  const double began = Seconds();
  const Json made = Read(client.Post("/api/v1/imports", "{}", "application/json"));
  const std::string path = "/api/v1/imports/" + DumpJson(Member(made, "id"));
  const Json checked = Read(client.Put(path + "/file", csv, "text/csv"));
  if (IntOf(Member(checked, "created")) != kRows) Die(DumpJson(checked).substr(0, 1000));
  Read(client.Post(path + "/commit", "", "application/json"));
  for (;;) {
    const Json now = Read(client.Get(path));
    if (TextOr(now, "state") == "committed") break;
    if (TextOr(now, "state") != "committing") Die(DumpJson(now));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return Seconds() - began;
}

// The same rows into the same table, indexes and triggers, in one transaction, as one would by
// hand.
double PlainInsertSeconds(const std::string& root) {
  Bed bed(root);
  const auto raw = Must(Db::Open(bed.db(), Db::Mode::kWriter));
  const double began = Seconds();
  raw->RunScript("BEGIN IMMEDIATE");
  {
    Query insert(*raw,
                 "INSERT INTO lead (campaign_id, name, phone, email, company, timezone, variables, "
                 "next_attempt_at, held, import_id, created_at, updated_at) "
                 "VALUES (1, ?, ?, ?, ?, '', ?, 0, 0, 1, ?, ?)");
    const std::string variables = R"({"budget":"10-20k"})";
    const TimeMs now = 1'772'442'000'000;
    for (int i = 0; i < kRows; ++i) {
      const std::string n = std::to_string(i);
      insert.BindAll("Lead " + n, "+1" + std::to_string(2122000000LL + i * 61),
                     "lead" + n + "@example.com", "Company " + std::to_string(i % 5000), variables,
                     now, now);
      insert.Finish();
    }
  }
  raw->RunScript("COMMIT");
  if (!raw->error().ok()) Die(raw->error().message());
  return Seconds() - began;
}

void BenchImport(const std::string& root, const std::string& csv) {
  std::vector<double> api, plain;
  for (int round = 0; round < 3; ++round) {
    plain.push_back(PlainInsertSeconds(root));
    Bed bed(root);
    api.push_back(ImportSeconds(bed.port, csv));
  }
  std::printf(
      "import of %d rows through the API    %6.2f s, plain INSERTs %5.2f s: %.2fx (aim 2x)\n",
      kRows, Median(api), Median(plain), Median(api) / Median(plain));
}

void BenchPages(const std::string& root, const std::string& csv) {
  Bed bed(root);
  ImportSeconds(bed.port, csv);
  httplib::Client client("127.0.0.1", bed.port);
  client.set_keep_alive(true);
  client.set_tcp_nodelay(true);
  for (const char* query : {"limit=100", "limit=100&campaign_id=1&status=created&sort=name"}) {
    std::vector<double> ms;
    for (int i = 0; i < kPages; ++i) {
      const double began = Seconds();
      const auto answer = client.Get(std::string("/api/v1/leads?") + query);
      if (!answer || answer->status != 200) Die("no page");
      ms.push_back((Seconds() - began) * 1000);
    }
    std::printf("page of 100 leads at %d, %-48s %.2f ms (aim 3 ms)\n", kRows, query, Median(ms));
  }
}

void BenchRequests(const std::string& root) {
  Bed bed(root);
  const Bare bare(R"({"status":"ok","version":"0.1.0","now":"2026-03-02T17:00:00.000Z"})");
  std::vector<double> ours, settings, theirs;
  for (int round = 0; round < kRounds; ++round) {
    theirs.push_back(RequestsPerSecond(bare.port, "/healthz"));
    ours.push_back(RequestsPerSecond(bed.port, "/healthz"));
    settings.push_back(RequestsPerSecond(bed.port, "/api/v1/settings"));
  }
  std::printf("small JSON, %d connections    bare cpp-httplib %.0f/s\n", kConnections,
              Median(theirs));
  std::printf("  /healthz            %.0f/s: %.2fx of bare (aim 20,000/s)\n", Median(ours),
              Median(ours) / Median(theirs));
  std::printf("  /api/v1/settings    %.0f/s: %.2fx of bare, with a read of the store\n",
              Median(settings), Median(settings) / Median(theirs));
}

}  // namespace
}  // namespace leadline

int main(int argc, char** argv) {
  const std::string root = argc > 1 ? argv[1] : ".";
  leadline::BenchRequests(root);
  const std::string csv = leadline::MakeCsv();
  leadline::BenchPages(root, csv);
  leadline::BenchImport(root, csv);
  return 0;
}
