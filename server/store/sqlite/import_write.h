// What the parts of an import share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/store/sqlite/rows.h"
#include "server/store/sqlite/store_impl.h"

namespace leadline {

Status NoSuchImport();
Status WrongImportState(const Import& import);
void AddImportEvent(Tx& tx, ImportId id);
void FreeLeadsOfImport(Tx& tx, ImportId id);

// A lead's data before an import changed it, as kept for the undo.
std::string EncodeImage(const LeadDraft& draft);
std::optional<LeadDraft> DecodeImage(std::string_view text);

}  // namespace leadline
