// What a user wants: the only thing that views give back. Applied by update (update.h) at the start
// of the next frame. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "client/state/app_state.h"

namespace leadline {

namespace command {

// Goes to a screen, a filter, a panel. `replace`: the back button passes over where one was.
struct Go {
  Route route;
  bool replace = false;
};
// The search text changed; the list follows when typing pauses.
struct Search {
  std::string text;
};
struct ShowLeads {  // rows on screen
  int64_t first = 0, last = 0;
};
struct ShowCalls {
  int64_t first = 0, last = 0;
};
struct Reload {};  // what this screen shows

struct SaveLead {
  LeadDraft draft;
  int64_t version = 0;  // 0: the one that the form was opened with
};
struct CloseForm {};  // of a lead, campaign or assistant; nothing is saved
struct SetLeadStatus {
  LeadId id = 0;
  int64_t version = 0;
  LeadStatus status = LeadStatus::kCreated;
  bool clear_attempts = false;
};
struct DeleteLead {
  LeadId id = 0;
  int64_t version = 0;
};
struct LoadPreview {
  LeadId id = 0;
};
struct Suppress {
  std::string number;
  std::string reason;
};
struct Unsuppress {
  std::string number;
};

struct SetCheckOptions {
  CheckOptions options;
};
// Columns as they are guessed, now and for the next list with these headers.
struct GuessColumns {};
struct GoToImportStep {
  ImportStep step = ImportStep::kFile;
};
struct CancelCheck {};
struct SaveChecked {
  std::string what;  // "rejects" or "clean"
};
struct CancelSave {};
// The row's mends are these from now on; an empty one takes them back.
struct MendRow {
  int64_t row = 0;
  RowMend mend;
};
// Takes every safe repair of a kind of problem, or no longer.
struct TakeRepairs {
  std::string code;
  bool on = true;
};
struct ReplaceInColumn {
  Replacement replacement;
};
struct UndoMend {};
// 0 closes it.
struct OpenRowToMend {
  int64_t row = 0;
};
struct SetImportTarget {
  CampaignId campaign_id = 0;
  int duplicates = 0;
  std::string name;
};
struct Upload {};  // the dry run
struct CancelUpload {};
struct CommitImport {};
struct UndoImport {
  ImportId id = 0;
};
struct NewImport {};

enum class CampaignVerb : uint8_t { kStart, kPause, kResume, kFinish };
struct DoCampaign {
  CampaignId id = 0;
  CampaignVerb verb = CampaignVerb::kStart;
};
struct SaveCampaign {
  Campaign campaign;  // version: what it goes over
};
struct DeleteCampaign {
  CampaignId id = 0;
  int64_t version = 0;
};
struct SaveAssistant {
  Assistant assistant;
};
struct DeleteAssistant {
  AssistantId id = 0;
  int64_t version = 0;
};
struct LoadCatalog {
  Provider provider = Provider::kRetell;
};
// Leads that an error of the account failed wait again.
struct ResetAccountFailures {
  CampaignId id = 0;
};
struct SaveSettings {
  CallingSettings settings;
};

}  // namespace command

using Command =
    std::variant<command::Go, command::Search, command::ShowLeads, command::ShowCalls,
                 command::Reload, command::SaveLead, command::CloseForm, command::SetLeadStatus,
                 command::DeleteLead, command::LoadPreview, command::Suppress, command::Unsuppress,
                 command::SetCheckOptions, command::GuessColumns, command::GoToImportStep,
                 command::CancelCheck, command::SaveChecked, command::CancelSave, command::MendRow,
                 command::TakeRepairs, command::ReplaceInColumn, command::UndoMend,
                 command::OpenRowToMend, command::SetImportTarget, command::Upload,
                 command::CancelUpload, command::CommitImport, command::UndoImport,
                 command::NewImport, command::DoCampaign, command::SaveCampaign,
                 command::DeleteCampaign, command::SaveAssistant, command::DeleteAssistant,
                 command::LoadCatalog, command::ResetAccountFailures, command::SaveSettings>;

class CommandQueue {
 public:
  void Push(Command command) { commands_.push_back(std::move(command)); }
  bool empty() const { return commands_.empty(); }
  std::vector<Command> Take() { return std::exchange(commands_, {}); }

 private:
  std::vector<Command> commands_;
};

}  // namespace leadline
