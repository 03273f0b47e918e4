// /api/v1/assistants.
#include "common/api/assistant_json.h"
#include "common/api/envelope.h"
#include "server/http/exchange.h"
#include "server/http/handlers.h"

namespace leadline {
namespace {

Status AnswerAssistant(Exchange& x, const Result<Assistant>& assistant, int http_status = 200) {
  if (!assistant.ok()) {
    if (assistant.status().code() == Code::kConflict) {
      if (const Result<Assistant> now = x.store().GetAssistant(x.Id()); now.ok()) {
        x.current = AssistantJson(*now);
      }
    }
    return assistant.status();
  }
  x.context.Wake();
  return x.AnswerVersioned(AssistantJson(*assistant), assistant->version, http_status);
}

}  // namespace

Status ListAssistants(Exchange& x) {
  const Result<std::vector<Assistant>> assistants = x.store().ListAssistants();
  if (!assistants.ok()) return assistants.status();
  Json items = Json::array();
  for (const Assistant& assistant : *assistants) items.push_back(AssistantJson(assistant));
  const auto total = static_cast<int64_t>(items.size());
  return x.Answer(PageJson(std::move(items), "", total));
}

Status CreateAssistant(Exchange& x) {
  const Result<Json> body = x.BodyJson();
  if (!body.ok()) return body.status();
  Assistant assistant;
  LEADLINE_RETURN_IF_ERROR(DecodeAssistant(*body, &assistant));
  return AnswerAssistant(x, x.store().CreateAssistant(assistant, x.now()), 201);
}

Status GetAssistant(Exchange& x) {
  const Result<Assistant> assistant = x.store().GetAssistant(x.Id());
  if (!assistant.ok()) return assistant.status();
  return x.AnswerVersioned(AssistantJson(*assistant), assistant->version);
}

Status PatchAssistant(Exchange& x) {
  const Result<Json> body = x.BodyJson();
  if (!body.ok()) return body.status();
  Result<Assistant> assistant = x.store().GetAssistant(x.Id());
  if (!assistant.ok()) return assistant.status();
  const Result<int64_t> version = x.IfMatch(assistant->version);
  if (!version.ok()) return version.status();
  LEADLINE_RETURN_IF_ERROR(DecodeAssistant(*body, &*assistant));
  assistant->version = *version;
  return AnswerAssistant(x, x.store().UpdateAssistant(*assistant, x.now()));
}

Status DeleteAssistant(Exchange& x) {
  const Result<Assistant> assistant = x.store().GetAssistant(x.Id());
  if (!assistant.ok()) return assistant.status();
  const Result<int64_t> version = x.IfMatch(assistant->version);
  if (!version.ok()) return version.status();
  const Status status = x.store().DeleteAssistant(x.Id(), *version, x.now());
  if (!status.ok()) return AnswerAssistant(x, status);
  return x.AnswerNothing();
}

}  // namespace leadline
