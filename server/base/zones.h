// Zone data from the system's tzdata, by Howard Hinnant's date library.
#pragma once

#include "common/dial/window.h"

namespace leadline {

// Thread-safe. An unknown name, or tzdata that cannot be read, gives an empty answer: the lead is
// not called.
class SystemZones final : public Zones {
 public:
  std::optional<ZoneSpan> SpanAt(std::string_view zone, TimeMs at) const override;
};

}  // namespace leadline
