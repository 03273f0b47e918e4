#include "server/provider/sim/vapi_api.h"

#include "server/provider/sim/dto.h"
#include "server/provider/sim/sim_random.h"
#include "server/provider/sim/vapi_check.h"
#include "server/provider/sim/vapi_dto.h"
#include "server/provider/sim/vapi_view.h"

namespace leadline {
namespace {

constexpr SimProvider kMe = SimProvider::kVapi;

SimReply EdgeRefusal() {
  SimReply reply;
  reply.status = 403;
  reply.content_type = "text/plain; charset=UTF-8";
  reply.body = "error code: 1010";
  return reply;
}

SimReply UnknownCall() {
  return VapiError(404, "Couldn't Get Call. `id` Does Not Exist.");
}

bool DetectsVoicemail(const Json& request) {
  const Json detection = VapiSetting(request, "voicemailDetection");
  return detection.is_object();
}

Placement PlacementOf(const Json& body, const std::string& key, const SimClock& clock) {
  Placement p;
  p.provider = kMe;
  p.number = TextOr(Member(body, "customer"), "number");
  p.attempt_id = TextOr(VapiSetting(body, "metadata"), "attempt_id");
  p.api_key = key;
  p.request = body;
  p.detects_voicemail = DetectsVoicemail(body);
  const auto longest = NumberOf(VapiSetting(body, "maxDurationSeconds"));
  p.max_talk_ms = static_cast<int64_t>(longest.value_or(600) * 1000);
  const auto earliest = ParseRfc3339(TextOr(Member(body, "schedulePlan"), "earliestAt"));
  if (earliest) p.extra_delay_ms = std::max<int64_t>(0, *earliest - clock.SimMs());
  return p;
}

// The account has one of each, so that paging and limits have little to do.
SimReply ListOfOne(const httplib::Request& request, const Json& item) {
  VapiQuery query;
  const auto problems = ParseVapiQuery(request.params, &query);
  if (!problems.empty()) return VapiError(400, problems);
  const auto at = ParseRfc3339(TextOr(item, "createdAt")).value_or(0);
  const bool shown = query.limit > 0 && query.Accepts(at, at);
  return JsonReply(200, shown ? Json::array({item}) : Json::array());
}

SimReply PhoneNumberPage(const httplib::Request& request) {
  const std::string search = request.get_param_value("search");
  const Json number = VapiPhoneNumber();
  const bool first_page = !request.has_param("page") || request.get_param_value("page") == "1";
  const bool found = search.empty() || TextOr(number, "number").find(search) != std::string::npos ||
                     TextOr(number, "name").find(search) != std::string::npos;
  return JsonReply(200, {{"results", first_page && found ? Json::array({number}) : Json::array()},
                         {"metadata",
                          {{"itemsPerPage", 100},
                           {"totalItems", found ? 1 : 0},
                           {"currentPage", first_page ? 1 : 2},
                           {"hasNextPage", false}}}});
}

SimReply OneById(const std::string& id, std::string_view known, const Json& item,
                 const std::string& what) {
  if (!IsUuid(id)) return VapiError(400, what + " id must be a UUID");
  if (id != known) return VapiError(404, "Couldn't Get " + what + ". `id` Does Not Exist.");
  return JsonReply(200, item);
}

std::string IdOf(const httplib::Request& request) {
  return request.path_params.at("id");
}

}  // namespace

// What the edge and the gateway refuse before any route is asked.
SimHandler VapiApi::Guarded(SimHandler handler) const {
  return [this, handler = std::move(handler)](const httplib::Request& request) -> SimReply {
    if (request.get_header_value("User-Agent").empty()) return EdgeRefusal();
    if (!request.has_header("Authorization")) return VapiError(401, "Missing Authorization Header");
    const std::string key = BearerKey(request);
    const std::string wanted = context_->config->Get().vapi_api_key;
    if (key.empty() || (!wanted.empty() && key != wanted)) {
      return VapiError(401,
                       "Invalid Key. Hot tip, you may be using the private key instead of the "
                       "public key, or vice versa.");
    }
    return handler(request);
  };
}

void VapiApi::Register(httplib::Server& server, const std::string& prefix) {
  const auto route = [&](SimReply (VapiApi::*method)(const httplib::Request&) const) {
    return Route(context_,
                 Guarded([this, method](const httplib::Request& r) { return (this->*method)(r); }));
  };
  const auto create =
      Route(context_, Guarded([this](const httplib::Request& r) { return Create(r); }));
  server.Post(prefix + "/call", create);
  server.Post(prefix + "/call/phone", create);
  server.Get(prefix + "/call", route(&VapiApi::List));
  server.Get(prefix + "/call/:id", route(&VapiApi::Get));
  server.Patch(prefix + "/call/:id", route(&VapiApi::Update));
  server.Delete(prefix + "/call/:id", route(&VapiApi::Delete));
  server.Post(prefix + "/control/:id",
              Route(context_, [this](const httplib::Request& r) { return Control(r); }));
  const auto plain = [&](SimHandler handler) { return Route(context_, Guarded(handler)); };
  server.Get(prefix + "/assistant",
             plain([](const auto& r) { return ListOfOne(r, VapiAssistant()); }));
  server.Get(prefix + "/assistant/:id", plain([](const auto& r) {
               return OneById(IdOf(r), kVapiAssistantId, VapiAssistant(), "Assistant");
             }));
  server.Get(prefix + "/phone-number",
             plain([](const auto& r) { return ListOfOne(r, VapiPhoneNumber()); }));
  server.Get(prefix + "/phone-number/:id", plain([](const auto& r) {
               return OneById(IdOf(r), kVapiPhoneNumberId, VapiPhoneNumber(), "Phone Number");
             }));
  server.Get(prefix + "/v2/phone-number", plain(PhoneNumberPage));
}

SimReply VapiApi::Create(const httplib::Request& request) {
  const auto body = ParseJson(request.body);
  if (!body.ok()) return VapiError(400, body.status().message());
  const auto problems = VapiCreateProblems(*body);
  if (!problems.empty()) return VapiError(400, problems);
  return CreateOne(*body, BearerKey(request));
}

SimReply VapiApi::CreateOne(const Json& body, const std::string& key) {
  if (!Member(body, "customers").is_null()) {
    return VapiError(400, "The simulator places one call per request: send `customer`.");
  }
  const std::string problem = VapiPolicyProblem(body);
  if (!problem.empty()) return VapiError(400, problem);
  const CreateWords words = {
      .fault = [this](CreateFault fault) { return Fault(fault); },
      .created =
          [this](const SimCall& call) {
            Json out = VapiCall(call, context_->public_url);
            out["subscriptionLimits"] = Limits(false);
            return out;
          },
  };
  return flow_.Answer(PlacementOf(body, key, *context_->clock), words);
}

Json VapiApi::Limits(bool blocked) const {
  const int limit = context_->engine->Limit(kMe);
  return {{"concurrencyBlocked", blocked},
          {"concurrencyLimit", limit},
          {"remainingConcurrentCalls", std::max(0, limit - context_->engine->Active(kMe))}};
}

SimReply VapiApi::Fault(CreateFault fault) const {
  switch (fault) {
    case CreateFault::k400Concurrency:
      return JsonReply(400, {{"message",
                              "Over Concurrency Limit. Please upgrade your plan or wait "
                              "for a call to end."},
                             {"error", "Bad Request"},
                             {"statusCode", 400},
                             {"subscriptionLimits", Limits(true)}});
    case CreateFault::k401:
      return VapiError(401, "Invalid Key.");
    case CreateFault::k402:
      return VapiError(400, "Wallet Balance Is 0. Purchase More Credits Or Upgrade Your Plan.");
    case CreateFault::k403:
      return EdgeRefusal();
    case CreateFault::k429:
      return VapiError(429, "Too Many Requests");
    case CreateFault::k429Retry: {
      SimReply reply = VapiError(429, "Too Many Requests");
      reply.headers.emplace_back("Retry-After", "2");
      return reply;
    }
    case CreateFault::k503:
      return VapiError(503, "Service Unavailable");
    default:
      return VapiError(500, "Internal server error");
  }
}

bool VapiApi::ReadFails(const std::string& what) const {
  const double rate = context_->config->Get().read_error_rate;
  return rate > 0 &&
         SimUnit(context_->seed, what + std::to_string(context_->clock->SteadyUs())) < rate;
}

SimReply VapiApi::Get(const httplib::Request& request) const {
  const std::string id = IdOf(request);
  if (!IsUuid(id)) return VapiError(400, "id must be a UUID");
  if (ReadFails(id)) return VapiError(500, "Internal server error");
  const auto call = context_->engine->Find(kMe, id);
  return call ? JsonReply(200, VapiCall(*call, context_->public_url)) : UnknownCall();
}

SimReply VapiApi::List(const httplib::Request& request) const {
  VapiQuery query;
  const auto problems = ParseVapiQuery(request.params, &query);
  if (!problems.empty()) return VapiError(400, problems);
  if (ReadFails("list")) return VapiError(500, "Internal server error");
  const int64_t now_us = context_->clock->SteadyUs();
  Json out = Json::array();
  const auto matches = [&](const SimCall& call) {
    const auto is = [&](const std::string& wanted, std::string_view member) {
      return wanted.empty() || TextOr(call.request, member) == wanted;
    };
    return call.visible_us <= now_us && (query.id.empty() || call.id == query.id) &&
           is(query.assistant_id, "assistantId") && is(query.phone_number_id, "phoneNumberId") &&
           query.Accepts(call.created_at, call.updated_at);
  };
  context_->engine->Visit(kMe, [&](const SimCall& call) {
    if (out.size() >= query.limit) return false;
    if (matches(call)) out.push_back(VapiCall(call, context_->public_url));
    return true;
  });
  return JsonReply(200, out);
}

SimReply VapiApi::Update(const httplib::Request& request) const {
  const auto body = ParseJson(request.body);
  if (!body.ok()) return VapiError(400, body.status().message());
  std::vector<std::string> problems;
  CheckDto(*body, VapiUpdateCallDto(), "", &problems);
  if (!problems.empty()) return VapiError(400, problems);
  const bool found = context_->engine->Edit(
      kMe, IdOf(request), [&](SimCall& call) { call.request["name"] = Member(*body, "name"); });
  return found ? Get(request) : UnknownCall();
}

// Deleting removes the data; whether the real one hangs up too is not known, so this one does not.
SimReply VapiApi::Delete(const httplib::Request& request) const {
  const auto call = context_->engine->Find(kMe, IdOf(request));
  if (!call) return UnknownCall();
  context_->engine->Edit(kMe, call->id, [](SimCall& c) { c.deleted = true; });
  return JsonReply(200, VapiCall(*call, context_->public_url));
}

// The call's monitor.controlUrl; it carries its own authority in the id, as the real one does.
SimReply VapiApi::Control(const httplib::Request& request) const {
  const auto body = ParseJson(request.body);
  if (!body.ok() || TextOr(*body, "type") != "end-call") {
    return VapiError(400, "type must be end-call");
  }
  const bool ended = context_->engine->Hangup(kMe, IdOf(request), "manually-canceled");
  return ended ? JsonReply(200, {{"status", "ok"}}) : UnknownCall();
}

}  // namespace leadline
