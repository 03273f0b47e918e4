// Assistants and the calling settings as JSON.
#pragma once

#include "common/api/fields.h"
#include "common/dial/campaign.h"

namespace leadline {

// `inline` is null when an external assistant is used and nothing inline is kept; `lacks` is one
// sentence on what is missing before it can call, or null.
Json AssistantJson(const Assistant& assistant);
bool ReadAssistant(const Json& value, Assistant* assistant);

// The body of POST and PATCH.
Json AssistantBodyJson(const Assistant& assistant);
// Lays a body over `assistant`: members that are absent stay, `inline` is merged by member,
// `variables` replaces the list. The provider of a stored one (id != 0) cannot change. Errors:
// kInvalid "invalid_body" with fields; `assistant` is then unchanged.
Status DecodeAssistant(const Json& body, Assistant* assistant);

// The object of GET /api/v1/settings, and the body of PATCH (without `version`).
Json SettingsJson(const CallingSettings& settings);
Json SettingsBodyJson(const CallingSettings& settings);
bool ReadSettings(const Json& value, CallingSettings* settings);
Status DecodeSettings(const Json& body, CallingSettings* settings);

}  // namespace leadline
