// A whole Leadline on one data folder, put together from its implementations: store, clock,
// providers, scheduler, imports, HTTP. `serve` and `demo` run one for people; `import` and `export`
// run one without a scheduler for a moment when no server holds the folder.
#pragma once

#include <memory>
#include <string>

#include "server/provider/provider.h"
#include "server/service/context.h"

namespace leadline {

struct InstanceOptions {
  std::string listen = "127.0.0.1:8080";
  std::string data = "leadline-data";
  std::string public_url;
  int64_t time_scale = 1;
  bool calls = true;  // false: nothing is ever dialled from it
  ProviderConfig providers[kProviderCount];
};

// Base URLs and keys from VAPI_API_KEY, RETELL_API_KEY, RETELL_WEBHOOK_KEY, VAPI_WEBHOOK_SECRET,
// VAPI_BASE_URL, RETELL_BASE_URL.
void ReadProviderEnvironment(InstanceOptions* options);

// "http://127.0.0.1:9090/vapi" and the like: this machine and nothing else.
bool IsLoopbackUrl(std::string_view url);

class Instance {
 public:
  // Opens the data folder and listens; nothing is dialled before Run. Errors: those of
  // OpenSqliteStore, ParseListenAddress and MakeProvider; kInvalid "bad_time_scale",
  // "bad_public_url"; kUnavailable "cannot_listen".
  static Result<std::unique_ptr<Instance>> Open(const InstanceOptions& options);
  ~Instance();  // stops in order: requests, passes, open provider requests
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  Store& store();
  const Clock& clock() const;
  const std::string& url() const;  // "http://127.0.0.1:8080"

  // Starts the scheduler, unless the options say that nothing is dialled.
  Status StartCalling();

 private:
  struct Parts;
  explicit Instance(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// The file in a data folder that names the address of the server that holds it.
std::string AddressFile(const std::string& data);

}  // namespace leadline
