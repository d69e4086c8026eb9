// SPDX-License-Identifier: Apache-2.0
// What the server answers, as one table: dispatch runs by it and api/openapi.yaml is held against it
// (routes_test). A route says who may ask; the dispatcher asks that before the handler runs.
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/roles.h"
#include "http/request/failure.h"
#include "http/server/message.h"

namespace doudi::http {

struct Call;
using Handler = Outcome<Response> (*)(Call& call);

enum class Who : std::uint8_t {
    anyone,     // no session is looked for
    any_stage,  // a session, be it one that still owes its second factor or a new password
    signed_in,  // a full session
    entitled,   // whose roles have the right
    office,     // and who is of an office of civil affairs: what is told is internal (access/visibility.h)
};

struct Route {
    std::string_view method;
    std::string_view path;       // "/api/v1/households/{code}"
    std::string_view operation;  // operationId of the OpenAPI file
    Handler handler = nullptr;
    Who who = Who::entitled;
    access::Verb verb = access::Verb::read;
    access::Thing thing = access::Thing::household;
    // A request that makes something: takes Idempotency-Key.
    bool creates = false;
    // It is made by more than one transaction: the key is claimed before (once.h).
    bool claims_key = false;
    bool is_stream = false;
    // Its answer holds what opens a door (a mark for changes, a token, a code): it is never compressed.
    bool secret = false;
    std::string_view request_type = {};  // of the body; empty: there is none
    bool body_optional = false;
    std::string_view response_type = "application/json";
    std::uint64_t body_limit = std::uint64_t{256} << 10U;
    std::chrono::seconds deadline{15};
};

// A route that reads: by the right to read that thing, or for `who` alone, whose handler says what is read.
[[nodiscard]] Route reads(std::string_view path, std::string_view operation, Handler handler,
                          access::Thing thing);
[[nodiscard]] Route reads(std::string_view path, std::string_view operation, Handler handler, Who who);

using Parameters = std::map<std::string, std::string, std::less<>>;

// A route that fits a path, and what stood in its braces.
struct Found {
    const Route* route = nullptr;  // null: no route has this path (and method)
    Parameters parameters;
    std::vector<std::string_view> allowed;  // the methods that the path has
};

class RouteTable {
  public:
    explicit RouteTable(std::vector<Route> routes);
    // HEAD finds what GET has.
    [[nodiscard]] Found find(std::string_view method, std::string_view raw_path) const;
    [[nodiscard]] const std::vector<Route>& all() const { return routes_; }

  private:
    std::vector<Route> routes_;
    std::vector<std::vector<std::string_view>> segments_;  // of routes_
};

}  // namespace doudi::http
