// Writing calls.
#pragma once

#include <string>

#include "server/store/sqlite/rows.h"
#include "server/store/sqlite/store_impl.h"

namespace leadline {

// The call of a claim, not yet stored; contact null: the primary number.
Call NewCall(const Lead& lead, const Contact* contact, const DialFacts& facts,
             std::string attempt_id);
void InsertCall(Tx& tx, Call* call);  // sets its id
// Everything but who was called: state, outcome, texts, instants. check_at: when the provider is to
// be asked next, while the call is open.
void WriteCall(Tx& tx, const Call& call, TimeMs check_at);
// How long to wait before the provider is asked about a call that was asked about `checks` times.
TimeMs CheckDelayMs(CallState state, int checks);

// Webhooks that came before their call was known by this name are pending again.
void WakeWebhooks(Tx& tx, std::string_view provider_call_id);

}  // namespace leadline
