#include "server/provider/sim/sim_config.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace leadline {
namespace {

struct NumberKnob {
  std::string_view section, name;
  double SimConfig::*member;
  double min, max;
};

constexpr double kWeek = 7 * 86400.0;
constexpr NumberKnob kNumbers[] = {
    {"people", "answered", &SimConfig::answered, 0, 1000},
    {"people", "no_answer", &SimConfig::no_answer, 0, 1000},
    {"people", "busy", &SimConfig::busy, 0, 1000},
    {"people", "voicemail", &SimConfig::voicemail, 0, 1000},
    {"people", "temporary", &SimConfig::temporary, 0, 1000},
    {"people", "permanent", &SimConfig::permanent, 0, 1000},
    {"durations", "queue_min_seconds", &SimConfig::queue_min_seconds, 0, kWeek},
    {"durations", "queue_max_seconds", &SimConfig::queue_max_seconds, 0, kWeek},
    {"durations", "ring_min_seconds", &SimConfig::ring_min_seconds, 0, kWeek},
    {"durations", "ring_max_seconds", &SimConfig::ring_max_seconds, 0, kWeek},
    {"durations", "ring_timeout_seconds", &SimConfig::ring_timeout_seconds, 0, kWeek},
    {"durations", "talk_min_seconds", &SimConfig::talk_min_seconds, 0, kWeek},
    {"durations", "talk_max_seconds", &SimConfig::talk_max_seconds, 0, kWeek},
    {"durations", "report_min_seconds", &SimConfig::report_min_seconds, 0, kWeek},
    {"durations", "report_max_seconds", &SimConfig::report_max_seconds, 0, kWeek},
    {"durations", "webhook_retry_seconds", &SimConfig::webhook_retry_seconds, 0, kWeek},
    {"limits", "vapi_concurrency", &SimConfig::vapi_concurrency, 0, 1e6},
    {"limits", "retell_concurrency", &SimConfig::retell_concurrency, 0, 1e6},
    {"limits", "retell_starts_per_second", &SimConfig::retell_starts_per_second, 0, 1e6},
    {"vapi", "report_unconnected", &SimConfig::vapi_report_unconnected, 0, 1},
    {"faults", "drop_webhooks", &SimConfig::drop_webhooks, 0, 1},
    {"faults", "duplicate_webhooks", &SimConfig::duplicate_webhooks, 0, 1},
    {"faults", "reorder_webhooks", &SimConfig::reorder_webhooks, 0, 1},
    {"faults", "delay_webhooks_ms", &SimConfig::delay_webhooks_ms, 0, kWeek * 1000},
    {"faults", "wrong_signature", &SimConfig::wrong_signature, 0, 1},
    {"faults", "stale_signature", &SimConfig::stale_signature, 0, 1},
    {"faults", "webhook_before_answer", &SimConfig::webhook_before_answer, 0, 1},
    {"faults", "hide_from_list_ms", &SimConfig::hide_from_list_ms, 0, kWeek * 1000},
    {"faults", "start_delay_ms", &SimConfig::start_delay_ms, 0, kWeek * 1000},
    {"faults", "read_error_rate", &SimConfig::read_error_rate, 0, 1},
    {"faults", "hang_seconds", &SimConfig::hang_seconds, 0, 3600},
};

struct TextKnob {
  std::string_view section, name;
  std::string SimConfig::*member;
  bool secret;
};

constexpr TextKnob kTexts[] = {
    {"vapi", "api_key", &SimConfig::vapi_api_key, true},
    {"vapi", "webhook_url", &SimConfig::vapi_webhook_url, false},
    {"retell", "api_key", &SimConfig::retell_api_key, true},
    {"retell", "webhook_url", &SimConfig::retell_webhook_url, false},
    {"retell", "webhook_key", &SimConfig::retell_webhook_key, true},
};

constexpr std::string_view kFaultNames[kCreateFaultCount] = {
    "none", "concurrency", "401",     "402",       "403",  "429",  "429_retry_after",
    "500",  "503",         "html502", "truncated", "hang", "close"};
constexpr std::string_view kSections[] = {"people", "durations", "limits",
                                          "vapi",   "retell",    "faults"};
constexpr std::string_view kHidden = "***";

Json RatesToJson(const CreateFaultRates& rates) {
  Json out = Json::object();
  for (size_t i = 1; i < rates.size(); ++i) out[std::string(kFaultNames[i])] = rates[i];
  return out;
}

void ReadNumber(ObjectReader& r, std::string_view name, double min, double max, double* into) {
  if (!r.Has(name)) return;
  const Json& value = r.Any(name);
  if (value.is_boolean() && max == 1) {
    *into = *value.get_ptr<const bool*>() ? 1 : 0;
    return;
  }
  const auto number = NumberOf(value);
  if (!number.has_value() || !(*number >= min && *number <= max)) {
    r.AddProblem(name, "out_of_range",
                 "Give a number from " + std::to_string(static_cast<int64_t>(min)) + " to " +
                     std::to_string(static_cast<int64_t>(max)) + ".");
    return;
  }
  *into = *number;
}

// Takes the problems of a finished reader into `problems`.
void Collect(ObjectReader& r, std::vector<FieldProblem>* problems) {
  const Status status = r.Finish();
  problems->insert(problems->end(), status.fields().begin(), status.fields().end());
}

void ReadRates(const Json& json, std::string_view path, CreateFaultRates* rates,
               std::vector<FieldProblem>* problems) {
  ObjectReader r(json, path);
  for (size_t i = 1; i < rates->size(); ++i) ReadNumber(r, kFaultNames[i], 0, 1, &(*rates)[i]);
  Collect(r, problems);
}

void ReadCreateErrors(ObjectReader& faults, SimConfig* config,
                      std::vector<FieldProblem>* problems) {
  if (!faults.Has("create_error_rate")) return;
  ObjectReader r(faults.Object("create_error_rate"), "faults.create_error_rate");
  if (r.Has("before")) {
    ReadRates(r.Object("before"), r.PathOf("before"), &config->before, problems);
  }
  if (r.Has("after")) ReadRates(r.Object("after"), r.PathOf("after"), &config->after, problems);
  Collect(r, problems);
}

void ReadSection(const Json& json, std::string_view section, SimConfig* config,
                 std::vector<FieldProblem>* problems) {
  ObjectReader r(json, section);
  for (const NumberKnob& k : kNumbers) {
    if (k.section == section) ReadNumber(r, k.name, k.min, k.max, &(config->*k.member));
  }
  for (const TextKnob& k : kTexts) {
    if (k.section != section || !r.Has(k.name)) continue;
    const std::string text = r.Text(k.name, {.max_bytes = 2000});
    if (!k.secret || text != kHidden) config->*k.member = text;
  }
  if (section == "faults") ReadCreateErrors(r, config, problems);
  Collect(r, problems);
}

}  // namespace

std::string_view CreateFaultName(CreateFault fault) {
  return kFaultNames[static_cast<size_t>(fault)];
}

Json ConfigToJson(const SimConfig& config) {
  Json out = Json::object();
  for (std::string_view section : kSections) out[std::string(section)] = Json::object();
  for (const NumberKnob& k : kNumbers) {
    out[std::string(k.section)][std::string(k.name)] = config.*k.member;
  }
  for (const TextKnob& k : kTexts) {
    const std::string& text = config.*k.member;
    out[std::string(k.section)][std::string(k.name)] =
        k.secret && !text.empty() ? std::string(kHidden) : text;
  }
  out["faults"]["create_error_rate"] = {{"before", RatesToJson(config.before)},
                                        {"after", RatesToJson(config.after)}};
  return out;
}

Status ApplyConfigPatch(const Json& patch, SimConfig* config) {
  SimConfig next = *config;
  std::vector<FieldProblem> problems;
  ObjectReader r(patch, "");
  for (std::string_view section : kSections) {
    if (r.Has(section)) ReadSection(r.Object(section), section, &next, &problems);
  }
  r.AddProblems(problems);
  LEADLINE_RETURN_IF_ERROR(r.Finish());
  *config = std::move(next);
  return {};
}

}  // namespace leadline
