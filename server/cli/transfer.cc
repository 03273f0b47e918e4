// leadline import, leadline export
#include <cstdio>
#include <memory>
#include <thread>

#include "common/api/import_json.h"
#include "common/base/utf8.h"
#include "server/cli/api_session.h"
#include "server/cli/commands.h"

namespace leadline {
namespace {

constexpr auto kProgressEvery = std::chrono::milliseconds(100);

int Trouble(const char* command, const Status& status) {
  std::fprintf(stderr, "leadline %s: %s\n", command, status.message().c_str());
  for (const FieldProblem& field : status.fields()) {
    std::fprintf(stderr, "  %s: %s\n", field.path.c_str(), field.message.c_str());
  }
  return kExitTrouble;
}

int DuplicateRuleOf(const std::string& name) {
  for (size_t i = 0; i < std::size(kDuplicateRuleNames); ++i) {
    if (kDuplicateRuleNames[i] == name) return static_cast<int>(i);
  }
  return -1;
}

Result<ImportRecord> ReadRecord(const Result<Json>& json) {
  if (!json.ok()) return json.status();
  ImportRecord record;
  if (!ReadImport(*json, &record)) return Internal("The server's answer cannot be read.");
  return record;
}

Result<ImportRecord> Upload(ApiSession& session, const ImportCommand& command) {
  ImportOptions options;
  options.name = command.file.substr(command.file.rfind('/') + 1);
  options.mapping = command.mapping;
  options.types = command.types;
  options.region = command.region;
  options.has_region = !command.region.empty();
  options.sheet = command.sheet;
  options.duplicates = DuplicateRuleOf(command.duplicates);
  options.accept_repairs = command.accept_repairs;
  if (options.duplicates < 0) {
    return Invalid("invalid_option", "--duplicates takes skip, update, fill or keep.");
  }
  const Result<int64_t> campaign = session.CampaignId(command.campaign);
  if (!campaign.ok()) return campaign.status();
  options.campaign_id = *campaign;
  const Result<ImportRecord> made =
      ReadRecord(session.Post("/imports", ImportOptionsJson(options)));
  if (!made.ok()) return made.status();
  return ReadRecord(
      session.PutFile("/imports/" + std::to_string(made->id) + "/file", command.file));
}

Result<ImportRecord> Commit(ApiSession& session, ImportId id) {
  const std::string path = "/imports/" + std::to_string(id);
  Result<ImportRecord> record = ReadRecord(session.Post(path + "/commit", Json::object()));
  while (record.ok() && record->state == "committing") {
    std::this_thread::sleep_for(kProgressEvery);
    record = ReadRecord(session.Get(path));
  }
  if (record.ok() && record->state == "failed") return Internal(record->error);
  return record;
}

Status DownloadTo(ApiSession& session, const std::string& path, const std::string& file) {
  const bool to_stdout = file.empty() || file == "-";
  std::FILE* out = to_stdout ? stdout : std::fopen(file.c_str(), "wb");
  if (out == nullptr) return Invalid("file_unwritable", "The file cannot be written.");
  bool written = true;
  Status status = session.Download(path, [&](std::string_view piece) {
    written = std::fwrite(piece.data(), 1, piece.size(), out) == piece.size();
    return written;
  });
  if (!to_stdout && std::fclose(out) != 0) written = false;
  if (!written) return Unavailable("store_full", "The file could not be written to its end.");
  return status;
}

void PrintRecord(const ImportRecord& record, bool json, bool dry_run) {
  if (json) {
    std::printf("%s\n", DumpJson(ImportJson(record)).c_str());
    return;
  }
  std::printf("%s%lld rows: %lld created, %lld updated, %lld skipped, %lld rejected\n",
              dry_run ? "would be, of " : "", static_cast<long long>(record.rows),
              static_cast<long long>(record.created), static_cast<long long>(record.updated),
              static_cast<long long>(record.skipped), static_cast<long long>(record.rejected));
  for (const auto& [code, rows] : record.problems) {
    std::printf("  %8lld  %s\n", static_cast<long long>(rows), code.c_str());
  }
}

std::string JoinEncoded(const char* name, const std::vector<std::string>& values) {
  std::string query;
  for (const std::string& value : values) {
    query += std::string("&") + name + "=" + EncodeQuery(value);
  }
  return query;
}

}  // namespace

int RunImport(const ImportCommand& command) {
  const auto session = ApiSession::Open(command.data);
  if (!session.ok()) return Trouble("import", session.status());
  Result<ImportRecord> record = Upload(**session, command);
  if (!record.ok()) return Trouble("import", record.status());
  for (const FieldProblem& problem : record->list_problems) {
    std::fprintf(stderr, "leadline import: %s\n", problem.message.c_str());
  }
  if (!record->list_problems.empty()) return kExitTrouble;
  for (const FieldProblem& note : record->notes) {
    std::fprintf(stderr, "leadline import: %s\n", note.message.c_str());
  }
  if (!command.dry_run) {
    record = Commit(**session, record->id);
    if (!record.ok()) return Trouble("import", record.status());
  }
  if (!command.report.empty()) {
    const std::string path = "/imports/" + std::to_string(record->id) + "/rejects.csv";
    const Status status = DownloadTo(**session, path, command.report);
    if (!status.ok()) return Trouble("import", status);
  }
  PrintRecord(*record, command.json, command.dry_run);
  return record->rejected > 0 ? 1 : 0;
}

int RunExport(const ExportCommand& command) {
  const auto session = ApiSession::Open(command.data);
  if (!session.ok()) return Trouble("export", session.status());
  const Result<int64_t> campaign = (*session)->CampaignId(command.campaign);
  if (!campaign.ok()) return Trouble("export", campaign.status());
  std::string path = "/leads/export.csv?secondary=" + std::string(command.secondary ? "1" : "0");
  if (*campaign != 0) path += "&campaign_id=" + std::to_string(*campaign);
  path += JoinEncoded("status", command.statuses) + JoinEncoded("columns", command.columns);
  const Status status = DownloadTo(**session, path, command.out);
  return status.ok() ? 0 : Trouble("export", status);
}

}  // namespace leadline
