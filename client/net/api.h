// The server's HTTP API as the client sees it: answers decoded into values, or into a Status that
// says what to do. Bodies are the codecs of common/api. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/api/call_json.h"
#include "common/api/envelope.h"
#include "common/api/gate_json.h"
#include "common/api/import_json.h"
#include "common/api/lead_json.h"
#include "common/base/status.h"
#include "common/dial/call.h"
#include "common/dial/campaign.h"

namespace leadline {

inline constexpr std::string_view kApi = "/api/v1";

// What came back for a HttpEffect.
struct Reply {
  int id = 0;
  int status = 0;    // of HTTP; 0: no answer at all
  std::string body;  // or, without an answer, the browser's reason
};

// One page of a list.
template <typename T>
struct ListPage {
  std::vector<T> items;
  std::string next_cursor;  // empty: the last one
  int64_t total = 0;
};

// A number on the do-not-call list.
struct SuppressedNumber {
  std::string number;
  std::string reason;
  TimeMs created_at = 0;
};

// What the provider's account offers, to choose from.
struct CatalogEntry {
  std::string id;
  std::string name;
};
struct Catalog {
  std::vector<CatalogEntry> agents;
  std::vector<CatalogEntry> numbers;
};

// How a provider is set up, as the server tells it.
struct ProviderStatus {
  std::string name;  // "retell"
  bool key_present = false;
  std::string webhook_path;    // "/webhooks/retell"
  std::string webhook_url;     // empty: the server has no public address
  TimeMs last_webhook_at = 0;  // 0: none came yet
};

// The clock that calling goes by: the server's, and a fast one in a demo.
struct ServerTime {
  TimeMs now = 0;
  double scale = 1;  // how much faster than real time it runs
  std::string version;
};

// ok, or why not: an API problem, a proxy's page, or no answer ("offline").
Status StatusOfReply(const Reply& reply);
// With a 409: the object as it is now; else null.
Json CurrentOf(const Reply& reply);

Result<LeadRecord> DecodeLead(const Reply& reply);
Result<ListPage<LeadRecord>> DecodeLeads(const Reply& reply);
Result<std::vector<TimelineRecord>> DecodeTimeline(const Reply& reply);
Result<GateAnswer> DecodeGates(const Reply& reply);
Result<Preview> DecodePreview(const Reply& reply);
Result<Call> DecodeCall(const Reply& reply);
Result<ListPage<Call>> DecodeCalls(const Reply& reply);
Result<Campaign> DecodeCampaignReply(const Reply& reply);
Result<std::vector<Campaign>> DecodeCampaigns(const Reply& reply);
Result<Assistant> DecodeAssistantReply(const Reply& reply);
Result<std::vector<Assistant>> DecodeAssistants(const Reply& reply);
Result<Catalog> DecodeCatalog(const Reply& reply);
Result<CallingSettings> DecodeSettingsReply(const Reply& reply);
Result<ListPage<SuppressedNumber>> DecodeSuppressions(const Reply& reply);
Result<std::vector<ProviderStatus>> DecodeProviders(const Reply& reply);
Result<std::vector<CampaignSummary>> DecodeSummary(const Reply& reply);
Result<ImportRecord> DecodeImport(const Reply& reply);
Result<std::vector<ImportRecord>> DecodeImports(const Reply& reply);
Result<UndoRecord> DecodeUndo(const Reply& reply);
Result<ServerTime> DecodeHealth(const Reply& reply);

// The body of a lead's PATCH that turns `before` into `after`: a variable that is gone is a null.
Json LeadPatch(const LeadDraft& before, const LeadDraft& after);

}  // namespace leadline
