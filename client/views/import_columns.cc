// Step "Columns": how the file was read, and what each column holds.
#include <iterator>

#include "client/views/import_steps.h"
#include "common/lead/validate.h"
#include "common/table/mapping.h"

namespace leadline {
namespace {

constexpr std::string_view kEncodings[] = {"utf-8", "windows-1252", "iso-8859-1", "utf-16le",
                                           "utf-16be"};
constexpr std::string_view kEncodingTitles[] = {"UTF-8", "Windows-1252", "ISO 8859-1 (Latin-1)",
                                                "UTF-16 LE", "UTF-16 BE"};
constexpr std::string_view kDelimiterChars[] = {",", ";", "\t", "|"};
constexpr std::string_view kDelimiterTitles[] = {"Comma", "Semicolon", "Tab", "Vertical bar"};

// The fields that are offered for a column; a variable is named after its column.
constexpr std::string_view kFields[] = {"ignore", "name",  "first_name", "last_name",
                                        "phone",  "email", "company",    "timezone"};
constexpr int kSecondaries = 3;

template <size_t N>
int Find(const std::string_view (&list)[N], std::string_view text) {
  for (size_t i = 0; i < N; ++i) {
    if (list[i] == text) return static_cast<int>(i);
  }
  return -1;
}

template <size_t N>
ui::Options OptionsOf(const std::string_view (&titles)[N]) {
  ui::Options options;
  for (const std::string_view title : titles) options.push_back({title});
  return options;
}

// Which sheet of a workbook. Hidden ones are left out, but for one that is being read.
bool SheetField(const FilePlan& plan, CheckOptions* options) {
  std::vector<const SheetChoice*> shown;
  for (const SheetChoice& sheet : plan.sheets) {
    if (!sheet.hidden || sheet.name == plan.sheet) shown.push_back(&sheet);
  }
  if (shown.size() < 2) return false;
  ui::Options titles;
  int chosen = 0;
  for (const SheetChoice* sheet : shown) {
    if (sheet->name == plan.sheet) chosen = static_cast<int>(titles.size());
    titles.push_back({sheet->name});
  }
  ui::NextColumn();
  if (!ui::Select(
          "Sheet", titles, &chosen,
          {.hint = options->sheet.empty() ? "The first of the workbook" : "Chosen by you"})) {
    return false;
  }
  options->sheet = shown[static_cast<size_t>(chosen)]->name;
  return true;
}

// How the text is written; a workbook says so itself.
bool TextFields(const FilePlan& plan, CheckOptions* chosen) {
  CheckOptions& options = *chosen;
  bool changed = false;
  ui::NextColumn();
  int encoding = Find(kEncodings, plan.encoding);
  const std::string sure = "Detected, " + std::to_string(plan.encoding_percent) + " % sure";
  if (ui::Select("Encoding", OptionsOf(kEncodingTitles), &encoding,
                 {.hint = options.encoding.empty() ? std::string_view(sure) : "Chosen by you"})) {
    options.encoding = kEncodings[encoding];
    changed = true;
  }
  ui::NextColumn();
  int delimiter = Find(kDelimiterChars, plan.delimiter);
  if (ui::Select("Columns are separated by", OptionsOf(kDelimiterTitles), &delimiter,
                 {.hint = options.delimiter.empty() ? "Detected" : "Chosen by you"})) {
    options.delimiter = kDelimiterChars[delimiter];
    changed = true;
  }
  return changed;
}

void Reading(const View& view, const FilePlan& plan) {
  CheckOptions options = view.state.import.options;
  ui::BeginColumns("Reading", 4, 190);
  bool changed = plan.sheets.empty() ? TextFields(plan, &options) : SheetField(plan, &options);
  ui::NextColumn();
  int header = plan.header ? 0 : 1;
  if (ui::Select("First row", {{"Has the column names"}, {"Is already a lead"}}, &header,
                 {.hint = options.header ? "Chosen by you" : "Detected"})) {
    options.header = header == 0;
    changed = true;
  }
  ui::NextColumn();
  std::string region = options.region;
  if (ui::TextField("Country of national numbers", &region,
                    {.hint = "Two letters, such as US. Empty: only +numbers are read",
                     .placeholder = "None",
                     .max_length = 2})) {
    for (char& c : region) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    options.region = region;
    changed = true;
  }
  ui::EndColumns();
  if (changed) view.Push(command::SetCheckOptions{options});
}

struct FieldChoices {
  std::vector<std::string> targets;
  std::vector<std::string> titles;
};
FieldChoices ChoicesFor(const PlanColumn& column, size_t index) {
  FieldChoices choices;
  const auto add = [&choices](std::string target) {
    choices.titles.push_back(TargetTitle(target));
    choices.targets.push_back(std::move(target));
  };
  for (const std::string_view field : kFields) add(std::string(field));
  add("variable:" + VariableKey(column.header, index));
  for (int i = 1; i <= kSecondaries; ++i) {
    add("secondary_phone_" + std::to_string(i));
    add("secondary_" + std::to_string(i) + "_name");
  }
  for (const std::string& target : choices.targets) {
    if (target == column.target) return choices;
  }
  add(column.target);
  return choices;
}

void ColumnCard(const View& view, const PlanColumn& column, size_t index) {
  const FieldChoices choices = ChoicesFor(column, index);
  ui::Options options;
  int chosen = 0;
  for (size_t i = 0; i < choices.targets.size(); ++i) {
    options.push_back({choices.titles[i]});
    if (choices.targets[i] == column.target) chosen = static_cast<int>(i);
  }
  const std::string key = std::to_string(index + 1);
  const bool by_user = view.state.import.options.mapping.count(key) != 0;
  const bool unused = column.target == "ignore";
  std::string hint = by_user  ? "Chosen by you"
                     : unused ? "Left out of the import"
                              : "Guessed, " + std::to_string(column.score_percent) + " % sure";
  if (column.report) hint = "From a reject file: left out";
  const std::string label = column.header.empty() ? "Column " + key : column.header;
  if (ui::Select(label + "##column" + key, options, &chosen, {.hint = hint})) {
    CheckOptions next = view.state.import.options;
    next.mapping[key] = choices.targets[static_cast<size_t>(chosen)];
    view.Push(command::SetCheckOptions{next});
  }
  std::string samples;
  for (const std::string& sample : column.samples)
    samples += (samples.empty() ? "" : "  ·  ") + sample;
  ui::LineText(samples.empty() ? "No values" : samples, 0, ui::Tone::kNeutral, true);
  ui::Gap(ui::kSpaceS);
}

void Problems(const FilePlan& plan) {
  for (const FieldProblem& problem : plan.problems) {
    ui::Banner(problem.message, ui::Tone::kWarning, {}, false,
               problem.path.empty() ? std::string_view() : std::string_view(problem.path));
  }
}

}  // namespace

std::string EncodingTitle(std::string_view encoding) {
  const int at = Find(kEncodings, encoding);
  return std::string(at < 0 ? encoding : kEncodingTitles[at]);
}

std::string_view DelimiterTitle(std::string_view delimiter) {
  const int at = Find(kDelimiterChars, delimiter);
  return at < 0 ? delimiter : kDelimiterTitles[at];
}

std::string TargetTitle(std::string_view target) {
  constexpr std::string_view kVariable = "variable:";
  if (target == "ignore") return "Leave out";
  if (target == "timezone") return "Time zone";
  if (target.substr(0, kVariable.size()) == kVariable) {
    return "Variable: " + std::string(target.substr(kVariable.size()));
  }
  constexpr std::string_view kPhone = "secondary_phone_";
  if (target.substr(0, kPhone.size()) == kPhone) {
    return "Other phone " + std::string(target.substr(kPhone.size()));
  }
  constexpr std::string_view kSecond = "secondary_";
  if (target.substr(0, kSecond.size()) == kSecond) {
    const std::string_view rest = target.substr(kSecond.size());
    return "Name of other phone " + std::string(rest.substr(0, rest.find('_')));
  }
  return Title(target);
}

std::string ProblemTitle(std::string_view code) {
  const ProblemKind kind = FindProblem(code);
  return kind.message.empty() ? Title(code) : std::string(kind.message);
}

void ColumnsStep(const View& view) {
  const ImportState& import = view.state.import;
  if (!import.plan) return ui::Skeleton("Reading the file", 6);
  const FilePlan& plan = *import.plan;
  Problems(plan);
  ui::BeginCard("How the file is read");
  Reading(view, plan);
  ui::EndCard();
  ui::BeginCard("What the columns hold",
                "Three values of each are shown. A column that fits no "
                "field becomes a variable of the lead.");
  ui::BeginColumns("Columns", 3, 260);
  for (size_t i = 0; i < plan.columns.size(); ++i) {
    ui::NextColumn();
    ColumnCard(view, plan.columns[i], i);
  }
  ui::EndColumns();
  ui::EndCard();
  ui::BeginRow();
  ui::RowSpacer();
  if (ui::Button("Check the rows", {.kind = ui::ButtonKind::kPrimary, .busy = import.planning})) {
    view.Push(command::GoToImportStep{ImportStep::kProblems});
  }
  ui::EndRow();
}

}  // namespace leadline
