#include "common/dial/reasons.h"

#include <string>

#include "common/base/utf8.h"

namespace leadline {
namespace {

// ---- the verdicts that occur ----

constexpr Verdict Plain(Outcome outcome) {
  return {outcome, ErrorScope::kNone, false, false, ""};
}
constexpr Verdict Temporary(std::string_view code) {
  return {Outcome::kTemporaryError, ErrorScope::kNone, false, false, code};
}
constexpr Verdict OfLead(std::string_view code) {
  return {Outcome::kPermanentError, ErrorScope::kLead, false, false, code};
}
constexpr Verdict OfAccount(std::string_view code) {
  return {Outcome::kPermanentError, ErrorScope::kAccount, false, false, code};
}

constexpr Verdict kAnswered = Plain(Outcome::kAnswered);
constexpr Verdict kNoAnswer = Plain(Outcome::kNoAnswer);
constexpr Verdict kBusy = Plain(Outcome::kBusy);
constexpr Verdict kVoicemail = Plain(Outcome::kVoicemail);
constexpr Verdict kServer = Temporary("server_error");
constexpr Verdict kNetwork = Temporary("network_error");
constexpr Verdict kSetup = Temporary("assistant_setup");
constexpr Verdict kFlagged = Temporary("caller_flagged");
constexpr Verdict kUnknown = Temporary("unknown_error");
constexpr Verdict kRate = {Outcome::kTemporaryError, ErrorScope::kNone, true, false,
                           "rate_limit_exceeded"};
constexpr Verdict kNoFunds = {Outcome::kTemporaryError, ErrorScope::kNone, false, true,
                              "no_payment"};
constexpr Verdict kBadFormat = OfLead("invalid_number_format");
constexpr Verdict kNoSuchNumber = OfLead("number_does_not_exist");
constexpr Verdict kNotCallable = OfLead("number_not_callable");
constexpr Verdict kAgent = OfAccount("agent_not_found");
constexpr Verdict kBlocked = OfAccount("agent_blocked");
constexpr Verdict kCaller = OfAccount("caller_not_configured");
constexpr Verdict kCallerUnknown = OfAccount("caller_not_registered");
constexpr Verdict kKey = OfAccount("api_key_invalid");
constexpr Verdict kRejected = OfAccount("request_rejected");

struct Row {
  std::string_view text;
  Verdict verdict;
};

// ---- Vapi endedReason: the values that are no member of a family, and the exceptions ----

constexpr Row kVapiReasons[] = {
    {"assistant-ended-call", kAnswered},
    {"assistant-said-end-call-phrase", kAnswered},
    {"assistant-ended-call-with-hangup-task", kAnswered},
    {"assistant-ended-call-after-message-spoken", kAnswered},
    {"assistant-forwarded-call", kAnswered},
    {"customer-ended-call", kAnswered},
    {"customer-ended-call-before-warm-transfer", kAnswered},
    {"customer-ended-call-after-warm-transfer-attempt", kAnswered},
    {"customer-ended-call-during-transfer", kAnswered},
    {"exceeded-max-duration", kAnswered},
    {"silence-timed-out", kAnswered},
    {"manually-canceled", kAnswered},
    {"call.in-progress.twilio-completed-call", kAnswered},
    {"call.in-progress.sip-completed-call", kAnswered},
    {"vonage-completed", kAnswered},
    {"vonage-disconnected", kAnswered},
    {"call.forwarding.operator-busy", kAnswered},
    {"call.forwarding.no-answer", kAnswered},
    {"call.ringing.hook-executed-transfer", kAnswered},
    {"call.ending.hook-executed-say", kAnswered},
    {"call.ending.hook-executed-transfer", kAnswered},
    {"call.in-progress.error-transfer-failed", kAnswered},
    {"call.in-progress.error-warm-transfer-max-duration", kAnswered},
    {"call.in-progress.error-warm-transfer-assistant-cancelled", kAnswered},
    {"call.in-progress.error-warm-transfer-silence-timeout", kAnswered},
    {"call.in-progress.error-warm-transfer-microphone-timeout", kAnswered},

    {"customer-did-not-answer", kNoAnswer},
    {"call.in-progress.error-providerfault-outbound-sip-408-request-timeout", kNoAnswer},
    {"call.in-progress.error-providerfault-outbound-sip-480-temporarily-unavailable", kNoAnswer},
    {"call.in-progress.error-assistant-did-not-receive-customer-audio", kNoAnswer},
    {"call.ringing.hook-executed-say", kNoAnswer},
    {"call.ringing.sip-inbound-caller-hungup-before-call-connect", kNoAnswer},
    {"customer-did-not-give-microphone-permission", kNoAnswer},
    {"customer-busy", kBusy},
    {"voicemail", kVoicemail},

    {"twilio-reported-customer-misdialed", kNoSuchNumber},
    {"call.start.error-vapi-number-international", kNotCallable},

    {"assistant-not-found", kAgent},
    {"assistant-not-valid", kAgent},
    {"assistant-request-returned-error", kAgent},
    {"assistant-request-returned-unspeakable-error", kAgent},
    {"assistant-request-returned-invalid-assistant", kAgent},
    {"assistant-request-returned-no-assistant", kAgent},
    {"assistant-request-returned-forwarding-phone-number", kAgent},
    {"call-start-error-neither-assistant-nor-server-set", kAgent},
    {"call.start.error-get-assistant", kAgent},
    {"call.start.error-get-resources-validation", kAgent},
    {"call.start.assistant-version-error-validation", kAgent},
    {"call.start.error-enterprise-feature-not-available-recording-consent", kAgent},
    {"call.start.error-fraud-check-failed", kBlocked},
    {"call.in-progress.error-configfault-model-unsupported-in-squad", kAgent},
    {"call.in-progress.error-configfault-transport-unsupported-for-model", kAgent},
    {"call.start.error-get-phone-number", kCallerUnknown},
    {"call.in-progress.error-providerfault-outbound-sip-403-forbidden", kCaller},
    {"call.in-progress.error-providerfault-outbound-sip-407-proxy-authentication-required",
     kCaller},

    {"call.start.error-subscription-wallet-does-not-exist", kNoFunds},
    {"call.start.error-subscription-frozen", kNoFunds},
    {"call.start.error-subscription-insufficient-credits", kNoFunds},
    {"call.start.error-subscription-upgrade-failed", kNoFunds},
    {"call.start.error-subscription-concurrency-limit-reached", kRate},
    {"call.start.error-vapi-number-outbound-daily-limit", kRate},

    {"assistant-request-failed", kServer},
    {"assistant-join-timed-out", kServer},
    {"worker-shutdown", kServer},
    {"phone-call-provider-closed-websocket", kServer},
    {"phone-call-provider-bypass-enabled-but-no-call-received", kServer},
    {"twilio-failed-to-connect-call", kServer},
    {"vonage-failed-to-connect-call", kServer},
    {"vonage-rejected", kServer},
    {"call.start.error-vapifault-get-org", kServer},
    {"call.start.error-vapifault-get-subscription", kServer},
    {"call.start.error-vapifault-database-error", kServer},
    {"call.start.error-get-customer", kServer},
    {"call.start.error-get-transport", kServer},
    {"call.in-progress.error-sip-outbound-call-failed-to-connect", kServer},
    {"call.in-progress.error-sip-inbound-call-failed-to-connect", kServer},
    {"call.ringing.error-sip-inbound-call-failed-to-connect", kServer},
    {"call-deleted", kServer},
    {"scheduled-call-deleted", kServer},
    {"call.in-progress.error-pipeline-no-available-llm-model", kSetup},
    {"call.in-progress.error-pipeline-ws-model-connection-failed", kSetup},
};

// Parts of "pipeline-error-*" that name a wrong key, an empty quota or a wrong setting of a service
// that the user brings along. (The "vapifault" family has the same parts, but there it is Vapi's
// own account.)
constexpr std::string_view kSetupParts[] = {
    "-400-",
    "-401-",
    "-403-",
    "-404-",
    "-429-exceeded",
    "unauthorized",
    "api-key",
    "auth-failed",
    "invalid-config",
    "invalid-voice",
    "invalid-emotion",
    "voice-not-",
    "voice-must-be",
    "-exceeded",
    "out-of-credits",
    "-blocked-",
    "requested-payment",
    "missing-samples",
    "only-for-creator",
    "disabled-by-owner",
};

// ---- Retell disconnection_reason: all ----

constexpr Row kRetellReasons[] = {
    {"user_hangup", kAnswered},
    {"agent_hangup", kAnswered},
    {"call_transfer", kAnswered},
    {"inactivity", kAnswered},
    {"max_duration_reached", kAnswered},
    {"transfer_bridged", kAnswered},
    {"transfer_cancelled", kAnswered},
    {"call_take_over", kAnswered},
    {"manual_stopped", kAnswered},
    {"voicemail_reached", kVoicemail},
    {"ivr_reached", kVoicemail},
    {"dial_no_answer", kNoAnswer},
    {"dial_busy", kBusy},
    {"user_declined", kBusy},
    {"invalid_destination", kNoSuchNumber},
    {"telephony_provider_permission_denied", kCaller},
    {"scam_detected", kBlocked},
    {"dial_failed", kServer},
    {"telephony_provider_unavailable", kServer},
    {"error_retell", kServer},
    {"error_unknown", kServer},
    {"error_asr", kServer},
    {"error_no_audio_received", kServer},
    {"error_llm_websocket_open", kServer},
    {"error_llm_websocket_lost_connection", kServer},
    {"error_llm_websocket_runtime", kServer},
    {"error_llm_websocket_corrupt_payload", kServer},
    {"error_user_not_joined", kServer},
    {"registered_call_timeout", kServer},
    {"concurrency_limit_reached", kRate},
    {"no_concurrency_fallback", kRate},
    {"no_valid_payment", kNoFunds},
    {"marked_as_spam", kFlagged},
    {"sip_routing_error", kFlagged},
};

// ---- create-call refusals: parts of the message, lower case, the first that is found ----

constexpr Row kVapiRefusals[] = {
    {"customer.number must be", kBadFormat},
    {"valid phone number in the e.164 format", kBadFormat},
    {"couldn't get phone number. need either", kCaller},
    {"phonenumberid must be", kCaller},
    {"couldn't get phone number", kCallerUnknown},
    {"couldn't get assistant", kAgent},
    {"assistantid must be", kAgent},
    {"assistant.", kAgent},
    {"assistantoverrides.", kAgent},
    {"free vapi numbers do not support international", kNotCallable},
    {"over concurrency limit", kRate},
    {"daily outbound call limit", kRate},
    {"credit", kNoFunds},
    {"wallet", kNoFunds},
    {"subscription", kNoFunds},
    {"payment", kNoFunds},
    {"error code: 1010", kNetwork},
    {"should not exist", kRejected},
    {" must be ", kRejected},
    {" must not be ", kRejected},
    {" should not be ", kRejected},
};

constexpr Row kRetellRefusals[] = {
    {"not found from agent", kAgent},
    {"not found from phone-number", kCallerUnknown},
    {"no outbound agent id set up", kCaller},
    {"retell_llm_dynamic_variables", kRejected},
    {"cannot find requested asset", kAgent},
    {"from_number", kCaller},
    {"to_number", kBadFormat},
    {"not a valid number", kBadFormat},
    {"not a valid phone number", kBadFormat},
    {"concurrency", kRate},
    {"payment", kNoFunds},
    {"trial has ended", kNoFunds},
    {"request/body", kRejected},
};

bool Holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

template <size_t n>
const Verdict* FindExact(const Row (&rows)[n], std::string_view text) {
  for (const Row& row : rows) {
    if (row.text == text) return &row.verdict;
  }
  return nullptr;
}

template <size_t n>
const Verdict* FindPart(const Row (&rows)[n], std::string_view text) {
  for (const Row& row : rows) {
    if (Holds(text, row.text)) return &row.verdict;
  }
  return nullptr;
}

EndReason ClassifyVapi(std::string_view reason) {
  if (const Verdict* verdict = FindExact(kVapiReasons, reason)) return {*verdict, true};
  if (reason.starts_with("call.in-progress.error-vapifault-") ||
      reason.starts_with("call.in-progress.error-providerfault-")) {
    return {kServer, true};
  }
  if (reason.starts_with("pipeline-error-")) {
    for (const std::string_view part : kSetupParts) {
      if (Holds(reason, part)) return {kSetup, true};
    }
    return {kServer, true};
  }
  return {kUnknown, false};
}

Verdict ClassifyStatus(Provider provider, int http_status) {
  switch (http_status) {
    case 0:
      return kNetwork;
    case 401:
      return kKey;
    case 402:
      return kNoFunds;
    case 403:
      return provider == Provider::kRetell ? kBlocked : kUnknown;
    case 408:
    case 409:
    case 425:
    case 429:
      return kRate;
    default:
      return http_status >= 500 ? kServer : kUnknown;
  }
}

}  // namespace

EndReason ClassifyEndReason(Provider provider, std::string_view reason) {
  if (provider == Provider::kVapi) return ClassifyVapi(reason);
  if (const Verdict* verdict = FindExact(kRetellReasons, reason)) return {*verdict, true};
  return {kUnknown, false};
}

Verdict ClassifyCreateError(Provider provider, int http_status, std::string_view message) {
  // 401 and 429 say all by themselves; their texts ("Invalid Key. Hot tip: ... assistant.") would
  // only mislead.
  if (http_status >= 400 && http_status < 500 && http_status != 401 && http_status != 429) {
    const std::string text = AsciiLower(message);
    const Verdict* verdict = provider == Provider::kVapi ? FindPart(kVapiRefusals, text)
                                                         : FindPart(kRetellRefusals, text);
    if (verdict != nullptr) return *verdict;
  }
  return ClassifyStatus(provider, http_status);
}

}  // namespace leadline
