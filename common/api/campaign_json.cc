#include "common/api/campaign_json.h"

namespace leadline {
namespace {

constexpr size_t kMaxWindows = 50;
constexpr size_t kMaxHolidays = 400;
constexpr int kDaysAWeek = 7;
constexpr std::string_view kOrderNames[] = {"each_round", "primary_first"};
constexpr std::string_view kVoicemailNames[] = {"retry", "complete"};
constexpr std::string_view kReadOnlyOfCampaign[] = {"id",         "version", "created_at",
                                                    "updated_at", "state",   "pause_reason"};

Json WindowJson(const WindowInterval& window) {
  Json days = Json::array();
  for (int day = 1; day <= kDaysAWeek; ++day) {
    if ((window.days >> (day - 1) & 1) != 0) days.push_back(day);
  }
  return {{"days", std::move(days)},
          {"from", ClockText(window.from_minute)},
          {"to", ClockText(window.to_minute)}};
}

Json ScheduleJson(const Schedule& schedule) {
  Json windows = Json::array();
  for (const WindowInterval& window : schedule.windows) windows.push_back(WindowJson(window));
  return {{"timezone", schedule.timezone},
          {"windows", std::move(windows)},
          {"holidays", NamesJson(schedule.holidays)}};
}

uint8_t DaysOf(const Json& list) {
  unsigned days = 0;
  if (!list.is_array()) return 0;
  for (const Json& item : list) {
    const int64_t day = IntOf(item).value_or(0);
    if (day < 1 || day > kDaysAWeek) return 0;
    days |= 1u << (day - 1);
  }
  return static_cast<uint8_t>(days);
}

Schedule ReadSchedule(const Json& value) {
  Schedule schedule;
  if (const std::string zone = ReadText(value, "timezone"); !zone.empty()) {
    schedule.timezone = zone;
  }
  schedule.holidays = ReadNames(Member(value, "holidays"));
  const Json& windows = Member(value, "windows");
  if (!windows.is_array()) return schedule;
  for (const Json& item : windows) {
    WindowInterval window;
    window.days = DaysOf(Member(item, "days"));
    window.from_minute = ClockMinute(TextOr(item, "from"));
    window.to_minute = ClockMinute(TextOr(item, "to"));
    if (window.days != 0 && window.from_minute >= 0 && window.to_minute >= 0) {
      schedule.windows.push_back(window);
    }
  }
  return schedule;
}

int DecodeClock(ObjectReader& reader, std::string_view key) {
  const int minute = ClockMinute(reader.Text(key, {.required = true, .max_bytes = 5}));
  if (minute < 0) {
    reader.AddProblem(key, "not_a_time", "Write a time of day such as 09:00, up to 24:00.");
  }
  return minute;
}

Status DecodeWindow(const Json& body, const std::string& path, WindowInterval* window) {
  ObjectReader reader(body, path);
  window->days = DaysOf(reader.Array("days", kDaysAWeek));
  if (window->days == 0) {
    reader.AddProblem("days", "not_weekdays",
                      "Give weekdays as numbers from 1 (Monday) to 7 (Sunday).");
  }
  window->from_minute = DecodeClock(reader, "from");
  window->to_minute = DecodeClock(reader, "to");
  return reader.Finish();
}

bool IsDate(const std::string& text) {
  return text.size() == 10 && ParseRfc3339(text + "T00:00:00Z").has_value();
}

void DecodeHolidays(ObjectReader& reader, Schedule* schedule) {
  schedule->holidays = DecodeNames(reader, "holidays", kMaxHolidays, schedule->holidays);
  for (size_t i = 0; i < schedule->holidays.size(); ++i) {
    if (IsDate(schedule->holidays[i])) continue;
    reader.AddProblem("holidays[" + std::to_string(i) + "]", "not_a_date",
                      "Write a date such as 2026-12-25.");
  }
}

Status DecodeSchedule(const Json& body, Schedule* schedule) {
  ObjectReader reader(body, "schedule");
  schedule->timezone =
      reader.Text("timezone", {.max_bytes = 100, .fallback = std::string(schedule->timezone)});
  if (schedule->timezone.empty()) {
    reader.AddProblem("timezone", "required", "Give a time zone such as America/New_York.");
  }
  DecodeHolidays(reader, schedule);
  if (const Json& list = reader.Array("windows", kMaxWindows); list.is_array()) {
    schedule->windows.assign(list.size(), {});
    for (size_t i = 0; i < list.size(); ++i) {
      const std::string path = "schedule.windows[" + std::to_string(i) + "]";
      const Status status = DecodeWindow(list[i], path, &schedule->windows[i]);
      reader.AddProblems(status.fields());
    }
  }
  return reader.Finish();
}

int Number(ObjectReader& reader, std::string_view key, int before, int min, int max) {
  return static_cast<int>(reader.Int(key, before, min, max));
}

void DecodeRules(ObjectReader& reader, Campaign* c) {
  c->retry_delay_minutes = Number(reader, "retry_delay_minutes", c->retry_delay_minutes, 10, 10080);
  c->max_attempts = Number(reader, "max_attempts", c->max_attempts, 1, 10);
  c->contact_order = static_cast<ContactOrder>(
      DecodeChoice(reader, "contact_order", kOrderNames, static_cast<int>(c->contact_order)));
  c->contact_gap_seconds =
      Number(reader, "contact_gap_seconds", c->contact_gap_seconds, 0, 7 * 86400);
  c->voicemail = static_cast<VoicemailRule>(
      DecodeChoice(reader, "voicemail", kVoicemailNames, static_cast<int>(c->voicemail)));
  c->concurrency = Number(reader, "concurrency", c->concurrency, 1, 500);
  c->starts_per_minute = Number(reader, "starts_per_minute", c->starts_per_minute, 0, 10000);
}

}  // namespace

std::string ClockText(int minute) {
  std::string text = "00:00";
  text[0] = static_cast<char>('0' + minute / 600);
  text[1] = static_cast<char>('0' + minute / 60 % 10);
  text[3] = static_cast<char>('0' + minute % 60 / 10);
  text[4] = static_cast<char>('0' + minute % 10);
  return text;
}

int ClockMinute(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return -1;
  for (size_t i : {0, 1, 3, 4}) {
    if (text[i] < '0' || text[i] > '9') return -1;
  }
  const int hour = (text[0] - '0') * 10 + text[1] - '0';
  const int minute = (text[3] - '0') * 10 + text[4] - '0';
  const int all = hour * 60 + minute;
  return minute < 60 && all <= 1440 ? all : -1;
}

Json CampaignBodyJson(const Campaign& c) {
  return {{"name", c.name},
          {"assistant_id", c.assistant_id == 0 ? Json(nullptr) : Json(c.assistant_id)},
          {"schedule", ScheduleJson(c.schedule)},
          {"retry_delay_minutes", c.retry_delay_minutes},
          {"max_attempts", c.max_attempts},
          {"contact_order", std::string(kOrderNames[static_cast<int>(c.contact_order)])},
          {"contact_gap_seconds", c.contact_gap_seconds},
          {"voicemail", std::string(kVoicemailNames[static_cast<int>(c.voicemail)])},
          {"concurrency", c.concurrency},
          {"starts_per_minute", c.starts_per_minute}};
}

Json CampaignJson(const Campaign& c) {
  Json object = {{"id", c.id},
                 {"version", c.version},
                 {"state", std::string(NameOf(c.state))},
                 {"pause_reason", TextOrNull(c.pause_reason)}};
  object.update(CampaignBodyJson(c));
  object["created_at"] = TimeJson(c.created_at);
  object["updated_at"] = TimeJson(c.updated_at);
  return object;
}

bool ReadCampaign(const Json& value, Campaign* c) {
  if (!value.is_object()) return false;
  c->id = ReadInt(value, "id");
  c->version = ReadInt(value, "version");
  c->name = ReadText(value, "name");
  c->state = static_cast<CampaignState>(ReadChoice(value, "state", kCampaignStateNames, 0));
  c->pause_reason = ReadText(value, "pause_reason");
  c->assistant_id = ReadInt(value, "assistant_id");
  c->schedule = ReadSchedule(Member(value, "schedule"));
  c->retry_delay_minutes = static_cast<int>(ReadInt(value, "retry_delay_minutes", 120));
  c->max_attempts = static_cast<int>(ReadInt(value, "max_attempts", 3));
  c->contact_order = static_cast<ContactOrder>(ReadChoice(value, "contact_order", kOrderNames, 0));
  c->contact_gap_seconds = static_cast<int>(ReadInt(value, "contact_gap_seconds", 60));
  c->voicemail = static_cast<VoicemailRule>(ReadChoice(value, "voicemail", kVoicemailNames, 0));
  c->concurrency = static_cast<int>(ReadInt(value, "concurrency", 5));
  c->starts_per_minute = static_cast<int>(ReadInt(value, "starts_per_minute"));
  c->created_at = ReadTime(value, "created_at");
  c->updated_at = ReadTime(value, "updated_at");
  return true;
}

Status DecodeCampaign(const Json& body, Campaign* campaign) {
  ObjectReader reader(body, "");
  Campaign read = *campaign;
  read.name = reader.Text("name", {.max_bytes = 200, .fallback = read.name});
  if (read.name.empty()) reader.AddProblem("name", "required", "Give the campaign a name.");
  if (reader.IsNull("assistant_id")) read.assistant_id = 0;
  read.assistant_id = reader.Int("assistant_id", read.assistant_id, 0, kMaxId);
  if (const Json& schedule = reader.Object("schedule"); schedule.is_object()) {
    const Status status = DecodeSchedule(schedule, &read.schedule);
    reader.AddProblems(status.fields());
  }
  DecodeRules(reader, &read);
  RefuseReadOnly(reader, kReadOnlyOfCampaign,
                 "The server keeps this; leave it out. The state changes with POST "
                 "/api/v1/campaigns/{id}/start, /pause, /resume and /finish.");
  LEADLINE_RETURN_IF_ERROR(reader.Finish());
  *campaign = std::move(read);
  return {};
}

}  // namespace leadline
