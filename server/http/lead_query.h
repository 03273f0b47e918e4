// The filters of /leads and /leads/export.csv, and the paging that all lists share.
#pragma once

#include "server/http/exchange.h"
#include "server/store/store.h"

namespace leadline {

// campaign_id, status (names of either vocabulary, several by comma), q, phone, import_id,
// created_from, created_to, updated_from, updated_to, sort.
LeadQuery DecodeLeadQuery(QueryReader& reader);

// limit (1..500, as shipped 50) and cursor.
void DecodePaging(QueryReader& reader, int* limit, std::string* cursor);

// A number in a query, where an unencoded '+' has become a space.
std::string DecodeNumber(QueryReader& reader, const char* name);

}  // namespace leadline
