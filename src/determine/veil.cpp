// SPDX-License-Identifier: Apache-2.0
#include "determine/veil.h"

#include <algorithm>
#include <map>

#include "determine/words.h"

namespace doudi::determine {

namespace {

using expr::Value;

// Nothing is given away by what is not known, nor by what is known without the facts that are not shown.
bool may_show(const Value& whole, const Value* blind) {
    return whole.is_unknown() || (blind != nullptr && expr::same_answer(whole, *blind));
}

Value hidden() {
    return Value::unknown(std::vector<expr::FactId>{});
}

void veil(Figure& figure, const Figure* blind) {
    if (!may_show(figure.left, blind == nullptr ? nullptr : &blind->left)) {
        figure.left = hidden();
        figure.left_masked = true;
    }
    if (!may_show(figure.right, blind == nullptr ? nullptr : &blind->right)) {
        figure.right = hidden();
        figure.right_masked = true;
    }
}

void veil(LineAnswer& line, const LineAnswer* blind) {
    for (std::size_t n = 0; n < line.figures.size(); ++n) {
        const bool is_same =
            blind != nullptr && n < blind->figures.size() && blind->figures[n].text == line.figures[n].text;
        veil(line.figures[n], is_same ? &blind->figures[n] : nullptr);
    }
}

void veil(std::vector<LineAnswer>& lines, const std::vector<LineAnswer>* blind) {
    for (LineAnswer& line : lines) {
        const LineAnswer* other = nullptr;
        if (blind != nullptr) {
            const auto found = std::ranges::find(*blind, line.line, &LineAnswer::line);
            if (found != blind->end()) other = &*found;
        }
        veil(line, other);
    }
}

void veil(std::optional<LineAnswer>& unless, const std::optional<LineAnswer>* blind) {
    if (unless) veil(*unless, blind != nullptr && *blind ? &**blind : nullptr);
}

// What was told is its own secret or none; what is computed may be another's.
class UsedFacts {
  public:
    explicit UsedFacts(const Veil& of) : of_(of) {
        for (const CategoryAnswer& one : of.blind.categories) add(one.used);
        for (const BenefitAnswer& one : of.blind.benefits) add(one.used);
    }

    void veil(std::vector<UsedFact>& used) const {
        for (UsedFact& one : used) {
            if (is_shown(one)) continue;
            one.value = hidden();
            one.silence = Silence::masked;
        }
    }

  private:
    void add(const std::vector<UsedFact>& used) {
        for (const UsedFact& one : used) blind_.emplace(one.key, &one.value);
    }
    [[nodiscard]] bool is_shown(const UsedFact& one) const {
        if (std::ranges::find(of_.hidden, one.key) != of_.hidden.end()) return one.value.is_unknown();
        const policy::FactDefinition* definition = definition_of(of_.law, one.key);
        if (definition == nullptr || !definition->is) return true;
        const auto found = blind_.find(one.key);
        return may_show(one.value, found == blind_.end() ? nullptr : found->second);
    }

    const Veil& of_;
    std::map<FactKey, const Value*> blind_;
};

bool is_same(const NearestChange& left, const NearestChange& right) {
    return left.text == right.text && left.fact == right.fact && left.in_days == right.in_days &&
           left.would_hold == right.would_hold && left.turns_verdict == right.turns_verdict &&
           expr::same_answer(left.now, right.now) && expr::same_answer(left.then, right.then);
}

// How far it is to the line tells where one stands.
void veil(std::vector<NearestChange>& changes, const std::vector<NearestChange>* blind) {
    std::erase_if(changes, [&](const NearestChange& one) {
        return blind == nullptr ||
               std::ranges::none_of(*blind, [&](const NearestChange& other) { return is_same(one, other); });
    });
}

void veil(std::optional<Value>& amount, const std::optional<Value>* blind, bool& is_masked) {
    const Value* other = blind != nullptr && *blind ? &**blind : nullptr;
    if (!amount || may_show(*amount, other)) return;
    amount = hidden();
    is_masked = true;
}

const CategoryAnswer* same_in(const Determination& answer, const CategoryAnswer& one) {
    const auto found = std::ranges::find_if(answer.categories, [&](const CategoryAnswer& other) {
        return other.category == one.category && other.member == one.member;
    });
    return found == answer.categories.end() ? nullptr : &*found;
}

const BenefitAnswer* same_in(const Determination& answer, const BenefitAnswer& one) {
    const auto found = std::ranges::find_if(answer.benefits, [&](const BenefitAnswer& other) {
        return other.benefit == one.benefit && other.member == one.member;
    });
    return found == answer.benefits.end() ? nullptr : &*found;
}

// The lines of a category or a benefit, and what it stands on.
template <class Answer>
void veil_reasons(Answer& one, const Answer* blind, const UsedFacts& facts) {
    veil(one.lines, blind == nullptr ? nullptr : &blind->lines);
    veil(one.unless, blind == nullptr ? nullptr : &blind->unless);
    facts.veil(one.used);
}

}  // namespace

Determination veiled_reasons(const Veil& of) {
    const UsedFacts facts(of);
    Determination answer = of.whole;
    for (CategoryAnswer& one : answer.categories) {
        const CategoryAnswer* other = same_in(of.blind, one);
        veil_reasons(one, other, facts);
        veil(one.changes, other == nullptr ? nullptr : &other->changes);
    }
    for (BenefitAnswer& one : answer.benefits) veil_reasons(one, same_in(of.blind, one), facts);
    return answer;
}

Determination veiled(const Veil& of) {
    Determination answer = veiled_reasons(of);
    for (BenefitAnswer& one : answer.benefits) {
        const BenefitAnswer* other = same_in(of.blind, one);
        veil(one.amount, other == nullptr ? nullptr : &other->amount, one.amount_masked);
        veil(one.share, other == nullptr ? nullptr : &other->share, one.amount_masked);
    }
    return answer;
}

}  // namespace doudi::determine
