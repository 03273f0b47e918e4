// The offline half of the wizard: file, columns, problems. The worker does the work; see
// web/worker.js for its messages.
#include <algorithm>
#include <utility>

#include "client/state/apply.h"
#include "client/state/check_report.h"

namespace leadline {

Json CheckOptionsJson(const ImportState& import) {
  const CheckOptions& options = import.options;
  Json required = Json::array();
  if (options.require_name) required.push_back("name");
  if (options.require_email) required.push_back("email");
  Json mapping = Json::object();
  for (const auto& [column, field] : options.mapping) mapping[column] = field;
  Json types = Json::object();
  for (const auto& [column, type] : options.types) types[column] = type;
  Json json = {{"sheet", options.sheet},
               {"encoding", options.encoding},
               {"delimiter", options.delimiter},
               {"quote", options.quote},
               {"escape", options.escape},
               {"comment", options.comment},
               {"region", options.region},
               {"repairs", options.accept_repairs},
               {"duplicates", options.reject_duplicates},
               {"required", std::move(required)},
               {"mapping", std::move(mapping)},
               {"types", std::move(types)}};
  if (options.header) json["header"] = *options.header;
  if (!import.mends.empty()) json["mends"] = MendsJson(import.mends);
  return json;
}

namespace {

void Tell(Context& context, std::string_view type, int file = 0) {
  const Json message = {{"type", std::string(type)},
                        {"options", CheckOptionsJson(context.state.import)}};
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

// Columns with names that were seen before are set as they were then.
void RecallColumns(Context& context) {
  ImportState& import = context.state.import;
  if (!std::exchange(import.new_columns, false)) return;
  const ColumnChoices* kept = context.state.columns.Find(import.plan->columns);
  if (kept == nullptr) return;
  import.options.mapping = kept->mapping;
  import.options.types = kept->types;
  import.recalled = true;
  Plan(context);
}

void KeepColumns(Context& context) {
  const ImportState& import = context.state.import;
  ColumnMemory& memory = context.state.columns;
  if (!memory.Keep(import.plan->columns, {import.options.mapping, import.options.types})) return;
  context.effects.push_back(KeepEffect{kColumnMemoryKey, memory.ToText()});
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
         a.quote == b.quote && a.escape == b.escape && a.comment == b.comment &&
         a.header == b.header;
}

}  // namespace

void CheckFile(Context& context) {
  ImportState& import = context.state.import;
  if (import.checking) context.effects.push_back(WorkerEffect{R"({"type":"cancel"})"});
  DiscardUpload(context);
  import.report = CheckReport();
  import.mended_since = false;
  import.checking = true;
  import.error.clear();
  Tell(context, "check");
}

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
  import.new_columns = true;
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
    RecallColumns(context);
  } else if (type == "progress") {
    OnProgress(context, *json);
  } else if (type == "mended") {
    OnMended(context, *json);
  } else if (type == "row") {
    OnRowRead(context, *json);
  } else if (type == "saving") {
    const Json& done = Member(*json, "done");
    if (done.is_number()) import.save_done = done.get<double>();
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
  if (!SameLayout(before, set.options)) {
    import.options.mapping.clear();
    import.options.types.clear();
    import.new_columns = true;
    import.recalled = false;
    ForgetMends(context);
  }
  if (import.step == ImportStep::kProblems) return CheckFile(context);
  Plan(context);
}

void Apply(Context& context, const command::GuessColumns&) {
  ImportState& import = context.state.import;
  if (!import.plan || import.busy) return;
  import.options.mapping.clear();
  import.options.types.clear();
  import.recalled = false;
  KeepColumns(context);
  Plan(context);
}

void Apply(Context& context, const command::GoToImportStep& go) {
  ImportState& import = context.state.import;
  if (!import.plan || import.busy) return;
  import.step = go.step;
  if (go.step == ImportStep::kProblems) KeepColumns(context);
  if (go.step == ImportStep::kProblems && !import.checking && !import.report) CheckFile(context);
}

void Apply(Context& context, const command::CancelCheck&) {
  ImportState& import = context.state.import;
  if (!import.checking) return;
  context.effects.push_back(WorkerEffect{R"({"type":"cancel"})"});
  import.checking = false;
  import.pending_save.clear();
  import.report.reset();
  import.step = ImportStep::kColumns;
}

void Apply(Context& context, const command::SaveChecked& save) {
  if (context.state.import.mended_since) CheckFile(context);
  context.state.import.pending_save = save.what;
  context.state.import.save_done = 0;
  const Json message = {{"type", "save"}, {"what", save.what}};
  context.effects.push_back(WorkerEffect{DumpJson(message)});
}

void Apply(Context& context, const command::CancelSave&) {
  ImportState& import = context.state.import;
  if (import.pending_save.empty() || import.checking) return;
  context.effects.push_back(WorkerEffect{R"({"type":"cancel"})"});
  import.pending_save.clear();
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
