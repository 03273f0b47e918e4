// The half of the wizard with the server: dry run, import, undo.
#include "client/state/apply.h"

namespace leadline {
namespace {

std::string ImportPath(ImportId id, std::string_view rest = "") {
  return std::string(kApi) + "/imports/" + std::to_string(id) + std::string(rest);
}

// Exactly what was checked here: nothing is left to be detected again.
ImportOptions OptionsOf(const ImportState& import) {
  ImportOptions options;
  options.name = import.name;
  options.campaign_id = import.campaign_id;
  options.region = import.options.region;
  options.has_region = true;
  options.duplicates = import.duplicates;
  options.sheet = import.plan->sheet;
  options.encoding = import.plan->encoding;
  options.delimiter = import.plan->delimiter;
  options.quote = import.plan->quote;
  options.escape = import.plan->escape;
  options.comment = import.plan->comment;
  options.header = import.plan->header;
  options.accept_repairs = import.options.accept_repairs;
  options.mends = import.mends;
  options.required.emplace();
  if (import.options.require_name) options.required->push_back("name");
  if (import.options.require_email) options.required->push_back("email");
  // Guessed types are guessed again, from the same rows: what misses a guess is only a warning.
  options.types = import.options.types;
  for (size_t i = 0; i < import.plan->columns.size(); ++i) {
    options.mapping[std::to_string(i + 1)] = import.plan->columns[i].target;
  }
  return options;
}

// Ends the step with the server: what is shown next is the import, or why not.
void Take(Context& context, const Result<ImportRecord>& record) {
  ImportState& import = context.state.import;
  import.busy = false;
  if (record.ok()) {
    import.remote.Set(*record);
    if (record->state == "failed") import.problem = Internal(record->error);
  } else {
    import.problem = record.status();
  }
}

void SendFile(Context& context, ImportId id) {
  ImportState& import = context.state.import;
  const int request =
      context.Send({.method = "PUT", .path = ImportPath(id, "/file"), .file = import.file},
                   [](Context& c, const Reply& reply) { Take(c, DecodeImport(reply)); });
  import.upload_request = request;
}

void Watch(Context& context, ImportId id) {
  context.Get(ImportPath(id), [id](Context& c, const Reply& reply) {
    const Result<ImportRecord> record = DecodeImport(reply);
    const ImportRecord* mine = c.state.import.remote.value();
    if (!record.ok() || mine == nullptr || mine->id != id) return;
    c.state.import.remote.Set(*record);
    if (record->state == "committing") return c.Refresh(Topic::kImports, 500);
    c.state.import.busy = false;
    if (record->state == "committed") c.state.import.step = ImportStep::kDone;
    if (record->state == "failed") c.state.import.problem = Internal(record->error);
    c.Refresh(Topic::kSummary, 0);
  });
}

}  // namespace

void DiscardUpload(Context& context) {
  ImportState& import = context.state.import;
  const ImportRecord* record = import.remote.value();
  if (record != nullptr && (record->state == "waiting" || record->state == "checked")) {
    context.Send({.method = "DELETE", .path = ImportPath(record->id)},
                 [](Context&, const Reply&) {});
  }
  import.remote.Reset();
}

void Apply(Context& context, const command::SetImportTarget& set) {
  ImportState& import = context.state.import;
  if (import.busy) return;
  import.campaign_id = set.campaign_id;
  import.duplicates = set.duplicates;
  import.name = set.name;
  DiscardUpload(context);  // its counts were for other choices
  import.problem = Status();
}

void Apply(Context& context, const command::Upload&) {
  ImportState& import = context.state.import;
  if (import.busy || !import.plan || import.file == 0) return;
  DiscardUpload(context);
  import.busy = true;
  import.sent_bytes = 0;
  import.problem = Status();
  context.Post(std::string(kApi) + "/imports", ImportOptionsJson(OptionsOf(import)),
               [](Context& c, const Reply& reply) {
                 const Result<ImportRecord> created = DecodeImport(reply);
                 if (!created.ok() || !c.state.import.busy) return Take(c, created);
                 c.state.import.remote.Set(*created);
                 SendFile(c, created->id);
               });
}

void Apply(Context& context, const command::CancelUpload&) {
  ImportState& import = context.state.import;
  context.Cancel(import.upload_request);
  import.busy = false;
  import.sent_bytes = 0;
  DiscardUpload(context);
}

void Apply(Context& context, const command::CommitImport&) {
  ImportState& import = context.state.import;
  const ImportRecord* record = import.remote.value();
  if (import.busy || record == nullptr) return;
  import.busy = true;
  import.commit_since = context.now();
  import.problem = Status();
  const ImportId id = record->id;
  context.Post(ImportPath(id, "/commit"), nullptr, [id](Context& c, const Reply& reply) {
    const Result<ImportRecord> answer = DecodeImport(reply);
    if (!answer.ok()) return Take(c, answer);
    c.state.import.remote.Set(*answer);
    Watch(c, id);
  });
}

void Apply(Context& context, const command::UndoImport& undo) {
  const ImportId id = undo.id;
  context.state.import.busy = true;
  context.Post(ImportPath(id, "/undo"), nullptr, [id](Context& c, const Reply& reply) {
    Result<UndoRecord> undone = DecodeUndo(reply);
    ImportState& import = c.state.import;
    import.busy = false;
    c.Refresh(Topic::kImports, 0);
    c.Refresh(Topic::kSummary, 0);
    if (!undone.ok()) return c.NotifyProblem(undone.status());
    c.Notify("Import undone: " + std::to_string(undone->removed) + " leads removed, " +
                 std::to_string(undone->restored) + " restored, " + std::to_string(undone->kept) +
                 " kept.",
             NoticeTone::kSuccess);
    const ImportRecord* mine = import.remote.value();
    if (mine != nullptr && mine->id == id) {
      import.remote.Set(undone->import);
      import.undone = std::move(undone).value();
    }
  });
}

void WatchImport(Context& context) {
  const ImportRecord* mine = context.state.import.remote.value();
  if (mine != nullptr && mine->state == "committing") Watch(context, mine->id);
}

}  // namespace leadline
