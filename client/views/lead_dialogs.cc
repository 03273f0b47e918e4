#include "client/views/lead_dialogs.h"

#include <utility>

namespace leadline {
namespace {

// What people may set by hand, in the order of the table.
constexpr LeadStatus kByHand[] = {LeadStatus::kCreated, LeadStatus::kScheduled,
                                  LeadStatus::kRescheduled, LeadStatus::kCompleted,
                                  LeadStatus::kMaxRetries};

bool Requeues(LeadStatus status) {
  return status == LeadStatus::kCreated || status == LeadStatus::kScheduled ||
         status == LeadStatus::kRescheduled;
}

// The simple vocabulary calls two statuses Pending: they are told apart here.
std::string ChoiceTitle(LeadStatus status, bool simple) {
  if (simple && status == LeadStatus::kScheduled) return "Pending, next attempt";
  return std::string(StatusTitle(status, simple));
}

void StatusDialog(const View& view, const LeadRecord& lead, LeadDialogs* dialogs) {
  if (!ui::BeginDialog("Set status", &dialogs->status_open,
                       {.text = "Leadline sets the status by itself. Change it by hand only to "
                                "correct it: a call that is on goes on."})) {
    return;
  }
  std::vector<std::string> titles;
  for (const LeadStatus status : kByHand) {
    titles.push_back(ChoiceTitle(status, view.state.simple_statuses()));
  }
  ui::Options options;
  for (size_t i = 0; i < std::size(kByHand); ++i) {
    options.push_back({titles[i], TextOf(kByHand[i]).meaning, kByHand[i] == lead.status});
  }
  ui::RadioGroup("New status", options, &dialogs->status_choice);
  const bool chosen = dialogs->status_choice >= 0;
  const LeadStatus to = chosen ? kByHand[dialogs->status_choice] : lead.status;
  if (chosen && Requeues(to)) {
    ui::Checkbox("Clear the attempts", &dialogs->clear_attempts,
                 {.hint = "Counting begins again at 0. Needed when all tries are used up."});
  }
  ui::BeginFooter();
  if (ui::Button("Cancel")) dialogs->status_open = false;
  if (ui::Button("Set status##confirm", {.kind = ui::ButtonKind::kPrimary,
                                         .disabled = !chosen,
                                         .reason = chosen ? "" : "Choose a status first."})) {
    view.Push(
        command::SetLeadStatus{lead.id, lead.version, to, Requeues(to) && dialogs->clear_attempts});
    dialogs->status_open = false;
  }
  ui::EndFooter();
  ui::EndDialog();
}

void SuppressDialog(const View& view, const LeadRecord& lead, LeadDialogs* dialogs) {
  if (!ui::BeginDialog("Never call this number", &dialogs->suppress_open,
                       {.text = "The number goes on the do-not-call list: no campaign calls it, in "
                                "any lead. You can take it off in Settings."})) {
    return;
  }
  ui::StrongText(lead.phone);
  ui::TextField("Reason", &dialogs->suppress_reason,
                {.placeholder = "Asked not to be called", .max_length = 200, .focus = true});
  ui::BeginFooter();
  if (ui::Button("Cancel")) dialogs->suppress_open = false;
  if (ui::Button("Never call it", {.kind = ui::ButtonKind::kDanger})) {
    view.Push(command::Suppress{lead.phone, dialogs->suppress_reason});
    dialogs->suppress_open = false;
  }
  ui::EndFooter();
  ui::EndDialog();
}

void Names(std::string_view title, const std::vector<std::string>& names) {
  if (names.empty()) return;
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  ui::Banner(text, ui::Tone::kWarning, {}, false, title);
}

void PreviewBody(const Preview& preview) {
  ui::MutedText(std::string("What ") + std::string(ProviderTitle(preview.provider)) +
                " would be sent for " + preview.number + ". Nothing is sent now.");
  Names("Required variables without a value", preview.missing_required);
  Names("Placeholders that nobody knows", preview.unknown_variables);
  Names("Placeholders that come out empty", preview.empty_variables);
  const auto text = [](std::string_view title, const std::string& value) {
    if (value.empty()) return;
    ui::Heading(3, title);
    ui::CodeBlock(title, value);
  };
  text("First message", preview.first_message);
  text("System prompt", preview.system_prompt);
  text("Voicemail message", preview.voicemail_message);
  ui::Heading(3, "Request");
  ui::CodeBlock("Request", DumpJson(preview.request, 2));
}

void PreviewDialog(const View& view, LeadDialogs* dialogs) {
  if (!ui::BeginDialog("Preview of the call request", &dialogs->preview_open, {.width_px = 640})) {
    return;
  }
  const Remote<Preview>& preview = view.state.panel.preview;
  if (preview.failed()) {
    ui::Banner(preview.error().message(), ui::Tone::kWarning, {}, false, "There is no preview");
  } else if (preview.value() == nullptr) {
    ui::Skeleton("Loading the preview", 6);
  } else {
    PreviewBody(*preview.value());
  }
  ui::BeginFooter();
  if (ui::Button("Close")) dialogs->preview_open = false;
  ui::EndFooter();
  ui::EndDialog();
}

}  // namespace

void LeadDialogs::OpenStatus(const LeadRecord& lead) {
  status_open = true;
  status_choice = -1;
  clear_attempts = lead.attempts >= lead.max_attempts;
}

void LeadDialogs::OpenPreview(const View& view, LeadId id) {
  preview_open = true;
  view.Push(command::LoadPreview{id});
}

void LeadDialogs::Draw(const View& view, const LeadRecord& lead) {
  if (status_open) StatusDialog(view, lead, this);
  if (suppress_open) SuppressDialog(view, lead, this);
  if (preview_open) PreviewDialog(view, this);
  const std::string text =
      (lead.name.empty() ? lead.phone : lead.name) +
      " is removed with its variables and contacts. Its calls stay in the call "
      "history. This cannot be undone.";
  if (Confirm("Delete this lead?", text, "Delete lead", &delete_open)) {
    view.Push(command::DeleteLead{lead.id, lead.version});
  }
}

}  // namespace leadline
