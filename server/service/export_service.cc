#include "server/service/export_service.h"

#include <algorithm>
#include <map>
#include <set>

#include "common/table/report.h"

namespace leadline {
namespace {

constexpr size_t kPieceBytes = 64 * 1024;

using CampaignNames = std::map<CampaignId, std::string>;
using Cell = std::string (*)(const Lead& lead, const CampaignNames& campaigns);

std::string TimeText(TimeMs at) {
  return at == 0 || at == kNever ? "" : FormatRfc3339(at);
}

struct FixedColumn {
  std::string_view name;
  bool by_default;
  Cell cell;
};

constexpr FixedColumn kColumns[] = {
    {"id", false, [](const Lead& l, const CampaignNames&) { return std::to_string(l.id); }},
    {"name", true, [](const Lead& l, const CampaignNames&) { return l.name; }},
    {"phone", true, [](const Lead& l, const CampaignNames&) { return l.phone; }},
    {"email", true, [](const Lead& l, const CampaignNames&) { return l.email; }},
    {"company", true, [](const Lead& l, const CampaignNames&) { return l.company; }},
    {"timezone", true, [](const Lead& l, const CampaignNames&) { return l.timezone; }},
    {"campaign", false,
     [](const Lead& l, const CampaignNames& names) {
       const auto it = names.find(l.campaign_id);
       return it == names.end() ? std::string() : it->second;
     }},
    {"status", true,
     [](const Lead& l, const CampaignNames&) { return std::string(NameOf(l.status)); }},
    {"status_group", true,
     [](const Lead& l, const CampaignNames&) { return std::string(TextOf(l.status).group); }},
    {"attempts", false,
     [](const Lead& l, const CampaignNames&) { return std::to_string(l.attempts); }},
    {"last_outcome", false, [](const Lead& l, const CampaignNames&) { return l.last_outcome; }},
    {"last_attempt_at", false,
     [](const Lead& l, const CampaignNames&) { return TimeText(l.last_attempt_at); }},
    {"next_attempt_at", false,
     [](const Lead& l, const CampaignNames&) { return TimeText(l.next_attempt_at); }},
    {"error", false, [](const Lead& l, const CampaignNames&) { return l.error.code; }},
    {"created_at", false,
     [](const Lead& l, const CampaignNames&) { return TimeText(l.created_at); }},
    {"updated_at", false,
     [](const Lead& l, const CampaignNames&) { return TimeText(l.updated_at); }},
};

const FixedColumn* FindFixed(std::string_view name) {
  for (const FixedColumn& column : kColumns) {
    if (column.name == name) return &column;
  }
  return nullptr;
}

bool IsVariableName(std::string_view name) {
  return !name.empty() && name.size() <= kMaxVariableNameBytes &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_';
         });
}

// One column: a fixed one, or a variable.
struct Column {
  const FixedColumn* fixed = nullptr;
  std::string name;
};

// What the header needs to know before the first row is written.
struct Extent {
  std::set<std::string> variables;
  size_t contacts = 0;
};

Result<Extent> Measure(Store* store, const LeadQuery& query) {
  Extent extent;
  const Status status = store->ForEachLead(query, [&](const Lead& lead) {
    for (const auto& [name, value] : lead.variables) extent.variables.insert(name);
    extent.contacts = std::max(extent.contacts, lead.contacts.size());
    return true;
  });
  if (!status.ok()) return status;
  return extent;
}

std::vector<Column> ColumnsOf(const ExportOptions& options, const Extent& extent) {
  std::vector<Column> columns;
  for (const std::string& name : options.columns) columns.push_back({FindFixed(name), name});
  if (!options.columns.empty()) return columns;
  for (const FixedColumn& fixed : kColumns) {
    if (fixed.by_default) columns.push_back({&fixed, std::string(fixed.name)});
  }
  for (const std::string& name : extent.variables) {
    // A variable of a fixed column's name would be read back as that column.
    if (FindFixed(name) == nullptr) columns.push_back({nullptr, name});
  }
  return columns;
}

class Writer {
 public:
  Writer(std::vector<Column> columns, size_t contacts, CampaignNames campaigns)
      : columns_(std::move(columns)), contacts_(contacts), campaigns_(std::move(campaigns)) {}

  void Header() {
    for (const Column& column : columns_) Add(column.name);
    for (size_t i = 1; i <= contacts_; ++i) {
      Add("secondary_phone_" + std::to_string(i));
      Add("secondary_" + std::to_string(i) + "_name");
    }
    EndRow();
  }

  void Row(const Lead& lead) {
    for (const Column& column : columns_) {
      if (column.fixed != nullptr) {
        Add(column.fixed->cell(lead, campaigns_));
      } else {
        const auto it = lead.variables.find(column.name);
        Add(it == lead.variables.end() ? std::string_view() : std::string_view(it->second));
      }
    }
    for (size_t i = 0; i < contacts_; ++i) {
      const bool there = i < lead.contacts.size();
      Add(there ? lead.contacts[i].phone : "");
      Add(there ? lead.contacts[i].name : "");
    }
    EndRow();
  }

  std::string out;

 private:
  void Add(std::string_view cell) {
    if (!first_) out += ',';
    first_ = false;
    AppendCsvCell(cell, ',', &out);
  }
  void EndRow() {
    out += "\r\n";
    first_ = true;
  }

  const std::vector<Column> columns_;
  const size_t contacts_;
  const CampaignNames campaigns_;
  bool first_ = true;
};

}  // namespace

Status CheckColumns(const ExportOptions& options) {
  for (const std::string& name : options.columns) {
    if (FindFixed(name) == nullptr && !IsVariableName(name)) {
      return Invalid("unknown_column", "There is no such column to export.",
                     {{"columns", "unknown_column", "Check the names of the columns."}});
    }
  }
  return {};
}

Status ExportLeads(Store* store, const LeadQuery& query, const ExportOptions& options,
                   const std::function<bool(std::string_view)>& write) {
  LEADLINE_RETURN_IF_ERROR(CheckColumns(options));
  Extent extent;
  if (options.columns.empty() || options.secondary) {
    Result<Extent> measured = Measure(store, query);
    if (!measured.ok()) return measured.status();
    extent = std::move(*measured);
  }
  const Result<std::vector<Campaign>> campaigns = store->ListCampaigns();
  if (!campaigns.ok()) return campaigns.status();
  CampaignNames names;
  for (const Campaign& c : *campaigns) names[c.id] = c.name;

  Writer writer(ColumnsOf(options, extent), options.secondary ? extent.contacts : 0,
                std::move(names));
  writer.out = "\xEF\xBB\xBF";  // lets spreadsheet programs see UTF-8
  writer.Header();
  bool open = true;
  const Status status = store->ForEachLead(query, [&](const Lead& lead) {
    writer.Row(lead);
    if (writer.out.size() < kPieceBytes) return true;
    open = write(writer.out);
    writer.out.clear();
    return open;
  });
  if (status.ok() && open) write(writer.out);
  return status;
}

std::string TemplateCsv() {
  return "\xEF\xBB\xBFname,phone,email,company,timezone,secondary_phone_1,secondary_1_name,"
         "budget_range\r\n"
         "Sarah Johnson,+14155551234,sarah@example.com,TechStart,America/Los_Angeles,"
         "+14155550123,Jane Doe,10-20k\r\n";
}

}  // namespace leadline
