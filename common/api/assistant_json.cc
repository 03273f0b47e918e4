#include "common/api/assistant_json.h"

#include <array>

#include "common/dial/gates.h"

namespace leadline {
namespace {

constexpr size_t kMaxIdBytes = 200;
constexpr size_t kMaxMessageBytes = 4000;
constexpr size_t kMaxPromptBytes = 64 * 1024;
constexpr size_t kMaxAssistantVariables = 200;
constexpr std::string_view kReadOnly[] = {"id", "version", "created_at", "updated_at", "lacks"};

Json InlineJson(const Assistant& a) {
  return {{"first_message", a.first_message},
          {"system_prompt", a.system_prompt},
          {"voicemail_message", a.voicemail_message},
          {"model_provider", a.model_provider},
          {"model", a.model},
          {"max_duration_seconds", a.max_duration_seconds}};
}

bool HasInline(const Assistant& a) {
  return a.external_id.empty() || !a.first_message.empty() || !a.system_prompt.empty() ||
         !a.voicemail_message.empty();
}

void ReadInline(const Json& value, Assistant* a) {
  if (!value.is_object()) return;
  a->first_message = ReadText(value, "first_message");
  a->system_prompt = ReadText(value, "system_prompt");
  a->voicemail_message = ReadText(value, "voicemail_message");
  if (const std::string text = ReadText(value, "model_provider"); !text.empty()) {
    a->model_provider = text;
  }
  if (const std::string text = ReadText(value, "model"); !text.empty()) a->model = text;
  a->max_duration_seconds = static_cast<int>(ReadInt(value, "max_duration_seconds", 600));
}

// The text of a member, or what stood there before.
void TextOver(ObjectReader& reader, std::string_view key, size_t max_bytes, std::string* text) {
  const bool there = reader.Has(key);
  const std::string read = reader.Text(key, {.max_bytes = max_bytes});
  if (there) *text = read;
}

Status DecodeInline(const Json& body, Assistant* a) {
  ObjectReader reader(body, "inline");
  TextOver(reader, "first_message", kMaxMessageBytes, &a->first_message);
  TextOver(reader, "system_prompt", kMaxPromptBytes, &a->system_prompt);
  TextOver(reader, "voicemail_message", kMaxMessageBytes, &a->voicemail_message);
  TextOver(reader, "model_provider", kMaxIdBytes, &a->model_provider);
  TextOver(reader, "model", kMaxIdBytes, &a->model);
  a->max_duration_seconds =
      static_cast<int>(reader.Int("max_duration_seconds", a->max_duration_seconds, 10, 7200));
  return reader.Finish();
}

bool IsVariableKey(std::string_view key) {
  if (key.empty() || key.size() > 64) return false;
  for (char c : key) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(c >= '0' && c <= '9') && c != '_') return false;
  }
  return true;
}

Status DecodeVariable(const Json& body, const std::string& path, AssistantVariable* variable) {
  ObjectReader reader(body, path);
  variable->key = reader.Text("key", {.required = true, .max_bytes = 64});
  if (!variable->key.empty() && !IsVariableKey(variable->key)) {
    reader.AddProblem("key", "variable_name", "Use letters, digits and underscores only.");
  }
  variable->default_value = reader.Text("default", {.max_bytes = kMaxMessageBytes});
  variable->required = reader.Bool("required", false);
  variable->help = reader.Text("help", {.max_bytes = kMaxMessageBytes});
  return reader.Finish();
}

void DecodeVariableList(ObjectReader& reader, std::vector<AssistantVariable>* variables) {
  const Json& list = reader.Array("variables", kMaxAssistantVariables);
  if (!list.is_array()) return;
  variables->assign(list.size(), {});
  for (size_t i = 0; i < list.size(); ++i) {
    const Status status =
        DecodeVariable(list[i], "variables[" + std::to_string(i) + "]", &(*variables)[i]);
    reader.AddProblems(status.fields());
    for (size_t j = 0; j < i; ++j) {
      if ((*variables)[j].key != (*variables)[i].key || (*variables)[i].key.empty()) continue;
      reader.AddProblem("variables[" + std::to_string(i) + "].key", "twice",
                        "This key stands twice in the list.");
    }
  }
}

Provider DecodeProvider(ObjectReader& reader, const Assistant& before) {
  const auto provider = static_cast<Provider>(
      DecodeChoice(reader, "provider", kProviderNames, static_cast<int>(before.provider)));
  if (before.id == 0 && !reader.Has("provider")) {
    reader.AddProblem("provider", "required", "Give retell or vapi.");
  }
  if (before.id != 0 && provider != before.provider) {
    reader.AddProblem("provider", "read_only", "Make a new assistant for another provider.");
  }
  return provider;
}

}  // namespace

Json AssistantBodyJson(const Assistant& a) {
  Json variables = Json::array();
  for (const AssistantVariable& v : a.variables) {
    variables.push_back(
        {{"key", v.key}, {"default", v.default_value}, {"required", v.required}, {"help", v.help}});
  }
  return {{"name", a.name},
          {"provider", std::string(NameOf(a.provider))},
          {"external_id", TextOrNull(a.external_id)},
          {"inline", HasInline(a) ? InlineJson(a) : Json(nullptr)},
          {"caller_number", TextOrNull(a.caller_number)},
          {"phone_number_id", TextOrNull(a.phone_number_id)},
          {"variables", std::move(variables)}};
}

Json AssistantJson(const Assistant& a) {
  Json object = {{"id", a.id}, {"version", a.version}};
  object.update(AssistantBodyJson(a));
  object["lacks"] = TextOrNull(WhatAssistantLacks(a));
  object["created_at"] = TimeJson(a.created_at);
  object["updated_at"] = TimeJson(a.updated_at);
  return object;
}

bool ReadAssistant(const Json& value, Assistant* a) {
  if (!value.is_object()) return false;
  a->id = ReadInt(value, "id");
  a->version = ReadInt(value, "version");
  a->name = ReadText(value, "name");
  a->provider = static_cast<Provider>(ReadChoice(value, "provider", kProviderNames, 0));
  a->external_id = ReadText(value, "external_id");
  ReadInline(Member(value, "inline"), a);
  a->caller_number = ReadText(value, "caller_number");
  a->phone_number_id = ReadText(value, "phone_number_id");
  a->variables.clear();
  if (const Json& list = Member(value, "variables"); list.is_array()) {
    for (const Json& item : list) {
      a->variables.push_back({ReadText(item, "key"), ReadText(item, "default"),
                              ReadBool(item, "required"), ReadText(item, "help")});
    }
  }
  a->created_at = ReadTime(value, "created_at");
  a->updated_at = ReadTime(value, "updated_at");
  return true;
}

Status DecodeAssistant(const Json& body, Assistant* assistant) {
  ObjectReader reader(body, "");
  Assistant read = *assistant;
  TextOver(reader, "name", kMaxIdBytes, &read.name);
  if (read.name.empty()) reader.AddProblem("name", "required", "Give the assistant a name.");
  read.provider = DecodeProvider(reader, *assistant);
  TextOver(reader, "external_id", kMaxIdBytes, &read.external_id);
  if (const Json& in = reader.Object("inline"); in.is_object()) {
    const Status status = DecodeInline(in, &read);
    reader.AddProblems(status.fields());
  }
  TextOver(reader, "caller_number", kMaxIdBytes, &read.caller_number);
  TextOver(reader, "phone_number_id", kMaxIdBytes, &read.phone_number_id);
  DecodeVariableList(reader, &read.variables);
  RefuseReadOnly(reader, kReadOnly, "The server keeps this; leave it out.");
  LEADLINE_RETURN_IF_ERROR(reader.Finish());
  *assistant = std::move(read);
  return {};
}

Json SettingsBodyJson(const CallingSettings& s) {
  return {{"auto_calling", s.auto_calling},
          {"concurrency", s.concurrency},
          {"retell_concurrency", s.retell_concurrency},
          {"vapi_concurrency", s.vapi_concurrency},
          {"require_known_zone", s.require_known_zone},
          {"required_fields", NamesJson(s.required_fields)},
          {"default_region", s.default_region},
          {"simple_statuses", s.simple_statuses}};
}

Json SettingsJson(const CallingSettings& s) {
  Json object = {{"version", s.version}};
  object.update(SettingsBodyJson(s));
  return object;
}

bool ReadSettings(const Json& value, CallingSettings* s) {
  if (!value.is_object()) return false;
  s->version = ReadInt(value, "version", 1);
  s->auto_calling = ReadBool(value, "auto_calling", true);
  s->concurrency = static_cast<int>(ReadInt(value, "concurrency", 20));
  s->retell_concurrency = static_cast<int>(ReadInt(value, "retell_concurrency", 20));
  s->vapi_concurrency = static_cast<int>(ReadInt(value, "vapi_concurrency", 10));
  s->require_known_zone = ReadBool(value, "require_known_zone");
  s->required_fields = ReadNames(Member(value, "required_fields"));
  s->default_region = ReadText(value, "default_region");
  s->simple_statuses = ReadBool(value, "simple_statuses");
  return true;
}

Status DecodeSettings(const Json& body, CallingSettings* settings) {
  ObjectReader reader(body, "");
  CallingSettings read = *settings;
  read.auto_calling = reader.Bool("auto_calling", read.auto_calling);
  read.concurrency = static_cast<int>(reader.Int("concurrency", read.concurrency, 1, 1000));
  read.retell_concurrency =
      static_cast<int>(reader.Int("retell_concurrency", read.retell_concurrency, 0, 1000));
  read.vapi_concurrency =
      static_cast<int>(reader.Int("vapi_concurrency", read.vapi_concurrency, 0, 1000));
  read.require_known_zone = reader.Bool("require_known_zone", read.require_known_zone);
  read.required_fields = DecodeNames(reader, "required_fields", 100, read.required_fields);
  TextOver(reader, "default_region", 2, &read.default_region);
  read.simple_statuses = reader.Bool("simple_statuses", read.simple_statuses);
  constexpr std::array<std::string_view, 1> kVersion = {"version"};
  RefuseReadOnly(reader, kVersion, "Give the version in the If-Match header.");
  LEADLINE_RETURN_IF_ERROR(reader.Finish());
  *settings = std::move(read);
  return {};
}

}  // namespace leadline
