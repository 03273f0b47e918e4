// The parts of the campaigns screen.
#pragma once

#include "client/views/view.h"

namespace leadline {

// One campaign: how it stands, why nothing is called, its actions.
void CampaignPageView(const View& view, const Campaign& campaign);
void CampaignFormView(const View& view);
// Weekdays, hours, zone and holidays. True when something changed.
bool ScheduleEditor(const Status& error, Schedule* schedule);
// "Mon to Fri 09:00 to 18:00, Europe/Berlin", or that it is always open.
std::string ScheduleText(const Schedule& schedule);

// How far a campaign is: leads that need no further call, of all.
struct CampaignProgress {
  int64_t done = 0;
  int64_t all = 0;
  double fraction() const {
    return all > 0 ? static_cast<double>(done) / static_cast<double>(all) : 0;
  }
};
CampaignProgress ProgressOf(const View& view, CampaignId id);
// Start, Pause, Resume, Finish, as the state allows; finish asks first.
void CampaignButtons(const View& view, const Campaign& campaign);

}  // namespace leadline
