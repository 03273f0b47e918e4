#include "server/provider/vapi.h"

#include <algorithm>

#include "common/dial/reasons.h"
#include "server/provider/answer.h"
#include "server/provider/signature.h"
#include "server/provider/vapi_report.h"

namespace leadline {
namespace {

constexpr TimeMs kTemplatesKeptMs = 5 * kMinuteMs;
constexpr TimeMs kFailureKeptMs = 30 * kSecondMs;
constexpr size_t kMaxTemplates = 200;
constexpr int kReadTimeoutMs = 10000;
constexpr size_t kMaxVapiCallBytes = 8 << 20;
constexpr size_t kMaxListBytes = 32 << 20;
constexpr size_t kMaxListNodes = 2000000;
constexpr size_t kPageSize = 1000;
constexpr int kMaxVapiPages = 5;

// A page of GET /call: the call that is looked for, or where the page ends.
struct PageLook {
  const Json* found = nullptr;
  std::string oldest;  // createdAt
};

PageLook LookIn(const Json& items, const Call& call) {
  PageLook look;
  for (const Json& item : items) {
    if (VapiAttemptId(item) == call.attempt_id) look.found = &item;
    const std::string created = CallText(item, "createdAt", 40);
    if (look.oldest.empty() || created < look.oldest) look.oldest = created;
  }
  return look;
}

std::string NameOr(const Json& item, const char* fallback) {
  std::string name = CallText(item, "name", 100);
  return name.empty() ? fallback : name;
}

}  // namespace

VapiProvider::VapiProvider(Endpoint endpoint, ProviderConfig config)
    : endpoint_(std::move(endpoint)),
      config_(std::move(config)),
      clock_(config_.clock != nullptr ? config_.clock : &own_clock_) {}

HttpReply VapiProvider::Get(const std::string& path, int timeout_ms, size_t max_bytes) const {
  HttpRequest request;
  request.path = path;
  request.bearer_key = config_.api_key;
  request.timeout_ms = timeout_ms;
  request.max_reply_bytes = max_bytes;
  return SendOnce(endpoint_, request);
}

VapiProvider::Templates VapiProvider::FetchTemplates(const std::string& assistant_id) const {
  Templates fresh;
  const HttpReply reply = Get("/assistant/" + EncodeQueryValue(assistant_id),
                              std::min(config_.timeout_ms, kReadTimeoutMs), kMaxVapiCallBytes);
  const auto body = ParseJson(reply.body);
  if (reply.complete && reply.status == 200 && body.ok() && body->is_object()) {
    fresh.known = true;
    fresh.references = VapiReferences(*body);
  }
  fresh.until = clock_->SteadyMs() + (fresh.known ? kTemplatesKeptMs : kFailureKeptMs);
  return fresh;
}

VapiProvider::Templates VapiProvider::TemplatesOf(const std::string& assistant_id) const {
  if (!key_present()) return {};
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto it = templates_.find(assistant_id);
    if (it != templates_.end() && it->second.until > clock_->SteadyMs()) return it->second;
  }
  const Templates fresh = FetchTemplates(assistant_id);
  const std::lock_guard<std::mutex> lock(mutex_);
  if (templates_.size() >= kMaxTemplates) templates_.clear();
  templates_[assistant_id] = fresh;
  return fresh;
}

Json VapiProvider::CreateBody(const DialOrder& order, bool for_display) const {
  VapiWebhook webhook;
  // Without a secret its webhooks could not be told from forged ones: then calls are polled.
  if (!config_.webhook_secret.empty()) {
    webhook = {config_.webhook_url, for_display ? "***" : config_.webhook_secret};
  }
  Templates templates;
  if (!order.assistant.external_id.empty()) templates = TemplatesOf(order.assistant.external_id);
  // An assistant that cannot be read gets everything: a call that greets "Hi {{name}}" is worse
  // than a value that nobody uses.
  return VapiCreateBody(order, webhook, templates.known ? &templates.references : nullptr);
}

PlaceResult VapiProvider::Place(const DialOrder& order) {
  if (!key_present()) {
    PlaceResult refused;
    refused.kind = PlaceResult::Kind::kRefused;
    refused.verdict = ClassifyCreateError(Provider::kVapi, 401, "");
    refused.provider_message = "No API key is set: VAPI_API_KEY.";
    return refused;
  }
  HttpRequest request;
  request.method = "POST";
  request.path = "/call";
  request.bearer_key = config_.api_key;
  request.timeout_ms = config_.timeout_ms;
  request.body = DumpJson(CreateBody(order, false));
  const HttpReply reply = SendOnce(endpoint_, request);
  PlaceResult result = JudgePlacement(Provider::kVapi, reply, "id", secrets());
  // Some refusals for the limit say so only here.
  const auto body = ParseJson(reply.body);
  if (result.kind == PlaceResult::Kind::kRefused && result.verdict.code == "unknown_error" &&
      body.ok() && IsTrue(MemberPath(*body, {"subscriptionLimits", "concurrencyBlocked"}))) {
    result.verdict = ClassifyCreateError(Provider::kVapi, 429, "");
  }
  return result;
}

FindResult VapiProvider::Find(const Call& call, TimeMs created_after_ms) {
  return call.provider_call_id.empty() ? FindInLists(call, created_after_ms)
                                       : FindById(call.provider_call_id);
}

FindResult VapiProvider::FindById(const std::string& call_id) const {
  FindResult result;
  const HttpReply reply =
      Get("/call/" + EncodeQueryValue(call_id), config_.timeout_ms, kMaxVapiCallBytes);
  if (reply.complete && reply.status == 404) {
    result.kind = FindResult::Kind::kNotThere;
    result.provider_message = MessageOf(reply, secrets());
    return result;
  }
  const auto body = ParseJson(reply.body, kMaxListNodes);
  if (!reply.complete || reply.status != 200 || !body.ok() || !body->is_object()) {
    result.provider_message = ReadFailure("Vapi", reply, secrets());
    return result;
  }
  result.kind = FindResult::Kind::kFound;
  result.report = ReadVapiCall(*body);
  return result;
}

// Only a list that was read to its end proves that the call is not there.
FindResult VapiProvider::FindInLists(const Call& call, TimeMs created_after_ms) const {
  FindResult result;
  const std::string base = "/call?limit=" + std::to_string(kPageSize) + "&createdAtGe=" +
                           EncodeQueryValue(FormatRfc3339(std::max<TimeMs>(created_after_ms, 0)));
  std::string before;
  for (int page = 0; page < kMaxVapiPages; ++page) {
    const HttpReply reply = Get(base + before, config_.timeout_ms, kMaxListBytes);
    const auto body = ParseJson(reply.body, kMaxListNodes);
    if (!reply.complete || reply.status != 200 || !body.ok() || !body->is_array()) {
      result.provider_message = ReadFailure("Vapi", reply, secrets());
      return result;
    }
    const PageLook look = LookIn(*body, call);
    if (look.found != nullptr) {
      result.kind = FindResult::Kind::kFound;
      result.report = ReadVapiCall(*look.found);
      return result;
    }
    if (body->size() < kPageSize) {
      result.kind = FindResult::Kind::kNotThere;
      return result;
    }
    before = "&createdAtLe=" + EncodeQueryValue(look.oldest);
  }
  result.provider_message = "Vapi lists too many calls to be sure.";
  return result;
}

Result<Catalog> VapiProvider::ListCatalog() {
  if (!key_present()) return Refused("no_key", "No API key for Vapi: set VAPI_API_KEY.");
  Catalog catalog;
  for (const bool numbers : {false, true}) {
    const HttpReply reply = Get(numbers ? "/phone-number?limit=1000" : "/assistant?limit=1000",
                                config_.timeout_ms, kMaxListBytes);
    const auto body = ParseJson(reply.body, kMaxListNodes);
    if (!reply.complete || reply.status != 200 || !body.ok() || !body->is_array()) {
      return Unavailable("provider_unavailable", ReadFailure("Vapi", reply, secrets()));
    }
    for (const Json& item : *body) {
      CatalogItem entry;
      entry.id = CallText(item, "id", 100);
      if (entry.id.empty()) continue;
      entry.name = NameOr(item, numbers ? "Number without a name" : "Assistant without a name");
      if (numbers) {
        const std::string number = CallText(item, "number", 50);
        const std::string status = CallText(item, "status", 50);
        entry.note = number + (number.empty() || status.empty() ? "" : ", ") + status;
      }
      (numbers ? catalog.numbers : catalog.agents).push_back(std::move(entry));
    }
  }
  return catalog;
}

bool VapiProvider::VerifyWebhook(std::string_view,
                                 const std::function<std::string(const char*)>& header,
                                 TimeMs) const {
  if (config_.webhook_secret.empty()) return false;
  const bool by_header = SameSecret(header("x-vapi-secret"), config_.webhook_secret);
  const bool by_bearer = SameSecret(header("authorization"), "Bearer " + config_.webhook_secret);
  return by_header || by_bearer;
}

Result<CallProvider::WebhookReading> VapiProvider::ReadWebhook(std::string_view raw_body) const {
  return ReadVapiWebhook(raw_body);
}

}  // namespace leadline
