// Campaigns, assistants and settings: their forms and actions.
#include <utility>

#include "client/state/apply.h"
#include "client/state/load.h"
#include "client/state/words.h"
#include "common/api/assistant_json.h"
#include "common/api/campaign_json.h"

namespace leadline {
namespace {

std::string PathOf(std::string_view folder, int64_t id, std::string_view rest = "") {
  return std::string(kApi) + std::string(folder) + "/" + std::to_string(id) + std::string(rest);
}

// A form that is open for the same object is left alone: somebody types in it.
template <typename Form, typename T>
void StartForm(Form* form, const T& base) {
  if (form->open && form->base.id == base.id) return;
  const int serial = form->serial + 1;
  *form = Form();
  form->serial = serial;
  form->open = true;
  form->base = base;
}

// Puts the object into the list, in its place or at the end.
template <typename T>
void TakeItem(Remote<std::vector<T>>* list, const T& item) {
  if (list->mutable_value() == nullptr) return;
  for (T& old : *list->mutable_value()) {
    if (old.id == item.id) {
      old = item;
      return;
    }
  }
  list->mutable_value()->push_back(item);
}

template <typename Form, typename T>
bool FinishForm(Context& context, Form* form, const Reply& reply, const Result<T>& saved,
                bool (*read)(const Json&, T*)) {
  form->saving = false;
  if (saved.ok()) return true;
  form->error = saved.status();
  const Json current = CurrentOf(reply);
  form->conflict = form->error.code() == Code::kConflict && read(current, &form->theirs);
  if (form->error.fields().empty() && !form->conflict) context.NotifyProblem(form->error);
  return false;
}

void Close(Context& context, int64_t id) {
  Route route = context.state.route;
  route.action = RouteAction::kView;
  route.id = id;
  GoTo(context, route, true);
}

// The request of a form: POST for a new object, PATCH for a stored one.
HttpEffect SaveRequest(std::string_view folder, int64_t id, int64_t version, const Json& body) {
  if (id == 0) {
    return {
        .method = "POST", .path = std::string(kApi) + std::string(folder), .body = DumpJson(body)};
  }
  return {
      .method = "PATCH", .path = PathOf(folder, id), .body = DumpJson(body), .if_match = version};
}

void OnCampaignSaved(Context& context, const Reply& reply) {
  CampaignForm& form = context.state.campaign_form;
  const Result<Campaign> saved = DecodeCampaignReply(reply);
  if (!FinishForm<CampaignForm, Campaign>(context, &form, reply, saved, ReadCampaign)) return;
  TakeItem(&context.state.campaigns, *saved);
  context.Notify(form.base.id == 0 ? "Campaign created." : "Campaign saved.", NoticeTone::kSuccess);
  context.Refresh(Topic::kCampaigns, 0);
  if (form.open) Close(context, saved->id);
}

void OnAssistantSaved(Context& context, const Reply& reply) {
  AssistantForm& form = context.state.assistant_form;
  const Result<Assistant> saved = DecodeAssistantReply(reply);
  if (!FinishForm<AssistantForm, Assistant>(context, &form, reply, saved, ReadAssistant)) return;
  TakeItem(&context.state.assistants, *saved);
  context.Notify(form.base.id == 0 ? "Assistant created." : "Assistant saved.",
                 NoticeTone::kSuccess);
  context.Refresh(Topic::kAssistants, 0);
  if (form.open) Close(context, saved->id);
}

// A form that was linked to directly waits for the list that its object is in (see LoadCampaigns).
template <typename T>
void MissingFrom(Context& context, const Remote<std::vector<T>>& list) {
  if (list.phase() != Remote<std::vector<T>>::Phase::kReady) return;
  context.Notify("It does not exist any more.", NoticeTone::kWarning);
  Close(context, 0);
}

constexpr std::string_view kVerbPaths[] = {"/start", "/pause", "/resume", "/finish"};
constexpr std::string_view kVerbDone[] = {"Campaign started.",
                                          "Campaign paused. Calls on the line go on.",
                                          "Campaign resumed.", "Campaign finished."};

}  // namespace

void OpenCampaignForm(Context& context) {
  const Route& route = context.state.route;
  if (route.action == RouteAction::kNew) return StartForm(&context.state.campaign_form, Campaign());
  if (const Campaign* campaign = context.state.FindCampaign(route.id)) {
    return StartForm(&context.state.campaign_form, *campaign);
  }
  MissingFrom(context, context.state.campaigns);
}

void OpenAssistantForm(Context& context) {
  const Route& route = context.state.route;
  if (route.action == RouteAction::kNew)
    return StartForm(&context.state.assistant_form, Assistant());
  if (const Assistant* assistant = context.state.FindAssistant(route.id)) {
    return StartForm(&context.state.assistant_form, *assistant);
  }
  MissingFrom(context, context.state.assistants);
}

void Apply(Context& context, const command::DoCampaign& action) {
  context.state.campaign.busy = true;
  const auto verb = static_cast<size_t>(action.verb);
  context.Post(PathOf("/campaigns", action.id, kVerbPaths[verb]), nullptr,
               [verb](Context& c, const Reply& reply) {
                 c.state.campaign.busy = false;
                 const Result<Campaign> campaign = DecodeCampaignReply(reply);
                 if (!campaign.ok()) return c.NotifyProblem(campaign.status());
                 TakeItem(&c.state.campaigns, *campaign);
                 c.Notify(kVerbDone[verb], NoticeTone::kSuccess);
                 LoadCampaignGates(c, campaign->id);
               });
}

void Apply(Context& context, const command::SaveCampaign& save) {
  CampaignForm& form = context.state.campaign_form;
  if (form.saving) return;
  form.saving = true;
  form.error = Status();
  form.conflict = false;
  const Campaign& c = save.campaign;
  context.Send(SaveRequest("/campaigns", c.id, c.version, CampaignBodyJson(c)), OnCampaignSaved);
}

void Apply(Context& context, const command::DeleteCampaign& remove) {
  context.Send(
      {.method = "DELETE", .path = PathOf("/campaigns", remove.id), .if_match = remove.version},
      [](Context& c, const Reply& reply) {
        const Status status = StatusOfReply(reply);
        c.Refresh(Topic::kCampaigns, 0);
        if (!status.ok()) return c.NotifyProblem(status);
        c.Notify("Campaign deleted.", NoticeTone::kSuccess);
        Close(c, 0);
      });
}

void Apply(Context& context, const command::SaveAssistant& save) {
  AssistantForm& form = context.state.assistant_form;
  if (form.saving) return;
  form.saving = true;
  form.error = Status();
  form.conflict = false;
  const Assistant& a = save.assistant;
  context.Send(SaveRequest("/assistants", a.id, a.version, AssistantBodyJson(a)), OnAssistantSaved);
}

void Apply(Context& context, const command::DeleteAssistant& remove) {
  context.Send(
      {.method = "DELETE", .path = PathOf("/assistants", remove.id), .if_match = remove.version},
      [](Context& c, const Reply& reply) {
        const Status status = StatusOfReply(reply);
        c.Refresh(Topic::kAssistants, 0);
        if (!status.ok()) return c.NotifyProblem(status);
        c.Notify("Assistant deleted.", NoticeTone::kSuccess);
        Close(c, 0);
      });
}

void Apply(Context& context, const command::LoadCatalog& load) {
  const Provider provider = load.provider;
  const std::string path =
      std::string(kApi) + "/providers/" + std::string(NameOf(provider)) + "/catalog";
  const int id = context.Get(path, [provider](Context& c, const Reply& reply) {
    c.state.catalogs[provider].Finish(reply.id, DecodeCatalog(reply));
  });
  context.state.catalogs[provider].Start(id);
}

void Apply(Context& context, const command::ResetAccountFailures& reset) {
  context.Post(PathOf("/campaigns", reset.id, "/reset-account-failures"), nullptr,
               [](Context& c, const Reply& reply) {
                 const Status status = StatusOfReply(reply);
                 if (!status.ok()) return c.NotifyProblem(status);
                 const Result<Json> answer = ParseJson(reply.body);
                 const int64_t leads = answer.ok() ? ReadInt(*answer, "leads") : 0;
                 c.Notify(CountOf(leads, "lead is", "leads are") + " waiting again.",
                          NoticeTone::kSuccess);
                 c.Refresh(Topic::kSummary, 0);
               });
}

void Apply(Context& context, const command::SaveSettings& save) {
  context.state.settings_saving = true;
  context.Send({.method = "PATCH",
                .path = std::string(kApi) + "/settings",
                .body = DumpJson(SettingsBodyJson(save.settings)),
                .if_match = save.settings.version},
               [](Context& c, const Reply& reply) {
                 c.state.settings_saving = false;
                 const Result<CallingSettings> saved = DecodeSettingsReply(reply);
                 if (saved.ok()) {
                   c.state.settings.Set(*saved);
                   c.Notify("Settings saved.", NoticeTone::kSuccess);
                 } else {
                   c.NotifyProblem(saved.status());
                   c.Refresh(Topic::kSettings, 0);
                 }
               });
}

}  // namespace leadline
