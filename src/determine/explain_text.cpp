// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "determine/explain.h"
#include "determine/expression_words.h"
#include "determine/price.h"
#include "determine/words.h"

namespace doudi::determine {

namespace {

using expr::Value;

class Writer {
  public:
    Writer(const Explained& explained, Lang lang)
        : law_(explained.law), case_(explained.told), answer_(explained.answer), lang_(lang) {}

    std::string write(const Text& pack_title) {
        write_head(pack_title);
        write_summary();
        write_categories();
        write_sets();
        write_benefits();
        write_following();
        write_missing();
        write_replay();
        return std::move(out_);
    }

  private:
    static std::size_t at(int index) { return static_cast<std::size_t>(index); }
    bool zh() const { return lang_ == Lang::zh; }
    const std::string& in(const Text& text) const { return text.in(lang_); }

    void line(int depth, const Text& text) {
        out_.append(at(depth) * 2, ' ');
        out_ += in(text);
        out_ += '\n';
    }
    void heading(const Text& text) {
        out_ += '\n';
        line(0, text);
    }

    std::string joined(const std::vector<std::string>& parts) const {
        std::string all;
        for (const std::string& part : parts) all += (all.empty() ? "" : zh() ? "、" : ", ") + part;
        return all;
    }
    std::string names(const std::vector<int>& members) const {
        std::vector<std::string> all;
        for (const int member : members) all.push_back(case_.members[at(member)].name);
        return joined(all);
    }
    std::string categories(const std::vector<int>& list) const {
        std::vector<std::string> all;
        for (const int category : list) all.push_back(in(law_.categories[at(category)].title));
        return joined(all);
    }
    std::string category_titles(const std::vector<std::string>& ids) const {
        std::vector<std::string> all;
        for (const std::string& id : ids) {
            const int category = law_.category_of(id);
            all.push_back(category < 0 ? id : in(law_.categories[at(category)].title));
        }
        return joined(all);
    }
    std::string fact_titles(const std::vector<FactKey>& keys) const {
        std::vector<std::string> all;
        for (const FactKey& key : keys) all.push_back(in(title_of(law_, case_, key)));
        return joined(all);
    }
    // The name of an authority or department, as its route says it.
    std::string route_title(std::string_view section, const std::string& id) const {
        const policy::RouteElement* route = law_.route_of(section, id);
        return route == nullptr ? id : in(route->title);
    }
    const char* sample_mark(bool sample) const {
        if (!sample) return "";
        return zh() ? "〔含样例数字〕" : " [sample figures]";
    }
    std::string words(const Value& value, const policy::FactDefinition* definition = nullptr) const {
        return in(value_in_words(value, definition));
    }

    void write_head(const Text& title) {
        const policy::Citation law{answer_.replay.pack, answer_.replay.pack_version, {}};
        const std::string name = case_.id.empty() ? case_.region : case_.id;
        line(0, {fmt::format("案卷 {}（区划 {}），以 {} 为准。规则：{}（{}@{}）", name, case_.region,
                             case_.as_of.iso(), title.zh, law.pack, law.version),
                 fmt::format("Case {} (region {}) as of {}. Rules: {} ({}@{})", name, case_.region,
                             case_.as_of.iso(), title.en, law.pack, law.version)});
        if (answer_.sample)
            line(0, {"注意：结论用到了样例数字（虚构），不能作为正式依据。",
                     "Note: invented sample figures decided something; this is no official answer."});
        if (answer_.ask_first) {
            const Text what = title_of(law_, case_, *answer_.ask_first);
            const Text how = how_to_get(law_, *answer_.ask_first);
            line(0, {fmt::format("首先要弄清：{}（{}）", what.zh, how.zh),
                     fmt::format("Ask first: {} ({})", what.en, how.en)});
        }
    }

    // --- what is read out first ---

    // A category once, with the members of whom it is said where it is one of persons.
    std::string said_of(Verdict verdict) const {
        std::vector<std::string> all;
        for (std::size_t c = 0; c < law_.categories.size(); ++c) {
            std::vector<int> who;
            bool any = false;
            for (const CategoryAnswer& answer : answer_.categories) {
                if (at(answer.category) != c || answer.verdict != verdict) continue;
                any = true;
                if (answer.member >= 0) who.push_back(answer.member);
            }
            if (!any) continue;
            const std::string whose =
                who.empty() ? "" : fmt::format(fmt::runtime(zh() ? "（{}）" : " ({})"), names(who));
            all.push_back(in(law_.categories[c].title) + whose);
        }
        return joined(all);
    }
    void write_summary() {
        const std::tuple<Verdict, const char*, const char*> lines[] = {
            {Verdict::yes, "符合", "holds"},
            {Verdict::no, "不符合", "does not hold"},
            {Verdict::unknown, "还不能确定", "not settled yet"},
            {Verdict::fault, "规则出错，须由人工处理", "a fault of the rules: a person must look"}};
        heading({"结论（由经办人核实决定）", "In short (a person decides)"});
        for (const auto& [verdict, zh, en] : lines) {
            const std::string what = said_of(verdict);
            if (!what.empty()) line(1, {fmt::format("{}：{}", zh, what), fmt::format("{}: {}", en, what)});
        }
    }

    // --- categories ---

    void write_categories() {
        heading({"一、类别", "1. Categories"});
        for (const CategoryAnswer& answer : answer_.categories) write_category(answer);
    }

    std::string subject(int member) const {
        if (member < 0) return "";
        return fmt::format(fmt::runtime(zh() ? "（{}）" : " ({})"), case_.members[at(member)].name);
    }

    void write_category(const CategoryAnswer& answer) {
        const policy::Category& category = law_.categories[at(answer.category)];
        const Text verdict = verdict_in_words(answer.verdict);
        line(1, {fmt::format("{}{}：{}{}（依据 {}）", category.title.zh, subject(answer.member), verdict.zh,
                             sample_mark(answer.sample), category.cite.text()),
                 fmt::format("{}{}: {}{} ({})", category.title.en, subject(answer.member), verdict.en,
                             sample_mark(answer.sample), category.cite.text())});
        write_cover(answer);
        for (const LineAnswer& one : answer.lines) write_line(one, false);
        if (answer.unless && !answer.unless->value.is_false()) write_line(*answer.unless, true);
        if (category.when.empty()) {
            const FactKey rule{FactKey::Kind::open_rule, category.subject, -1, category.id};
            const Text how = how_to_get(law_, rule);
            line(2, {fmt::format("认定规则：{}", how.zh), fmt::format("its rule: {}", how.en)});
        }
        write_need(answer.missing);
        if (answer.verdict == Verdict::yes) write_confirmation(category);
        write_changes(answer);
        write_facts(answer.used);
    }

    void write_cover(const CategoryAnswer& answer) {
        if (!answer.covers.empty())
            line(2, {fmt::format("覆盖成员：{}", names(answer.covers)),
                     fmt::format("covers: {}", names(answer.covers))});
        if (!answer.maybe_covers.empty())
            line(2, {fmt::format("是否覆盖未知：{}", names(answer.maybe_covers)),
                     fmt::format("perhaps covers: {}", names(answer.maybe_covers))});
    }

    Text mark_of(const Value& value, bool is_exception) const {
        if (value.is_unknown()) return {"未知", "unknown"};
        if (value.is_error()) return {"出错", "fault"};
        if (is_exception)
            return value.is_true() ? Text{"属除外情形", "excluded"} : Text{"不属除外情形", "not excluded"};
        return value.is_true() ? Text{"符合", "met"} : Text{"不符合", "not met"};
    }

    void write_line(const LineAnswer& answer, bool is_exception) {
        const Text mark = mark_of(answer.value, is_exception);
        const bool said = !answer.line->say.zh.empty();
        const Text what = said ? answer.line->say : expression_in_words(law_, answer.line->text);
        line(2, {fmt::format("［{}］{}（依据 {}）", mark.zh, what.zh, answer.line->cite.text()),
                 fmt::format("[{}] {} ({})", mark.en, what.en, answer.line->cite.text())});
        for (const Figure& figure : answer.figures) {
            if (figure.left.is_unknown() || figure.right.is_unknown()) continue;  // said below
            write_figure(figure);
        }
        if (!answer.missing.empty())
            line(3, {fmt::format("取决于：{}", fact_titles(answer.missing)),
                     fmt::format("hangs on: {}", fact_titles(answer.missing))});
    }

    // A comparison in words, then what stands on its sides; a bare number is not said twice.
    void write_figure(const Figure& figure) {
        const Text what = expression_in_words(law_, figure.text);
        const auto sides = [&](const std::string& sentence) {
            std::string both = words(figure.left);
            const std::string right = words(figure.right);
            if (!sentence.ends_with(" " + right)) both += (zh() ? "；" : "; ") + right;
            return both;
        };
        const bool holds = figure.truth.is_true();
        const std::string fault = figure.truth.is_false() || holds ? "" : words(figure.truth);
        line(3, {fmt::format("{}（{}）：{}", what.zh, sides(what.zh),
                             !fault.empty() ? fault
                             : holds        ? "成立"
                                            : "不成立"),
                 fmt::format("{} ({}): {}", what.en, sides(what.en),
                             !fault.empty() ? fault
                             : holds        ? "holds"
                                            : "does not hold")});
    }

    void write_need(const Missing& missing) {
        if (missing.smallest.empty()) return;
        line(2, {fmt::format("弄清以下 {} 项即可得出结论{}：{}", missing.smallest.size(),
                             missing.is_exact ? "" : "（候选过多，未必最少）", fact_titles(missing.smallest)),
                 fmt::format("settled by these {}{}: {}", missing.smallest.size(),
                             missing.is_exact ? "" : " (too many candidates: perhaps not the fewest)",
                             fact_titles(missing.smallest))});
    }

    void write_confirmation(const policy::Category& category) {
        std::string zh;
        std::string en;
        if (!category.confirmed_by.empty()) {
            const std::string who = route_title("authorities", category.confirmed_by);
            zh += "由" + who + "确认";
            en += "confirmed by " + who;
        }
        if (category.valid_months) {
            zh += fmt::format("{}有效期 {} 个月", zh.empty() ? "" : "；", *category.valid_months);
            en += fmt::format("{}valid for {} months", en.empty() ? "" : "; ", *category.valid_months);
        }
        if (!zh.empty()) line(2, {zh, en});
        for (const policy::RouteElement& clock : law_.routes) {
            const std::string* of = clock.field("of");
            // The other clocks of a procedure are the office's; the JSON has them all.
            if (clock.section != "clocks" || clock.id != "confirmation" || of == nullptr ||
                *of != category.id)
                continue;
            const Text limit = clock_in_words(clock);
            line(2, {fmt::format("时限：{}（依据 {}）", limit.zh, clock.cite.text()),
                     fmt::format("{} ({})", limit.en, clock.cite.text())});
        }
    }

    static Text clock_in_words(const policy::RouteElement& clock) {
        const auto field = [&](std::string_view key) {
            const std::string* value = clock.field(key);
            return value == nullptr ? std::string() : *value;
        };
        const bool months = !field("months").empty();
        const bool working = field("kind") == "working";
        const Text unit = months    ? Text{" 个月", " months"}
                          : working ? Text{" 个工作日", " working days"}
                                    : Text{" 日", " days"};
        const std::string count = months ? field("months") : field("days");
        const Text from = from_word(field("from"));
        return {fmt::format("{} 之后 {}{}内", from.zh, count, unit.zh),
                fmt::format("within {}{} from {}", count, unit.en, from.en)};
    }

    void write_changes(const CategoryAnswer& answer) {
        constexpr std::size_t most_shown = 3;
        for (std::size_t i = 0; i < std::min(answer.changes.size(), most_shown); ++i)
            line(2, {"若" + answer.changes[i].say.zh, "if " + answer.changes[i].say.en});
    }

    void write_facts(const std::vector<UsedFact>& used) {
        std::vector<std::string> all;
        for (const UsedFact& fact : used) {
            if (fact.value.is_unknown()) continue;  // stands with what is missing
            std::string text =
                in(title_of(law_, case_, fact.key)) + " " + words(fact.value, definition_of(law_, fact.key));
            std::vector<std::string> notes;
            if (!fact.source.empty())
                notes.push_back(fact.source == "case" ? zh() ? "案卷" : "case" : fact.source);
            if (fact.as_of && !fact.source.empty()) notes.push_back(fact.as_of->iso());
            if (fact.sample) notes.push_back(zh() ? "样例" : "sample");
            if (!notes.empty()) text += fmt::format(fmt::runtime(zh() ? "（{}）" : " ({})"), joined(notes));
            all.push_back(std::move(text));
        }
        std::string list;
        for (const std::string& one : all) list += (list.empty() ? "" : zh() ? "；" : "; ") + one;
        if (!list.empty()) line(2, {fmt::format("依据的事实：{}", list), fmt::format("facts: {}", list)});
    }

    // --- members ---

    void write_sets() {
        heading({"二、每个成员的类别", "2. The categories of each member"});
        for (std::size_t i = 0; i < answer_.sets.size(); ++i) {
            const MemberSet& set = answer_.sets[i];
            std::string all = categories(set.categories);
            if (set.exclusive_undecided)
                all += fmt::format(
                    fmt::runtime(zh() ? "{}尚未确定（可能是：{}）" : "{}not decided yet (perhaps: {})"),
                    all.empty() ? ""
                    : zh()      ? "；"
                                : "; ",
                    categories(set.undecided));
            if (all.empty()) all = zh() ? "不属于任何类别" : "none";
            line(1, {fmt::format("{}：{}", case_.members[i].name, all),
                     fmt::format("{}: {}", case_.members[i].name, all)});
        }
    }

    // --- benefits ---

    void write_benefits() {
        heading({"三、可以得到的救助", "3. What follows"});
        bool none = true;
        std::vector<std::string> refused;
        for (std::size_t i = 0; i < answer_.benefits.size(); ++i) {
            const BenefitAnswer& first = answer_.benefits[i];
            std::size_t end = i + 1;
            while (end < answer_.benefits.size() && answer_.benefits[end].benefit == first.benefit) ++end;
            none = !write_benefit(i, end) && none;
            i = end - 1;
        }
        if (none) line(1, {"目前没有", "nothing at present"});
    }

    // The answers of one benefit; those that read alike stand together. True if one is yes or unknown.
    bool write_benefit(std::size_t begin, std::size_t end) {
        std::vector<std::pair<std::string, std::vector<const BenefitAnswer*>>> groups;
        for (std::size_t i = begin; i < end; ++i) {
            const BenefitAnswer& one = answer_.benefits[i];
            if (one.verdict == Verdict::no) continue;
            const std::string what = grant_words(one);
            const auto same = std::ranges::find_if(groups, [&](const auto& group) {
                return group.first == what && group.second[0]->verdict == one.verdict &&
                       group.second[0]->sample == one.sample;
            });
            if (same != groups.end()) {
                same->second.push_back(&one);
            } else {
                groups.emplace_back(what, std::vector<const BenefitAnswer*>{&one});
            }
        }
        for (const auto& [what, answers] : groups) write_benefit_group(what, answers);
        return !groups.empty();
    }

    void write_benefit_group(const std::string& what, const std::vector<const BenefitAnswer*>& answers) {
        const BenefitAnswer& first = *answers[0];
        const policy::Benefit& benefit = law_.benefits[at(first.benefit)];
        std::vector<int> who;
        for (const BenefitAnswer* answer : answers)
            if (answer->member >= 0) who.push_back(answer->member);
        const std::string whose =
            who.empty() ? "" : fmt::format(fmt::runtime(zh() ? "（{}）" : " ({})"), names(who));
        const Text verdict = verdict_in_words(first.verdict);
        line(1, {fmt::format("{}{}：{}{}{}（依据 {}）", benefit.title.zh, whose, verdict.zh, what,
                             sample_mark(first.sample), benefit.cite.text()),
                 fmt::format("{}{}: {}{}{} ({})", benefit.title.en, whose, verdict.en, what,
                             sample_mark(first.sample), benefit.cite.text())});
        for (const BenefitAnswer* answer : answers) write_benefit_need(*answer, who.size() > 1);
        if (first.verdict == Verdict::yes) write_service(benefit);
    }

    // Of a category that is not settled its own paragraph says what is missing.
    void write_benefit_need(const BenefitAnswer& answer, bool among_others) {
        if (answer.missing.smallest.empty()) return;
        if (answer.verdict == Verdict::yes) return write_need(answer.missing);
        std::vector<std::string> all;
        const policy::Benefit& benefit = law_.benefits[at(answer.benefit)];
        if (answer.through.empty() && !benefit.for_anyone) {
            for (const int category : answer.open_categories)
                all.push_back(in(law_.categories[at(category)].title));
        }
        std::vector<FactKey> own;
        for (const LineAnswer& line : answer.lines)
            own.insert(own.end(), line.missing.begin(), line.missing.end());
        if (answer.unless)
            own.insert(own.end(), answer.unless->missing.begin(), answer.unless->missing.end());
        sort_by_price(law_, case_, own);
        for (const FactKey& key : own) all.push_back(in(title_of(law_, case_, key)));
        const std::string whose = among_others ? subject(answer.member) : "";
        line(2, {fmt::format("取决于{}：{}", whose, joined(all)),
                 fmt::format("hangs{} on: {}", whose, joined(all))});
    }

    std::string grant_words(const BenefitAnswer& answer) const {
        if (answer.grant == nullptr) return "";
        std::string text;
        if (answer.amount) {
            const std::string every = answer.grant->every;
            const Text period = every == "month"  ? Text{"每月 ", " a month"}
                                : every == "year" ? Text{"每年 ", " a year"}
                                : every == "once" ? Text{"一次 ", " once"}
                                                  : Text{};
            text += zh() ? fmt::format("，{}{}", period.zh, words(*answer.amount))
                         : fmt::format(", {}{}", words(*answer.amount), period.en);
        }
        if (answer.share)
            text += zh() ? fmt::format("，{}的 {}", answer.grant->of.zh, percent(*answer.share))
                         : fmt::format(", {} of {}", percent(*answer.share), answer.grant->of.en);
        return text;
    }

    std::string percent(const Value& share) const {
        if (!share.is(expr::TypeKind::ratio)) return words(share);
        const auto hundredfold = share.as_rational().times({100, 1});
        return hundredfold ? decimal_of(*hundredfold, 4).text + "%" : words(share);
    }

    void write_service(const policy::Benefit& benefit) {
        std::string zh;
        std::string en;
        const auto add = [](std::string& text, const char* mark, const std::string& part) {
            text += (text.empty() ? "" : mark) + part;
        };
        if (!benefit.department.empty()) {
            const std::string who = route_title("departments", benefit.department);
            add(zh, "；", "部门：" + who);
            add(en, "; ", "department: " + who);
        }
        if (!benefit.channel.zh.empty()) {
            add(zh, "；", "渠道：" + benefit.channel.zh);
            add(en, "; ", "channel: " + benefit.channel.en);
        }
        if (benefit.within) {
            const Text limit = limit_in_words(*benefit.within);
            add(zh, "；", fmt::format("时限：{} 之后 {}内", from_word(benefit.within->from).zh, limit.zh));
            add(en, "; ", fmt::format("within {} from {}", limit.en, from_word(benefit.within->from).en));
        }
        if (benefit.follow_up) {
            const Text what = benefit.follow_up->what == "explanation"
                                  ? Text{"事后补交说明", "an explanation follows"}
                                  : Text{"事后补齐材料", "papers follow"};
            add(zh, "；", what.zh);
            add(en, "; ", what.en);
        }
        if (!zh.empty()) line(2, {zh, en});
    }

    static Text from_word(const std::string& from) {
        if (from == "acceptance") return {"受理", "acceptance"};
        if (from == "confirmation") return {"确认", "confirmation"};
        if (from == "notice") return {"告知", "the notice"};
        if (from == "review_end") return {"审核结束", "the end of the review"};
        if (from == "event") return {"事件发生", "the event"};
        return {from, from};
    }

    // --- leaving ---

    void write_following() {
        if (answer_.transfers.empty() && answer_.watches.empty()) return;
        heading({"四、退出之后", "4. After leaving or a refusal"});
        for (const TransferAnswer& transfer : answer_.transfers) write_transfer(transfer);
        for (const WatchAnswer& watch : answer_.watches) write_watch(watch);
    }

    void write_transfer(const TransferAnswer& transfer) {
        using Consent = TransferAnswer::Consent;
        const Text consent = transfer.consent == Consent::not_needed ? Text{"无须同意", "no consent needed"}
                             : transfer.consent == Consent::given    ? Text{"已同意", "consent is given"}
                             : transfer.consent == Consent::refused  ? Text{"不同意", "consent is refused"}
                                                                    : Text{"须征得同意", "consent is needed"};
        const std::vector<std::string> from{transfer.from};
        const std::string to = transfer.to.empty() ? zh() ? "没有符合的类别" : "no category that fits"
                                                   : category_titles(transfer.to);
        line(1, {fmt::format("退出{}，可转入：{}；{}；{}（依据 {}）", category_titles(from), to, consent.zh,
                             transfer.repeat_papers ? "须重新提交材料" : "不再重复提交材料",
                             transfer.cite.text()),
                 fmt::format("leaving {}: may go to {}; {}; {} ({})", category_titles(from), to, consent.en,
                             transfer.repeat_papers ? "papers are filed anew" : "no papers are filed again",
                             transfer.cite.text())});
        if (!transfer.maybe_to.empty())
            line(2, {fmt::format("是否可转入未知：{}", category_titles(transfer.maybe_to)),
                     fmt::format("perhaps: {}", category_titles(transfer.maybe_to))});
    }

    void write_watch(const WatchAnswer& watch) {
        Text until{"期限未知", "its end is not known"};
        if (watch.is_forever) until = {"不设期限", "without a term"};
        if (watch.until) until = {"至 " + watch.until->iso(), "until " + watch.until->iso()};
        const bool phase_out = watch.kind == WatchAnswer::Kind::phase_out;
        line(
            1,
            {fmt::format("{}（{}）：{}{}（依据 {}）", phase_out ? "渐退期" : "继续监测",
                         category_titles(watch.of), until.zh, sample_mark(watch.sample), watch.cite.text()),
             fmt::format("{} ({}): {}{} ({})", phase_out ? "phase-out" : "still watched",
                         category_titles(watch.of), until.en, sample_mark(watch.sample), watch.cite.text())});
        if (!watch.missing) return;
        line(2, {fmt::format("还缺：{}（{}）", title_of(law_, case_, *watch.missing).zh,
                             how_to_get(law_, *watch.missing).zh),
                 fmt::format("missing: {} ({})", title_of(law_, case_, *watch.missing).en,
                             how_to_get(law_, *watch.missing).en)});
    }

    // --- what is missing, and the key ---

    void write_missing() {
        if (answer_.missing.empty()) return;
        heading({"五、还缺什么（先易后难）", "5. What is missing (the easiest first)"});
        for (const FactKey& key : answer_.missing) {
            const Text title = title_of(law_, case_, key);
            const Text how = how_to_get(law_, key);
            const std::string why = key.kind == FactKey::Kind::fact ? why_unknown(key) : "";
            line(1, {fmt::format("{}：{}{}", title.zh, how.zh, why),
                     fmt::format("{}: {}{}", title.en, how.en, why)});
        }
    }

    std::string why_unknown(const FactKey& key) const {
        const ToldFacts& facts = key.of == policy::Subject::person ? case_.members[at(key.member)].facts
                                 : key.of == policy::Subject::application ? case_.application.facts
                                                                          : case_.household;
        const auto told = facts.find(key.id);
        if (told == facts.end()) return "";
        std::string why = told->second.why_unknown;
        if (why.empty()) why = silence_of(key);
        for (const ToldFact& one : told->second.conflicting) {
            why += fmt::format("{}{} {}",
                               why.empty() ? ""
                               : zh()      ? "；"
                                           : "; ",
                               one.source, words(one.value, definition_of(law_, key)));
        }
        return why.empty() ? "" : fmt::format(fmt::runtime(zh() ? "（{}）" : " ({})"), why);
    }

    // Why what was told does not count: it is too old, in conflict, not authorised.
    std::string silence_of(const FactKey& key) const {
        for (const CategoryAnswer& answer : answer_.categories) {
            const auto used = std::ranges::find(answer.used, key, &UsedFact::key);
            if (used != answer.used.end()) return in(silence_in_words(used->silence));
        }
        return "";
    }

    void write_replay() {
        const ReplayKey& key = answer_.replay;
        out_ += '\n';
        const auto brief = [](const std::string& hash) { return hash.empty() ? "-" : hash.substr(0, 12); };
        const std::string text = fmt::format(
            "{} {}@{} {} {} {} {} {}", key.as_of.iso(), key.pack, key.pack_version, brief(key.pack_hash),
            brief(key.parameters_hash), brief(key.calendar_hash), brief(key.case_hash), key.engine);
        line(0, {"复算标识：" + text, "replay key: " + text});
    }

    const policy::Law& law_;
    const Case& case_;
    const Determination& answer_;
    Lang lang_;
    std::string out_;
};

}  // namespace

std::string explanation_text(const Explained& explained, Lang lang) {
    return Writer(explained, lang).write(explained.pack_title);
}

}  // namespace doudi::determine
