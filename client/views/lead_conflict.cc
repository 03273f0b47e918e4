#include "client/views/lead_conflict.h"

#include <set>

namespace leadline {
namespace {

struct TextField {
  std::string_view field;
  std::string_view title;
  std::string LeadDraft::*member;
};
constexpr TextField kTexts[] = {{"name", "Name", &LeadDraft::name},
                                {"phone", "Phone", &LeadDraft::phone},
                                {"email", "Email", &LeadDraft::email},
                                {"company", "Company", &LeadDraft::company},
                                {"timezone", "Time zone", &LeadDraft::timezone}};
constexpr std::string_view kVariablePrefix = "variables.";

std::string ContactsText(const std::vector<Contact>& contacts) {
  std::string text;
  for (const Contact& contact : contacts) {
    text += (text.empty() ? "" : "\n") + contact.name + " " + contact.phone;
    for (const auto& [key, value] : contact.variables) text += ", " + key + " = " + value;
  }
  return text;
}

std::string ValueOf(const Variables& variables, const std::string& key) {
  const auto it = variables.find(key);
  return it == variables.end() ? std::string() : it->second;
}

void Compare(std::string field, std::string title, const std::string& base, std::string mine,
             std::string theirs, std::vector<Difference>* differences) {
  if (mine == theirs) return;
  const bool changed_by_me = mine != base;
  differences->push_back(
      {std::move(field), std::move(title), std::move(mine), std::move(theirs), changed_by_me});
}

}  // namespace

std::vector<Difference> DifferencesOf(const LeadDraft& base, const LeadDraft& mine,
                                      const LeadDraft& theirs) {
  std::vector<Difference> differences;
  for (const TextField& text : kTexts) {
    Compare(std::string(text.field), std::string(text.title), base.*text.member, mine.*text.member,
            theirs.*text.member, &differences);
  }
  Compare("campaign_id", "Campaign", std::to_string(base.campaign_id),
          std::to_string(mine.campaign_id), std::to_string(theirs.campaign_id), &differences);
  std::set<std::string> keys;
  for (const LeadDraft* draft : {&base, &mine, &theirs}) {
    for (const auto& [key, value] : draft->variables) keys.insert(key);
  }
  for (const std::string& key : keys) {
    Compare(std::string(kVariablePrefix) + key, key, ValueOf(base.variables, key),
            ValueOf(mine.variables, key), ValueOf(theirs.variables, key), &differences);
  }
  Compare("contacts", "Other numbers", ContactsText(base.contacts), ContactsText(mine.contacts),
          ContactsText(theirs.contacts), &differences);
  return differences;
}

LeadDraft Merge(const LeadDraft& mine, const LeadDraft& theirs,
                const std::vector<Difference>& chosen) {
  LeadDraft merged = theirs;
  for (const Difference& difference : chosen) {
    if (!difference.take_mine) continue;
    for (const TextField& text : kTexts) {
      if (difference.field == text.field) merged.*text.member = mine.*text.member;
    }
    if (difference.field == "campaign_id") merged.campaign_id = mine.campaign_id;
    if (difference.field == "contacts") merged.contacts = mine.contacts;
    if (difference.field.rfind(kVariablePrefix, 0) != 0) continue;
    const std::string key = difference.field.substr(kVariablePrefix.size());
    const auto it = mine.variables.find(key);
    if (it == mine.variables.end()) {
      merged.variables.erase(key);
    } else {
      merged.variables[key] = it->second;
    }
  }
  return merged;
}

bool ConflictView(const View& view, std::vector<Difference>* differences, bool* discard) {
  ui::Banner(
      "Somebody saved this lead while you were editing it. Choose, for each field that differs, "
      "which value is to stay. Nothing has been overwritten.",
      ui::Tone::kWarning, {}, false, "This lead was changed meanwhile");
  for (Difference& difference : *differences) {
    const auto words = [&view, &difference](const std::string& value) {
      if (difference.field != "campaign_id") return value.empty() ? "(empty)" : value;
      const std::string_view name = view.state.CampaignName(std::atoll(value.c_str()));
      return name.empty() ? "Default" : std::string(name);
    };
    const std::string mine = words(difference.mine);
    const std::string theirs = words(difference.theirs);
    int choice = difference.take_mine ? 0 : 1;
    if (ui::RadioGroup(difference.title, {{"Mine", mine}, {"Theirs", theirs}}, &choice)) {
      difference.take_mine = choice == 0;
    }
    ui::Gap(ui::kSpaceXs);
  }
  bool decided = false;
  ui::BeginFooter();
  if (ui::Button("Discard my changes")) *discard = true;
  if (ui::Button("Save these values", {.kind = ui::ButtonKind::kPrimary})) decided = true;
  ui::EndFooter();
  return decided;
}

}  // namespace leadline
