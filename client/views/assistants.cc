// The list of assistants, and one of them.
#include <algorithm>

#include "client/views/assistant_parts.h"
#include "common/dial/gates.h"

namespace leadline {
namespace {

struct Local {
  bool delete_open = false;
};
Local& Mine() {
  static Local local;
  return local;
}

void NewAssistant(const View& view) {
  Route route = ScreenRoute(Screen::kAssistants);
  route.action = RouteAction::kNew;
  view.Go(route);
}

std::string CallerOf(const Assistant& assistant) {
  const std::string& caller =
      assistant.provider == Provider::kRetell ? assistant.caller_number : assistant.phone_number_id;
  return caller.empty() ? "Not set" : caller;
}

void Table(const View& view, const std::vector<Assistant>& assistants) {
  ui::Grid grid("Assistants",
                {{.title = "Name", .width_px = 180, .stretch = 2},
                 {.title = "Provider", .width_px = 100},
                 {.title = "Calls from", .width_px = 180, .stretch = 1, .hide_narrow = true},
                 {.title = "Ready", .width_px = 220, .stretch = 2}},
                {.rows = static_cast<int64_t>(assistants.size())});
  while (grid.NextRow()) {
    const Assistant& assistant = assistants[static_cast<size_t>(grid.row())];
    const std::string lacks = WhatAssistantLacks(assistant);
    grid.BeginRow(assistant.id, {.name = assistant.name});
    grid.LinkCell(assistant.name, AssistantHref(assistant.id));
    grid.TextCell(ProviderTitle(assistant.provider));
    grid.TextCell(CallerOf(assistant), true);
    if (lacks.empty()) {
      grid.BadgeCell("Ready", ui::Tone::kSuccess);
    } else {
      grid.TextCell(lacks);
    }
  }
  const int64_t activated = grid.End().activated;
  if (activated < 0) return;
  Route route = ScreenRoute(Screen::kAssistants);
  route.id = assistants[static_cast<size_t>(activated)].id;
  view.Go(route);
}

void List(const View& view) {
  ui::BeginPageHeader("Assistants", "Whom the leads talk to: a Retell agent or a Vapi assistant.");
  if (ui::Button("New assistant", {.kind = ui::ButtonKind::kPrimary, .icon = ui::Icon::kPlus})) {
    NewAssistant(view);
  }
  ui::EndPageHeader();
  const Remote<std::vector<Assistant>>& assistants = view.state.assistants;
  if (assistants.failed()) LoadProblem(view, assistants.error(), "The assistants");
  if (assistants.first_load()) return ui::Skeleton("Loading assistants", 5);
  if (assistants.value() == nullptr) return;
  if (!assistants.value()->empty()) return Table(view, *assistants.value());
  if (ui::EmptyState(
          ui::Icon::kBot, "No assistant yet",
          "Connect an agent that exists at Retell or Vapi, or describe one here for Vapi.",
          "New assistant##empty")) {
    NewAssistant(view);
  }
}

void Texts(const Assistant& assistant) {
  const auto text = [](std::string_view title, const std::string& value) {
    if (value.empty()) return;
    ui::Heading(3, title);
    ui::CodeBlock(title, value);
  };
  text("First message", assistant.first_message);
  text("System prompt", assistant.system_prompt);
  text("Voicemail message", assistant.voicemail_message);
}

void VariableList(const Assistant& assistant) {
  ui::BeginCard("Variables");
  if (assistant.variables.empty()) {
    ui::MutedText(assistant.provider == Provider::kRetell
                      ? "None declared. All variables of a lead are sent to Retell."
                      : "None declared. Vapi gets those that the texts mention as {{name}}.");
  } else {
    ui::BeginKeyValues("Variables");
    for (const AssistantVariable& variable : assistant.variables) {
      std::string value = variable.default_value.empty() ? std::string("no default")
                                                         : "default: " + variable.default_value;
      if (variable.required) value += ", required";
      ui::KeyValue(variable.key, value);
    }
    ui::EndKeyValues();
  }
  ui::EndCard();
}

bool Lists(const std::vector<CatalogEntry>& entries, const std::string& id) {
  return std::any_of(entries.begin(), entries.end(),
                     [&id](const CatalogEntry& entry) { return entry.id == id; });
}

void Found(std::string_view what, const std::string& id, bool found) {
  if (id.empty()) return;
  ui::BeginRow();
  ui::Badge(found ? "Found" : "Not found", found ? ui::Tone::kSuccess : ui::Tone::kDanger);
  ui::Text(std::string(what) + " " + id);
  ui::EndRow();
}

void TestBox(const View& view, const Assistant& assistant) {
  const auto it = view.state.catalogs.find(assistant.provider);
  const Remote<Catalog>* catalog = it == view.state.catalogs.end() ? nullptr : &it->second;
  ui::BeginCard("Try it");
  ui::Text("Ask the provider whether it knows this assistant and number. No call is made.");
  ui::BeginRow();
  if (ui::Button("Test the connection",
                 {.icon = ui::Icon::kLink, .busy = catalog != nullptr && catalog->loading()})) {
    view.Push(command::LoadCatalog{assistant.provider});
  }
  ui::EndRow();
  if (catalog != nullptr && catalog->failed()) {
    ui::Banner(catalog->error().message(), ui::Tone::kDanger, {}, false, "The test failed");
  } else if (catalog != nullptr && catalog->value() != nullptr) {
    const bool retell = assistant.provider == Provider::kRetell;
    const std::string& number = retell ? assistant.caller_number : assistant.phone_number_id;
    Found("Assistant", assistant.external_id,
          Lists(catalog->value()->agents, assistant.external_id));
    Found("Number", number, Lists(catalog->value()->numbers, number));
  }
  ui::SmallText(
      "To see the exact request for a lead, open the lead and choose \"Preview the call "
      "request\".");
  ui::EndCard();
}

}  // namespace

void AssistantPageView(const View& view, const Assistant& assistant) {
  ui::Link("All assistants", ScreenHref(Screen::kAssistants));
  ui::BeginPageHeader(assistant.name, ProviderTitle(assistant.provider));
  if (ui::Button("Edit", {.kind = ui::ButtonKind::kPrimary, .icon = ui::Icon::kEdit})) {
    Route route = view.state.route;
    route.action = RouteAction::kEdit;
    view.Go(route);
  }
  if (ui::Button("Delete", {.icon = ui::Icon::kTrash})) Mine().delete_open = true;
  ui::EndPageHeader();
  if (const std::string lacks = WhatAssistantLacks(assistant); !lacks.empty()) {
    ui::Banner(lacks, ui::Tone::kWarning, {}, false, "Not ready to call");
  }
  ui::BeginColumns("Assistant", 2, 360);
  ui::NextColumn();
  ui::BeginCard("Connection");
  ui::BeginKeyValues("Connection");
  ui::KeyValue("Provider", ProviderTitle(assistant.provider));
  ui::KeyValue("Assistant id",
               assistant.external_id.empty() ? "Described here" : assistant.external_id);
  ui::KeyValue("Calls from", CallerOf(assistant));
  ui::EndKeyValues();
  Texts(assistant);
  ui::EndCard();
  ui::NextColumn();
  VariableList(assistant);
  TestBox(view, assistant);
  ui::EndColumns();
  if (Confirm("Delete this assistant?",
              "Only an assistant that no campaign uses can be deleted. This cannot be undone.",
              "Delete assistant", &Mine().delete_open)) {
    view.Push(command::DeleteAssistant{assistant.id, assistant.version});
  }
}

void AssistantsView(const View& view) {
  const Route& route = view.state.route;
  if (view.state.assistant_form.open) return AssistantFormView(view);
  if (route.id == 0) return List(view);
  const Assistant* assistant = view.state.FindAssistant(route.id);
  if (assistant != nullptr) return AssistantPageView(view, *assistant);
  ui::BeginPageHeader("Assistant");
  ui::EndPageHeader();
  if (view.state.assistants.first_load()) return ui::Skeleton("Loading the assistant", 6);
  if (LoadProblem(view, view.state.assistants.error(), "The assistant")) return;
  if (ui::EmptyState(ui::Icon::kBot, "This assistant does not exist", "It may have been deleted.",
                     "Show all assistants")) {
    view.Go(ScreenRoute(Screen::kAssistants));
  }
}

}  // namespace leadline
