// openapi.json, made from the route table and from examples that the codecs themselves write, so
// that it cannot say anything else than the server does.
#include <set>

#include "common/api/assistant_json.h"
#include "common/api/call_json.h"
#include "common/api/campaign_json.h"
#include "common/api/envelope.h"
#include "common/api/gate_json.h"
#include "common/api/import_json.h"
#include "common/api/lead_json.h"
#include "server/http/routes.h"

namespace leadline {
namespace {

constexpr std::string_view kPage = "Page";

struct FilterNote {
  const char* pattern;
  const char* names;  // separated by blanks
};
constexpr FilterNote kFilters[] = {
    {"/api/v1/leads",
     "campaign_id status q phone import_id created_from created_to updated_from updated_to sort "
     "limit cursor"},
    {"/api/v1/leads/export.csv",
     "campaign_id status q phone import_id created_from created_to updated_from updated_to sort "
     "columns secondary"},
    {"/api/v1/leads/{id}/timeline", "limit"},
    {"/api/v1/imports", "limit"},
    {"/api/v1/calls", "lead_id campaign_id outcome limit cursor"},
    {"/api/v1/suppressions", "limit cursor"},
    {"/api/v1/events", "after"},
};

Json SchemaOf(const Json& example);

Json ObjectSchema(const Json& example) {
  Json properties = Json::object();
  for (const auto& member : example.items()) properties[member.key()] = SchemaOf(member.value());
  return {{"type", "object"}, {"properties", std::move(properties)}};
}

Json SchemaOf(const Json& example) {
  if (example.is_object()) return ObjectSchema(example);
  if (example.is_array()) {
    return {{"type", "array"},
            {"items", example.empty() ? Json::object() : SchemaOf(example.front())}};
  }
  if (example.is_boolean()) return {{"type", "boolean"}};
  if (example.is_number_integer()) return {{"type", "integer"}};
  if (example.is_number()) return {{"type", "number"}};
  if (example.is_string()) return {{"type", Json::array({"string", "null"})}};
  return Json::object();
}

LeadRecord ExampleLead() {
  LeadRecord lead;
  lead.id = 7;
  lead.version = 3;
  lead.campaign_id = 1;
  lead.name = "Sarah Johnson";
  lead.phone = "+14155551234";
  lead.email = "sarah@example.com";
  lead.company = "TechStart";
  lead.timezone = "America/Los_Angeles";
  lead.last_outcome = "no_answer";
  lead.last_attempt_at = lead.next_attempt_at = lead.created_at = lead.updated_at = 1;
  lead.error = {"rate_limit_exceeded", "Too many requests"};
  lead.import_id = 1;
  lead.variables = {{"budget_range", "10-20k"}};
  lead.contacts.push_back({9, "Jane Doe", "+14155550123", {{"role", "CTO"}}});
  return lead;
}

Campaign ExampleCampaign() {
  Campaign c;
  c.name = "Spring";
  c.assistant_id = 1;
  c.pause_reason = "insufficient_funds";
  c.schedule.windows.push_back({0x1F, 540, 1080});
  c.schedule.holidays = {"2026-12-25"};
  c.created_at = c.updated_at = 1;
  return c;
}

Assistant ExampleAssistant() {
  Assistant a;
  a.name = "Anna";
  a.external_id = "agent_1111111111111111";
  a.first_message = "Hello {{first_name}}";
  a.caller_number = "+14157774444";
  a.phone_number_id = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
  a.variables = {{"budget_range", "unknown", false, "What they want to spend"}};
  a.created_at = a.updated_at = 1;
  return a;
}

ImportRecord ExampleImport() {
  ImportRecord i;
  i.problems = {{"phone_missing", 2}};
  i.error = "text";
  i.created_at = i.updated_at = 1;
  i.columns = {{"Signed", "variable:signed", 0.5, "date:dmy", 0.5}};
  i.list_problems = {{"", "list_empty", "There are no rows."}};
  i.sheet = "Leads";
  i.sheets = {{"Leads", false}};
  i.notes = {{"", "sheet_hidden_rows", "Rows that are hidden in the workbook were read: 3"}};
  return i;
}

Call ExampleCall() {
  Call c;
  c.contact_id = 1;
  c.state = CallState::kEnded;
  c.provider_call_id = c.reason = c.error_code = c.provider_message = "text";
  c.claimed_at = c.started_at = c.ended_at = c.checked_at = 1;
  c.transcript = c.summary = c.recording_url = "text";
  return c;
}

ImportOptions ExampleImportOptions() {
  ImportOptions o;
  o.name = "March";
  o.campaign_id = 1;
  o.mapping = {{"Telefon", "phone"}};
  o.types = {{"Signed", "date:dmy"}};
  o.region = "US";
  o.has_region = true;
  o.encoding = "utf-8";
  o.delimiter = ";";
  o.quote = "\"";
  o.escape = "none";
  o.comment = "#";
  o.sheet = "Leads";
  o.header = true;
  o.required = std::vector<std::string>{"name"};
  o.for_vapi = true;
  o.mends.Set(17, {.cells = {{1, "+14155551234"}}, .left_out = true});
  o.mends.repairs = {"phone_trunk_zero"};
  o.mends.replacements = {{.column = 2, .find = "n/a"}};
  return o;
}

// An example of each schema that the route table names.
Json ExampleOf(std::string_view name) {
  const Json text = "text";
  if (name == "Lead") return LeadJson(ExampleLead());
  if (name == "LeadBody") return LeadDraftJson(ExampleLead());
  if (name == "StatusBody") return StatusRequestJson({});
  if (name == "Campaign") return CampaignJson(ExampleCampaign());
  if (name == "CampaignBody") return CampaignBodyJson(ExampleCampaign());
  if (name == "Assistant") return AssistantJson(ExampleAssistant());
  if (name == "AssistantBody") return AssistantBodyJson(ExampleAssistant());
  if (name == "Settings") return SettingsJson({});
  if (name == "SettingsBody") return SettingsBodyJson({});
  if (name == "Import") return ImportJson(ExampleImport());
  if (name == "ImportBody") return ImportOptionsJson(ExampleImportOptions());
  if (name == "Undo") return UndoJson({ExampleImport(), 1, 1, 1, {7}});
  if (name == "Call") return CallJson(ExampleCall());
  if (name == "Timeline") return TimelineJson({1, 1, "api", "claim", "created", "x", 1, "text"});
  if (name == "Gates") {
    return GateJson({false, "window_open", 1, {{"window_open", "text", true, false, "text", 1}}});
  }
  if (name == "Preview") {
    Preview p;
    p.request = Json::object();
    p.first_message = p.system_prompt = p.voicemail_message = "text";
    p.empty_variables = p.unknown_variables = p.missing_required = {"company"};
    return PreviewJson(p);
  }
  if (name == "Summary") return SummaryJson({{}});
  if (name == "Suppression") return {{"number", text}, {"reason", text}, {"created_at", text}};
  if (name == "SuppressionBody") return {{"number", text}, {"reason", text}};
  if (name == "Provider") {
    return {{"name", text},        {"key_present", true},     {"webhook_path", text},
            {"webhook_url", text}, {"last_webhook_at", text}, {"held_until", text}};
  }
  if (name == "Catalog") {
    const Json item = {{"id", text}, {"name", text}, {"note", text}};
    return {{"agents", Json::array({item})}, {"numbers", Json::array({item})}};
  }
  if (name == "Reset") return {{"leads", 3}};
  if (name == "Health") {
    return {{"status", text}, {"version", text}, {"now", text}, {"time_scale", 1}};
  }
  if (name == "Readiness") return {{"status", text}};
  if (name == "Guide") return {{"errors", Json::array()}, {"statuses", Json::array()}};
  if (name == "Problem") {
    return ProblemJson({409, "Conflict", "conflict", "text", {{"name", "x", "text"}}, "1", {}});
  }
  return Json::object();
}

struct MediaType {
  const char* name;
  const char* type;
};
constexpr MediaType kMediaTypes[] = {
    {"csv", "text/csv"},   {"events", "text/event-stream"},      {"text", "text/plain"},
    {"html", "text/html"}, {"file", "application/octet-stream"}, {"webhook", "application/json"},
};

// What a body or an answer of that name is, and the schemas that it needs.
Json ContentOf(std::string_view name, std::set<std::string>* schemas) {
  for (const MediaType& media : kMediaTypes) {
    if (name == media.name) return {{media.type, Json::object()}};
  }
  schemas->insert(std::string(name));
  const std::string reference = "#/components/schemas/" + std::string(name);
  return {{"application/json", {{"schema", {{"$ref", reference}}}}}};
}

Json ParametersOf(const Route& route) {
  Json parameters = Json::array();
  std::string_view rest = route.pattern;
  for (size_t at; (at = rest.find('{')) != std::string_view::npos;) {
    const size_t end = rest.find('}');
    const std::string name(rest.substr(at + 1, end - at - 1));
    parameters.push_back({{"name", name},
                          {"in", "path"},
                          {"required", true},
                          {"schema", {{"type", name == "id" ? "integer" : "string"}}}});
    rest.remove_prefix(end + 1);
  }
  for (const FilterNote& note : kFilters) {
    if (std::string_view(route.method) != "GET" || std::string_view(note.pattern) != route.pattern)
      continue;
    for (std::string_view names = note.names; !names.empty();) {
      const size_t blank = std::min(names.find(' '), names.size());
      parameters.push_back({{"name", std::string(names.substr(0, blank))},
                            {"in", "query"},
                            {"schema", {{"type", "string"}}}});
      names.remove_prefix(std::min(blank + 1, names.size()));
    }
  }
  return parameters;
}

Json OperationOf(const Route& route, std::set<std::string>* schemas) {
  Json operation = {{"summary", route.summary}, {"parameters", ParametersOf(route)}};
  if (*route.takes != '\0') {
    operation["requestBody"] = {{"required", true}, {"content", ContentOf(route.takes, schemas)}};
  }
  Json answer = {{"description", "Done."}};
  if (*route.answers != '\0') answer["content"] = ContentOf(route.answers, schemas);
  operation["responses"] = {{"2XX", std::move(answer)},
                            {"default",
                             {{"description", "A problem document."},
                              {"content",
                               {{"application/problem+json",
                                 {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}}}};
  return operation;
}

// A page's schema refers to the schema of its items.
Json SchemaNamed(const std::string& name, std::set<std::string>* more) {
  if (!name.ends_with(kPage)) return SchemaOf(ExampleOf(name));
  const std::string item = name.substr(0, name.size() - kPage.size());
  more->insert(item);
  Json schema = SchemaOf(PageJson(Json::array(), "text", 1));
  schema["properties"]["items"]["items"] = {{"$ref", "#/components/schemas/" + item}};
  return schema;
}

Json Build() {
  std::set<std::string> schemas = {"Problem"};
  Json paths = Json::object();
  for (const Route& route : Routes()) {
    std::string method = route.method;
    for (char& c : method) c = static_cast<char>(c + 32);
    paths[route.pattern][method] = OperationOf(route, &schemas);
  }
  std::set<std::string> items;
  Json components = Json::object();
  for (const std::string& name : schemas) components[name] = SchemaNamed(name, &items);
  for (const std::string& name : items) components[name] = SchemaOf(ExampleOf(name));
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "Leadline"},
            {"version", "1"},
            {"description",
             "Leads, campaigns and calls. Times are RFC 3339 in UTC; errors are "
             "problem documents; PATCH takes If-Match with the object's version."}}},
          {"paths", std::move(paths)},
          {"components", {{"schemas", std::move(components)}}}};
}

}  // namespace

const Json& OpenApiDocument() {
  static const Json document = Build();
  return document;
}

}  // namespace leadline
