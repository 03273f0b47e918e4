// The lead model, shared by server and client. Plain values; no I/O; used by one thread at a time.
//
// Texts are UTF-8, trimmed, without control characters. Phones are E.164 or empty. Instants are
// common/base/time.h milliseconds; 0 means "not set". Limits are in common/lead/validate.h.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "common/base/time.h"
#include "common/lead/status.h"

namespace leadline {

using LeadId = int64_t;
using CampaignId = int64_t;
using AssistantId = int64_t;
using CallId = int64_t;
using ImportId = int64_t;

// Variable name (letters, digits, underscore) -> value. Ordered by name.
using Variables = std::map<std::string, std::string, std::less<>>;

// A secondary contact: one more number of the same lead, with variables that lie over the lead's
// own.
struct Contact {
  int64_t id = 0;  // 0: not stored yet
  std::string name;
  std::string phone;
  Variables variables;
  LeadStatus status = LeadStatus::kCreated;
  int attempts = 0;  // dials of this number in the lead's current epoch
};

// What a person may set: the form, an import row, a POST body.
struct LeadDraft {
  CampaignId campaign_id = 0;  // 0: the built-in campaign "Default"
  std::string name;
  std::string phone;
  std::string email;
  std::string company;
  std::string timezone;  // IANA name or empty
  Variables variables;
  std::vector<Contact> contacts;  // in dialling order; at most kMaxContacts
};

inline constexpr size_t kMaxContacts = 10;

// Why the last attempt went wrong, as shown to people. `code` is a row of common/dial/reasons.h.
struct LeadError {
  std::string code;
  std::string provider_message;  // the provider's own words, clipped
};

struct Lead : LeadDraft {
  LeadId id = 0;
  int64_t version = 0;  // grows by one with every change; If-Match compares it
  LeadStatus status = LeadStatus::kCreated;
  int attempts = 0;             // dials of the primary number in this epoch
  bool primary_failed = false;  // the primary number failed for good; the secondaries go on
  int round = 0;                // finished rounds over the contacts in this epoch
  int epoch = 0;                // grows when a person clears the attempts
  std::string last_outcome;     // OutcomeName, or ""
  TimeMs last_attempt_at = 0;
  TimeMs next_attempt_at =
      0;            // when the scheduler looks at it next; 0: as soon as possible, or never again
  LeadError error;  // code empty: none
  ImportId import_id = 0;
  TimeMs created_at = 0;
  TimeMs updated_at = 0;
};

// "Sarah Jane Johnson" -> "Sarah" and "Johnson"; one word -> that and ""; "Johnson, Sarah" ->
// "Sarah" and "Johnson".
std::string FirstName(std::string_view full_name);
std::string LastName(std::string_view full_name);

}  // namespace leadline
