#include "client/net/runner.h"

namespace leadline {
namespace {

constexpr char kWorkerUrl[] = "worker.js";
// The kinds of changes that the server tells; see common/api/envelope.h.
constexpr char kChangeTypes[] = "lead,campaign,assistant,call,import,settings,suppression,reload";

}  // namespace

void Runner::Send(const HttpEffect& http) {
  platform::FetchRequest request;
  request.method = http.method;
  request.url = http.path;
  request.body = http.body;
  request.file = http.file;
  if (!http.body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  if (http.file != 0) request.headers.emplace_back("Content-Type", "application/octet-stream");
  if (http.if_match != 0) request.headers.emplace_back("If-Match", std::to_string(http.if_match));
  const int fetch = platform::Fetch(request);
  request_of_fetch_[fetch] = http.id;
  fetch_of_request_[http.id] = fetch;
}

std::optional<Reply> Runner::ReplyOf(const platform::Event& event) {
  if (event.kind != platform::EventKind::kFetchDone) return std::nullopt;
  const auto it = request_of_fetch_.find(event.id);
  if (it == request_of_fetch_.end()) return std::nullopt;
  Reply reply{it->second, event.status, event.text};
  fetch_of_request_.erase(it->second);
  request_of_fetch_.erase(it);
  return reply;
}

void Runner::Run(const Effect& effect) {
  if (const auto* http = std::get_if<HttpEffect>(&effect)) {
    Send(*http);
  } else if (const auto* cancel = std::get_if<CancelHttpEffect>(&effect)) {
    const auto it = fetch_of_request_.find(cancel->id);
    if (it == fetch_of_request_.end()) return;
    platform::CancelFetch(it->second);
    request_of_fetch_.erase(it->second);
    fetch_of_request_.erase(it);
  } else if (const auto* hash = std::get_if<SetHashEffect>(&effect)) {
    platform::SetUrlHash(hash->hash, hash->replace);
  } else if (const auto* stream = std::get_if<OpenStreamEffect>(&effect)) {
    platform::OpenStream(stream->path, kChangeTypes);
  } else if (std::holds_alternative<StartWorkerEffect>(effect)) {
    worker_ = platform::StartWorker(kWorkerUrl);
  } else if (const auto* message = std::get_if<WorkerEffect>(&effect)) {
    if (worker_ != 0) platform::PostToWorker(worker_, message->message, message->file);
  } else if (std::holds_alternative<StopWorkerEffect>(effect)) {
    if (worker_ != 0) platform::StopWorker(worker_);
    worker_ = 0;
  } else if (const auto* release = std::get_if<ReleaseFileEffect>(&effect)) {
    platform::ReleaseFile(release->file);
  } else if (const auto* download = std::get_if<DownloadEffect>(&effect)) {
    platform::DownloadUrl(download->url, download->name);
  } else if (const auto* keep = std::get_if<KeepEffect>(&effect)) {
    platform::SaveLocal(keep->key, keep->value);
  }
}

}  // namespace leadline
