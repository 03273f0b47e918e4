// What is around every object: errors, lists, live changes.
#pragma once

#include "common/api/fields.h"

namespace leadline {

Json FieldProblemsJson(const std::vector<FieldProblem>& fields);
std::vector<FieldProblem> ReadFieldProblems(const Json& value);

// An error answer, RFC 9457 (application/problem+json).
struct Problem {
  int status = 500;    // of HTTP
  std::string title;   // of the status: "Conflict"
  std::string code;    // our stable slug: "conflict"
  std::string detail;  // one sentence for people
  std::vector<FieldProblem> fields;
  std::string request_id;  // to be found in the server's log
  Json current;            // with a 409 of a stale version: the object as it now is
};
Json ProblemJson(const Problem& problem);
// From an answer that is no success, whatever its body: never empty.
Problem ReadProblem(int http_status, std::string_view body);
Status StatusOf(const Problem& problem);

// {"items":[...],"next_cursor":null|"...","total":N}, and "total_is_floor":true when there are more
// than `total`.
Json PageJson(Json items, std::string_view next_cursor, int64_t total, bool total_is_floor = false);
struct PageHead {
  std::string next_cursor;  // empty: the last page
  int64_t total = 0;
  bool total_is_floor = false;
};
// The items of a page; a null value when it is none.
const Json& ReadPage(const Json& value, PageHead* head);

// One server-sent event: `event:` is the kind, `id:` the id, `data:` this object.
struct Change {
  int64_t id = 0;
  TimeMs at = 0;
  std::string kind;  // lead, campaign, assistant, call, import, settings, suppression; reload: the
                     // client has missed too much and loads everything again
  int64_t ref_id = 0;  // of the object
  Json data;           // an object: for a lead {"status","version","campaign_id"}, {"deleted":true}
};
Json ChangeJson(const Change& change);
bool ReadChange(const Json& value, Change* change);

}  // namespace leadline
