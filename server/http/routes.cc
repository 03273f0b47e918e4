#include "server/http/routes.h"

#include "server/http/handlers.h"

namespace leadline {
namespace {

using K = BodyKind;

// clang-format off
constexpr Route kRoutes[] = {
  // method  pattern                                handler                body        takes             answers           summary
  {"GET",    "/api/v1/leads",                       ListLeads,             K::kNone,   "",               "LeadPage",       "Leads by filters, sorted, in pages."},
  {"POST",   "/api/v1/leads",                       CreateLead,            K::kJson,   "LeadBody",       "Lead",           "Adds a lead."},
  {"GET",    "/api/v1/leads/export.csv",            ExportLeadsCsv,        K::kNone,   "",               "csv",            "Leads by the same filters as CSV."},
  {"GET",    "/api/v1/leads/template.csv",          GetTemplateCsv,        K::kNone,   "",               "csv",            "A list to fill in and import."},
  {"GET",    "/api/v1/leads/{id}",                  GetLead,               K::kNone,   "",               "Lead",           "One lead."},
  {"PATCH",  "/api/v1/leads/{id}",                  PatchLead,             K::kJson,   "LeadBody",       "Lead",           "Changes the named members; If-Match guards."},
  {"DELETE", "/api/v1/leads/{id}",                  DeleteLead,            K::kNone,   "",               "",               "Removes a lead; its calls stay in the history."},
  {"POST",   "/api/v1/leads/{id}/status",           SetLeadStatus,         K::kJson,   "StatusBody",     "Lead",           "Sets a status by hand."},
  {"GET",    "/api/v1/leads/{id}/gates",            GetLeadGates,          K::kNone,   "",               "Gates",          "Why it is not being called now, and until when."},
  {"GET",    "/api/v1/leads/{id}/timeline",         GetLeadTimeline,       K::kNone,   "",               "TimelinePage",   "Every change and call, newest first."},
  {"GET",    "/api/v1/leads/{id}/preview",          GetLeadPreview,        K::kNone,   "",               "Preview",        "What the provider would be sent."},
  {"GET",    "/api/v1/imports",                     ListImports,           K::kNone,   "",               "ImportPage",     "The latest imports, newest first."},
  {"POST",   "/api/v1/imports",                     CreateImport,          K::kJson,   "ImportBody",     "Import",         "Begins an import with its options."},
  {"GET",    "/api/v1/imports/{id}",                GetImport,             K::kNone,   "",               "Import",         "One import: state and counts."},
  {"PUT",    "/api/v1/imports/{id}/file",           PutImportFile,         K::kUpload, "file",           "Import",         "The raw CSV bytes; answered with the dry run's counts."},
  {"POST",   "/api/v1/imports/{id}/commit",         CommitImport,          K::kJson,   "",               "Import",         "Writes the good rows, in the background."},
  {"POST",   "/api/v1/imports/{id}/undo",           UndoImport,            K::kJson,   "",               "Undo",           "Takes it back; leads called or edited since are kept."},
  {"DELETE", "/api/v1/imports/{id}",                DiscardImport,         K::kNone,   "",               "Import",         "Discards a checked import; cancels a running one."},
  {"GET",    "/api/v1/imports/{id}/rejects.csv",    GetRejectsCsv,         K::kNone,   "",               "csv",            "The rows held back, with reasons, to mend and import."},
  {"GET",    "/api/v1/campaigns",                   ListCampaigns,         K::kNone,   "",               "CampaignPage",   "Every campaign."},
  {"POST",   "/api/v1/campaigns",                   CreateCampaign,        K::kJson,   "CampaignBody",   "Campaign",       "Adds a campaign, as a draft."},
  {"GET",    "/api/v1/campaigns/{id}",              GetCampaign,           K::kNone,   "",               "Campaign",       "One campaign."},
  {"PATCH",  "/api/v1/campaigns/{id}",              PatchCampaign,         K::kJson,   "CampaignBody",   "Campaign",       "Changes the named members; If-Match guards."},
  {"DELETE", "/api/v1/campaigns/{id}",              DeleteCampaign,        K::kNone,   "",               "",               "Removes a campaign without leads."},
  {"POST",   "/api/v1/campaigns/{id}/start",        StartCampaign,         K::kJson,   "",               "Campaign",       "Starts calling."},
  {"POST",   "/api/v1/campaigns/{id}/pause",        PauseCampaign,         K::kJson,   "",               "Campaign",       "Stops new calls at once; calls on the line go on."},
  {"POST",   "/api/v1/campaigns/{id}/resume",       ResumeCampaign,        K::kJson,   "",               "Campaign",       "Goes on after a pause."},
  {"POST",   "/api/v1/campaigns/{id}/finish",       FinishCampaign,        K::kJson,   "",               "Campaign",       "Ends the campaign."},
  {"GET",    "/api/v1/campaigns/{id}/gates",        GetCampaignGates,      K::kNone,   "",               "Gates",          "Why it is not calling now, and until when."},
  {"POST",   "/api/v1/campaigns/{id}/reset-account-failures", ResetAccountFailures, K::kJson, "",        "Reset",          "Sets leads back that failed by an error of the account."},
  {"GET",    "/api/v1/assistants",                  ListAssistants,        K::kNone,   "",               "AssistantPage",  "Every assistant."},
  {"POST",   "/api/v1/assistants",                  CreateAssistant,       K::kJson,   "AssistantBody",  "Assistant",      "Adds an assistant."},
  {"GET",    "/api/v1/assistants/{id}",             GetAssistant,          K::kNone,   "",               "Assistant",      "One assistant."},
  {"PATCH",  "/api/v1/assistants/{id}",             PatchAssistant,        K::kJson,   "AssistantBody",  "Assistant",      "Changes the named members; If-Match guards."},
  {"DELETE", "/api/v1/assistants/{id}",             DeleteAssistant,       K::kNone,   "",               "",               "Removes an assistant that no campaign uses."},
  {"GET",    "/api/v1/providers",                   ListProviders,         K::kNone,   "",               "ProviderPage",   "The calling providers and how they are set up."},
  {"GET",    "/api/v1/providers/{name}/catalog",    GetCatalog,            K::kNone,   "",               "Catalog",        "Assistants and numbers that exist at the provider."},
  {"GET",    "/api/v1/calls",                       ListCalls,             K::kNone,   "",               "CallPage",       "Calls by filters, newest first."},
  {"GET",    "/api/v1/calls/{id}",                  GetCall,               K::kNone,   "",               "Call",           "One call."},
  {"GET",    "/api/v1/settings",                    GetSettings,           K::kNone,   "",               "Settings",       "The calling settings."},
  {"PATCH",  "/api/v1/settings",                    PatchSettings,         K::kJson,   "SettingsBody",   "Settings",       "Changes the named members; If-Match guards."},
  {"GET",    "/api/v1/suppressions",                ListSuppressions,      K::kNone,   "",               "SuppressionPage", "Numbers that are never called."},
  {"POST",   "/api/v1/suppressions",                AddSuppression,        K::kJson,   "SuppressionBody", "Suppression",   "Never calls a number again."},
  {"DELETE", "/api/v1/suppressions/{number}",       RemoveSuppression,     K::kNone,   "",               "",               "Takes a number off the list."},
  {"GET",    "/api/v1/reports/summary",             GetSummary,            K::kNone,   "",               "Summary",        "Leads by status and calls by outcome, per campaign."},
  {"GET",    "/api/v1/events",                      GetEvents,             K::kEvents, "",               "events",         "Changes as they happen (server-sent events)."},
  {"GET",    "/api/v1/openapi.json",                GetOpenApi,            K::kNone,   "",               "OpenApi",        "This document."},
  {"GET",    "/api/v1/guide",                       GetGuide,              K::kNone,   "",               "Guide",          "Every error and status, explained."},
  {"POST",   "/webhooks/vapi",                      VapiWebhook,           K::kRaw,    "webhook",        "",               "News of calls from Vapi."},
  {"POST",   "/webhooks/retell",                    RetellWebhook,         K::kRaw,    "webhook",        "",               "News of calls from Retell."},
  {"GET",    "/healthz",                            GetHealth,             K::kNone,   "",               "Health",         "The process is up."},
  {"GET",    "/readyz",                             GetReadiness,          K::kNone,   "",               "Readiness",      "The store answers and the scheduler runs."},
  {"GET",    "/metrics",                            GetMetrics,            K::kNone,   "",               "text",           "Counters, as Prometheus text."},
  {"GET",    "/",                                   GetClientFile,         K::kNone,   "",               "html",           "The client."},
  {"GET",    "/{file}",                             GetClientFile,         K::kNone,   "",               "file",           "A file of the client."},
  {"GET",    "/{folder}/{file}",                    GetClientFile,         K::kNone,   "",               "file",           "A file of the client."},
};
// clang-format on

}  // namespace

std::span<const Route> Routes() {
  return kRoutes;
}

}  // namespace leadline
