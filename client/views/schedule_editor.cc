// When a campaign may call.
#include <array>

#include "client/views/campaign_parts.h"
#include "common/api/campaign_json.h"

namespace leadline {
namespace {

constexpr int kDays = 7;
constexpr std::array<std::string_view, kDays> kShort = {"Mon", "Tue", "Wed", "Thu",
                                                        "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, kDays> kLong = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
constexpr uint8_t kWorkdays = 0x1F;
constexpr uint8_t kEveryDay = 0x7F;

bool Has(uint8_t days, int day) {
  return (days >> day & 1) != 0;
}

std::string DaysText(uint8_t days) {
  if (days == kEveryDay) return "every day";
  if (days == kWorkdays) return "Mon to Fri";
  std::string text;
  for (int day = 0; day < kDays; ++day) {
    if (Has(days, day))
      text += (text.empty() ? "" : ", ") + std::string(kShort[static_cast<size_t>(day)]);
  }
  return text.empty() ? "no day" : text;
}

// A time of day as it is typed: only a whole one reaches the schedule.
struct TimeText {
  std::string from;
  std::string to;
};
struct Local {
  const Schedule* of = nullptr;
  std::vector<TimeText> times;
  std::string holiday;
};
Local& Mine() {
  static Local local;
  return local;
}

void TakeOver(const Schedule& schedule) {
  Local& local = Mine();
  if (local.of == &schedule && local.times.size() == schedule.windows.size()) return;
  local.of = &schedule;
  local.times.clear();
  for (const WindowInterval& window : schedule.windows) {
    local.times.push_back({ClockText(window.from_minute), ClockText(window.to_minute)});
  }
}

bool TimeOfDay(std::string_view label, std::string* text, int* minute) {
  const bool wrong = ClockMinute(*text) < 0;
  if (!ui::TextField(label, text,
                     {.error = wrong ? "Like 09:00, up to 24:00" : "",
                      .placeholder = "09:00",
                      .max_length = 5,
                      .width_px = 110})) {
    return false;
  }
  if (ClockMinute(*text) < 0) return false;
  *minute = ClockMinute(*text);
  return true;
}

bool Days(uint8_t* days) {
  bool changed = false;
  ui::BeginRow(ui::kSpaceXs);
  for (int day = 0; day < kDays; ++day) {
    const auto at = static_cast<size_t>(day);
    const bool on = Has(*days, day);
    ImGui::PushID(day);
    if (ui::Button(kShort[at], {.reason = kLong[at], .pressed = on, .toggle = true})) {
      *days = static_cast<uint8_t>(*days ^ (1u << day));
      changed = true;
    }
    ImGui::PopID();
  }
  ui::EndRow();
  return changed;
}

// True when something changed; `*remove` when it is to go.
bool Window(size_t i, WindowInterval* window, bool* remove) {
  const std::string place = std::to_string(i + 1);
  TimeText& time = Mine().times[i];
  ui::BeginGroup("Calling hours " + place);
  bool changed = Days(&window->days);
  ui::BeginRow(ui::kSpaceS, ui::RowAlign::kBottom);
  changed |= TimeOfDay("From##" + place, &time.from, &window->from_minute);
  changed |= TimeOfDay("To##" + place, &time.to, &window->to_minute);
  *remove = ui::Button("Remove these hours##" + place,
                       {.kind = ui::ButtonKind::kGhost, .icon = ui::Icon::kTrash});
  ui::EndRow();
  if (window->to_minute <= window->from_minute) {
    ui::SmallText("These hours go over midnight, into the next day.");
  }
  if (window->days == 0) ui::ToneText("Choose at least one weekday.", ui::Tone::kDanger);
  ui::EndGroup();
  return changed;
}

bool Windows(Schedule* schedule) {
  bool changed = false;
  int removed = -1;
  for (size_t i = 0; i < schedule->windows.size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    bool remove = false;
    changed |= Window(i, &schedule->windows[i], &remove);
    if (remove) removed = static_cast<int>(i);
    ImGui::PopID();
  }
  if (removed >= 0) {
    schedule->windows.erase(schedule->windows.begin() + removed);
    Mine().times.erase(Mine().times.begin() + removed);
    changed = true;
  }
  if (schedule->windows.empty()) {
    ui::Banner("Without hours, leads are called at any time of day and night.", ui::Tone::kWarning);
  }
  if (ui::Button("Add hours", {.icon = ui::Icon::kPlus})) {
    schedule->windows.push_back({kWorkdays, 9 * 60, 18 * 60});
    changed = true;
  }
  return changed;
}

bool Holidays(Schedule* schedule) {
  Local& local = Mine();
  bool changed = false;
  for (size_t i = 0; i < schedule->holidays.size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    ui::BeginRow();
    ui::Text(schedule->holidays[i]);
    const bool remove = ui::IconButton(ui::Icon::kTrash, "Remove holiday " + schedule->holidays[i]);
    ui::EndRow();
    ImGui::PopID();
    if (!remove) continue;
    schedule->holidays.erase(schedule->holidays.begin() + static_cast<std::ptrdiff_t>(i));
    changed = true;
    break;
  }
  const bool date = ParseRfc3339(local.holiday + "T00:00:00Z").has_value();
  ui::BeginRow(ui::kSpaceS, ui::RowAlign::kBottom);
  ui::TextField("Holiday", &local.holiday,
                {.kind = ui::FieldKind::kDate,
                 .placeholder = "2026-12-25",
                 .max_length = 10,
                 .width_px = 160});
  if (ui::Button("Add holiday", {.icon = ui::Icon::kPlus, .disabled = !date})) {
    schedule->holidays.push_back(local.holiday);
    local.holiday.clear();
    changed = true;
  }
  ui::EndRow();
  return changed;
}

}  // namespace

std::string ScheduleText(const Schedule& schedule) {
  if (schedule.windows.empty()) return "any time of day";
  std::string text;
  for (const WindowInterval& window : schedule.windows) {
    text += (text.empty() ? "" : "; ") + DaysText(window.days) + " " +
            ClockText(window.from_minute) + " to " + ClockText(window.to_minute);
  }
  return text + ", " + schedule.timezone;
}

bool ScheduleEditor(const Status& error, Schedule* schedule) {
  TakeOver(*schedule);
  bool changed = ui::TextField("Time zone", &schedule->timezone,
                               {.hint = "For leads whose own zone is not known. Others are called "
                                        "in the hours of their own zone.",
                                .error = ProblemAt(error, "schedule.timezone"),
                                .max_length = 64,
                                .required = true});
  changed |= Windows(schedule);
  ui::Heading(3, "Holidays");
  ui::SmallText("Nobody is called on these dates.");
  changed |= Holidays(schedule);
  return changed;
}

}  // namespace leadline
