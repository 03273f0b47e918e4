// The gates: a lead is dialled only if ALL are open, checked in this order, right before the dial,
// whatever the source. The claim transaction and every answer to "why is it not being called now?"
// use this one list. Source: spec 6. Pure; thread-safe.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "common/dial/campaign.h"
#include "common/dial/window.h"
#include "common/lead/lead.h"

namespace leadline {

enum class Gate : uint8_t {
  kAutoCalling,  // the global switch is on
  kCampaignRunning,
  kAssistantReady,   // chosen and complete
  kProviderKey,      // present
  kProviderCircuit,  // closed: the provider is not failing
  kLeadWaiting,      // status created or scheduled, and its import is committed
  kNumberDialable,   // E.164, valid, of a type that may be dialled
  kNotSuppressed,
  kTriesLeft,  // some contact of the round has a try left
  kDue,        // next_attempt_at reached
  kGapPassed,  // minimum gap since the last call to this lead
  kWindowOpen,
  kNumberFree,  // no open or unknown call to this number anywhere
  kSlotFree,    // campaign, provider, global limit, starts per minute
};
inline constexpr size_t kGateCount = 14;

struct GateInfo {
  Gate gate;
  std::string_view name;   // in the API: "window_open"
  std::string_view title;  // "Inside the calling window"
  bool of_lead;            // false: the same for every lead of the campaign
};
extern const std::array<GateInfo, kGateCount> kGates;

// What the gates look at. Whoever fills it (the store, inside one transaction) decides nothing.
struct DialFacts {
  TimeMs now = 0;
  CallingSettings settings;
  Campaign campaign;
  bool has_assistant = false;
  Assistant assistant;
  bool provider_key_present = false;
  TimeMs circuit_open_until = 0;  // > now: dialling at this provider is held back until then
  Lead lead;
  bool import_committed = true;
  bool suppressed = false;  // the number that would be dialled
  int open_calls_to_number = 0;
  TimeMs last_call_at = 0;  // start of the last call to any contact of the lead; 0: none
  int open_calls_campaign = 0;
  int open_calls_provider = 0;
  int open_calls_total = 0;
  int starts_last_minute = 0;  // of the campaign
  TimeMs oldest_start_last_minute = 0;
};

struct GateResult {
  Gate gate = Gate::kAutoCalling;
  bool open = false;
  std::string reason;   // one sentence: why it is closed, or what it is now
  TimeMs opens_at = 0;  // when it opens by itself: an instant > now, kNever (a person must act), or
                        // 0 when not known
};

struct GateReport {
  std::array<GateResult, kGateCount> gates;
  bool open = false;      // all
  int first_closed = -1;  // index of the first closed gate, -1 when open
  TimeMs look_again_at =
      0;  // when all closed gates may be open at the earliest; kNever: only after a change
};

// Evaluates every gate of the list for the number that is next for this lead (common/dial/retry.h
// NextContact).
GateReport EvaluateGates(const DialFacts& facts, const Zones& zones);

// Only the gates that are the same for every lead of a campaign; the rest is reported open.
GateReport EvaluateCampaignGates(const DialFacts& facts, const Zones& zones);

// Whether the assistant can place calls as it is; else one sentence that says what is missing.
std::string WhatAssistantLacks(const Assistant& assistant);

}  // namespace leadline
