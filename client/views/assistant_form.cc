// The form of an assistant.
#include "client/views/assistant_parts.h"

namespace leadline {
namespace {

struct Local {
  int serial = -1;
  Assistant assistant;
  int source = 0;  // Vapi: 0 an assistant that exists there, 1 described here
  std::optional<int64_t> seconds;
  bool tried = false;
  std::string caller_typed;
};
Local& Mine() {
  static Local local;
  return local;
}

void TakeOver(const View& view) {
  const AssistantForm& form = view.state.assistant_form;
  Local& local = Mine();
  if (local.serial == form.serial) return;
  local = Local();
  local.serial = form.serial;
  local.assistant = form.base;
  local.source = form.base.id != 0 && form.base.external_id.empty() ? 1 : 0;
  local.seconds = form.base.max_duration_seconds;
}

std::string_view Problem(const View& view, std::string_view path) {
  return ProblemAt(view.state.assistant_form.error, path);
}

// A text field, and a list to pick from once the provider's account was read.
void Pick(std::string_view label, const std::vector<CatalogEntry>* entries, std::string* value,
          const ui::FieldOptions& options) {
  ui::TextField(label, value, options);
  if (entries == nullptr || entries->empty()) return;
  ui::Options choices;
  std::vector<std::string> names;
  names.reserve(entries->size());
  int index = -1;
  for (const CatalogEntry& entry : *entries) {
    names.push_back(entry.name.empty() ? entry.id : entry.name);
    if (entry.id == *value) index = static_cast<int>(names.size()) - 1;
  }
  for (size_t i = 0; i < names.size(); ++i) {
    choices.push_back(
        {names[i], names[i] == (*entries)[i].id ? "" : std::string_view((*entries)[i].id)});
  }
  const std::string title = "Pick " + std::string(label) + " from your account";
  if (ui::Select(title, choices, &index,
                 {.placeholder = "Pick from your account", .hide_label = true})) {
    *value = (*entries)[static_cast<size_t>(index)].id;
  }
}

const Catalog* CatalogOf(const View& view, Provider provider) {
  const auto it = view.state.catalogs.find(provider);
  return it == view.state.catalogs.end() ? nullptr : it->second.value();
}

void CatalogButton(const View& view, Provider provider) {
  const auto it = view.state.catalogs.find(provider);
  const bool busy = it != view.state.catalogs.end() && it->second.loading();
  const std::string title = "Load my " + std::string(ProviderTitle(provider)) + " account";
  ui::BeginRow();
  if (ui::Button(title, {.icon = ui::Icon::kRefresh, .busy = busy})) {
    view.Push(command::LoadCatalog{provider});
  }
  ui::MutedText("Lists your agents and numbers to pick from.");
  ui::EndRow();
  if (it != view.state.catalogs.end() && it->second.failed()) {
    ui::Banner(it->second.error().message(), ui::Tone::kWarning, {}, false,
               "The account could not be read");
  }
}

void Retell(const View& view) {
  Assistant& assistant = Mine().assistant;
  const Catalog* catalog = CatalogOf(view, Provider::kRetell);
  CatalogButton(view, Provider::kRetell);
  Pick("Agent id", catalog != nullptr ? &catalog->agents : nullptr, &assistant.external_id,
       {.hint = "From the Retell dashboard; begins with agent_",
        .error = Problem(view, "external_id"),
        .placeholder = "agent_...",
        .max_length = 200,
        .required = true});
  Pick("Caller number", catalog != nullptr ? &catalog->numbers : nullptr, &assistant.caller_number,
       {.kind = ui::FieldKind::kPhone,
        .hint = "A number of your Retell account, like +14157774444",
        .error = Problem(view, "caller_number"),
        .max_length = 20,
        .required = true});
}

void Inline(const View& view) {
  Local& local = Mine();
  Assistant& assistant = local.assistant;
  const bool missing = local.tried && assistant.first_message.empty();
  ui::TextArea("First message", &assistant.first_message,
               {.hint = "What the lead hears first. {{name}} and other variables are filled in.",
                .error = missing ? "Write what the assistant says first."
                                 : Problem(view, "inline.first_message"),
                .placeholder = "Hi {{first_name}}, this is Anna from TechStart.",
                .max_length = 4000,
                .required = true,
                .rows = 2});
  ui::TextArea("System prompt", &assistant.system_prompt,
               {.hint = "Who the assistant is, what it wants to reach, how it speaks.",
                .error = Problem(view, "inline.system_prompt"),
                .max_length = 20000,
                .rows = 7});
  ui::TextArea(
      "Voicemail message", &assistant.voicemail_message,
      {.hint = "Left when a machine answers. Empty: it hangs up.", .max_length = 4000, .rows = 2});
  ui::BeginRow();
  ui::TextField("Model provider", &assistant.model_provider, {.max_length = 60, .width_px = 150});
  ui::TextField("Model", &assistant.model, {.max_length = 100, .width_px = 180});
  ui::NumberField("Longest call in seconds", &local.seconds, 10, 43200, {.width_px = 180});
  ui::EndRow();
}

void Vapi(const View& view) {
  Local& local = Mine();
  Assistant& assistant = local.assistant;
  const Catalog* catalog = CatalogOf(view, Provider::kVapi);
  CatalogButton(view, Provider::kVapi);
  Pick("Phone number id", catalog != nullptr ? &catalog->numbers : nullptr,
       &assistant.phone_number_id,
       {.hint = "The id of the Vapi number that calls",
        .error = Problem(view, "phone_number_id"),
        .placeholder = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa",
        .max_length = 100,
        .required = true});
  ui::Segmented("The assistant", {{"Exists at Vapi"}, {"Is described here"}}, &local.source);
  if (local.source == 1) return Inline(view);
  Pick("Assistant id", catalog != nullptr ? &catalog->agents : nullptr, &assistant.external_id,
       {.hint = "From the Vapi dashboard",
        .error = Problem(view, "external_id"),
        .placeholder = "11111111-1111-4111-8111-111111111111",
        .max_length = 200,
        .required = true});
}

void Basics(const View& view) {
  Local& local = Mine();
  Assistant& assistant = local.assistant;
  const bool fresh = view.state.assistant_form.base.id == 0;
  const bool missing = local.tried && assistant.name.empty();
  ui::BeginCard("Basics");
  ui::TextField("Name", &assistant.name,
                {.error = missing ? "Give the assistant a name." : Problem(view, "name"),
                 .placeholder = "Anna, qualification",
                 .max_length = 200,
                 .required = true,
                 .focus = true});
  int provider = static_cast<int>(assistant.provider);
  if (fresh) {
    if (ui::RadioGroup(
            "Provider",
            {{"Retell", "Every variable of a lead is sent. Templates are kept at Retell."},
             {"Vapi", "Only what the texts mention is filled in. Texts can be kept here."}},
            &provider)) {
      assistant.provider = static_cast<Provider>(provider);
    }
  } else {
    ui::BeginKeyValues("Provider");
    ui::KeyValue("Provider", ProviderTitle(assistant.provider));
    ui::EndKeyValues();
  }
  ui::EndCard();
}

void Save(const View& view, int64_t version) {
  Local& local = Mine();
  local.tried = true;
  Assistant assistant = local.assistant;
  if (assistant.name.empty()) return ui::FocusField("Name");
  const bool inline_texts = assistant.provider == Provider::kVapi && local.source == 1;
  if (inline_texts && assistant.first_message.empty()) return ui::FocusField("First message");
  if (inline_texts) assistant.external_id.clear();
  if (assistant.provider == Provider::kVapi) assistant.caller_number.clear();
  if (assistant.provider == Provider::kRetell) assistant.phone_number_id.clear();
  assistant.max_duration_seconds = static_cast<int>(local.seconds.value_or(600));
  assistant.version = version;
  std::erase_if(assistant.variables,
                [](const AssistantVariable& variable) { return variable.key.empty(); });
  view.Push(command::SaveAssistant{assistant});
}

void Conflict(const View& view) {
  const AssistantForm& form = view.state.assistant_form;
  ui::Banner(
      "Somebody saved this assistant while you were editing it. Nothing has been overwritten.",
      ui::Tone::kWarning, {}, false, "This assistant was changed meanwhile");
  ui::BeginRow();
  if (ui::Button("Save mine over theirs")) Save(view, form.theirs.version);
  if (ui::Button("Discard mine")) view.Push(command::CloseForm{});
  ui::EndRow();
}

bool VariableFields(const Status& error, size_t i, AssistantVariable* variable) {
  const std::string place = std::to_string(i + 1);
  const std::string path = "variables[" + std::to_string(i) + "]";
  ui::BeginRow();
  ui::TextField("Key of variable " + place, &variable->key,
                {.error = ProblemAt(error, path + ".key"),
                 .placeholder = "budget_range",
                 .max_length = 64,
                 .hide_label = true,
                 .width_px = 150});
  ui::TextField(
      "Default of variable " + place, &variable->default_value,
      {.placeholder = "Default", .max_length = 4000, .hide_label = true, .width_px = 150});
  const bool remove = ui::IconButton(ui::Icon::kTrash, "Remove variable " + place);
  ui::EndRow();
  ui::TextField(
      "Help for variable " + place, &variable->help,
      {.placeholder = "Help for whoever fills it in", .max_length = 500, .hide_label = true});
  ui::Checkbox("Required##" + place, &variable->required);
  return remove;
}

}  // namespace

void AssistantVariablesEditor(const Status& error, std::vector<AssistantVariable>* variables) {
  int remove = -1;
  for (size_t i = 0; i < variables->size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    if (VariableFields(error, i, &(*variables)[i])) remove = static_cast<int>(i);
    ui::Divider();
    ImGui::PopID();
  }
  if (remove >= 0) variables->erase(variables->begin() + remove);
  if (ui::Button("Add variable", {.icon = ui::Icon::kPlus})) variables->push_back({});
}

void AssistantFormView(const View& view) {
  TakeOver(view);
  const AssistantForm& form = view.state.assistant_form;
  const bool fresh = form.base.id == 0;
  ui::BeginPageHeader(fresh ? "New assistant" : "Edit assistant",
                      fresh ? std::string_view() : std::string_view(form.base.name));
  if (ui::Button("Cancel", {.kind = ui::ButtonKind::kGhost})) view.Push(command::CloseForm{});
  if (ui::Button(fresh ? "Create assistant" : "Save assistant",
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
  ui::BeginCard("Variables",
                "What a lead can bring into the talk, with a default for leads that lack it.");
  AssistantVariablesEditor(form.error, &Mine().assistant.variables);
  ui::EndCard();
  ui::NextColumn();
  ui::BeginCard("Connection");
  if (Mine().assistant.provider == Provider::kRetell) {
    Retell(view);
  } else {
    Vapi(view);
  }
  ui::EndCard();
  ui::EndColumns();
}

}  // namespace leadline
