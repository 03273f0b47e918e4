#include "client/state/route.h"

#include <charconv>

#include "common/base/utf8.h"

namespace leadline {
namespace {

constexpr size_t kMaxHashBytes = 4000;
constexpr size_t kMaxQueryBytes = 200;

// The member of the query that holds Route::id: a page has its id in the path.
std::string_view PanelKey(Screen screen) {
  if (screen == Screen::kLeads) return "lead";
  if (screen == Screen::kCalls) return "call";
  return "";
}

int64_t IdOf(std::string_view text) {
  int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  return error == std::errc() && end == text.data() + text.size() && id > 0 ? id : 0;
}

std::string_view TakeUntil(char separator, std::string_view* text) {
  const size_t at = text->find(separator);
  const std::string_view head = text->substr(0, at);
  *text = at == std::string_view::npos ? std::string_view() : text->substr(at + 1);
  return head;
}

void ReadPath(std::string_view path, Route* route) {
  if (!path.empty() && path.front() == '/') path.remove_prefix(1);
  const std::string_view name = TakeUntil('/', &path);
  for (int i = 0; i < kScreenCount; ++i) {
    if (kScreenNames[i] == name) route->screen = static_cast<Screen>(i);
  }
  while (!path.empty()) {
    const std::string_view part = TakeUntil('/', &path);
    if (part == "new") {
      route->action = RouteAction::kNew;
    } else if (part == "edit") {
      route->action = RouteAction::kEdit;
    } else if (route->screen == Screen::kGuide) {
      route->section = UrlDecode(part);
    } else {
      route->id = IdOf(part);
    }
  }
}

void ReadMember(std::string_view key, const std::string& value, Route* route) {
  const bool leads = route->screen == Screen::kLeads;
  const bool calls = route->screen == Screen::kCalls;
  if (key == "campaign") route->campaign = IdOf(value);
  if (!PanelKey(route->screen).empty() && key == PanelKey(route->screen)) {
    route->id = IdOf(value);
  } else if (calls && key == "lead") {
    route->lead = IdOf(value);
  } else if (leads && key == "q") {
    route->q = ClipUtf8(CleanUtf8(value), kMaxQueryBytes);
  } else if ((leads && key == "status") || (calls && key == "outcome")) {
    route->status = AsciiLower(value);
  } else if (leads && key == "sort") {
    route->sort = value;
  }
}

void Append(std::string_view key, std::string_view value, std::string* query) {
  if (value.empty()) return;
  query->push_back(query->empty() ? '?' : '&');
  query->append(key).append("=").append(UrlEncode(value));
}
void Append(std::string_view key, int64_t id, std::string* query) {
  if (id > 0) Append(key, std::to_string(id), query);
}

}  // namespace

Route ParseRoute(std::string_view hash) {
  Route route;
  hash = hash.substr(0, kMaxHashBytes);
  ReadPath(TakeUntil('?', &hash), &route);
  while (!hash.empty()) {
    std::string_view pair = TakeUntil('&', &hash);
    const std::string_view key = TakeUntil('=', &pair);
    ReadMember(key, UrlDecode(pair), &route);
  }
  return route;
}

std::string FormatRoute(const Route& route) {
  std::string path = "/";
  path += kScreenNames[static_cast<int>(route.screen)];
  const std::string_view panel_key = PanelKey(route.screen);
  if (panel_key.empty() && route.id > 0) path += "/" + std::to_string(route.id);
  if (!route.section.empty()) path += "/" + UrlEncode(route.section);
  if (route.action == RouteAction::kNew) path += "/new";
  if (route.action == RouteAction::kEdit) path += "/edit";
  std::string query;
  Append("campaign", route.campaign, &query);
  Append(route.screen == Screen::kCalls ? "outcome" : "status", route.status, &query);
  Append("q", route.q, &query);
  Append("sort", route.sort, &query);
  if (route.screen == Screen::kCalls) Append("lead", route.lead, &query);
  if (!panel_key.empty()) Append(panel_key, route.id, &query);
  return path + query;
}

std::string UrlEncode(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "-_.~";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
    if (letter || (byte >= '0' && byte <= '9') || kPlain.find(c) != std::string_view::npos) {
      out.push_back(c);
    } else {
      out.push_back('%');
      out.push_back(kHex[byte >> 4]);
      out.push_back(kHex[byte & 15]);
    }
  }
  return out;
}

std::string UrlDecode(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16).ptr ==
            text.data() + i + 3) {
      out.push_back(static_cast<char>(byte));
      i += 2;
    } else {
      out.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

}  // namespace leadline
