// The form of a lead. What is typed is judged at once by the same rules as on the server, but a
// field complains only after it was left, or after a save was tried.
#include <algorithm>

#include "client/views/lead_conflict.h"
#include "client/views/lead_draft.h"
#include "client/views/lead_panel.h"
#include "common/lead/zone_names.h"

namespace leadline {
namespace {

constexpr float kFormWidth = 560;

struct Local {
  int serial = -1;
  LeadText text;
  std::set<std::string> left;  // paths of fields that were left once
  bool tried = false;          // a save was asked for
  bool dirty = false;
  std::vector<LeadProblem> problems;
  int64_t conflict_version = 0;
  std::vector<Difference> differences;
  bool discard_open = false;
};
Local& Mine() {
  static Local local;
  return local;
}

const Assistant* AssistantOf(const View& view, CampaignId id) {
  const Campaign* campaign = view.state.FindCampaign(id);
  return campaign == nullptr ? nullptr : view.state.FindAssistant(campaign->assistant_id);
}

void Judge(const View& view) {
  Local& local = Mine();
  const Assistant* assistant = AssistantOf(view, local.text.fields.campaign_id);
  local.problems =
      CheckLead(DraftOf(local.text), RulesFor(view.state.settings.value(), assistant)).problems;
}

void TakeOver(const View& view) {
  const LeadForm& form = view.state.lead_form;
  Local& local = Mine();
  if (local.serial == form.serial) return;
  local = Local();
  local.serial = form.serial;
  local.text = TextOf(form.base);
  if (form.base.id == 0) {
    if (local.text.fields.campaign_id == 0 && view.state.campaigns.value() != nullptr &&
        !view.state.campaigns.value()->empty()) {
      local.text.fields.campaign_id = view.state.campaigns.value()->front().id;
    }
    Prefill(nullptr, AssistantOf(view, local.text.fields.campaign_id), &local.text);
  }
  Judge(view);
}

void Changed(const View& view) {
  Mine().dirty = true;
  Judge(view);
}

const LeadProblem* ProblemOf(const std::string& path) {
  for (const LeadProblem& problem : Mine().problems) {
    if (problem.error() && PathOf(problem) == path) return &problem;
  }
  return nullptr;
}

// One text field with its problem below, and its repair when there is one.
void Field(const View& view, std::string_view label, const std::string& path, std::string* value,
           ui::FieldOptions options) {
  Local& local = Mine();
  const LeadProblem* problem = ProblemOf(path);
  const bool complain = local.tried || local.left.count(path) != 0;
  std::string error;
  if (problem != nullptr && complain) error = MessageOf(*problem);
  if (error.empty() && !local.dirty) error = ProblemAt(view.state.lead_form.error, path);
  options.error = error;
  if (ui::TextField(label, value, options)) Changed(view);
  if (ui::FieldLeft() && !value->empty()) local.left.insert(path);
  if (problem == nullptr || !complain || problem->proposal.empty()) return;
  const std::string proposal = problem->proposal;
  if (ui::Button("Use " + proposal + "##" + path, {.icon = ui::Icon::kCheck})) {
    *value = proposal;
    Changed(view);
  }
}

void CampaignChoice(const View& view) {
  Local& local = Mine();
  std::vector<CampaignId> ids;
  const ui::Options options = CampaignOptions(view, &ids);
  int index = IndexOf(ids, local.text.fields.campaign_id);
  if (ui::Select("Campaign", options, &index, {.placeholder = "Default"})) {
    const Assistant* before = AssistantOf(view, local.text.fields.campaign_id);
    local.text.fields.campaign_id = ids[static_cast<size_t>(index)];
    Prefill(before, AssistantOf(view, local.text.fields.campaign_id), &local.text);
    Changed(view);
  }
  const Assistant* assistant = AssistantOf(view, local.text.fields.campaign_id);
  const bool moved = view.state.lead_form.base.id != 0 &&
                     local.text.fields.campaign_id != view.state.lead_form.base.campaign_id;
  if (!moved || assistant == nullptr) return;
  const VariableGaps gaps = GapsOf(local.text, *assistant);
  std::string text;
  for (const std::string& key : gaps.unknown) text += (text.empty() ? "" : ", ") + key;
  if (!text.empty()) text = "The assistant " + assistant->name + " does not know: " + text + ".";
  for (size_t i = 0; i < gaps.missing.size(); ++i) {
    text += (i == 0 ? " It needs: " : ", ") + gaps.missing[i];
  }
  if (!text.empty()) ui::Banner(text, ui::Tone::kWarning, {}, false, "Check the variables");
}

void Zone(const View& view) {
  Local& local = Mine();
  Field(view, "Time zone", "timezone", &local.text.fields.timezone,
        {.hint = "Leave it empty to take it from the number. Example: Europe/Berlin",
         .placeholder = "From the number",
         .max_length = 64});
}

// One row of name and value; true when it is to be removed.
bool VariableRow(const View& view, const Assistant* assistant, size_t i, VariableText* row) {
  const std::string place = std::to_string(i + 1);
  const std::string path = "variables." + row->key;
  if (const AssistantVariable* known = FindVariable(assistant, row->key)) {
    Field(view, row->key + "##known" + place, path, &row->value,
          {.hint = known->help,
           .placeholder = known->default_value,
           .max_length = static_cast<int>(kMaxVariableBytes),
           .required = known->required});
    return false;
  }
  bool remove = false;
  ui::BeginRow();
  if (ui::TextField("Name of variable " + place, &row->key,
                    {.placeholder = "name",
                     .max_length = static_cast<int>(kMaxVariableNameBytes),
                     .hide_label = true,
                     .width_px = 180})) {
    Changed(view);
  }
  if (ui::TextField("Value of variable " + place, &row->value,
                    {.placeholder = "value",
                     .max_length = static_cast<int>(kMaxVariableBytes),
                     .hide_label = true,
                     .width_px = 240})) {
    Changed(view);
  }
  remove = ui::IconButton(ui::Icon::kTrash, "Remove variable " + place);
  ui::EndRow();
  const LeadProblem* problem = ProblemOf(path);
  if (problem != nullptr && Mine().tried) ui::ToneText(MessageOf(*problem), ui::Tone::kDanger);
  return remove;
}

void VariableRows(const View& view, const Assistant* assistant, std::vector<VariableText>* rows) {
  int remove = -1;
  for (size_t i = 0; i < rows->size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    if (VariableRow(view, assistant, i, &(*rows)[i])) remove = static_cast<int>(i);
    ImGui::PopID();
  }
  if (remove >= 0) {
    rows->erase(rows->begin() + remove);
    Changed(view);
  }
  if (ui::Button("Add variable", {.kind = ui::ButtonKind::kGhost, .icon = ui::Icon::kPlus})) {
    rows->push_back({});
    Changed(view);
  }
}

enum class ContactEdit { kNone, kUp, kDown, kRemove };

ContactEdit ContactButtons(size_t i, size_t count) {
  ContactEdit edit = ContactEdit::kNone;
  const std::string place = std::to_string(i + 1);
  ui::BeginRow();
  if (ui::IconButton(ui::Icon::kChevronUp, "Move contact " + place + " up", {.disabled = i == 0})) {
    edit = ContactEdit::kUp;
  }
  if (ui::IconButton(ui::Icon::kChevronDown, "Move contact " + place + " down",
                     {.disabled = i + 1 == count})) {
    edit = ContactEdit::kDown;
  }
  if (ui::IconButton(ui::Icon::kTrash, "Remove contact " + place)) edit = ContactEdit::kRemove;
  ui::EndRow();
  return edit;
}

ContactEdit ContactFields(const View& view, size_t i) {
  std::vector<ContactText>& contacts = Mine().text.contacts;
  ContactText& contact = contacts[i];
  const std::string path = "contacts[" + std::to_string(i) + "]";
  const std::string place = std::to_string(i + 1);
  ImGui::PushID(static_cast<int>(i));
  ui::BeginGroup("Contact " + place);
  const ContactEdit edit = ContactButtons(i, contacts.size());
  Field(view, "Phone of contact " + place, path + ".phone", &contact.phone,
        {.kind = ui::FieldKind::kPhone, .placeholder = "+14155550123", .max_length = 40});
  Field(view, "Name of contact " + place, path + ".name", &contact.name, {.max_length = 200});
  VariableRows(view, nullptr, &contact.variables);
  ui::EndGroup();
  ui::Divider();
  ImGui::PopID();
  return edit;
}

void Contacts(const View& view) {
  std::vector<ContactText>& contacts = Mine().text.contacts;
  ui::Heading(2, "Other numbers");
  ui::SmallText("Called in this order when nobody answers the first number.");
  for (size_t i = 0; i < contacts.size(); ++i) {
    const ContactEdit edit = ContactFields(view, i);
    if (edit == ContactEdit::kNone) continue;
    const auto at = contacts.begin() + static_cast<std::ptrdiff_t>(i);
    if (edit == ContactEdit::kUp) std::iter_swap(at, at - 1);
    if (edit == ContactEdit::kDown) std::iter_swap(at, at + 1);
    if (edit == ContactEdit::kRemove) contacts.erase(at);
    Changed(view);
    break;
  }
  const bool full = contacts.size() >= kMaxContacts;
  if (ui::Button("Add contact", {.icon = ui::Icon::kPlus,
                                 .disabled = full,
                                 .reason = full ? "A lead has at most 10 other numbers." : ""})) {
    contacts.push_back({});
    Changed(view);
  }
}

void Fields(const View& view) {
  LeadDraft& fields = Mine().text.fields;
  const LeadRules rules =
      RulesFor(view.state.settings.value(), AssistantOf(view, fields.campaign_id));
  CampaignChoice(view);
  Field(view, "Name", "name", &fields.name,
        {.autocomplete = "off", .max_length = 200, .required = rules.require_name, .focus = true});
  Field(view, "Phone", "phone", &fields.phone,
        {.kind = ui::FieldKind::kPhone,
         .hint = "With + and the country code, for example +14155551234",
         .max_length = 60,
         .required = true});
  Field(view, "Email", "email", &fields.email,
        {.kind = ui::FieldKind::kEmail, .max_length = 254, .required = rules.require_email});
  Field(view, "Company", "company", &fields.company,
        {.max_length = 200, .required = rules.require_company});
  Zone(view);
  ui::Gap();
  ui::Heading(2, "Variables");
  ui::SmallText("What the assistant can say or know, as {{name}} in its texts.");
  VariableRows(view, AssistantOf(view, fields.campaign_id), &Mine().text.variables);
  ui::Gap();
  Contacts(view);
}

void Save(const View& view) {
  Local& local = Mine();
  local.tried = true;
  if (HasErrors(local.problems)) {
    ui::AnnouncePolitely("Some fields need to be mended first.");
    return;
  }
  local.dirty = false;
  view.Push(command::SaveLead{DraftOf(local.text)});
}

void Footer(const View& view) {
  Local& local = Mine();
  const LeadForm& form = view.state.lead_form;
  ui::BeginFooter();
  if (ui::Button("Cancel")) {
    if (local.dirty) {
      local.discard_open = true;
    } else {
      view.Push(command::CloseForm{});
    }
  }
  const std::string_view title = form.base.id == 0 ? "Add lead##save" : "Save lead";
  if (ui::Button(title, {.kind = ui::ButtonKind::kPrimary, .busy = form.saving})) Save(view);
  ui::EndFooter();
}

void Conflict(const View& view) {
  Local& local = Mine();
  const LeadForm& form = view.state.lead_form;
  if (local.conflict_version != form.theirs.version) {
    local.conflict_version = form.theirs.version;
    local.differences = DifferencesOf(form.base, DraftOf(local.text), form.theirs);
  }
  bool discard = false;
  if (ConflictView(view, &local.differences, &discard)) {
    const LeadDraft merged = Merge(DraftOf(local.text), form.theirs, local.differences);
    local.text = TextOf(merged);
    Judge(view);
    view.Push(command::SaveLead{merged, form.theirs.version});
  }
  if (discard) view.Push(command::CloseForm{});
}

}  // namespace

void LeadFormView(const View& view) {
  TakeOver(view);
  Local& local = Mine();
  const LeadForm& form = view.state.lead_form;
  bool open = true;
  if (!ui::BeginSidePanel(form.base.id == 0 ? "New lead" : "Edit lead", &open, kFormWidth)) return;
  if (form.conflict) {
    Conflict(view);
  } else {
    if (!form.error.ok() && !local.dirty) FormProblem(form.error);
    Fields(view);
    Footer(view);
  }
  ui::EndSidePanel();
  if (!open) {
    if (local.dirty) {
      local.discard_open = true;
    } else {
      view.Push(command::CloseForm{});
    }
  }
  if (Confirm("Discard your changes?", "What you typed in this form is not saved yet.",
              "Discard changes", &local.discard_open)) {
    view.Push(command::CloseForm{});
  }
}

}  // namespace leadline
