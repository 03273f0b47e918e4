// The form of a campaign.
#include "client/views/campaign_parts.h"

namespace leadline {
namespace {

struct Local {
  int serial = -1;
  Campaign campaign;
  std::optional<int64_t> delay;  // in the unit that is shown
  bool in_minutes = false;
  std::optional<int64_t> attempts, gap, concurrency, starts;
  bool tried = false;
};
Local& Mine() {
  static Local local;
  return local;
}

constexpr int kMinHours = 1;
constexpr int kMaxHours = 168;

std::string LocalZone(const View& view) {
  // The campaigns that exist know better than the browser which zone is meant.
  const std::vector<Campaign>* campaigns = view.state.campaigns.value();
  return campaigns == nullptr || campaigns->empty() ? "UTC" : campaigns->front().schedule.timezone;
}

void TakeOver(const View& view) {
  const CampaignForm& form = view.state.campaign_form;
  Local& local = Mine();
  if (local.serial == form.serial) return;
  local = Local();
  local.serial = form.serial;
  local.campaign = form.base;
  if (form.base.id == 0) {
    constexpr uint8_t kWorkdays = 0x1F;
    local.campaign.schedule.timezone = LocalZone(view);
    local.campaign.schedule.windows = {{kWorkdays, 9 * 60, 18 * 60}};
  }
  local.in_minutes = local.campaign.retry_delay_minutes % 60 != 0;
  local.delay = local.in_minutes ? local.campaign.retry_delay_minutes
                                 : local.campaign.retry_delay_minutes / 60;
  local.attempts = local.campaign.max_attempts;
  local.gap = local.campaign.contact_gap_seconds;
  local.concurrency = local.campaign.concurrency;
  local.starts = local.campaign.starts_per_minute;
}

std::string_view Problem(const View& view, std::string_view path) {
  return ProblemAt(view.state.campaign_form.error, path);
}

void Basics(const View& view) {
  Campaign& campaign = Mine().campaign;
  const bool missing = Mine().tried && campaign.name.empty();
  ui::BeginCard("Basics");
  ui::TextField("Name", &campaign.name,
                {.error = missing ? "Give the campaign a name." : Problem(view, "name"),
                 .placeholder = "Spring offers",
                 .max_length = 200,
                 .required = true,
                 .focus = true});
  ui::Options options;
  std::vector<int64_t> ids;
  if (const std::vector<Assistant>* assistants = view.state.assistants.value()) {
    for (const Assistant& assistant : *assistants) {
      options.push_back({assistant.name, ProviderTitle(assistant.provider)});
      ids.push_back(assistant.id);
    }
  }
  int index = IndexOf(ids, campaign.assistant_id);
  if (options.empty()) {
    ui::MutedText("No assistant yet: the campaign can be saved, but not started.");
    Route route = ScreenRoute(Screen::kAssistants);
    route.action = RouteAction::kNew;
    ui::Link("Create an assistant", Href(route));
  } else if (ui::Select("Assistant", options, &index,
                        {.hint = "Who talks to the leads.",
                         .error = Problem(view, "assistant_id"),
                         .placeholder = "Choose one"})) {
    campaign.assistant_id = ids[static_cast<size_t>(index)];
  }
  ui::EndCard();
}

void Retries(const View& view) {
  Local& local = Mine();
  ui::BeginCard("Attempts");
  const std::string retries =
      "= " + CountOf(local.attempts.value_or(1) - 1, "retry", "retries") + " after the first call";
  ui::NumberField("Maximum attempts per number", &local.attempts, 1, 10,
                  {.hint = retries, .error = Problem(view, "max_attempts"), .width_px = 240});
  const std::string unit = local.in_minutes ? "Retry delay in minutes" : "Retry delay in hours";
  ui::NumberField(unit, &local.delay, local.in_minutes ? 10 : kMinHours,
                  local.in_minutes ? kMaxHours * 60 : kMaxHours,
                  {.hint = local.in_minutes ? "10 minutes to 7 days" : "1 to 168 hours",
                   .error = Problem(view, "retry_delay_minutes"),
                   .width_px = 240});
  if (ui::Switch("Set the delay in minutes (advanced)", &local.in_minutes)) {
    const int64_t value = local.delay.value_or(2);
    local.delay = local.in_minutes ? value * 60 : std::max<int64_t>(kMinHours, value / 60);
  }
  int order = static_cast<int>(local.campaign.contact_order);
  if (ui::RadioGroup(
          "Leads with several numbers",
          {{"Every number in each round",
            "The first number, then the others in order; then the retry delay."},
           {"First number first", "All attempts of the first number, then the next one."}},
          &order)) {
    local.campaign.contact_order = static_cast<ContactOrder>(order);
  }
  ui::NumberField("Seconds between two calls to one lead", &local.gap, 0, 7 * 86400,
                  {.error = Problem(view, "contact_gap_seconds"), .width_px = 240});
  int voicemail = static_cast<int>(local.campaign.voicemail);
  if (ui::RadioGroup("When a voicemail answers",
                     {{"Try again later", "Counts as an attempt."},
                      {"Count it as reached", "The message was left: the lead is completed."}},
                     &voicemail)) {
    local.campaign.voicemail = static_cast<VoicemailRule>(voicemail);
  }
  ui::EndCard();
}

void Limits(const View& view) {
  Local& local = Mine();
  ui::BeginCard("Limits");
  ui::NumberField("Calls at once", &local.concurrency, 1, 500,
                  {.hint = "The limits of Settings hold as well.",
                   .error = Problem(view, "concurrency"),
                   .width_px = 240});
  ui::NumberField(
      "Calls started per minute", &local.starts, 0, 10000,
      {.hint = "0: no limit", .error = Problem(view, "starts_per_minute"), .width_px = 240});
  ui::EndCard();
}

void Save(const View& view, int64_t version) {
  Local& local = Mine();
  local.tried = true;
  Campaign campaign = local.campaign;
  if (campaign.name.empty()) return ui::FocusField("Name");
  campaign.version = version;
  const int64_t delay = local.delay.value_or(2);
  campaign.retry_delay_minutes = static_cast<int>(local.in_minutes ? delay : delay * 60);
  campaign.max_attempts = static_cast<int>(local.attempts.value_or(3));
  campaign.contact_gap_seconds = static_cast<int>(local.gap.value_or(60));
  campaign.concurrency = static_cast<int>(local.concurrency.value_or(5));
  campaign.starts_per_minute = static_cast<int>(local.starts.value_or(0));
  view.Push(command::SaveCampaign{campaign});
}

void Conflict(const View& view) {
  const CampaignForm& form = view.state.campaign_form;
  ui::Banner("Somebody saved this campaign while you were editing it. Their version: \"" +
                 form.theirs.name + "\", " + ScheduleText(form.theirs.schedule) + ", " +
                 std::to_string(form.theirs.max_attempts) + " attempts, retry after " +
                 Minutes(form.theirs.retry_delay_minutes) + ". Nothing has been overwritten.",
             ui::Tone::kWarning, {}, false, "This campaign was changed meanwhile");
  ui::BeginRow();
  if (ui::Button("Save mine over theirs")) Save(view, form.theirs.version);
  if (ui::Button("Discard mine")) view.Push(command::CloseForm{});
  ui::EndRow();
}

}  // namespace

void CampaignFormView(const View& view) {
  TakeOver(view);
  const CampaignForm& form = view.state.campaign_form;
  const bool fresh = form.base.id == 0;
  ui::BeginPageHeader(fresh ? "New campaign" : "Edit campaign",
                      fresh ? std::string_view() : std::string_view(form.base.name));
  if (ui::Button("Cancel", {.kind = ui::ButtonKind::kGhost})) view.Push(command::CloseForm{});
  if (ui::Button(fresh ? "Create campaign" : "Save campaign",
                 {.kind = ui::ButtonKind::kPrimary, .busy = form.saving})) {
    Save(view, form.base.version);
  }
  ui::EndPageHeader();
  if (form.conflict) {
    Conflict(view);
  } else {
    FormProblem(form.error);
  }
  ui::BeginColumns("Form", 2, 380);
  ui::NextColumn();
  Basics(view);
  ui::BeginCard("Calling hours");
  ScheduleEditor(form.error, &Mine().campaign.schedule);
  ui::EndCard();
  ui::NextColumn();
  Retries(view);
  Limits(view);
  ui::EndColumns();
}

}  // namespace leadline
