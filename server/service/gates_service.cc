#include "server/service/gates_service.h"

namespace leadline {
namespace {

GateAnswer AnswerOf(const GateReport& report) {
  GateAnswer answer;
  answer.open = report.open;
  if (report.first_closed >= 0) {
    answer.first_closed = kGates[static_cast<size_t>(report.first_closed)].name;
  }
  answer.look_again_at = report.look_again_at == kNever ? 0 : report.look_again_at;
  for (size_t i = 0; i < kGateCount; ++i) {
    const GateResult& result = report.gates[i];
    const GateInfo& info = kGates[i];
    const bool never = result.opens_at == kNever;
    answer.gates.push_back({std::string(info.name), std::string(info.title), info.of_lead,
                            result.open, result.reason, never ? 0 : result.opens_at,
                            never && !result.open});
  }
  return answer;
}

struct Readiness {
  ProviderReadiness providers[kProviderCount];
};

Readiness ReadinessNow(const ServerContext& context) {
  Readiness readiness;
  for (int i = 0; i < kProviderCount; ++i) {
    readiness.providers[i] = context.ReadinessOf(static_cast<Provider>(i));
  }
  return readiness;
}

}  // namespace

Result<GateAnswer> GatesOfLead(const ServerContext& context, LeadId id) {
  const Readiness readiness = ReadinessNow(context);
  const Result<DialFacts> facts =
      context.store->ReadDialFacts(id, readiness.providers, context.clock->NowMs());
  if (!facts.ok()) return facts.status();
  return AnswerOf(EvaluateGates(*facts, *context.zones));
}

Result<GateAnswer> GatesOfCampaign(const ServerContext& context, CampaignId id) {
  const Readiness readiness = ReadinessNow(context);
  const Result<DialFacts> facts =
      context.store->ReadCampaignFacts(id, readiness.providers, context.clock->NowMs());
  if (!facts.ok()) return facts.status();
  return AnswerOf(EvaluateCampaignGates(*facts, *context.zones));
}

}  // namespace leadline
