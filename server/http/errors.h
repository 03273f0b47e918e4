// The one place where a Status becomes an HTTP answer (RFC 9457 problem documents). Details of
// internal errors stay in the log, under the request id that the answer carries.
#pragma once

#include <string>

#include "common/base/json.h"
#include "server/http/head.h"

namespace httplib {
struct Response;
}  // namespace httplib

namespace leadline {

int HttpStatusOf(const Status& status);
std::string_view HttpTitle(int http_status);

void WriteProblem(const Status& status, const std::string& request_id, const Json& current,
                  httplib::Response* response);
void WriteProblem(const HeadError& error, const std::string& request_id,
                  httplib::Response* response);

}  // namespace leadline
