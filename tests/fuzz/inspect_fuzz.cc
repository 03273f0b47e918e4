// Any bytes as the head of a list, with any choices: a plan whose parts fit together, and that
// stands when it is chosen.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "common/base/utf8.h"
#include "common/table/checker.h"

namespace {

using namespace leadline;  // NOLINT: a fuzz target is about nothing else

void Require(bool condition) {
  if (!condition) std::abort();
}

void RequireSound(const ListPlan& plan, std::string_view head) {
  const Dialect& d = plan.dialect;
  Require(d.delimiter != '\0' && d.delimiter != '\n' && d.delimiter != '\r');
  Require(CheckDialect({.delimiter = d.delimiter, .quote = d.quote, .escape = d.escape}).ok());
  Require(d.delimiter_score >= 0 && d.delimiter_score <= 1);
  Require(d.header_score >= 0 && d.header_score <= 1);
  // The text is at most three times as long as the bytes.
  Require(d.prefix_bytes <= head.size() * 3 && d.prefix_lines <= d.prefix_bytes);
  Require((d.prefix_lines > 0) <= (d.comment != '\0'));
  for (const ColumnMapping& column : plan.mapping) {
    Require(IsValidUtf8(column.header));
    Require(!TargetName(column.target).empty());
  }
  for (const FieldProblem& problem : plan.problems) Require(!problem.code.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const std::string_view head(reinterpret_cast<const char*>(data) + 2, size - 2);
  const bool whole = (data[0] & 1) != 0;
  ListOptions options;
  if ((data[0] & 2) != 0) options.dialect.delimiter = static_cast<char>(1 + data[1] % 8);
  if ((data[0] & 4) != 0) options.dialect.quote = (data[1] & 16) != 0 ? '\'' : '\0';
  if ((data[0] & 8) != 0) options.dialect.comment = (data[1] & 32) != 0 ? '#' : '\0';
  if ((data[0] & 16) != 0) options.encoding = static_cast<Encoding>(data[1] % kEncodingCount);
  if ((data[0] & 32) != 0) options.mapping = {{"1", "phone"}, {"Name", "name"}};
  const ListPlan plan = InspectList(head, whole, options);
  if (!plan.readable) return 0;
  RequireSound(plan, head);
  // What decides between two encodings is still to come: neither of them can be chosen yet.
  if (plan.encoding.ascii_so_far && !whole) return 0;

  ListOptions chosen = options;
  const Dialect& d = plan.dialect;
  chosen.encoding = plan.encoding.encoding;
  chosen.dialect = {.delimiter = d.delimiter,
                    .has_header = d.has_header,
                    .quote = d.quote,
                    .escape = d.escape,
                    .comment = d.comment};
  const ListPlan again = InspectList(head, whole, chosen);
  Require(again.dialect.quote == d.quote && again.dialect.escape == d.escape);
  Require(again.dialect.prefix_bytes == d.prefix_bytes);
  Require(again.mapping.size() == plan.mapping.size());
  return 0;
}
