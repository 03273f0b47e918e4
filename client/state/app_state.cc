#include "client/state/app_state.h"

namespace leadline {

void ToldStatuses::Tell(LeadId lead, int64_t version, LeadStatus status) {
  constexpr size_t kMost = 10000;
  if (told_.size() >= kMost) told_.clear();  // what is on screen is loaded again soon anyway
  told_[lead] = {version, status};
}

void ToldStatuses::Keep(LeadRecord* lead) {
  const auto it = told_.find(lead->id);
  if (it == told_.end()) return;
  if (it->second.version > lead->version) {
    lead->status = it->second.status;
  } else {
    told_.erase(it);
  }
}
namespace {

template <typename T>
const T* FindById(const Remote<std::vector<T>>& list, int64_t id) {
  if (list.value() == nullptr) return nullptr;
  for (const T& item : *list.value()) {
    if (item.id == id) return &item;
  }
  return nullptr;
}

}  // namespace

const Campaign* AppState::FindCampaign(CampaignId id) const {
  return FindById(campaigns, id);
}

const Assistant* AppState::FindAssistant(AssistantId id) const {
  return FindById(assistants, id);
}

std::string_view AppState::CampaignName(CampaignId id) const {
  const Campaign* found = FindCampaign(id);
  return found != nullptr ? std::string_view(found->name) : std::string_view();
}

CampaignSummary AppState::SummaryOf(CampaignId id) const {
  CampaignSummary sum;
  sum.campaign_id = id;
  if (summary.value() == nullptr) return sum;
  for (const CampaignSummary& one : *summary.value()) {
    if (id != 0 && one.campaign_id != id) continue;
    for (size_t i = 0; i < kLeadStatusCount; ++i) sum.leads[i] += one.leads[i];
    for (size_t i = 0; i < std::size(sum.calls); ++i) sum.calls[i] += one.calls[i];
  }
  return sum;
}

}  // namespace leadline
