// The server about itself: health, counters, the guide, the API's own document.
#include <cstdio>

#include "common/dial/reasons.h"
#include "server/http/app.h"
#include "server/http/exchange.h"
#include "server/http/handlers.h"
#include "server/http/routes.h"

namespace leadline {
namespace {

constexpr TimeMs kSchedulerSilenceMs = 30 * kSecondMs;

template <typename Texts>
Json Steps(const Texts& texts) {
  Json list = Json::array();
  for (std::string_view text : texts) {
    if (!text.empty()) list.push_back(std::string(text));
  }
  return list;
}

Json ErrorGuideJson() {
  static constexpr std::string_view kScopes[] = {"none", "lead", "account"};
  size_t count = 0;
  const ErrorGuide* guides = AllGuides(&count);
  Json list = Json::array();
  for (size_t i = 0; i < count; ++i) {
    const ErrorGuide& g = guides[i];
    list.push_back({{"code", std::string(g.code)},
                    {"class", g.permanent ? "permanent" : "temporary"},
                    {"scope", std::string(kScopes[static_cast<size_t>(g.scope)])},
                    {"title", std::string(g.title)},
                    {"meaning", std::string(g.meaning)},
                    {"causes", Steps(g.causes)},
                    {"fix", Steps(g.fix)}});
  }
  return list;
}

Json StatusGuideJson() {
  Json list = Json::array();
  for (const StatusText& s : kStatusTexts) {
    list.push_back({{"status", std::string(s.name)},
                    {"title", std::string(s.title)},
                    {"group", std::string(s.group)},
                    {"group_title", std::string(s.group_title)},
                    {"meaning", std::string(s.meaning)},
                    {"when", std::string(s.when)},
                    {"action", std::string(s.action)}});
  }
  return list;
}

void AddMetric(std::string* out, std::string_view name, std::string_view labels, uint64_t value) {
  *out += name;
  if (!labels.empty()) *out += "{" + std::string(labels) + "}";
  *out += " " + std::to_string(value) + "\n";
}

void AddType(std::string* out, std::string_view name, std::string_view type) {
  *out += "# TYPE " + std::string(name) + " " + std::string(type) + "\n";
}

Status AddStoreMetrics(Store& store, std::string* out) {
  const Result<std::vector<Store::StatusCount>> leads = store.CountLeads();
  if (!leads.ok()) return leads.status();
  AddType(out, "leadline_leads", "gauge");
  for (const Store::StatusCount& c : *leads) {
    AddMetric(out, "leadline_leads",
              "campaign=\"" + std::to_string(c.campaign_id) + "\",status=\"" +
                  std::string(NameOf(c.status)) + "\"",
              static_cast<uint64_t>(c.leads));
  }
  const Result<std::vector<Store::OutcomeCount>> calls = store.CountCalls();
  if (!calls.ok()) return calls.status();
  AddType(out, "leadline_calls_total", "counter");
  for (const Store::OutcomeCount& c : *calls) {
    AddMetric(out, "leadline_calls_total",
              "campaign=\"" + std::to_string(c.campaign_id) + "\",outcome=\"" +
                  std::string(NameOf(c.outcome)) + "\"",
              static_cast<uint64_t>(c.calls));
  }
  return {};
}

}  // namespace

// The front hands event streams to the hub; this row is there for the table alone.
Status GetEvents(Exchange&) {
  return Internal("An event stream reached a handler.");
}

Status GetOpenApi(Exchange& x) {
  return x.Answer(OpenApiDocument());
}

Status GetGuide(Exchange& x) {
  return x.Answer({{"errors", ErrorGuideJson()}, {"statuses", StatusGuideJson()}});
}

Status GetHealth(Exchange& x) {
  return x.Answer({{"status", "ok"},
                   {"version", x.context.version},
                   {"now", FormatRfc3339(x.now())},
                   {"time_scale", x.context.clock->scale()}});
}

Status GetReadiness(Exchange& x) {
  LEADLINE_RETURN_IF_ERROR(x.store().Ping());
  if (x.context.last_pass_steady_ms) {
    const TimeMs silent_ms = x.context.clock->SteadyMs() - x.context.last_pass_steady_ms();
    if (silent_ms > kSchedulerSilenceMs) {
      return Unavailable("scheduler_stuck", "The scheduler has not finished a pass for " +
                                                std::to_string(silent_ms / 1000) + " s.");
    }
  }
  return x.Answer({{"status", "ready"}});
}

Status GetMetrics(Exchange& x) {
  static constexpr const char* kClasses[] = {"other", "1xx", "2xx", "3xx", "4xx", "5xx"};
  std::string out;
  AddType(&out, "leadline_http_answers_total", "counter");
  for (size_t i = 0; i < 6; ++i) {
    AddMetric(&out, "leadline_http_answers_total", std::string("class=\"") + kClasses[i] + "\"",
              x.app.counters().answers[i]);
  }
  AddType(&out, "leadline_event_streams", "gauge");
  AddMetric(&out, "leadline_event_streams", "", static_cast<uint64_t>(x.app.hub().clients()));
  LEADLINE_RETURN_IF_ERROR(AddStoreMetrics(x.store(), &out));
  return x.AnswerText(std::move(out), "text/plain; version=0.0.4; charset=utf-8");
}

}  // namespace leadline
