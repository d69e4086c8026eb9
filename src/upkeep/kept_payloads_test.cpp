// SPDX-License-Identifier: Apache-2.0
#include "upkeep/kept_payloads.h"

#include <algorithm>
#include <functional>

#include "registry/register_seal.h"
#include "store/seal_in_place.h"
#include "upkeep/retention.h"
#include "upkeep/upkeep_test_support.h"

namespace doudi::upkeep {
namespace {

const store::SealChoice sealed = store::sealed_by(vault::Suite::sm4_hmac_sm3);

bool tells_of(const Case& change, std::string_view word) {
    for (const Change& one : change.changes) {
        if (one.before.contains(word) || one.after.contains(word)) return true;
    }
    return change.note.contains(word);
}

}  // namespace

TEST_CASE(
    "who is forgotten is told by no case any more: not their name, not their number, not what was noted") {
    for (const auto& seal : {store::SealChoice{}, sealed}) {
        TestOffice office(seal);
        office.first_register();
        const CaseId born = office.changed(birth("A", "丁", "2025-07-01"));
        const CaseId corrected = office.changed(correction(1, "name", "戊", "2025-07-05"));
        REQUIRE(tells_of(office.found(born), "丁"));
        done(forget_in_cases(office.folder, office.found(born).persons.front()));
        CHECK_FALSE(tells_of(office.found(born), "丁"));
        CHECK(office.found(born).in_force);
        CHECK(office.found(born).steps.size() == 2);
        CHECK(tells_of(office.found(corrected), "戊"));
        done(forget_in_cases(office.folder, office.found(born).persons.front()));  // again: nothing changes
    }
}

TEST_CASE("a household that is forgotten is told by no case, and the people of others are") {
    for (const auto& seal : {store::SealChoice{}, sealed}) {
        TestOffice office(seal);
        office.first_register();
        const CaseId moved = office.changed(moving("marriage", 2, "B", "2025-07-01"));
        const auto of_household = [&](const Change& one) { return one.subject == Subject::household; };
        const auto before = office.found(moved);
        done(forget_in_cases(office.folder, office.household("B").id));
        CHECK(std::ranges::none_of(office.found(moved).changes, of_household));
        CHECK(std::ranges::count_if(before.changes, std::not_fn(of_household)) ==
              std::ssize(office.found(moved).changes));
    }
}

TEST_CASE("what a case was told goes a term after its last step, if it holds or never will") {
    for (const auto& seal : {store::SealChoice{}, sealed}) {
        TestOffice office(seal);
        office.first_register();
        const CaseId born = office.changed(birth("A", "丁", "2025-07-01"));
        const auto kept = kept_classes().front();
        const Instant decided = office.found(born).steps.back().at;
        CHECK(value(kept.ended(office.folder, decided)).empty());
        const auto ended = value(kept.ended(office.folder, decided + std::chrono::seconds(1)));
        REQUIRE(ended.size() == 1);
        CHECK(ended[0].household == office.household("A").id.value());
        CHECK_FALSE(ended[0].of_many);
        const std::vector<std::string> keys{ended[0].key};
        done(kept.remove(office.folder, keys, 1));
        CHECK(office.found(born).changes.empty());
        CHECK(office.found(born).in_force);
        CHECK(office.found(born).steps.size() == 2);
        CHECK(value(kept.ended(office.folder, decided + std::chrono::seconds(1))).empty());
    }
}

TEST_CASE("cases of a plain folder are sealed with it, and read as before") {
    TestOffice office;
    office.first_register();
    const CaseId born = office.changed(birth("A", "丁", "2025-07-01"));
    const std::vector<store::SealRows> rows{registry::seal_register_rows, seal_case_rows};
    done(store::seal_in_place(office.folder, sealed, rows, {}));
    CHECK(tells_of(office.found(born), "丁"));
    const auto kept = value(repository::payloads(office.folder.database(), std::nullopt));
    REQUIRE(kept.size() == 1);
    CHECK(kept.front().plain.empty());
    CHECK_FALSE(kept.front().sealed.empty());
}

}  // namespace doudi::upkeep
