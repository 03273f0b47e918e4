// Mending a list: what the user changes is kept as data (common/table/mends.h), the worker checks
// the changed row again, and every change can be taken back.
#include <algorithm>

#include "client/state/apply.h"
#include "client/state/check_report.h"

namespace leadline {
namespace {

constexpr size_t kMaxSteps = 1000;

// One row's mend in the worker's words.
void TellRow(Context& context, int64_t row) {
  ImportState& import = context.state.import;
  const RowMend* mend = import.mends.Find(static_cast<uint64_t>(row));
  Json cells = Json::object();
  if (mend != nullptr) {
    for (const auto& [column, text] : mend->cells) cells[std::to_string(column + 1)] = text;
  }
  Json body =
      JsonObject({{"cells", std::move(cells)}, {"left_out", mend != nullptr && mend->left_out}});
  const Json message = JsonObject({{"type", "mend"}, {"row", row}, {"mend", std::move(body)}});
  context.effects.push_back(WorkerEffect{DumpJson(message)});
  import.mended_since = true;
}

// Kinds of repairs, or replacements, that hold for the whole list.
void TellRepairs(Context& context) {
  ImportState& import = context.state.import;
  Json repairs = Json::array();
  for (const std::string& code : import.mends.repairs) repairs.push_back(code);
  const Json message = JsonObject(
      {{"type", "repair"}, {"repairs", std::move(repairs)}, {"options", CheckOptionsJson(import)}});
  context.effects.push_back(WorkerEffect{DumpJson(message)});
  import.checking = true;
  import.mended_since = true;
}

MendStep StepBefore(const ImportState& import, std::string what, int64_t row) {
  MendStep step{.what = std::move(what), .row = row};
  if (const RowMend* mend = import.mends.Find(static_cast<uint64_t>(row))) step.mend = *mend;
  step.repairs = import.mends.repairs;
  step.replacements = import.mends.replacements;
  return step;
}

void Remember(ImportState& import, MendStep step) {
  if (import.mend_steps.size() == kMaxSteps) import.mend_steps.erase(import.mend_steps.begin());
  import.mend_steps.push_back(std::move(step));
}

bool Ready(const ImportState& import) {
  return import.report.has_value() && !import.checking && !import.busy;
}

}  // namespace

void ForgetMends(Context& context) {
  ImportState& import = context.state.import;
  import.mends = Mends();
  import.mend_steps.clear();
  import.open_row.reset();
}

void Apply(Context& context, const command::MendRow& command) {
  ImportState& import = context.state.import;
  const auto row = static_cast<uint64_t>(command.row);
  const RowMend* before = import.mends.Find(row);
  if (!Ready(import) || command.mend == (before != nullptr ? *before : RowMend())) return;
  if (before == nullptr && import.mends.rows.size() >= kMaxMendedRows) {
    return context.Notify(
        "5,000 rows are mended by hand already. Take repairs by kind, or find and replace.",
        NoticeTone::kWarning);
  }
  DiscardUpload(context);
  const std::string what = command.mend.left_out ? "row left out: " : "row mended: ";
  Remember(import, StepBefore(import, what + std::to_string(command.row), command.row));
  import.mends.Set(row, command.mend);
  TellRow(context, command.row);
}

void Apply(Context& context, const command::TakeRepairs& take) {
  ImportState& import = context.state.import;
  if (!Ready(import) || (import.mends.repairs.count(take.code) != 0) == take.on) return;
  DiscardUpload(context);
  Remember(import, StepBefore(import, take.on ? "repairs taken" : "repairs refused", 0));
  if (take.on) {
    import.mends.repairs.insert(take.code);
  } else {
    import.mends.repairs.erase(take.code);
  }
  TellRepairs(context);
}

void Apply(Context& context, const command::ReplaceInColumn& replace) {
  ImportState& import = context.state.import;
  if (!Ready(import)) return;
  if (import.mends.replacements.size() >= kMaxReplacements) {
    return context.Notify("There are 100 replacements already. Undo some of them.",
                          NoticeTone::kWarning);
  }
  Remember(import, StepBefore(import, "find and replace", 0));
  import.mends.replacements.push_back(replace.replacement);
  CheckFile(context);
}

void Apply(Context& context, const command::UndoMend&) {
  ImportState& import = context.state.import;
  if (!Ready(import) || import.mend_steps.empty()) return;
  const MendStep step = std::move(import.mend_steps.back());
  import.mend_steps.pop_back();
  DiscardUpload(context);
  if (step.row != 0) {
    import.mends.Set(static_cast<uint64_t>(step.row), step.mend);
    return TellRow(context, step.row);
  }
  const bool replaced = step.replacements != import.mends.replacements;
  import.mends.repairs = step.repairs;
  import.mends.replacements = step.replacements;
  replaced ? CheckFile(context) : TellRepairs(context);
}

void Apply(Context& context, const command::OpenRowToMend& open) {
  ImportState& import = context.state.import;
  import.open_row.reset();
  if (open.row == 0 || !Ready(import)) return;
  import.open_row = OpenRow{.row = open.row};
  const Json message = JsonObject({{"type", "row"}, {"row", open.row}});
  context.effects.push_back(WorkerEffect{DumpJson(message)});
}

void OnMended(Context& context, const Json& json) {
  ImportState& import = context.state.import;
  if (!import.report) return;
  const int64_t row = ReadInt(json, "row");
  if (ReadBool(json, "ok")) {
    TakeRow(json, &*import.report);
    const auto& shown = import.report->shown;
    const bool fine = std::none_of(shown.begin(), shown.end(), [row](const RowProblem& problem) {
      return problem.row == row && problem.error;
    });
    context.effects.push_back(AnnounceEffect{"Row " + std::to_string(row) +
                                             (fine ? " is fine now." : " is still held back.")});
    return;
  }
  const auto last = std::find_if(import.mend_steps.rbegin(), import.mend_steps.rend(),
                                 [row](const MendStep& step) { return step.row == row; });
  if (last != import.mend_steps.rend()) {
    import.mends.Set(static_cast<uint64_t>(row), last->mend);
    import.mend_steps.erase(std::next(last).base());
  }
  context.Notify("This row is beyond those that can be mended here. Mend it in the reject file.",
                 NoticeTone::kWarning);
}

void OnRowRead(Context& context, const Json& json) {
  std::optional<OpenRow>& open = context.state.import.open_row;
  if (!open || open->row != ReadInt(json, "row")) return;
  open->loading = false;
  open->cells = ReadNames(Member(json, "cells"));
}

}  // namespace leadline
