// Campaigns as JSON, with their schedule.
#pragma once

#include "common/api/fields.h"
#include "common/dial/campaign.h"

namespace leadline {

Json CampaignJson(const Campaign& campaign);
bool ReadCampaign(const Json& value, Campaign* campaign);

// The body of POST and PATCH: all but id, version, state and times.
Json CampaignBodyJson(const Campaign& campaign);
// Lays a body over `campaign`: members that are absent stay; `schedule` is merged by member,
// `windows` and `holidays` replace the lists. Errors: kInvalid "invalid_body" with fields;
// `campaign` is then unchanged.
Status DecodeCampaign(const Json& body, Campaign* campaign);

// "09:30" of minutes after midnight, "24:00" for 1440; and back, -1 for anything else.
std::string ClockText(int minute);
int ClockMinute(std::string_view text);

}  // namespace leadline
