// SPDX-License-Identifier: Apache-2.0
// Every look at a person's data and every change of it, in a chain of SM3 hashes: who, why, what, whose,
// when, from where. A record is appended before the answer leaves; many wait for one commit. Each record's
// hash covers the one before it, so an edit, a gap or another order shows; that the tail was cut shows by
// anchors, which are kept elsewhere (the unit above).
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/roles.h"
#include "access/session.h"
#include "base/clock.h"
#include "base/result.h"
#include "store/database.h"

namespace doudi::access {

// One answer (or one write), with all its subjects.
struct Look {
    Session who;  // its `why` is the purpose and the case
    Verb verb = Verb::read;
    Thing thing = Thing::person;
    std::vector<PersonId> persons;  // whose data; empty where only the household is known
    std::vector<HouseholdId> households;
    std::string what;    // which list, field or change; never a value of a person
    std::string reason;  // of a reveal; free words, numbers in it are masked
    std::string flag;    // why someone should look at this look: "not_assigned"; empty: nothing
};

// A record as it stands in the log.
struct AuditRecord {
    std::uint64_t seq = 0;  // from 1, without a gap
    Instant at;
    std::string kind;  // staff | citizen | token | machine
    UserId user;
    std::string user_name;
    UnitId unit;
    std::string roles;  // joined by commas
    std::string purpose;
    std::string case_ref;
    std::string verb;
    std::string thing;
    std::string persons;  // ids, ascending, joined by commas
    std::string households;
    std::string what;
    std::string reason;
    std::string flag;
    std::string from;
    std::string previous;  // hash of the record before, hex; of the first: zeros
    std::string hash;
};

// Appends for all threads through one connection of its own.
class AuditLog {
  public:
    // The connection is the log's from now on. With a key (KeyRing::derived, purpose_audit; always the same)
    // the hashes are HMAC-SM3: who can write to the database cannot make a chain of their own.
    [[nodiscard]] static Result<std::unique_ptr<AuditLog>> start(store::Database database, const Clock& clock,
                                                                 std::string key = {});
    AuditLog(const AuditLog&) = delete;
    AuditLog& operator=(const AuditLog&) = delete;
    ~AuditLog();  // what was appended is written first

    // Returns when the records are durable; an error: none of them is, and the answer must not leave. From
    // any thread. The records stand in this order and without others between them.
    [[nodiscard]] Result<void> append(std::span<const Look> looks);
    [[nodiscard]] Result<void> append(const Look& look) { return append(std::span(&look, 1)); }
    // The same without waiting: `done` is called from the log's own thread, once, and must not wait for it.
    void append_later(std::span<const Look> looks, std::function<void(Result<void>)> done);
    // How many transactions that took so far, failed ones too.
    [[nodiscard]] std::uint64_t commits() const;

  private:
    struct State;
    explicit AuditLog(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

// --- anchors ---

// That the chain had this record: "seq day hash check", a line of an anchor file.
struct Anchor {
    std::uint64_t seq = 0;
    Date day;
    std::string hash;
    friend bool operator==(const Anchor&, const Anchor&) = default;
};
[[nodiscard]] std::string line_of(const Anchor& anchor);
// Errors name the line.
[[nodiscard]] Result<std::vector<Anchor>> read_anchor_file(const std::filesystem::path& file);
// Of the last record as it is now; kept in the database too. Conflict: there is nothing to anchor.
[[nodiscard]] Result<Anchor> make_anchor(store::Database& database, const Clock& clock);

// --- verify ---

enum class AuditFault : std::uint8_t {
    edited,
    gap,
    reordered,
    tail_cut,
    subjects_differ,
    anchor_differs,
    head_missing,
};
struct AuditFinding {
    AuditFault fault{};
    std::uint64_t seq = 0;  // where it shows first
};
[[nodiscard]] Text describe(const AuditFinding& finding);
struct AuditReport {
    std::uint64_t records = 0;
    std::uint64_t anchors = 0;
    std::string head;  // hash of the last record
    std::vector<AuditFinding> findings;
    [[nodiscard]] bool sound() const { return findings.empty(); }
};
// Reads the whole chain and holds it against the database's anchors and those kept elsewhere. Another key
// than the log's makes every record look edited.
[[nodiscard]] Result<AuditReport> verify_audit(store::Database& database,
                                               std::span<const Anchor> kept_elsewhere,
                                               std::string_view key = {});

// --- reading ---

struct AuditQuery {
    std::optional<PersonId> person = std::nullopt;
    std::optional<UserId> user = std::nullopt;
    bool flagged_only = false;
    std::uint64_t before = 0;  // seq; 0: from the newest
    int most = 50;
    // A household is looked at by its own name, or by any of these who live in it.
    std::optional<HouseholdId> household = std::nullopt;
    std::vector<PersonId> household_people = {};
    std::optional<Verb> verb = std::nullopt;
    std::string what = {};  // begins so
    std::optional<bool> doors =
        std::nullopt;                         // what happens at doors (Thing::session) alone, or all but that
    std::optional<Date> from = std::nullopt;  // days in China, both included
    std::optional<Date> until = std::nullopt;
    // Records of this unit and of those below it on `day`; each of them has to hold.
    struct Within {
        UnitId unit;
        bool or_of_none = false;  // those of no unit too
        bool alone = false;       // not those of the units below it
    };
    std::vector<Within> within = {};
    Date day = {};
};
// Newest first. What the index of subjects has not reached yet is found too.
[[nodiscard]] Result<std::vector<AuditRecord>> read_audit(store::Database& database, const AuditQuery& query);

// What a citizen sees of the looks at their data: no officer, no address, no case.
struct CitizenLook {
    std::uint64_t seq = 0;  // for the next page
    Instant at;
    UnitId unit;
    std::string purpose;  // id
    std::string verb;
    std::string thing;
};
// Where someone lives or lived, on which days, and with whom ever.
struct LivedIn {
    HouseholdId household;
    Date from;
    Date until;  // not on
    std::vector<PersonId> others;
};
// Newest first, before that number (0: from the newest). Those that name the person, and those that name the
// household in which they lived on that day and nobody of it: a list, a file taken away, a case of the
// household's. What names somebody else of it is that one's alone to read.
[[nodiscard]] Result<std::vector<CitizenLook>> looks_at(store::Database& database, PersonId person,
                                                        std::span<const LivedIn> lived, std::uint64_t before,
                                                        int most);

// --- cases of one's own ---

// The account works on this household from that day until (not on) another.
[[nodiscard]] Result<void> assign_household(store::Database& database, UserId user, HouseholdId household,
                                            std::string_view case_ref, Date from, Date until);
// Nothing of it holds from that day on. not_found: there was none that would.
[[nodiscard]] Result<void> end_assignment(store::Database& database, UserId user, HouseholdId household,
                                          Date on);
struct Assignment {
    HouseholdId household;
    std::string case_ref;
    Date from;
    Date until;  // not on
};
// Those that hold on that day or will, by household.
[[nodiscard]] Result<std::vector<Assignment>> assignments_of(store::Database& database, UserId user,
                                                             Date day);
[[nodiscard]] Result<bool> is_assigned(store::Database& database, UserId user, HouseholdId household,
                                       Date day);
// The flag of a look at a household: "not_assigned" if an officer looks at one whole that is none of
// theirs, "no_case" if there is no case either; empty if all is well or the reader is no officer.
[[nodiscard]] std::string flag_of(const Session& session, bool assigned);
[[nodiscard]] Result<std::string> flag_of(store::Database& database, const Session& session,
                                          std::span<const HouseholdId> households, Date day);

}  // namespace doudi::access
