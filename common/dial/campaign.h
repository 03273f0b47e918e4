// Campaigns, assistants and the calling settings: plain values shared by both ends. Source: spec 1,
// 2, 6, 7. Codecs are in common/api; limits and messages in common/dial/campaign_rules.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/base/time.h"
#include "common/lead/lead.h"

namespace leadline {

enum class Provider : uint8_t { kRetell, kVapi };
inline constexpr int kProviderCount = 2;
inline constexpr std::string_view kProviderNames[] = {"retell", "vapi"};
inline constexpr std::string_view NameOf(Provider p) {
  return kProviderNames[static_cast<int>(p)];
}

// One open interval of the day. Minutes after local midnight, half open [from, to); to = 1440 is
// "24:00". An interval with to <= from runs over midnight into the next day.
struct WindowInterval {
  uint8_t days = 0;  // bit 0 = Monday .. bit 6 = Sunday: the weekday on which it begins
  int from_minute = 9 * 60;
  int to_minute = 18 * 60;
};

struct Schedule {
  std::string timezone = "UTC";         // of the campaign, for leads whose own zone is unknown
  std::vector<WindowInterval> windows;  // empty: any time of the day, any day
  std::vector<std::string> holidays;    // "2026-12-25", local dates on which nobody is called
};

enum class CampaignState : uint8_t { kDraft, kRunning, kPaused, kFinished };
inline constexpr std::string_view kCampaignStateNames[] = {"draft", "running", "paused",
                                                           "finished"};
inline constexpr std::string_view NameOf(CampaignState s) {
  return kCampaignStateNames[static_cast<int>(s)];
}

// each_round: primary, then the others in order, within each round. primary_first: the primary's
// tries first, then each next contact's.
enum class ContactOrder : uint8_t { kEachRound, kPrimaryFirst };
enum class VoicemailRule : uint8_t { kRetry, kComplete };

struct Campaign {
  CampaignId id = 0;
  int64_t version = 0;
  std::string name;
  CampaignState state = CampaignState::kDraft;
  std::string pause_reason;  // a code of common/dial/reasons.h, or "" when a person paused it
  AssistantId assistant_id = 0;
  Schedule schedule;
  int retry_delay_minutes = 120;  // 10..10080
  int max_attempts = 3;           // total tries per number, 1..10
  ContactOrder contact_order = ContactOrder::kEachRound;
  int contact_gap_seconds = 60;  // at least this between two calls to one lead
  VoicemailRule voicemail = VoicemailRule::kRetry;
  int concurrency = 5;        // open calls of this campaign at any instant, 1..500
  int starts_per_minute = 0;  // 0: no limit
  TimeMs created_at = 0;
  TimeMs updated_at = 0;
};

struct AssistantVariable {
  std::string key;
  std::string default_value;
  bool required = false;
  std::string help;
};

// Whom the lead talks to: an assistant that exists at the provider (external_id), or one described
// here (inline).
struct Assistant {
  AssistantId id = 0;
  int64_t version = 0;
  std::string name;
  Provider provider = Provider::kRetell;
  std::string external_id;    // Retell agent_..., Vapi assistant UUID; empty: inline (Vapi only)
  std::string first_message;  // inline; required when inline
  std::string system_prompt;  // inline
  std::string voicemail_message;
  std::string model_provider = "openai";
  std::string model = "gpt-4o";
  int max_duration_seconds = 600;
  std::string caller_number;    // Retell: from_number, E.164
  std::string phone_number_id;  // Vapi: UUID
  std::vector<AssistantVariable> variables;
  TimeMs created_at = 0;
  TimeMs updated_at = 0;
};

// The calling configuration of the whole installation.
struct CallingSettings {
  int64_t version = 1;
  bool auto_calling = true;  // the global switch
  int concurrency = 20;      // open calls in all
  int retell_concurrency = 20;
  int vapi_concurrency = 10;
  bool require_known_zone = false;  // true: a lead whose zone is unknown is never called
  std::vector<std::string> required_fields = {"name", "email"};  // besides phone
  std::string default_region;  // for national numbers, "US"; empty: none
  bool simple_statuses =
      false;  // screens show Pending/In-Progress/... instead of Created/Processing/...
};

}  // namespace leadline
