#include "server/provider/sim/vapi_check.h"

#include <algorithm>

#include "server/provider/sim/dto.h"
#include "server/provider/sim/vapi_dto.h"
#include "server/provider/sim/vapi_view.h"

namespace leadline {
namespace {

constexpr std::string_view kNotE164 =
    " must be a valid phone number in the E.164 format. Hot tip, you may be missing the country "
    "code (Eg. US: +1).";

std::string_view ErrorWord(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 402:
      return "Payment Required";
    case 404:
      return "Not Found";
    case 429:
      return "Too Many Requests";
    case 503:
      return "Service Unavailable";
    default:
      return "Internal Server Error";
  }
}

bool IsLooseNumber(std::string_view number) {
  if (number.starts_with('+')) number.remove_prefix(1);
  return !number.empty() && std::all_of(number.begin(), number.end(),
                                        [](unsigned char c) { return std::isalnum(c) != 0; });
}

void CheckNumberOf(const Json& customer, std::vector<std::string>* messages) {
  const Json& number = Member(customer, "number");
  if (!number.is_string()) return;
  const std::string_view text = TextOr(customer, "number");
  const bool loose = Member(customer, "numberE164CheckEnabled") == Json(false);
  if (loose ? !IsLooseNumber(text) : !IsE164(text)) {
    messages->push_back("customer.number" + std::string(kNotE164));
  }
}

std::string AssistantProblem(const Json& body) {
  const std::string_view id = TextOr(body, "assistantId");
  const bool inline_assistant = Member(body, "assistant").is_object();
  if (id.empty() && !inline_assistant) {
    return "Couldn't Get Assistant. Need Either `assistantId`, `assistant`, `squadId`, Or `squad`.";
  }
  if (!id.empty() && inline_assistant) {
    return "Couldn't Get Assistant. Need Only One Of `assistantId` Or `assistant`.";
  }
  if (!id.empty() && id != kVapiAssistantId) {
    return "Couldn't Get Assistant. `assistantId` " + std::string(id) + " Does Not Exist.";
  }
  return "";
}

std::string NumberProblem(const Json& body) {
  const std::string_view id = TextOr(body, "phoneNumberId");
  if (id.empty() && !Member(body, "phoneNumber").is_object()) {
    return "Couldn't Get Phone Number. Need Either `phoneNumberId` Or `phoneNumber`.";
  }
  if (!id.empty() && id != kVapiPhoneNumberId) {
    return "Couldn't Get Phone Number. `phoneNumberId` " + std::string(id) + " Does Not Exist.";
  }
  return "";
}

void ParseBound(const std::string& name, const std::string& value, VapiQuery* query,
                std::vector<std::string>* messages) {
  const auto at = ParseRfc3339(value);
  if (!at) return messages->push_back(name + " must be a valid ISO 8601 date string");
  VapiQuery::Bound bound;
  bound.created = name.starts_with("createdAt");
  bound.at = *at;
  const std::string op = name.substr(9);
  bound.op = op == "Gt"   ? VapiQuery::Bound::kGt
             : op == "Lt" ? VapiQuery::Bound::kLt
             : op == "Ge" ? VapiQuery::Bound::kGe
                          : VapiQuery::Bound::kLe;
  query->bounds.push_back(bound);
}

bool IsBound(std::string_view name) {
  if (!name.starts_with("createdAt") && !name.starts_with("updatedAt")) return false;
  const std::string_view op = name.substr(9);
  return op == "Gt" || op == "Lt" || op == "Ge" || op == "Le";
}

void ParseLimit(const std::string& value, VapiQuery* query, std::vector<std::string>* messages) {
  const bool digits = !value.empty() && value.find_first_not_of("0123456789") == value.npos;
  if (!digits) {
    return messages->push_back("limit must be a number conforming to the specified constraints");
  }
  if (value.size() > 4 || std::stoi(value) > 1000) {
    return messages->push_back("limit must not be greater than 1000");
  }
  query->limit = static_cast<size_t>(std::stoi(value));
}

}  // namespace

SimReply VapiError(int status, const Json& message) {
  return JsonReply(status,
                   {{"message", message}, {"error", ErrorWord(status)}, {"statusCode", status}});
}

std::vector<std::string> VapiCreateProblems(const Json& body) {
  std::vector<std::string> messages;
  CheckDto(body, VapiCreateCallDto(), "", &messages);
  CheckNumberOf(Member(body, "customer"), &messages);
  return messages;
}

std::string VapiPolicyProblem(const Json& body) {
  for (std::string_view name : {"squadId", "squad", "workflowId", "workflow", "customerId"}) {
    if (Member(body, name).is_null()) continue;
    return "Couldn't Get " + std::string(name) + ". This Account Has None.";
  }
  if (std::string problem = AssistantProblem(body); !problem.empty()) return problem;
  if (std::string problem = NumberProblem(body); !problem.empty()) return problem;
  if (TextOr(Member(body, "customer"), "number").empty()) {
    return "Couldn't Get Customer. Need Either `customerId` Or `customer`.";
  }
  return "";
}

bool VapiQuery::Accepts(TimeMs created_at, TimeMs updated_at) const {
  return std::all_of(bounds.begin(), bounds.end(), [&](const Bound& b) {
    const TimeMs at = b.created ? created_at : updated_at;
    switch (b.op) {
      case Bound::kGt:
        return at > b.at;
      case Bound::kLt:
        return at < b.at;
      case Bound::kGe:
        return at >= b.at;
      default:
        return at <= b.at;
    }
  });
}

std::vector<std::string> ParseVapiQuery(const httplib::Params& params, VapiQuery* query) {
  std::vector<std::string> messages;
  for (const auto& [name, value] : params) {
    if (name == "limit") {
      ParseLimit(value, query, &messages);
    } else if (IsBound(name)) {
      ParseBound(name, value, query, &messages);
    } else if (name == "id") {
      query->id = value;
    } else if (name == "assistantId") {
      query->assistant_id = value;
    } else if (name == "phoneNumberId") {
      query->phone_number_id = value;
    } else {
      messages.push_back("property " + name + " should not exist");
    }
  }
  return messages;
}

}  // namespace leadline
