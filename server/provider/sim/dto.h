// Strict checking of JSON bodies against tables, in the words of NestJS's ValidationPipe with
// whitelist and forbidNonWhitelisted, which is how Vapi refuses: one message per fault, unknown
// members included, nested ones by path. Pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/json.h"

namespace leadline {

struct DtoField;

struct Dto {
  std::span<const DtoField> fields;
  std::span<const std::string_view> required = {};
};

enum class DtoKind {
  kAny,   // anything
  kText,  // min..max UTF-16 units, 0 = no limit
  kUuid,
  kTime,    // ISO 8601
  kNumber,  // min..max
  kBool,
  kObject,  // any members
  kList,    // any items
  kEnum,    // one of `options`
  kEnumList,
  kTextList,
  kDto,  // `dto`
  kDtoList,
  kDtoOrOff,    // "off", or `dto`
  kWebhookUrl,  // https, or http to loopback
};

struct DtoField {
  std::string_view name;
  DtoKind kind = DtoKind::kAny;
  double min = 0, max = 0;
  const Dto* dto = nullptr;
  std::span<const std::string_view> options = {};
};

// Appends one message per fault. null counts as absent. `path` is "" or ends in a dot.
void CheckDto(const Json& value, const Dto& dto, const std::string& path,
              std::vector<std::string>* messages);

bool IsUuid(std::string_view text);
bool IsE164(std::string_view text);
// As JavaScript counts, for length limits.
size_t Utf16Length(std::string_view text);

}  // namespace leadline
