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

using access::day_of;
using access::noon;
using access::Thing;

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
    LawInForce warned_by(Date day, std::optional<std::uint64_t> known = {}) {
        auto found =
            law_in_force(store.database, program,
                         {.day = day, .known = known, .pack = {}, .purpose = LawAsked::Purpose::warnings});
        if (!found) FAIL(found.error().front().message(Lang::en));
        return std::move(*found);
    }
    void enact_pack_of(const std::string& pack, Date from) {
        const auto asked = propose_pack(program.root, pack, from);
        REQUIRE(asked.has_value());
        const std::string payload = pack + from.iso();
        const auto id = approved(Thing::pack, payload);
        (void)value(enact_pack(carrying(id, payload), program, *asked));
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
    // In the words of the offices and of the law; what the paper's name says is not said twice.
    const auto named = changes_of({&figure, 1}, office.law(figure.from).policy.pack,
                                  [](std::string_view region) { return region == "441622" ? "龙川县" : ""; });
    REQUIRE(named.has_value());
    CHECK(named->front().say.zh.find("（龙川县、城镇）") != std::string::npos);
    CHECK(named->front().say.en.find("(龙川县, urban)") != std::string::npos);
    CHECK(named->front().say.zh.ends_with("依据：虚构数据"));
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
    const auto asked = propose_pack(copy.path(), "next", from);
    REQUIRE(asked.has_value());
    const auto id = office.approved(Thing::pack, "next");
    CHECK(value(enact_pack(office.carrying(id, "next"), office.program, *asked)) == 1);
    CHECK(office.law(from + -1).policy.pack.id == own_pack);
    CHECK(office.law(from).policy.pack.id == "next");
    CHECK(office.law(from, 0).policy.pack.id == own_pack);
    CHECK(office.law(from, {}, "guangdong-2021").policy.pack.id == own_pack);  // asked for by name
    CHECK(value(list_enactments(office.store.database)).front().from == from);

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

TEST_CASE(
    "a pack that only determines is put into force for determination, and warnings stay with the one "
    "before") {
    Office office;
    const Date first = day_of(2026, 7, 1);
    office.enact_pack_of("national", first);
    CHECK(office.law(first).policy.pack.id == "national");
    CHECK(office.warned_by(first).policy.pack.id == own_pack);
    CHECK(office.law(first + -1).policy.pack.id == own_pack);
    // One that monitors takes both over; a later one that does not leaves it the warnings.
    office.enact_pack_of("jinan-2024", first + 10);
    office.enact_pack_of("national", first + 20);
    CHECK(office.warned_by(first + 9).policy.pack.id == own_pack);
    CHECK(office.warned_by(first + 10).policy.pack.id == "jinan-2024");
    CHECK(office.law(first + 20).policy.pack.id == "national");
    const LawInForce now = office.warned_by(first + 20);
    CHECK(now.policy.pack.id == "jinan-2024");
    REQUIRE(now.policy.pack.profile.has_value());  // kept with the enactment, as the packs that it extends
    CHECK(now.policy.pack.can_monitor());
    CHECK(office.warned_by(first + 20, 1).policy.pack.id == own_pack);
}

TEST_CASE("each of the four packs that monitor by a profile is put into force with it") {
    Office office;
    Date day = day_of(2026, 7, 1);
    for (const char* pack : {"changsha-2025", "chongqing-2024", "jinan-2024", "shanxi-county"}) {
        day = day + 1;
        office.enact_pack_of(pack, day);
        CHECK(office.warned_by(day).policy.pack.id == pack);
        CHECK(office.warned_by(day).policy.pack.content_hash == office.law(day).policy.pack.content_hash);
        CHECK(office.warned_by(day).policy.pack.indicators.size() == 12);
    }
}

TEST_CASE("a profile is no pack that anybody could propose") {
    Office office;
    const auto asked = propose_pack(office.program.root, "profiles/scored-draft", day_of(2026, 7, 1));
    REQUIRE_FALSE(asked.has_value());
    CHECK(asked.error().front().code == "profile_is_no_pack");
}

TEST_CASE("of the office's figures only a target reaches the law of warnings, from its day on") {
    Office office;
    const Date day = day_of(2026, 7, 1);
    office.enact_pack_of("jinan-2024", day_of(2026, 6, 1));
    const std::string hash = office.warned_by(day).policy.pack.content_hash;
    (void)office.enact(standard("868.00", day, "3701"), "standard");
    CHECK(office.warned_by(day).policy.pack.content_hash == hash);
    Figure target = standard("5", day, "3701");
    target.parameter = "red_visit_target_days";
    target.residence = "";
    CHECK(office.fault(target) == "none");
    (void)office.enact(target, "target");
    const LawInForce law = office.warned_by(day);
    CHECK(law.policy.pack.content_hash != hash);
    const auto& red = law.policy.pack.levels.front();
    CHECK(law.policy.pack.term_of(red, "370102", day).working_days == 5);
    CHECK_FALSE(law.policy.pack.term_of(red, "370102", day + -1).working_days.has_value());
    CHECK_FALSE(law.policy.pack.term_of(red, "440101", day).working_days.has_value());
    target.value = "0";
    CHECK(office.fault(target) == "target_out_of_range");
}

}  // namespace doudi::ruledesk
