// SPDX-License-Identifier: Apache-2.0
// Figures and packs put into force by two people: who waits for whom, from which day, and that an old answer
// is given again.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "access/access_test_support.h"
#include "policy/folder.h"
#include "ruledesk/law_in_force.h"
#include "ruledesk/verbs.h"

namespace doudi::ruledesk {
namespace {

using access::code_of;
using access::day_of;
using access::done;
using access::noon;
using access::Thing;
using access::value;

const std::filesystem::path source = DOUDI_SOURCE_DIR;
constexpr const char* own_pack = "guangdong-2021";

Figure standard(const char* yuan, Date from, const char* region = "441622") {
    return {.parameter = "mlg_standard_month",
            .region = region,
            .residence = "urban",
            .from = from,
            .to = {},
            .value = yuan,
            .sample = true,
            .source = "虚构数据"};
}

struct Office {
    access::TestStore store;
    access::Roles roles = access::shipped_roles();
    access::SecurityRules rules = access::shipped_rules();
    FakeClock clock{noon(2026, 3, 1)};
    ProgramLaw program{source, own_pack};

    std::uint64_t approved(Thing thing, const std::string& payload) {
        access::Session proposer = access::staff("city_monitor_officer", access::UnitId(1));
        proposer.user = access::UserId(1);
        access::Session approver = proposer;
        approver.user = access::UserId(2);
        const auto id =
            value(access::propose(store.database, roles, clock, proposer, thing, payload, "年度调整"));
        const std::string hash = access::payload_hash(payload);
        done(access::decide_proposal(store.database, roles, rules, clock, approver, id,
                                     {.approved = true, .payload_hash = hash}));
        return id;
    }
    Carrying carrying(std::uint64_t proposal, std::string_view payload) {
        return {.database = store.database,
                .rules = rules,
                .clock = clock,
                .by = access::UserId(1),
                .proposal = proposal,
                .payload = payload};
    }
    std::uint64_t enact(const Figure& figure, const std::string& payload) {
        const auto id = approved(Thing::parameter, payload);
        return value(enact_figures(carrying(id, payload), own_pack, {&figure, 1}));
    }
    LawInForce law(Date day, std::optional<std::uint64_t> known = {}, const std::string& pack = {}) {
        auto found = law_in_force(store.database, program, {.day = day, .known = known, .pack = pack});
        if (!found) FAIL(found.error().front().message(Lang::en));
        return std::move(*found);
    }
    // In yuan; empty: unset.
    std::string standard_on(Date day, std::optional<std::uint64_t> known = {}) {
        const LawInForce found = law(day, known);
        const policy::Law& all = found.policy.pack.law;
        const auto* figure =
            all.value_of(all.parameter_of("mlg_standard_month"), "441622101001", "urban", day);
        return figure == nullptr ? std::string() : figure->value.as_money().yuan_text();
    }
    std::string fault(const Figure& figure) {
        const auto changes = changes_of({&figure, 1}, law(figure.from).policy.pack);
        return changes ? std::string("none") : changes.error().front().code;
    }
};

}  // namespace

TEST_CASE("a figure holds from its first day, and not the day before; a later enactment takes its place") {
    Office office;
    const Date first = day_of(2026, 7, 1);
    CHECK(office.standard_on(first).empty());
    CHECK(office.enact(standard("868.00", first), "one") == 1);
    CHECK(office.standard_on(first + -1).empty());
    CHECK(office.standard_on(first) == "868.00");
    CHECK(office.enact(standard("900.00", day_of(2027, 1, 1)), "two") == 2);
    CHECK(office.standard_on(day_of(2026, 12, 31)) == "868.00");
    CHECK(office.standard_on(day_of(2027, 1, 1)) == "900.00");
    // A correction: the same place and first day, decided anew.
    CHECK(office.enact(standard("870.00", first), "three") == 3);
    CHECK(office.standard_on(first) == "870.00");
    CHECK(value(list_figures(office.store.database, {})).size() == 2);
    CHECK(value(list_figures(office.store.database, 1)).size() == 1);
}

TEST_CASE("an answer is given again by the number of the enactment that it knew") {
    Office office;
    const Date day = day_of(2026, 7, 1);
    const LawInForce before = office.law(day);
    CHECK(before.known == 0);
    CHECK(before.figures_hash.empty());
    (void)office.enact(standard("868.00", day), "one");
    const LawInForce first = office.law(day);
    CHECK(first.known == 1);
    CHECK_FALSE(first.figures_hash.empty());
    CHECK(first.policy.pack.content_hash != before.policy.pack.content_hash);
    (void)office.enact(standard("900.00", day), "two");
    CHECK(office.standard_on(day) == "900.00");
    CHECK(office.standard_on(day, 1) == "868.00");
    CHECK(office.standard_on(day, 0).empty());
    const LawInForce again = office.law(day, 1);
    CHECK(again.figures_hash == first.figures_hash);
    CHECK(again.policy.pack.content_hash == first.policy.pack.content_hash);
    CHECK(office.law(day, 0).policy.pack.content_hash == before.policy.pack.content_hash);
    const auto unknown =
        law_in_force(office.store.database, office.program, {.day = day, .known = 3, .pack = {}});
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().front().code == "no_such_enactment");
}

TEST_CASE("a proposal is used up together with its enactment, or neither; and only as approved") {
    Office office;
    const Date day = day_of(2026, 7, 1);
    const Figure figure = standard("868.00", day);
    const auto id = office.approved(Thing::parameter, "one");
    CHECK(code_of(enact_figures(office.carrying(id, "another"), own_pack, {&figure, 1})) ==
          "proposal_differs");
    CHECK(value(list_enactments(office.store.database)).empty());
    // The store fails after the proposal was marked: it is not used up.
    done(office.store.database.execute("alter table enacted_figure rename to hidden"));
    CHECK_FALSE(enact_figures(office.carrying(id, "one"), own_pack, {&figure, 1}).has_value());
    done(office.store.database.execute("alter table hidden rename to enacted_figure"));
    CHECK(value(list_enactments(office.store.database)).empty());
    CHECK(value(enact_figures(office.carrying(id, "one"), own_pack, {&figure, 1})) == 1);
    CHECK(code_of(enact_figures(office.carrying(id, "one"), own_pack, {&figure, 1})) == "proposal_gone");
    const auto old = office.approved(Thing::parameter, "old");
    office.clock.advance(office.rules.proposal_term);
    CHECK(code_of(enact_figures(office.carrying(old, "old"), own_pack, {&figure, 1})) == "proposal_gone");
}

TEST_CASE("what the law refuses of a figure is said before anyone approves it") {
    Office office;
    const Figure good = standard("868.00", day_of(2026, 7, 1));
    CHECK(office.fault(good) == "none");
    Figure figure = good;
    figure.parameter = "no_such_figure";
    CHECK(office.fault(figure) == "unknown_parameter");
    figure = good;
    figure.source = "  ";
    CHECK(office.fault(figure) == "figure_without_source");
    figure = good;
    figure.residence = "seaside";
    CHECK(office.fault(figure) == "unknown_word");
    figure = good;
    figure.value = "-1.00";
    CHECK(office.fault(figure) != "none");
    figure.value = "868.001";
    CHECK(office.fault(figure) != "none");
    figure = good;
    figure.region = "44x";
    CHECK(office.fault(figure) == "bad_region");
    figure = good;
    figure.to = good.from + -1;
    CHECK(office.fault(figure) == "value_reversed");
    figure = good;
    figure.source = "粤民 'x': {value: 1}, # 号";  // no text of a figure is read as anything else
    CHECK(office.fault(figure) == "none");
    const std::vector twice{good, good};
    const auto changes = changes_of(twice, office.law(good.from).policy.pack);
    REQUIRE_FALSE(changes.has_value());
    CHECK(changes.error().front().code == "value_repeated");
    CHECK(changes.error().front().where == "figures/1");
}

TEST_CASE("a change is said in words, with what held before and the paper") {
    Office office;
    (void)office.enact(standard("868.00", day_of(2026, 1, 1)), "one");
    const Figure figure = standard("900.00", day_of(2026, 7, 1));
    const auto changes = changes_of({&figure, 1}, office.law(figure.from).policy.pack);
    REQUIRE(changes.has_value());
    CHECK(changes->front().before == "868.00");
    for (const auto* part : {"868.00", "900.00", "2026-07-01", "441622", "虚构数据"})
        CHECK_MESSAGE(changes->front().say.zh.find(part) != std::string::npos, part);
    const Figure elsewhere = standard("900.00", day_of(2026, 7, 1), "441699");
    const auto unset = changes_of({&elsewhere, 1}, office.law(figure.from).policy.pack);
    REQUIRE(unset.has_value());
    CHECK(unset->front().before.empty());
    CHECK(unset->front().say.en.find("unset becomes 900.00") != std::string::npos);
}

TEST_CASE("a pack holds from its day as it was approved, whatever the program's folder says later") {
    Office office;
    const store::TestFolder copy;
    for (const char* part : {"datasets", "packs", "calendar"})
        std::filesystem::copy(source / part, copy.path() / part, std::filesystem::copy_options::recursive);
    const auto packs = copy.path() / "packs";
    std::filesystem::copy(packs / own_pack, packs / "next", std::filesystem::copy_options::recursive);
    std::string header = value(policy::read_whole_file(packs / "next" / "pack.yaml"));
    header.replace(header.find("id: guangdong-2021"), 18, "id: next");
    std::ofstream(packs / "next" / "pack.yaml") << header;
    office.program.root = copy.path();
    const Date from = day_of(2026, 7, 1);
    const auto without_indicators = propose_pack(copy.path(), "jinan-2024", from);
    REQUIRE_FALSE(without_indicators.has_value());
    CHECK(without_indicators.error().front().code == "pack_cannot_monitor");
    const auto asked = propose_pack(copy.path(), "next", from);
    REQUIRE(asked.has_value());
    const auto id = office.approved(Thing::pack, "next");
    CHECK(value(enact_pack(office.carrying(id, "next"), office.program, *asked)) == 1);
    CHECK(office.law(from + -1).policy.pack.id == own_pack);
    CHECK(office.law(from).policy.pack.id == "next");
    CHECK(office.law(from, 0).policy.pack.id == own_pack);
    CHECK(office.law(from, {}, "guangdong-2021").policy.pack.id == own_pack);  // asked for by name
    CHECK(value(pack_in_force(office.store.database, from))->number == 1);
    CHECK_FALSE(value(pack_in_force(office.store.database, from + -1)).has_value());

    const std::string hash = office.law(from).policy.pack.content_hash;
    std::ofstream(packs / "next" / "levels.yaml", std::ios::app) << "# edited\n";
    CHECK(office.law(from).policy.pack.content_hash == hash);
    // And what was edited since its proposal is not what was approved.
    const auto second = office.approved(Thing::pack, "again");
    CHECK(code_of(enact_pack(office.carrying(second, "again"), office.program, *asked)) ==
          "proposal_differs");
    // Nor is a row that someone edited in the database.
    done(office.store.database.execute(
        "update enacted_file set body = body || '# edited' where path = 'next/levels.yaml'"));
    const auto damaged =
        law_in_force(office.store.database, office.program, {.day = from, .known = {}, .pack = {}});
    REQUIRE_FALSE(damaged.has_value());
    CHECK(damaged.error().front().code == "enactment_damaged");
}

}  // namespace doudi::ruledesk
