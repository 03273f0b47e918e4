// Everything the client knows. Only update (update.h) changes it; views read it. Plain values, one
// thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/net/api.h"
#include "client/state/column_memory.h"
#include "client/state/import_state.h"
#include "client/state/paged_list.h"
#include "client/state/remote.h"
#include "client/state/route.h"

namespace leadline {

enum class LiveState : uint8_t { kConnecting, kLive, kReconnecting, kOffline };

struct Connection {
  LiveState state = LiveState::kConnecting;
  TimeMs since = 0;  // when it stopped to be live; the browser's clock
};

// The clock that calling goes by, as far as it can be told from here. In a demo it runs faster.
struct CallingClock {
  TimeMs local = 0;   // the browser's clock at the last reading
  TimeMs server = 0;  // the server's, then; 0: not read yet
  double scale = 1;

  TimeMs At(TimeMs local_now) const {
    if (server == 0) return local_now;
    return server + static_cast<TimeMs>(static_cast<double>(local_now - local) * scale);
  }
  bool fast() const { return scale > 1.5; }
};

// A form over the server's object. `serial` changes when the form is opened for something else: the
// view then takes the values over into the texts that are being edited.
struct FormState {
  int serial = 0;
  bool open = false;
  bool saving = false;
  Status error;           // of the last save; fields() are shown at the fields
  bool conflict = false;  // somebody else saved meanwhile; the newer object is beside it
};

struct LeadForm : FormState {
  LeadRecord base;    // as it was when the form was opened; id 0: a new lead
  LeadRecord theirs;  // with conflict
};
struct CampaignForm : FormState {
  Campaign base;
  Campaign theirs;
};
struct AssistantForm : FormState {
  Assistant base;
  Assistant theirs;
};

// The lead that is open beside the table.
struct LeadPanel {
  LeadId id = 0;
  Remote<LeadRecord> lead;
  Remote<GateAnswer> gates;
  Remote<std::vector<TimelineRecord>> timeline;
  Remote<ListPage<Call>> calls;
  Remote<Preview> preview;
  bool busy = false;  // a status change, delete or suppression under way
  bool gone = false;  // deleted, here or elsewhere
};

struct CampaignPage {
  CampaignId id = 0;
  Remote<GateAnswer> gates;
  bool busy = false;
};

// The newest statuses that the stream told. An answer of the server that was under way when a
// status changed is older than what is on screen: it must not take it back, not even for a moment.
class ToldStatuses {
 public:
  void Tell(LeadId lead, int64_t version, LeadStatus status);
  // Puts the told status into a lead of an older version, and forgets it otherwise.
  void Keep(LeadRecord* lead);

 private:
  struct Told {
    int64_t version;
    LeadStatus status;
  };
  std::map<LeadId, Told> told_;  // at most 10,000
};

struct AppState {
  TimeMs now = 0;  // the browser's clock, UTC
  Route route;
  Connection connection;
  CallingClock clock;
  std::string version;  // of the server

  Remote<CallingSettings> settings;
  bool settings_saving = false;
  Remote<std::vector<Campaign>> campaigns;
  Remote<std::vector<Assistant>> assistants;
  Remote<std::vector<CampaignSummary>> summary;
  std::map<CampaignId, Remote<GateAnswer>> gates;  // of running campaigns, for Home

  PagedList<LeadRecord> leads;
  ToldStatuses told;
  LeadPanel panel;
  LeadForm lead_form;
  PagedList<Call> calls;
  Remote<Call> call;  // open beside the table

  CampaignPage campaign;
  CampaignForm campaign_form;
  AssistantForm assistant_form;
  std::map<Provider, Remote<Catalog>> catalogs;

  ImportState import;
  ColumnMemory columns;  // of lists that were imported before
  Remote<std::vector<ImportRecord>> imports;
  Remote<ListPage<SuppressedNumber>> suppressions;
  Remote<std::vector<ProviderStatus>> providers;

  TimeMs ServerNow() const { return clock.At(now); }
  bool simple_statuses() const {
    return settings.value() != nullptr && settings.value()->simple_statuses;
  }
  const Campaign* FindCampaign(CampaignId id) const;
  const Assistant* FindAssistant(AssistantId id) const;
  // "" for one that is not known.
  std::string_view CampaignName(CampaignId id) const;
  // Of one campaign, or of all with id 0.
  CampaignSummary SummaryOf(CampaignId id) const;
};

}  // namespace leadline
