// The way of a create-call request that passed validation: fault before placing, placing, fault
// after placing, answer. One flow for both providers, each with its own words.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>

#include "server/provider/sim/sim_http.h"

namespace leadline {

// How a provider says it.
struct CreateWords {
  std::function<SimReply(CreateFault)> fault;  // any fault that has a status of its own
  std::function<Json(const SimCall&)> created;
};

// Thread-safe.
class CreateFlow {
 public:
  explicit CreateFlow(const SimContext* context) : context_(context) {}
  SimReply Answer(const Placement& placement, const CreateWords& words);

 private:
  CreateFault Draw(const std::string& number, const CreateFaultRates& rates, bool before);
  SimReply FaultReply(CreateFault fault, const CreateWords& words, const Json& created);

  const SimContext* context_;
  std::mutex mutex_;
  std::unordered_map<std::string, int> requests_to_;  // by number
  uint64_t draws_ = 0;
};

}  // namespace leadline
