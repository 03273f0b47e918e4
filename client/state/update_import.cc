// The offline half of the wizard: file, columns, problems. The worker does the work; see
// web/worker.js for its messages.
#include <algorithm>

#include "client/state/apply.h"

namespace leadline {
namespace {

Json OptionsJson(const CheckOptions& options) {
  Json required = Json::array();
  if (options.require_name) required.push_back("name");
  if (options.require_email) required.push_back("email");
  Json mapping = Json::object();
  for (const auto& [column, field] : options.mapping) mapping[column] = field;
  Json json = {{"sheet", options.sheet},
               {"encoding", options.encoding},
               {"delimiter", options.delimiter},
               {"region", options.region},
               {"repairs", options.accept_repairs},
               {"duplicates", options.reject_duplicates},
               {"required", std::move(required)},
               {"mapping", std::move(mapping)}};
  if (options.header) json["header"] = *options.header;
  return json;
}

void Tell(Context& context, std::string_view type, int file = 0) {
  const Json message = {{"type", std::string(type)},
                        {"options", OptionsJson(context.state.import.options)}};
  context.effects.push_back(WorkerEffect{DumpJson(message), file});
}

void Plan(Context& context) {
  ImportState& import = context.state.import;
  if (import.checking) context.effects.push_back(WorkerEffect{R"({"type":"cancel"})"});
  import.checking = false;
  import.report.reset();
  import.planning = true;
  Tell(context, "plan");
}

void Check(Context& context) {
  ImportState& import = context.state.import;
  if (import.checking) context.effects.push_back(WorkerEffect{R"({"type":"cancel"})"});
  import.report = CheckReport();
  import.checking = true;
  import.error.clear();
  Tell(context, "check");
}

FilePlan ReadPlan(const Json& json) {
  FilePlan plan;
  plan.sheet = TextOr(json, "sheet");
  if (const Json& sheets = Member(json, "sheets"); sheets.is_array()) {
    for (const Json& item : sheets) {
      plan.sheets.push_back({ReadText(item, "name"), ReadBool(item, "hidden")});
    }
  }
  plan.encoding = ReadText(json, "encoding");
  plan.encoding_percent = static_cast<int>(ReadInt(json, "encoding_score"));
  plan.delimiter = TextOr(json, "delimiter");
  plan.header = ReadBool(json, "header", true);
  plan.problems = ReadFieldProblems(Member(json, "problems"));
  if (const Json& columns = Member(json, "columns"); columns.is_array()) {
    for (const Json& item : columns) {
      plan.columns.push_back({ReadText(item, "header"), ReadText(item, "target"),
                              static_cast<int>(ReadInt(item, "score")), ReadBool(item, "report"),
                              ReadNames(Member(item, "samples"))});
    }
  }
  return plan;
}

RowProblem ReadRowProblem(const Json& item, int64_t id) {
  return {.id = id,
          .row = ReadInt(item, "row"),
          .path = ReadText(item, "path"),
          .code = ReadText(item, "code"),
          .value = ReadText(item, "value"),
          .proposal = ReadText(item, "proposal"),
          .note = ReadText(item, "note"),
          .safe = ReadBool(item, "safe"),
          .error = ReadBool(item, "error", true)};
}

void TakeProgress(const Json& json, CheckReport* report) {
  report->rows = ReadInt(json, "rows");
  report->accepted = ReadInt(json, "accepted");
  report->rejected = ReadInt(json, "rejected");
  report->repaired = ReadInt(json, "repaired");
  report->blank = ReadInt(json, "blank");
  report->unreadable = ReadInt(json, "unreadable");
  report->bytes = ReadInt(json, "bytes");
  report->ms = ReadInt(json, "ms");
  report->done = ReadBool(json, "done");
  report->notes = ReadNames(Member(json, "notes"));
  if (const Json& problems = Member(json, "problems"); problems.is_object()) {
    for (const auto& item : problems.items()) {
      report->problems[item.key()] = IntOf(item.value()).value_or(0);
    }
  }
  if (const Json& shown = Member(json, "shown"); shown.is_array()) {
    for (const Json& item : shown) {
      report->shown.push_back(ReadRowProblem(item, static_cast<int64_t>(report->shown.size())));
    }
  }
}

void OnProgress(Context& context, const Json& json) {
  ImportState& import = context.state.import;
  if (!import.checking || !import.report) return;  // of a check that was ended
  TakeProgress(json, &*import.report);
  if (!import.report->done) return;
  import.checking = false;
  context.effects.push_back(AnnounceEffect{
      "Check finished. " + std::to_string(import.report->accepted) + " rows are fine, " +
      std::to_string(import.report->rejected) + " have a problem."});
}

std::string SaveName(const ImportState& import, std::string_view what) {
  std::string name = import.file_name.substr(0, import.file_name.rfind('.'));
  return name + (what == "rejects" ? "-rejects.csv" : "-clean.csv");
}

// What of the options decides how a row is judged, not how the file is split into cells.
bool SameLayout(const CheckOptions& a, const CheckOptions& b) {
  return a.sheet == b.sheet && a.encoding == b.encoding && a.delimiter == b.delimiter &&
         a.header == b.header;
}

}  // namespace

void ChooseFile(Context& context, int handle, std::string_view name, int64_t bytes) {
  ImportState& import = context.state.import;
  if (import.busy) {  // an import is under way: its file stays
    context.effects.push_back(ReleaseFileEffect{handle});
    return context.Notify("An import is under way. Wait until it is done.", NoticeTone::kWarning);
  }
  Apply(context, command::NewImport{});
  import.file = handle;
  import.file_name = name;
  import.file_bytes = bytes;
  import.name = name;
  if (const CallingSettings* settings = context.state.settings.value()) {
    const std::vector<std::string>& fields = settings->required_fields;
    import.options.region = settings->default_region;
    import.options.require_name = std::count(fields.begin(), fields.end(), "name") > 0;
    import.options.require_email = std::count(fields.begin(), fields.end(), "email") > 0;
  }
  import.step = ImportStep::kColumns;
  import.planning = true;
  context.effects.push_back(StartWorkerEffect{});
  Tell(context, "open", handle);
  if (context.state.route.screen == Screen::kImport) return;
  Route route;
  route.screen = Screen::kImport;
  EnterRoute(context, route);
  context.effects.push_back(SetHashEffect{FormatRoute(route), false});
}

void OnCheckMessage(Context& context, std::string_view text) {
  constexpr size_t kMaxNodes = 1000000;
  const Result<Json> json = ParseJson(text, kMaxNodes);
  if (!json.ok()) return;
  ImportState& import = context.state.import;
  const std::string_view type = TextOr(*json, "type");
  if (type == "plan") {
    import.planning = false;
    import.error.clear();
    import.plan = ReadPlan(Member(*json, "plan"));
  } else if (type == "progress") {
    OnProgress(context, *json);
  } else if (type == "file") {
    import.pending_save.clear();
    context.effects.push_back(
        DownloadEffect{ReadText(*json, "url"), SaveName(import, TextOr(*json, "what"))});
  } else if (type == "failed") {
    OnCheckFailed(context, TextOr(*json, "message"));
  }
}

void OnCheckFailed(Context& context, std::string_view message) {
  ImportState& import = context.state.import;
  import.planning = false;
  import.checking = false;
  import.pending_save.clear();
  import.error = message;
  if (!import.plan) import.step = ImportStep::kFile;
}

void Apply(Context& context, const command::SetCheckOptions& set) {
  ImportState& import = context.state.import;
  const CheckOptions before = import.options;
  import.options = set.options;
  // Another layout gives other columns: choices made for the old ones mean nothing.
  if (!SameLayout(before, set.options)) import.options.mapping.clear();
  if (import.step == ImportStep::kProblems) return Check(context);
  Plan(context);
}

void Apply(Context& context, const command::GoToImportStep& go) {
  ImportState& import = context.state.import;
  if (!import.plan || import.busy) return;
  import.step = go.step;
  if (go.step == ImportStep::kProblems && !import.checking && !import.report) Check(context);
}

void Apply(Context& context, const command::CancelCheck&) {
  ImportState& import = context.state.import;
  if (!import.checking) return;
  context.effects.push_back(WorkerEffect{R"({"type":"cancel"})"});
  import.checking = false;
  import.report.reset();
  import.step = ImportStep::kColumns;
}

void Apply(Context& context, const command::SaveChecked& save) {
  context.state.import.pending_save = save.what;
  const Json message = {{"type", "save"}, {"what", save.what}};
  context.effects.push_back(WorkerEffect{DumpJson(message)});
}

void Apply(Context& context, const command::NewImport&) {
  ImportState& import = context.state.import;
  if (import.file != 0) {
    context.effects.push_back(StopWorkerEffect{});
    context.effects.push_back(ReleaseFileEffect{import.file});
  }
  import = ImportState();
}

}  // namespace leadline
