#include <algorithm>

#include "common/base/utf8.h"
#include "server/provider/provider.h"
#include "server/provider/retell.h"
#include "server/provider/vapi.h"

namespace leadline {
namespace {

// Environment variables often end in a line feed. What is left goes into headers as it is.
bool TidySecret(std::string* secret) {
  *secret = std::string(TrimUtf8(*secret));
  return secret->size() <= 500 && std::all_of(secret->begin(), secret->end(), [](unsigned char c) {
           return c >= 0x20 && c != 0x7F;
         });
}

}  // namespace

Result<std::unique_ptr<CallProvider>> MakeProvider(Provider provider,
                                                   const ProviderConfig& config) {
  ProviderConfig tidy = config;
  if (!TidySecret(&tidy.api_key) || !TidySecret(&tidy.webhook_secret)) {
    return Invalid("bad_api_key",
                   "The API key or webhook secret of " + std::string(NameOf(provider)) +
                       " has a line break or control character in it: copy it again.");
  }
  auto endpoint = ParseEndpoint(config.base_url);
  if (!endpoint.ok()) return endpoint.status();
  std::unique_ptr<CallProvider> made;
  if (provider == Provider::kVapi) {
    made = std::make_unique<VapiProvider>(std::move(*endpoint), std::move(tidy));
  } else {
    made = std::make_unique<RetellProvider>(std::move(*endpoint), std::move(tidy));
  }
  return made;
}

}  // namespace leadline
