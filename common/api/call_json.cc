#include "common/api/call_json.h"

#include "common/api/lead_json.h"

namespace leadline {

Json CallJson(const Call& call) {
  const bool final_word = call.state == CallState::kEnded;
  return {{"id", call.id},
          {"attempt_id", call.attempt_id},
          {"lead_id", call.lead_id},
          {"lead_name", call.lead_name},
          {"contact_id", call.contact_id == 0 ? Json(nullptr) : Json(call.contact_id)},
          {"attempt_no", call.attempt_no},
          {"campaign_id", call.campaign_id},
          {"assistant_id", call.assistant_id},
          {"provider", std::string(NameOf(call.provider))},
          {"number", call.number},
          {"state", std::string(NameOf(call.state))},
          {"provider_call_id", TextOrNull(call.provider_call_id)},
          {"outcome", final_word ? Json(std::string(NameOf(call.outcome))) : Json(nullptr)},
          {"reason", TextOrNull(call.reason)},
          {"error", LeadErrorJson({call.error_code, call.provider_message})},
          {"connected", call.connected},
          {"claimed_at", TimeJson(call.claimed_at)},
          {"started_at", TimeJson(call.started_at)},
          {"ended_at", TimeJson(call.ended_at)},
          {"checked_at", TimeJson(call.checked_at)},
          {"checks", call.checks},
          {"duration_ms", call.duration_ms},
          {"cost_microusd", call.cost_microusd},
          {"transcript", TextOrNull(call.transcript)},
          {"summary", TextOrNull(call.summary)},
          {"recording_url", TextOrNull(call.recording_url)}};
}

bool ReadCall(const Json& value, Call* call) {
  if (!value.is_object()) return false;
  call->id = ReadInt(value, "id");
  call->attempt_id = ReadText(value, "attempt_id");
  call->lead_id = ReadInt(value, "lead_id");
  call->lead_name = ReadText(value, "lead_name");
  call->contact_id = ReadInt(value, "contact_id");
  call->attempt_no = static_cast<int>(ReadInt(value, "attempt_no"));
  call->campaign_id = ReadInt(value, "campaign_id");
  call->assistant_id = ReadInt(value, "assistant_id");
  call->provider = static_cast<Provider>(ReadChoice(value, "provider", kProviderNames, 0));
  call->number = ReadText(value, "number");
  call->state = static_cast<CallState>(ReadChoice(value, "state", kCallStateNames, 0));
  call->provider_call_id = ReadText(value, "provider_call_id");
  call->outcome = OutcomeFromName(TextOr(value, "outcome")).value_or(Outcome::kUnknown);
  call->reason = ReadText(value, "reason");
  const LeadError error = ReadLeadError(Member(value, "error"));
  call->error_code = error.code;
  call->provider_message = error.provider_message;
  call->connected = ReadBool(value, "connected");
  call->claimed_at = ReadTime(value, "claimed_at");
  call->started_at = ReadTime(value, "started_at");
  call->ended_at = ReadTime(value, "ended_at");
  call->checked_at = ReadTime(value, "checked_at");
  call->checks = static_cast<int>(ReadInt(value, "checks"));
  call->duration_ms = ReadInt(value, "duration_ms");
  call->cost_microusd = ReadInt(value, "cost_microusd");
  call->transcript = ReadText(value, "transcript");
  call->summary = ReadText(value, "summary");
  call->recording_url = ReadText(value, "recording_url");
  return true;
}

Json TimelineJson(const TimelineRecord& entry) {
  return {{"id", entry.id},
          {"at", TimeJson(entry.at)},
          {"actor", entry.actor},
          {"event", entry.event},
          {"from_status", TextOrNull(entry.from_status)},
          {"to_status", TextOrNull(entry.to_status)},
          {"call_id", entry.call_id == 0 ? Json(nullptr) : Json(entry.call_id)},
          {"detail", entry.detail}};
}

bool ReadTimeline(const Json& value, TimelineRecord* entry) {
  if (!value.is_object()) return false;
  entry->id = ReadInt(value, "id");
  entry->at = ReadTime(value, "at");
  entry->actor = ReadText(value, "actor");
  entry->event = ReadText(value, "event");
  entry->from_status = ReadText(value, "from_status");
  entry->to_status = ReadText(value, "to_status");
  entry->call_id = ReadInt(value, "call_id");
  entry->detail = ReadText(value, "detail");
  return true;
}

}  // namespace leadline
