// Writing leads: the one place where their rows change, each change with its audit row and event.
#pragma once

#include <string_view>

#include "server/store/sqlite/rows.h"
#include "server/store/sqlite/store_impl.h"

namespace leadline {

// A new lead with its contacts; returns its id. The draft is checked already. Those of an import
// are written by import_rows.cc.
LeadId InsertLead(Tx& tx, const LeadDraft& draft);
void InsertContact(Tx& tx, LeadId id, size_t position, const Contact& contact);

// Takes `lead` through a transition of the status machine and writes everything an attempt or a
// person may change: counters, round, epoch, instants, error. On entry lead->status and version are
// as stored, all else as it is to be; on return both are new. kConflict when the row is not as
// expected, which rolls the transaction back.
struct Move {
  LeadEvent event;
  std::string_view actor;
  CallId call_id = 0;
  std::string_view detail;
};
Status MoveLead(Tx& tx, StoredLead* lead, const Move& move);

// Status and attempts of one stored contact.
void WriteContactProgress(Tx& tx, const Contact& contact);

// What a person changed of the lead's own data, contacts included: the draft over what is stored.
// The version is guarded by the one in `before`; kConflict. No audit row and no event.
Status RewriteLead(Tx& tx, const StoredLead& before, const LeadDraft& draft);

// Leads that a closed gate holds back are looked at again in the next passes: those of one
// campaign, or of all (0).
void LookAgain(Tx& tx, CampaignId campaign_id);

// The lead as it now is, or why it cannot be read.
Result<Lead> ReadBack(Tx& tx, LeadId id);

}  // namespace leadline
