#include "server/provider/sim/control_api.h"

#include <cmath>

#include "server/provider/sim/retell_view.h"
#include "server/provider/sim/vapi_view.h"

namespace leadline {
namespace {

constexpr size_t kMaxDebugCalls = 1000;

Json RingJson(const Ring& ring) {
  Json out = {{"provider", SimProviderName(ring.provider)},
              {"number", ring.number},
              {"attempt_id", ring.attempt_id},
              {"at", FormatRfc3339(ring.at)},
              {"ended_at", nullptr},
              {"outcome", nullptr}};
  if (ring.ended_at) out["ended_at"] = FormatRfc3339(*ring.ended_at);
  if (ring.outcome) out["outcome"] = SimOutcomeName(*ring.outcome);
  return out;
}

SimReply GetRings(const SimContext& context, const httplib::Request& request) {
  const std::string number = request.get_param_value("number");
  Json items = Json::array();
  for (const Ring& ring : context.engine->Rings()) {
    if (number.empty() || ring.number == number) items.push_back(RingJson(ring));
  }
  return JsonReply(200, {{"items", std::move(items)}});
}

SimReply Unprocessable(const Status& status) {
  Json fields = Json::array();
  for (const FieldProblem& f : status.fields()) {
    fields.push_back({{"path", f.path}, {"code", f.code}, {"message", f.message}});
  }
  return JsonReply(422,
                   {{"code", status.slug()}, {"message", status.message()}, {"fields", fields}});
}

SimReply PutConfig(const SimContext& context, const httplib::Request& request) {
  const auto body = ParseJson(request.body);
  const Status status = body.ok() ? context.config->Patch(*body) : body.status();
  return status.ok() ? JsonReply(200, ConfigToJson(context.config->Get())) : Unprocessable(status);
}

Json ClockJson(const SimContext& context) {
  return {{"now", FormatRfc3339(context.clock->SimMs())}, {"time_scale", context.clock->scale()}};
}

SimReply PutClock(const SimContext& context, const httplib::Request& request) {
  const auto body = ParseJson(request.body);
  if (!body.ok()) return Unprocessable(body.status());
  ObjectReader r(*body, "");
  const auto now = ParseRfc3339(r.Text("now", {.required = true}));
  if (!now) r.AddProblem("now", "not_a_time", "Give an RFC 3339 time, like 2026-03-02T17:00:05Z.");
  if (const Status status = r.Finish(); !status.ok()) return Unprocessable(status);
  context.clock->SetSimMs(*now);
  return JsonReply(200, ClockJson(context));
}

Json DebugJson(const SimCall& call) {
  return {{"provider", SimProviderName(call.provider)},
          {"id", call.id},
          {"number", call.number},
          {"attempt_id", call.attempt_id},
          {"status", call.provider == SimProvider::kVapi ? VapiStatus(call) : RetellStatus(call)},
          {"plan",
           {{"outcome", SimOutcomeName(call.plan.outcome)},
            {"reason", call.plan.reason},
            {"ring_ms", call.plan.ring_ms},
            {"talk_ms", call.plan.talk_ms}}},
          {"ended_reason", call.ended_reason},
          {"request", call.request}};
}

SimReply GetCalls(const SimContext& context) {
  Json items = Json::array();
  for (SimProvider provider : {SimProvider::kVapi, SimProvider::kRetell}) {
    size_t left = kMaxDebugCalls;
    context.engine->Visit(provider, [&](const SimCall& call) {
      items.push_back(DebugJson(call));
      return --left > 0;
    });
  }
  return JsonReply(200, {{"items", std::move(items)}});
}

void PutLittleEndian(uint32_t value, int bytes, std::string* out) {
  for (int i = 0; i < bytes; ++i) *out += static_cast<char>((value >> (8 * i)) & 0xFF);
}

// One second of a soft tone, 8 kHz, 8 bit, mono.
std::string ToneWav() {
  constexpr uint32_t kRate = 8000;
  std::string wav = "RIFF";
  PutLittleEndian(36 + kRate, 4, &wav);
  wav += "WAVEfmt ";
  PutLittleEndian(16, 4, &wav);
  PutLittleEndian(1, 2, &wav);
  PutLittleEndian(1, 2, &wav);
  PutLittleEndian(kRate, 4, &wav);
  PutLittleEndian(kRate, 4, &wav);
  PutLittleEndian(1, 2, &wav);
  PutLittleEndian(8, 2, &wav);
  wav += "data";
  PutLittleEndian(kRate, 4, &wav);
  for (uint32_t i = 0; i < kRate; ++i) {
    const double seconds = static_cast<double>(i) / kRate;
    const double fade = 1 - seconds;
    wav += static_cast<char>(128 + std::lround(40 * fade * std::sin(2 * M_PI * 440 * seconds)));
  }
  return wav;
}

SimReply Recording(const httplib::Request&) {
  SimReply reply;
  reply.content_type = "audio/wav";
  reply.body = ToneWav();
  return reply;
}

SimReply Overview(const SimContext& context) {
  return JsonReply(200, {{"vapi_base_url", context.public_url + "/vapi"},
                         {"retell_base_url", context.public_url + "/retell"},
                         {"clock", ClockJson(context)},
                         {"seed", context.seed},
                         {"known",
                          {{"vapi_assistant_id", kVapiAssistantId},
                           {"vapi_phone_number_id", kVapiPhoneNumberId},
                           {"retell_agent_id", kRetellAgentId},
                           {"retell_number", kRetellNumber}}},
                         {"scripted_numbers", ScriptsToJson()}});
}

}  // namespace

void RegisterControlApi(httplib::Server& server, const SimContext* c) {
  using Request = httplib::Request;
  server.Get("/sim", Route(c, [c](const Request&) { return Overview(*c); }));
  server.Get("/sim/rings", Route(c, [c](const Request& r) { return GetRings(*c, r); }));
  server.Get("/sim/config", Route(c, [c](const Request&) {
               return JsonReply(200, ConfigToJson(c->config->Get()));
             }));
  server.Put("/sim/config", Route(c, [c](const Request& r) { return PutConfig(*c, r); }));
  server.Get("/sim/clock", Route(c, [c](const Request&) { return JsonReply(200, ClockJson(*c)); }));
  server.Put("/sim/clock", Route(c, [c](const Request& r) { return PutClock(*c, r); }));
  server.Get("/sim/calls", Route(c, [c](const Request&) { return GetCalls(*c); }));
  server.Get("/sim/webhooks",
             Route(c, [c](const Request&) { return JsonReply(200, c->sender->ToJson()); }));
  server.Get("/sim/recordings/:id", Route(c, Recording));
}

}  // namespace leadline
