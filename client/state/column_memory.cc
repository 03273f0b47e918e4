#include "client/state/column_memory.h"

#include <algorithm>

#include "common/api/fields.h"

namespace leadline {
namespace {

constexpr size_t kMaxText = 512 * 1024;
constexpr size_t kMaxNodes = 100000;

// FNV-1a of 64 bits. A collision would propose a wrong mapping, which the user sees before it
// holds.
std::string HashOf(const std::vector<PlanColumn>& columns) {
  uint64_t hash = 14695981039346656037u;
  const auto add = [&hash](unsigned char c) { hash = (hash ^ c) * 1099511628211u; };
  bool named = false;
  for (const PlanColumn& column : columns) {
    named = named || !column.header.empty();
    for (const char c : column.header) add(static_cast<unsigned char>(c));
    add(0x1f);
  }
  return named ? std::to_string(hash) : "";
}

Json ToJson(const ChoiceMap& choices) {
  Json json = Json::object();
  for (const auto& [column, choice] : choices) json[column] = choice;
  return json;
}

ChoiceMap FromJson(const Json& json) {
  ChoiceMap choices;
  if (!json.is_object()) return choices;
  for (const auto& item : json.items()) {
    if (item.value().is_string()) choices[item.key()] = item.value().get_ref<const std::string&>();
  }
  return choices;
}

}  // namespace

ColumnMemory ColumnMemory::Parse(std::string_view text) {
  ColumnMemory memory;
  if (text.empty() || text.size() > kMaxText) return memory;
  const Result<Json> json = ParseJson(text, kMaxNodes);
  if (!json.ok() || !json->is_array()) return memory;
  for (const Json& item : *json) {
    Entry entry{ReadText(item, "headers"),
                {FromJson(Member(item, "mapping")), FromJson(Member(item, "types"))}};
    if (!entry.headers.empty()) memory.entries_.push_back(std::move(entry));
    if (memory.entries_.size() == kMaxLists) break;
  }
  return memory;
}

std::string ColumnMemory::ToText() const {
  Json json = Json::array();
  for (const Entry& entry : entries_) {
    json.push_back({{"headers", entry.headers},
                    {"mapping", ToJson(entry.choices.mapping)},
                    {"types", ToJson(entry.choices.types)}});
  }
  return DumpJson(json);
}

const ColumnChoices* ColumnMemory::Find(const std::vector<PlanColumn>& columns) const {
  const std::string headers = HashOf(columns);
  for (const Entry& entry : entries_) {
    if (entry.headers == headers) return &entry.choices;
  }
  return nullptr;
}

bool ColumnMemory::Keep(const std::vector<PlanColumn>& columns, const ColumnChoices& choices) {
  const std::string headers = HashOf(columns);
  if (headers.empty()) return false;
  const size_t before = entries_.size();
  std::erase_if(entries_, [&headers](const Entry& entry) { return entry.headers == headers; });
  const bool known = entries_.size() != before;
  if (choices.empty()) return known;
  entries_.push_front({headers, choices});
  if (entries_.size() > kMaxLists) entries_.pop_back();
  return true;
}

}  // namespace leadline
