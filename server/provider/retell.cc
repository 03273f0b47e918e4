#include "server/provider/retell.h"

#include "common/dial/reasons.h"
#include "server/provider/answer.h"
#include "server/provider/retell_body.h"
#include "server/provider/retell_report.h"
#include "server/provider/signature.h"

namespace leadline {
namespace {

constexpr size_t kMaxCallBytes = 8 << 20;
constexpr size_t kMaxNodes = 1000000;
constexpr int kMaxPages = 20;
const Json kNothing;

Json ListBody(const std::string& attempt_id) {
  // No filter by status: a call that only rings so far has one that cannot be asked for.
  const Json by_attempt = {
      {"type", "string"}, {"op", "eq"}, {"key", "attempt_id"}, {"value", attempt_id}};
  return {{"filter_criteria", {{"metadata", Json::array({by_attempt})}}},
          {"sort_order", "descending"},
          {"limit", 50}};
}

CatalogItem AgentOf(const Json& item) {
  CatalogItem out;
  out.id = CallText(item, "agent_id", 100);
  out.name = CallText(item, "agent_name", 100);
  if (out.name.empty()) out.name = "Agent without a name";
  out.note = CallText(item, "channel", 50);
  return out;
}

CatalogItem PhoneOf(const Json& item) {
  CatalogItem out;
  out.id = CallText(item, "phone_number", 50);
  out.name = CallText(item, "nickname", 100);
  if (out.name.empty()) out.name = out.id;
  out.note = CallText(item, "phone_number_type", 50);
  return out;
}

}  // namespace

RetellProvider::RetellProvider(Endpoint endpoint, ProviderConfig config)
    : endpoint_(std::move(endpoint)), config_(std::move(config)) {}

HttpReply RetellProvider::Send(const char* method, const std::string& path, const Json* body,
                               size_t max_bytes) const {
  HttpRequest request;
  request.method = method;
  request.path = path;
  request.bearer_key = config_.api_key;
  request.timeout_ms = config_.timeout_ms;
  request.max_reply_bytes = max_bytes;
  if (body != nullptr) request.body = DumpJson(*body);
  return SendOnce(endpoint_, request);
}

Json RetellProvider::CreateBody(const DialOrder& order, bool) const {
  return RetellCreateBody(order, config_.webhook_url);
}

PlaceResult RetellProvider::Place(const DialOrder& order) {
  if (!key_present()) {
    PlaceResult refused;
    refused.kind = PlaceResult::Kind::kRefused;
    refused.verdict = ClassifyCreateError(Provider::kRetell, 401, "");
    refused.provider_message = "No API key is set: RETELL_API_KEY.";
    return refused;
  }
  const Json body = CreateBody(order, false);
  const HttpReply reply = Send("POST", "/v2/create-phone-call", &body, 1 << 20);
  return JudgePlacement(Provider::kRetell, reply, "call_id", secrets());
}

FindResult RetellProvider::Find(const Call& call, TimeMs) {
  return call.provider_call_id.empty() ? FindInList(call) : FindById(call.provider_call_id);
}

FindResult RetellProvider::FindById(const std::string& call_id) const {
  FindResult result;
  const HttpReply reply =
      Send("GET", "/v2/get-call/" + EncodeQueryValue(call_id), nullptr, kMaxCallBytes);
  if (reply.complete && (reply.status == 404 || reply.status == 422)) {
    result.kind = FindResult::Kind::kNotThere;
    result.provider_message = MessageOf(reply, secrets());
    return result;
  }
  const auto body = ParseJson(reply.body, kMaxNodes);
  if (!reply.complete || reply.status != 200 || !body.ok() || !body->is_object()) {
    result.provider_message = ReadFailure("Retell", reply, secrets());
    return result;
  }
  result.kind = FindResult::Kind::kFound;
  result.report = ReadRetellCall(*body);
  return result;
}

FindResult RetellProvider::FindInList(const Call& call) const {
  FindResult result;
  const Json query = ListBody(call.attempt_id);
  const HttpReply reply = Send("POST", "/v3/list-calls", &query, kMaxCallBytes);
  const auto body = ParseJson(reply.body, kMaxNodes);
  const Json& items = Member(body.ok() ? *body : kNothing, "items");
  if (!reply.complete || reply.status != 200 || !items.is_array()) {
    result.provider_message = ReadFailure("Retell", reply, secrets());
    return result;
  }
  result.kind = FindResult::Kind::kNotThere;
  for (const Json& item : items) {
    // The filter is the provider's; the match is checked here all the same.
    CallReport report = ReadRetellCall(item);
    if (report.attempt_id != call.attempt_id) continue;
    result.kind = FindResult::Kind::kFound;
    result.report = std::move(report);
    // Lists leave out transcript and recording.
    FindResult whole = FindById(result.report.provider_call_id);
    return whole.kind == FindResult::Kind::kFound ? whole : result;
  }
  return result;
}

Status RetellProvider::AddPages(bool numbers, Catalog* catalog) const {
  std::string key;
  for (int page = 0; page < kMaxPages; ++page) {
    const std::string query = "?limit=100" + (key.empty() ? "" : "&pagination_key=" + key);
    const Json voice = {
        {"filter_criteria", {{"channel", {{"type", "string"}, {"op", "eq"}, {"value", "voice"}}}}}};
    const HttpReply reply =
        numbers ? Send("GET", "/v2/list-phone-numbers" + query, nullptr, kMaxCallBytes)
                : Send("POST", "/v2/list-agents" + query, &voice, kMaxCallBytes);
    const auto body = ParseJson(reply.body, kMaxNodes);
    const Json& items = Member(body.ok() ? *body : kNothing, "items");
    if (!reply.complete || reply.status != 200 || !items.is_array()) {
      return Unavailable("provider_unavailable", ReadFailure("Retell", reply, secrets()));
    }
    for (const Json& item : items) {
      CatalogItem entry = numbers ? PhoneOf(item) : AgentOf(item);
      if (!entry.id.empty()) {
        (numbers ? catalog->numbers : catalog->agents).push_back(std::move(entry));
      }
    }
    key = EncodeQueryValue(CallText(*body, "pagination_key", 500));
    if (key.empty() || !IsTrue(Member(*body, "has_more"))) break;
  }
  return {};
}

Result<Catalog> RetellProvider::ListCatalog() {
  if (!key_present()) return Refused("no_key", "No API key for Retell: set RETELL_API_KEY.");
  Catalog catalog;
  LEADLINE_RETURN_IF_ERROR(AddPages(false, &catalog));
  LEADLINE_RETURN_IF_ERROR(AddPages(true, &catalog));
  return catalog;
}

bool RetellProvider::VerifyWebhook(std::string_view raw_body,
                                   const std::function<std::string(const char*)>& header,
                                   TimeMs real_now_ms) const {
  const std::string& key =
      config_.webhook_secret.empty() ? config_.api_key : config_.webhook_secret;
  return IsRetellSignature(header("x-retell-signature"), raw_body, key, real_now_ms);
}

Result<CallProvider::WebhookReading> RetellProvider::ReadWebhook(std::string_view raw_body) const {
  return ReadRetellWebhook(raw_body);
}

}  // namespace leadline
