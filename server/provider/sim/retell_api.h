// Retell's REST API under one prefix, as strict as the real one; removed paths stay removed.
#pragma once

#include <httplib.h>

#include <string>
#include <vector>

#include "server/provider/sim/create_flow.h"
#include "server/provider/sim/sim_http.h"

namespace leadline {

// Thread-safe. `context` must outlive it, and it the server.
class RetellApi {
 public:
  explicit RetellApi(const SimContext* context) : context_(context), flow_(context) {}
  // Adds the routes; `prefix` is "/retell".
  void Register(httplib::Server& server, const std::string& prefix);

 private:
  SimHandler Guarded(SimHandler handler) const;
  SimReply Create(const httplib::Request& request);
  SimReply Get(const httplib::Request& request) const;
  SimReply List(const httplib::Request& request) const;
  SimReply Stop(const httplib::Request& request) const;
  SimReply Update(const httplib::Request& request) const;
  SimReply Concurrency(const httplib::Request& request) const;
  SimReply Fault(CreateFault fault) const;
  std::vector<Json> Matching(const Json& criteria, bool ascending) const;
  bool ReadFails(const std::string& what) const;

  const SimContext* context_;
  CreateFlow flow_;
};

}  // namespace leadline
