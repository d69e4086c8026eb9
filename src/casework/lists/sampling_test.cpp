// SPDX-License-Identifier: Apache-2.0
#include "casework/lists/sampling.h"

#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "casework/office_test_support.h"
#include "casework/rhythms/renewal.h"
#include "store/test_engines.h"

namespace doudi::casework {
namespace {

std::vector<CaseId> first_so_many(int count) {
    std::vector<CaseId> cases;
    for (int n = 1; n <= count; ++n) cases.emplace_back(static_cast<std::uint64_t>(n));
    return cases;
}

}  // namespace

TEST_CASE("property: the share of the cases, rounded up, each once; the same seed draws the same") {
    rc::check([] {
        const int count = *rc::gen::inRange(0, 60);
        const auto share = expr::Rational{*rc::gen::inRange(0, 11), 10};
        const std::string seed = *rc::gen::nonEmpty<std::string>();
        const auto all = first_so_many(count);
        const auto drawn = first_of_ranked(seed, all, share);
        const auto wanted = std::min<std::int64_t>(count, (count * share.numerator + 9) / 10);
        RC_ASSERT(static_cast<std::int64_t>(drawn.size()) == wanted);
        RC_ASSERT(std::set(drawn.begin(), drawn.end()).size() == drawn.size());
        auto turned = all;
        std::ranges::reverse(turned);
        RC_ASSERT(first_of_ranked(seed, turned, share) == drawn);
    });
}

TEST_CASE("another seed draws others; whoever ranks by SHA-256 finds the same") {
    const auto all = first_so_many(100);
    const auto drawn = first_of_ranked("2026-03", all, {1, 10});
    CHECK(drawn.size() == 10);
    CHECK(drawn != first_of_ranked("2026-04", all, {1, 10}));
    // printf '2026-03:%d' n | sha256sum, sorted: the ten least.
    std::vector<std::uint64_t> numbers;
    for (const CaseId one : drawn) numbers.push_back(one.value());
    CHECK(numbers == std::vector<std::uint64_t>{38, 59, 63, 65, 67, 69, 71, 74, 96, 97});
}

TEST_CASE_TEMPLATE("a drawing without a share that is set is refused and says who sets it", Engine, ENGINES) {
    Office<Engine> office;
    OpenRequest request;
    request.machine = "drawing";
    request.pack = office.pack_id;
    request.unit = county.unit;
    request.first = {
        "draw",
        office.today(),
        {{"drawn_from", {"2025-06-01"}}, {"drawn_until", {"2025-06-30"}}, {"due_on", {"2025-07-31"}}},
        ""};
    const auto drawn = open_case(office.desk, county, request);
    REQUIRE_FALSE(drawn);
    CHECK(drawn.error().code == "share_unset");
    CHECK(drawn.error().message(Lang::en).find("county department of civil affairs") != std::string::npos);
}

TEST_CASE_TEMPLATE("a day that a list goes by is made anew, and only where it was another one", Engine,
                   ENGINES) {
    Office<Engine> office;
    const CaseId of = office.accepted();
    CHECK(value(renew_due_days(office.desk)) == 0);
    REQUIRE(office.database.execute("update casework_case set due_on = '2020-01-01', due_clock = ''"));
    CHECK(value(renew_due_days(office.desk)) == 1);
    CHECK(value(is_sound(office.desk, of)));
    CHECK(value(renew_due_days(office.desk)) == 0);
}

}  // namespace doudi::casework
