#include "server/provider/sim/vapi_dto.h"

namespace leadline {
namespace {

using enum DtoKind;

constexpr std::string_view kBackoffTypes[] = {"fixed", "exponential"};
constexpr std::string_view kFirstMessageModes[] = {
    "assistant-speaks-first", "assistant-speaks-first-with-model-generated-message",
    "assistant-waits-for-user"};
constexpr std::string_view kServerMessages[] = {"assistant.started",
                                                "assistant.speechStarted",
                                                "conversation-update",
                                                "end-of-call-report",
                                                "function-call",
                                                "hang",
                                                "language-changed",
                                                "language-change-detected",
                                                "model-output",
                                                "phone-call-control",
                                                "speech-update",
                                                "status-update",
                                                "transcript",
                                                "transcript[transcriptType=\"final\"]",
                                                "tool-calls",
                                                "transfer-destination-request",
                                                "handoff-destination-request",
                                                "transfer-update",
                                                "user-interrupted",
                                                "voice-input",
                                                "chat.created",
                                                "chat.deleted",
                                                "session.created",
                                                "session.updated",
                                                "session.deleted",
                                                "call.deleted",
                                                "call.delete.failed",
                                                "call.artifact.upload"};
constexpr std::string_view kModelProviders[] = {
    "anthropic",  "anthropic-bedrock", "anyscale",    "cerebras",
    "custom-llm", "deepinfra",         "deep-seek",   "google",
    "groq",       "inflection-ai",     "minimax",     "openai",
    "openrouter", "perplexity-ai",     "together-ai", "xai",
    "vapi"};
constexpr std::string_view kVoiceProviders[] = {
    "azure",     "cartesia", "custom-voice", "deepgram", "11labs",  "hume",        "lmnt",
    "neuphonic", "openai",   "playht",       "wellsaid", "rime-ai", "smallest-ai", "tavus",
    "vapi",      "sesame",   "inworld",      "minimax",  "xai",     "microsoft"};
constexpr std::string_view kVoicemailProviders[] = {"google", "openai", "twilio", "vapi"};
constexpr std::string_view kRoles[] = {"assistant", "function", "user", "system", "tool"};
constexpr std::string_view kProviderRequired[] = {"provider"};
constexpr std::string_view kModelRequired[] = {"provider", "model"};
constexpr std::string_view kBackoffRequired[] = {"type", "maxRetries", "baseDelaySeconds"};
constexpr std::string_view kScheduleRequired[] = {"earliestAt"};
constexpr std::string_view kRoleRequired[] = {"role"};

constexpr DtoField kBackoffFields[] = {{"type", kEnum, 0, 0, nullptr, kBackoffTypes},
                                       {"maxRetries", kNumber, 0, 10},
                                       {"baseDelaySeconds", kNumber, 0, 10},
                                       {"excludedStatusCodes", kList}};
constexpr Dto kBackoff = {kBackoffFields, kBackoffRequired};

constexpr DtoField kServerFields[] = {{"url", kWebhookUrl},
                                      {"timeoutSeconds", kNumber, 1, 300},
                                      {"credentialId", kText},
                                      {"staticIpAddressesEnabled", kBool},
                                      {"encryptedPaths", kList},
                                      {"headers", kObject},
                                      {"backoffPlan", kDto, 0, 0, &kBackoff}};
constexpr Dto kServer = {kServerFields};

// Tool-call members belong to roles that a first request may replay.
constexpr DtoField kMessageFields[] = {{"role", kEnum, 0, 0, nullptr, kRoles},
                                       {"content"},
                                       {"name"},
                                       {"tool_calls"},
                                       {"tool_call_id"}};
constexpr Dto kMessage = {kMessageFields, kRoleRequired};

// The union over the model providers.
constexpr DtoField kModelFields[] = {{"provider", kEnum, 0, 0, nullptr, kModelProviders},
                                     {"model", kText},
                                     {"messages", kDtoList, 0, 0, &kMessage},
                                     {"temperature", kNumber, 0, 2},
                                     {"maxTokens", kNumber, 50, 10000},
                                     {"emotionRecognitionEnabled", kBool},
                                     {"numFastTurns", kNumber},
                                     {"url", kText},
                                     {"fallbackModels"},
                                     {"headers"},
                                     {"knowledgeBase"},
                                     {"metadataSendMode"},
                                     {"promptCacheKey", kText, 0, 64},
                                     {"promptCacheRetention"},
                                     {"realtimeConfig"},
                                     {"reasoningEffort"},
                                     {"thinking"},
                                     {"timeoutSeconds", kNumber},
                                     {"toolIds", kTextList},
                                     {"toolRefs"},
                                     {"toolStrictCompatibilityMode"},
                                     {"tools", kList},
                                     {"version"},
                                     {"wordLevelConfidenceEnabled", kBool},
                                     {"workflow"},
                                     {"workflowId"}};
constexpr Dto kModel = {kModelFields, kModelRequired};

constexpr DtoField kVoiceFields[] = {{"provider", kEnum, 0, 0, nullptr, kVoiceProviders},
                                     {"voiceId", kText},
                                     {"model", kText},
                                     {"language"},
                                     {"speed", kNumber},
                                     {"stability", kNumber, 0, 1},
                                     {"similarityBoost", kNumber, 0, 1},
                                     {"style"},
                                     {"useSpeakerBoost", kBool},
                                     {"optimizeStreamingLatency", kNumber},
                                     {"enableSsmlParsing", kBool},
                                     {"autoMode", kBool},
                                     {"temperature", kNumber},
                                     {"emotion"},
                                     {"pitch"},
                                     {"volume"},
                                     {"instructions"},
                                     {"experimentalControls"},
                                     {"generationConfig"},
                                     {"pronunciationDictionary"},
                                     {"server", kDto, 0, 0, &kServer},
                                     {"version"},
                                     {"cachingEnabled", kBool},
                                     {"chunkPlan", kObject},
                                     {"fallbackPlan", kObject}};
constexpr Dto kVoice = {kVoiceFields, kProviderRequired};

constexpr DtoField kVoicemailBackoffFields[] = {{"startAtSeconds", kNumber},
                                                {"frequencySeconds", kNumber, 2.5},
                                                {"maxRetries", kNumber, 1, 10}};
constexpr Dto kVoicemailBackoff = {kVoicemailBackoffFields};

constexpr DtoField kVoicemailFields[] = {{"provider", kEnum, 0, 0, nullptr, kVoicemailProviders},
                                         {"type", kText},
                                         {"beepMaxAwaitSeconds", kNumber, 0, 60},
                                         {"backoffPlan", kDto, 0, 0, &kVoicemailBackoff},
                                         {"enabled", kBool},
                                         {"voicemailDetectionTypes", kTextList},
                                         {"machineDetectionTimeout", kNumber},
                                         {"machineDetectionSpeechThreshold", kNumber},
                                         {"machineDetectionSpeechEndThreshold", kNumber},
                                         {"machineDetectionSilenceTimeout", kNumber}};
constexpr Dto kVoicemail = {kVoicemailFields, kProviderRequired};

constexpr DtoField kAnalysisFields[] = {
    {"minMessagesThreshold", kNumber},  {"summaryPlan", kObject},
    {"structuredDataPlan", kObject},    {"structuredDataMultiPlan", kList},
    {"successEvaluationPlan", kObject}, {"outcomeIds", kList}};
constexpr Dto kAnalysis = {kAnalysisFields};

constexpr DtoField kArtifactFields[] = {{"recordingEnabled", kBool},
                                        {"recordingFormat", kText},
                                        {"recordingUseCustomStorageEnabled", kBool},
                                        {"videoRecordingEnabled", kBool},
                                        {"fullMessageHistoryEnabled", kBool},
                                        {"pcapEnabled", kBool},
                                        {"pcapS3PathPrefix", kText},
                                        {"pcapUseCustomStorageEnabled", kBool},
                                        {"loggingEnabled", kBool},
                                        {"loggingUseCustomStorageEnabled", kBool},
                                        {"transcriptPlan", kObject},
                                        {"recordingPath", kText},
                                        {"structuredOutputIds", kList},
                                        {"structuredOutputs", kList},
                                        {"scorecardIds", kList},
                                        {"scorecards", kList},
                                        {"loggingPath", kText}};
constexpr Dto kArtifact = {kArtifactFields};

// An assistant's members; the overrides of one take the same and three more.
#define LEADLINE_VAPI_ASSISTANT_FIELDS                                                          \
  {"name", kText, 0, 40}, {"firstMessage", kText}, {"firstMessageInterruptionsEnabled", kBool}, \
      {"firstMessageMode", kEnum, 0, 0, nullptr, kFirstMessageModes},                           \
      {"voicemailMessage", kText, 0, 1000}, {"endCallMessage", kText, 0, 1000},                 \
      {"endCallPhrases", kTextList}, {"maxDurationSeconds", kNumber, 10, 43200},                \
      {"model", kDto, 0, 0, &kModel}, {"voice", kDto, 0, 0, &kVoice},                           \
      {"voicemailDetection", kDtoOrOff, 0, 0, &kVoicemail},                                     \
      {"serverMessages", kEnumList, 0, 0, nullptr, kServerMessages},                            \
      {"server", kDto, 0, 0, &kServer}, {"metadata", kObject},                                  \
      {"analysisPlan", kDto, 0, 0, &kAnalysis}, {"artifactPlan", kDto, 0, 0, &kArtifact},       \
      {"clientMessages", kTextList}, {"transcriber", kObject}, {"backgroundSound"},             \
      {"modelOutputInMessagesEnabled", kBool}, {"transportConfigurations", kList},              \
      {"observabilityPlan", kObject}, {"credentials", kList}, {"hooks", kList},                 \
      {"compliancePlan", kObject}, {"backgroundSpeechDenoisingPlan", kObject},                  \
      {"startSpeakingPlan", kObject}, {"stopSpeakingPlan", kObject}, {"monitorPlan", kObject},  \
      {"credentialIds", kTextList}, {                                                           \
    "keypadInputPlan", kObject                                                                  \
  }
constexpr DtoField kAssistantFields[] = {LEADLINE_VAPI_ASSISTANT_FIELDS};
constexpr Dto kAssistant = {kAssistantFields};
constexpr DtoField kOverridesFields[] = {
    LEADLINE_VAPI_ASSISTANT_FIELDS, {"variableValues", kObject}, {"tools:append", kList}};
constexpr Dto kOverrides = {kOverridesFields};
#undef LEADLINE_VAPI_ASSISTANT_FIELDS

constexpr DtoField kCustomerFields[] = {
    {"number", kText, 3, 40},     {"numberE164CheckEnabled", kBool},
    {"extension", kText, 0, 10},  {"sipUri", kText},
    {"name", kText, 0, 40},       {"email", kText, 0, 40},
    {"externalId", kText, 0, 40}, {"assistantOverrides", kDto, 0, 0, &kOverrides},
    {"squadOverrides", kObject}};
constexpr Dto kCustomer = {kCustomerFields};

constexpr DtoField kScheduleFields[] = {{"earliestAt", kTime}, {"latestAt", kTime}};
constexpr Dto kSchedule = {kScheduleFields, kScheduleRequired};

constexpr DtoField kCreateFields[] = {{"name", kText, 0, 40},
                                      {"assistantId", kUuid},
                                      {"assistant", kDto, 0, 0, &kAssistant},
                                      {"assistantOverrides", kDto, 0, 0, &kOverrides},
                                      {"assistantVersion", kText},
                                      {"phoneNumberId", kUuid},
                                      {"phoneNumber", kObject},
                                      {"customerId", kUuid},
                                      {"customer", kDto, 0, 0, &kCustomer},
                                      {"customers", kDtoList, 0, 0, &kCustomer},
                                      {"schedulePlan", kDto, 0, 0, &kSchedule},
                                      {"transport", kObject},
                                      {"squadId", kUuid},
                                      {"squad", kObject},
                                      {"squadOverrides", kObject},
                                      {"workflowId", kUuid},
                                      {"workflow", kObject},
                                      {"workflowOverrides", kObject}};
constexpr Dto kCreate = {kCreateFields};

constexpr DtoField kUpdateFields[] = {{"name", kText, 0, 40}};
constexpr Dto kUpdate = {kUpdateFields};

}  // namespace

const Dto& VapiCreateCallDto() {
  return kCreate;
}
const Dto& VapiUpdateCallDto() {
  return kUpdate;
}

}  // namespace leadline
