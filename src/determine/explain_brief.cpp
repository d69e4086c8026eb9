// SPDX-License-Identifier: Apache-2.0
// The short explanation, to be read out at the desk: what is decided and why, what follows, what to ask next.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "determine/explain_phrases.h"
#include "determine/next_questions.h"
#include "determine/price.h"
#include "determine/words.h"

namespace doudi::determine {

namespace {

// Who can say it, by what it costs to get (docs/formats/pack.md).
constexpr std::array<std::pair<const char*, const char*>, 5> tellers{
    {{"问申请人", "ask the applicant"},
     {"看证件材料", "look at papers"},
     {"查部门数据", "look at departments' data"},
     {"授权核对", "by authorised check"},
     {"入户或鉴定", "by visit or assessment"}}};

class BriefWriter {
  public:
    BriefWriter(const Explained& explained, Lang lang)
        : law_(explained.law), case_(explained.told), answer_(explained.answer), say_(explained, lang) {}

    std::string write() {
        say_.put_head(page_);
        page_.heading(in({"结论（由经办人核实决定）", "In short (a person decides)"}));
        write_yes();
        write_no();
        write_open();
        write_members();
        write_benefits();
        say_.put_following(page_, in({"退出之后", "After leaving or a refusal"}));
        write_questions();
        write_unset();
        say_.put_replay(page_);
        return std::move(page_).text();
    }

  private:
    static std::size_t at(int index) { return static_cast<std::size_t>(index); }
    const std::string& in(const Text& text) const { return say_.in(text); }
    void line(int depth, const Text& text) { page_.line(depth, in(text)); }
    const policy::Category& category_of(const CategoryAnswer& answer) const {
        return law_.categories[at(answer.category)];
    }

    // Answers of one category that read alike stand together.
    struct Group {
        const CategoryAnswer* first = nullptr;
        std::string why;
        std::vector<int> members;
    };
    template <class Why>
    std::vector<Group> groups_of(Verdict verdict, const Why& why) const {
        std::vector<Group> groups;
        for (const CategoryAnswer& answer : answer_.categories) {
            if (answer.verdict != verdict) continue;
            const std::string reason = why(answer);
            auto same = std::ranges::find_if(groups, [&](const Group& group) {
                return group.first->category == answer.category && group.why == reason;
            });
            if (same == groups.end()) same = groups.insert(groups.end(), {&answer, reason, {}});
            if (answer.member >= 0) same->members.push_back(answer.member);
        }
        return groups;
    }

    // --- what is decided ---

    void write_yes() {
        const auto groups = groups_of(Verdict::yes, [&](const CategoryAnswer& one) { return why_yes(one); });
        if (!groups.empty()) line(1, {"符合", "holds"});
        for (const Group& group : groups) {
            const policy::Category& category = category_of(*group.first);
            std::vector<int> who = group.members;
            if (category.subject == policy::Subject::household) who = group.first->covers;
            page_.line(2, in(category.title) + say_.of(who) + say_.sample_mark(group.first->sample) +
                              say_.cited(category.cite));
            if (!group.why.empty()) page_.line(3, group.why);
            if (!group.first->maybe_covers.empty())
                line(3, {"是否包括还不能确定：" + say_.names(group.first->maybe_covers),
                         "perhaps covers: " + say_.names(group.first->maybe_covers)});
            if (const std::string who_confirms = say_.confirmation(category); !who_confirms.empty())
                page_.line(3, who_confirms);
            for (const std::string& clock : say_.clocks(category.id)) page_.line(3, clock);
            write_change(*group.first);
        }
    }

    // Its lines, with the figures on both sides of the comparisons that hold.
    std::string why_yes(const CategoryAnswer& answer) const {
        std::vector<std::string> parts;
        for (const LineAnswer& one : answer.lines) {
            std::vector<std::string> figures;
            for (const Figure& figure : one.figures)
                if (figure.truth.is_true())
                    figures.push_back(in(
                        {fmt::format("{} 对 {}", say_.words(figure.left), say_.words(figure.right)),
                         fmt::format("{} against {}", say_.words(figure.left), say_.words(figure.right))}));
            std::string part = say_.line(*one.line);
            if (!figures.empty())
                part += fmt::format(fmt::runtime(in({"（{}）", " ({})"})), say_.list(figures));
            parts.push_back(std::move(part));
        }
        return say_.sentences(parts);
    }

    void write_no() {
        const auto groups = groups_of(Verdict::no, [&](const CategoryAnswer& one) { return why_no(one); });
        if (!groups.empty()) line(1, {"不符合", "does not hold"});
        for (const Group& group : groups) {
            page_.line(2, in(category_of(*group.first).title) + say_.of(group.members) +
                              say_.sample_mark(group.first->sample) + in({"：", ": "}) + group.why);
            write_change(*group.first);
        }
    }

    std::string why_no(const CategoryAnswer& answer) const {
        std::vector<std::string> parts;
        for (const LineAnswer& one : answer.lines) {
            if (!one.value.is_false()) continue;
            const std::string what = say_.line(*one.line) + say_.cited(one.line->cite);
            parts.push_back((parts.empty() ? in({"不满足：", "not met: "}) : "") + what);
        }
        if (answer.unless && answer.unless->value.is_true()) {
            const std::string what = say_.line(*answer.unless->line) + say_.cited(answer.unless->line->cite);
            parts.push_back(in({"已属：" + what, "excluded by: " + what}));
        }
        return say_.sentences(parts);
    }

    // The nearest that would turn the answer.
    void write_change(const CategoryAnswer& answer) {
        if (answer.changes.empty() || !answer.changes.front().turns_verdict) return;
        line(3, answer.changes.front().say);
    }

    // --- what is not ---

    void write_open() {
        const std::array lines{std::pair{Verdict::unknown, Text{"还不能确定", "not settled yet"}},
                               std::pair{Verdict::fault, Text{"规则出错，须由人工处理",
                                                              "a fault of the rules: a person must look"}}};
        for (const auto& [verdict, title] : lines) {
            std::vector<std::string> all;
            for (const Group& group : groups_of(verdict, [](const CategoryAnswer&) { return ""; }))
                all.push_back(in(category_of(*group.first).title) + say_.of(group.members));
            if (!all.empty()) page_.line(1, in(title) + in({"：", ": "}) + say_.list(all));
        }
    }

    // What each ends up with, if that is settled of anybody.
    void write_members() {
        const bool is_open = std::ranges::all_of(answer_.sets, [](const MemberSet& set) {
            return set.exclusive_undecided && set.categories.empty();
        });
        if (is_open) return;
        std::vector<std::pair<std::string, std::vector<int>>> groups;
        for (std::size_t i = 0; i < answer_.sets.size(); ++i) {
            const std::string set = say_.set(answer_.sets[i]);
            auto same = std::ranges::find(groups, set, &std::pair<std::string, std::vector<int>>::first);
            if (same == groups.end()) same = groups.insert(groups.end(), {set, {}});
            same->second.push_back(static_cast<int>(i));
        }
        page_.heading(in({"各成员归入", "Each member is in"}));
        for (const auto& [set, members] : groups) page_.line(1, say_.names(members) + in({"：", ": "}) + set);
    }

    // --- benefits ---

    void write_benefits() {
        page_.heading(in({"可以得到的救助", "What follows"}));
        const std::vector<BenefitGroup> groups = benefit_groups(say_, answer_);
        bool any = false;
        for (const BenefitGroup& group : groups) {
            if (group.verdict != Verdict::yes && group.verdict != Verdict::fault) continue;
            any = true;
            write_benefit(group);
        }
        if (!any) line(1, {"目前没有已确定的", "nothing is settled yet"});
        write_open_benefits(groups);
    }

    void write_benefit(const BenefitGroup& group) {
        const policy::Benefit& benefit = law_.benefits[at(group.benefit)];
        std::string text = in(benefit.title) + say_.of(group.members) + group.what;
        if (group.verdict == Verdict::fault) text += in({"：", ": "}) + in(verdict_in_words(group.verdict));
        page_.line(1, text + say_.sample_mark(group.sample) + say_.cited(benefit.cite));
        if (group.verdict == Verdict::fault) return;
        if (const std::string service = say_.service(benefit); !service.empty()) page_.line(2, service);
        for (const std::string& clock : say_.clocks(benefit.id)) page_.line(2, clock);
        for (const BenefitAnswer* answer : group.answers) {
            if (answer->missing.smallest.empty()) continue;
            line(2, {"金额还取决于：" + say_.facts(answer->missing.smallest),
                     "how much hangs on: " + say_.facts(answer->missing.smallest)});
            break;  // the same of the others of the group
        }
    }

    // Those that a few answers would settle, and those that wait for a category or for much else.
    void write_open_benefits(const std::vector<BenefitGroup>& groups) {
        constexpr std::size_t few = 3;
        std::vector<std::string> waiting;
        std::vector<std::string> asking;
        for (const BenefitGroup& group : groups) {
            if (group.verdict != Verdict::unknown) continue;
            std::vector<FactKey> lacks;
            bool waits = false;
            for (const BenefitAnswer* answer : group.answers) {
                waits = waits || !open_categories(say_, law_, *answer).empty();
                const auto own = own_missing(law_, case_, *answer);
                lacks.insert(lacks.end(), own.begin(), own.end());
            }
            const std::string whose = say_.are_all(group.members) ? "" : say_.of(group.members);
            const std::string title = in(law_.benefits[at(group.benefit)].title) + whose;
            sort_by_price(law_, case_, lacks);
            const std::vector<std::string> facts = say_.each_fact(lacks);
            if (waits || facts.empty() || facts.size() > few) {
                waiting.push_back(title);
            } else {
                asking.push_back(title + in({"：取决于", ": hangs on "}) + say_.list(facts));
            }
        }
        if (!asking.empty()) line(1, {"再弄清一两项就能定的", "settled by an answer or two"});
        for (const std::string& one : asking) page_.line(2, one);
        if (waiting.empty()) return;
        const std::string titles = say_.list(waiting);
        line(1, {fmt::format("要等类别等情况定下的 {} 项：{}", waiting.size(), titles),
                 fmt::format("{} wait for what is open above: {}", waiting.size(), titles)});
    }

    // --- what to ask ---

    void write_questions() {
        const NextQuestions questions = next_questions(law_, case_, answer_);
        if (questions.steps.empty() && !answer_.ask_first) return;
        page_.heading(in({"先问什么（先易后难）", "What to ask first (the easiest first)"}));
        if (answer_.ask_first) {
            const Text what = title_of(law_, case_, *answer_.ask_first);
            const Text how = how_to_get(law_, *answer_.ask_first);
            const std::string settles = settled_by_first();
            line(1, {fmt::format("最值得先弄清：{}（{}）{}", what.zh, how.zh, settles),
                     fmt::format("above all: {} ({}){}", what.en, how.en, settles)});
        }
        int number = 0;
        for (const QuestionStep& step : questions.steps)
            page_.line(1, fmt::format("{}. {}", ++number, step_in_words(step)));
    }

    std::string settled_by_first() const {
        std::vector<std::string> all;
        for (const Settled& one : answer_.ask_first_settles) {
            const std::string& title = one.is_benefit ? in(law_.benefits[at(one.index)].title)
                                                      : in(law_.categories[at(one.index)].title);
            all.push_back(title + say_.of(one.members));
        }
        if (all.empty()) return "";
        return in(
            {"；单凭这一项就可能定下：" + say_.list(all), "; by itself it may settle: " + say_.list(all)});
    }

    // "问申请人：城乡类别；授权核对：家庭月收入 → 可定：低保对象"
    std::string step_in_words(const QuestionStep& step) const {
        std::vector<std::string> parts;
        for (std::size_t begin = 0; begin < step.ask.size();) {
            const int cost = price_of(law_, case_, step.ask[begin]).cost;
            std::vector<FactKey> same;
            for (; begin < step.ask.size() && price_of(law_, case_, step.ask[begin]).cost == cost; ++begin)
                same.push_back(step.ask[begin]);
            const auto& [zh, en] = tellers.at(at(cost - 1));
            parts.push_back(in({zh, en}) + in({"：", ": "}) + say_.facts(same));
        }
        std::string text =
            say_.sentences(parts) + in({" → 可定：", " → settles: "}) + say_.categories(step.settles);
        if (!step.unset.empty())
            text += in({"（还须先设定：" + say_.facts(step.unset) + "）",
                        " (once set: " + say_.facts(step.unset) + ")"});
        return text;
    }

    void write_unset() {
        const NextQuestions questions = next_questions(law_, case_, answer_);
        if (questions.unset.empty()) return;
        page_.heading(in({"还缺的标准和规定（不必问申请人）",
                          "Figures and rules still to be set (no question to the applicant)"}));
        for (const Unset& one : questions.unset) {
            const Text title = title_of(law_, case_, one.what);
            const Text how = how_to_get(law_, one.what);
            const std::string hang = say_.categories(one.categories);
            line(1, {fmt::format("{}：{} → {}", title.zh, how.zh, hang),
                     fmt::format("{}: {} → {}", title.en, how.en, hang)});
        }
    }

    const policy::Law& law_;
    const Case& case_;
    const Determination& answer_;
    Phrases say_;
    Page page_;
};

}  // namespace

std::string explanation_brief(const Explained& explained, Lang lang) {
    return BriefWriter(explained, lang).write();
}

}  // namespace doudi::determine
