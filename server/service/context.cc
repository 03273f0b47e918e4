#include "server/service/context.h"

namespace leadline {

ProviderReadiness ServerContext::ReadinessOf(Provider provider) const {
  if (readiness) return readiness(provider);
  const CallProvider* adapter = providers[static_cast<int>(provider)];
  return {adapter != nullptr && adapter->key_present(), 0};
}

}  // namespace leadline
