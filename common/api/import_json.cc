#include "common/api/import_json.h"

#include <charconv>

#include "common/api/envelope.h"
#include "common/table/dialect.h"

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

void DecodeTypes(ObjectReader& reader, ImportOptions* options) {
  const Json& types = reader.Any("types");
  if (types.is_null()) return;
  if (!types.is_object() || types.size() > kMaxMappings) {
    reader.AddProblem("types", "not_types", "Give an object such as {\"Signed\":\"date:dmy\"}.");
    return;
  }
  for (const auto& item : types.items()) {
    if (!item.value().is_string()) {
      reader.AddProblem("types." + item.key(), "not_text", "Give the name of a type.");
      continue;
    }
    options->types[item.key()] = *item.value().get_ptr<const std::string*>();
  }
}

struct DialectMember {
  std::string_view name;
  std::string ImportOptions::*text;
};
constexpr DialectMember kDialectMembers[] = {{"delimiter", &ImportOptions::delimiter},
                                             {"quote", &ImportOptions::quote},
                                             {"escape", &ImportOptions::escape},
                                             {"comment", &ImportOptions::comment}};

void AddProblemsOf(const Status& status, ObjectReader& reader) {
  for (const FieldProblem& p : status.fields()) reader.AddProblem(p.path, p.code, p.message);
}

void DecodeDialect(ObjectReader& reader, ImportOptions* options) {
  DialectOverride dialect;
  for (const DialectMember& member : kDialectMembers) {
    // Not through Text, which would trim a tab or a space away.
    const Json& value = reader.Any(member.name);
    if (value.is_null()) continue;
    if (!value.is_string()) {
      reader.AddProblem(member.name, "not_a_character", "Give one character, such as \";\".");
      continue;
    }
    options->*member.text = *value.get_ptr<const std::string*>();
    if (options->*member.text == "auto") (options->*member.text).clear();
    AddProblemsOf(SetDialectPart(member.name, options->*member.text, &dialect), reader);
  }
  AddProblemsOf(CheckDialect(dialect), reader);
}

void DecodeReading(ObjectReader& reader, ImportOptions* options) {
  options->encoding = reader.Text("encoding", {.max_bytes = 40});
  // Not through Text, which would trim a name that has spaces around it.
  const Json& sheet = reader.Any("sheet");
  if (sheet.is_string()) options->sheet = *sheet.get_ptr<const std::string*>();
  if ((!sheet.is_null() && !sheet.is_string()) || options->sheet.size() > kMaxSheetNameBytes) {
    reader.AddProblem("sheet", "not_a_sheet", "Give the name of a sheet of the workbook.");
  }
  DecodeDialect(reader, options);
  if (reader.Any("header").is_boolean()) options->header = reader.Bool("header", true);
  if (!reader.Any("header").is_boolean() && !reader.Any("header").is_null()) {
    reader.AddProblem("header", "not_true_or_false", "true or false is expected here.");
  }
}

// A number of a row or column, as a key: from 1, of plain digits.
std::optional<uint64_t> NumberKey(std::string_view text, uint64_t max) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.size() > 15 || number == 0 ||
      number > max) {
    return std::nullopt;
  }
  return number;
}

void DecodeRowMend(ObjectReader& reader, std::string_view row_key, const Json& cells,
                   Mends* mends) {
  const auto row = NumberKey(row_key, kMaxId);
  RowMend mend;
  bool right = row.has_value() && cells.is_object() && cells.size() <= kMaxMendedCells;
  for (auto it = cells.begin(); right && it != cells.end(); ++it) {
    const auto column = NumberKey(it.key(), kMaxMendedCells);
    const auto* text = it.value().get_ptr<const std::string*>();
    right = column && text != nullptr && text->size() <= kMaxMendBytes;
    if (right) mend.cells[*column - 1] = *text;
  }
  if (!right) {
    return reader.AddProblem("rows." + std::string(row_key), "not_a_mend",
                             "Give a row's number and an object such as {\"2\":\"+14155551234\"}, "
                             "each text at most 4,000 bytes.");
  }
  mends->Set(*row, std::move(mend));
}

void DecodeReplacement(ObjectReader& mends, size_t index, const Json& value, Mends* out) {
  ObjectReader reader(value, mends.PathOf("replace") + "[" + std::to_string(index) + "]");
  Replacement r;
  r.column = static_cast<size_t>(reader.Int("column", 1, 1, kMaxMendedCells)) - 1;
  // Not through Text, which would trim: a space may be what is looked for.
  const auto text = [&reader](std::string_view key, std::string* to) {
    const Json& member = reader.Any(key);
    const auto* string = member.get_ptr<const std::string*>();
    if (string != nullptr && string->size() <= kMaxMendBytes) {
      *to = *string;
    } else if (!member.is_null()) {
      reader.AddProblem(key, "not_text", "Give a text of at most 4,000 bytes.");
    }
  };
  text("find", &r.find);
  text("with", &r.with);
  r.whole_cell = reader.Bool("whole_cell", false);
  if (const Status status = reader.Finish(); !status.ok()) mends.AddProblems(status.fields());
  out->replacements.push_back(std::move(r));
}

void DecodeMends(ObjectReader& options, Mends* out) {
  const Json& object = options.Object("mends");
  if (object.is_null()) return;
  ObjectReader reader(object, options.PathOf("mends"));
  const Json& rows = reader.Object("rows");
  if (rows.is_object() && rows.size() > kMaxMendedRows) {
    reader.AddProblem("rows", "too_many", "At most 5,000 rows can be mended by hand.");
  } else if (rows.is_object()) {
    for (auto it = rows.begin(); it != rows.end(); ++it) {
      DecodeRowMend(reader, it.key(), it.value(), out);
    }
  }
  for (const Json& row : reader.Array("left_out", kMaxMendedRows)) {
    const auto number = IntOf(row);
    if (number && *number > 0) {
      out->rows[static_cast<uint64_t>(*number)].left_out = true;
    } else {
      reader.AddProblem("left_out", "not_a_row", "Give the numbers of rows, from 1.");
    }
  }
  for (std::string& code : DecodeNames(reader, "repairs", 200, {})) {
    out->repairs.insert(std::move(code));
  }
  size_t index = 0;
  for (const Json& r : reader.Array("replace", kMaxReplacements)) {
    DecodeReplacement(reader, index++, r, out);
  }
  if (const Status status = reader.Finish(); !status.ok()) options.AddProblems(status.fields());
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

Json MendsJson(const Mends& mends) {
  Json rows = Json::object();
  Json left_out = Json::array();
  for (const auto& [number, mend] : mends.rows) {
    if (mend.left_out) left_out.push_back(number);
    if (mend.cells.empty()) continue;
    Json cells = Json::object();
    for (const auto& [column, text] : mend.cells) cells[std::to_string(column + 1)] = text;
    rows[std::to_string(number)] = std::move(cells);
  }
  Json replace = Json::array();
  for (const Replacement& r : mends.replacements) {
    replace.push_back(JsonObject({{"column", r.column + 1},
                                  {"find", r.find},
                                  {"with", r.with},
                                  {"whole_cell", r.whole_cell}}));
  }
  Json body = Json::object();
  if (!rows.empty()) body["rows"] = std::move(rows);
  if (!left_out.empty()) body["left_out"] = std::move(left_out);
  if (!mends.repairs.empty()) {
    body["repairs"] =
        NamesJson(std::vector<std::string>(mends.repairs.begin(), mends.repairs.end()));
  }
  if (!replace.empty()) body["replace"] = std::move(replace);
  return body;
}

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
  for (const auto& [header, type] : options.types) body["types"][header] = type;
  if (options.campaign_id != 0) body["campaign_id"] = options.campaign_id;
  if (options.has_region) body["region"] = options.region;
  if (options.for_vapi) body["for_vapi"] = true;
  if (!options.encoding.empty()) body["encoding"] = options.encoding;
  if (!options.sheet.empty()) body["sheet"] = options.sheet;
  for (const DialectMember& member : kDialectMembers) {
    if (!(options.*member.text).empty()) body[std::string(member.name)] = options.*member.text;
  }
  if (options.header.has_value()) body["header"] = *options.header;
  if (options.required.has_value()) body["required"] = NamesJson(*options.required);
  if (!options.mends.empty()) body["mends"] = MendsJson(options.mends);
  return body;
}

Status DecodeImportOptions(const Json& body, ImportOptions* options) {
  ObjectReader reader(body, "");
  ImportOptions read;
  read.name = reader.Text("name", {.max_bytes = 200});
  read.campaign_id = reader.Int("campaign_id", 0, 0, kMaxId);
  DecodeMapping(reader, &read);
  DecodeTypes(reader, &read);
  read.has_region = reader.Has("region") && !reader.IsNull("region");
  read.region = reader.Text("region", {.max_bytes = 2});
  read.duplicates = DecodeChoice(reader, "duplicates", kDuplicateRuleNames, 0);
  DecodeChoice(reader, "invalid", kInvalidRules, 0);
  DecodeReading(reader, &read);
  if (reader.Has("required")) read.required = DecodeNames(reader, "required", 200, {});
  read.accept_repairs = reader.Bool("accept_repairs", false);
  read.for_vapi = reader.Bool("for_vapi", false);
  DecodeMends(reader, &read.mends);
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
      columns.push_back({{"header", c.header},
                         {"field", c.field},
                         {"score", c.score},
                         {"type", TextOrNull(c.type)},
                         {"type_score", c.type_score}});
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
      import->columns.push_back({ReadText(c, "header"), ReadText(c, "field"),
                                 NumberOf(Member(c, "score")).value_or(0), ReadText(c, "type"),
                                 NumberOf(Member(c, "type_score")).value_or(0)});
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
