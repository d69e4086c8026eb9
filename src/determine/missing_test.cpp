// SPDX-License-Identifier: Apache-2.0
// The smallest set of missing facts against trying everything out: random conditions over a few facts, every
// set of facts with every value of them (semantics 25).
#include "determine/missing.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "determine/determine_test_support.h"
#include "determine/facts.h"
#include "determine/formula_builder.h"
#include "determine/price.h"

namespace doudi::determine {
namespace {

using expr::Value;
using policy::Subject;
using test::TestPack;

constexpr int conditions = 150;
const std::vector<std::string> bools{"a", "b", "c", "d", "e", "f"};

// A condition over bool facts, one that is derived, and with `of_numbers` comparisons of one number.
class Conditions {
  public:
    Conditions(std::uint32_t seed, bool of_numbers) : random_(seed), of_numbers_(of_numbers) {}

    std::string draw(int depth) {
        const int kind = depth == 0 ? 0 : pick(8);
        switch (kind) {
            case 1:
            case 2:
                return fmt::format("({} && {})", draw(depth - 1), draw(depth - 1));
            case 3:
            case 4:
                return fmt::format("({} || {})", draw(depth - 1), draw(depth - 1));
            case 5:
                return fmt::format("!{}", draw(depth - 1));
            case 6:
                return fmt::format("({} ? {} : {})", draw(depth - 1), draw(depth - 1), draw(depth - 1));
            default:
                return leaf();
        }
    }

  private:
    int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
    std::string leaf() {
        if (of_numbers_ && pick(2) == 0) return fmt::format("(n < {})", 1 + pick(3));
        if (pick(8) == 0) return "derived";
        return bools[static_cast<std::size_t>(pick(6))];
    }

    std::mt19937 random_;
    bool of_numbers_;
};

std::string facts_file() {
    std::string text;
    int cost = 1;
    for (const std::string& id : bools) {
        text += fmt::format(
            "- {{id: {}, of: household, type: bool, title: {{zh: {}, en: {}}}, get: {{cost: {}, how: {{zh: "
            "问, en: ask}}, "
            "from: [applicant]}}, cite: 一}}\n",
            id, id, id, cost);
        cost = cost % 5 + 2 > 5 ? 1 : cost % 5 + 2;
    }
    text +=
        "- {id: n, of: household, type: int, title: {zh: n, en: n}, get: {cost: 2, how: {zh: 问, en: ask}, "
        "from: "
        "[applicant]}, cite: 一}\n"
        "- {id: derived, of: household, type: bool, title: {zh: g, en: g}, is: a && !f, cite: 一}\n";
    return text;
}

std::string categories_file(std::uint32_t seed, bool of_numbers) {
    Conditions draw(seed, of_numbers);
    std::string text;
    for (int i = 0; i < conditions; ++i) {
        text += fmt::format(
            "- {{id: k{0}, title: {{zh: k, en: k}}, register_words: [k{0}], subject: household, when: "
            "\"{1}\", cite: 一}}\n",
            i, draw.draw(4));
    }
    return text;
}

class Trials {
  public:
    Trials(std::uint32_t seed, bool of_numbers)
        : facts_text_(facts_file()),
          categories_text_(categories_file(seed, of_numbers)),
          pack_({{"facts.yaml", facts_text_}, {"categories.yaml", categories_text_}}, false) {}

    [[nodiscard]] const policy::Law& law() const { return pack_.law(); }
    [[nodiscard]] Case told(const std::string& household) const {
        return pack_.told("region: \"441699001001\"\nas_of: 2025-06-30\nmembers: [{name: 甲}]\nhousehold: {" +
                          household + "}\n");
    }

  private:
    std::string facts_text_, categories_text_;
    TestPack pack_;
};

FactKey key_of(const std::string& id) {
    return {FactKey::Kind::fact, Subject::household, -1, id};
}

std::vector<Value> domain_of(const std::string& id) {
    if (id != "n") return {Value::boolean(false), Value::boolean(true)};
    return {Value::integer(0), Value::integer(1), Value::integer(2), Value::integer(3)};
}

// Tries every value of these facts: does each settle the category (all), or one of them (any)?
bool try_values(const Trials& trials, const Case& told, int category, const std::vector<std::string>& facts,
                bool all, Change change = {}) {
    if (facts.empty()) {
        const Facts world(trials.law(), told, std::move(change));
        return !world.verdict(category, -1).is_unknown();
    }
    const std::vector<std::string> rest(facts.begin() + 1, facts.end());
    for (const Value& value : domain_of(facts[0])) {
        Change next = change;
        next.facts.insert_or_assign(key_of(facts[0]), value);
        if (try_values(trials, told, category, rest, all, std::move(next)) != all) return !all;
    }
    return all;
}

int cost_of(const policy::Law& law, const std::string& id) {
    return law.facts[static_cast<std::size_t>(law.fact_of(Subject::household, id))].get.cost;
}

std::vector<std::string> ids_of(const std::vector<FactKey>& keys) {
    std::vector<std::string> ids;
    for (const FactKey& key : keys) ids.push_back(key.id);
    return ids;
}

int least_cost(const Trials& trials, const Case& told, int category,
               const std::vector<std::string>& unknown) {
    int least = 1'000;
    for (unsigned chosen = 0; chosen < (1U << unknown.size()); ++chosen) {
        std::vector<std::string> facts;
        int cost = 0;
        for (std::size_t i = 0; i < unknown.size(); ++i) {
            if ((chosen >> i & 1U) == 0) continue;
            facts.push_back(unknown[i]);
            cost += cost_of(trials.law(), unknown[i]);
        }
        if (cost < least && try_values(trials, told, category, facts, true)) least = cost;
    }
    return least;
}

TEST_CASE("the smallest set settles whatever its values are, and no cheaper one does") {
    int checked = 0;
    const Trials trials(7, false);
    for (const char* household : {"", "a: true", "b: false, e: true"}) {
        const Case told = trials.told(household);
        std::vector<std::string> unknown;
        for (const std::string& id : bools)
            if (!told.household.contains(id)) unknown.push_back(id);
        const Determination answer = determine(trials.law(), told, {});
        for (const CategoryAnswer& one : answer.categories) {
            if (one.verdict != Verdict::unknown) continue;
            const std::vector<std::string> found = ids_of(one.missing.smallest);
            int cost = 0;
            for (const std::string& id : found) cost += cost_of(trials.law(), id);
            INFO(trials.law().categories[static_cast<std::size_t>(one.category)].when[0].text,
                 " told: ", household);
            CHECK(one.missing.is_exact);
            CHECK(try_values(trials, told, one.category, found, true));
            CHECK(cost == least_cost(trials, told, one.category, unknown));
            ++checked;
        }
    }
    CHECK(checked > 150);
}

TEST_CASE("what to ask first can settle it alone, and nothing cheaper of the set can") {
    const Trials trials(11, false);
    const Case told = trials.told("");
    const Determination answer = determine(trials.law(), told, {});
    int alone = 0;
    for (const CategoryAnswer& one : answer.categories) {
        if (one.verdict != Verdict::unknown) continue;
        INFO(trials.law().categories[static_cast<std::size_t>(one.category)].when[0].text);
        REQUIRE(one.missing.ask_first.has_value());
        std::string cheapest;
        for (const std::string& id : ids_of(one.missing.smallest)) {
            if (!try_values(trials, told, one.category, {id}, false)) continue;
            cheapest = id;
            break;
        }
        if (cheapest.empty()) cheapest = one.missing.smallest[0].id;
        alone += try_values(trials, told, one.category, {one.missing.ask_first->id}, false) ? 1 : 0;
        CHECK(one.missing.ask_first->id == cheapest);
    }
    CHECK(alone > 50);
}

TEST_CASE(
    "comparisons that hang together are taken as independent: the set settles, if not always the least") {
    const Trials trials(13, true);
    const Case told = trials.told("");
    const Determination answer = determine(trials.law(), told, {});
    for (const CategoryAnswer& one : answer.categories) {
        if (one.verdict != Verdict::unknown) continue;
        INFO(trials.law().categories[static_cast<std::size_t>(one.category)].when[0].text);
        CHECK(try_values(trials, told, one.category, ids_of(one.missing.smallest), true));
    }
}

TEST_CASE("a formula comes out as its condition does, for every value of what is missing") {
    const Trials trials(17, true);
    const Case told = trials.told("");
    const Facts facts(trials.law(), told);
    FormulaBuilder builder(facts);
    const std::vector<expr::FactId> everything = [&] {
        std::vector<expr::FactId> all;
        for (const std::string& id : bools) all.push_back(facts.number(key_of(id)));
        all.push_back(facts.number(key_of("n")));
        return all;
    }();
    for (int i = 0; i < conditions; ++i) {
        const int category = trials.law().category_of(fmt::format("k{}", i));
        const FormulaId formula = builder.verdict(category, -1);
        CHECK(settles(builder.formulas(), formula, everything));
        CHECK(settles(builder.formulas(), formula, {}) == !facts.verdict(category, -1).is_unknown());
    }
}

TEST_CASE(
    "beyond sixteen open candidates the dearest go one by one, and the answer says that it may not be "
    "least") {
    Formulas formulas;
    // x && (x || y1) && (x || y2) …: x alone settles nothing when true, but then no y is needed.
    const FormulaId x = formulas.atom("x", formulas.need(0));
    std::vector<FormulaId> parts{x};
    for (std::uint32_t i = 1; i <= 20; ++i)
        parts.push_back(formulas.any({x, formulas.atom(fmt::format("y{}", i), formulas.need(i))}));
    const FormulaId all = formulas.all(parts);
    SearchBudget budget;
    const PriceOf price = [](expr::FactId fact) { return FactPrice{1, static_cast<int>(fact)}; };
    const SmallestSet found = smallest_set(formulas, all, price, budget);
    CHECK(found.facts == std::vector<expr::FactId>{0});
    CHECK_FALSE(found.is_exact);
    CHECK(found.ask_first == expr::FactId{0});
}

TEST_CASE(
    "without a budget everything that is missing is named, and the answer says that it may not be least") {
    Formulas formulas;
    const FormulaId x = formulas.atom("x", formulas.need(0));
    const FormulaId y = formulas.atom("y", formulas.need(1));
    SearchBudget none{0};
    const PriceOf price = [](expr::FactId fact) { return FactPrice{1, static_cast<int>(fact)}; };
    const SmallestSet found = smallest_set(formulas, formulas.all({x, formulas.any({x, y})}), price, none);
    CHECK(found.facts == std::vector<expr::FactId>{0, 1});
    CHECK_FALSE(found.is_exact);
}

}  // namespace
}  // namespace doudi::determine
