#include "server/service/import_plan.h"

#include <algorithm>
#include <utility>

#include "common/lead/variables.h"
#include "common/table/workbook_list.h"
#include "common/table/xlsx_workbook.h"
#include "server/base/file_source.h"

namespace leadline {
namespace {

constexpr size_t kReadBytes = 256 * 1024;

// What must be there so that a lead fills the variable.
std::string RequiredFieldOf(std::string_view variable) {
  const std::string_view field = StandardFieldOf(variable);
  return field.empty() ? "variable:" + std::string(variable) : std::string(field);
}

}  // namespace

void FreezeOptions(const CallingSettings& settings, const Assistant& assistant,
                   ImportOptions* options) {
  if (!options->has_region) {
    options->region = settings.default_region;
    options->has_region = true;
  }
  options->for_vapi = assistant.provider == Provider::kVapi;
  if (!options->required.has_value()) options->required = settings.required_fields;
  for (const AssistantVariable& v : assistant.variables) {
    // A default fills it for every lead.
    if (!v.required || !v.default_value.empty()) continue;
    std::string field = RequiredFieldOf(v.key);
    std::vector<std::string>& required = *options->required;
    if (std::find(required.begin(), required.end(), field) == required.end()) {
      required.push_back(std::move(field));
    }
  }
}

Result<ListOptions> ListOptionsOf(const ImportOptions& options) {
  ListOptions list;
  list.rules.default_region = options.region;
  if (options.required.has_value()) {
    LEADLINE_RETURN_IF_ERROR(SetRequired(*options.required, &list.rules));
  }
  if (!options.encoding.empty() && options.encoding != "auto") {
    list.encoding = EncodingFromName(options.encoding);
    if (!list.encoding.has_value()) {
      return Invalid("invalid_body", "encoding: This encoding is not known.",
                     {{"encoding", "unknown_choice", "Give one of " + EncodingNames() + "."}});
    }
  }
  LEADLINE_RETURN_IF_ERROR(SetDialect(
      {options.delimiter, options.quote, options.escape, options.comment}, &list.dialect));
  list.dialect.has_header = options.header;
  for (const auto& [header, field] : options.mapping) {
    if (const Result<Target> target = ParseTarget(field); !target.ok()) {
      return Invalid("invalid_body", target.status().message(),
                     {{"mapping." + header, target.status().slug(), target.status().message()}});
    }
    list.mapping[header] = field;
  }
  for (const auto& [header, spec] : options.types) {
    if (const Result<ColumnType> type = ParseColumnType(spec); !type.ok()) {
      return Invalid("invalid_body", type.status().message(),
                     {{"types." + header, type.status().slug(), type.status().message()}});
    }
    list.types[header] = spec;
  }
  list.rules.for_vapi = options.for_vapi;
  list.sheet = options.sheet;
  list.accept_repairs = options.accept_repairs;
  list.mends = options.mends;
  list.reject_duplicates = static_cast<DuplicateRule>(options.duplicates) != DuplicateRule::kKeep;
  return list;
}

Result<ListOptions> ListOptionsOf(const Import& import) {
  const Result<Json> body = ParseJson(import.options_json);
  if (!body.ok()) return Internal("The stored options of an import cannot be read.");
  ImportOptions options;
  LEADLINE_RETURN_IF_ERROR(DecodeImportOptions(*body, &options));
  return ListOptionsOf(options);
}

Result<ListSummary> CheckFile(const std::string& path, const ListOptions& options, CheckSink* sink,
                              const std::function<bool()>& stop) {
  const std::unique_ptr<FileSource> file = FileSource::Open(path);
  if (file == nullptr) {
    return Status(Code::kNotFound, "import_file_gone",
                  "The uploaded file of this import is no longer kept.");
  }
  std::string piece;
  const auto read = [&](uint64_t offset) {
    piece.resize(static_cast<size_t>(std::min<uint64_t>(kReadBytes, file->size() - offset)));
    return file->Read(offset, piece.data(), piece.size());
  };
  const Status broken =
      Unavailable("file_unreadable", "The uploaded file cannot be read to its end.");
  if (!read(0)) return broken;
  if (LooksLikeWorkbook(piece)) return CheckWorkbook(file.get(), options, sink, stop);
  ListChecker checker(options, sink);
  for (uint64_t offset = 0; offset < file->size(); offset += piece.size()) {
    if (stop()) return Refused("stopped", "The reading of the file was stopped.");
    if (!read(offset)) return broken;
    checker.Feed(piece);
  }
  return checker.Finish();
}

ImportRecord RecordOf(const Import& import) {
  ImportRecord record;
  record.id = import.id;
  record.name = import.name;
  record.campaign_id = import.campaign_id;
  record.state = kImportStateNames[static_cast<size_t>(import.state)];
  record.duplicates = kDuplicateRuleNames[static_cast<size_t>(import.duplicates)];
  record.file_bytes = import.file_bytes;
  record.rows_done = import.next_row;
  record.rows = import.counts.rows;
  record.created = import.counts.created;
  record.updated = import.counts.updated;
  record.skipped = import.counts.skipped;
  record.rejected = import.counts.rejected;
  record.problems = import.counts.problems;
  record.error = import.error;
  record.created_at = import.created_at;
  record.updated_at = import.updated_at;
  return record;
}

void AddPlan(const ListPlan& plan, ImportRecord* record) {
  for (const ColumnMapping& column : plan.mapping) {
    const bool typed = column.target.field == TargetField::kVariable;
    record->columns.push_back({column.header, TargetName(column.target), column.score,
                               typed ? ColumnTypeName(column.type) : "", column.type_score});
  }
  record->list_problems = plan.problems;
  record->sheet = plan.sheet;
  for (const SheetName& sheet : plan.sheets) record->sheets.push_back({sheet.name, sheet.hidden});
}

}  // namespace leadline
