// Workbooks as other programs write them, cell by cell. Skipped, visibly, where node, the npm
// packages or openpyxl are missing (scripts/setup.sh installs them).
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/temp_folder.h"
#include "tests/support/zip_writer.h"

namespace leadline {
namespace {

constexpr const char* kExpected =
    "Name,Phone,Plus,Score,Agreed,Added,Called,Note\n"
    "Zoë Müller,447911123456,+447911123457,0.3,TRUE,2026-03-02,2026-03-02 14:30,\"a, "
    "\"\"b\"\"\nc\"\n"
    "李雷,14155551234,00441,-12.5,FALSE,1999-12-31,2000-02-29 00:00:05,\n"
    "\n"
    "😀 & <b>,1000000000000000, x ,0.0000001,TRUE,2026-03-02,2026-03-02 23:59:59,=1+1\n";

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void ExpectWritten(const std::string& command, const std::string& script,
                   const std::vector<std::string>& names) {
  TempFolder folder;
  const std::string run = command + " " LEADLINE_SOURCE_DIR "/tests/common/table/" + script + " " +
                          folder.path() + " 2>" + folder.path() + "/log";
  if (std::system(run.c_str()) != 0) {
    const std::string log = ReadFile(folder.path() + "/log");
    const bool missing = log.find("Cannot find module") != std::string::npos ||
                         log.find("No module named") != std::string::npos ||
                         log.find("not found") != std::string::npos;
    if (missing) GTEST_SKIP() << "not installed: " << log;
    FAIL() << log;
  }
  for (const std::string& name : names) {
    const testing_support::ReadBook read =
        testing_support::ReadSheet(ReadFile(folder.path() + "/" + name));
    EXPECT_EQ(read.error, "") << name << ": " << read.message;
    EXPECT_EQ(read.text, kExpected) << name;
    ASSERT_EQ(read.sheets.size(), 2u) << name;
    EXPECT_TRUE(read.sheets[0].hidden) << name;
    EXPECT_EQ(read.sheets[1].name, "Leads & more") << name;
  }
}

TEST(XlsxWriters, SheetJsAndExcelJs) {
  ExpectWritten("node", "xlsx_writers.mjs",
                {"sheetjs.xlsx", "sheetjs_inline.xlsx", "exceljs.xlsx"});
}
TEST(XlsxWriters, Openpyxl) {
  ExpectWritten("/usr/bin/python3", "xlsx_writers.py", {"openpyxl.xlsx"});
}

}  // namespace
}  // namespace leadline
