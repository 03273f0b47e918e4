// Rows as values and back: how each thing is read from a query and found by its id. The column list
// of each table stands in one place.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "server/store/sqlite/codes.h"
#include "server/store/sqlite/db.h"
#include "server/store/store.h"

namespace leadline {

// A lead with what only the store knows of it.
struct StoredLead : Lead {
  TimeMs look_at = 0;  // next_attempt_at as stored; kNever where nothing is planned
  Held held = Held::kNo;
  int refusals = 0;
  ErrorScope error_scope = ErrorScope::kNone;
};

std::optional<StoredLead> FindLead(Db& db, LeadId id);  // with its contacts
std::optional<Call> FindCall(Db& db, CallId id);
std::optional<Call> FindOpenCallOfLead(Db& db, LeadId id);
std::optional<Campaign> FindCampaign(Db& db, CampaignId id);
std::optional<Assistant> FindAssistant(Db& db, AssistantId id);
std::optional<Import> FindImport(Db& db, ImportId id);
CallingSettings ReadSettings(Db& db);

// Readers of one row of "SELECT <columns> ...", for lists.
inline constexpr std::string_view kLeadSelect =
    "SELECT id, version, campaign_id, status, name, phone, email, company, timezone, variables, "
    "contact_count, attempts, primary_failed, round, epoch, refusals, last_outcome, "
    "last_attempt_at, next_attempt_at, held, error_code, error_scope, error_message, import_id, "
    "created_at, updated_at FROM lead WHERE id = ?";
inline constexpr std::string_view kCallColumns =
    "id, attempt_id, lead_id, contact_id, epoch, attempt_no, campaign_id, assistant_id, provider, "
    "number, lead_name, state, provider_call_id, outcome, reason, error_code, provider_message, "
    "connected, claimed_at, started_at, ended_at, checked_at, checks, duration_ms, cost_microusd, "
    "transcript, summary, recording_url";
Call CallOf(const Query& row);
inline constexpr std::string_view kCampaignColumns =
    "id, version, name, state, pause_reason, coalesce(assistant_id, 0), schedule, "
    "retry_delay_minutes, max_attempts, contact_order, contact_gap_seconds, voicemail, "
    "concurrency, starts_per_minute, created_at, updated_at";
Campaign CampaignOf(const Query& row);
inline constexpr std::string_view kAssistantColumns =
    "id, version, name, provider, external_id, first_message, system_prompt, voicemail_message, "
    "model_provider, model, max_duration_seconds, caller_number, phone_number_id, variables, "
    "created_at, updated_at";
Assistant AssistantOf(const Query& row);
inline constexpr std::string_view kImportColumns =
    "id, name, campaign_id, state, duplicates, options, file_bytes, next_row, row_count, created, "
    "updated, skipped, rejected, problems, error, created_at, updated_at";
Import ImportOf(const Query& row);

// "SELECT <columns> FROM <table> <rest>", from constants only.
std::string Select(std::string_view columns, std::string_view rest);

}  // namespace leadline
