// /api/v1/imports.
#include "server/service/imports.h"

#include "common/api/envelope.h"
#include "server/http/handlers.h"
#include "server/http/streaming.h"
#include "server/service/import_plan.h"

namespace leadline {
namespace {

Status AnswerImport(Exchange& x, const Result<ImportRecord>& import, int http_status = 200) {
  if (!import.ok()) return import.status();
  return x.Answer(ImportJson(*import), http_status);
}

}  // namespace

Status ListImports(Exchange& x) {
  QueryReader reader(x);
  const int limit = static_cast<int>(reader.Int("limit", 50, 1, 500));
  LEADLINE_RETURN_IF_ERROR(reader.Finish());
  const Result<std::vector<Import>> imports = x.store().ListImports(limit);
  if (!imports.ok()) return imports.status();
  Json items = Json::array();
  for (const Import& import : *imports) items.push_back(ImportJson(RecordOf(import)));
  const auto total = static_cast<int64_t>(items.size());
  return x.Answer(PageJson(std::move(items), "", total));
}

Status CreateImport(Exchange& x) {
  const Result<Json> body = x.BodyJson();
  if (!body.ok()) return body.status();
  ImportOptions options;
  LEADLINE_RETURN_IF_ERROR(DecodeImportOptions(*body, &options));
  return AnswerImport(x, x.context.imports->Create(options), 201);
}

Status GetImport(Exchange& x) {
  return AnswerImport(x, x.context.imports->Get(x.Id()));
}

Status PutImportFile(Exchange& x) {
  BodyReader* upload = x.upload;
  return AnswerImport(x,
                      x.context.imports->Upload(
                          x.Id(), [upload](char* to, size_t max) { return upload->Read(to, max); },
                          [upload] { return upload->complete(); }));
}

Status CommitImport(Exchange& x) {
  return AnswerImport(x, x.context.imports->Commit(x.Id()), 202);
}

Status UndoImport(Exchange& x) {
  const Result<UndoRecord> undo = x.context.imports->Undo(x.Id());
  if (!undo.ok()) return undo.status();
  return x.Answer(UndoJson(*undo));
}

Status DiscardImport(Exchange& x) {
  return AnswerImport(x, x.context.imports->Discard(x.Id()));
}

Status GetRejectsCsv(Exchange& x) {
  const Result<ImportRecord> import = x.context.imports->Get(x.Id());
  if (!import.ok()) return import.status();
  if (import->state == "waiting") {
    return Refused("wrong_state", "This import has no file yet.");
  }
  Imports* imports = x.context.imports;
  StreamCsv(x, "rejects.csv", [imports, id = x.Id()](const PieceSink& write) {
    return imports->WriteRejects(id, write);
  });
  return {};
}

}  // namespace leadline
