// What both adapters read out of a provider's HTTP answer in the same way. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/json.h"
#include "common/dial/campaign.h"
#include "server/provider/http_client.h"
#include "server/provider/provider.h"

namespace leadline {

// The wish of Retry-After (seconds or an HTTP date), retry-after-ms, or X-RateLimit-Reset (unix
// seconds; both instants are taken against the answer's own Date). 0: none. At most a day.
TimeMs RetryAfterMs(const HttpReply& reply);

// What a body says in words: message (a text or several), error_message, error; for a body that is
// no JSON, its text. One line, clipped to 300 bytes, with every one of `secrets` replaced by "***".
std::string MessageOf(const HttpReply& reply, const std::vector<std::string>& secrets);

// `text` on one line, without control characters, clipped, secrets replaced.
std::string SafeText(std::string_view text, const std::vector<std::string>& secrets,
                     size_t max_bytes);

// Places a judgement on the answer to a create request. `id_member` is where a 2xx has the call's
// id.
PlaceResult JudgePlacement(Provider provider, const HttpReply& reply, std::string_view id_member,
                           const std::vector<std::string>& secrets);

// `value` with the text of every member that names a secret (twilioAuthToken, apiSecret,
// x-vapi-secret, authorization, ...) replaced by "***".
Json WithoutSecrets(Json value);

// Fields of calls, as both providers write them; lenient: "" for what is no text, cleaned and
// clipped.
std::string CleanText(const Json& value, size_t max_bytes);
std::string CallText(const Json& object, std::string_view key, size_t max_bytes);
std::string HttpUrlOr(const Json& value);              // "" when it is no http(s) URL
int64_t MicroUsd(const Json& value, double unit_usd);  // 0 when absent, negative or absurd
bool IsTrue(const Json& value);                        // true, or the text "true"

inline constexpr size_t kMaxTranscriptBytes = 256 * 1024;
inline constexpr size_t kMaxSummaryBytes = 16 * 1024;
inline constexpr size_t kMaxReasonBytes = 200;
inline constexpr size_t kMaxMessageBytes = 300;

// Why a read request brought nothing, in one sentence.
std::string ReadFailure(std::string_view provider_title, const HttpReply& reply,
                        const std::vector<std::string>& secrets);

}  // namespace leadline
