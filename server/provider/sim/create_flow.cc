#include "server/provider/sim/create_flow.h"

#include "server/provider/sim/sim_random.h"

namespace leadline {
namespace {

// Retell tells nothing before somebody picks up, or the ringing is over after 30 s; clients wait
// for 60.
constexpr int kWebhookFirstSeconds = 45;

bool Hits(const NumberScript& script, int request) {
  return script.fault_requests == 0 || request <= script.fault_requests;
}

}  // namespace

CreateFault CreateFlow::Draw(const std::string& number, const CreateFaultRates& rates,
                             bool before) {
  std::lock_guard lock(mutex_);
  const int request = before ? ++requests_to_[number] : requests_to_[number];
  if (const NumberScript* script = ScriptOf(number); script != nullptr) {
    const CreateFault scripted = before ? script->before : script->after;
    if (scripted != CreateFault::kNone && Hits(*script, request)) return scripted;
  }
  double at = SimUnit(context_->seed, "create:" + std::to_string(++draws_));
  for (size_t i = 1; i < rates.size(); ++i) {
    if (at < rates[i]) return static_cast<CreateFault>(i);
    at -= rates[i];
  }
  return CreateFault::kNone;
}

SimReply CreateFlow::FaultReply(CreateFault fault, const CreateWords& words, const Json& created) {
  switch (fault) {
    case CreateFault::kHtml502:
      return HtmlReply(502, "502 Bad Gateway");
    case CreateFault::kTruncated: {
      SimReply reply = JsonReply(201, created);
      reply.body.resize(reply.body.size() / 2);
      return reply;
    }
    case CreateFault::kHang:
    case CreateFault::kClose: {
      SimReply reply;
      reply.close = true;
      reply.hang_seconds = fault == CreateFault::kHang ? context_->config->Get().hang_seconds : 0;
      return reply;
    }
    default:
      return words.fault(fault);
  }
}

SimReply CreateFlow::Answer(const Placement& placement, const CreateWords& words) {
  const SimConfig config = context_->config->Get();
  const CreateFault before = Draw(placement.number, config.before, true);
  if (before != CreateFault::kNone) return FaultReply(before, words, Json::object());

  const auto call = context_->engine->Place(placement);
  if (!call) return words.fault(CreateFault::k400Concurrency);
  CallEngine* engine = context_->engine;
  const CreateFault after = Draw(placement.number, config.after, false);
  if (after != CreateFault::kNone) {
    engine->Begin(call->id);
    return FaultReply(after, words, words.created(*call));
  }
  const NumberScript* script = ScriptOf(placement.number);
  SimReply reply = JsonReply(201, words.created(*call));
  if ((script != nullptr && script->webhook_first) ||
      SimUnit(context_->seed, call->draw_key + ":first") < config.webhook_before_answer) {
    context_->sender->Expect(call->id);
    engine->Begin(call->id);
    context_->sender->AwaitExpected(call->id, kWebhookFirstSeconds);
  } else {
    reply.after = [engine, id = call->id] { engine->Begin(id); };
  }
  return reply;
}

}  // namespace leadline
