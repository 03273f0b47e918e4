// Leads by status and calls by outcome, with their numbers.
#include <algorithm>
#include <iterator>

#include "client/views/view.h"

namespace leadline {
namespace {

struct Local {
  CampaignId campaign = 0;
};
Local& Mine() {
  static Local local;
  return local;
}

struct Share {
  std::string name;
  int64_t count;
  ui::Tone tone;
};

void Chart(std::string_view title, const std::vector<Share>& shares) {
  int64_t all = 0;
  std::vector<ui::Datum> data;
  for (const Share& share : shares) {
    all += share.count;
    data.push_back({share.name, static_cast<double>(share.count), share.tone});
  }
  ui::BeginCard(title);
  if (all == 0) {
    ui::MutedText("Nothing to count yet.");
  } else {
    ui::BarChart(title, data, 180);
    const std::string name = std::string(title) + " as numbers";
    ui::Grid grid(name,
                  {{.title = "Name", .width_px = 160, .stretch = 1},
                   {.title = "Number", .width_px = 100, .align = ui::Align::kRight},
                   {.title = "Share", .width_px = 80, .align = ui::Align::kRight}},
                  {.rows = static_cast<int64_t>(shares.size()),
                   .height_px = GridHeight(static_cast<int64_t>(shares.size()))});
    while (grid.NextRow()) {
      const Share& share = shares[static_cast<size_t>(grid.row())];
      grid.BeginRow(grid.row(), {.name = share.name});
      grid.TextCell(share.name);
      grid.TextCell(Count(share.count));
      grid.TextCell(Percent(static_cast<double>(share.count) / static_cast<double>(all)), true);
    }
    grid.End();
  }
  ui::EndCard();
}

void Totals(const CampaignSummary& summary) {
  int64_t leads = 0;
  int64_t calls = 0;
  for (const int64_t n : summary.leads) leads += n;
  for (const int64_t n : summary.calls) calls += n;
  const int64_t reached = summary.leads[static_cast<size_t>(LeadStatus::kCompleted)];
  const int64_t answered = summary.calls[static_cast<size_t>(Outcome::kAnswered)];
  const auto share = [](int64_t part, int64_t all) {
    return all == 0 ? std::string("-")
                    : Percent(static_cast<double>(part) / static_cast<double>(all));
  };
  ui::BeginColumns("Totals", 4, 150);
  ui::NextColumn();
  ui::StatTile("Leads", Count(leads), "in all");
  ui::NextColumn();
  ui::StatTile("Reached", share(reached, leads), CountOf(reached, "lead", "leads"),
               ui::Tone::kSuccess);
  ui::NextColumn();
  ui::StatTile("Calls", Count(calls), "every attempt");
  ui::NextColumn();
  ui::StatTile("Answered", share(answered, calls), CountOf(answered, "call", "calls"),
               ui::Tone::kSuccess);
  ui::EndColumns();
}

}  // namespace

void ReportsView(const View& view) {
  ui::BeginPageHeader("Reports", "Counted as it happens.");
  std::vector<CampaignId> ids;
  const ui::Options campaigns = CampaignOptions(view, &ids, "All campaigns");
  int index = std::max(0, IndexOf(ids, Mine().campaign));
  if (ui::Select("Campaign", campaigns, &index, {.hide_label = true, .width_px = 220})) {
    Mine().campaign = ids[static_cast<size_t>(index)];
  }
  ui::EndPageHeader();
  if (view.state.summary.failed()) LoadProblem(view, view.state.summary.error(), "The report");
  if (view.state.summary.first_load()) return ui::Skeleton("Loading the report", 8);
  const CampaignSummary summary = view.state.SummaryOf(Mine().campaign);
  Totals(summary);
  ui::Gap();
  std::vector<Share> leads;
  for (size_t i = 0; i < kLeadStatusCount; ++i) {
    const LeadStatus status = kStatusTexts[i].status;
    leads.push_back({std::string(StatusTitle(status, view.state.simple_statuses())),
                     summary.leads[i], ToneOf(status)});
  }
  std::vector<Share> calls;
  for (size_t i = 0; i < std::size(summary.calls); ++i) {
    calls.push_back({Title(kOutcomeNames[i]), summary.calls[i], ToneOf(static_cast<Outcome>(i))});
  }
  ui::BeginColumns("Charts", 2, 380);
  ui::NextColumn();
  Chart("Leads by status", leads);
  ui::NextColumn();
  Chart("Calls by outcome", calls);
  ui::EndColumns();
}

}  // namespace leadline
