// SPDX-License-Identifier: Apache-2.0
// What is kept how long, as data (access/retention.yaml), and the program that removes what is older: one
// class after the other, each carried out by the room whose tables it is (store/kept_class.h). The proof is
// in the audit log before anything goes. A hold (a lawsuit, an audit) stops a class, a household, or both.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/audit.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/text.h"
#include "store/data_folder.h"
#include "store/kept_class.h"

namespace doudi::access {

struct RetentionClass {
    std::string id;  // of a KeptClass
    Text title;
    Text purpose;
    int days = 0;  // from the end of a thing's use; on the day after, it goes
    Text basis;
    bool checked = false;  // the basis was held against the text of the law
};

// Those of this room's tables.
[[nodiscard]] std::vector<store::KeptClass> kept_classes();

class RetentionTable {
  public:
    // A class that the program cannot carry out is a fault with its place: a term that nothing obeys is none.
    [[nodiscard]] static std::expected<RetentionTable, std::vector<Error>> load(
        const std::filesystem::path& file, std::vector<store::KeptClass> kept);
    [[nodiscard]] static std::expected<RetentionTable, std::vector<Error>> read(
        const std::string& yaml, std::string shown, std::vector<store::KeptClass> kept);
    // In the file's order, which is the order in which they go.
    [[nodiscard]] const std::vector<RetentionClass>& classes() const { return classes_; }
    [[nodiscard]] const store::KeptClass& kept(std::string_view id) const;

  private:
    std::vector<RetentionClass> classes_;
    std::vector<store::KeptClass> kept_;
};

// What was removed (or would be) of a class.
struct Removal {
    std::string id;
    Instant before;          // what ended before this
    std::uint64_t rows = 0;  // things: rows, or files
    std::uint64_t held = 0;  // have ended and stay: a hold
    std::string keys_hash;   // SM3 of their keys in order, a line each: what exactly; hex, 8-8-8…
    std::int64_t proof = 0;  // its number; 0: nothing went
};
// What would go now; nothing changes.
[[nodiscard]] Result<std::vector<Removal>> due_removals(store::DataFolder& folder,
                                                        const RetentionTable& table, const Clock& clock);
// Removes it; `only`: this class alone, if it is not empty. The log has each class's proof before anything
// goes; a class without any leaves no record. Killed in between, what is left goes next time by a proof of
// its own.
[[nodiscard]] Result<std::vector<Removal>> remove_due(store::DataFolder& folder, AuditLog& log,
                                                      const RetentionTable& table, const Clock& clock,
                                                      const Session& who, std::string_view only = {});

// Of these things, for remove_with_proof.
[[nodiscard]] Removal removal_of(std::string id, Instant before, std::span<const std::string> keys);
// Something that goes for another reason than its term, with the same proof; `carry_out` is handed its
// number.
[[nodiscard]] Result<std::int64_t> remove_with_proof(
    store::DataFolder& folder, AuditLog& log, const Clock& clock, const Session& who, const Removal& removal,
    const std::string& reason, const std::function<Result<void>(std::int64_t proof)>& carry_out);

// A proof as it was kept.
struct Proof {
    std::int64_t number = 0;
    std::string id;
    Date before;
    std::uint64_t rows = 0;
    std::string keys_hash;
    bool done = false;  // false: the program ended on the way
    Instant at;
    std::string by;
};
// The newest first, before that number (0: from the newest).
[[nodiscard]] Result<std::vector<Proof>> proofs(store::Database& database, std::int64_t before, int most);
// The newest by which these things went, all of them; none: they have not gone.
[[nodiscard]] Result<std::optional<Proof>> proof_of(store::Database& database, const Removal& removal);

// --- holds ---

struct Hold {
    std::int64_t id = 0;
    std::string id_of_class;               // empty: every class
    std::optional<HouseholdId> household;  // none: every household
    std::string reason;
    std::string placed_by;
    Instant placed_at;
};
// In the log as the session's. A class that is none, or no reason, is refused.
[[nodiscard]] Result<std::int64_t> place_hold(store::Database& database, AuditLog& log,
                                              const RetentionTable& table, const Clock& clock,
                                              const Session& who, const Hold& hold);
// not_found: there is no such hold, or it was lifted. No reason is refused.
[[nodiscard]] Result<void> lift_hold(store::Database& database, AuditLog& log, const Clock& clock,
                                     const Session& who, std::int64_t id, const std::string& reason);
[[nodiscard]] Result<std::vector<Hold>> open_holds(store::Database& database);

// --- what the daily round proposes ---

struct RetentionProposal {
    std::int64_t id = 0;
    Date made_on;
    std::string body;  // JSON
};
// The day's list of what is due, in place of one that nobody decided on. Nothing due: none is made. The
// folder may be open for reading; it is written through `database`.
[[nodiscard]] Result<std::optional<RetentionProposal>> propose_removals(store::DataFolder& folder,
                                                                        store::Database& database,
                                                                        const RetentionTable& table,
                                                                        const Clock& clock);
[[nodiscard]] Result<std::optional<RetentionProposal>> open_proposal(store::Database& database);
// By the person who had it carried out. not_found: it was replaced or carried out meanwhile.
[[nodiscard]] Result<void> close_proposal(store::Database& database, const Clock& clock, const Session& who,
                                          std::int64_t id);

}  // namespace doudi::access
