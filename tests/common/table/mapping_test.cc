#include "common/table/mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace leadline {
namespace {

using ::testing::ElementsAre;
using Rows = std::vector<std::vector<std::string>>;

std::vector<std::string> Targets(const Mapping& mapping) {
  std::vector<std::string> out;
  for (const ColumnMapping& m : mapping) out.push_back(TargetName(m.target));
  return out;
}

std::vector<std::string> Propose(const std::vector<std::string>& header, const Rows& rows = {}) {
  return Targets(ProposeMapping(header, header.size(), rows));
}

struct Case {
  std::vector<std::string> header;
  std::vector<std::string> targets;
};

const Case kHeaders[] = {
    {{"Name", "Phone", "Email", "Company", "Timezone"},
     {"name", "phone", "email", "company", "timezone"}},
    {{"customer_name", "phone_number", "email_address", "company_name", "Time Zone"},
     {"name", "phone", "email", "company", "timezone"}},
    {{"FIRST NAME", "Last-Name", "Mobile No.", "E-Mail"},
     {"first_name", "last_name", "phone", "email"}},
    {{"Vorname", "Nachname", "Telefonnummer", "E-Mail-Adresse", "Firma", "Zeitzone"},
     {"first_name", "last_name", "phone", "email", "company", "timezone"}},
    {{"Prénom", "Nom", "Téléphone", "Courriel", "Société"},
     {"first_name", "last_name", "phone", "email", "company"}},
    {{"Nombre", "Apellidos", "Teléfono móvil", "Correo electrónico", "Empresa"},
     {"name", "variable:apellidos", "phone", "email", "company"}},
    {{"Nome completo", "Celular", "E-mail", "Empresa", "Fuso horário"},
     {"name", "phone", "email", "company", "timezone"}},
    {{"Imię", "Nazwisko", "Telefon", "Firma"}, {"first_name", "last_name", "phone", "company"}},
    {{"Имя", "Телефон", "Компания"}, {"name", "phone", "company"}},
    {{"氏名", "電話番号", "メールアドレス", "会社名"}, {"name", "phone", "email", "company"}},
    {{"姓名", "手机", "邮箱", "公司"}, {"name", "phone", "email", "company"}},
    {{"Nmae", "Phnoe", "Emial", "Compnay", "Timezon"},
     {"name", "phone", "email", "company", "timezone"}},
    {{"Phone 1", "Phone 2", "Phone 3", "Name"},
     {"phone", "secondary_phone_1", "secondary_phone_2", "name"}},
    {{"Mobile", "Phone", "Work Phone"}, {"secondary_phone_1", "phone", "secondary_phone_2"}},
    {{"Phone", "secondary_phone_2", "secondary_2_name", "Secondary Phone 1", "Secondary 1 Name"},
     {"phone", "secondary_phone_2", "secondary_2_name", "secondary_phone_1", "secondary_1_name"}},
    {{"Job Title", "Budget (€)", "2nd note", "", "Größe"},
     {"variable:job_title", "variable:budget", "variable:2nd_note", "variable:column_4",
      "variable:grosse"}},
    {{"Name", "First Name", "Phone"}, {"name", "variable:first_name_2", "phone"}},
    {{"Email", "Email", "Phone"}, {"email", "variable:email_2", "phone"}},
    {{"variable:Note", "ignore", "phone"}, {"variable:Note", "variable:ignore", "phone"}},
    {{"Note", "note", "NOTE"}, {"variable:note", "variable:note_2", "variable:note_3"}},
    {{"Contract", "Clinet", "Phone"}, {"variable:contract", "variable:clinet", "phone"}},
    {{"Your daytime phone, please", "Your e-mail"}, {"phone", "email"}},
};

TEST(ProposeMapping, KnowsHeadersInSeveralLanguages) {
  for (const Case& c : kHeaders) EXPECT_EQ(Propose(c.header), c.targets) << c.header[0];
}

const Rows kRows = {
    {"Anna Adams", "+14155551234", "anna@example.com", "America/New_York", "+14155550001", "12.50"},
    {"Ben Brown", "+14155551235", "ben@example.com", "America/Chicago", "+14155550002", "13.75"},
    {"Cleo Clark", "+14155551236", "cleo@example.com", "Europe/Berlin", "", "100.00"},
};

TEST(ProposeMapping, KnowsColumnsByTheirContent) {
  EXPECT_THAT(
      Propose({"A", "B", "C", "D", "E", "F"}, kRows),
      ElementsAre("variable:a", "phone", "email", "timezone", "secondary_phone_1", "variable:f"));
  EXPECT_THAT(Targets(ProposeMapping({}, 6, kRows)),
              ElementsAre("variable:column_1", "phone", "email", "timezone", "secondary_phone_1",
                          "variable:column_6"));
}

TEST(ProposeMapping, ContentWeighsAgainstAWrongHeader) {
  const auto targets = Propose({"Name", "Email", "Phone", "x", "y", "z"}, kRows);
  EXPECT_EQ(targets[1], "phone");
  EXPECT_EQ(targets[2], "email");
}

TEST(ProposeMapping, AColumnOfBrokenNumbersUnderPhoneIsStillThePhone) {
  const Rows rows = {{"A", "4.4E+11"}, {"B", "4.5E+11"}, {"C", "4.6E+11"}};
  EXPECT_THAT(Propose({"Name", "Phone"}, rows), ElementsAre("name", "phone"));
}

TEST(ProposeMapping, AnswersAboutThePhoneAreNotThePhone) {
  const Rows rows = {{"yes", "+14155551234"}, {"no", "+14155551235"}, {"yes", "+14155551236"}};
  EXPECT_THAT(Propose({"Phone consent", "Contact"}, rows),
              ElementsAre("variable:phone_consent", "phone"));
}

TEST(ProposeMapping, GivesScoresAndThreeDifferentSamples) {
  const Rows rows = {{" a "}, {"a"}, {""}, {"b"}, {"c"}, {"d"}};
  const Mapping mapping = ProposeMapping({"Name"}, 1, rows);
  EXPECT_THAT(mapping[0].samples, ElementsAre("a", "b", "c"));
  EXPECT_EQ(mapping[0].score, 1);
}

TEST(ProposeMapping, OurOwnReportColumnsAreIgnored) {
  const Mapping mapping = ProposeMapping({"Phone", "problem", "fix"}, 3, {});
  EXPECT_EQ(TargetName(mapping[1].target), "ignore");
  EXPECT_TRUE(mapping[1].report_column);
  EXPECT_TRUE(mapping[2].report_column);
  EXPECT_EQ(Propose({"problem", "Phone"})[0], "variable:problem");
}

TEST(OverrideMapping, TakesWhatTheUserChose) {
  Mapping mapping = ProposeMapping({"Name", "Phone", "Handy", "Note"}, 4, {});
  ASSERT_TRUE(OverrideMapping({{" handy ", "phone"}, {"4", "ignore"}}, &mapping).ok());
  EXPECT_THAT(Targets(mapping), ElementsAre("name", "variable:phone_2", "phone", "ignore"));
  EXPECT_EQ(mapping[2].score, 1);
}

TEST(OverrideMapping, RefusesWhatCannotBeAndChangesNothing) {
  const Mapping before = ProposeMapping({"Name", "Phone", "Note"}, 3, {});
  struct {
    MappingOverride by_header;
    const char* code;
  } const cases[] = {
      {{{"Fax", "phone"}}, "mapping_unknown_column"},
      {{{"9", "phone"}}, "mapping_unknown_column"},
      {{{"Note", "fax"}}, "mapping_unknown_field"},
      {{{"Note", "variable:a b"}}, "mapping_unknown_field"},
      {{{"Note", "secondary_phone_11"}}, "mapping_unknown_field"},
      {{{"Note", "phone"}, {"Name", "phone"}}, "mapping_twice"},
      {{{"Note", "email"}, {"3", "company"}}, "mapping_twice"},
  };
  for (const auto& c : cases) {
    Mapping mapping = before;
    const Status status = OverrideMapping(c.by_header, &mapping);
    ASSERT_EQ(status.slug(), "mapping_invalid") << c.code;
    EXPECT_EQ(status.fields().back().code, c.code);
    EXPECT_EQ(Targets(mapping), Targets(before));
  }
}

TEST(ParseTarget, ReadsWhatTargetNameWrites) {
  for (const char* name :
       {"ignore", "name", "first_name", "last_name", "phone", "email", "company", "timezone",
        "secondary_phone_1", "secondary_10_name", "variable:Key_1"}) {
    const Result<Target> target = ParseTarget(name);
    ASSERT_TRUE(target.ok()) << name;
    EXPECT_EQ(TargetName(*target), name);
  }
  for (const char* name : {"", "Name", "secondary_phone_0", "secondary_phone_", "secondary__name",
                           "variable:", "variable:ä"}) {
    EXPECT_FALSE(ParseTarget(name).ok()) << name;
  }
}

TEST(VariableKey, IsLettersDigitsUnderscore) {
  EXPECT_EQ(VariableKey("Job Title", 0), "job_title");
  EXPECT_EQ(VariableKey("  Tax-ID (EU) ", 0), "tax_id_eu");
  EXPECT_EQ(VariableKey("Ünïcode", 0), "unicode");
  EXPECT_EQ(VariableKey("会社", 4), "column_5");
  EXPECT_LE(VariableKey(std::string(500, 'x'), 0).size(), 64u);
}

}  // namespace
}  // namespace leadline
