// Bytes from the internet that claim to be a webhook. The first byte chooses the provider. Beside
// not crashing: what is stored carries no more than what came, reads the same, and stays readable.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "common/base/utf8.h"
#include "server/provider/answer.h"
#include "server/provider/retell_report.h"
#include "server/provider/signature.h"
#include "server/provider/vapi_report.h"

namespace {

using leadline::CallProvider;
using leadline::Result;

void Require(bool holds) {
  if (!holds) std::abort();
}

Result<CallProvider::WebhookReading> Read(bool vapi, std::string_view body) {
  return vapi ? leadline::ReadVapiWebhook(body) : leadline::ReadRetellWebhook(body);
}

void CheckReport(const leadline::CallReport& report) {
  Require(!report.provider_call_id.empty() || !report.attempt_id.empty());
  Require(report.duration_ms >= 0 && report.cost_microusd >= 0);
  Require(report.transcript.size() <= leadline::kMaxTranscriptBytes + 3);
  Require(leadline::IsValidUtf8(report.transcript) && leadline::IsValidUtf8(report.reason));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const bool vapi = (data[0] & 1) != 0;
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  (void)leadline::IsRetellSignature(body, body, "key", 0);
  const auto reading = Read(vapi, body);
  if (!reading.ok()) return 0;
  if (reading->report) CheckReport(*reading->report);
  const auto again = Read(vapi, reading->body_to_store);
  Require(again.ok() && again->report.has_value() == reading->report.has_value());
  Require(again->body_to_store == reading->body_to_store);
  return 0;
}
