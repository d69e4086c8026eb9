// SPDX-License-Identifier: Apache-2.0
// One request on its way through a handler, and what all handlers share.
#pragma once
#include <boost/json.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
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
#include "access/visibility.h"
#include "base/clock.h"
#include "http/office/desk.h"
#include "http/request/fields.h"
#include "http/request/page.h"
#include "http/request/route.h"
#include "identity/provider.h"
#include "jobs/board.h"
#include "jobs/uploads.h"
#include "policy/pack.h"
#include "ruledesk/law_in_force.h"
#include "upkeep/kinds.h"

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

// The law by which the office works today; read again when something was put into force, and now and then in
// case another program did.
class LawNow {
  public:
    // `own` is what holds where nothing was put into force; it must outlive this.
    LawNow(ruledesk::ProgramLaw program, const policy::Policy& own)
        : program_(std::move(program)), own_(own) {}
    [[nodiscard]] const ruledesk::ProgramLaw& program() const { return program_; }
    [[nodiscard]] Outcome<std::shared_ptr<const policy::Policy>> get(store::Database& database, Date day);
    // Of a run over the register: the pack that was put into force for that day, else the program's own.
    [[nodiscard]] Result<std::shared_ptr<const policy::Policy>> of_run(store::Database& database,
                                                                       Date day) const;
    void changed();

  private:
    [[nodiscard]] std::shared_ptr<const policy::Policy> own() const;
    ruledesk::ProgramLaw program_;
    const policy::Policy& own_;
    std::mutex mutex_;
    std::shared_ptr<const policy::Policy> law_;
    Date day_;
    SteadyClock::time_point read_at_;
};

// Made once, shared by all threads; every part bears that.
class CaseLaw;
class PackShelf;
class ExchangeRounds;
class ListsNow;
class RateLimiter;

struct Services {
    const policy::Policy& policy;
    std::filesystem::path policy_root;
    std::filesystem::path temporary;  // a folder for files on their way out
    const Clock& clock;
    const access::Roles& roles;
    const access::SecurityRules& rules;
    const upkeep::ChangeRules& changes;
    const access::AccountServices& accounts;
    access::AuditLog& audit;
    Desks& desks;
    UnitsNow& units;
    LawNow& law;
    CaseLaw& case_law;
    PackShelf& packs;
    const access::VisibilityRules& visibility;
    jobs::Board& board;
    jobs::Uploads& uploads;
    const Cursors& cursors;
    const identity::Providers& outside;
    const access::RetentionTable& retention;
    ExchangeRounds& exchange;
    ListsNow& lists;
    RateLimiter& strangers;  // by address
    unsigned threads = 1;    // of long work
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
    std::string token;                            // of the cookie; empty: none
    std::optional<bool> assigned = std::nullopt;  // the household at hand to the asker, once that was asked
    // Classes of fields of which the answer holds one whole by a reveal alone: the log says so.
    std::set<access::FieldClass> revealed = {};
    // Filled by the handler: whose data the answer holds. Durable before the answer leaves.
    std::optional<access::Look> look;

    [[nodiscard]] const access::Session& who() const { return *session; }
    // Whose something is that was made: an account's, or a session's that has none (a machine's token).
    [[nodiscard]] jobs::UserNumber asker() const {
        const auto user = static_cast<jobs::UserNumber>(who().user.value());
        return user != 0 ? user : -static_cast<jobs::UserNumber>(who().id.value());
    }
    [[nodiscard]] Date today() const { return civil_day(services.clock.now()); }
    [[nodiscard]] const std::string& parameter(std::string_view name) const {
        return parameters.find(name)->second;
    }
    // The law of today, for what lists and pages say of levels and clauses.
    [[nodiscard]] Outcome<std::shared_ptr<const policy::Policy>> law() const {
        return services.law.get(desk.database, today());
    }
    [[nodiscard]] access::Scope scope(access::Verb verb, access::Thing thing) const;
    // What was shown whole to this session for the case at hand and still is.
    [[nodiscard]] Result<std::vector<access::Reveal>> reveals() const {
        return access::reveals_of(desk.database, who(), services.clock.now());
    }
    // A look of this session at what the route is about.
    access::Look& looked(std::string what);
};

// The query; a broken escape is a fault.
[[nodiscard]] Outcome<QueryFields> query_of(const Call& call, FieldFaults& faults);
[[nodiscard]] Outcome<boost::json::value> body_of(const Call& call);

// Staff of whatever office or department; a citizen or a machine is refused.
[[nodiscard]] Outcome<void> require_staff(const Call& call);

// Faults of the law itself, which are none of the asker's.
[[nodiscard]] Failure faulty_law(const std::vector<Error>& faults);

[[nodiscard]] Response json_answer(const boost::json::value& body, int status = 200);
[[nodiscard]] Response no_content();
[[nodiscard]] boost::json::object words(const Text& text);
[[nodiscard]] boost::json::array texts_json(const std::vector<std::string>& texts);
// Of a field that is a text or null: empty where it is null, as a cell of a file has it.
[[nodiscard]] std::string text_or_empty(const boost::json::value& value);
[[nodiscard]] boost::json::value day_or_null(const std::optional<Date>& day);
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
