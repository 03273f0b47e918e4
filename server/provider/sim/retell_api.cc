#include "server/provider/sim/retell_api.h"

#include <algorithm>

#include "server/provider/sim/retell_check.h"
#include "server/provider/sim/retell_filter.h"
#include "server/provider/sim/retell_view.h"
#include "server/provider/sim/sim_random.h"

namespace leadline {
namespace {

constexpr SimProvider kMe = SimProvider::kRetell;
constexpr int64_t kMaxListLimit = 1000;

Placement PlacementOf(const Json& body, const std::string& key) {
  const Json& agent = MemberPath(body, {"agent_override", "agent"});
  Placement p;
  p.provider = kMe;
  p.number = TextOr(body, "to_number");
  p.attempt_id = TextOr(Member(body, "metadata"), "attempt_id");
  p.api_key = key;
  p.request = body;
  p.detects_voicemail = !agent.is_object() || !agent.contains("voicemail_option") ||
                        !agent["voicemail_option"].is_null();
  p.ring_timeout_ms = IntOf(Member(agent, "ring_duration_ms"));
  p.max_talk_ms = IntOf(Member(agent, "max_call_duration_ms")).value_or(3600000);
  return p;
}

SimReply Page(const Json& item) {
  return JsonReply(200, {{"has_more", false}, {"items", Json::array({item})}});
}

SimReply ListAgents(const httplib::Request& request) {
  const auto body = request.body.empty() ? Result<Json>(Json::object()) : ParseJson(request.body);
  if (!body.ok()) return RetellSchemaError("request/body must be object");
  const Json& channel = MemberPath(*body, {"filter_criteria", "channel"});
  const bool shown = channel.is_null() || TextOr(channel, "value") == "voice";
  if (shown) return Page(RetellAgentListItem());
  return JsonReply(200, {{"has_more", false}, {"items", Json::array()}});
}

SimReply GetAgent(const httplib::Request& request) {
  const std::string& id = request.path_params.at("id");
  if (id != kRetellAgentId) return RetellError(404, "Item " + id + " not found from agent");
  return JsonReply(200, RetellAgent());
}

SimReply ListNumbers(const httplib::Request&) {
  return Page(RetellPhoneNumber());
}

SimReply Gone(const httplib::Request&) {
  return RetellError(404, "The requested resource was not found.");
}

struct ListRequest {
  int64_t limit = 50, skip = 0;
  bool ascending = false, include_total = false;
  std::string pagination_key;
};

// Fills `list`; "" or what the schema check says.
std::string ParseList(const Json& body, ListRequest* list) {
  if (!body.is_object()) return "request/body must be object";
  const Json& limit = Member(body, "limit");
  const Json& skip = Member(body, "skip");
  const Json& key = Member(body, "pagination_key");
  list->limit = IntOf(limit).value_or(limit.is_null() ? list->limit : 0);
  if (list->limit < 1) return "request/body/limit must be >= 1";
  if (list->limit > kMaxListLimit) return "request/body/limit must be <= 1000";
  list->skip = IntOf(skip).value_or(skip.is_null() ? 0 : -1);
  if (list->skip < 0) return "request/body/skip must be >= 0";
  if (!skip.is_null() && !key.is_null()) {
    return "request/body must not have both skip and pagination_key";
  }
  list->pagination_key = TextOr(body, "pagination_key");
  const std::string_view order = TextOr(body, "sort_order", "descending");
  if (order != "ascending" && order != "descending") {
    return "request/body/sort_order must be equal to one of the allowed values";
  }
  list->ascending = order == "ascending";
  list->include_total = Member(body, "include_total") == Json(true);
  return RetellFilterProblem(Member(body, "filter_criteria"));
}

int64_t StartOf(const Json& item) {
  return IntOf(Member(item, "start_timestamp")).value_or(0);
}

}  // namespace

SimHandler RetellApi::Guarded(SimHandler handler) const {
  return [this, handler = std::move(handler)](const httplib::Request& request) -> SimReply {
    const std::string key = BearerKey(request);
    const std::string wanted = context_->config->Get().retell_api_key;
    if (key.empty() || (!wanted.empty() && key != wanted)) {
      return RetellError(401, "API key is missing or invalid.");
    }
    return handler(request);
  };
}

void RetellApi::Register(httplib::Server& server, const std::string& prefix) {
  const auto route = [&](SimReply (RetellApi::*method)(const httplib::Request&) const) {
    return Route(context_,
                 Guarded([this, method](const httplib::Request& r) { return (this->*method)(r); }));
  };
  const auto plain = [&](SimHandler handler) { return Route(context_, Guarded(handler)); };
  server.Post(prefix + "/v2/create-phone-call",
              plain([this](const httplib::Request& r) { return Create(r); }));
  server.Get(prefix + "/v2/get-call/:id", route(&RetellApi::Get));
  server.Post(prefix + "/v3/list-calls", route(&RetellApi::List));
  server.Post(prefix + "/v2/stop-call/:id", route(&RetellApi::Stop));
  server.Patch(prefix + "/v2/update-call/:id", route(&RetellApi::Update));
  server.Get(prefix + "/get-concurrency", route(&RetellApi::Concurrency));
  server.Post(prefix + "/v2/list-agents", plain(ListAgents));
  server.Get(prefix + "/get-agent/:id", plain(GetAgent));
  server.Get(prefix + "/v2/list-phone-numbers", plain(ListNumbers));
  server.Get(prefix + "/list-agents", plain(Gone));
  server.Get(prefix + "/list-phone-numbers", plain(Gone));
  server.Post(prefix + "/v2/list-calls", plain(Gone));
}

SimReply RetellApi::Create(const httplib::Request& request) {
  const auto body = ParseJson(request.body);
  if (!body.ok()) return RetellError(400, "Invalid request format, please check API reference.");
  SimReply problem = RetellCreateProblem(*body);
  if (problem.status != 0) return problem;
  const CreateWords words = {
      .fault = [this](CreateFault fault) { return Fault(fault); },
      .created =
          [this](const SimCall& call) {
            return RetellCall(call, RetellDetail::kBasic, context_->public_url);
          },
  };
  return flow_.Answer(PlacementOf(*body, BearerKey(request)), words);
}

SimReply RetellApi::Fault(CreateFault fault) const {
  switch (fault) {
    case CreateFault::k401:
      return RetellError(401, "API key is missing or invalid.");
    case CreateFault::k402:
      return RetellError(402, "Trial has ended, please add payment method.");
    case CreateFault::k403:
      return RetellError(403, "Forbidden");
    case CreateFault::k400Concurrency:
    case CreateFault::k429:
      return RetellError(429, "Account rate limited, please throttle your requests.");
    case CreateFault::k429Retry: {
      SimReply reply = RetellError(429, "Account rate limited, please throttle your requests.");
      reply.headers.emplace_back("Retry-After", "2");
      return reply;
    }
    case CreateFault::k503:
      return RetellError(503, "Service unavailable.");
    default:
      return RetellError(500, "An unexpected server error occurred.");
  }
}

bool RetellApi::ReadFails(const std::string& what) const {
  const double rate = context_->config->Get().read_error_rate;
  return rate > 0 &&
         SimUnit(context_->seed, what + std::to_string(context_->clock->SteadyUs())) < rate;
}

SimReply RetellApi::Get(const httplib::Request& request) const {
  const std::string& id = request.path_params.at("id");
  if (ReadFails(id)) return Fault(CreateFault::k500);
  const auto call = context_->engine->Find(kMe, id);
  if (!call) return RetellError(404, "Item " + id + " not found from call");
  return JsonReply(200, RetellCall(*call, RetellDetail::kFull, context_->public_url));
}

// Sorted by start; calls that have not connected yet are in no list.
std::vector<Json> RetellApi::Matching(const Json& criteria, bool ascending) const {
  const int64_t now_us = context_->clock->SteadyUs();
  std::vector<Json> out;
  context_->engine->Visit(kMe, [&](const SimCall& call) {
    if (call.visible_us > now_us || RetellStatus(call) == "registered") return true;
    Json item = RetellCall(call, RetellDetail::kListItem, context_->public_url);
    if (RetellFilterAccepts(criteria, item)) out.push_back(std::move(item));
    return true;
  });
  std::stable_sort(out.begin(), out.end(), [&](const Json& a, const Json& b) {
    return ascending ? StartOf(a) < StartOf(b) : StartOf(a) > StartOf(b);
  });
  return out;
}

SimReply RetellApi::List(const httplib::Request& request) const {
  const auto body = request.body.empty() ? Result<Json>(Json::object()) : ParseJson(request.body);
  if (!body.ok()) return RetellError(400, "Invalid request format, please check API reference.");
  ListRequest list;
  const std::string problem = ParseList(*body, &list);
  if (!problem.empty()) return RetellSchemaError(problem);
  if (ReadFails("list")) return Fault(CreateFault::k500);

  std::vector<Json> all = Matching(Member(*body, "filter_criteria"), list.ascending);
  auto from = all.begin() + std::min<int64_t>(list.skip, static_cast<int64_t>(all.size()));
  if (!list.pagination_key.empty()) {
    from = std::find_if(all.begin(), all.end(), [&](const Json& item) {
      return TextOr(item, "call_id") == list.pagination_key;
    });
    if (from != all.end()) ++from;
  }
  const auto to = from + std::min<int64_t>(list.limit, all.end() - from);
  Json out = {{"has_more", to != all.end()}, {"items", std::vector<Json>(from, to)}};
  if (to != all.end() && to != from) out["pagination_key"] = TextOr(*(to - 1), "call_id");
  if (list.include_total) out["total"] = all.size();
  return JsonReply(200, out);
}

SimReply RetellApi::Stop(const httplib::Request& request) const {
  const std::string& id = request.path_params.at("id");
  const auto call = context_->engine->Find(kMe, id);
  if (!call) return RetellError(404, "Item " + id + " not found from call");
  if (!context_->engine->Hangup(kMe, id, "manual_stopped")) {
    return RetellError(400, "Call is not ongoing.");
  }
  SimReply reply;
  reply.status = 204;
  return reply;
}

SimReply RetellApi::Update(const httplib::Request& request) const {
  const std::string& id = request.path_params.at("id");
  const auto body = ParseJson(request.body);
  if (!body.ok()) return RetellError(400, "Invalid request format, please check API reference.");
  const auto call = context_->engine->Find(kMe, id);
  if (!call) return RetellError(404, "Item " + id + " not found from call");
  if (call->phase != CallPhase::kEnded) {
    return RetellError(400, "Cannot update metadata of an ongoing call.");
  }
  if (const Json& metadata = Member(*body, "metadata"); metadata.is_object()) {
    context_->engine->Edit(kMe, id, [&](SimCall& c) { c.request["metadata"] = metadata; });
  }
  return Get(request);
}

SimReply RetellApi::Concurrency(const httplib::Request&) const {
  const int limit = context_->engine->Limit(kMe);
  return JsonReply(200, {{"current_concurrency", context_->engine->Active(kMe)},
                         {"concurrency_limit", limit},
                         {"base_concurrency", limit},
                         {"purchased_concurrency", 0},
                         {"reserved_inbound_concurrency", 0},
                         {"concurrency_purchase_limit", 100},
                         {"remaining_purchase_limit", 100},
                         {"concurrency_burst_enabled", false},
                         {"concurrency_burst_limit", 0}});
}

}  // namespace leadline
