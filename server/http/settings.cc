// /api/v1/settings and /api/v1/suppressions.
#include "common/api/assistant_json.h"
#include "common/api/envelope.h"
#include "common/lead/phone.h"
#include "server/http/handlers.h"
#include "server/http/lead_query.h"

namespace leadline {
namespace {

Json SuppressionJson(const Store::Suppression& s) {
  return {{"number", s.number}, {"reason", s.reason}, {"created_at", TimeJson(s.created_at)}};
}

Status BadNumber(std::string_view code) {
  const PhoneProblem& problem = PhoneProblemText(code);
  const std::string message = std::string(problem.message) + " " + problem.mend;
  return Invalid("invalid_body", message, {{"number", std::string(code), message}});
}

}  // namespace

Status GetSettings(Exchange& x) {
  const Result<CallingSettings> settings = x.store().GetSettings();
  if (!settings.ok()) return settings.status();
  return x.AnswerVersioned(SettingsJson(*settings), settings->version);
}

Status PatchSettings(Exchange& x) {
  const Result<Json> body = x.BodyJson();
  if (!body.ok()) return body.status();
  Result<CallingSettings> settings = x.store().GetSettings();
  if (!settings.ok()) return settings.status();
  const Result<int64_t> version = x.IfMatch(settings->version);
  if (!version.ok()) return version.status();
  const CallingSettings before = *settings;
  LEADLINE_RETURN_IF_ERROR(DecodeSettings(*body, &*settings));
  settings->version = *version;
  const Result<CallingSettings> stored = x.store().UpdateSettings(*settings, x.now());
  if (!stored.ok()) {
    if (stored.status().code() == Code::kConflict) x.current = SettingsJson(before);
    return stored.status();
  }
  x.context.Wake();
  return x.AnswerVersioned(SettingsJson(*stored), stored->version);
}

Status ListSuppressions(Exchange& x) {
  QueryReader reader(x);
  int limit = 0;
  std::string cursor;
  DecodePaging(reader, &limit, &cursor);
  LEADLINE_RETURN_IF_ERROR(reader.Finish());
  const Result<Page<Store::Suppression>> page = x.store().ListSuppressions(limit, cursor);
  if (!page.ok()) return page.status();
  Json items = Json::array();
  for (const Store::Suppression& s : page->items) items.push_back(SuppressionJson(s));
  return x.Answer(PageJson(std::move(items), page->next_cursor, page->total, page->total_is_floor));
}

Status AddSuppression(Exchange& x) {
  const Result<Json> body = x.BodyJson();
  if (!body.ok()) return body.status();
  ObjectReader reader(*body, "");
  Store::Suppression s;
  s.number = reader.Text("number", {.required = true, .max_bytes = 40});
  s.reason = reader.Text("reason", {.max_bytes = 500});
  LEADLINE_RETURN_IF_ERROR(reader.Finish());
  // Any number that can be read may be put on the list, dialable or not.
  const PhoneReading reading = ReadPhone(s.number, "");
  if (reading.e164.empty() || reading.repaired) {
    return BadNumber(reading.fine() ? "phone_unreadable" : reading.problem_code);
  }
  s.number = reading.e164;
  s.created_at = x.now();
  LEADLINE_RETURN_IF_ERROR(x.store().AddSuppression(s.number, s.reason, s.created_at));
  return x.Answer(SuppressionJson(s), 201);
}

Status RemoveSuppression(Exchange& x) {
  std::string number(x.args[0]);
  if (number.starts_with("%2B") || number.starts_with("%2b")) number = "+" + number.substr(3);
  LEADLINE_RETURN_IF_ERROR(x.store().RemoveSuppression(number, x.now()));
  x.context.Wake();
  return x.AnswerNothing();
}

}  // namespace leadline
