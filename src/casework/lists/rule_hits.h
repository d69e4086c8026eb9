// SPDX-License-Identifier: Apache-2.0
// What rules find in the cases for those who audit them: a payment that was set before a death and goes on,
// two payments of which one may stand, a relative of staff who was never listed, one bank account into which
// several households are paid. Nothing of it is stored and nothing follows from it: a person looks, and says
// what they found.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casework/desk.h"
#include "casework/lists/lists_repository.h"
#include "casework/payments/accounts.h"
#include "casework/payments/paid.h"

namespace doudi::casework {

enum class HitRule : std::uint8_t {
    dead_paid,
    paid_twice,
    relative_unlisted,
    same_account,
};
inline constexpr std::array<std::string_view, 4> hit_rules{"dead_paid", "paid_twice", "relative_unlisted",
                                                           "same_account"};
[[nodiscard]] inline std::string_view name_of(HitRule rule) {
    return hit_rules[static_cast<std::size_t>(rule)];
}

// A step of a case on which it stands.
struct HitSource {
    CaseId of;
    std::string machine;
    int event = 0;
    Date on;                      // of a payment: from which it holds; of a death: the day of it
    std::optional<Money> amount;  // a month
    std::string category;
    std::string told;          // by whom a death was told
    std::string account = {};  // into which it is paid, as the step keeps it: "****6789"
};
struct RuleHit {
    HitRule rule{};
    std::string key;  // the same as long as it stands on the same steps
    repository::ListedCase about;
    std::optional<PersonId> person;
    std::vector<HitSource> sources;
};

// --- what they are found in, and how

// What is paid now: neither held, nor ended.
struct PaidNow {
    repository::ListedCase row;
    PaidFrom paid;
    Date set_on;                                        // the day of the step that set it
    std::optional<AccountTold> account = std::nullopt;  // none: it is not known
    std::string number = {};                            // of it, opened to be compared; empty: it was not
};
// None: nothing is paid on that day.
[[nodiscard]] std::optional<PaidNow> paid_now(const repository::ListedCase& row,
                                              const std::vector<CaseEvent>& events, Date today);
struct DeathTold {
    repository::ListedCase row;  // of the person
    Date on;
    std::string told;
    int event = 0;
};
// None: nobody told a day, or a person denied it (the case was closed and never confirmed).
[[nodiscard]] std::optional<DeathTold> death_told(const repository::ListedCase& row,
                                                  const std::vector<CaseEvent>& events);
// A payment of the household (or of that person) that nobody has set anew on the day of the death or after
// it.
[[nodiscard]] std::vector<RuleHit> paid_after_death(std::span<const PaidNow> paid,
                                                    std::span<const DeathTold> deaths);
// Two in one household of one category, or of two that exclude each other, that do not name two persons.
// `homes`: where those live now whom a payment names: theirs elsewhere stands beside that of their household.
[[nodiscard]] std::vector<RuleHit> paid_twice(const policy::CategoryOrder& exclusive,
                                              std::span<const PaidNow> paid,
                                              const std::map<PersonId, HouseholdId>& homes);
// Of the rule of the pack: each account into which two or more households are paid that say none of its words
// `in_order`, by their opened numbers.
[[nodiscard]] std::vector<RuleHit> same_account(const policy::RouteElement& rule,
                                                std::span<const PaidNow> paid,
                                                const std::map<PersonId, HouseholdId>& homes);
// The case says that a relative is on the staff, and no step lists them: by the move that the pack has for
// it.
[[nodiscard]] std::optional<RuleHit> relative_unlisted(const policy::Machine& machine,
                                                       const repository::ListedCase& row,
                                                       std::span<const CaseEvent> events);

struct RuleHits {
    std::vector<RuleHit> all;  // by rule, household and key
    // Payments of which no account is known: they are no hits and were compared with nothing. None: the pack
    // has no rule of accounts.
    std::optional<std::uint64_t> without_account;
};
// In the cases that these reach. Reads every payment that goes on, every death and every application; numbers
// of accounts are opened in memory, where the last four digits of two households are the same.
using HomeOf = std::function<Result<HouseholdId>(PersonId)>;
[[nodiscard]] Result<RuleHits> rule_hits(Desk& desk, const policy::Law& law,
                                         std::span<const repository::Readable> readable,
                                         const HomeOf& home_of);

// --- who has looked

struct HitLook {
    std::int64_t id = 0;
    Instant at;
    UserId by;
    UnitId unit;
    std::string reason;  // empty: it was forgotten with whom the case is about
};
// "hit_looked_at" where somebody has already. Within write().
[[nodiscard]] Result<HitLook> look_at_hit_within(Desk& desk, const RuleHit& hit, const Actor& actor,
                                                 const std::string& reason);
// By key.
[[nodiscard]] Result<std::map<std::string, HitLook>> looks_at_hits(Desk& desk, std::span<const RuleHit> hits);

}  // namespace doudi::casework
