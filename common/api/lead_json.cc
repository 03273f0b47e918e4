#include "common/api/lead_json.h"

#include <algorithm>

#include "common/dial/reasons.h"

namespace leadline {
namespace {

// Generous bounds of shape; the limits that people are told of are in common/lead/validate.h.
constexpr size_t kMaxTextBytes = 2000;
constexpr size_t kMaxContactsRead = 50;

constexpr std::string_view kReadOnlyOfLead[] = {"id",
                                                "version",
                                                "first_name",
                                                "last_name",
                                                "status_group",
                                                "attempts",
                                                "max_attempts",
                                                "last_outcome",
                                                "last_attempt_at",
                                                "next_attempt_at",
                                                "error",
                                                "import_id",
                                                "created_at",
                                                "updated_at",
                                                "round",
                                                "primary_failed"};
constexpr std::string_view kReadOnlyStatus[] = {"status"};
constexpr std::string_view kReadOnlyContact[] = {"status", "attempts"};

Json ContactJson(const Contact& contact) {
  return {{"id", contact.id},
          {"name", contact.name},
          {"phone", contact.phone},
          {"variables", VariablesJson(contact.variables)},
          {"status", std::string(NameOf(contact.status))},
          {"attempts", contact.attempts}};
}

Contact ReadContact(const Json& value) {
  Contact contact;
  contact.id = ReadInt(value, "id");
  contact.name = ReadText(value, "name");
  contact.phone = ReadText(value, "phone");
  contact.variables = ReadVariables(Member(value, "variables"));
  contact.status = LeadStatusFromName(TextOr(value, "status")).value_or(LeadStatus::kCreated);
  contact.attempts = static_cast<int>(ReadInt(value, "attempts"));
  return contact;
}

Contact StoredContact(const std::vector<Contact>& stored, int64_t id) {
  const auto it =
      std::find_if(stored.begin(), stored.end(), [id](const Contact& c) { return c.id == id; });
  return id == 0 || it == stored.end() ? Contact{} : *it;
}

std::string TextOver(ObjectReader& reader, std::string_view key, const std::string& before) {
  return reader.Has(key) ? reader.Text(key, {.max_bytes = kMaxTextBytes})
                         : (reader.Ignore(key), before);
}

Status DecodeContact(const Json& body, const std::string& path, const std::vector<Contact>& stored,
                     Contact* contact) {
  ObjectReader reader(body, path);
  const int64_t id = reader.Int("id", 0, 0, kMaxId);
  *contact = StoredContact(stored, id);
  if (id != 0 && contact->id == 0) {
    reader.AddProblem("id", "unknown_contact", "This lead has no contact with this id.");
  }
  contact->name = TextOver(reader, "name", contact->name);
  contact->phone = TextOver(reader, "phone", contact->phone);
  DecodeVariables(reader, "variables", &contact->variables);
  RefuseReadOnly(reader, kReadOnlyContact, "The server keeps this; leave it out.");
  return reader.Finish();
}

void DecodeContacts(ObjectReader& reader, std::vector<Contact>* contacts) {
  const Json& list = reader.Array("contacts", kMaxContactsRead);
  if (!list.is_array()) return;
  std::vector<Contact> read(list.size());
  for (size_t i = 0; i < list.size(); ++i) {
    const Status status =
        DecodeContact(list[i], "contacts[" + std::to_string(i) + "]", *contacts, &read[i]);
    reader.AddProblems(status.fields());
  }
  *contacts = std::move(read);
}

}  // namespace

Json LeadErrorJson(const LeadError& error) {
  if (error.code.empty()) return nullptr;
  const ErrorGuide& guide = GuideOf(error.code);
  Json fix = Json::array();
  for (std::string_view step : guide.fix) {
    if (!step.empty()) fix.push_back(std::string(step));
  }
  return {{"class", guide.permanent ? "permanent" : "temporary"},
          {"code", error.code},
          {"message", std::string(guide.title) + ": " + std::string(guide.meaning)},
          {"fix", std::move(fix)},
          {"provider_message", TextOrNull(error.provider_message)}};
}

LeadError ReadLeadError(const Json& value) {
  return {ReadText(value, "code"), ReadText(value, "provider_message")};
}

Json LeadJson(const LeadRecord& lead) {
  Json contacts = Json::array();
  for (const Contact& contact : lead.contacts) contacts.push_back(ContactJson(contact));
  return JsonObject({{"id", lead.id},
                     {"version", lead.version},
                     {"campaign_id", lead.campaign_id},
                     {"name", lead.name},
                     {"first_name", FirstName(lead.name)},
                     {"last_name", LastName(lead.name)},
                     {"phone", lead.phone},
                     {"email", lead.email},
                     {"company", lead.company},
                     {"timezone", TextOrNull(lead.timezone)},
                     {"status", std::string(NameOf(lead.status))},
                     {"status_group", std::string(TextOf(lead.status).group)},
                     {"attempts", lead.attempts},
                     {"max_attempts", lead.max_attempts},
                     {"round", lead.round},
                     {"primary_failed", lead.primary_failed},
                     {"last_outcome", TextOrNull(lead.last_outcome)},
                     {"last_attempt_at", TimeJson(lead.last_attempt_at)},
                     {"next_attempt_at", TimeJson(lead.next_attempt_at)},
                     {"error", LeadErrorJson(lead.error)},
                     {"variables", VariablesJson(lead.variables)},
                     {"contacts", std::move(contacts)},
                     {"import_id", lead.import_id == 0 ? Json(nullptr) : Json(lead.import_id)},
                     {"created_at", TimeJson(lead.created_at)},
                     {"updated_at", TimeJson(lead.updated_at)}});
}

bool ReadLead(const Json& value, LeadRecord* lead) {
  if (!value.is_object()) return false;
  lead->id = ReadInt(value, "id");
  lead->version = ReadInt(value, "version");
  lead->campaign_id = ReadInt(value, "campaign_id");
  lead->name = ReadText(value, "name");
  lead->phone = ReadText(value, "phone");
  lead->email = ReadText(value, "email");
  lead->company = ReadText(value, "company");
  lead->timezone = ReadText(value, "timezone");
  lead->variables = ReadVariables(Member(value, "variables"));
  lead->contacts.clear();
  if (const Json& list = Member(value, "contacts"); list.is_array()) {
    for (const Json& item : list) lead->contacts.push_back(ReadContact(item));
  }
  lead->status = LeadStatusFromName(TextOr(value, "status")).value_or(LeadStatus::kCreated);
  lead->attempts = static_cast<int>(ReadInt(value, "attempts"));
  lead->max_attempts = static_cast<int>(ReadInt(value, "max_attempts", 3));
  lead->round = static_cast<int>(ReadInt(value, "round"));
  lead->primary_failed = ReadBool(value, "primary_failed");
  lead->last_outcome = ReadText(value, "last_outcome");
  lead->last_attempt_at = ReadTime(value, "last_attempt_at");
  lead->next_attempt_at = ReadTime(value, "next_attempt_at");
  lead->error = ReadLeadError(Member(value, "error"));
  lead->import_id = ReadInt(value, "import_id");
  lead->created_at = ReadTime(value, "created_at");
  lead->updated_at = ReadTime(value, "updated_at");
  return true;
}

Json LeadDraftJson(const LeadDraft& draft) {
  Json contacts = Json::array();
  for (const Contact& contact : draft.contacts) {
    Json item = {{"name", contact.name},
                 {"phone", contact.phone},
                 {"variables", VariablesJson(contact.variables)}};
    if (contact.id != 0) item["id"] = contact.id;
    contacts.push_back(std::move(item));
  }
  Json body = {{"name", draft.name},
               {"phone", draft.phone},
               {"email", draft.email},
               {"company", draft.company},
               {"timezone", draft.timezone},
               {"variables", VariablesJson(draft.variables)},
               {"contacts", std::move(contacts)}};
  if (draft.campaign_id != 0) body["campaign_id"] = draft.campaign_id;
  return body;
}

Status DecodeLeadDraft(const Json& body, LeadDraft* draft) {
  ObjectReader reader(body, "");
  LeadDraft read = *draft;
  read.campaign_id = reader.Int("campaign_id", read.campaign_id, 0, kMaxId);
  read.name = TextOver(reader, "name", read.name);
  read.phone = TextOver(reader, "phone", read.phone);
  read.email = TextOver(reader, "email", read.email);
  read.company = TextOver(reader, "company", read.company);
  read.timezone = TextOver(reader, "timezone", read.timezone);
  DecodeVariables(reader, "variables", &read.variables);
  DecodeContacts(reader, &read.contacts);
  RefuseReadOnly(reader, kReadOnlyOfLead, "The server keeps this; leave it out.");
  RefuseReadOnly(reader, kReadOnlyStatus, "Set the status with POST /api/v1/leads/{id}/status.");
  LEADLINE_RETURN_IF_ERROR(reader.Finish());
  *draft = std::move(read);
  return {};
}

Json StatusRequestJson(const StatusRequest& request) {
  return {{"status", std::string(NameOf(request.status))},
          {"clear_attempts", request.clear_attempts}};
}

Status DecodeStatusRequest(const Json& body, StatusRequest* request) {
  ObjectReader reader(body, "");
  const std::string name = reader.Text("status", {.required = true, .max_bytes = 40});
  const bool clear_attempts = reader.Bool("clear_attempts", false);
  std::optional<LeadStatus> status = LeadStatusFromName(name);
  if (name == "pending") status = LeadStatus::kCreated;
  if (name == "retry") status = LeadStatus::kRescheduled;
  if (!status.has_value() && !name.empty()) {
    reader.AddProblem("status", "unknown_choice",
                      "Give one of: created, scheduled, rescheduled, completed, max_retries.");
  }
  LEADLINE_RETURN_IF_ERROR(reader.Finish());
  *request = {*status, clear_attempts};
  return {};
}

}  // namespace leadline
