#include "server/provider/sim/conversation.h"

#include <algorithm>
#include <string_view>

#include "common/base/utf8.h"
#include "server/provider/sim/sim_random.h"

namespace leadline {
namespace {

constexpr size_t kMaxName = 60;
constexpr std::string_view kNobody = "there";  // "Hello there"

// The name that the request gives for the called person, under any of the usual keys.
std::string NameOf(const SimCall& call) {
  const Json& vapi = MemberPath(call.request, {"assistantOverrides", "variableValues"});
  const Json& retell = Member(call.request, "retell_llm_dynamic_variables");
  for (const Json* variables : {&vapi, &retell}) {
    for (std::string_view key : {"first_name", "name", "customer_name"}) {
      if (const auto name = TextOr(*variables, key); !name.empty()) return ClipUtf8(name, kMaxName);
    }
  }
  const std::string_view customer = TextOr(Member(call.request, "customer"), "name");
  return customer.empty() ? std::string(kNobody) : ClipUtf8(customer, kMaxName);
}

struct Draft {
  bool by_user;
  std::string text;
};

std::vector<Draft> HumanDraft(const SimCall& call) {
  static constexpr std::string_view kYes[] = {"Yes, that sounds useful. Tuesday morning works.",
                                              "Sure, I have been looking for something like that.",
                                              "Good timing, please book me in."};
  static constexpr std::string_view kNo[] = {"Thanks, but we are happy with what we have.",
                                             "Not at the moment, maybe next year.",
                                             "I am not the right person for this, sorry."};
  const auto pick = static_cast<size_t>(SimHash(0, call.id) % 3);
  std::vector<Draft> talk = {
      {false, "Hello " + NameOf(call) + ", I am calling about your enquiry. Is now a good time?"},
      {true, "Hi. Yes, I have a minute."},
      {false, "Great. May I tell you in two sentences what we can do for you?"},
      {true, "Go ahead."},
      {false,
       "We help teams of your size to answer every enquiry on the same day. Would a short "
       "meeting next week be of interest?"},
      {true, std::string(call.plan.interested ? kYes[pick] : kNo[pick])}};
  talk.push_back({false, call.plan.interested ? "Wonderful, I will send you an invitation. Goodbye!"
                                              : "I understand. Thank you for your time. Goodbye!"});
  return talk;
}

std::vector<Draft> DraftOf(const SimCall& call) {
  if (call.plan.human) return HumanDraft(call);
  if (call.plan.outcome == SimOutcome::kVoicemail) {
    return {{true, "You have reached a mailbox. Please leave a message after the tone."},
            {false, "Hello, this is a message for " + NameOf(call) + ". I will try again."}};
  }
  return {{false, "Hello " + NameOf(call) + "? Can you hear me?"}};
}

std::string SummaryOf(const SimCall& call) {
  if (!call.plan.human)
    return "No person was reached: the line stayed silent or a mailbox answered.";
  const std::string name = NameOf(call);
  const std::string who = name == kNobody ? "The person called" : name;
  return who + (call.plan.interested ? " is interested and agreed to a short meeting."
                                     : " listened and declined politely.");
}

}  // namespace

Conversation ConversationOf(const SimCall& call) {
  Conversation out;
  out.sentiment = "Unknown";
  if (!call.answered_at) {
    out.summary = "Nobody picked up.";
    return out;
  }
  std::vector<Draft> draft = DraftOf(call);
  // A mailbox that nobody recognised is a line on which no user is heard.
  if (call.plan.reason == "silence-timed-out" || call.plan.reason == "inactivity") {
    std::erase_if(draft, [](const Draft& d) { return d.by_user; });
  }
  const int64_t slot_ms = call.talk_ms / static_cast<int64_t>(draft.size());
  for (size_t i = 0; i < draft.size(); ++i) {
    out.lines.push_back({draft[i].by_user, draft[i].text, slot_ms * static_cast<int64_t>(i),
                         std::max<int64_t>(0, slot_ms - 300)});
  }
  out.goal_reached = call.plan.interested;
  if (call.plan.human) out.sentiment = call.plan.interested ? "Positive" : "Neutral";
  out.summary = SummaryOf(call);
  return out;
}

std::string TranscriptText(const Conversation& conversation, std::string_view agent_name) {
  std::string out;
  for (const SpokenLine& line : conversation.lines) {
    out += line.by_user ? "User" : std::string(agent_name);
    out += ": " + line.text + "\n";
  }
  return out;
}

}  // namespace leadline
