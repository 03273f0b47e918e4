// Where the user is. The route and the hash of the page's address are the same thing in two forms,
// so that back, forward, reload, bookmarks and links work: "#/leads?status=failed&q=smith&lead=7".
// Pure functions and a plain value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace leadline {

enum class Screen : uint8_t {
  kHome,
  kLeads,
  kImport,
  kCampaigns,
  kAssistants,
  kCalls,
  kReports,
  kGuide,
  kSettings,
};
inline constexpr int kScreenCount = 9;
inline constexpr std::string_view kScreenNames[kScreenCount] = {
    "home", "leads", "import", "campaigns", "assistants", "calls", "reports", "guide", "settings"};
inline constexpr std::string_view kScreenTitles[kScreenCount] = {
    "Home", "Leads", "Import", "Campaigns", "Assistants", "Calls", "Reports", "Guide", "Settings"};

// What is being done to the thing that the route names.
enum class RouteAction : uint8_t { kView, kNew, kEdit };

struct Route {
  Screen screen = Screen::kHome;
  RouteAction action = RouteAction::kView;
  int64_t id = 0;      // open in the side panel (lead, call), or as the page (campaign, assistant)
  std::string q;       // leads: the search
  std::string status;  // leads: a status or group name; calls: an outcome
  std::string sort;    // leads: as in the API, "" the newest first
  int64_t campaign = 0;  // leads, calls, import: of this campaign
  int64_t lead = 0;      // calls: of this lead
  std::string section;   // guide: the tab

  friend bool operator==(const Route& a, const Route& b) {
    return a.screen == b.screen && a.action == b.action && a.id == b.id && a.SameList(b) &&
           a.section == b.section;
  }
  // Names the same rows: what else differs needs no new list.
  bool SameList(const Route& b) const {
    return screen == b.screen && q == b.q && status == b.status && sort == b.sort &&
           campaign == b.campaign && lead == b.lead;
  }
};

// An address that means nothing gives the home screen; members that mean nothing are left out.
// `hash` without '#'.
Route ParseRoute(std::string_view hash);
// "/leads?status=failed": without '#'. Canonical: ParseRoute(FormatRoute(r)) == r.
std::string FormatRoute(const Route& route);
// The same for links.
inline std::string Href(const Route& route) {
  return "#" + FormatRoute(route);
}

// application/x-www-form-urlencoded in UTF-8, for query values.
std::string UrlEncode(std::string_view text);
std::string UrlDecode(std::string_view text);

}  // namespace leadline
