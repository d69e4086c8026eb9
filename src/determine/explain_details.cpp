// SPDX-License-Identifier: Apache-2.0
// The full explanation: every line of every category and benefit, every fact with its source, all that is
// missing.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "determine/explain_phrases.h"
#include "determine/expression_words.h"
#include "determine/price.h"
#include "determine/words.h"

namespace doudi::determine {

namespace {

using expr::Value;

class DetailsWriter {
  public:
    DetailsWriter(const Explained& explained, Lang lang)
        : law_(explained.law), case_(explained.told), answer_(explained.answer), say_(explained, lang) {}

    std::string write() {
        say_.put_head(page_);
        write_ask_first();
        write_categories();
        write_sets();
        write_benefits();
        say_.put_following(page_, in({"四、退出之后", "4. After leaving or a refusal"}));
        write_missing();
        say_.put_replay(page_);
        return std::move(page_).text();
    }

  private:
    static std::size_t at(int index) { return static_cast<std::size_t>(index); }
    const std::string& in(const Text& text) const { return say_.in(text); }
    void line(int depth, const Text& text) { page_.line(depth, in(text)); }

    void write_ask_first() {
        if (!answer_.ask_first) return;
        const Text what = title_of(law_, case_, *answer_.ask_first);
        const Text how = how_to_get(law_, *answer_.ask_first);
        line(0, {fmt::format("首先要弄清：{}（{}）", what.zh, how.zh),
                 fmt::format("Ask first: {} ({})", what.en, how.en)});
    }

    // --- categories ---

    void write_categories() {
        page_.heading(in({"一、类别", "1. Categories"}));
        for (const CategoryAnswer& answer : answer_.categories) write_category(answer);
    }

    void write_category(const CategoryAnswer& answer) {
        const policy::Category& category = law_.categories[at(answer.category)];
        const Text verdict = verdict_in_words(answer.verdict);
        const std::string whose = say_.of(answer.member);
        const std::string rest = say_.sample_mark(answer.sample) + say_.cited(category.cite);
        line(1, {fmt::format("{}{}：{}{}", category.title.zh, whose, verdict.zh, rest),
                 fmt::format("{}{}: {}{}", category.title.en, whose, verdict.en, rest)});
        write_cover(answer);
        for (const LineAnswer& one : answer.lines) write_line(one, false);
        if (answer.unless && !answer.unless->value.is_false()) write_line(*answer.unless, true);
        if (category.when.empty()) {
            const FactKey rule{FactKey::Kind::open_rule, category.subject, -1, category.id};
            const Text how = how_to_get(law_, rule);
            line(2, {fmt::format("认定规则：{}", how.zh), fmt::format("its rule: {}", how.en)});
        }
        write_need(answer.missing);
        if (answer.verdict == Verdict::yes) write_procedure(category);
        write_changes(answer);
        write_facts(answer.used);
    }

    void write_cover(const CategoryAnswer& answer) {
        if (!answer.covers.empty())
            line(2, {"覆盖成员：" + say_.names(answer.covers), "covers: " + say_.names(answer.covers)});
        if (!answer.maybe_covers.empty())
            line(2, {"是否覆盖未知：" + say_.names(answer.maybe_covers),
                     "perhaps covers: " + say_.names(answer.maybe_covers)});
    }

    static Text mark_of(const Value& value, bool is_exception) {
        if (value.is_unknown()) return {"未知", "unknown"};
        if (value.is_error()) return {"出错", "fault"};
        if (is_exception)
            return value.is_true() ? Text{"属除外情形", "excluded"} : Text{"不属除外情形", "not excluded"};
        return value.is_true() ? Text{"符合", "met"} : Text{"不符合", "not met"};
    }

    void write_line(const LineAnswer& answer, bool is_exception) {
        const Text mark = mark_of(answer.value, is_exception);
        const std::string what = say_.line(*answer.line) + say_.cited(answer.line->cite);
        line(2, {fmt::format("［{}］{}", mark.zh, what), fmt::format("[{}] {}", mark.en, what)});
        for (const Figure& figure : answer.figures) {
            if (figure.left.is_unknown() || figure.right.is_unknown()) continue;  // said below
            write_figure(figure);
        }
        if (!answer.missing.empty())
            line(3, {"取决于：" + say_.facts(answer.missing), "hangs on: " + say_.facts(answer.missing)});
    }

    // A comparison in words, then what stands on its sides; a bare number is not said twice.
    void write_figure(const Figure& figure) {
        const std::string what = in(expression_in_words(law_, figure.text));
        std::vector<std::string> sides{say_.words(figure.left)};
        const std::string right = say_.words(figure.right);
        if (!what.ends_with(" " + right)) sides.push_back(right);
        const std::string both = say_.sentences(sides);
        const bool holds = figure.truth.is_true();
        const std::string fault = figure.truth.is_false() || holds ? "" : say_.words(figure.truth);
        const std::string truth = !fault.empty() ? fault
                                  : holds        ? in({"成立", "holds"})
                                                 : in({"不成立", "does not hold"});
        line(3,
             {fmt::format("{}（{}）：{}", what, both, truth), fmt::format("{} ({}): {}", what, both, truth)});
    }

    void write_need(const Missing& missing) {
        if (missing.smallest.empty()) return;
        const std::size_t count = missing.smallest.size();
        const std::string facts = say_.facts(missing.smallest);
        const Text hedge = missing.is_exact ? Text{}
                                            : Text{"（候选过多，未必最少）",
                                                   " (too many candidates: perhaps not the fewest)"};
        if (count == 1) return line(2, {"只要弄清这一项：" + facts, "settled by this alone: " + facts});
        line(2, {fmt::format("弄清这 {} 项即可得出结论{}：{}", count, hedge.zh, facts),
                 fmt::format("settled by these {}{}: {}", count, hedge.en, facts)});
    }

    void write_procedure(const policy::Category& category) {
        if (const std::string who = say_.confirmation(category); !who.empty()) page_.line(2, who);
        for (const std::string& clock : say_.clocks(category.id))
            line(2, {"时限：" + clock, "time limit: " + clock});
    }

    void write_changes(const CategoryAnswer& answer) {
        constexpr std::size_t most_shown = 3;
        for (std::size_t i = 0; i < std::min(answer.changes.size(), most_shown); ++i)
            line(2, answer.changes[i].say);
    }

    void write_facts(const std::vector<UsedFact>& used) {
        std::vector<std::string> all;
        for (const UsedFact& fact : used) {
            if (fact.value.is_unknown()) continue;  // stands with what is missing
            std::string text = in(title_of(law_, case_, fact.key)) + " " +
                               say_.words(fact.value, definition_of(law_, fact.key));
            std::vector<std::string> notes;
            if (!fact.source.empty())
                notes.push_back(fact.source == "case" ? in({"案卷", "case"}) : fact.source);
            if (fact.as_of && !fact.source.empty()) notes.push_back(fact.as_of->iso());
            if (fact.sample) notes.push_back(in({"样例", "sample"}));
            if (!notes.empty()) text += fmt::format(fmt::runtime(in({"（{}）", " ({})"})), say_.list(notes));
            all.push_back(std::move(text));
        }
        const std::string list = say_.sentences(all);
        if (!list.empty()) line(2, {"依据的事实：" + list, "facts: " + list});
    }

    // --- members ---

    void write_sets() {
        page_.heading(in({"二、每个成员的类别", "2. The categories of each member"}));
        for (std::size_t i = 0; i < answer_.sets.size(); ++i) {
            const std::string set = say_.set(answer_.sets[i]);
            line(1, {fmt::format("{}：{}", case_.members[i].name, set),
                     fmt::format("{}: {}", case_.members[i].name, set)});
        }
    }

    // --- benefits ---

    void write_benefits() {
        page_.heading(in({"三、可以得到的救助", "3. What follows"}));
        bool none = true;
        for (const BenefitGroup& group : benefit_groups(say_, answer_)) {
            if (group.verdict == Verdict::no) continue;
            none = false;
            write_benefit(group);
        }
        if (none) line(1, {"目前没有", "nothing at present"});
    }

    void write_benefit(const BenefitGroup& group) {
        const policy::Benefit& benefit = law_.benefits[at(group.benefit)];
        const Text verdict = verdict_in_words(group.verdict);
        const std::string whose = say_.of(group.members);
        const std::string rest = group.what + say_.sample_mark(group.sample) + say_.cited(benefit.cite);
        line(1, {fmt::format("{}{}：{}{}", benefit.title.zh, whose, verdict.zh, rest),
                 fmt::format("{}{}: {}{}", benefit.title.en, whose, verdict.en, rest)});
        for (const BenefitAnswer* answer : group.answers)
            write_benefit_need(*answer, group.members.size() > 1);
        if (group.verdict != Verdict::yes) return;
        if (const std::string service = say_.service(benefit); !service.empty()) page_.line(2, service);
        for (const std::string& clock : say_.clocks(benefit.id))
            line(2, {"时限：" + clock, "time limit: " + clock});
    }

    // Of a category that is not settled its own paragraph says what is missing.
    void write_benefit_need(const BenefitAnswer& answer, bool among_others) {
        if (answer.missing.smallest.empty()) return;
        if (answer.verdict == Verdict::yes) return write_need(answer.missing);
        std::vector<std::string> all = open_categories(say_, law_, answer);
        for (std::string& fact : say_.each_fact(own_missing(law_, case_, answer)))
            all.push_back(std::move(fact));
        const std::string whose = among_others ? say_.of(answer.member) : "";
        line(2, {fmt::format("取决于{}：{}", whose, say_.list(all)),
                 fmt::format("hangs on{}: {}", whose, say_.list(all))});
    }

    // --- what is missing ---

    void write_missing() {
        if (answer_.missing.empty()) return;
        page_.heading(in({"五、还缺什么（先易后难）", "5. What is missing (the easiest first)"}));
        // The same fact of several members once, if it is missing of each for the same reason.
        const std::vector<FactKey>& all = answer_.missing;
        for (std::size_t begin = 0; begin < all.size();) {
            const FactKey& key = all[begin];
            const std::string why = why_missing(key);
            std::size_t end = begin + 1;
            while (end < all.size() && is_same_fact(key, all[end]) && why_missing(all[end]) == why) ++end;
            const std::string what = say_.facts({all.begin() + static_cast<std::ptrdiff_t>(begin),
                                                 all.begin() + static_cast<std::ptrdiff_t>(end)});
            const Text how = how_to_get(law_, key);
            line(1, {fmt::format("{}：{}{}", what, how.zh, why), fmt::format("{}: {}{}", what, how.en, why)});
            begin = end;
        }
    }

    static bool is_same_fact(const FactKey& left, const FactKey& right) {
        return left.kind == right.kind && left.of == right.of && left.id == right.id;
    }

    std::string why_missing(const FactKey& key) const {
        return key.kind == FactKey::Kind::fact ? why_unknown(key) : "";
    }

    std::string why_unknown(const FactKey& key) const {
        std::vector<std::string> notes;
        if (const policy::FactDefinition* fact = definition_of(law_, key); fact != nullptr)
            notes.push_back(in(fact->help));
        const ToldFacts& facts = key.of == policy::Subject::person ? case_.members[at(key.member)].facts
                                 : key.of == policy::Subject::application ? case_.application.facts
                                                                          : case_.household;
        if (const auto told = facts.find(key.id); told != facts.end()) {
            notes.push_back(told->second.why_unknown.empty() ? silence_of(key) : told->second.why_unknown);
            for (const ToldFact& one : told->second.conflicting)
                notes.push_back(one.source + " " + say_.words(one.value, definition_of(law_, key)));
        }
        std::erase(notes, "");
        if (notes.empty()) return "";
        return fmt::format(fmt::runtime(in({"（{}）", " ({})"})), say_.sentences(notes));
    }

    // Why what was told does not count: it is too old, in conflict, not authorised.
    std::string silence_of(const FactKey& key) const {
        for (const CategoryAnswer& answer : answer_.categories) {
            const auto used = std::ranges::find(answer.used, key, &UsedFact::key);
            if (used != answer.used.end()) return in(silence_in_words(used->silence));
        }
        return "";
    }

    const policy::Law& law_;
    const Case& case_;
    const Determination& answer_;
    Phrases say_;
    Page page_;
};

}  // namespace

std::string explanation_details(const Explained& explained, Lang lang) {
    return DetailsWriter(explained, lang).write();
}

}  // namespace doudi::determine
