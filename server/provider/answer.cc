#include "server/provider/answer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "common/base/utf8.h"
#include "common/dial/reasons.h"

namespace leadline {
namespace {

std::string HeaderOf(const HttpReply& reply, const char* name) {
  const auto it = reply.headers.find(name);
  return it == reply.headers.end() ? std::string() : it->second;
}

std::optional<int64_t> WholeNumber(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

// "Wed, 21 Oct 2015 07:28:00 GMT", the one form that RFC 9110 lets servers send.
std::optional<TimeMs> HttpDate(std::string_view text) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (text.size() != 29 || !text.ends_with(" GMT")) return std::nullopt;
  const size_t month = kMonths.find(text.substr(8, 3));
  if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
  const std::string number = std::to_string(month / 3 + 1);
  const std::string rfc3339 = std::string(text.substr(12, 4)) + (number.size() == 1 ? "-0" : "-") +
                              number + "-" + std::string(text.substr(5, 2)) + "T" +
                              std::string(text.substr(17, 8)) + "Z";
  return ParseRfc3339(rfc3339);
}

TimeMs UntilMs(std::optional<TimeMs> instant, const HttpReply& reply) {
  const auto now = HttpDate(HeaderOf(reply, "date"));
  return instant && now ? *instant - *now : 0;
}

std::string JoinTexts(const Json& value) {
  if (value.is_string()) return *value.get_ptr<const std::string*>();
  std::string out;
  if (!value.is_array()) return out;
  for (const Json& item : value) {
    if (!item.is_string() || out.size() > kMaxMessageBytes * 4) continue;
    out += (out.empty() ? "" : "; ") + *item.get_ptr<const std::string*>();
  }
  return out;
}

std::string WordsOf(const HttpReply& reply) {
  const auto body = ParseJson(reply.body);
  if (!body.ok()) return reply.body;
  for (const char* member : {"message", "error_message", "error"}) {
    std::string words = JoinTexts(Member(*body, member));
    if (!words.empty()) return words;
  }
  return "";
}

bool NamesASecret(std::string_view key) {
  const std::string name = AsciiLower(key);
  constexpr std::array<std::string_view, 8> kParts = {"secret",     "token",     "apikey",
                                                      "api_key",    "password",  "authorization",
                                                      "privatekey", "credential"};
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

void Mask(Json* value) {
  if (value->is_string()) *value = "***";
  if (value->is_array()) {
    for (Json& item : *value) Mask(&item);
  }
}

void StripSecrets(Json* value) {
  if (value->is_object()) {
    for (auto it = value->begin(); it != value->end(); ++it) {
      if (NamesASecret(it.key())) Mask(&it.value());
      StripSecrets(&it.value());
    }
  } else if (value->is_array()) {
    for (Json& item : *value) StripSecrets(&item);
  }
}

}  // namespace

TimeMs RetryAfterMs(const HttpReply& reply) {
  TimeMs wait = 0;
  const std::string plain = HeaderOf(reply, "retry-after");
  if (const auto ms = WholeNumber(HeaderOf(reply, "retry-after-ms"))) {
    wait = *ms;
  } else if (const auto seconds = WholeNumber(plain)) {
    wait = std::min<TimeMs>(*seconds, kDayMs) * kSecondMs;
  } else if (!plain.empty()) {
    wait = UntilMs(HttpDate(plain), reply);
  } else if (const auto reset = WholeNumber(HeaderOf(reply, "x-ratelimit-reset"))) {
    wait = UntilMs(std::min<TimeMs>(*reset, kDayMs * 100000) * kSecondMs, reply);
  }
  return std::clamp<TimeMs>(wait, 0, kDayMs);
}

std::string SafeText(std::string_view text, const std::vector<std::string>& secrets,
                     size_t max_bytes) {
  // Before clipping, so that half a secret cannot stay at the cut.
  std::string out(text.substr(0, 64 * 1024));
  for (const std::string& secret : secrets) {
    if (secret.empty()) continue;
    for (size_t at = out.find(secret); at != std::string::npos; at = out.find(secret, at + 3)) {
      out.replace(at, secret.size(), "***");
    }
  }
  out = CleanUtf8(out);
  std::replace(out.begin(), out.end(), '\n', ' ');
  std::replace(out.begin(), out.end(), '\t', ' ');
  return ClipUtf8(TrimUtf8(out), max_bytes);
}

std::string MessageOf(const HttpReply& reply, const std::vector<std::string>& secrets) {
  if (reply.status == 0) return reply.problem;
  std::string words = SafeText(WordsOf(reply), secrets, kMaxMessageBytes);
  return words.empty() ? "HTTP " + std::to_string(reply.status) : words;
}

PlaceResult JudgePlacement(Provider provider, const HttpReply& reply, std::string_view id_member,
                           const std::vector<std::string>& secrets) {
  PlaceResult result;
  const bool refused = !reply.may_have_arrived || (reply.status >= 400 && reply.status < 500);
  if (!refused && reply.complete && reply.status >= 200 && reply.status < 300) {
    const auto body = ParseJson(reply.body);
    if (body.ok()) result.provider_call_id = CallText(*body, id_member, 200);
    if (!result.provider_call_id.empty()) {
      result.kind = PlaceResult::Kind::kAccepted;
      return result;
    }
  }
  result.kind = refused ? PlaceResult::Kind::kRefused : PlaceResult::Kind::kUnclear;
  result.provider_message = MessageOf(reply, secrets);
  const int status = reply.may_have_arrived ? reply.status : 0;
  result.verdict = ClassifyCreateError(provider, status, WordsOf(reply));
  result.retry_after_ms = RetryAfterMs(reply);
  return result;
}

Json WithoutSecrets(Json value) {
  StripSecrets(&value);
  return value;
}

std::string CleanText(const Json& value, size_t max_bytes) {
  if (!value.is_string()) return "";
  const std::string_view text = *value.get_ptr<const std::string*>();
  return ClipUtf8(CleanUtf8(text.substr(0, max_bytes * 2)), max_bytes);
}

std::string CallText(const Json& object, std::string_view key, size_t max_bytes) {
  return CleanText(Member(object, key), max_bytes);
}

std::string HttpUrlOr(const Json& value) {
  if (!value.is_string()) return "";
  const std::string& url = *value.get_ptr<const std::string*>();
  const bool web = url.starts_with("https://") || url.starts_with("http://");
  const bool plain = std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 127; });
  return web && plain && url.size() <= 2000 ? url : "";
}

int64_t MicroUsd(const Json& value, double unit_usd) {
  const auto amount = NumberOf(value);
  if (!amount || !std::isfinite(*amount)) return 0;
  const double micro = *amount * unit_usd * 1e6;
  return micro > 0 && micro < 1e12 ? std::llround(micro) : 0;
}

bool IsTrue(const Json& value) {
  return value == Json(true) || value == Json("true");
}

std::string ReadFailure(std::string_view provider_title, const HttpReply& reply,
                        const std::vector<std::string>& secrets) {
  return std::string(provider_title) + " could not be asked: " + MessageOf(reply, secrets);
}

}  // namespace leadline
