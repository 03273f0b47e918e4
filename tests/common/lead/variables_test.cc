#include "common/lead/variables.h"

#include <gtest/gtest.h>

#include "common/base/utf8.h"

namespace leadline {
namespace {

Lead Sarah() {
  Lead lead;
  lead.name = "Sarah Jane Johnson";
  lead.phone = "+14155551234";
  lead.email = "sarah@example.com";
  lead.company = "TechStart";
  lead.timezone = "America/Los_Angeles";
  lead.variables = {{"budget_range", "10-20k"}};
  return lead;
}

std::string Names(std::string_view text) {
  std::string out;
  for (const Placeholder& p : FindPlaceholders(text)) {
    out += (p.single_braces ? "{" : "{{") + std::string(p.name) + "|" + std::string(p.rest) + ";";
  }
  return out;
}

TEST(FindPlaceholders, ReadsTheFormsThatPeopleWrite) {
  const struct {
    const char *text, *names;
  } rows[] = {
      {"", ""},
      {"Hi {{name}}!", "{{name|;"},
      {"{{ name }}{{Name}}", "{{name|;{{Name|;"},
      {"{{- first_name -}}", "{{first_name|;"},
      {"{{ name | default: \"you\" }}", "{{name|| default: \"you\";"},
      {"{{customer.number}}", "{{customer.number|;"},
      {"Hi {name}, {not a name} {} {x", "{name|;"},
      {"{\"json\": {\"a\": 1}}", ""},
      {"{{unclosed {name}", "{name|;"},
      {"{{", ""},
      {"}}{{a}}}}", "{{a|;"},
      {"{{\"now\" | date: \"%b\"}}", "{{|\"now\" | date: \"%b\";"},
  };
  for (const auto& row : rows) EXPECT_EQ(Names(row.text), row.names) << row.text;
}

TEST(FindPlaceholders, StaysLinearOnBracesThatNeverClose) {
  EXPECT_TRUE(FindPlaceholders(std::string(1'000'000, '{')).empty());
}

TEST(CollectReferences, SeesFiltersTagsAndKnownSingleBraces) {
  NameSet names;
  CollectReferences(
      "{{ a | default: \"quoted\" | append: b }} {c} {d} {% if e == 'text' %}x{% endif %} {% open",
      {"c"}, &names);
  for (const char* name : {"a", "b", "c", "e"}) EXPECT_EQ(names.count(name), 1u) << name;
  for (const char* name : {"d", "quoted", "text", "open", "x"}) {
    EXPECT_EQ(names.count(name), 0u) << name;
  }
}

TEST(DoubleBraces, ChangesKnownNamesOnly) {
  EXPECT_EQ(DoubleBraces("Hi {name}, {{name}}, {other}", {"name"}),
            "Hi {{name}}, {{name}}, {other}");
}

TEST(MergeVariables, GivesEveryStandardNameAndItsAlias) {
  const Variables v = MergeVariables({}, Sarah(), nullptr);
  const Variables expected = {
      {"name", "Sarah Jane Johnson"},
      {"customer_name", "Sarah Jane Johnson"},
      {"first_name", "Sarah"},
      {"last_name", "Johnson"},
      {"email", "sarah@example.com"},
      {"email_address", "sarah@example.com"},
      {"phone", "+14155551234"},
      {"phone_number", "+14155551234"},
      {"company", "TechStart"},
      {"company_name", "TechStart"},
      {"timezone", "America/Los_Angeles"},
      {"budget_range", "10-20k"},
  };
  EXPECT_EQ(v, expected);
  const Variables none = MergeVariables({}, Lead(), nullptr);
  EXPECT_EQ(none.size(), 11u);
  for (const auto& [name, value] : none) {
    EXPECT_NE(StandardFieldOf(name), "") << name;
    EXPECT_EQ(value, "") << name;
  }
}

TEST(MergeVariables, LaysTheLeadOverTheDefaultsAndTheContactOverTheLead) {
  Lead lead = Sarah();
  lead.variables["role"] = "";
  Contact jane;
  jane.name = "Jane Doe";
  jane.phone = "+14155550123";
  jane.variables = {{"role", "CTO"}, {"company", "Other Ltd"}, {"budget_range", ""}};
  const Variables defaults = {{"role", "buyer"},
                              {"budget_range", "unknown"},
                              {"company", "your company"},
                              {"tone", "warm"}};

  const Variables of_lead = MergeVariables(defaults, lead, nullptr);
  EXPECT_EQ(of_lead.at("role"), "buyer") << "an empty value hides nothing";
  EXPECT_EQ(of_lead.at("budget_range"), "10-20k");
  EXPECT_EQ(of_lead.at("company_name"), "TechStart");
  EXPECT_EQ(of_lead.at("tone"), "warm");

  const Variables of_jane = MergeVariables(defaults, lead, &jane);
  EXPECT_EQ(of_jane.at("role"), "CTO");
  EXPECT_EQ(of_jane.at("customer_name"), "Jane Doe");
  EXPECT_EQ(of_jane.at("first_name"), "Jane");
  EXPECT_EQ(of_jane.at("phone"), "+14155550123");
  EXPECT_EQ(of_jane.at("company_name"), "Other Ltd");
  EXPECT_EQ(of_jane.at("budget_range"), "10-20k");
}

TEST(MergeVariables, FillsAnAliasFromItsTwinButKeepsItsOwnValue) {
  Lead lead;
  lead.variables = {{"customer_name", "Ann Lee"}};
  EXPECT_EQ(MergeVariables({}, lead, nullptr).at("name"), "Ann Lee");
  EXPECT_EQ(MergeVariables({}, lead, nullptr).at("last_name"), "Lee");
  lead.name = "Dr. Ann Lee";
  EXPECT_EQ(MergeVariables({}, lead, nullptr).at("customer_name"), "Ann Lee");
  EXPECT_EQ(MergeVariables({}, lead, nullptr).at("name"), "Dr. Ann Lee");
}

TEST(MergeVariables, NeverTakesTheNumberFromAVariable) {
  Lead lead = Sarah();
  lead.variables["phone_number"] = "+19995550000";
  EXPECT_EQ(MergeVariables({}, lead, nullptr).at("phone_number"), lead.phone);
}

TEST(SanitizeValue, KeepsATemplateEngineFromReadingIt) {
  const struct {
    std::string value, safe;
  } rows[] = {
      {"Zoë O'Neil", "Zoë O'Neil"},
      {"{{phone}}", "{ {phone} }"},
      {"{%raw%}", "{ %raw% }"},
      {"{{{{", "{ { { {"},
      {"{", "{"},
      {"a\r\nb\tc", "a  b c"},
      {std::string("a\0b\x1b[31mc\x7f", 10), "ab[31mc"},
      {"a\xC2\x85z\xFF", "az\xEF\xBF\xBD"},
      {"{\x01{x", "{ {x"},
      {"", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(SanitizeValue(row.value), row.safe) << row.value;
  for (const Placeholder& p : FindPlaceholders(SanitizeValue("{{a}} {{ b | x }} {{{c}}}"))) {
    EXPECT_TRUE(p.single_braces) << p.name;
  }
}

TEST(SanitizeValue, IsBoundedAndStaysUtf8) {
  for (const char* piece : {"x", "ü", "👍", "{"}) {
    std::string value;
    while (value.size() < 50'000) value += piece;
    const std::string safe = SanitizeValue(value);
    EXPECT_LE(safe.size(), kMaxSentValueBytes) << piece;
    EXPECT_GT(safe.size(), kMaxSentValueBytes - 10) << piece;
    EXPECT_TRUE(IsValidUtf8(safe)) << piece;
  }
}

TEST(FillTemplate, FillsAndFlagsWhatIsMissing) {
  const Variables values = {{"name", "Ann"}, {"company", ""}, {"n", "{{name}}"}};
  const FilledTemplate f = FillTemplate(
      "Hi {{name}} and {name} of {{ company }}{{company | default: 'your firm'}}, {{who}} {{who}} "
      "{{gap | default: \"g\"}} {other} {{now}} {{customer.number}} {{n}}",
      values);
  EXPECT_EQ(f.text,
            "Hi Ann and Ann of your firm, {{who}} {{who}} g {other} {{now}} {{customer.number}} "
            "{ {name} }");
  EXPECT_EQ(f.unknown, std::vector<std::string>{"who"});
  EXPECT_EQ(f.empty, std::vector<std::string>{"company"});
}

}  // namespace
}  // namespace leadline
