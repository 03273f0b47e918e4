// What Vapi refuses of a well-formed create-call, and its error bodies. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "server/provider/sim/sim_http.h"

namespace leadline {

// {"message","error","statusCode"}; `message` a text or a list of texts.
SimReply VapiError(int status, const Json& message);

// Every validation message for a create-call body; empty when it may go on to the policy checks.
std::vector<std::string> VapiCreateProblems(const Json& body);
// The first policy fault ("Couldn't Get Assistant. ..."), or "".
std::string VapiPolicyProblem(const Json& body);

// A checked list query: `limit`, and the time bounds that `accepts` tests.
struct VapiQuery {
  size_t limit = 100;
  std::string id, assistant_id, phone_number_id;
  struct Bound {
    bool created = true;  // else updatedAt
    enum { kGt, kLt, kGe, kLe } op = kGt;
    TimeMs at = 0;
  };
  std::vector<Bound> bounds;

  bool Accepts(TimeMs created_at, TimeMs updated_at) const;
};

// Fills `query`, or returns messages.
std::vector<std::string> ParseVapiQuery(const httplib::Params& params, VapiQuery* query);

}  // namespace leadline
