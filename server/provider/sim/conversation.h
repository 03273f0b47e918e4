// What was said in a call: a short, plausible talk with a summary, drawn from the call. Pure
// functions.
#pragma once

#include <string>
#include <vector>

#include "server/provider/sim/call_engine.h"

namespace leadline {

struct SpokenLine {
  bool by_user = false;
  std::string text;
  int64_t at_ms = 0;  // from the answer, simulated
  int64_t duration_ms = 0;
};

struct Conversation {
  std::vector<SpokenLine> lines;  // none when nobody picked up
  std::string summary;
  std::string sentiment;  // "Positive", "Neutral", "Unknown"
  bool goal_reached = false;
};

// REQUIRES an ended call.
Conversation ConversationOf(const SimCall& call);

// One line each, after "AI: " or "Agent: " and "User: ".
std::string TranscriptText(const Conversation& conversation, std::string_view agent_name);

}  // namespace leadline
