#include "client/state/update.h"

#include <variant>

#include "client/state/apply.h"
#include "client/state/load.h"

namespace leadline {

void Model::Recall(std::string_view columns) {
  context_.state.columns = ColumnMemory::Parse(columns);
}

void Model::Start(std::string_view hash, TimeMs now) {
  context_.state.now = now;
  context_.state.connection.since = now;
  context_.state.route = ParseRoute(hash);
  LoadTopic(context_, Topic::kClock);
  LoadTopic(context_, Topic::kStream);
  EnterRoute(context_, context_.state.route);
}

void Model::Tick(TimeMs now) {
  context_.state.now = now;
  for (Topic topic; context_.TakeDue(&topic);) LoadTopic(context_, topic);
}

void Model::Apply(const Command& command) {
  std::visit([this](const auto& c) { leadline::Apply(context_, c); }, command);
}

void Model::OnHash(std::string_view hash) {
  EnterRoute(context_, ParseRoute(hash));
}

void Model::OnUploadProgress(int64_t sent_bytes) {
  context_.state.import.sent_bytes = sent_bytes;
}

void Model::OnStreamState(LiveState live) {
  leadline::OnStreamState(context_, live);
}

void Model::OnStreamEvent(std::string_view data) {
  const Result<Json> json = ParseJson(data);
  Change change;
  if (json.ok() && ReadChange(*json, &change)) OnChange(context_, change);
}

void Model::OnVisible() {
  // Browsers slow a hidden page down; what it shows may be old.
  LoadScreen(context_);
}

void Model::OnFile(int handle, std::string_view name, int64_t bytes) {
  ChooseFile(context_, handle, name, bytes);
}

void Model::OnWorkerMessage(std::string_view json) {
  OnCheckMessage(context_, json);
}

void Model::OnWorkerFailed(std::string_view message) {
  OnCheckFailed(context_, message);
}

}  // namespace leadline
