// The commands of `leadline`, one file each. Each returns the exit code of the process and prints
// its own errors.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace leadline {

// For what cannot be done at all: an unreadable file, a wrong option, a refused start.
inline constexpr int kExitTrouble = 2;

struct ServeOptions {
  std::string listen = "127.0.0.1:8080";
  std::string data = "leadline-data";
  std::string public_url;
  int64_t time_scale = 1;
};
int RunServe(const ServeOptions& options);

struct DemoOptions {
  std::string listen = "127.0.0.1:8080";
  int64_t time_scale = 60;
  uint64_t seed = 7;
};
int RunDemo(const DemoOptions& options);

struct CheckOptions {
  std::vector<std::string> files;  // "-": standard input
  std::string region;
  std::map<std::string, std::string, std::less<>> mapping;  // header -> field
  std::map<std::string, std::string, std::less<>> types;    // header -> column type
  std::vector<std::string> required = {"name", "email"};
  std::string sheet;   // of a workbook; empty: the first that is not hidden
  std::string report;  // reject file to write
  std::string clean;   // file of the good rows to write
  bool json = false;
  // How the files are written; empty: detected. As EncodingFromName and SetDialectPart read them.
  std::string encoding, delimiter, quote, escape, comment;
  bool header = false;     // the first row is one, whatever it looks like
  bool no_header = false;  // it is a lead
};
// 0: every row is fine; 1: problems were found; 2: a file cannot be read.
int RunCheck(const CheckOptions& options);

// Prints one JSON object a line. "-": one number a line from standard input. 0, or 1 when a number
// has a problem.
int RunPhone(const std::vector<std::string>& numbers, const std::string& region);

struct ImportCommand {
  std::string data = "leadline-data";
  std::string file;
  std::string campaign;  // name; empty: the built-in one
  std::string region;
  std::map<std::string, std::string, std::less<>> mapping, types;
  std::string sheet;  // of a workbook; empty: the first that is not hidden
  std::string duplicates = "skip";
  std::string report;  // reject file to write
  bool accept_repairs = false;
  bool dry_run = false;
  bool json = false;
};
// 0: every row was imported; 1: some were rejected; 2: nothing was done.
int RunImport(const ImportCommand& command);

struct ExportCommand {
  std::string data = "leadline-data";
  std::string out;  // empty or "-": standard output
  std::string campaign;
  std::vector<std::string> statuses;
  std::vector<std::string> columns;
  bool secondary = false;
};
int RunExport(const ExportCommand& command);

// FIELD=HEADER of the command line, as header -> field: "phone=Tel" -> {"Tel": "phone"}. False when
// one has no '='.
bool ParseMappings(const std::vector<std::string>& pairs,
                   std::map<std::string, std::string, std::less<>>* mapping);

}  // namespace leadline
