#include "client/views/settings_parts.h"

#include "common/lead/phone.h"

namespace leadline {
namespace {

struct Local {
  std::string number;
  std::string reason;
  bool tried = false;
  std::string remove;  // a number, while its removal is being confirmed
  bool remove_open = false;
};
Local& Mine() {
  static Local local;
  return local;
}

std::string KeyVariable(const ProviderStatus& provider) {
  return provider.name == "retell" ? "RETELL_API_KEY" : "VAPI_API_KEY";
}

void ProviderBox(const View& view, const ProviderStatus& provider) {
  ImGui::PushID(provider.name.c_str());
  ui::BeginRow();
  ui::Heading(3, provider.name == "retell" ? "Retell" : "Vapi");
  ui::Badge(provider.key_present ? "Key found" : "No key",
            provider.key_present ? ui::Tone::kSuccess : ui::Tone::kWarning);
  ui::EndRow();
  if (!provider.key_present) {
    ui::Text("Set the environment variable " + KeyVariable(provider) +
             " for the server, then start it again.");
  }
  if (provider.webhook_url.empty()) {
    ui::SmallText("Webhooks arrive at " + provider.webhook_path +
                  ". Start the server with --public-url to see the whole address.");
  } else {
    ui::SmallText("Webhook address, for the provider's dashboard");
    ui::CodeBlock("Webhook address", provider.webhook_url);
    if (ui::Button("Copy the address", {.icon = ui::Icon::kCopy})) {
      platform::CopyToClipboard(provider.webhook_url);
      ui::ShowToast("Address copied.", ui::Tone::kSuccess);
    }
  }
  ui::BeginKeyValues("Webhooks");
  ui::KeyValueSlot("Last webhook");
  if (provider.last_webhook_at == 0) {
    ui::Text("None came yet");
  } else {
    TimeText(view, provider.last_webhook_at);
  }
  ui::EndKeyValues();
  ImGui::PopID();
}

void Add(const View& view) {
  Local& local = Mine();
  const CallingSettings* settings = view.state.settings.value();
  const PhoneReading reading =
      ReadPhone(local.number, settings == nullptr ? "" : settings->default_region);
  std::string error;
  if (local.tried && reading.e164.empty()) error = PhoneProblemText(reading.problem_code).message;
  ui::TextField("Number", &local.number,
                {.kind = ui::FieldKind::kPhone,
                 .error = error,
                 .placeholder = "+14155551234",
                 .max_length = 60});
  ui::TextField("Reason", &local.reason,
                {.placeholder = "Asked not to be called", .max_length = 200});
  if (!ui::Button("Add to the list", {.icon = ui::Icon::kPlus})) return;
  local.tried = true;
  if (reading.e164.empty()) return;
  view.Push(command::Suppress{reading.e164, local.reason});
  local = Local();
}

void List(const View& view, const ListPage<SuppressedNumber>& list) {
  Local& local = Mine();
  ui::Grid grid("Numbers never called",
                {{.title = "Number", .width_px = 150},
                 {.title = "Reason", .width_px = 140, .stretch = 1},
                 {.title = "Remove", .width_px = 80}},
                {.rows = static_cast<int64_t>(list.items.size()),
                 .height_px = 260,
                 .empty = "The list is empty."});
  while (grid.NextRow()) {
    const SuppressedNumber& number = list.items[static_cast<size_t>(grid.row())];
    grid.BeginRow(grid.row(), {.name = number.number});
    grid.TextCell(number.number);
    grid.TextCell(number.reason.empty() ? "-" : number.reason, true);
    if (grid.NextCell() && ui::IconButton(ui::Icon::kTrash, "Remove " + number.number)) {
      local.remove = number.number;
      local.remove_open = true;
    }
  }
  grid.End();
  if (Confirm("Allow calls to " + local.remove + "?", "Campaigns may call this number again.",
              "Remove from the list", &local.remove_open)) {
    view.Push(command::Unsuppress{local.remove});
  }
}

}  // namespace

void ProvidersCard(const View& view) {
  ui::BeginCard("Providers", "Keys live in the server's environment and are never shown.");
  const Remote<std::vector<ProviderStatus>>& providers = view.state.providers;
  if (providers.first_load()) ui::Skeleton("Loading the providers", 3);
  if (providers.failed()) LoadProblem(view, providers.error(), "The providers");
  if (providers.value() != nullptr) {
    for (const ProviderStatus& provider : *providers.value()) ProviderBox(view, provider);
  }
  ui::EndCard();
}

void SuppressionCard(const View& view) {
  const Remote<ListPage<SuppressedNumber>>& list = view.state.suppressions;
  const std::string subtitle =
      list.value() == nullptr
          ? std::string("Numbers that no campaign calls.")
          : CountOf(list.value()->total, "number", "numbers") + " that no campaign calls.";
  ui::BeginCard("Do not call", subtitle);
  Add(view);
  if (list.failed()) LoadProblem(view, list.error(), "The list");
  if (list.value() != nullptr && !list.value()->items.empty()) List(view, *list.value());
  ui::EndCard();
}

}  // namespace leadline
