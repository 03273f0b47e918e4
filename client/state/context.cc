#include "client/state/context.h"

#include <utility>

namespace leadline {

int Context::Send(HttpEffect request, ReplyHandler handler) {
  const int id = next_request_++;
  request.id = id;
  pending_[id] = std::move(handler);
  effects.push_back(std::move(request));
  return id;
}

int Context::Get(std::string path, ReplyHandler handler) {
  return Send({.method = "GET", .path = std::move(path)}, std::move(handler));
}

int Context::Post(std::string path, const Json& body, ReplyHandler handler) {
  return Send({.method = "POST",
               .path = std::move(path),
               .body = body.is_null() ? std::string() : DumpJson(body)},
              std::move(handler));
}

void Context::Cancel(int request) {
  if (pending_.erase(request) != 0) effects.push_back(CancelHttpEffect{request});
}

void Context::OnReply(const Reply& reply) {
  const auto it = pending_.find(reply.id);
  if (it == pending_.end()) return;
  const ReplyHandler handler = std::move(it->second);
  pending_.erase(it);
  handler(*this, reply);
}

void Context::Notify(std::string_view text, NoticeTone tone) {
  effects.push_back(NoticeEffect{std::string(text), tone});
}

void Context::NotifyProblem(const Status& status) {
  Notify(status.message(), NoticeTone::kDanger);
}

void Context::Refresh(Topic topic, TimeMs delay_ms) {
  const TimeMs at = now() + delay_ms;
  const auto it = due_.find(topic);
  if (it != due_.end() && it->second <= at) return;
  due_[topic] = at;
}

std::optional<TimeMs> Context::NextDue() const {
  std::optional<TimeMs> next;
  for (const auto& [topic, at] : due_) {
    if (!next || at < *next) next = at;
  }
  return next;
}

bool Context::TakeDue(Topic* topic) {
  for (auto it = due_.begin(); it != due_.end(); ++it) {
    if (it->second > now()) continue;
    *topic = it->first;
    due_.erase(it);
    return true;
  }
  return false;
}

}  // namespace leadline
