#include "tests/server/sim/harness.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

namespace leadline {

std::string Caught::Header(const std::string& name) const {
  const auto it = headers.find(name);
  return it == headers.end() ? "" : it->second;
}

std::string Caught::Event() const {
  if (body.contains("event")) return std::string(TextOr(body, "event"));
  const Json& message = Member(body, "message");
  std::string type(TextOr(message, "type"));
  if (type == "status-update") type += ":" + std::string(TextOr(message, "status"));
  return type;
}

std::string Caught::CallId() const {
  const std::string_view retell = TextOr(Member(body, "call"), "call_id");
  if (!retell.empty()) return std::string(retell);
  return std::string(TextOr(MemberPath(body, {"message", "call"}), "id"));
}

std::string Answer::CallId() const {
  return std::string(TextOr(body, "call_id", TextOr(body, "id")));
}

Catcher::Catcher() {
  server_.Post(".*", [this](const httplib::Request& req, httplib::Response& res) {
    const auto body = ParseJson(req.body);
    std::lock_guard lock(mutex_);
    caught_.push_back({req.path, req.headers, req.body, body.ok() ? *body : Json()});
    res.status = 204;
    if (!statuses_.empty()) {
      res.status = statuses_.front();
      statuses_.erase(statuses_.begin());
    }
    changed_.notify_all();
  });
  port_ = server_.bind_to_any_port("127.0.0.1");
  thread_ = std::thread([this] { server_.listen_after_bind(); });
  server_.wait_until_ready();
}

Catcher::~Catcher() {
  server_.stop();
  thread_.join();
}

std::string Catcher::Url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + path;
}

void Catcher::AnswerWith(std::vector<int> statuses) {
  std::lock_guard lock(mutex_);
  statuses_ = std::move(statuses);
}

std::vector<Caught> Catcher::Await(size_t count,
                                   const std::function<bool(const Caught&)>& matches) {
  std::unique_lock lock(mutex_);
  std::vector<Caught> found;
  changed_.wait_for(lock, std::chrono::seconds(20), [&] {
    found.clear();
    std::copy_if(caught_.begin(), caught_.end(), std::back_inserter(found), matches);
    return found.size() >= count;
  });
  EXPECT_GE(found.size(), count) << "webhooks did not come";
  return found;
}

std::vector<Caught> Catcher::AwaitEvent(const std::string& event, size_t count) {
  return Await(count, [&](const Caught& c) { return c.Event() == event; });
}

std::vector<std::string> Catcher::EventsOf(const std::string& call_id) {
  std::lock_guard lock(mutex_);
  std::vector<std::string> events;
  for (const Caught& c : caught_) {
    if (c.CallId() == call_id) events.push_back(c.Event());
  }
  return events;
}

SimOptions Sim::Fast() {
  SimOptions options;
  options.listen = "127.0.0.1:0";
  options.time_scale = 1000;
  return options;
}

Sim::Sim(SimOptions options) {
  auto started = Simulator::Start(std::move(options));
  EXPECT_TRUE(started.ok()) << started.status().message();
  simulator_ = std::move(started).value();
}

Answer Sim::Send(const std::string& method, const std::string& path, const Json& body,
                 const httplib::Headers& headers) {
  httplib::Client client(simulator_->url());
  client.set_read_timeout(30);
  httplib::Request request;
  request.method = method;
  request.path = path;
  request.headers = headers;
  if (!body.is_null()) {
    request.body = DumpJson(body);
    request.set_header("Content-Type", "application/json");
  }
  const auto result = client.send(request);
  if (!result) return {};
  Answer answer{result->status, result->body, nullptr, result->headers};
  if (const auto parsed = ParseJson(result->body); parsed.ok()) answer.body = *parsed;
  return answer;
}

void Sim::Configure(const Json& patch) {
  const Answer answer = Send("PUT", "/sim/config", patch);
  EXPECT_EQ(answer.status, 200) << answer.text;
}

std::vector<Json> Sim::Rings(const std::string& number) {
  std::vector<Json> rings;
  const Answer answer = Get("/sim/rings");
  for (const Json& ring : Member(answer.body, "items")) {
    if (TextOr(ring, "number") == number) rings.push_back(ring);
  }
  return rings;
}

Json VapiCallBody(const std::string& number, const std::string& webhook_url) {
  Json overrides = {{"metadata", {{"attempt_id", "attempt-" + number}}},
                    {"variableValues", {{"name", "Ann"}}},
                    {"serverMessages", Json::array({"status-update", "end-of-call-report"})}};
  if (!webhook_url.empty()) overrides["server"] = {{"url", webhook_url}};
  return {{"assistantId", kAssistant},
          {"phoneNumberId", kPhoneNumber},
          {"customer", {{"number", number}, {"name", "Ann Lee"}}},
          {"assistantOverrides", overrides}};
}

Json RetellCallBody(const std::string& number, const std::string& webhook_url) {
  Json body = {{"from_number", "+14157774444"},
               {"to_number", number},
               {"metadata", {{"attempt_id", "attempt-" + number}}},
               {"retell_llm_dynamic_variables", {{"customer_name", "Ann Lee"}}}};
  if (!webhook_url.empty()) body["agent_override"] = {{"agent", {{"webhook_url", webhook_url}}}};
  return body;
}

}  // namespace leadline
