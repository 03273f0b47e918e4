// What is derived from leads: gates, timeline, preview, CSV.
#include <algorithm>

#include "common/api/call_json.h"
#include "common/api/envelope.h"
#include "server/http/handlers.h"
#include "server/http/lead_query.h"
#include "server/http/streaming.h"
#include "server/service/export_service.h"
#include "server/service/gates_service.h"
#include "server/service/preview.h"

namespace leadline {

Status GetLeadGates(Exchange& x) {
  const Result<GateAnswer> gates = GatesOfLead(x.context, x.Id());
  if (!gates.ok()) return gates.status();
  return x.Answer(GateJson(*gates));
}

Status GetLeadTimeline(Exchange& x) {
  QueryReader reader(x);
  const int limit = static_cast<int>(reader.Int("limit", 100, 1, 500));
  LEADLINE_RETURN_IF_ERROR(reader.Finish());
  const Result<std::vector<TimelineEntry>> entries = x.store().LeadTimeline(x.Id(), limit);
  if (!entries.ok()) return entries.status();
  Json items = Json::array();
  for (const TimelineEntry& e : *entries) {
    items.push_back(TimelineJson(
        {e.id, e.at, e.actor, e.event, e.from_status, e.to_status, e.call_id, e.detail}));
  }
  const auto total = static_cast<int64_t>(items.size());
  return x.Answer(PageJson(std::move(items), "", total));
}

Status GetLeadPreview(Exchange& x) {
  const Result<Preview> preview = PreviewOfLead(x.context, x.Id());
  if (!preview.ok()) return preview.status();
  return x.Answer(PreviewJson(*preview));
}

Status ExportLeadsCsv(Exchange& x) {
  QueryReader reader(x);
  const LeadQuery query = DecodeLeadQuery(reader);
  ExportOptions options;
  options.columns = reader.List("columns");
  options.secondary = reader.Flag("secondary");
  LEADLINE_RETURN_IF_ERROR(reader.Finish());
  LEADLINE_RETURN_IF_ERROR(CheckColumns(options));
  Store* store = x.context.store;
  StreamCsv(x, "leads.csv", [store, query, options](const PieceSink& write) {
    return ExportLeads(store, query, options, write);
  });
  return {};
}

Status GetTemplateCsv(Exchange& x) {
  x.SetHeader("Content-Disposition", "attachment; filename=\"leads-template.csv\"");
  return x.AnswerText(TemplateCsv(), kCsvType);
}

}  // namespace leadline
