// One function per command, spread over update_*.cc by subject. Part of update.
#pragma once

#include <string_view>

#include "client/state/command.h"
#include "client/state/context.h"

namespace leadline {

// update_route.cc
void Apply(Context& context, const command::Go& go);
void Apply(Context& context, const command::Search& search);
void Apply(Context& context, const command::ShowLeads& rows);
void Apply(Context& context, const command::ShowCalls& rows);
void Apply(Context& context, const command::Reload&);
void Apply(Context& context, const command::CloseForm&);
// Takes a route over: loads what it shows, opens the forms it names.
void EnterRoute(Context& context, const Route& route);
// Opens the form that the route names, once its object is here; closes the others.
void OpenForms(Context& context);
// To another route, with the address following.
void GoTo(Context& context, const Route& route, bool replace = false);

// update_leads.cc
void OpenLeadForm(Context& context);
void Apply(Context& context, const command::SaveLead& save);
void Apply(Context& context, const command::SetLeadStatus& set);
void Apply(Context& context, const command::DeleteLead& remove);
void Apply(Context& context, const command::LoadPreview& load);
void Apply(Context& context, const command::Suppress& suppress);
void Apply(Context& context, const command::Unsuppress& unsuppress);

// update_import.cc
void Apply(Context& context, const command::SetCheckOptions& set);
void Apply(Context& context, const command::GuessColumns&);
void Apply(Context& context, const command::GoToImportStep& go);
void Apply(Context& context, const command::CancelCheck&);
void Apply(Context& context, const command::SaveChecked& save);
void Apply(Context& context, const command::CancelSave&);
void Apply(Context& context, const command::NewImport&);
Json CheckOptionsJson(const ImportState& import);
// Checks the file as a whole, with the options and mends as they are now.
void CheckFile(Context& context);
void ChooseFile(Context& context, int handle, std::string_view name, int64_t bytes);
void OnCheckMessage(Context& context, std::string_view json);
void OnCheckFailed(Context& context, std::string_view message);

// update_mends.cc
void Apply(Context& context, const command::MendRow& mend);
void Apply(Context& context, const command::TakeRepairs& take);
void Apply(Context& context, const command::ReplaceInColumn& replace);
void Apply(Context& context, const command::UndoMend&);
void Apply(Context& context, const command::OpenRowToMend& open);
// The columns are others: what was changed in them means nothing any more.
void ForgetMends(Context& context);
void OnMended(Context& context, const Json& json);
void OnRowRead(Context& context, const Json& json);

// update_upload.cc
void Apply(Context& context, const command::SetImportTarget& set);
void Apply(Context& context, const command::Upload&);
void Apply(Context& context, const command::CancelUpload&);
void Apply(Context& context, const command::CommitImport&);
void Apply(Context& context, const command::UndoImport& undo);
// The dry run on the server, if there is one, was for other rows.
void DiscardUpload(Context& context);
// Asks how far the import of the wizard is, while it is being written.
void WatchImport(Context& context);

// update_campaigns.cc
void OpenCampaignForm(Context& context);
void OpenAssistantForm(Context& context);
void Apply(Context& context, const command::DoCampaign& action);
void Apply(Context& context, const command::SaveCampaign& save);
void Apply(Context& context, const command::DeleteCampaign& remove);
void Apply(Context& context, const command::SaveAssistant& save);
void Apply(Context& context, const command::DeleteAssistant& remove);
void Apply(Context& context, const command::LoadCatalog& load);
void Apply(Context& context, const command::ResetAccountFailures& reset);
void Apply(Context& context, const command::SaveSettings& save);

// update_live.cc
void OnStreamState(Context& context, LiveState live);
void OnChange(Context& context, const Change& change);

}  // namespace leadline
