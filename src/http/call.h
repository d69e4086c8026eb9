// SPDX-License-Identifier: Apache-2.0
// One request on its way through a handler, and what all handlers share.
#pragma once
#include <boost/json.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/accounts.h"
#include "access/audit.h"
#include "access/masking.h"
#include "access/retention.h"
#include "access/roles.h"
#include "access/scope.h"
#include "access/security_rules.h"
#include "access/units.h"
#include "base/clock.h"
#include "http/desk.h"
#include "http/fields.h"
#include "http/page.h"
#include "http/route.h"
#include "jobs/board.h"
#include "jobs/uploads.h"
#include "policy/pack.h"

namespace doudi::http {

// The offices as they stand now; read again when someone changed them, and now and then in case another
// program did.
class UnitsNow {
  public:
    [[nodiscard]] Result<std::shared_ptr<const access::UnitTree>> get(store::Database& database);
    void changed();

  private:
    std::mutex mutex_;
    std::shared_ptr<const access::UnitTree> tree_;
    SteadyClock::time_point read_at_;
};

// Made once, shared by all threads; every part bears that.
struct Services {
    const policy::Policy& policy;
    std::filesystem::path policy_root;
    std::filesystem::path temporary;  // a folder for files on their way out
    const Clock& clock;
    const access::Roles& roles;
    const access::SecurityRules& rules;
    const access::AccountServices& accounts;
    access::AuditLog& audit;
    Desks& desks;
    UnitsNow& units;
    jobs::Board& board;
    jobs::Uploads& uploads;
    const Cursors& cursors;
    const access::RetentionTable& retention;
    unsigned threads = 1;  // of long work
};

struct Call {
    const Services& services;
    Request& request;
    const Route& route;
    Parameters parameters;
    Lang lang = Lang::zh;
    Desk& desk;
    std::shared_ptr<const access::UnitTree> units;
    std::optional<access::Session> session;
    std::string token;  // of the cookie; empty: none
    // Filled by the handler: whose data the answer holds. Durable before the answer leaves.
    std::optional<access::Look> look;

    [[nodiscard]] const access::Session& who() const { return *session; }
    [[nodiscard]] Date today() const { return civil_day(services.clock.now()); }
    [[nodiscard]] const std::string& parameter(std::string_view name) const {
        return parameters.find(name)->second;
    }
    [[nodiscard]] access::Scope scope(access::Verb verb, access::Thing thing) const;
    // A look of this session at what the route is about.
    access::Look& looked(std::string what);
};

// The query; a broken escape is a fault.
[[nodiscard]] Outcome<QueryFields> query_of(const Call& call, FieldFaults& faults);
[[nodiscard]] Outcome<boost::json::value> body_of(const Call& call);

[[nodiscard]] Response json_answer(const boost::json::value& body, int status = 200);
[[nodiscard]] Response no_content();
[[nodiscard]] boost::json::object words(const Text& text);
// RFC 3339, in UTC, of microseconds since 1970.
[[nodiscard]] std::string time_text(std::int64_t micros);

// The strong tag of an answer's content.
[[nodiscard]] std::string etag_of(std::string_view body);
// A change must name the version that it changes: 428 without If-Match, 412 if it is another by now.
[[nodiscard]] Outcome<void> require_match(const Call& call, std::string_view etag);

// Runs `make` in a transaction together with remembering its answer under the request's Idempotency-Key:
// asked again with the same key, the same answer is given and nothing is made; with another body it is
// refused.
[[nodiscard]] Outcome<Response> make_once(Call& call,
                                          const std::function<Outcome<Response>(store::Database&)>& make);

}  // namespace doudi::http
