// What every store has to do, whatever is behind it: TEST_P(StoreConformance, ...) over a factory.
// A backend instantiates the suite in its own test file (sqlite_store_test.cc) and adds there only
// what is true of it alone.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/dial/window.h"
#include "server/store/store.h"

namespace leadline {

// Every zone is UTC, but for one that cannot be read.
class FakeZones final : public Zones {
 public:
  static constexpr char kUnreadable[] = "Asia/Tokyo";
  std::optional<ZoneSpan> SpanAt(std::string_view zone, TimeMs at) const override;
};

// One store of a backend, over data of its own that lives as long as this.
class StoreUnderTest {
 public:
  virtual ~StoreUnderTest() = default;
  virtual Store& store() = 0;
  virtual void Reopen() = 0;  // as after a restart
};

struct StoreBackend {
  std::string name;
  std::function<std::unique_ptr<StoreUnderTest>(const Zones&)> make;
};

inline constexpr TimeMs kMonday = 1'772'442'000'000;  // 2026-03-02T09:00:00Z
inline constexpr char kPerson[] = "api";

// The n-th of 800,000 numbers that may be dialled.
std::string PhoneNo(int n);
LeadDraft DraftNo(int n, CampaignId campaign_id = 0);

template <typename T>
T Must(Result<T> result) {
  EXPECT_TRUE(result.ok()) << result.status().slug() << ": " << result.status().message();
  return result.ok() ? std::move(*result) : T();
}
inline void Must(const Status& status) {
  EXPECT_TRUE(status.ok()) << status.slug() << ": " << status.message();
}
#define EXPECT_SLUG(expression, expected)                                    \
  do {                                                                       \
    const ::leadline::Status slug_status = ::leadline::StatusIn(expression); \
    EXPECT_EQ(slug_status.slug(), expected) << slug_status.message();        \
  } while (false)
inline Status StatusIn(const Status& status) {
  return status;
}
template <typename T>
Status StatusIn(const Result<T>& result) {
  return result.status();
}

class StoreConformance : public ::testing::TestWithParam<StoreBackend> {
 protected:
  StoreConformance() : under_test_(GetParam().make(zones_)) {}

  Store& store() { return under_test_->store(); }
  void Reopen() { under_test_->Reopen(); }

  Assistant MakeAssistant(Provider provider = Provider::kRetell);
  // Running, with an assistant, open day and night, ten slots.
  Campaign MakeCampaign(const std::string& name, const std::function<void(Campaign*)>& edit = {});
  Lead MakeLead(int n, CampaignId campaign_id, const std::function<void(LeadDraft*)>& edit = {});

  ClaimParams Params(int limit = 50);
  ClaimResult Claim(int limit = 50) { return Must(store().ClaimDue(Params(limit))); }
  // The one call that the pass places.
  DialOrder ClaimOne();
  CallReport Report(const Call& call, CallReport::Phase phase, Outcome outcome = Outcome::kUnknown);
  // The provider took the call, and it ended like this.
  void EndCall(const Call& call, Outcome outcome);
  Lead LeadNow(LeadId id) { return Must(store().GetLead(id)); }
  Call CallNow(CallId id) { return Must(store().GetCall(id)); }
  // Kept counters as a text, "7: created 2, failed 1"; empty statuses left out.
  std::string CountsOf(CampaignId id);
  std::vector<std::string> EventsOf(LeadId id);  // of its timeline, oldest first
  void ExpectInvariants();                       // conformance_random.cc

  FakeZones zones_;
  TimeMs now_ = kMonday;
  int attempts_ = 0;
  std::unique_ptr<StoreUnderTest> under_test_;
};

// For lists: many leads in some campaigns and statuses, and the plain look to compare with.
class StoreLists : public StoreConformance {
 protected:
  void Fill(int leads);
  void ExpectSameAsPlainLook(LeadQuery query);

  std::vector<Lead> all_;  // oldest first
};

inline Verdict VerdictOf(Outcome outcome, ErrorScope scope = ErrorScope::kNone,
                         std::string_view code = "") {
  Verdict verdict;
  verdict.outcome = outcome;
  verdict.scope = scope;
  verdict.code = code;
  return verdict;
}

}  // namespace leadline
