#include "common/dial/gates.h"

#include <algorithm>
#include <cstdio>

#include "common/dial/reasons.h"
#include "common/dial/retry.h"
#include "common/lead/phone.h"

namespace leadline {

const std::array<GateInfo, kGateCount> kGates = {{
    {Gate::kAutoCalling, "auto_calling", "Automatic calling is on", false},
    {Gate::kCampaignRunning, "campaign_running", "The campaign is running", false},
    {Gate::kAssistantReady, "assistant_ready", "An assistant is chosen and complete", false},
    {Gate::kProviderKey, "provider_key", "The provider's API key is present", false},
    {Gate::kProviderCircuit, "provider_circuit", "The provider takes calls", false},
    {Gate::kLeadWaiting, "lead_waiting", "The lead is waiting for a call", true},
    {Gate::kNumberDialable, "number_dialable", "The number may be dialled", true},
    {Gate::kNotSuppressed, "not_suppressed", "Not on the do-not-call list", true},
    {Gate::kTriesLeft, "tries_left", "Tries are left", true},
    {Gate::kDue, "due", "The next attempt is due", true},
    {Gate::kGapPassed, "gap_passed", "The gap since the last call has passed", true},
    {Gate::kWindowOpen, "window_open", "Inside the calling window", true},
    {Gate::kNumberFree, "number_free", "No call to this number is on", true},
    {Gate::kSlotFree, "slot_free", "A call slot is free", false},
}};

namespace {

// What a gate says: its sentence, and when it opens. opens_at is ignored while it is open.
struct Answer {
  bool open = false;
  std::string reason;
  TimeMs opens_at = kNever;
};

Answer Open(std::string reason) {
  return {true, std::move(reason), 0};
}
Answer Closed(std::string reason, TimeMs opens_at = kNever) {
  return {false, std::move(reason), opens_at};
}

bool IsInternational(std::string_view number) {
  return number.size() >= 8 && number.size() <= 16 && number[0] == '+' && number[1] != '0' &&
         std::all_of(number.begin() + 1, number.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string Num(int64_t n) {
  return std::to_string(n);
}

std::string_view TitleOf(Provider p) {
  return p == Provider::kRetell ? "Retell" : "Vapi";
}
std::string_view KeyVariableOf(Provider p) {
  return p == Provider::kRetell ? "RETELL_API_KEY" : "VAPI_API_KEY";
}

// "42 s", "3 min", "2 h 5 min", "4 d 3 h"; rounded up, so that waiting that long is enough.
std::string Wait(TimeMs ms) {
  const int64_t seconds = (std::max<TimeMs>(ms, 0) + 999) / 1000;
  if (seconds < 120) return Num(seconds) + " s";
  const int64_t minutes = (seconds + 59) / 60;
  if (minutes < 60) return Num(minutes) + " min";
  const auto pair = [](int64_t big, const char* unit, int64_t small, const char* small_unit) {
    return Num(big) + unit + (small == 0 ? "" : " " + Num(small) + small_unit);
  };
  if (minutes < 48 * 60) return pair(minutes / 60, " h", minutes % 60, " min");
  const int64_t hours = (minutes + 59) / 60;
  return pair(hours / 24, " d", hours % 24, " h");
}

std::string LocalTime(std::string_view zone, TimeMs at, const Zones& zones) {
  constexpr const char* kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  const auto span = zones.SpanAt(zone, at);
  if (!span) return "unknown";
  const TimeMs local = at + span->offset_ms;
  const CivilTime civil = CivilFromMs(local);
  char text[16];
  std::snprintf(text, sizeof text, "%s %02d:%02d", kDays[WeekdayFromMs(local) - 1], civil.hour % 24,
                civil.minute % 60);
  return text;
}

struct Asked {
  const DialFacts& f;
  const Zones& zones;
  NextContact next;
  std::string_view number;
  std::vector<std::string_view> number_zones;
};

Answer AutoCalling(const Asked& a) {
  if (a.f.settings.auto_calling) return Open("Automatic calling is on.");
  return Closed("Automatic calling is switched off in Settings.");
}

Answer CampaignRunning(const Asked& a) {
  const Campaign& c = a.f.campaign;
  switch (c.state) {
    case CampaignState::kRunning:
      return Open("The campaign is running.");
    case CampaignState::kDraft:
      return Closed("The campaign has not been started yet.");
    case CampaignState::kFinished:
      return Closed("The campaign is finished.");
    case CampaignState::kPaused:
      break;
  }
  if (c.pause_reason.empty()) return Closed("The campaign is paused.");
  return Closed("The campaign paused itself: " + std::string(GuideOf(c.pause_reason).title) + ".");
}

Answer AssistantReady(const Asked& a) {
  if (!a.f.has_assistant) return Closed("No assistant is chosen for the campaign.");
  std::string lacks = WhatAssistantLacks(a.f.assistant);
  if (!lacks.empty()) return Closed(std::move(lacks));
  return Open("The assistant is complete.");
}

Answer ProviderKey(const Asked& a) {
  const Provider p = a.f.assistant.provider;
  if (a.f.provider_key_present)
    return Open("The API key of " + std::string(TitleOf(p)) + " is set.");
  return Closed("No API key for " + std::string(TitleOf(p)) + ": set " +
                std::string(KeyVariableOf(p)) + " and restart the server.");
}

Answer ProviderCircuit(const Asked& a) {
  const std::string name(TitleOf(a.f.assistant.provider));
  if (a.f.circuit_open_until <= a.f.now) return Open(name + " takes calls.");
  return Closed(name + " is refusing or failing; dialling is held back for " +
                    Wait(a.f.circuit_open_until - a.f.now) + ".",
                a.f.circuit_open_until);
}

Answer LeadWaiting(const Asked& a) {
  const Lead& lead = a.f.lead;
  if (!a.f.import_committed) {
    return Closed("The import that brought this lead is not committed yet.");
  }
  if (Contains(kWaitingStatuses, lead.status)) return Open("The lead is waiting for a call.");
  if (lead.status == LeadStatus::kProcessing) return Closed("A call is on.", 0);
  if (lead.status == LeadStatus::kRescheduled) {
    // Promotion may be a moment late, never early.
    const TimeMs at = std::max(lead.next_attempt_at, a.f.now + 1);
    return Closed("Waiting for the retry delay, " + Wait(at - a.f.now) + " more.", at);
  }
  const StatusText& text = TextOf(lead.status);
  return Closed("The lead is " + std::string(text.title) + ". " + std::string(text.meaning));
}

Answer NumberDialable(const Asked& a) {
  const std::string number(a.number);
  if (number.empty()) return Closed("There is no phone number.");
  if (IsDialable(JudgeE164(a.number))) return Open(number + " may be dialled.");
  return Closed(number + " is not a number that may be dialled; correct it.");
}

Answer NotSuppressed(const Asked& a) {
  if (!a.f.suppressed) return Open("The number is not on the do-not-call list.");
  return Closed(std::string(a.number) + " is on the do-not-call list.");
}

Answer TriesLeft(const Asked& a) {
  const std::string max = Num(a.f.campaign.max_attempts);
  if (!a.next.any) {
    return Closed(a.f.campaign.max_attempts == 1
                      ? "The only try of every number is used up, or the number failed for good."
                      : "All " + max + " tries of every number are used up, or the number failed " +
                            "for good.");
  }
  const int used = a.next.index < 0 ? a.f.lead.attempts
                                    : a.f.lead.contacts[static_cast<size_t>(a.next.index)].attempts;
  return Open(Num(used) + " of " + max + " tries used for " + std::string(a.number) + ".");
}

Answer Due(const Asked& a) {
  const Lead& lead = a.f.lead;
  TimeMs due = lead.next_attempt_at;
  // The number was dialled in this round already, and nobody asked for another call by hand.
  if (a.next.any && !a.next.in_round && lead.last_attempt_at > 0) {
    due = std::max(due, lead.last_attempt_at + a.f.campaign.retry_delay_minutes * kMinuteMs);
  }
  if (due <= a.f.now) return Open("The next attempt is due.");
  return Closed("The next attempt is due in " + Wait(due - a.f.now) + ".", due);
}

Answer GapPassed(const Asked& a) {
  const int gap_seconds = a.f.campaign.contact_gap_seconds;
  const TimeMs over = a.f.last_call_at + gap_seconds * kSecondMs;
  if (a.f.last_call_at == 0 || over <= a.f.now) {
    return Open("At least " + Num(gap_seconds) + " s since the last call to this lead.");
  }
  return Closed("Less than " + Num(gap_seconds) + " s since the last call to this lead; " +
                    Wait(over - a.f.now) + " more.",
                over);
}

Answer WindowOpen(const Asked& a) {
  if (a.number_zones.empty()) {
    return Closed("The lead's time zone is not known: set it, or allow the campaign's zone.");
  }
  std::string where;
  for (const std::string_view zone : a.number_zones) {
    if (!a.zones.SpanAt(zone, a.f.now)) {
      return Closed("The time zone cannot be read: " + std::string(zone) + ".");
    }
    if (where.empty()) {
      where = std::string(zone) + ", where it is " + LocalTime(zone, a.f.now, a.zones);
    }
  }
  if (const size_t more = a.number_zones.size() - 1; more > 0) {
    where +=
        ", and " + Num(static_cast<int64_t>(more)) + (more == 1 ? " zone" : " zones") + " more";
  }
  const TimeMs at = NextOpening(a.f.campaign.schedule, a.number_zones, a.f.now, a.zones);
  if (at == a.f.now) return Open("Inside the calling window of " + where + ".");
  if (at == kNever) return Closed("The calling window never opens in " + where + ".");
  return Closed(
      "Outside the calling window of " + where + "; it opens in " + Wait(at - a.f.now) + ".", at);
}

Answer NumberFree(const Asked& a) {
  if (a.f.open_calls_to_number == 0) return Open("No call to this number is on.");
  return Closed("A call to " + std::string(a.number) + " is on, or its end is not known yet.", 0);
}

Answer SlotFree(const Asked& a) {
  const DialFacts& f = a.f;
  const auto full = [](const std::string& whose, int used, int limit) {
    return Closed("All " + Num(limit) + " call slots of " + whose + " are taken (" + Num(used) +
                      " calls are on).",
                  0);
  };
  const bool retell = f.assistant.provider == Provider::kRetell;
  const int provider_limit = retell ? f.settings.retell_concurrency : f.settings.vapi_concurrency;
  if (f.open_calls_campaign >= f.campaign.concurrency) {
    return full("the campaign", f.open_calls_campaign, f.campaign.concurrency);
  }
  if (f.open_calls_provider >= provider_limit) {
    return full(std::string(TitleOf(f.assistant.provider)), f.open_calls_provider, provider_limit);
  }
  if (f.open_calls_total >= f.settings.concurrency) {
    return full("the installation", f.open_calls_total, f.settings.concurrency);
  }
  const int starts = f.campaign.starts_per_minute;
  if (starts > 0 && f.starts_last_minute >= starts) {
    const TimeMs at = std::max(f.oldest_start_last_minute + kMinuteMs, f.now + 1);
    return Closed("The campaign starts at most " + Num(starts) + " calls a minute; the next in " +
                      Wait(at - f.now) + ".",
                  at);
  }
  return Open(Num(f.open_calls_campaign) + " of " + Num(f.campaign.concurrency) +
              " call slots of the campaign are taken.");
}

Answer Ask(Gate gate, const Asked& a) {
  switch (gate) {
    case Gate::kAutoCalling:
      return AutoCalling(a);
    case Gate::kCampaignRunning:
      return CampaignRunning(a);
    case Gate::kAssistantReady:
      return AssistantReady(a);
    case Gate::kProviderKey:
      return ProviderKey(a);
    case Gate::kProviderCircuit:
      return ProviderCircuit(a);
    case Gate::kLeadWaiting:
      return LeadWaiting(a);
    case Gate::kNumberDialable:
      return NumberDialable(a);
    case Gate::kNotSuppressed:
      return NotSuppressed(a);
    case Gate::kTriesLeft:
      return TriesLeft(a);
    case Gate::kDue:
      return Due(a);
    case Gate::kGapPassed:
      return GapPassed(a);
    case Gate::kWindowOpen:
      return WindowOpen(a);
    case Gate::kNumberFree:
      return NumberFree(a);
    case Gate::kSlotFree:
      return SlotFree(a);
  }
  return {};
}

// The latest of the closed gates, moved on to where the window is open again by then.
TimeMs LookAgainAt(const GateReport& report, const Asked& a, bool with_window) {
  TimeMs at = a.f.now;
  for (const GateResult& r : report.gates) {
    if (r.open) continue;
    if (r.opens_at == kNever) return kNever;
    at = std::max(at, r.opens_at);
  }
  return with_window ? NextOpening(a.f.campaign.schedule, a.number_zones, at, a.zones) : at;
}

GateReport Evaluate(const Asked& asked, bool of_campaign) {
  GateReport report;
  report.open = true;
  for (size_t i = 0; i < kGateCount; ++i) {
    const GateInfo& info = kGates[i];
    Answer answer =
        of_campaign && info.of_lead ? Open("Depends on the lead.") : Ask(info.gate, asked);
    if (!answer.open && report.open) report.first_closed = static_cast<int>(i);
    report.open = report.open && answer.open;
    report.gates[i] = {info.gate, answer.open, std::move(answer.reason),
                       answer.open ? 0 : answer.opens_at};
  }
  report.look_again_at = LookAgainAt(report, asked, !of_campaign);
  return report;
}

}  // namespace

GateReport EvaluateGates(const DialFacts& facts, const Zones& zones) {
  Asked asked{facts, zones, NextContactOf(facts.lead, facts.campaign), {}, {}};
  asked.number = asked.next.NumberOf(facts.lead);
  asked.number_zones = ZonesForLead(facts.lead.timezone, asked.number, facts.campaign.schedule,
                                    facts.settings.require_known_zone);
  return Evaluate(asked, false);
}

GateReport EvaluateCampaignGates(const DialFacts& facts, const Zones& zones) {
  return Evaluate(Asked{facts, zones, {}, {}, {}}, true);
}

std::string WhatAssistantLacks(const Assistant& a) {
  if (a.provider == Provider::kRetell) {
    if (a.external_id.empty()) return "The assistant has no Retell agent: choose one.";
    if (a.caller_number.empty()) {
      return "The assistant has no number to call from: choose one of your Retell numbers.";
    }
    if (!IsInternational(a.caller_number)) {
      return "The assistant's caller number is not in international form, like +14155551234.";
    }
    return "";
  }
  if (a.phone_number_id.empty()) {
    return "The assistant has no Vapi phone number id: choose one of your Vapi numbers.";
  }
  if (a.external_id.empty() && a.first_message.empty()) {
    return "The assistant needs a first message, or the id of a Vapi assistant.";
  }
  return "";
}

}  // namespace leadline
