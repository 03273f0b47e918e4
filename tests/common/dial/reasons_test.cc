#include "common/dial/reasons.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace leadline {
namespace {

struct Expected {
  std::string reason, outcome, note;
};

std::vector<Expected> ReadTable(const char* name) {
  std::ifstream in(std::string(LEADLINE_SOURCE_DIR) + "/tests/data/" + name);
  std::vector<Expected> rows;
  for (std::string line; std::getline(in, line);) {
    std::istringstream cells(line);
    Expected row;
    std::getline(cells, row.reason, '\t');
    std::getline(cells, row.outcome, '\t');
    std::getline(cells, row.note, '\t');
    if (!row.reason.empty()) rows.push_back(row);
  }
  return rows;
}

// The note of the table, read off the verdict.
std::string NoteOf(const Verdict& v) {
  if (v.rate_limited) return "rate";
  if (v.pause_account) return "pause-account";
  if (v.scope == ErrorScope::kLead) return "lead";
  if (v.scope == ErrorScope::kAccount) return "config";
  if (v.code == "assistant_setup" || v.code == "caller_flagged") return "alert-config";
  return "";
}

void CheckTable(Provider provider, const char* name, size_t rows) {
  const std::vector<Expected> table = ReadTable(name);
  ASSERT_EQ(table.size(), rows);
  for (const Expected& e : table) {
    const EndReason got = ClassifyEndReason(provider, e.reason);
    EXPECT_TRUE(got.known) << e.reason;
    EXPECT_EQ(NameOf(got.verdict.outcome), e.outcome) << e.reason;
    EXPECT_EQ(NoteOf(got.verdict), e.note) << e.reason;
    const bool error = e.outcome == "temporary_error" || e.outcome == "permanent_error";
    EXPECT_EQ(!got.verdict.code.empty(), error) << e.reason;
    if (error) {
      EXPECT_EQ(GuideOf(got.verdict.code).code, got.verdict.code) << e.reason;
    }
  }
}

TEST(EndReasons, MeanWhatTheTableSaysForEveryVapiValue) {
  CheckTable(Provider::kVapi, "vapi_ended_reasons.tsv", 597);
}

TEST(EndReasons, MeanWhatTheTableSaysForEveryRetellValue) {
  CheckTable(Provider::kRetell, "retell_disconnection_reasons.tsv", 34);
}

TEST(EndReasons, AreTemporaryAndReportedWhenNeverSeenBefore) {
  for (const Provider p : {Provider::kRetell, Provider::kVapi}) {
    for (const char* reason : {"", "brand-new-reason", "call.start.error-brand-new", "Voicemail"}) {
      const EndReason got = ClassifyEndReason(p, reason);
      EXPECT_FALSE(got.known) << reason;
      EXPECT_EQ(got.verdict.outcome, Outcome::kTemporaryError);
      EXPECT_EQ(got.verdict.code, "unknown_error");
    }
  }
}

TEST(EndReasons, OfANewMemberOfAVapiFamilyFollowTheFamily) {
  const auto code = [](const char* reason) {
    return ClassifyEndReason(Provider::kVapi, reason).verdict.code;
  };
  EXPECT_EQ(code("pipeline-error-newvoice-voice-failed"), "server_error");
  EXPECT_EQ(code("pipeline-error-newllm-401-unauthorized"), "assistant_setup");
  EXPECT_EQ(code("call.in-progress.error-vapifault-newllm-401-unauthorized"), "server_error");
  EXPECT_EQ(code("call.in-progress.error-providerfault-newllm-500-server-error"), "server_error");
}

TEST(CreateErrors, AreReadFromTheMessageFirst) {
  const struct {
    Provider provider;
    int status;
    const char* message;
    const char* code;
  } rows[] = {
      {Provider::kVapi, 400, "customer.number must be a valid phone number in the E.164 format",
       "invalid_number_format"},
      {Provider::kVapi, 400, "Couldn't Get Assistant. assistantId 1 Does Not Exist.",
       "agent_not_found"},
      {Provider::kVapi, 400, "Couldn't get assistant. Need Either `assistant`, ...",
       "agent_not_found"},
      {Provider::kVapi, 400, "assistantId must be a UUID", "agent_not_found"},
      {Provider::kVapi, 400, "assistant.firstMessage must be a string", "agent_not_found"},
      {Provider::kVapi, 400, "assistantOverrides.metadata must be an object", "agent_not_found"},
      {Provider::kVapi, 400, "Couldn't get phone number. phoneNumberId 7 does not exist.",
       "caller_not_registered"},
      {Provider::kVapi, 400, "Couldn't Get Phone Number. Need Either `phoneNumber`, ...",
       "caller_not_configured"},
      {Provider::kVapi, 400, "phoneNumberId must be a UUID", "caller_not_configured"},
      {Provider::kVapi, 400, "Free Vapi numbers do not support international calls.",
       "number_not_callable"},
      {Provider::kVapi, 400, "Over Concurrency Limit", "rate_limit_exceeded"},
      {Provider::kVapi, 400, "Numbers Bought On Vapi Have A Daily Outbound Call Limit.",
       "rate_limit_exceeded"},
      {Provider::kVapi, 400, "Wallet balance is -0.01, insufficient credits", "no_payment"},
      {Provider::kVapi, 402, "", "no_payment"},
      {Provider::kVapi, 400, "property metadata should not exist", "request_rejected"},
      {Provider::kVapi, 400, "name must be shorter than or equal to 40 characters",
       "request_rejected"},
      {Provider::kVapi, 401, "Invalid Key. Hot tip, you may be using the assistant. key",
       "api_key_invalid"},
      {Provider::kVapi, 403, "error code: 1010", "network_error"},
      {Provider::kVapi, 400, "Bad Request", "unknown_error"},
      {Provider::kVapi, 418, "I am a teapot", "unknown_error"},
      {Provider::kRetell, 401, "API key is missing or invalid.", "api_key_invalid"},
      {Provider::kRetell, 402, "Trial has ended, please add payment method.", "no_payment"},
      {Provider::kRetell, 403, "Forbidden", "agent_blocked"},
      {Provider::kRetell, 404, "Item agent_1 not found from agent", "agent_not_found"},
      {Provider::kRetell, 404, "Item +14157774444 not found from phone-number",
       "caller_not_registered"},
      {Provider::kRetell, 400, "No outbound agent id set up for phone number +14157774444",
       "caller_not_configured"},
      {Provider::kRetell, 422, "No outbound agent id set up for phone number +14157774444",
       "caller_not_configured"},
      {Provider::kRetell, 400, "request/body/to_number must be string", "invalid_number_format"},
      {Provider::kRetell, 400, "+1415 is not a valid number", "invalid_number_format"},
      {Provider::kRetell, 400, "request/body/retell_llm_dynamic_variables/x must be string",
       "request_rejected"},
      {Provider::kRetell, 422, "Cannot find requested asset under given api key.",
       "agent_not_found"},
      {Provider::kRetell, 429, "Account rate limited, please throttle your requests.",
       "rate_limit_exceeded"},
      {Provider::kRetell, 404, "", "unknown_error"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(ClassifyCreateError(row.provider, row.status, row.message).code, row.code)
        << row.status << " " << row.message;
  }
}

TEST(CreateErrors, AreReadFromTheStatusWhenTheMessageSaysNothing) {
  for (const Provider p : {Provider::kRetell, Provider::kVapi}) {
    for (const int status : {408, 409, 425, 429}) {
      EXPECT_TRUE(ClassifyCreateError(p, status, "").rate_limited) << status;
    }
    EXPECT_EQ(ClassifyCreateError(p, 0, "to_number").code, "network_error");
    EXPECT_EQ(ClassifyCreateError(p, 503, "payment").code, "server_error");
  }
}

TEST(ErrorGuide, HasOneCompleteRowPerCode) {
  size_t count = 0;
  const ErrorGuide* guides = AllGuides(&count);
  std::set<std::string_view> codes, titles;
  for (size_t i = 0; i < count; ++i) {
    const ErrorGuide& g = guides[i];
    EXPECT_TRUE(codes.insert(g.code).second) << g.code;
    EXPECT_TRUE(titles.insert(g.title).second) << g.code;
    EXPECT_FALSE(g.meaning.empty() || g.causes[0].empty() || g.fix[0].empty()) << g.code;
    EXPECT_EQ(g.permanent && g.scope == ErrorScope::kNone, false) << g.code;
    EXPECT_EQ(&GuideOf(g.code), &g);
  }
  EXPECT_EQ(GuideOf("no such code").code, "unknown_error");
}

TEST(ErrorGuide, AgreesWithTheVerdictsAboutWhatIsPermanent) {
  for (const Expected& e : ReadTable("vapi_ended_reasons.tsv")) {
    const Verdict v = ClassifyEndReason(Provider::kVapi, e.reason).verdict;
    if (v.code.empty()) continue;
    EXPECT_EQ(GuideOf(v.code).permanent, v.outcome == Outcome::kPermanentError) << e.reason;
    if (GuideOf(v.code).permanent) {
      EXPECT_EQ(GuideOf(v.code).scope, v.scope) << e.reason;
    }
  }
}

}  // namespace
}  // namespace leadline
