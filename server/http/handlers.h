// The handlers behind the route table, one file per resource.
#pragma once

#include "server/http/router.h"

namespace leadline {

// leads.cc
Status ListLeads(Exchange& x);
Status CreateLead(Exchange& x);
Status GetLead(Exchange& x);
Status PatchLead(Exchange& x);
Status DeleteLead(Exchange& x);
Status SetLeadStatus(Exchange& x);
// lead_views.cc
Status GetLeadGates(Exchange& x);
Status GetLeadTimeline(Exchange& x);
Status GetLeadPreview(Exchange& x);
Status ExportLeadsCsv(Exchange& x);
Status GetTemplateCsv(Exchange& x);
// imports.cc
Status ListImports(Exchange& x);
Status CreateImport(Exchange& x);
Status GetImport(Exchange& x);
Status PutImportFile(Exchange& x);
Status CommitImport(Exchange& x);
Status UndoImport(Exchange& x);
Status DiscardImport(Exchange& x);
Status GetRejectsCsv(Exchange& x);
// campaigns.cc
Status ListCampaigns(Exchange& x);
Status CreateCampaign(Exchange& x);
Status GetCampaign(Exchange& x);
Status PatchCampaign(Exchange& x);
Status DeleteCampaign(Exchange& x);
Status StartCampaign(Exchange& x);
Status PauseCampaign(Exchange& x);
Status ResumeCampaign(Exchange& x);
Status FinishCampaign(Exchange& x);
Status GetCampaignGates(Exchange& x);
Status ResetAccountFailures(Exchange& x);
// assistants.cc
Status ListAssistants(Exchange& x);
Status CreateAssistant(Exchange& x);
Status GetAssistant(Exchange& x);
Status PatchAssistant(Exchange& x);
Status DeleteAssistant(Exchange& x);
// providers.cc
Status ListProviders(Exchange& x);
Status GetCatalog(Exchange& x);
Status VapiWebhook(Exchange& x);
Status RetellWebhook(Exchange& x);
// calls.cc
Status ListCalls(Exchange& x);
Status GetCall(Exchange& x);
Status GetSummary(Exchange& x);
// settings.cc
Status GetSettings(Exchange& x);
Status PatchSettings(Exchange& x);
Status ListSuppressions(Exchange& x);
Status AddSuppression(Exchange& x);
Status RemoveSuppression(Exchange& x);
// system.cc
Status GetEvents(Exchange& x);
Status GetOpenApi(Exchange& x);
Status GetGuide(Exchange& x);
Status GetHealth(Exchange& x);
Status GetReadiness(Exchange& x);
Status GetMetrics(Exchange& x);
// client_files.cc
Status GetClientFile(Exchange& x);

}  // namespace leadline
