// The lead form, and what is done to one lead.
#include <utility>

#include "client/state/apply.h"
#include "client/state/load.h"

namespace leadline {
namespace {

std::string LeadPath(LeadId id, std::string_view rest = "") {
  return std::string(kApi) + "/leads/" + std::to_string(id) + std::string(rest);
}

// The form over `base`. A form that is open for the same lead is left alone: somebody types in it.
void StartForm(Context& context, const LeadRecord& base) {
  LeadForm& form = context.state.lead_form;
  if (form.open && form.base.id == base.id) return;
  const int serial = form.serial + 1;
  form = LeadForm();
  form.serial = serial;
  form.open = true;
  form.base = base;
}

// A lead that is linked to directly is not here yet: its form opens when it is.
void LoadForForm(Context& context, LeadId id) {
  context.Get(LeadPath(id), [id](Context& c, const Reply& reply) {
    const Result<LeadRecord> lead = DecodeLead(reply);
    const Route& route = c.state.route;
    if (route.id != id || route.action != RouteAction::kEdit) return;
    if (lead.ok()) {
      StartForm(c, *lead);
    } else {
      c.NotifyProblem(lead.status());
      Apply(c, command::CloseForm{});
    }
  });
}

// A changed lead goes wherever it is shown.
void TakeLead(Context& context, const LeadRecord& lead) {
  if (LeadRecord* row = context.state.leads.Find(lead.id)) *row = lead;
  LeadPanel& panel = context.state.panel;
  if (panel.id != lead.id) return;
  panel.lead.Set(lead);
  context.Refresh(Topic::kPanel, 0);
}

void OnSaved(Context& context, const Reply& reply, int serial) {
  LeadForm& form = context.state.lead_form;
  const Result<LeadRecord> saved = DecodeLead(reply);
  if (saved.ok()) {
    TakeLead(context, *saved);
    context.Refresh(Topic::kLeads, 0);
    context.Refresh(Topic::kSummary, 0);
  }
  if (form.serial != serial || !form.open) return;  // closed meanwhile
  form.saving = false;
  if (saved.ok()) {
    context.Notify(form.base.id == 0 ? "Lead added." : "Lead saved.", NoticeTone::kSuccess);
    Route route = context.state.route;
    route.action = RouteAction::kView;
    route.id = saved->id;
    return GoTo(context, route, true);
  }
  form.error = saved.status();
  const Json current = CurrentOf(reply);
  if (form.error.code() == Code::kConflict && ReadLead(current, &form.theirs)) form.conflict = true;
}

}  // namespace

void OpenLeadForm(Context& context) {
  const Route& route = context.state.route;
  if (route.action == RouteAction::kNew) {
    LeadRecord fresh;
    fresh.campaign_id = route.campaign;
    return StartForm(context, fresh);
  }
  if (context.state.lead_form.open && context.state.lead_form.base.id == route.id) return;
  LoadForForm(context, route.id);
}

void Apply(Context& context, const command::SaveLead& save) {
  LeadForm& form = context.state.lead_form;
  if (!form.open || form.saving) return;
  form.saving = true;
  form.conflict = false;
  form.error = Status();
  const int serial = form.serial;
  const auto answer = [serial](Context& c, const Reply& reply) { OnSaved(c, reply, serial); };
  if (form.base.id == 0) {
    context.Post(std::string(kApi) + "/leads", LeadDraftJson(save.draft), answer);
    return;
  }
  // Against the newest that is known: a variable that another tab added stays, unless it is taken
  // away here.
  const bool newer = save.version == form.theirs.version && form.theirs.id == form.base.id;
  const LeadDraft& before = newer ? form.theirs : form.base;
  context.Send({.method = "PATCH",
                .path = LeadPath(form.base.id),
                .body = DumpJson(LeadPatch(before, save.draft)),
                .if_match = save.version != 0 ? save.version : form.base.version},
               answer);
}

void Apply(Context& context, const command::SetLeadStatus& set) {
  context.state.panel.busy = true;
  const auto answer = [to = set.status](Context& c, const Reply& reply) {
    c.state.panel.busy = false;
    const Result<LeadRecord> lead = DecodeLead(reply);
    if (!lead.ok()) {
      c.NotifyProblem(lead.status());
      return c.Refresh(Topic::kPanel, 0);
    }
    TakeLead(c, *lead);
    c.Notify("Status set to " + std::string(StatusText(TextOf(to)).title) + ".",
             NoticeTone::kSuccess);
    c.Refresh(Topic::kLeads, 0);
    c.Refresh(Topic::kSummary, 0);
  };
  context.Send({.method = "POST",
                .path = LeadPath(set.id, "/status"),
                .body = DumpJson(StatusRequestJson({set.status, set.clear_attempts})),
                .if_match = set.version},
               answer);
}

void Apply(Context& context, const command::DeleteLead& remove) {
  context.state.panel.busy = true;
  const LeadId id = remove.id;
  context.Send({.method = "DELETE", .path = LeadPath(id), .if_match = remove.version},
               [id](Context& c, const Reply& reply) {
                 c.state.panel.busy = false;
                 const Status status = StatusOfReply(reply);
                 if (!status.ok()) {
                   c.NotifyProblem(status);
                   return c.Refresh(Topic::kPanel, 0);
                 }
                 c.Notify("Lead deleted.", NoticeTone::kSuccess);
                 Route route = c.state.route;
                 if (route.screen == Screen::kLeads && route.id == id) {
                   route.id = 0;
                   GoTo(c, route, true);
                 }
                 c.Refresh(Topic::kLeads, 0);
                 c.Refresh(Topic::kSummary, 0);
               });
}

void Apply(Context& context, const command::LoadPreview& load) {
  const LeadId id = load.id;
  const int request = context.Get(LeadPath(id, "/preview"), [id](Context& c, const Reply& reply) {
    if (c.state.panel.id == id) c.state.panel.preview.Finish(reply.id, DecodePreview(reply));
  });
  context.state.panel.preview.Start(request);
}

void Apply(Context& context, const command::Suppress& suppress) {
  context.Post(std::string(kApi) + "/suppressions",
               {{"number", suppress.number}, {"reason", suppress.reason}},
               [number = suppress.number](Context& c, const Reply& reply) {
                 const Status status = StatusOfReply(reply);
                 if (!status.ok()) return c.NotifyProblem(status);
                 c.Notify(number + " will not be called again.", NoticeTone::kSuccess);
                 c.Refresh(Topic::kSuppressions, 0);
                 c.Refresh(Topic::kPanel, 0);
               });
}

void Apply(Context& context, const command::Unsuppress& unsuppress) {
  context.Send({.method = "DELETE",
                .path = std::string(kApi) + "/suppressions/" + UrlEncode(unsuppress.number)},
               [number = unsuppress.number](Context& c, const Reply& reply) {
                 const Status status = StatusOfReply(reply);
                 if (!status.ok()) return c.NotifyProblem(status);
                 c.Notify(number + " may be called again.", NoticeTone::kSuccess);
                 c.Refresh(Topic::kSuppressions, 0);
               });
}

}  // namespace leadline
