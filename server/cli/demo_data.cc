#include "server/cli/demo_data.h"

namespace leadline {
namespace {

constexpr const char* kActor = "demo";
// On the demo's clock these minutes pass in seconds.
constexpr int kRetryDelayMinutes = 30;
constexpr int kRetellLeads = 40;
constexpr int kVapiLeads = 20;

constexpr const char* kFirstNames[] = {
    "Sarah", "Michael", "Aisha",  "David",  "Elena", "James", "Priya", "Thomas", "Mei",  "Carlos",
    "Anna",  "Robert",  "Fatima", "Daniel", "Grace", "Peter", "Yuki",  "Oliver", "Nora", "Samuel"};
constexpr const char* kLastNames[] = {"Johnson", "Garcia", "Khan", "Miller", "Novak",  "Brown",
                                      "Patel",   "Wilson", "Chen", "Lopez",  "Fischer"};
constexpr const char* kCompanies[] = {"TechStart",       "Harbor Dental", "Northwind Foods",
                                      "Bluebird Travel", "Oak & Sons",    "Summit Legal",
                                      "Riverside Gym"};
constexpr const char* kBudgets[] = {"5-10k", "10-20k", "20-50k"};
constexpr const char* kAreaCodes[] = {"212", "312", "415", "617", "303"};

// The last four digits decide what the simulated person does (docs/provider-sim.md); most leads
// are left to chance.
constexpr const char* kScripts[] = {"0001", "0002", "0003", "0004", "0005", "0006"};

std::string Number(int n) {
  const std::string area = kAreaCodes[n % 5];
  if (n % 5 == 2) return "+1" + area + "555" + kScripts[static_cast<size_t>(n / 5) % 6];
  return "+1" + area + "5" + std::to_string(550000 + n * 137 + 1000).substr(0, 6);
}

LeadDraft DemoLead(int n, CampaignId campaign) {
  LeadDraft lead;
  lead.campaign_id = campaign;
  const std::string first = kFirstNames[n % 20];
  const std::string last = kLastNames[(n * 7) % 11];
  lead.name = first + " " + last;
  lead.phone = Number(n);
  std::string email = first + "." + last + std::to_string(n) + "@example.com";
  for (char& c : email) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  lead.email = email;
  lead.company = kCompanies[n % 7];
  lead.variables["budget_range"] = kBudgets[n % 3];
  if (n % 3 == 0) {
    Contact contact;
    contact.name = std::string(kFirstNames[(n + 9) % 20]) + " " + last;
    contact.phone =
        "+1" + std::string(kAreaCodes[(n + 1) % 5]) + "7" + std::to_string(600000 + n * 211);
    contact.variables["role"] = "Office";
    lead.contacts.push_back(contact);
  }
  return lead;
}

Assistant RetellAssistant() {
  Assistant a;
  a.name = "Anna, appointments (Retell)";
  a.provider = Provider::kRetell;
  a.external_id = "agent_1111111111111111";
  a.caller_number = "+14157774444";
  a.variables = {{"budget_range", "not known yet", false, "What they want to spend"}};
  return a;
}

Assistant VapiAssistant() {
  Assistant a;
  a.name = "Victor, reactivation (Vapi)";
  a.provider = Provider::kVapi;
  a.first_message = "Hello {{first_name}}, this is Victor. Do you have a minute?";
  a.system_prompt =
      "You call {{name}} of {{company}} about their budget of {{budget_range}}. Be brief and kind.";
  a.voicemail_message = "Hello {{first_name}}, we will try again later.";
  a.phone_number_id = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
  a.variables = {{"budget_range", "not known yet", false, "What they want to spend"}};
  return a;
}

Campaign DemoCampaign(const char* name, AssistantId assistant) {
  Campaign c;
  c.name = name;
  c.assistant_id = assistant;
  c.retry_delay_minutes = kRetryDelayMinutes;
  c.max_attempts = 3;
  c.contact_gap_seconds = 60;
  c.concurrency = 2;
  c.schedule.timezone = "America/New_York";
  return c;  // without windows: at any hour, since simulated people do not sleep
}

Result<CampaignId> AddCampaign(Store* store, const Assistant& assistant, const char* name,
                               TimeMs now) {
  const Result<Assistant> a = store->CreateAssistant(assistant, now);
  if (!a.ok()) return a.status();
  const Result<Campaign> c = store->CreateCampaign(DemoCampaign(name, a->id), now);
  if (!c.ok()) return c.status();
  return c->id;
}

Status AddLeads(Store* store, CampaignId campaign, int first, int count, TimeMs now) {
  for (int n = first; n < first + count; ++n) {
    const Result<Lead> lead = store->CreateLead(DemoLead(n, campaign), kActor, now);
    if (!lead.ok()) return lead.status();
  }
  return {};
}

}  // namespace

Status FillDemo(Store* store, TimeMs now) {
  const Result<CampaignId> spring =
      AddCampaign(store, RetellAssistant(), "Spring appointments", now);
  if (!spring.ok()) return spring.status();
  const Result<CampaignId> winter = AddCampaign(store, VapiAssistant(), "Old customers", now);
  if (!winter.ok()) return winter.status();
  LEADLINE_RETURN_IF_ERROR(AddLeads(store, *spring, 0, kRetellLeads, now));
  LEADLINE_RETURN_IF_ERROR(AddLeads(store, *winter, kRetellLeads, kVapiLeads, now));
  return store->SetCampaignState(*spring, CampaignState::kRunning, "", now).status();
}

}  // namespace leadline
