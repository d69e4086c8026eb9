// SPDX-License-Identifier: Apache-2.0
// One rule, two speeds: random households under every pack of the project get the same verdicts and sets from
// determine_many() as from the one-by-one engine, at sizes around the strips that columns are cut into.
#include "determine/many.h"

#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <memory>
#include <random>

#include "determine/facts.h"
#include "policy/load.h"

namespace doudi::determine {

namespace {

using expr::Truth;
using expr::Value;
using policy::FactDefinition;
using policy::Subject;

const std::filesystem::path root = DOUDI_SOURCE_DIR;

policy::Pack pack_of(std::string_view id) {
    const auto catalogue = policy::load_datasets(root / "datasets");
    REQUIRE(catalogue.has_value());
    auto pack = policy::load_pack(root / "packs", id, *catalogue);
    REQUIRE_MESSAGE(pack.has_value(), pack.error().front().message(Lang::en));
    return std::move(*pack);
}

// Figures near which the random facts lie, so that every line is met from both sides.
void set_figures(policy::Law& law, Date day) {
    for (policy::Parameter& parameter : law.parameters) {
        if (!parameter.slice_of.empty() || !parameter.values.empty()) continue;
        const auto add = [&](std::string residence, Value value) {
            parameter.values.push_back(
                {.region = {}, .residence = std::move(residence), .from = day, .value = std::move(value)});
        };
        switch (parameter.type) {
            case policy::FactType::money:
                if (parameter.by_residence) add("urban", Value::money(Money::fen(80'000)));
                add(parameter.by_residence ? "rural" : "", Value::money(Money::fen(63'200)));
                break;
            case policy::FactType::ratio:
                add({}, Value::ratio({3, 5}));
                break;
            case policy::FactType::integer:
                add({}, Value::integer(6));
                break;
            default:
                add({}, Value::boolean(true));
        }
    }
}

// Facts of households told twice: as cases, and as columns.
class RandomRegister {
  public:
    RandomRegister(const policy::Law& law, std::size_t households, std::uint32_t seed, Date day)
        : law_(law), dice_(seed), day_(day) {
        many.as_of = day;
        many.places = {"441622102201", "370102001001"};
        for (std::size_t i = 0; i < households; ++i) add_household();
        many.facts.assign(law.facts.size(), nullptr);
        for (std::size_t fact = 0; fact < law.facts.size(); ++fact) tell(static_cast<int>(fact));
    }

    std::vector<Case> cases;
    ManyCases many;

  private:
    void add_household() {
        Case one;
        one.as_of = day_;
        many.place.push_back(below(2));
        one.region = many.places[many.place.back()];
        one.application.authorised_on = day_ - 1;
        const std::uint32_t members = below(6);
        for (std::uint32_t i = 0; i < members; ++i) one.members.push_back({"成员" + std::to_string(i), {}});
        many.member_ends.push_back(many.members() + members);
        cases.push_back(std::move(one));
    }

    void tell(int fact) {
        const FactDefinition& definition = law_.facts[static_cast<std::size_t>(fact)];
        if (definition.is || below(12) == 0) return;  // derived; or told by nobody
        const bool of_person = definition.of == Subject::person;
        auto column = std::make_unique<OwnedColumn>(policy::type_of(definition.type),
                                                    of_person ? many.members() : cases.size());
        std::size_t row = 0;
        for (Case& one : cases) {
            if (of_person) {
                for (CaseMember& member : one.members) put(definition, member.facts, *column, row++);
            } else {
                ToldFacts& facts =
                    definition.of == Subject::application ? one.application.facts : one.household;
                put(definition, facts, *column, row++);
            }
        }
        columns_.push_back(std::move(column));
        many.facts[static_cast<std::size_t>(fact)] = &columns_.back()->column();
    }

    void put(const FactDefinition& definition, ToldFacts& facts, OwnedColumn& column, std::size_t row) {
        if (below(7) == 0) return;  // unknown
        const Value value = definition.may_be_none && below(3) == 0 ? Value::none() : random(definition);
        facts[definition.id] = {
            .value = value, .source = "case", .as_of = day_, .why_unknown = {}, .conflicting = {}};
        column.set(row, value);
    }

    Value random(const FactDefinition& definition) {
        constexpr std::array<std::int64_t, 9> fen{0,       63'199,  63'200,    94'800,   189'400,
                                                  189'600, 284'400, 2'000'000, 9'999'999};
        switch (definition.type) {
            case policy::FactType::boolean:
                return Value::boolean(below(2) == 0);
            case policy::FactType::integer:
                return Value::integer(below(5));
            case policy::FactType::money:
                return Value::money(Money::fen(fen[below(fen.size())] + below(3) - 1));
            case policy::FactType::date:
                return Value::date(day_ - static_cast<int>(below(90 * 366)));
            case policy::FactType::word:
                return Value::borrowed_string(
                    definition.words[below(static_cast<std::uint32_t>(definition.words.size()))].id);
            default:
                return Value::ratio({static_cast<std::int64_t>(below(100)), 100});
        }
    }
    std::uint32_t below(std::size_t count) { return static_cast<std::uint32_t>(dice_() % count); }

    const policy::Law& law_;
    std::mt19937 dice_;
    Date day_;
    std::vector<std::unique_ptr<OwnedColumn>> columns_;
};

void expect_equal(const policy::Law& law, const RandomRegister& people, unsigned threads) {
    const ManyAnswer many = determine_many(law, people.many, threads);
    std::size_t first = 0;
    for (std::size_t household = 0; household < people.cases.size(); ++household) {
        const Case& one = people.cases[household];
        const Facts facts(law, one);
        for (std::size_t c = 0; c < law.categories.size(); ++c) {
            const int category = static_cast<int>(c);
            const policy::Category& rule = law.categories[c];
            INFO("household ", household, " category ", rule.id);
            if (rule.subject == Subject::household)
                CHECK(many.categories[c].verdict[household] == expr::truth_of(facts.verdict(category, -1)));
            for (std::size_t member = 0; member < one.members.size(); ++member) {
                INFO("member ", member);
                if (rule.subject == Subject::person) {
                    CHECK(many.categories[c].verdict[first + member] ==
                          expr::truth_of(facts.verdict(category, static_cast<int>(member))));
                }
                CHECK(many.categories[c].in_set[first + member] ==
                      expr::truth_of(facts.in_set(category, static_cast<int>(member))));
            }
        }
        first += one.members.size();
    }
}

}  // namespace

TEST_CASE("the columns and the one-by-one engine decide every household alike, under every pack") {
    const Date day = *Date::from_ymd(2026, 6, 30);
    std::uint32_t seed = 1;
    const std::vector<std::string> packs = policy::pack_ids(root / "packs");
    REQUIRE(packs.size() >= 6);
    for (const std::string& id : packs) {
        policy::Pack pack = pack_of(id);
        INFO("pack ", id);
        for (const bool figures : {false, true}) {
            if (figures) set_figures(pack.law, day);
            for (const std::size_t households : {0U, 1U, 63U, 64U, 65U, 300U}) {
                ++seed;
                expect_equal(pack.law, RandomRegister(pack.law, households, seed, day), 1 + seed % 2);
            }
        }
    }
}

TEST_CASE("strips of two thousand households are cut alike, for one thread and for two") {
    const Date day = *Date::from_ymd(2026, 6, 30);
    policy::Pack pack = pack_of("guangdong-2021");
    set_figures(pack.law, day);
    for (const std::size_t households : {2047U, 2048U, 2049U})
        expect_equal(pack.law, RandomRegister(pack.law, households, 77, day), 2);
    const RandomRegister people(pack.law, 2500, 78, day);
    const ManyAnswer one = determine_many(pack.law, people.many, 1);
    const ManyAnswer two = determine_many(pack.law, people.many, 2);
    CHECK(one.sets == two.sets);
    CHECK(one.undecided == two.undecided);
}

TEST_CASE("a condition that is asked by itself says of each household what the law's own line says") {
    const Date day = *Date::from_ymd(2026, 6, 30);
    policy::Pack pack = pack_of("guangdong-2021");
    set_figures(pack.law, day);
    const RandomRegister people(pack.law, 300, 79, day);
    const ManyAnswer answer = determine_many(pack.law, people.many, 1);
    std::size_t lines = 0;
    for (std::size_t category = 0; category < pack.law.categories.size(); ++category) {
        const policy::Category& rule = pack.law.categories[category];
        if (rule.subject != Subject::household) continue;
        for (std::size_t line = 0; line < rule.when.size(); ++line, ++lines) {
            INFO(rule.id, " ", line);
            CHECK(condition_many(pack.law, rule.when[line].program, people.many, 2) ==
                  answer.categories[category].lines[line]);
        }
    }
    CHECK(lines > 3);
}

}  // namespace doudi::determine
