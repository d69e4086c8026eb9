// SPDX-License-Identifier: Apache-2.0
#include "determine/explain_phrases.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "determine/expression_words.h"
#include "determine/price.h"
#include "determine/words.h"

namespace doudi::determine {

using expr::Value;

namespace {

std::size_t at(int index) {
    return static_cast<std::size_t>(index);
}

// From when a time limit runs. A word that is not here is shown as the pack writes it.
Text moment(const std::string& from) {
    struct Known {
        std::string_view id;
        const char *zh, *en;
    };
    constexpr std::array known{Known{"acceptance", "受理", "acceptance"},
                               Known{"confirmation", "确认", "confirmation"},
                               Known{"decision", "作出决定", "the decision"},
                               Known{"event", "事件发生", "the event"},
                               Known{"initial_review", "初审", "the first review"},
                               Known{"notice", "告知", "the notice"},
                               Known{"objection", "提出异议", "the objection"},
                               Known{"payment", "发放", "payment"},
                               Known{"push", "推送", "the push"},
                               Known{"review_end", "审核结束", "the end of the review"}};
    const auto found = std::ranges::find(known, from, &Known::id);
    return found == known.end() ? Text{from, from} : Text{found->zh, found->en};
}

}  // namespace

void Page::line(int depth, const std::string& text) {
    out_.append(at(depth) * 2, ' ');
    out_ += text;
    out_ += '\n';
}

void Page::gap() {
    out_ += '\n';
}

void Page::heading(const std::string& text) {
    gap();
    line(0, text);
}

// --- names
// -----------------------------------------------------------------------------------------------------------

std::string Phrases::list(const std::vector<std::string>& parts) const {
    std::string all;
    for (const std::string& part : parts) all += (all.empty() ? "" : zh() ? "、" : ", ") + part;
    return all;
}

std::string Phrases::sentences(const std::vector<std::string>& parts) const {
    std::string all;
    for (const std::string& part : parts) all += (all.empty() ? "" : zh() ? "；" : "; ") + part;
    return all;
}

std::string Phrases::names(const std::vector<int>& members) const {
    std::vector<std::string> all;
    for (const int member : members) all.push_back(explained_.told.members[at(member)].name);
    return list(all);
}

std::string Phrases::of(const std::vector<int>& members) const {
    if (members.empty()) return "";
    return fmt::format(fmt::runtime(zh() ? "（{}）" : " ({})"), names(members));
}

bool Phrases::are_all(const std::vector<int>& members) const {
    return members.size() > 1 && members.size() == explained_.told.members.size();
}

std::string Phrases::of(int member) const {
    return member < 0 ? "" : of(std::vector<int>{member});
}

std::string Phrases::categories(const std::vector<int>& indices) const {
    std::vector<std::string> all;
    for (const int category : indices) all.push_back(in(explained_.law.categories[at(category)].title));
    return list(all);
}

std::string Phrases::categories(const std::vector<std::string>& ids) const {
    std::vector<std::string> all;
    for (const std::string& id : ids) {
        const int category = explained_.law.category_of(id);
        all.push_back(category < 0 ? id : in(explained_.law.categories[at(category)].title));
    }
    return list(all);
}

std::vector<std::string> Phrases::each_fact(const std::vector<FactKey>& keys) const {
    std::vector<std::pair<FactKey, std::vector<int>>> merged;
    for (const FactKey& key : keys) {
        auto same = std::ranges::find_if(merged, [&](const auto& one) {
            return one.first.kind == key.kind && one.first.of == key.of && one.first.id == key.id;
        });
        if (same == merged.end()) same = merged.insert(merged.end(), {key, {}});
        if (key.member >= 0) same->second.push_back(key.member);
    }
    std::vector<std::string> all;
    for (const auto& [key, whose] : merged) {
        const bool of_several = whose.size() > 1;
        const Text title =
            of_several ? bare_title(explained_.law, key) : title_of(explained_.law, explained_.told, key);
        const std::string names = are_all(whose) ? in({"（每人）", " (each)"}) : of(whose);
        all.push_back(in(title) + (of_several ? names : ""));
    }
    return all;
}

std::string Phrases::facts(const std::vector<FactKey>& keys) const {
    return list(each_fact(keys));
}

std::string Phrases::route(std::string_view section, const std::string& id) const {
    const policy::RouteElement* route = explained_.law.route_of(section, id);
    return route == nullptr ? id : in(route->title);
}

std::string Phrases::sample_mark(bool sample) const {
    if (!sample) return "";
    return zh() ? "〔含样例数字〕" : " [sample figures]";
}

std::string Phrases::words(const Value& value, const policy::FactDefinition* definition) const {
    return in(value_in_words(value, definition));
}

std::string Phrases::line(const policy::ConditionLine& line) const {
    return in(line.say.zh.empty() ? expression_in_words(explained_.law, line.text) : line.say);
}

std::string Phrases::cited(const policy::Citation& cite) const {
    return fmt::format(fmt::runtime(zh() ? "（依据 {}）" : " ({})"), cite.text());
}

std::string Phrases::set(const MemberSet& set) const {
    std::vector<std::string> parts;
    if (!set.categories.empty()) parts.push_back(categories(set.categories));
    if (set.exclusive_undecided) {
        const std::string perhaps = categories(set.undecided);
        parts.push_back(in({fmt::format("尚未确定（可能是：{}）", perhaps),
                            fmt::format("not decided yet (perhaps: {})", perhaps)}));
    }
    return parts.empty() ? in({"不属于任何类别", "none"}) : sentences(parts);
}

// --- the frame
// -------------------------------------------------------------------------------------------------------

void Phrases::put_head(Page& page) const {
    const Case& told = explained_.told;
    const Determination& answer = explained_.answer;
    const std::string rules = answer.replay.pack + "@" + answer.replay.pack_version;
    const std::string name = told.id.empty() ? told.region : told.id;
    page.line(0, in({fmt::format("案卷 {}（区划 {}），以 {} 为准。规则：{}（{}）", name, told.region,
                                 told.as_of.iso(), explained_.pack_title.zh, rules),
                     fmt::format("Case {} (region {}) as of {}. Rules: {} ({})", name, told.region,
                                 told.as_of.iso(), explained_.pack_title.en, rules)}));
    if (answer.sample)
        page.line(0, in({"注意：结论用到了样例数字（虚构），不能作为正式依据。",
                         "Note: invented sample figures decided something; this is no official answer."}));
}

void Phrases::put_replay(Page& page) const {
    const ReplayKey& key = explained_.answer.replay;
    const auto brief = [](const std::string& hash) { return hash.empty() ? "-" : hash.substr(0, 12); };
    std::string text = fmt::format("{} {}@{} {} {} {} {} {}", key.as_of.iso(), key.pack, key.pack_version,
                                   brief(key.pack_hash), brief(key.parameters_hash), brief(key.calendar_hash),
                                   brief(key.case_hash), key.engine);
    if (key.enactment != 0) text += fmt::format(" #{}", key.enactment);
    page.gap();
    page.line(0, in({"复算标识：" + text, "replay key: " + text}));
}

// --- amounts and limits
// ----------------------------------------------------------------------------------------------

std::string Phrases::percent(const Value& share) const {
    if (!share.is(expr::TypeKind::ratio)) return words(share);
    const auto hundredfold = share.as_rational().times({100, 1});
    return hundredfold ? decimal_of(*hundredfold, 4).text + "%" : words(share);
}

std::string Phrases::grant(const BenefitAnswer& answer) const {
    if (answer.grant == nullptr) return "";
    std::string text;
    if (answer.amount) {
        const std::string& every = answer.grant->every;
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

std::string Phrases::within(const std::string& from, const std::string& limit) const {
    return in({fmt::format("应于{}后 {}内", moment(from).zh, limit),
               fmt::format("within {} from {}", limit, moment(from).en)});
}

std::string Phrases::service(const policy::Benefit& benefit) const {
    std::vector<std::string> parts;
    if (!benefit.department.empty()) {
        const std::string who = route("departments", benefit.department);
        parts.push_back(in({"部门：" + who, "department: " + who}));
    }
    if (!benefit.channel.zh.empty())
        parts.push_back(in({"渠道：" + benefit.channel.zh, "channel: " + benefit.channel.en}));
    if (benefit.within) parts.push_back(within(benefit.within->from, in(limit_in_words(*benefit.within))));
    if (benefit.follow_up) {
        const bool explains = benefit.follow_up->what == "explanation";
        parts.push_back(in(explains ? Text{"事后补交说明", "an explanation follows"}
                                    : Text{"事后补齐材料", "papers follow"}));
    }
    return sentences(parts);
}

std::string Phrases::confirmation(const policy::Category& category) const {
    std::vector<std::string> parts;
    if (!category.confirmed_by.empty()) {
        const std::string who = route("authorities", category.confirmed_by);
        parts.push_back(in({"由" + who + "确认", "confirmed by " + who}));
    }
    if (category.valid_months)
        parts.push_back(in({fmt::format("有效期 {} 个月", *category.valid_months),
                            fmt::format("valid for {} months", *category.valid_months)}));
    return sentences(parts);
}

// A number, or the figure of a parameter, or who has to set it.
std::string Phrases::count_of(const policy::RouteElement& clock) const {
    constexpr std::string_view prefix = "param.";
    const std::string* written = clock.field("days");
    if (written == nullptr) written = clock.field("months");
    if (written == nullptr || !written->starts_with(prefix)) return written == nullptr ? "" : *written;
    const policy::Law& law = explained_.law;
    const int parameter = law.parameter_of(written->substr(prefix.size()));
    const policy::ParameterValue* value =
        parameter < 0 ? nullptr : law.value_of(parameter, explained_.told.region, {}, explained_.told.as_of);
    if (value != nullptr) return words(value->value);
    if (parameter < 0) return *written;
    const Text unset = how_to_get(
        law, {FactKey::Kind::parameter, policy::Subject::household, -1, law.parameters[at(parameter)].id});
    return in({"（" + unset.zh + "）", "(" + unset.en + ")"});
}

// Every limit of the procedure of a category or benefit, as the pack states it.
std::vector<std::string> Phrases::clocks(const std::string& subject) const {
    std::vector<std::string> all;
    for (const policy::RouteElement& clock : explained_.law.routes) {
        const std::vector<std::string>* of = clock.list("of");
        if (clock.section != "clocks" || of == nullptr || std::ranges::find(*of, subject) == of->end())
            continue;
        const std::string* kind = clock.field("kind");
        const Text unit = clock.field("months") != nullptr        ? Text{" 个月", " months"}
                          : kind != nullptr && *kind == "working" ? Text{" 个工作日", " working days"}
                                                                  : Text{" 日", " days"};
        const std::string* from = clock.field("from");
        all.push_back(fmt::format(fmt::runtime(zh() ? "{}：{}{}" : "{}: {}{}"), in(clock.title),
                                  within(from == nullptr ? "" : *from, count_of(clock) + in(unit)),
                                  cited(clock.cite)));
    }
    return all;
}

// --- leaving
// ---------------------------------------------------------------------------------------------------------

void Phrases::put_following(Page& page, const std::string& heading) const {
    if (explained_.answer.transfers.empty() && explained_.answer.watches.empty()) return;
    page.heading(heading);
    for (const TransferAnswer& transfer : explained_.answer.transfers) put_transfer(page, transfer);
    for (const WatchAnswer& watch : explained_.answer.watches) put_watch(page, watch);
}

void Phrases::put_transfer(Page& page, const TransferAnswer& transfer) const {
    using Consent = TransferAnswer::Consent;
    const Text consent = transfer.consent == Consent::not_needed ? Text{"无须同意", "no consent needed"}
                         : transfer.consent == Consent::given    ? Text{"已同意", "consent is given"}
                         : transfer.consent == Consent::refused  ? Text{"不同意", "consent is refused"}
                                                                 : Text{"须征得同意", "consent is needed"};
    const std::vector<std::string> from{transfer.from};
    const std::string to =
        transfer.to.empty() ? in({"没有符合的类别", "no category that fits"}) : categories(transfer.to);
    page.line(
        1, in({fmt::format("退出{}，可转入：{}；{}；{}", categories(from), to, consent.zh,
                           transfer.repeat_papers ? "须重新提交材料" : "不再重复提交材料"),
               fmt::format("leaving {}: may go to {}; {}; {}", categories(from), to, consent.en,
                           transfer.repeat_papers ? "papers are filed anew" : "no papers are filed again")}) +
               cited(transfer.cite));
    if (!transfer.maybe_to.empty())
        page.line(2, in({"是否可转入还不能确定：", "perhaps: "}) + categories(transfer.maybe_to));
}

void Phrases::put_watch(Page& page, const WatchAnswer& watch) const {
    Text until{"期限还不能确定", "its end is not known"};
    if (watch.is_forever) until = {"不设期限", "without a term"};
    if (watch.until) until = {"至 " + watch.until->iso(), "until " + watch.until->iso()};
    const bool phase_out = watch.kind == WatchAnswer::Kind::phase_out;
    page.line(
        1, in({fmt::format("{}（{}）：{}", phase_out ? "渐退期" : "继续监测", categories(watch.of), until.zh),
               fmt::format("{} ({}): {}", phase_out ? "phase-out" : "still watched", categories(watch.of),
                           until.en)}) +
               sample_mark(watch.sample) + cited(watch.cite));
    if (!watch.missing) return;
    const Text title = title_of(explained_.law, explained_.told, *watch.missing);
    const Text how = how_to_get(explained_.law, *watch.missing);
    page.line(2, in({fmt::format("还缺：{}（{}）", title.zh, how.zh),
                     fmt::format("missing: {} ({})", title.en, how.en)}));
}

// --- benefits
// --------------------------------------------------------------------------------------------------------

std::vector<BenefitGroup> benefit_groups(const Phrases& say, const Determination& answer) {
    std::vector<BenefitGroup> groups;
    for (const BenefitAnswer& one : answer.benefits) {
        const std::string what = say.grant(one);
        auto same = std::ranges::find_if(groups, [&](const BenefitGroup& group) {
            return group.benefit == one.benefit && group.what == what && group.verdict == one.verdict &&
                   group.sample == one.sample;
        });
        if (same == groups.end())
            same = groups.insert(groups.end(), {one.benefit, one.verdict, what, one.sample, {}, {}});
        if (one.member >= 0) same->members.push_back(one.member);
        same->answers.push_back(&one);
    }
    return groups;
}

std::vector<std::string> open_categories(const Phrases& say, const policy::Law& law,
                                         const BenefitAnswer& answer) {
    std::vector<std::string> titles;
    if (!answer.through.empty() || law.benefits[at(answer.benefit)].for_anyone) return titles;
    for (const int category : answer.open_categories)
        titles.push_back(say.categories(std::vector<int>{category}));
    return titles;
}

std::vector<FactKey> own_missing(const policy::Law& law, const Case& told, const BenefitAnswer& answer) {
    std::vector<FactKey> own;
    for (const LineAnswer& line : answer.lines)
        own.insert(own.end(), line.missing.begin(), line.missing.end());
    if (answer.unless) own.insert(own.end(), answer.unless->missing.begin(), answer.unless->missing.end());
    sort_by_price(law, told, own);
    return own;
}

}  // namespace doudi::determine
