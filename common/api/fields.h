// Small shared pieces of the codecs in this folder. Two manners of reading stand side by side:
//
// - Decode...: strict, for bodies that come to the server. A wrong or unknown member is a problem
//   with its path, and nothing is written to the target when there is one.
// - Read...: lenient, for the server's answers in the client. Unknown members are ignored and
//   missing or odd ones keep their default, so that an older client goes on working.
//
// Pure functions, thread-safe.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "common/base/json.h"
#include "common/base/time.h"
#include "common/lead/lead.h"

namespace leadline {

inline constexpr int64_t kMaxId = int64_t{1} << 53;

// RFC 3339, or null for 0 (not set) and for an instant that never comes.
Json TimeJson(TimeMs at);
// null when empty.
Json TextOrNull(std::string_view text);
Json VariablesJson(const Variables& variables);
Json NamesJson(std::span<const std::string> names);

// Lenient.
TimeMs ReadTime(const Json& object, std::string_view key);
int64_t ReadInt(const Json& object, std::string_view key, int64_t fallback = 0);
bool ReadBool(const Json& object, std::string_view key, bool fallback = false);
std::string ReadText(const Json& object, std::string_view key);
Variables ReadVariables(const Json& value);
std::vector<std::string> ReadNames(const Json& value);
// The index of the member's text in `names`, or `fallback`.
int ReadChoice(const Json& object, std::string_view key, std::span<const std::string_view> names,
               int fallback);

// Strict. The index of the member's text in `names`; `fallback` when absent; a problem
// "unknown_choice" that lists the names otherwise.
int DecodeChoice(ObjectReader& reader, std::string_view key,
                 std::span<const std::string_view> names, int fallback);
// Merges an object of texts into `variables`: a null takes the variable away. Numbers and booleans
// are taken as their JSON text.
void DecodeVariables(ObjectReader& reader, std::string_view key, Variables* variables);
std::vector<std::string> DecodeNames(ObjectReader& reader, std::string_view key, size_t max_items,
                                     std::vector<std::string> fallback);
// A member that the server sets: present in a body it is a problem "read_only" with `mend`.
void RefuseReadOnly(ObjectReader& reader, std::span<const std::string_view> keys,
                    std::string_view mend);

}  // namespace leadline
