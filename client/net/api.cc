#include "client/net/api.h"

#include <algorithm>

#include "common/api/assistant_json.h"
#include "common/api/campaign_json.h"

namespace leadline {
namespace {

// A page of leads with many variables each is far over the bound that is right for one object.
constexpr size_t kMaxReplyNodes = 2000000;

Status NotUnderstood() {
  return Internal(
      "The server's answer could not be read. Reload the page; if it stays like this, the server "
      "and "
      "this page may be of different versions.");
}

Result<Json> BodyOf(const Reply& reply) {
  LEADLINE_RETURN_IF_ERROR(StatusOfReply(reply));
  Result<Json> json = ParseJson(reply.body, kMaxReplyNodes);
  if (!json.ok()) return NotUnderstood();
  return json;
}

template <typename T>
Result<T> DecodeOne(const Reply& reply, bool (*read)(const Json&, T*)) {
  const Result<Json> json = BodyOf(reply);
  if (!json.ok()) return json.status();
  T value;
  if (!read(*json, &value)) return NotUnderstood();
  return value;
}

template <typename T>
Result<ListPage<T>> DecodePage(const Reply& reply, bool (*read)(const Json&, T*)) {
  const Result<Json> json = BodyOf(reply);
  if (!json.ok()) return json.status();
  PageHead head;
  const Json& items = ReadPage(*json, &head);
  if (!items.is_array()) return NotUnderstood();
  ListPage<T> page{{}, head.next_cursor, head.total};
  page.items.reserve(items.size());
  for (const Json& item : items) {
    T value;
    if (read(item, &value)) page.items.push_back(std::move(value));
  }
  return page;
}

template <typename T>
Result<std::vector<T>> DecodeItems(const Reply& reply, bool (*read)(const Json&, T*)) {
  Result<ListPage<T>> page = DecodePage<T>(reply, read);
  if (!page.ok()) return page.status();
  return std::move(page->items);
}

bool ReadSuppression(const Json& value, SuppressedNumber* number) {
  number->number = ReadText(value, "number");
  number->reason = ReadText(value, "reason");
  number->created_at = ReadTime(value, "created_at");
  return !number->number.empty();
}

bool ReadProvider(const Json& value, ProviderStatus* provider) {
  provider->name = ReadText(value, "name");
  provider->key_present = ReadBool(value, "key_present");
  provider->webhook_path = ReadText(value, "webhook_path");
  provider->webhook_url = ReadText(value, "webhook_url");
  provider->last_webhook_at = ReadTime(value, "last_webhook_at");
  return !provider->name.empty();
}

std::vector<CatalogEntry> ReadEntries(const Json& list) {
  std::vector<CatalogEntry> entries;
  if (!list.is_array()) return entries;
  for (const Json& item : list) {
    CatalogEntry entry{ReadText(item, "id"), ReadText(item, "name")};
    if (!entry.id.empty()) entries.push_back(std::move(entry));
  }
  return entries;
}

bool ReadCatalog(const Json& value, Catalog* catalog) {
  catalog->agents = ReadEntries(Member(value, "agents"));
  catalog->numbers = ReadEntries(Member(value, "numbers"));
  return value.is_object();
}

// In a PATCH, variables are merged: one that is gone has to be named as null.
void AddRemoved(const Variables& before, const Variables& after, Json* variables) {
  if (!variables->is_object()) *variables = Json::object();
  for (const auto& [name, value] : before) {
    if (after.count(name) == 0) (*variables)[name] = nullptr;
  }
}

bool ReadHealth(const Json& value, ServerTime* time) {
  time->now = ReadTime(value, "now");
  time->scale = std::max(1.0, NumberOf(Member(value, "time_scale")).value_or(1));
  time->version = ReadText(value, "version");
  return time->now != 0;
}

}  // namespace

Status StatusOfReply(const Reply& reply) {
  if (reply.status >= 200 && reply.status < 300) return {};
  if (reply.status == 0) {
    return Unavailable(
        "offline",
        "The server cannot be reached. Check that it is running; this page tries again "
        "by itself.");
  }
  return StatusOf(ReadProblem(reply.status, reply.body));
}

Json CurrentOf(const Reply& reply) {
  return reply.status == 409 ? ReadProblem(reply.status, reply.body).current : Json();
}

Result<LeadRecord> DecodeLead(const Reply& reply) {
  return DecodeOne<LeadRecord>(reply, ReadLead);
}
Result<ListPage<LeadRecord>> DecodeLeads(const Reply& reply) {
  return DecodePage<LeadRecord>(reply, ReadLead);
}
Result<std::vector<TimelineRecord>> DecodeTimeline(const Reply& reply) {
  return DecodeItems<TimelineRecord>(reply, ReadTimeline);
}
Result<GateAnswer> DecodeGates(const Reply& reply) {
  return DecodeOne<GateAnswer>(reply, ReadGates);
}
Result<Preview> DecodePreview(const Reply& reply) {
  return DecodeOne<Preview>(reply, ReadPreview);
}
Result<Call> DecodeCall(const Reply& reply) {
  return DecodeOne<Call>(reply, ReadCall);
}
Result<ListPage<Call>> DecodeCalls(const Reply& reply) {
  return DecodePage<Call>(reply, ReadCall);
}
Result<Campaign> DecodeCampaignReply(const Reply& reply) {
  return DecodeOne<Campaign>(reply, ReadCampaign);
}
Result<std::vector<Campaign>> DecodeCampaigns(const Reply& reply) {
  return DecodeItems<Campaign>(reply, ReadCampaign);
}
Result<Assistant> DecodeAssistantReply(const Reply& reply) {
  return DecodeOne<Assistant>(reply, ReadAssistant);
}
Result<std::vector<Assistant>> DecodeAssistants(const Reply& reply) {
  return DecodeItems<Assistant>(reply, ReadAssistant);
}
Result<Catalog> DecodeCatalog(const Reply& reply) {
  return DecodeOne<Catalog>(reply, ReadCatalog);
}
Result<CallingSettings> DecodeSettingsReply(const Reply& reply) {
  return DecodeOne<CallingSettings>(reply, ReadSettings);
}
Result<ListPage<SuppressedNumber>> DecodeSuppressions(const Reply& reply) {
  return DecodePage<SuppressedNumber>(reply, ReadSuppression);
}
Result<std::vector<ProviderStatus>> DecodeProviders(const Reply& reply) {
  return DecodeItems<ProviderStatus>(reply, ReadProvider);
}
Result<std::vector<CampaignSummary>> DecodeSummary(const Reply& reply) {
  const Result<Json> json = BodyOf(reply);
  if (!json.ok()) return json.status();
  return ReadSummary(*json);
}
Result<ImportRecord> DecodeImport(const Reply& reply) {
  return DecodeOne<ImportRecord>(reply, ReadImport);
}
Result<std::vector<ImportRecord>> DecodeImports(const Reply& reply) {
  return DecodeItems<ImportRecord>(reply, ReadImport);
}
Result<UndoRecord> DecodeUndo(const Reply& reply) {
  return DecodeOne<UndoRecord>(reply, ReadUndo);
}
Result<ServerTime> DecodeHealth(const Reply& reply) {
  return DecodeOne<ServerTime>(reply, ReadHealth);
}

Json LeadPatch(const LeadDraft& before, const LeadDraft& after) {
  Json body = LeadDraftJson(after);
  AddRemoved(before.variables, after.variables, &body["variables"]);
  Json& contacts = body["contacts"];
  for (size_t i = 0; i < after.contacts.size() && i < contacts.size(); ++i) {
    for (const Contact& old : before.contacts) {
      if (old.id != 0 && old.id == after.contacts[i].id) {
        AddRemoved(old.variables, after.contacts[i].variables, &contacts[i]["variables"]);
      }
    }
  }
  return body;
}

}  // namespace leadline
