// SPDX-License-Identifier: Apache-2.0
#include "http/register/forget.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "access/outside.h"
#include "access/retention.h"
#include "access/subject_text.h"
#include "archive/kept_rows.h"
#include "base/said.h"
#include "casework/kept/kept_rows.h"
#include "casework/repository.h"
#include "exchange/kept_rows.h"
#include "match/retention.h"
#include "monitor/shredding.h"
#include "registry/repository.h"
#include "registry/shredding.h"
#include "upkeep/kept_payloads.h"
#include "upkeep/repository.h"

namespace doudi::http {

namespace {

constexpr const char* forgotten_class = "forgotten";  // of its proofs

Result<void> check_not_held(store::Database& database, HouseholdId household) {
    for (const access::Hold& hold : TRY(access::open_holds(database))) {
        if (hold.household && *hold.household != household) continue;
        return fail(ErrorKind::conflict, "held",
                    {fmt::format("停删 {} 号未解除（{}），不能删除", hold.id, hold.reason),
                     fmt::format("hold {} stands ({}): nothing of it may go", hold.id, hold.reason)});
    }
    return {};
}

Result<std::vector<PersonId>> people_of(store::DataFolder& folder, HouseholdId household,
                                        std::optional<PersonId> person) {
    std::vector<PersonId> people;
    for (const registry::Member& member : TRY(registry::members_of(folder, folder.current(), household))) {
        if (!person || member.id == *person) people.push_back(member.id);
    }
    if (person && people.empty())
        return fail(ErrorKind::not_found, "no_such_person",
                    {fmt::format("该户没有成员 {}", person->value()),
                     fmt::format("the household has no member {}", person->value())});
    return people;
}

std::vector<std::string> keys_of(std::span<const PersonId> people, std::optional<HouseholdId> household) {
    std::vector<std::string> keys;
    for (const PersonId one : people) keys.push_back(fmt::format("person {}", one.value()));
    if (household) keys.push_back(fmt::format("household {}", household->value()));
    return keys;
}

bool is_blank(const registry::Member& member) {
    return member.name.empty() && !member.id_number && member.phone.empty();
}

// On the register again, in a change of it, or in a step of a case of the household's.
Result<bool> has_come_since(store::DataFolder& folder, HouseholdId household,
                            std::span<const PersonId> people, bool whole, Instant then) {
    for (const PersonId one : people) {
        if (!is_blank(TRY(registry::read_member(folder, folder.current(), one)))) return true;
        const upkeep::repository::About about{upkeep::Subject::person, std::int64_t{one.value()}};
        const auto changes = TRY(upkeep::repository::payloads(folder.database(), about));
        if (std::ranges::any_of(changes, [&](const auto& kept) { return instant_of(kept.key.at) >= then; }))
            return true;  // of what was before, what it said of them is gone
    }
    const auto home = TRY(registry::read_household(folder, folder.current(), household));
    if (whole && !(home.address.empty() && home.head_name.empty())) return true;
    casework::repository::Shelf shelf{folder.database(), folder.seal()};
    for (const auto& row : TRY(casework::repository::select_cases_of(shelf, household))) {
        const auto steps = TRY(casework::repository::select_events(shelf, row.head));
        if (std::ranges::any_of(steps, [&](const auto& step) { return step.at >= then; })) return true;
    }
    return false;
}

// By which proof they went, alone or with the whole household; none: they have not, or something has come
// since.
Result<std::optional<access::Proof>> gone_by(store::DataFolder& folder, const Forgetting& what,
                                             std::span<const PersonId> people) {
    const auto proof_of = [&](const std::vector<std::string>& keys) {
        return access::proof_of(folder.database(), access::removal_of(forgotten_class, Instant(), keys));
    };
    const auto all = TRY(people_of(folder, what.household, std::nullopt));
    auto proof = TRY(proof_of(keys_of(all, what.household)));
    if (!proof && what.person) proof = TRY(proof_of(keys_of(people, std::nullopt)));
    if (!proof || TRY(has_come_since(folder, what.household, people, !what.person, proof->at)))
        return std::optional<access::Proof>();
    return proof;
}

}  // namespace

Result<std::vector<PersonId>> to_forget(store::DataFolder& folder, const Forgetting& what) {
    TRY_VOID(check_not_held(folder.database(), what.household));
    std::vector<PersonId> people = TRY(people_of(folder, what.household, what.person));
    const bool as_approved = !what.approved || std::ranges::all_of(people, [&](PersonId one) {
        return std::ranges::find(*what.approved, one) != what.approved->end();
    });
    if (as_approved) return people;
    return fail(ErrorKind::conflict, "household_changed",
                {"该户成员与批准时不同，须重新提请",
                 "the household has another member than when it was approved: propose it anew"});
}

Result<Forgotten> forget(store::DataFolder& folder, access::AuditLog& log, const policy::Policy& policy,
                         const Clock& clock, const access::Session& who, const Forgetting& what) {
    if (!says_something(what.reason))
        return fail(
            ErrorKind::usage, "forget_reason",
            {"删除信息须写明事由（本人申请、依据）", "who forgets somebody says why: the request, the rule"});
    const std::vector<PersonId> people = TRY(to_forget(folder, what));
    const bool whole = !what.person;
    Forgotten done;
    done.people = people.size();
    if (const auto gone = TRY(gone_by(folder, what, people))) {
        done.proof = gone->number;
        done.already = civil_day(gone->at);
        TRY_VOID(folder.settle_deletions());  // killed behind the proof, files may lie there still
        return done;
    }
    const auto keys = keys_of(people, whole ? std::optional(what.household) : std::nullopt);
    const access::Removal removal = access::removal_of(forgotten_class, clock.now(), keys);
    done.proof = TRY(access::remove_with_proof(
        folder, log, clock, who, removal, what.reason, [&](std::int64_t) -> Result<void> {
            // Landed rows are told to be theirs by the register: they go first.
            for (const PersonId one : people) {
                done.originals_until = TRY(match::forget_person(folder, policy.catalogue, one));
                TRY_VOID(upkeep::forget_in_cases(folder, one));
                TRY_VOID(access::close_doors_of(folder.database(), one, clock));
                TRY_VOID(archive::forget_in_archive(folder, one));
                TRY_VOID(casework::forget_in_casework(folder, one));
                TRY_VOID(monitor::forget_person(folder, one));
                TRY_VOID(
                    folder.database().write([&] { return access::forget_words(folder.database(), one); }));
                TRY_VOID(exchange::forget_in_exchange(folder, one, what.household));
                TRY_VOID(registry::shred_person(folder, one));
            }
            if (!whole) return {};
            TRY_VOID(upkeep::forget_in_cases(folder, what.household));
            TRY_VOID(archive::forget_in_archive(folder, what.household));
            TRY_VOID(casework::forget_in_casework(folder, what.household));
            TRY_VOID(monitor::forget_household(folder, what.household, civil_day(clock.now())));
            return registry::shred_household(folder, what.household);
        }));
    TRY_VOID(folder.settle_deletions());
    return done;
}

}  // namespace doudi::http
