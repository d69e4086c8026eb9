// SPDX-License-Identifier: Apache-2.0
#include "determine/review.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "determine/words.h"

namespace doudi::determine {
namespace {

using expr::TypeKind;
using Kind = ReviewAnswer::Kind;

template <class Values, class Value>
bool contains(const Values& values, const Value& value) {
    return std::ranges::find(values, value) != values.end();
}

Text joined(const Text& left, const Text& right) {
    return {left.zh + right.zh, left.en + right.en};
}

class Reviewing {
  public:
    Reviewing(const policy::Law& law, const Case& told, const Determination& answer,
              const std::vector<Allowance>& allowances, const PaidNow& paid, bool is_application)
        : law_(law),
          told_(told),
          answer_(answer),
          allowances_(allowances),
          paid_(paid),
          is_application_(is_application) {}

    ReviewAnswer review() {
        ReviewAnswer found = answered();
        if (found.kind != Kind::unknown) found.income = income();
        return found;
    }

  private:
    ReviewAnswer answered() {
        for (const std::string& id : candidates()) {
            const Verdict verdict = standing_of(id);
            if (verdict == Verdict::yes) return held(id);
            if (verdict != Verdict::no) return unknown(id);
        }
        return ended();
    }

    // As the conditions of the categories used it.
    [[nodiscard]] std::optional<Money> income() const {
        const auto stated = std::ranges::find_if(allowances_, [&](const Allowance& one) {
            return !one.income.empty() && (paid_.category.empty() || one.category == paid_.category);
        });
        if (stated == allowances_.end()) return std::nullopt;
        for (const CategoryAnswer& one : answer_.categories) {
            for (const UsedFact& used : one.used) {
                const bool is_it = used.key.kind == FactKey::Kind::fact && used.key.id == stated->income;
                if (is_it && has_money(used.value)) return nearest_fen(used.value.as_rational());
            }
        }
        return std::nullopt;
    }

    static std::optional<Money> nearest_fen(const expr::Rational& fen) {
        if (fen.denominator <= 0 || fen.numerator < 0) return std::nullopt;
        const std::int64_t rest = fen.numerator % fen.denominator;
        const std::int64_t up = rest >= fen.denominator - rest ? 1 : 0;
        return Money::fen(fen.numerator / fen.denominator + up);
    }

    [[nodiscard]] const policy::Category& category(int index) const {
        return law_.categories[static_cast<std::size_t>(index)];
    }
    [[nodiscard]] const policy::Benefit& benefit(const BenefitAnswer& one) const {
        return law_.benefits[static_cast<std::size_t>(one.benefit)];
    }

    [[nodiscard]] int becomes(int index) const {
        const int become = law_.category_of(category(index).becomes);
        return become < 0 ? index : become;
    }

    // What it is paid as first; a household that is kept without being paid has no other.
    [[nodiscard]] std::vector<std::string> candidates() const {
        std::vector<std::string> ids;
        if (!paid_.category.empty()) ids.push_back(paid_.category);
        if (is_application_) {
            for (const std::string& id : law_.exclusive_order.categories)
                if (id != paid_.category) ids.push_back(id);
            for (const Allowance& one : allowances_)
                if (!contains(ids, one.category)) ids.push_back(one.category);
            return ids;
        }
        if (!paid_.category.empty() && benefits_of(paid_.category) == nullptr) return ids;
        for (const Allowance& one : allowances_)
            if (one.category != paid_.category) ids.push_back(one.category);
        return ids;
    }

    [[nodiscard]] const std::vector<std::string>* benefits_of(const std::string& id) const {
        for (const Allowance& one : allowances_)
            if (one.category == id) return &one.benefits;
        return nullptr;
    }

    // Of whichever members: yes where one has it and it is their choice of the exclusive group.
    [[nodiscard]] Verdict standing_of(const std::string& id) const {
        const int index = law_.category_of(id);
        if (index < 0) return Verdict::no;
        const int has = becomes(index);
        bool is_open = false;
        for (const CategoryAnswer& one : answer_.categories) {
            if (one.category != index || one.verdict == Verdict::no) continue;
            const bool is_chosen =
                one.verdict == Verdict::yes && std::ranges::any_of(of_whom(one), [&](int member) {
                    return contains(answer_.sets[static_cast<std::size_t>(member)].categories, has);
                });
            if (is_chosen) return Verdict::yes;
            is_open = is_open || one.verdict != Verdict::yes || is_undecided(one, has);
        }
        return is_open ? Verdict::unknown : Verdict::no;
    }

    static std::vector<int> of_whom(const CategoryAnswer& one) {
        return one.member < 0 ? one.covers : std::vector<int>{one.member};
    }

    [[nodiscard]] bool is_undecided(const CategoryAnswer& one, int has) const {
        return !one.maybe_covers.empty() || std::ranges::any_of(of_whom(one), [&](int member) {
            return contains(answer_.sets[static_cast<std::size_t>(member)].undecided, has);
        });
    }

    // --- what is proposed

    ReviewAnswer held(const std::string& id) {
        out_.category = id;
        explain(id, Verdict::yes);
        const std::vector<std::string>* paid_with = benefits_of(id);
        if (paid_with != nullptr && !price(*paid_with)) return nothing();
        if (is_application_) {
            out_.kind = Kind::grant;
            return std::move(out_);
        }
        const bool is_same = id == paid_.category && (paid_with == nullptr || out_.amount == paid_.amount);
        out_.kind = is_same ? Kind::keep : Kind::change;
        if (paid_with != nullptr) say_difference();
        return std::move(out_);
    }

    ReviewAnswer ended() {
        out_.kind = is_application_ ? Kind::refuse : Kind::exit;
        for (const std::string& id : candidates()) explain(id, Verdict::no);
        for (const MemberSet& set : answer_.sets) {
            for (const int one : set.categories) {
                if (out_.next.empty() && contains(law_.exclusive_order.categories, category(one).id))
                    out_.next = category(one).id;
            }
        }
        if (!out_.next.empty()) {
            const Text& title = category(law_.category_of(out_.next)).title;
            out_.why.push_back(
                {fmt::format("可转按“{}”认定", title.zh), fmt::format("may go on as '{}'", title.en)});
        }
        return std::move(out_);
    }

    // A category earlier in the order that is open leaves this one open: its facts are wanted too.
    ReviewAnswer unknown(const std::string& id) {
        std::set<int> open{law_.category_of(id)};
        for (const MemberSet& set : answer_.sets) open.insert(set.undecided.begin(), set.undecided.end());
        for (const CategoryAnswer& one : answer_.categories) {
            if (!open.contains(one.category) && !open.contains(becomes(one.category))) continue;
            if (one.verdict == Verdict::unknown) want(one.missing.smallest);
            if (one.verdict == Verdict::fault) want_person(category(one.category).title);
        }
        if (out_.missing.empty()) want(answer_.missing);  // whom it covers
        return nothing();
    }

    ReviewAnswer nothing() {
        ReviewAnswer none;
        none.missing = std::move(out_.missing);
        none.sample = answer_.sample;
        return none;
    }

    // --- the amount

    // False where a part of it is not known.
    bool price(const std::vector<std::string>& benefits) {
        std::int64_t sum = 0;
        for (const BenefitAnswer& one : answer_.benefits) {
            if (!contains(benefits, benefit(one).id) || one.verdict == Verdict::no) continue;
            if (one.verdict == Verdict::fault) {
                want_person(benefit(one).title);
            } else if (one.verdict == Verdict::unknown || !one.amount || !has_money(*one.amount)) {
                want(one.missing.smallest);
                if (one.missing.smallest.empty()) want_person(benefit(one).title);
            } else if (!add(one, sum)) {
                want_person(benefit(one).title);
            }
        }
        if (!out_.missing.empty()) return false;
        out_.amount = Money::fen(sum);
        return true;
    }

    static bool has_money(const expr::Value& amount) {
        return amount.is(TypeKind::money) || amount.is(TypeKind::amount);
    }

    // What is no whole fen, or not of a month, is nothing that a program rounds.
    bool add(const BenefitAnswer& one, std::int64_t& sum) {
        const expr::Rational fen = one.amount->as_rational();
        const bool is_whole = fen.denominator != 0 && fen.numerator % fen.denominator == 0;
        const bool is_monthly = one.grant != nullptr && one.grant->every == "month";
        if (!is_whole || !is_monthly || fen.numerator < 0) return false;
        if (__builtin_add_overflow(sum, fen.numerator / fen.denominator, &sum)) return false;
        const std::string yuan = Money::fen(fen.numerator / fen.denominator).yuan_text();
        const Text whose = one.member < 0 ? Text{} : whose_of(one.member);
        const Text& title = benefit(one).title;
        out_.why.push_back(
            {fmt::format("{}{}：每月 {} 元（{}）", whose.zh, title.zh, yuan, one.grant->cite.text()),
             fmt::format("{}{}: {} yuan a month ({})", whose.en, title.en, yuan, one.grant->cite.text())});
        out_.sample = out_.sample || one.sample;
        return true;
    }

    [[nodiscard]] Text whose_of(int member) const {
        const std::string& name = told_.members[static_cast<std::size_t>(member)].name;
        return {fmt::format("{}的", name), fmt::format("{}: ", name)};
    }

    void say_difference() {
        const std::string now = out_.amount->yuan_text();
        if (!paid_.amount) {
            out_.why.push_back({fmt::format("应发 {} 元；现发金额没有登记", now),
                                fmt::format("{} yuan are due; what is paid now is not recorded", now)});
            return;
        }
        out_.why.push_back(
            {fmt::format("现发 {} 元，应发 {} 元", paid_.amount->yuan_text(), now),
             fmt::format("{} yuan are paid, {} yuan are due", paid_.amount->yuan_text(), now)});
    }

    // --- why, and what is missing

    // Of a yes every condition, of a no those that fail.
    void explain(const std::string& id, Verdict verdict) {
        const int index = law_.category_of(id);
        for (const CategoryAnswer& one : answer_.categories) {
            if (one.category != index || one.verdict != verdict) continue;
            const Text whose = one.member < 0 ? Text{} : whose_of(one.member);
            const Text& title = category(index).title;
            const bool holds = verdict == Verdict::yes;
            out_.why.push_back(
                joined(whose, {fmt::format("“{}”{}（{}）", title.zh, holds ? "符合" : "不符合",
                                           category(index).cite.text()),
                               fmt::format("'{}' {} ({})", title.en, holds ? "holds" : "does not hold",
                                           category(index).cite.text())}));
            for (const LineAnswer& line : one.lines)
                if (line.value.is_true() == holds) out_.why.push_back(line_in_words(line));
            if (one.unless && !holds && one.unless->value.is_true())
                out_.why.push_back(line_in_words(*one.unless));
            out_.sample = out_.sample || one.sample;
        }
    }

    [[nodiscard]] Text line_in_words(const LineAnswer& line) const {
        Text text = line.line->say;
        if (text.zh.empty()) text = {line.line->text, line.line->text};
        if (line.value.is_false()) text = joined({"不成立：", "not so: "}, text);
        for (const Figure& figure : line.figures) {
            const Text left = side_in_words(figure.left, figure.left_masked);
            const Text right = side_in_words(figure.right, figure.right_masked);
            text = joined(text, {fmt::format("（{}，界线 {}）", left.zh, right.zh),
                                 fmt::format(" ({} against {})", left.en, right.en)});
        }
        return text;
    }

    // A figure that is not shown is not told to the case either; which side of the line it is on is.
    static Text side_in_words(const expr::Value& side, bool is_masked) {
        return is_masked ? Text{"未公开", "not shown"} : value_in_words(side, nullptr);
    }

    void want(const std::vector<FactKey>& keys) {
        for (const FactKey& key : keys) {
            const Text title = title_of(law_, told_, key);
            const Text how = how_to_get(law_, key);
            add_missing(
                {fmt::format("{}（{}）", title.zh, how.zh), fmt::format("{} ({})", title.en, how.en)});
        }
    }
    void want_person(const Text& title) {
        add_missing(
            {fmt::format("“{}”按现有规则算不出整分的月金额，须由人核定", title.zh),
             fmt::format("'{}' gives no monthly amount in whole fen: a person settles it", title.en)});
    }
    void add_missing(Text text) {
        if (std::ranges::find(out_.missing, text.zh, &Text::zh) == out_.missing.end())
            out_.missing.push_back(std::move(text));
    }

    const policy::Law& law_;
    const Case& told_;
    const Determination& answer_;
    const std::vector<Allowance>& allowances_;
    const PaidNow& paid_;
    bool is_application_;
    ReviewAnswer out_;
};

}  // namespace

const char* word_of(Kind kind) {
    switch (kind) {
        case Kind::keep:
            return "keep";
        case Kind::change:
            return "change";
        case Kind::exit:
            return "exit";
        case Kind::grant:
            return "grant";
        case Kind::refuse:
            return "refuse";
        case Kind::unknown:
            return "unknown";
    }
    return "unknown";
}

std::vector<Allowance> allowances_of(const policy::Law& law) {
    std::vector<Allowance> all;
    for (const policy::RouteElement& one : law.routes) {
        const std::string* paid_by = one.section == "allowances" ? one.field("paid_by") : nullptr;
        const auto* benefits = one.list("benefits");
        if (paid_by != nullptr && benefits != nullptr) {
            const std::string* income = one.field("income");
            all.push_back({one.id, *paid_by, *benefits, income == nullptr ? std::string() : *income});
        }
    }
    return all;
}

ReviewAnswer review_of(const policy::Law& law, const Case& told, const Determination& answer,
                       const std::vector<Allowance>& allowances, const PaidNow& paid) {
    return Reviewing(law, told, answer, allowances, paid, false).review();
}

ReviewAnswer application_of(const policy::Law& law, const Case& told, const Determination& answer,
                            const std::vector<Allowance>& allowances, const std::string& category) {
    const PaidNow none{category, std::nullopt};
    return Reviewing(law, told, answer, allowances, none, true).review();
}

}  // namespace doudi::determine
