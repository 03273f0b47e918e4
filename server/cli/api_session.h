// The way of `leadline import` and `leadline export` to the data: always the API. Of the server
// that holds the folder; or, when none does, of one that runs inside this process for the moment
// and dials nothing.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "common/base/json.h"
#include "httplib.h"
#include "server/cli/instance.h"

namespace leadline {

class ApiSession {
 public:
  // Errors: those of Instance::Open; kUnavailable "server_unreachable" when the folder is held by a
  // server that does not answer.
  static Result<std::unique_ptr<ApiSession>> Open(const std::string& data);

  Result<Json> Get(const std::string& path);
  Result<Json> Post(const std::string& path, const Json& body);
  // Sends the file as it is.
  Result<Json> PutFile(const std::string& path, const std::string& file);
  // Hands over pieces of the answer until `write` returns false.
  Status Download(const std::string& path, const std::function<bool(std::string_view)>& write);

  // The id of a campaign by its name; 0 for an empty name. kNotFound.
  Result<int64_t> CampaignId(const std::string& name);

 private:
  ApiSession(std::unique_ptr<Instance> own, const std::string& url);
  Result<Json> Read(const httplib::Result& answer);

  std::unique_ptr<Instance> own_;  // null: another process serves
  httplib::Client client_;
};

// For the query part of an address.
std::string EncodeQuery(std::string_view text);

}  // namespace leadline
