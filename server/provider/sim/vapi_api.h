// Vapi's REST API under one prefix, as strict as the real one: authentication, User-Agent,
// validation, unknown ids, limits.
#pragma once

#include <httplib.h>

#include <string>

#include "server/provider/sim/create_flow.h"
#include "server/provider/sim/sim_http.h"

namespace leadline {

// Thread-safe. `context` must outlive it, and it the server.
class VapiApi {
 public:
  explicit VapiApi(const SimContext* context) : context_(context), flow_(context) {}
  // Adds the routes; `prefix` is "/vapi".
  void Register(httplib::Server& server, const std::string& prefix);

 private:
  SimHandler Guarded(SimHandler handler) const;
  SimReply Create(const httplib::Request& request);
  SimReply CreateOne(const Json& body, const std::string& key);
  SimReply Get(const httplib::Request& request) const;
  SimReply List(const httplib::Request& request) const;
  SimReply Update(const httplib::Request& request) const;
  SimReply Delete(const httplib::Request& request) const;
  SimReply Control(const httplib::Request& request) const;
  SimReply Fault(CreateFault fault) const;
  Json Limits(bool blocked) const;
  bool ReadFails(const std::string& what) const;

  const SimContext* context_;
  CreateFlow flow_;
};

}  // namespace leadline
