#include "server/http/routes.h"

#include <gtest/gtest.h>

#include <set>

namespace leadline {
namespace {

TEST(Router, FindsTheMostExactRowFirst) {
  const RouteMatch lead = FindRoute(Routes(), "GET", "/api/v1/leads/7");
  ASSERT_NE(lead.route, nullptr);
  EXPECT_STREQ(lead.route->pattern, "/api/v1/leads/{id}");
  ASSERT_EQ(lead.args.size(), 1u);
  EXPECT_EQ(lead.args[0], "7");
  EXPECT_STREQ(FindRoute(Routes(), "GET", "/api/v1/leads/export.csv").route->pattern,
               "/api/v1/leads/export.csv");
}

TEST(Router, AnswersHeadByGet) {
  EXPECT_STREQ(FindRoute(Routes(), "HEAD", "/healthz").route->method, "GET");
}

TEST(Router, TellsAWrongMethodFromAWrongPath) {
  const RouteMatch match = FindRoute(Routes(), "PUT", "/api/v1/leads/7");
  EXPECT_EQ(match.route, nullptr);
  EXPECT_EQ(match.allow, "GET, PATCH, DELETE");
  EXPECT_EQ(FindRoute(Routes(), "GET", "/api/v1/nothing/here/at/all").allow, "");
}

TEST(Router, TakesNoEmptyAndNoEncodedSegments) {
  for (const char* path : {"/api/v1/leads/", "/api/v1/leads//gates", "//api/v1/leads",
                           "/api/v1/le%61ds/7/gates", "/api/v1/leads/7/gates/"}) {
    EXPECT_EQ(FindRoute(Routes(), "GET", path).route, nullptr) << path;
  }
}

TEST(Router, EveryRowCanBeReached) {
  for (const Route& route : Routes()) {
    EXPECT_EQ(FindRoute(Routes(), route.method, route.pattern).route, &route) << route.pattern;
  }
}

TEST(OpenApi, HoldsExactlyTheRoutesOfTheTable) {
  std::set<std::string> in_table, in_document;
  for (const Route& route : Routes()) {
    std::string method = route.method;
    for (char& c : method) c = static_cast<char>(c + 32);
    in_table.insert(method + " " + route.pattern);
  }
  for (const auto& path : Member(OpenApiDocument(), "paths").items()) {
    for (const auto& operation : path.value().items()) {
      in_document.insert(operation.key() + " " + path.key());
    }
  }
  EXPECT_EQ(in_table, in_document);
  EXPECT_EQ(in_table.size(), Routes().size()) << "a row stands twice";
}

void CollectReferences(const Json& value, std::set<std::string>* names) {
  if (const std::string_view ref = TextOr(value, "$ref"); !ref.empty()) {
    names->insert(std::string(ref.substr(ref.rfind('/') + 1)));
  }
  if (!value.is_structured()) return;
  for (const Json& member : value) CollectReferences(member, names);
}

TEST(OpenApi, ExplainsEverySchemaItNames) {
  std::set<std::string> names;
  CollectReferences(OpenApiDocument(), &names);
  const Json& schemas = MemberPath(OpenApiDocument(), {"components", "schemas"});
  for (const std::string& name : names) {
    if (name == "OpenApi") continue;
    EXPECT_TRUE(Member(schemas, name).contains("properties")) << name;
  }
  EXPECT_TRUE(MemberPath(schemas, {"Lead", "properties", "status_group"}).is_object());
}

TEST(OpenApi, NamesThePathsParameters) {
  const Json& parameters =
      MemberPath(OpenApiDocument(), {"paths", "/api/v1/leads/{id}", "get", "parameters"});
  ASSERT_EQ(parameters.size(), 1u);
  EXPECT_EQ(TextOr(parameters[0], "name"), "id");
}

}  // namespace
}  // namespace leadline
