// Numbers and instants as people read them. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/time.h"
#include "common/lead/status.h"

namespace leadline {

// "9,412"
std::string Count(int64_t n);
// "1 lead", "9,412 leads"
std::string CountOf(int64_t n, std::string_view one, std::string_view many);
// "12 KB", "3.4 MB"
std::string Bytes(int64_t n);
// "in 2 h 5 min", "in 40 s", "now", "3 min ago", "5 days ago"
std::string Relative(TimeMs at, TimeMs now);
// How long: "45 s", "3 min 20 s", "2 h 5 min", "4 days 3 h". 0 and less: "0 s".
std::string Duration(TimeMs ms);
// How fast `rows` were done in `ms`, and how long the rest of them will take: ", 480,000 rows/s, 4
// s left". Empty in the first second, of which nothing can be told; without the rest when
// `fraction` of all is not above 0.
std::string Pace(int64_t rows, TimeMs ms, double fraction);
// "1:05:09", for a clock that runs down. Less than 0: "0:00".
std::string Clock(TimeMs ms);
// "2 Mar 2026, 17:00" in a zone that is `offset_minutes` ahead of UTC.
std::string DateAndTime(TimeMs at, int offset_minutes);
// "2026-03-02 17:00:05 UTC"
std::string UtcTime(TimeMs at);
// "$0.12"; "$0.0042" below one cent
std::string Dollars(int64_t microusd);
// "0.87" -> "87 %"
std::string Percent(double fraction);
// Delay of the retry rule: "2 h", "30 min", "1 day", "1 h 30 min"
std::string Minutes(int64_t minutes);

// In the vocabulary that the settings choose: "Rescheduled", or with `simple`, "Retry".
std::string_view StatusTitle(LeadStatus status, bool simple);
// "no_answer" -> "No answer"
std::string Title(std::string_view slug);

}  // namespace leadline
