// Calling, limits, words, providers, numbers that are never called, and the look.
#include "client/views/settings_parts.h"

namespace leadline {
namespace {

struct Local {
  int64_t version = -1;  // of the settings that the texts were taken from
  CallingSettings settings;
  std::optional<int64_t> all, retell, vapi;
  bool name = true;
  bool email = true;
  bool company = false;
  bool stop_open = false;
};
Local& Mine() {
  static Local local;
  return local;
}

bool Requires(const CallingSettings& settings, std::string_view field) {
  for (const std::string& name : settings.required_fields) {
    if (name == field) return true;
  }
  return false;
}

void TakeOver(const CallingSettings& settings) {
  Local& local = Mine();
  if (local.version == settings.version) return;
  const bool stop_open = local.stop_open;
  local = Local();
  local.stop_open = stop_open;
  local.version = settings.version;
  local.settings = settings;
  local.all = settings.concurrency;
  local.retell = settings.retell_concurrency;
  local.vapi = settings.vapi_concurrency;
  local.name = Requires(settings, "name");
  local.email = Requires(settings, "email");
  local.company = Requires(settings, "company");
}

void Switch(const View& view, const CallingSettings& stored) {
  ui::BeginCard("Automatic calling");
  if (stored.auto_calling) {
    ui::Text("Running campaigns call their leads.");
    if (ui::Button("Stop all calling now", {.kind = ui::ButtonKind::kDanger,
                                            .icon = ui::Icon::kPhoneOff,
                                            .busy = view.state.settings_saving})) {
      Mine().stop_open = true;
    }
  } else {
    ui::Banner("Nobody is called, whatever the campaigns say.", ui::Tone::kWarning, {}, false,
               "All calling is stopped");
    if (ui::Button("Allow calling again", {.kind = ui::ButtonKind::kPrimary,
                                           .icon = ui::Icon::kPhone,
                                           .busy = view.state.settings_saving})) {
      CallingSettings next = stored;
      next.auto_calling = true;
      view.Push(command::SaveSettings{next});
    }
  }
  ui::EndCard();
  if (Confirm("Stop all calling now?",
              "No new call is placed by any campaign. Calls on the line go on.", "Stop calling",
              &Mine().stop_open)) {
    CallingSettings next = stored;
    next.auto_calling = false;
    view.Push(command::SaveSettings{next});
  }
}

CallingSettings Edited() {
  Local& local = Mine();
  CallingSettings next = local.settings;
  next.concurrency = static_cast<int>(local.all.value_or(1));
  next.retell_concurrency = static_cast<int>(local.retell.value_or(1));
  next.vapi_concurrency = static_cast<int>(local.vapi.value_or(1));
  std::erase_if(next.required_fields, [](const std::string& field) {
    return field == "name" || field == "email" || field == "company";
  });
  if (local.name) next.required_fields.push_back("name");
  if (local.email) next.required_fields.push_back("email");
  if (local.company) next.required_fields.push_back("company");
  return next;
}

void Limits() {
  Local& local = Mine();
  ui::BeginCard("Limits", "Calls on the line at the same time.");
  ui::BeginColumns("Limits", 3, 120);
  ui::NextColumn();
  ui::NumberField("In all", &local.all, 1, 10000);
  ui::NextColumn();
  ui::NumberField("At Retell", &local.retell, 1, 10000);
  ui::NextColumn();
  ui::NumberField("At Vapi", &local.vapi, 1, 10000);
  ui::EndColumns();
  ui::EndCard();
}

void Leads() {
  Local& local = Mine();
  CallingSettings& settings = local.settings;
  ui::BeginCard("Leads");
  ui::TextField("Country of national numbers", &settings.default_region,
                {.hint = "Two letters, such as US. Empty: only numbers with + are accepted.",
                 .placeholder = "None",
                 .max_length = 2,
                 .width_px = 240});
  for (char& c : settings.default_region) {
    c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  }
  ui::BeginGroup("Required beside the phone");
  ui::Checkbox("Name", &local.name);
  ui::Checkbox("Email", &local.email);
  ui::Checkbox("Company", &local.company);
  ui::EndGroup();
  int zone = settings.require_known_zone ? 1 : 0;
  if (ui::RadioGroup("Leads whose time zone is not known",
                     {{"Use the campaign's zone"}, {"Never call them"}}, &zone)) {
    settings.require_known_zone = zone == 1;
  }
  int words = settings.simple_statuses ? 1 : 0;
  if (ui::RadioGroup("Names of the statuses",
                     {{"Detailed", "Created, Scheduled, Processing, Rescheduled, Max Retries"},
                      {"Simple", "Pending, In-Progress, Retry, Completed, Failed"}},
                     &words)) {
    settings.simple_statuses = words == 1;
  }
  ui::EndCard();
}

void Look() {
  ui::BeginCard("Look");
  int mode = static_cast<int>(ui::GetThemeMode());
  if (ui::Segmented("Theme", {{"As the system"}, {"Light"}, {"Dark"}}, &mode)) {
    ui::SetThemeMode(static_cast<ui::ThemeMode>(mode));
  }
  ui::EndCard();
}

}  // namespace

void SettingsView(const View& view) {
  const Remote<CallingSettings>& settings = view.state.settings;
  const std::string version =
      view.state.version.empty() ? std::string() : "Leadline " + view.state.version;
  ui::BeginPageHeader("Settings", version);
  const bool ready = settings.value() != nullptr;
  if (ready && ui::Button("Save settings",
                          {.kind = ui::ButtonKind::kPrimary, .busy = view.state.settings_saving})) {
    view.Push(command::SaveSettings{Edited()});
  }
  ui::EndPageHeader();
  if (settings.failed()) LoadProblem(view, settings.error(), "The settings");
  if (settings.first_load()) ui::Skeleton("Loading the settings", 6);
  ui::BeginColumns("Settings", 2, 380);
  ui::NextColumn();
  if (ready) {
    TakeOver(*settings.value());
    Switch(view, *settings.value());
    Leads();
  }
  ui::NextColumn();
  if (ready) Limits();
  ProvidersCard(view);
  SuppressionCard(view);
  Look();
  ui::EndColumns();
}

}  // namespace leadline
