#include "common/lead/variables.h"

#include <algorithm>
#include <array>

#include "common/base/utf8.h"

namespace leadline {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kAliases = {{
    {"name", "customer_name"},
    {"phone", "phone_number"},
    {"company", "company_name"},
    {"email", "email_address"},
}};

bool IsNameChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string_view Trim(std::string_view s) {
  while (!s.empty() && IsBlank(s.front())) s.remove_prefix(1);
  while (!s.empty() && IsBlank(s.back())) s.remove_suffix(1);
  return s;
}

size_t NameLength(std::string_view s, bool dots) {
  size_t n = 0;
  while (n < s.size() && (IsNameChar(s[n]) || (dots && s[n] == '.'))) ++n;
  return n;
}

// The inside of {{...}}, without Liquid's white-space hyphens.
std::string_view Inside(std::string_view s) {
  if (!s.empty() && s.front() == '-') s.remove_prefix(1);
  if (!s.empty() && s.back() == '-') s.remove_suffix(1);
  return Trim(s);
}

bool ReadDouble(std::string_view text, size_t at, Placeholder* p) {
  const size_t close = text.find("}}", at + 2);
  if (close == std::string_view::npos) return false;
  const std::string_view inside = Inside(text.substr(at + 2, close - at - 2));
  const size_t n = NameLength(inside, true);
  *p = {at, close + 2, inside.substr(0, n), Trim(inside.substr(n)), false};
  return true;
}

bool ReadSingle(std::string_view text, size_t at, Placeholder* p) {
  const size_t n = NameLength(text.substr(at + 1), false);
  const size_t close = at + 1 + n;
  if (n == 0 || close >= text.size() || text[close] != '}') return false;
  *p = {at, close + 1, text.substr(at + 1, n), {}, true};
  return true;
}

// Every name in a piece of Liquid, outside of its quoted texts.
void CollectNames(std::string_view code, NameSet* names) {
  for (size_t i = 0; i < code.size();) {
    if (code[i] == '"' || code[i] == '\'') {
      const size_t close = code.find(code[i], i + 1);
      i = close == std::string_view::npos ? code.size() : close + 1;
      continue;
    }
    const size_t n = NameLength(code.substr(i), true);
    if (n > 0) names->insert(std::string(code.substr(i, n)));
    i += std::max<size_t>(n, 1);
  }
}

// The text of a filter `| default: "x"` at the front of `rest`; empty when it is another one.
std::string_view DefaultText(std::string_view rest) {
  if (rest.empty() || rest.front() != '|') return {};
  rest = Trim(rest.substr(1));
  if (!rest.starts_with("default")) return {};
  rest = Trim(rest.substr(7));
  if (rest.empty() || rest.front() != ':') return {};
  rest = Trim(rest.substr(1));
  if (rest.size() < 2 || (rest.front() != '"' && rest.front() != '\'')) return {};
  const size_t close = rest.find(rest.front(), 1);
  return close == std::string_view::npos ? std::string_view() : rest.substr(1, close - 1);
}

void AddOnce(std::string_view name, std::vector<std::string>* list) {
  if (std::find(list->begin(), list->end(), name) == list->end()) list->emplace_back(name);
}

void SetIfFilled(std::string_view name, const std::string& value, Variables* out) {
  if (!value.empty()) (*out)[std::string(name)] = value;
}

std::string ValueOf(const Variables& variables, std::string_view name) {
  const auto it = variables.find(name);
  return it == variables.end() ? std::string() : it->second;
}

void SetPersonName(const std::string& name, Variables* out) {
  if (name.empty()) return;
  (*out)["name"] = (*out)["customer_name"] = name;
  (*out)["first_name"] = FirstName(name);
  (*out)["last_name"] = LastName(name);
}

void AddFields(const Lead& lead, Variables* out) {
  SetPersonName(lead.name, out);
  SetIfFilled("email", lead.email, out);
  SetIfFilled("email_address", lead.email, out);
  SetIfFilled("company", lead.company, out);
  SetIfFilled("company_name", lead.company, out);
  SetIfFilled("timezone", lead.timezone, out);
}

// A contact is often another person: what it says by one of two names, it says by both.
void AddContact(const Contact& contact, Variables* out) {
  SetPersonName(contact.name, out);
  for (const auto& [name, value] : contact.variables) SetIfFilled(name, value, out);
  for (const auto& [name, alias] : kAliases) {
    const std::string by_name = ValueOf(contact.variables, name);
    const std::string by_alias = ValueOf(contact.variables, alias);
    if (by_name.empty()) SetIfFilled(name, by_alias, out);
    if (by_alias.empty()) SetIfFilled(alias, by_name, out);
  }
}

void FillTwins(Variables* out) {
  for (const auto& [name, alias] : kAliases) {
    std::string& a = (*out)[std::string(name)];
    std::string& b = (*out)[std::string(alias)];
    if (a.empty()) a = b;
    if (b.empty()) b = a;
  }
  for (const char* name : {"first_name", "last_name", "timezone"}) (*out)[name];
  if ((*out)["first_name"].empty()) (*out)["first_name"] = FirstName((*out)["name"]);
  if ((*out)["last_name"].empty()) (*out)["last_name"] = LastName((*out)["name"]);
}

}  // namespace

std::vector<Placeholder> FindPlaceholders(std::string_view text) {
  std::vector<Placeholder> found;
  bool closes = true;  // whether "}}" is still ahead; keeps "{{{{{{..." linear
  for (size_t at = text.find('{'); at < text.size(); at = text.find('{', at)) {
    Placeholder p;
    const bool doubled = at + 1 < text.size() && text[at + 1] == '{';
    if (doubled && closes) closes = ReadDouble(text, at, &p);
    if (doubled ? closes : ReadSingle(text, at, &p)) {
      at = p.end;
      found.push_back(p);
    } else {
      at += doubled ? 2 : 1;
    }
  }
  return found;
}

void CollectReferences(std::string_view text, const NameSet& known, NameSet* names) {
  for (const Placeholder& p : FindPlaceholders(text)) {
    if (p.single_braces) {
      if (known.count(p.name) != 0) names->insert(std::string(p.name));
    } else {
      CollectNames(text.substr(p.begin + 2, p.end - p.begin - 4), names);
    }
  }
  for (size_t at = text.find("{%"); at != std::string_view::npos; at = text.find("{%", at)) {
    const size_t close = text.find("%}", at + 2);
    if (close == std::string_view::npos) return;
    CollectNames(text.substr(at + 2, close - at - 2), names);
    at = close + 2;
  }
}

std::string DoubleBraces(std::string_view text, const NameSet& known) {
  std::string out;
  size_t done = 0;
  for (const Placeholder& p : FindPlaceholders(text)) {
    if (!p.single_braces || known.count(p.name) == 0) continue;
    out += text.substr(done, p.begin - done);
    out += "{{" + std::string(p.name) + "}}";
    done = p.end;
  }
  out += text.substr(done);
  return out;
}

std::string_view StandardFieldOf(std::string_view variable) {
  for (const auto& [field, alias] : kAliases) {
    if (variable == field || variable == alias) return field;
  }
  if (variable == "first_name" || variable == "last_name") return "name";
  return variable == "timezone" ? "timezone" : "";
}

bool IsProviderVariable(std::string_view name) {
  for (const std::string_view own : {"now", "date", "time", "month", "day", "year"}) {
    if (name == own) return true;
  }
  return name.starts_with("customer.") || name.starts_with("phoneNumber.") ||
         name.starts_with("call.") || name.starts_with("transport.");
}

Variables MergeVariables(const Variables& defaults, const Lead& lead, const Contact* contact) {
  Variables out = defaults;
  AddFields(lead, &out);
  for (const auto& [name, value] : lead.variables) SetIfFilled(name, value, &out);
  if (contact != nullptr) AddContact(*contact, &out);
  // The number that rings is a fact, not a variable.
  out["phone"] = out["phone_number"] = contact != nullptr ? contact->phone : lead.phone;
  FillTwins(&out);
  return out;
}

std::string SanitizeValue(std::string_view value) {
  std::string out;
  for (size_t at = 0; at < value.size() && out.size() < kMaxSentValueBytes;) {
    const uint32_t c = DecodeUtf8(value, &at);
    const bool space = c == '\t' || c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    if (control && !space) continue;
    const char last = out.empty() ? '\0' : out.back();
    const bool opens = last == '{' && (c == '{' || c == '%');
    const bool closes = (last == '}' || last == '%') && c == '}';
    if (opens || closes) out += ' ';
    AppendUtf8(space ? ' ' : c, &out);
  }
  return out.size() > kMaxSentValueBytes ? ClipUtf8(out, kMaxSentValueBytes - 3) : out;
}

FilledTemplate FillTemplate(std::string_view text, const Variables& values) {
  FilledTemplate filled;
  size_t done = 0;
  for (const Placeholder& p : FindPlaceholders(text)) {
    const auto it = values.find(p.name);
    const bool known = it != values.end();
    if (!known && (p.single_braces || p.name.empty() || IsProviderVariable(p.name))) continue;
    const std::string_view fallback = DefaultText(p.rest);
    if (!known && fallback.empty()) {
      AddOnce(p.name, &filled.unknown);
      continue;
    }
    const bool empty = !known || it->second.empty();
    if (empty && fallback.empty()) AddOnce(p.name, &filled.empty);
    filled.text += text.substr(done, p.begin - done);
    filled.text += empty ? std::string(fallback) : SanitizeValue(it->second);
    done = p.end;
  }
  filled.text += text.substr(done);
  return filled;
}

}  // namespace leadline
