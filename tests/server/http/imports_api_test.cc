// An import through the API, from options to undo.
#include <gtest/gtest.h>

#include "tests/server/http/test_server.h"
#include "tests/support/zip_writer.h"

namespace leadline {
namespace {

constexpr const char* kList =
    "Full Name,Telefon,E-Mail,Budget\r\n"
    "Sarah Johnson,+14155551234,sarah@example.com,10k\r\n"
    "No Phone,,np@example.com,5k\r\n"
    "\"Doe, Jane\",+14155551235,jane@example.com,\"a \"\"big\"\" one\"\r\n"
    "Bad Mail,+14155551236,bad.example.com,1k\r\n"
    "Sarah Again,+14155551234,again@example.com,2k\r\n";

HttpAnswer Upload(TestServer& server, int64_t id, const std::string& bytes) {
  return server.Send("PUT", "/api/v1/imports/" + std::to_string(id) + "/file", bytes,
                     {"Content-Type: text/csv"});
}

int64_t Count(const Json& import, const char* name) {
  return IntOf(Member(import, name)).value_or(-1);
}

TEST(ApiImports, GoFromDryRunToCommitToUndo) {
  TestServer server;
  const int64_t id = server.Add("imports", R"({"name":"March","mapping":"auto","invalid":"hold"})");
  const HttpAnswer uploaded = Upload(server, id, kList);
  ASSERT_EQ(uploaded.status, 200) << uploaded.body;
  const Json checked = uploaded.json();
  EXPECT_EQ(TextOr(checked, "state"), "checked");
  EXPECT_EQ(Count(checked, "rows"), 5);
  EXPECT_EQ(Count(checked, "created"), 2);
  EXPECT_EQ(Count(checked, "rejected"), 3);
  EXPECT_EQ(Count(Member(checked, "problems"), "duplicate_in_file"), 1);
  EXPECT_EQ(TextOr(Member(checked, "columns")[1], "field"), "phone");
  EXPECT_EQ(Count(server.Get("/api/v1/leads").json(), "total"), 0) << "nothing is written yet";

  const HttpAnswer committing = server.Post("/api/v1/imports/1/commit");
  EXPECT_EQ(committing.status, 202) << committing.body;
  const Json committed = server.WaitForImport(id);
  EXPECT_EQ(TextOr(committed, "state"), "committed") << DumpJson(committed);
  EXPECT_EQ(Count(committed, "created") + Count(committed, "updated") +
                Count(committed, "skipped") + Count(committed, "rejected"),
            Count(committed, "rows"));
  const Json leads = server.Get("/api/v1/leads?import_id=1&sort=created_at").json();
  EXPECT_EQ(Count(leads, "total"), 2);
  EXPECT_EQ(TextOr(Member(leads, "items")[1], "name"), "Doe, Jane");
  EXPECT_GT(server.wakes(), 0);

  const HttpAnswer undone = server.Post("/api/v1/imports/1/undo");
  ASSERT_EQ(undone.status, 200) << undone.body;
  EXPECT_EQ(Count(undone.json(), "removed"), 2);
  EXPECT_EQ(TextOr(Member(undone.json(), "import"), "state"), "undone");
  EXPECT_EQ(Count(server.Get("/api/v1/leads").json(), "total"), 0);
}

TEST(ApiImports, RejectsCanBeMendedAndImportedAsTheyAre) {
  TestServer server;
  const int64_t id = server.Add("imports", "{}");
  Upload(server, id, kList);
  server.Post("/api/v1/imports/1/commit");
  server.WaitForImport(id);
  std::string rejects = server.Get("/api/v1/imports/1/rejects.csv").body;
  EXPECT_NE(rejects.find("problem,fix"), std::string::npos) << rejects;
  EXPECT_NE(rejects.find("phone_missing"), std::string::npos) << rejects;
  EXPECT_EQ(rejects.find("Doe"), std::string::npos) << "good rows stay out";
  rejects.replace(rejects.find("bad.example.com"), 15, "bad@example.com");
  const int64_t second = server.Add("imports", "{}");
  const Json again = Upload(server, second, rejects).json();
  EXPECT_EQ(Count(again, "created"), 1) << DumpJson(again);
}

TEST(ApiImports, AMappingAndARegionAreFollowed) {
  TestServer server;
  const int64_t id = server.Add(
      "imports", R"({"mapping":{"A":"name","B":"phone"},"region":"US","required":["name"],
                     "accept_repairs":true,"header":true})");
  const Json checked = Upload(server, id, "A,B\nAnna,(415) 555-1234\n").json();
  EXPECT_EQ(Count(checked, "created"), 1) << DumpJson(checked);
}

TEST(ApiImports, StoredNumbersFollowTheDuplicateRule) {
  TestServer server;
  server.Add("leads", R"({"name":"Old","phone":"+14155551234","email":"old@example.com"})");
  for (const auto& [rule, name] :
       {std::pair{"skip", "skipped"}, {"update", "updated"}, {"fill", "updated"}}) {
    const int64_t id = server.Add("imports", std::string(R"({"duplicates":")") + rule + R"("})");
    const Json checked =
        Upload(server, id, "name,phone,email\nNew,+14155551234,new@example.com\n").json();
    EXPECT_EQ(Count(checked, name), 1) << rule << DumpJson(checked);
    server.Post("/api/v1/imports/" + std::to_string(id) + "/commit");
    const Json done = server.WaitForImport(id);
    EXPECT_EQ(Count(done, name), 1) << rule << DumpJson(done);
    EXPECT_EQ(Count(done, "rows"), 1) << rule;
  }
  EXPECT_EQ(TextOr(server.Get("/api/v1/leads/1").json(), "name"), "New");
}

TEST(ApiImports, AWorkbookIsReadLikeACsvFile) {
  testing_support::Book book = {.sheets = {{"Notes", "<row><c><v>1</v></c></row>"},
                                           {"Leads",
                                            "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c>"
                                            "</row><row hidden=\"1\"><c t=\"s\"><v>2</v></c>"
                                            "<c><v>1.4155551234E10</v></c></row>"
                                            "<row><c t=\"s\"><v>2</v></c><c><v>7</v></c></row>"}},
                                .strings =
                                    "<si><t>Name</t></si><si><t>Phone</t></si>"
                                    "<si><t>Anna</t></si>"};
  TestServer server;
  const int64_t id = server.Add(
      "imports", R"({"sheet":"Leads","required":["name"],"accept_repairs":true,"region":"US"})");
  const Json checked = Upload(server, id, book.Bytes()).json();
  EXPECT_EQ(TextOr(checked, "sheet"), "Leads") << DumpJson(checked);
  EXPECT_EQ(Member(checked, "sheets").size(), 2u);
  EXPECT_EQ(Member(checked, "notes").size(), 1u);
  EXPECT_EQ(Count(checked, "created"), 1);
  EXPECT_EQ(Count(checked, "rejected"), 1);
  const std::string rejects = server.Get("/api/v1/imports/1/rejects.csv").body;
  EXPECT_NE(rejects.find("Anna,7,"), std::string::npos) << rejects;
  EXPECT_EQ(server.Post("/api/v1/imports/1/commit").status, 202);
  EXPECT_EQ(Count(server.WaitForImport(id), "created"), 1);
  const int64_t other = server.Add("imports", R"({"sheet":"Nowhere"})");
  const HttpAnswer unknown = Upload(server, other, book.Bytes());
  EXPECT_EQ(unknown.status, 422);
  EXPECT_NE(unknown.body.find("sheet_unknown"), std::string::npos) << unknown.body;
}

TEST(ApiImports, EachStepHasItsState) {
  TestServer server;
  const int64_t id = server.Add("imports", "{}");
  EXPECT_EQ(server.Post("/api/v1/imports/1/commit").status, 409);
  EXPECT_EQ(server.Post("/api/v1/imports/1/undo").status, 409);
  EXPECT_EQ(server.Get("/api/v1/imports/1/rejects.csv").status, 409);
  EXPECT_EQ(Upload(server, id, kList).status, 200);
  EXPECT_EQ(Upload(server, id, kList).status, 409) << "one file per import";
  EXPECT_EQ(server.Send("DELETE", "/api/v1/imports/1").status, 200);
  EXPECT_EQ(server.Post("/api/v1/imports/1/commit").status, 409);
}

struct BadFile {
  const char* what;
  std::string bytes;
  int status;
  const char* must;
};

TEST(ApiImports, BadFilesAreSaidSoAndNeverCrash) {
  std::string wide = "name,phone";
  for (int i = 0; i < 5000; ++i) wide += ",c" + std::to_string(i);
  const BadFile files[] = {
      {"empty", "x", 200, "list_"},
      {"a workbook cut off", std::string("PK\3\4", 4) + std::string(2000, 'x'), 422, "zip_damaged"},
      {"an old workbook", "\xD0\xCF\x11\xE0" + std::string(2000, 'x'), 200, "Save it as .xlsx"},
      {"broken quote", "name,phone,email\n\"A,+14155551234,a@example.com\nB,+14155551235,b@x.org\n",
       200, "row_broken_quote"},
      {"NULs", std::string("name,phone,email\nA\0B,+14155551234,a@example.com\n", 47), 200,
       "row_nul_bytes"},
      {"10 MB in one field",
       "name,phone,email\n" + std::string(10'000'000, 'a') + ",+14155551234,a@example.com\n", 200,
       "row_"},
      {"5,000 columns", wide + "\nA,+14155551234\n", 200, "\"rows\":1"},
      {"Latin-1", "name,phone,email\nJos\xE9,+14155551234,a@example.com\n", 200, "\"created\":1"},
      {"UTF-16",
       [] {
         std::string utf16 = "\xFF\xFE";
         for (char c : std::string("name,phone,email\nA,+14155551234,a@example.com\n")) {
           utf16 += c;
           utf16 += '\0';
         }
         return utf16;
       }(),
       200, "\"created\":1"},
  };
  TestServer server;
  for (const BadFile& file : files) {
    const int64_t id = server.Add("imports", "{}");
    const HttpAnswer answer = Upload(server, id, file.bytes);
    EXPECT_EQ(answer.status, file.status) << file.what << answer.body.substr(0, 500);
    EXPECT_NE(answer.body.find(file.must), std::string::npos)
        << file.what << answer.body.substr(0, 1500);
  }
  EXPECT_EQ(server.Get("/healthz").status, 200);
}

TEST(ApiImports, AnUploadThatBreaksOffCanBeSentAgain) {
  TestServer server;
  server.Add("imports", "{}");
  {
    RawSocket socket(server.port());
    socket.Send("PUT /api/v1/imports/1/file HTTP/1.1\r\nHost: " + server.host() +
                "\r\nContent-Length: 1000\r\n\r\nname,phone\n");
  }
  HttpAnswer answer;
  for (int i = 0; i < 1000 && answer.status != 200; ++i) answer = Upload(server, 1, kList);
  EXPECT_EQ(answer.status, 200) << answer.body;
}

}  // namespace
}  // namespace leadline
