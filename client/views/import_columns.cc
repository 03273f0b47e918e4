// Step "Columns": how the file was read, and what each column holds.
#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "client/views/import_steps.h"
#include "common/lead/validate.h"
#include "common/table/encoding.h"
#include "common/table/mapping.h"

namespace leadline {
namespace {

// A part of the dialect: the texts it is chosen by, and what people call them.
struct Choice {
  std::string_view text;
  std::string_view title;
};
constexpr Choice kDelimiters[] = {
    {",", "Comma"},
    {";", "Semicolon"},
    {"\t", "Tab"},
    {"|", "Vertical bar"},
    {"^", "Caret ^"},
    {"~", "Tilde ~"},
    {":", "Colon"},
    {"/", "Slash"},
    {" ", "Space"},
    {"\\x01", "Control character 1 (SOH)"},
    {"\\x1f", "Control character 31 (US)"},
};
constexpr Choice kQuotes[] = {
    {"\"", "Double quotes \""}, {"'", "Single quotes '"}, {"none", "Nothing: quotes are text"}};
constexpr Choice kEscapes[] = {{"none", "Doubling them"}, {"\\", "A backslash \\ too"}};
constexpr Choice kComments[] = {{"none", "Are rows"}, {"#", "Are skipped if they begin with #"}};

// The fields that are offered for a column; a variable is named after its column.
constexpr std::string_view kFields[] = {"ignore", "name",    "first_name", "last_name", "phone",
                                        "email",  "company", "timezone",   "country"};
constexpr int kSecondaries = 3;

// A list of the choices, and of what the file has if that is another one. True when `chosen`
// changed.
bool ChoosePart(std::string_view label, std::span<const Choice> choices,
                const std::string& detected, std::string* chosen) {
  ui::Options options;
  std::vector<std::string_view> texts;
  for (const Choice& choice : choices) {
    options.push_back({choice.title});
    texts.push_back(choice.text);
  }
  auto at = std::find(texts.begin(), texts.end(), detected);
  if (at == texts.end()) {
    options.push_back({detected});
    at = texts.insert(at, detected);
  }
  int index = static_cast<int>(at - texts.begin());
  if (!ui::Select(label, options, &index,
                  {.hint = chosen->empty() ? "Detected" : "Chosen by you"})) {
    return false;
  }
  *chosen = texts[static_cast<size_t>(index)];
  return true;
}

ui::Options EncodingOptions() {
  ui::Options options;
  for (size_t i = 0; i < kEncodingCount; ++i) {
    options.push_back({EncodingTitle(static_cast<Encoding>(i))});
  }
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
  const auto known = EncodingFromName(plan.encoding);
  int encoding = known ? static_cast<int>(*known) : -1;
  const std::string sure = "Detected, " + std::to_string(plan.encoding_percent) + " % sure";
  if (ui::Select("Encoding", EncodingOptions(), &encoding,
                 {.hint = options.encoding.empty() ? std::string_view(sure) : "Chosen by you"})) {
    options.encoding = EncodingName(static_cast<Encoding>(encoding));
    changed = true;
  }
  ui::NextColumn();
  changed |=
      ChoosePart("Columns are separated by", kDelimiters, plan.delimiter, &options.delimiter);
  return changed;
}

bool QuoteFields(const FilePlan& plan, CheckOptions* options) {
  ui::NextColumn();
  bool changed = ChoosePart("Cells are enclosed in", kQuotes, plan.quote, &options->quote);
  ui::NextColumn();
  changed |= ChoosePart("Quotes in cells are written by", kEscapes, plan.escape, &options->escape);
  ui::NextColumn();
  return ChoosePart("Lines before the header", kComments, plan.comment, &options->comment) ||
         changed;
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
  if (plan.sheets.empty()) changed |= QuoteFields(plan, &options);
  ui::EndColumns();
  if (changed) view.Push(command::SetCheckOptions{options});
}

// The types that are offered for a variable. A choice is only guessed: its values cannot be written
// here.
constexpr Choice kTypes[] = {
    {"text", "Text"},
    {"number", "Number"},
    {"number:point", "Number 1,234.56"},
    {"number:comma", "Number 1.234,56"},
    {"date", "Date"},
    {"date:dmy", "Date, day/month/year"},
    {"date:mdy", "Date, month/day/year"},
    {"date:ymd", "Date, year-month-day"},
    {"datetime", "Date and time"},
    {"datetime:dmy", "Date and time, day/month"},
    {"datetime:mdy", "Date and time, month/day"},
    {"yes_no", "Yes or no"},
    {"choice", "Choice"},
    {"url", "Web address"},
    {"email", "Email"},
    {"phone", "Phone"},
};

// The values of a variable in the one form of their type; a guess can be changed.
void TypeChoice(const View& view, const PlanColumn& column, const std::string& label,
                const std::string& key) {
  if (column.type.empty()) return;
  const bool by_user = view.state.import.options.types.count(key) != 0;
  const std::string hint = by_user ? "Chosen by you; what does not fit is held back"
                           : column.type == "text"
                               ? "Values are kept as they are"
                               : "Guessed; what does not fit is kept, with a warning";
  ui::Options options;
  int chosen = -1;
  for (const Choice& type : kTypes) {
    if (type.text == column.type) chosen = static_cast<int>(options.size());
    options.push_back({type.title});
  }
  if (ui::Select("Type of " + label + "##type" + key, options, &chosen, {.hint = hint})) {
    CheckOptions next = view.state.import.options;
    next.types[key] = kTypes[chosen].text;
    view.Push(command::SetCheckOptions{next});
  }
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
    next.types.erase(key);  // only a variable has a type
    view.Push(command::SetCheckOptions{next});
  }
  TypeChoice(view, column, label, key);
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
  if (import.recalled &&
      ui::Banner("The columns are set as you set them for the last list with these headers.",
                 ui::Tone::kInfo, "Guess them anew") == ui::BannerResult::kAction) {
    view.Push(command::GuessColumns{});
  }
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
