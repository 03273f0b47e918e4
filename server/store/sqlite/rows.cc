#include "server/store/sqlite/rows.h"

#include "common/dial/window.h"
#include "server/store/sqlite/json_columns.h"

namespace leadline {
namespace {

std::vector<Contact> ContactsOf(Db& db, LeadId id) {
  std::vector<Contact> contacts;
  Query row(db,
            "SELECT id, name, phone, variables, status, attempts FROM contact WHERE lead_id = ? "
            "ORDER BY position",
            id);
  while (row.Next()) {
    Contact c;
    c.id = row.Int(0);
    c.name = row.Text(1);
    c.phone = row.Text(2);
    c.variables = DecodeVariables(row.View(3));
    c.status = row.As<LeadStatus>(4);
    c.attempts = static_cast<int>(row.Int(5));
    contacts.push_back(std::move(c));
  }
  return contacts;
}

StoredLead LeadOf(const Query& row) {
  StoredLead lead;
  int c = -1;
  lead.id = row.Int(++c);
  lead.version = row.Int(++c);
  lead.campaign_id = row.Int(++c);
  lead.status = row.As<LeadStatus>(++c);
  lead.name = row.Text(++c);
  lead.phone = row.Text(++c);
  lead.email = row.Text(++c);
  lead.company = row.Text(++c);
  lead.timezone = row.Text(++c);
  lead.variables = DecodeVariables(row.View(++c));
  lead.contacts.resize(static_cast<size_t>(row.Int(++c)));  // filled by the caller
  lead.attempts = static_cast<int>(row.Int(++c));
  lead.primary_failed = row.Bool(++c);
  lead.round = static_cast<int>(row.Int(++c));
  lead.epoch = static_cast<int>(row.Int(++c));
  lead.refusals = static_cast<int>(row.Int(++c));
  lead.last_outcome = row.Text(++c);
  lead.last_attempt_at = row.Int(++c);
  lead.look_at = row.Int(++c);
  lead.next_attempt_at = lead.look_at == kNever ? 0 : lead.look_at;
  lead.held = row.As<Held>(++c);
  lead.error.code = row.Text(++c);
  lead.error_scope = row.As<ErrorScope>(++c);
  lead.error.provider_message = row.Text(++c);
  lead.import_id = row.Int(++c);
  lead.created_at = row.Int(++c);
  lead.updated_at = row.Int(++c);
  return lead;
}

template <typename Read>
auto FindOne(Db& db, std::string_view sql, int64_t id, Read read)
    -> std::optional<decltype(read(std::declval<const Query&>()))> {
  Query row(db, sql, id);
  if (!row.Next()) return std::nullopt;
  return read(row);
}

}  // namespace

std::string Select(std::string_view columns, std::string_view rest) {
  std::string sql = "SELECT ";
  sql += columns;
  sql += " FROM ";
  sql += rest;
  return sql;
}

std::optional<StoredLead> FindLead(Db& db, LeadId id) {
  auto lead = FindOne(db, kLeadSelect, id, LeadOf);
  if (lead && !lead->contacts.empty()) lead->contacts = ContactsOf(db, id);
  return lead;
}

std::optional<Call> FindCall(Db& db, CallId id) {
  static const std::string sql = Select(kCallColumns, "call WHERE id = ?");
  return FindOne(db, sql, id, CallOf);
}

std::optional<Call> FindOpenCallOfLead(Db& db, LeadId id) {
  static const std::string sql =
      Select(kCallColumns, "call WHERE lead_id = ? AND state IN (0, 1, 2)");
  return FindOne(db, sql, id, CallOf);
}

std::optional<Campaign> FindCampaign(Db& db, CampaignId id) {
  static const std::string sql = Select(kCampaignColumns, "campaign WHERE id = ?");
  return FindOne(db, sql, id, CampaignOf);
}

std::optional<Assistant> FindAssistant(Db& db, AssistantId id) {
  static const std::string sql = Select(kAssistantColumns, "assistant WHERE id = ?");
  return FindOne(db, sql, id, AssistantOf);
}

std::optional<Import> FindImport(Db& db, ImportId id) {
  static const std::string sql = Select(kImportColumns, "import WHERE id = ?");
  return FindOne(db, sql, id, ImportOf);
}

CallingSettings ReadSettings(Db& db) {
  CallingSettings s;
  Query row(db,
            "SELECT version, auto_calling, concurrency, retell_concurrency, vapi_concurrency, "
            "require_known_zone, required_fields, default_region, simple_statuses FROM setting "
            "WHERE id = 1");
  if (!row.Next()) return s;
  s.version = row.Int(0);
  s.auto_calling = row.Bool(1);
  s.concurrency = static_cast<int>(row.Int(2));
  s.retell_concurrency = static_cast<int>(row.Int(3));
  s.vapi_concurrency = static_cast<int>(row.Int(4));
  s.require_known_zone = row.Bool(5);
  s.required_fields = DecodeNames(row.View(6));
  s.default_region = row.Text(7);
  s.simple_statuses = row.Bool(8);
  return s;
}

Call CallOf(const Query& row) {
  Call call;
  int c = -1;
  call.id = row.Int(++c);
  call.attempt_id = row.Text(++c);
  call.lead_id = row.Int(++c);
  call.contact_id = row.Int(++c);
  call.epoch = static_cast<int>(row.Int(++c));
  call.attempt_no = static_cast<int>(row.Int(++c));
  call.campaign_id = row.Int(++c);
  call.assistant_id = row.Int(++c);
  call.provider = row.As<Provider>(++c);
  call.number = row.Text(++c);
  call.lead_name = row.Text(++c);
  call.state = row.As<CallState>(++c);
  call.provider_call_id = row.Text(++c);
  call.outcome = row.As<Outcome>(++c);
  call.reason = row.Text(++c);
  call.error_code = row.Text(++c);
  call.provider_message = row.Text(++c);
  call.connected = row.Bool(++c);
  call.claimed_at = row.Int(++c);
  call.started_at = row.Int(++c);
  call.ended_at = row.Int(++c);
  call.checked_at = row.Int(++c);
  call.checks = static_cast<int>(row.Int(++c));
  call.duration_ms = row.Int(++c);
  call.cost_microusd = row.Int(++c);
  call.transcript = row.Text(++c);
  call.summary = row.Text(++c);
  call.recording_url = row.Text(++c);
  return call;
}

Campaign CampaignOf(const Query& row) {
  Campaign campaign;
  int c = -1;
  campaign.id = row.Int(++c);
  campaign.version = row.Int(++c);
  campaign.name = row.Text(++c);
  campaign.state = row.As<CampaignState>(++c);
  campaign.pause_reason = row.Text(++c);
  campaign.assistant_id = row.Int(++c);
  campaign.schedule = DecodeSchedule(row.View(++c));
  campaign.retry_delay_minutes = static_cast<int>(row.Int(++c));
  campaign.max_attempts = static_cast<int>(row.Int(++c));
  campaign.contact_order = row.As<ContactOrder>(++c);
  campaign.contact_gap_seconds = static_cast<int>(row.Int(++c));
  campaign.voicemail = row.As<VoicemailRule>(++c);
  campaign.concurrency = static_cast<int>(row.Int(++c));
  campaign.starts_per_minute = static_cast<int>(row.Int(++c));
  campaign.created_at = row.Int(++c);
  campaign.updated_at = row.Int(++c);
  return campaign;
}

Assistant AssistantOf(const Query& row) {
  Assistant a;
  int c = -1;
  a.id = row.Int(++c);
  a.version = row.Int(++c);
  a.name = row.Text(++c);
  a.provider = row.As<Provider>(++c);
  a.external_id = row.Text(++c);
  a.first_message = row.Text(++c);
  a.system_prompt = row.Text(++c);
  a.voicemail_message = row.Text(++c);
  a.model_provider = row.Text(++c);
  a.model = row.Text(++c);
  a.max_duration_seconds = static_cast<int>(row.Int(++c));
  a.caller_number = row.Text(++c);
  a.phone_number_id = row.Text(++c);
  a.variables = DecodeAssistantVariables(row.View(++c));
  a.created_at = row.Int(++c);
  a.updated_at = row.Int(++c);
  return a;
}

Import ImportOf(const Query& row) {
  Import i;
  int c = -1;
  i.id = row.Int(++c);
  i.name = row.Text(++c);
  i.campaign_id = row.Int(++c);
  i.state = row.As<ImportState>(++c);
  i.duplicates = row.As<DuplicateRule>(++c);
  i.options_json = row.Text(++c);
  i.file_bytes = row.Int(++c);
  i.next_row = row.Int(++c);
  i.counts.rows = row.Int(++c);
  i.counts.created = row.Int(++c);
  i.counts.updated = row.Int(++c);
  i.counts.skipped = row.Int(++c);
  i.counts.rejected = row.Int(++c);
  i.counts.problems = DecodeTally(row.View(++c));
  i.error = row.Text(++c);
  i.created_at = row.Int(++c);
  i.updated_at = row.Int(++c);
  return i;
}

}  // namespace leadline
