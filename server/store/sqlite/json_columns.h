// The few columns that hold JSON: variables, schedules, and lists of names. What is written here is
// read here; a text that cannot be read gives the empty value.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/dial/campaign.h"
#include "common/lead/lead.h"

namespace leadline {

// {"key":"value"}; "" for none.
std::string EncodeVariables(const Variables& variables);
Variables DecodeVariables(std::string_view text);

std::string EncodeSchedule(const Schedule& schedule);
Schedule DecodeSchedule(std::string_view text);

std::string EncodeAssistantVariables(const std::vector<AssistantVariable>& variables);
std::vector<AssistantVariable> DecodeAssistantVariables(std::string_view text);

std::string EncodeNames(const std::vector<std::string>& names);
std::vector<std::string> DecodeNames(std::string_view text);

using Tally = std::vector<std::pair<std::string, int64_t>>;
std::string EncodeTally(const Tally& tally);
Tally DecodeTally(std::string_view text);

}  // namespace leadline
