#include "server/provider/sim/dto.h"

#include <algorithm>
#include <cmath>

#include "common/base/time.h"
#include "common/base/utf8.h"
#include "server/provider/sim/webhook_sender.h"

namespace leadline {
namespace {

using Messages = std::vector<std::string>;

std::string Print(double number) {
  return number == std::floor(number) ? std::to_string(static_cast<int64_t>(number))
                                      : Json(number).dump();
}

std::string Joined(std::span<const std::string_view> options) {
  std::string out;
  for (std::string_view option : options) out += (out.empty() ? "" : ", ") + std::string(option);
  return out;
}

bool IsOption(const Json& value, const DtoField& f) {
  const auto* text = value.get_ptr<const std::string*>();
  return text != nullptr && std::find(f.options.begin(), f.options.end(), *text) != f.options.end();
}

void CheckText(const Json& value, const DtoField& f, const std::string& at, Messages* messages) {
  const auto* text = value.get_ptr<const std::string*>();
  if (text == nullptr) return messages->push_back(at + " must be a string");
  const double length = static_cast<double>(Utf16Length(*text));
  if (f.max > 0 && length > f.max) {
    messages->push_back(at + " must be shorter than or equal to " + Print(f.max) + " characters");
  }
  if (length < f.min) {
    messages->push_back(at + " must be longer than or equal to " + Print(f.min) + " characters");
  }
}

void CheckNumber(const Json& value, const DtoField& f, const std::string& at, Messages* messages) {
  const auto number = NumberOf(value);
  if (!number) {
    return messages->push_back(at + " must be a number conforming to the specified constraints");
  }
  if (f.max > 0 && *number > f.max) {
    messages->push_back(at + " must not be greater than " + Print(f.max));
  }
  if (*number < f.min) messages->push_back(at + " must not be less than " + Print(f.min));
}

void CheckList(const Json& value, const DtoField& f, const std::string& at, Messages* messages) {
  if (!value.is_array()) return messages->push_back(at + " must be an array");
  const auto all = [&](auto good) { return std::all_of(value.begin(), value.end(), good); };
  if (f.kind == DtoKind::kEnumList && !all([&](const Json& v) { return IsOption(v, f); })) {
    messages->push_back("each value in " + at +
                        " must be one of the following values: " + Joined(f.options));
  }
  if (f.kind == DtoKind::kTextList && !all([](const Json& v) { return v.is_string(); })) {
    messages->push_back("each value in " + at + " must be a string");
  }
  if (f.kind != DtoKind::kDtoList) return;
  for (size_t i = 0; i < value.size(); ++i) {
    CheckDto(value[i], *f.dto, at + "." + std::to_string(i) + ".", messages);
  }
}

std::string_view TextOf(const Json& value) {
  const auto* text = value.get_ptr<const std::string*>();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

void CheckField(const Json& value, const DtoField& f, const std::string& path, Messages* messages) {
  const std::string at = path + std::string(f.name);
  const auto expect = [&](bool good, std::string_view what) {
    if (!good) messages->push_back(at + std::string(what));
  };
  switch (f.kind) {
    case DtoKind::kAny:
      return;
    case DtoKind::kText:
      return CheckText(value, f, at, messages);
    case DtoKind::kUuid:
      return expect(IsUuid(TextOf(value)), " must be a UUID");
    case DtoKind::kTime:
      return expect(ParseRfc3339(TextOf(value)).has_value(),
                    " must be a valid ISO 8601 date string");
    case DtoKind::kNumber:
      return CheckNumber(value, f, at, messages);
    case DtoKind::kBool:
      return expect(value.is_boolean(), " must be a boolean value");
    case DtoKind::kObject:
      return expect(value.is_object(), " must be an object");
    case DtoKind::kEnum:
      return expect(IsOption(value, f),
                    " must be one of the following values: " + Joined(f.options));
    case DtoKind::kDtoOrOff:
      if (TextOf(value) == "off") return;
      [[fallthrough]];
    case DtoKind::kDto:
      return CheckDto(value, *f.dto, at + ".", messages);
    case DtoKind::kWebhookUrl:
      return expect(IsAllowedWebhookUrl(TextOf(value)),
                    " must be a valid URL. Hot tip, the protocol should be https://");
    case DtoKind::kList:
    case DtoKind::kEnumList:
    case DtoKind::kTextList:
    case DtoKind::kDtoList:
      return CheckList(value, f, at, messages);
  }
}

}  // namespace

void CheckDto(const Json& value, const Dto& dto, const std::string& path, Messages* messages) {
  if (!value.is_object()) {
    const std::string at = path.empty() ? "body" : path.substr(0, path.size() - 1);
    return messages->push_back("nested property " + at + " must be either object or array");
  }
  for (const auto& item : value.items()) {
    const auto f = std::find_if(dto.fields.begin(), dto.fields.end(),
                                [&](const DtoField& field) { return field.name == item.key(); });
    if (f == dto.fields.end()) {
      messages->push_back(path + "property " + item.key() + " should not exist");
    } else if (!item.value().is_null()) {
      CheckField(item.value(), *f, path, messages);
    }
  }
  for (std::string_view name : dto.required) {
    if (Member(value, name).is_null()) {
      messages->push_back(path + std::string(name) + " should not be empty");
    }
  }
}

bool IsUuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const auto c = static_cast<unsigned char>(text[i]);
    if (dash ? c != '-' : std::isxdigit(c) == 0) return false;
  }
  return true;
}

bool IsE164(std::string_view text) {
  return text.size() >= 8 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
         text.find_first_not_of("0123456789", 1) == text.npos;
}

size_t Utf16Length(std::string_view text) {
  size_t units = 0;
  for (size_t pos = 0; pos < text.size();) units += DecodeUtf8(text, &pos) > 0xFFFF ? 2 : 1;
  return units;
}

}  // namespace leadline
