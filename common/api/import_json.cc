#include "common/api/import_json.h"

#include "common/api/envelope.h"

namespace leadline {
namespace {

constexpr size_t kMaxMappings = 1024;
constexpr size_t kMaxSheetNameBytes = 1000;
constexpr std::string_view kInvalidRules[] = {"hold"};

void DecodeMapping(ObjectReader& reader, ImportOptions* options) {
  const Json& mapping = reader.Any("mapping");
  if (mapping.is_null() || mapping == "auto") return;
  if (!mapping.is_object() || mapping.size() > kMaxMappings) {
    reader.AddProblem("mapping", "not_a_mapping",
                      "Give \"auto\", or an object such as {\"Telefon\":\"phone\"}.");
    return;
  }
  for (const auto& item : mapping.items()) {
    if (!item.value().is_string()) {
      reader.AddProblem("mapping." + item.key(), "not_text", "Give the name of a field.");
      continue;
    }
    options->mapping[item.key()] = *item.value().get_ptr<const std::string*>();
  }
}

void DecodeReading(ObjectReader& reader, ImportOptions* options) {
  options->encoding = reader.Text("encoding", {.max_bytes = 40});
  // Not through Text, which would trim a name that has spaces around it.
  const Json& sheet = reader.Any("sheet");
  if (sheet.is_string()) options->sheet = *sheet.get_ptr<const std::string*>();
  if ((!sheet.is_null() && !sheet.is_string()) || options->sheet.size() > kMaxSheetNameBytes) {
    reader.AddProblem("sheet", "not_a_sheet", "Give the name of a sheet of the workbook.");
  }
  // Not through Text, which would trim a tab away.
  const Json& delimiter = reader.Any("delimiter");
  if (delimiter.is_string()) options->delimiter = *delimiter.get_ptr<const std::string*>();
  if (options->delimiter == "auto") options->delimiter.clear();
  if ((!delimiter.is_null() && !delimiter.is_string()) || options->delimiter.size() > 1) {
    reader.AddProblem("delimiter", "not_a_character", "Give one character, such as \";\".");
  }
  if (reader.Any("header").is_boolean()) options->header = reader.Bool("header", true);
  if (!reader.Any("header").is_boolean() && !reader.Any("header").is_null()) {
    reader.AddProblem("header", "not_true_or_false", "true or false is expected here.");
  }
}

void AddSheets(const ImportRecord& import, Json* object) {
  Json sheets = Json::array();
  for (const ImportSheet& sheet : import.sheets) {
    sheets.push_back({{"name", sheet.name}, {"hidden", sheet.hidden}});
  }
  (*object)["sheet"] = import.sheet;
  (*object)["sheets"] = std::move(sheets);
  (*object)["notes"] = FieldProblemsJson(import.notes);
}

}  // namespace

Json ImportOptionsJson(const ImportOptions& options) {
  Json mapping = "auto";
  if (!options.mapping.empty()) {
    mapping = Json::object();
    for (const auto& [header, field] : options.mapping) mapping[header] = field;
  }
  Json body = {{"name", options.name},
               {"mapping", std::move(mapping)},
               {"duplicates", std::string(kDuplicateRuleNames[options.duplicates])},
               {"accept_repairs", options.accept_repairs}};
  if (options.campaign_id != 0) body["campaign_id"] = options.campaign_id;
  if (options.has_region) body["region"] = options.region;
  if (!options.encoding.empty()) body["encoding"] = options.encoding;
  if (!options.sheet.empty()) body["sheet"] = options.sheet;
  if (!options.delimiter.empty()) body["delimiter"] = options.delimiter;
  if (options.header.has_value()) body["header"] = *options.header;
  if (options.required.has_value()) body["required"] = NamesJson(*options.required);
  return body;
}

Status DecodeImportOptions(const Json& body, ImportOptions* options) {
  ObjectReader reader(body, "");
  ImportOptions read;
  read.name = reader.Text("name", {.max_bytes = 200});
  read.campaign_id = reader.Int("campaign_id", 0, 0, kMaxId);
  DecodeMapping(reader, &read);
  read.has_region = reader.Has("region") && !reader.IsNull("region");
  read.region = reader.Text("region", {.max_bytes = 2});
  read.duplicates = DecodeChoice(reader, "duplicates", kDuplicateRuleNames, 0);
  DecodeChoice(reader, "invalid", kInvalidRules, 0);
  DecodeReading(reader, &read);
  if (reader.Has("required")) read.required = DecodeNames(reader, "required", 200, {});
  read.accept_repairs = reader.Bool("accept_repairs", false);
  LEADLINE_RETURN_IF_ERROR(reader.Finish());
  *options = std::move(read);
  return {};
}

Json ImportJson(const ImportRecord& import) {
  Json problems = Json::object();
  for (const auto& [code, rows] : import.problems) problems[code] = rows;
  Json object = {{"id", import.id},
                 {"name", import.name},
                 {"campaign_id", import.campaign_id},
                 {"state", import.state},
                 {"duplicates", import.duplicates},
                 {"file_bytes", import.file_bytes},
                 {"rows_done", import.rows_done},
                 {"rows", import.rows},
                 {"created", import.created},
                 {"updated", import.updated},
                 {"skipped", import.skipped},
                 {"rejected", import.rejected},
                 {"problems", std::move(problems)},
                 {"error", TextOrNull(import.error)},
                 {"created_at", TimeJson(import.created_at)},
                 {"updated_at", TimeJson(import.updated_at)}};
  if (!import.columns.empty() || !import.list_problems.empty()) {
    Json columns = Json::array();
    for (const ImportColumn& c : import.columns) {
      columns.push_back({{"header", c.header}, {"field", c.field}, {"score", c.score}});
    }
    object["columns"] = std::move(columns);
    object["list_problems"] = FieldProblemsJson(import.list_problems);
  }
  if (!import.sheets.empty()) AddSheets(import, &object);
  return object;
}

bool ReadImport(const Json& value, ImportRecord* import) {
  if (!value.is_object()) return false;
  import->id = ReadInt(value, "id");
  import->name = ReadText(value, "name");
  import->campaign_id = ReadInt(value, "campaign_id");
  import->state = ReadText(value, "state");
  import->duplicates = ReadText(value, "duplicates");
  import->file_bytes = ReadInt(value, "file_bytes");
  import->rows_done = ReadInt(value, "rows_done");
  import->rows = ReadInt(value, "rows");
  import->created = ReadInt(value, "created");
  import->updated = ReadInt(value, "updated");
  import->skipped = ReadInt(value, "skipped");
  import->rejected = ReadInt(value, "rejected");
  import->problems.clear();
  if (const Json& problems = Member(value, "problems"); problems.is_object()) {
    for (const auto& item : problems.items()) {
      import->problems.emplace_back(item.key(), IntOf(item.value()).value_or(0));
    }
  }
  import->error = ReadText(value, "error");
  import->created_at = ReadTime(value, "created_at");
  import->updated_at = ReadTime(value, "updated_at");
  import->columns.clear();
  if (const Json& columns = Member(value, "columns"); columns.is_array()) {
    for (const Json& c : columns) {
      import->columns.push_back(
          {ReadText(c, "header"), ReadText(c, "field"), NumberOf(Member(c, "score")).value_or(0)});
    }
  }
  import->list_problems = ReadFieldProblems(Member(value, "list_problems"));
  import->sheet = TextOr(value, "sheet");
  import->sheets.clear();
  if (const Json& sheets = Member(value, "sheets"); sheets.is_array()) {
    for (const Json& s : sheets) {
      import->sheets.push_back({ReadText(s, "name"), ReadBool(s, "hidden", false)});
    }
  }
  import->notes = ReadFieldProblems(Member(value, "notes"));
  return true;
}

Json UndoJson(const UndoRecord& undo) {
  Json kept = Json::array();
  for (LeadId id : undo.kept_leads) kept.push_back(id);
  return {{"import", ImportJson(undo.import)},
          {"removed", undo.removed},
          {"restored", undo.restored},
          {"kept", undo.kept},
          {"kept_leads", std::move(kept)}};
}

bool ReadUndo(const Json& value, UndoRecord* undo) {
  if (!ReadImport(Member(value, "import"), &undo->import)) return false;
  undo->removed = ReadInt(value, "removed");
  undo->restored = ReadInt(value, "restored");
  undo->kept = ReadInt(value, "kept");
  undo->kept_leads.clear();
  if (const Json& kept = Member(value, "kept_leads"); kept.is_array()) {
    for (const Json& id : kept) undo->kept_leads.push_back(IntOf(id).value_or(0));
  }
  return true;
}

}  // namespace leadline
