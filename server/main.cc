// The command line of Leadline: reads flags and their environment twins, and hands over to the
// command's own file in server/cli/.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "common/lead/typed_value.h"
#include "server/cli/commands.h"
#include "server/cli/version.h"
#include "server/provider/sim/simulator.h"

namespace leadline {
namespace {

constexpr const char* kScaleHelp =
    "The calling clock runs N times as fast; only while both providers are on this machine";

struct AllOptions {
  ServeOptions serve;
  DemoOptions demo;
  CheckOptions check;
  ImportCommand import;
  ExportCommand export_command;
  SimOptions sim;
  std::vector<std::string> numbers;
  std::string phone_region;
  std::vector<std::string> check_map, import_map, check_types, import_types;
};

CLI::App* AddServe(CLI::App& app, ServeOptions& o) {
  CLI::App* c = app.add_subcommand("serve", "Run the server");
  c->footer("Example: RETELL_API_KEY=key_... leadline serve --data /var/lib/leadline");
  c->add_option("--listen", o.listen, "Address and port, on this machine only")
      ->envname("LEADLINE_LISTEN")
      ->capture_default_str();
  c->add_option("--data", o.data, "Data folder; made when missing")
      ->envname("LEADLINE_DATA")
      ->capture_default_str();
  c->add_option("--public-url", o.public_url, "Where providers reach /webhooks/, https")
      ->envname("LEADLINE_PUBLIC_URL");
  c->add_option("--time-scale", o.time_scale, kScaleHelp)
      ->envname("LEADLINE_TIME_SCALE")
      ->capture_default_str();
  return c;
}

CLI::App* AddDemo(CLI::App& app, DemoOptions& o) {
  CLI::App* c = app.add_subcommand("demo", "Try it with simulated people; nobody real is called");
  c->footer("Example: leadline demo --listen 127.0.0.1:8081");
  c->add_option("--listen", o.listen, "Address and port, on this machine only")
      ->envname("LEADLINE_LISTEN")
      ->capture_default_str();
  c->add_option("--time-scale", o.time_scale, "The clock runs N times as fast")
      ->envname("LEADLINE_TIME_SCALE")
      ->capture_default_str();
  c->add_option("--seed", o.seed, "Chooses the simulated people")
      ->envname("LEADLINE_SEED")
      ->capture_default_str();
  return c;
}

// How the files are written, where it is not to be guessed.
void AddReading(CLI::App* c, CheckOptions& o) {
  c->add_option("--encoding", o.encoding, "utf-8, windows-1250, shift_jis, ...")
      ->envname("LEADLINE_ENCODING");
  c->add_option("--delimiter", o.delimiter, "One character, tab, space, or \\x1f for a control")
      ->envname("LEADLINE_DELIMITER");
  c->add_option("--quote", o.quote, "One character, or none")->envname("LEADLINE_QUOTE");
  c->add_option("--escape", o.escape, "Stands before quotes in quotes: one character, or none")
      ->envname("LEADLINE_ESCAPE");
  c->add_option("--comment", o.comment, "Begins lines to skip before the header, or none")
      ->envname("LEADLINE_COMMENT");
  CLI::Option* header = c->add_flag("--header", o.header, "The first row has the column names")
                            ->envname("LEADLINE_HEADER");
  c->add_flag("--no-header", o.no_header, "The first row is a lead already")
      ->envname("LEADLINE_NO_HEADER")
      ->excludes(header);
}

CLI::App* AddCheck(CLI::App& app, CheckOptions& o, std::vector<std::string>& map,
                   std::vector<std::string>& types) {
  CLI::App* c = app.add_subcommand("check", "Check a list offline");
  c->footer(
      "Example: leadline check leads.csv --region US --report rejects.csv\n"
      "Exit code: 0 every row is fine, 1 problems were found, 2 a file cannot be read.");
  c->add_option("file", o.files, "CSV files or workbooks (.xlsx), or - for a CSV on standard input")
      ->required();
  c->add_option("--region", o.region, "Country of national numbers, such as US")
      ->envname("LEADLINE_REGION");
  c->add_option("--map", map, "FIELD=HEADER, as in phone=Tel; may be repeated")
      ->envname("LEADLINE_MAP");
  c->add_option("--type", types, "HEADER=TYPE, as in Signed=date:dmy; may be repeated")
      ->envname("LEADLINE_TYPE");
  c->add_option("--sheet", o.sheet, "Sheet of a workbook; without it the first that is not hidden")
      ->envname("LEADLINE_SHEET");
  c->add_option("--required", o.required, "Required fields besides the phone, by comma")
      ->delimiter(',')
      ->envname("LEADLINE_REQUIRED");
  c->add_option("--report", o.report, "Writes the rejected rows, with reasons")
      ->envname("LEADLINE_REPORT");
  c->add_option("--clean", o.clean, "Writes the good rows")->envname("LEADLINE_CLEAN");
  c->add_flag("--json", o.json, "Prints one JSON object per file")->envname("LEADLINE_JSON");
  AddReading(c, o);
  return c;
}

CLI::App* AddPhone(CLI::App& app, AllOptions& o) {
  CLI::App* c = app.add_subcommand("phone", "Say what a phone number is");
  c->footer("Example: leadline phone --region GB '020 7946 0018'");
  c->add_option("number", o.numbers, "Numbers, or - for one a line from standard input")
      ->required();
  c->add_option("--region", o.phone_region, "Country of national numbers, such as US")
      ->envname("LEADLINE_REGION");
  return c;
}

CLI::App* AddImport(CLI::App& app, ImportCommand& o, std::vector<std::string>& map,
                    std::vector<std::string>& types) {
  CLI::App* c = app.add_subcommand("import", "Import a list");
  c->footer("Example: leadline import leads.csv --campaign Spring --report rejects.csv");
  c->add_option("file", o.file, "CSV file or workbook (.xlsx)")->required();
  c->add_option("--campaign", o.campaign, "Name of the campaign; as shipped Default")
      ->envname("LEADLINE_CAMPAIGN");
  c->add_option("--data", o.data, "Data folder")->envname("LEADLINE_DATA")->capture_default_str();
  c->add_option("--region", o.region, "Country of national numbers, such as US")
      ->envname("LEADLINE_REGION");
  c->add_option("--map", map, "FIELD=HEADER, as in phone=Tel; may be repeated")
      ->envname("LEADLINE_MAP");
  c->add_option("--type", types, "HEADER=TYPE, as in Signed=date:dmy; may be repeated")
      ->envname("LEADLINE_TYPE");
  c->add_option("--sheet", o.sheet, "Sheet of a workbook; without it the first that is not hidden")
      ->envname("LEADLINE_SHEET");
  c->add_option("--duplicates", o.duplicates, "Numbers that are stored: skip, update, fill, keep")
      ->envname("LEADLINE_DUPLICATES")
      ->capture_default_str();
  c->add_option("--report", o.report, "Writes the rejected rows, with reasons")
      ->envname("LEADLINE_REPORT");
  c->add_flag("--accept-repairs", o.accept_repairs, "Takes every safe repair, such as +1 added")
      ->envname("LEADLINE_ACCEPT_REPAIRS");
  c->add_flag("--dry-run", o.dry_run, "Counts what would happen, and does nothing")
      ->envname("LEADLINE_DRY_RUN");
  c->add_flag("--json", o.json, "Prints the import as JSON")->envname("LEADLINE_JSON");
  return c;
}

CLI::App* AddExport(CLI::App& app, ExportCommand& o) {
  CLI::App* c = app.add_subcommand("export", "Export leads as CSV");
  c->footer("Example: leadline export --campaign Spring --status failed --out failed.csv");
  c->add_option("--campaign", o.campaign, "Name of the campaign; without it, all")
      ->envname("LEADLINE_CAMPAIGN");
  c->add_option("--status", o.statuses, "Statuses, by comma: completed, retry, ...")
      ->delimiter(',')
      ->envname("LEADLINE_STATUS");
  c->add_option("--columns", o.columns, "Columns, by comma: name, phone, ...")
      ->delimiter(',')
      ->envname("LEADLINE_COLUMNS");
  c->add_flag("--secondary", o.secondary, "Also the secondary contacts")
      ->envname("LEADLINE_SECONDARY");
  c->add_option("--out", o.out, "File to write; without it, standard output")
      ->envname("LEADLINE_OUT");
  c->add_option("--data", o.data, "Data folder")->envname("LEADLINE_DATA")->capture_default_str();
  return c;
}

CLI::App* AddSim(CLI::App& app, SimOptions& o) {
  CLI::App* c = app.add_subcommand("provider-sim", "Run Vapi and Retell, simulated");
  c->footer("Example: leadline provider-sim --listen 127.0.0.1:9090 --time-scale 60");
  c->add_option("--listen", o.listen, "Address and port")
      ->envname("LEADLINE_LISTEN")
      ->capture_default_str();
  c->add_option("--seed", o.seed, "Chooses the people")
      ->envname("LEADLINE_SEED")
      ->capture_default_str();
  c->add_option("--time-scale", o.time_scale, "Calls run N times as fast")
      ->envname("LEADLINE_TIME_SCALE")
      ->capture_default_str();
  c->add_option("--clock-base-ms", o.clock_base_ms, "Where its clock starts; 0: now")
      ->envname("LEADLINE_CLOCK_BASE_MS")
      ->capture_default_str();
  return c;
}

// FIELD=HEADER of the command line, as HEADER -> FIELD of the checker.
bool TakeMappings(const std::vector<std::string>& pairs,
                  std::map<std::string, std::string, std::less<>>* mapping) {
  if (ParseMappings(pairs, mapping)) return true;
  std::fprintf(stderr, "leadline: --map takes FIELD=HEADER, as in phone=Tel.\n");
  return false;
}

// HEADER=TYPE; a header may have a = in it, a type has none but in a choice.
bool TakeTypes(const std::vector<std::string>& pairs,
               std::map<std::string, std::string, std::less<>>* types) {
  for (const std::string& pair : pairs) {
    const size_t at = pair.rfind('=');
    const std::string type = at == std::string::npos ? "" : pair.substr(at + 1);
    if (const Result<ColumnType> read = ParseColumnType(type); at == 0 || !read.ok()) {
      std::fprintf(stderr, "leadline: --type takes HEADER=TYPE. %s\n",
                   read.status().message().c_str());
      return false;
    }
    (*types)[pair.substr(0, at)] = type;
  }
  return true;
}

int Main(int argc, char** argv) {
  CLI::App app("Leadline: call your leads with AI voice agents, from a server of your own.",
               "leadline");
  app.require_subcommand(1);
  AllOptions o;
  const CLI::App* serve = AddServe(app, o.serve);
  const CLI::App* demo = AddDemo(app, o.demo);
  const CLI::App* check = AddCheck(app, o.check, o.check_map, o.check_types);
  const CLI::App* phone = AddPhone(app, o);
  const CLI::App* import = AddImport(app, o.import, o.import_map, o.import_types);
  const CLI::App* export_command = AddExport(app, o.export_command);
  const CLI::App* sim = AddSim(app, o.sim);
  const CLI::App* version = app.add_subcommand("version", "Print the version");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {  // how CLI11 says --help, too
    return app.exit(error) == 0 ? 0 : kExitTrouble;
  }
  // Standard output belongs to what a command prints.
  spdlog::set_default_logger(spdlog::stderr_color_mt("leadline"));
  if (!*serve) spdlog::set_level(spdlog::level::warn);
  if (*serve) return RunServe(o.serve);
  if (*demo) return RunDemo(o.demo);
  if (*check) {
    const bool taken =
        TakeMappings(o.check_map, &o.check.mapping) && TakeTypes(o.check_types, &o.check.types);
    return taken ? RunCheck(o.check) : kExitTrouble;
  }
  if (*phone) return RunPhone(o.numbers, o.phone_region);
  if (*import) {
    const bool taken =
        TakeMappings(o.import_map, &o.import.mapping) && TakeTypes(o.import_types, &o.import.types);
    return taken ? RunImport(o.import) : kExitTrouble;
  }
  if (*export_command) return RunExport(o.export_command);
  if (*sim) return RunProviderSim(o.sim);
  if (*version) std::printf("leadline %s\n", kVersion);
  return 0;
}

}  // namespace
}  // namespace leadline

int main(int argc, char** argv) {
  return leadline::Main(argc, argv);
}
