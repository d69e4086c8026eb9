// SPDX-License-Identifier: Apache-2.0
// One move of a machine, and what follows of it by itself: cases that it starts, cases that go on with it,
// the case that it goes into, cases that it draws.
#include <fmt/format.h>

#include "policy/procedure_sections.h"

namespace doudi::policy {

std::vector<FieldIs> conditions_at(const YamlRecord& record, std::string_view key) {
    std::vector<FieldIs> conditions;
    const YamlValue* value = record.find(key);
    if (value == nullptr) return conditions;
    for (const YamlEntry& entry : value->entries()) {
        FieldIs is{entry.key, {}};
        for (const YamlValue& word : entry.value.one_or_list())
            if (auto text = word.text()) is.words.push_back(*std::move(text));
        conditions.push_back(std::move(is));
    }
    return conditions;
}

namespace {

using Told = std::vector<std::pair<std::string, std::string>>;

Told told_at(const YamlRecord& record, std::string_view key) {
    Told told;
    const YamlValue* value = record.find(key);
    if (value == nullptr) return told;
    for (const YamlEntry& entry : value->entries())
        told.emplace_back(entry.key, entry.value.text().value_or(""));
    return told;
}

std::string parameter_at(const YamlValue& value, const Law& law) {
    std::string id = value.text().value_or("");
    if (is_known_id(value, id, law.parameters, "unknown_parameter", "参数", "parameter")) return id;
    return {};
}

Told bounds_at(const YamlRecord& record, const Law& law) {
    Told bounds;
    const YamlValue* value = record.find("at_most");
    if (value == nullptr) return bounds;
    for (const YamlEntry& entry : value->entries()) {
        std::string parameter = parameter_at(entry.value, law);
        if (!parameter.empty()) bounds.emplace_back(entry.key, std::move(parameter));
    }
    return bounds;
}

std::vector<std::pair<std::string, Within>> sums_at(const YamlRecord& record) {
    std::vector<std::pair<std::string, Within>> sums;
    const YamlValue* value = record.find("within");
    for (const YamlEntry& entry : value == nullptr ? std::vector<YamlEntry>{} : value->entries()) {
        const auto within = entry.value.one_of<Within>(
            {{"paid", Within::paid}, {"owed", Within::owed}, {"taken", Within::taken}});
        if (within) sums.emplace_back(entry.key, *within);
    }
    return sums;
}

std::optional<BeforeRule> before_at(const YamlRecord& record) {
    const YamlValue* value = record.find("before");
    if (value == nullptr) return std::nullopt;
    const auto one = value->record({"since", "shown_by"});
    if (!one) return std::nullopt;
    return BeforeRule{one->need_id("since"), one->need_id("shown_by")};
}

std::vector<HandsTo> offices_at(const YamlRecord& record) {
    const YamlValue* value = record.find("hands_to");
    if (value == nullptr) return {HandsTo::below};
    std::vector<HandsTo> offices;
    for (const YamlValue& one : value->one_or_list()) {
        offices.push_back(one.one_of<HandsTo>({{"below", HandsTo::below},
                                               {"above", HandsTo::above},
                                               {"department", HandsTo::department},
                                               {"anywhere", HandsTo::anywhere}})
                              .value_or(HandsTo::below));
    }
    return offices;
}

std::vector<Alone> alone_at(const YamlRecord& record) {
    std::vector<Alone> alone;
    const YamlValue* value = record.find("alone");
    for (const YamlValue& one : value == nullptr ? std::vector<YamlValue>{} : value->one_or_list()) {
        const auto what = one.one_of<Alone>({{"unit", Alone::unit},
                                             {"household", Alone::household},
                                             {"person", Alone::person},
                                             {"category", Alone::category},
                                             {"parent", Alone::parent}});
        if (what) alone.push_back(*what);
    }
    return alone;
}

std::vector<StartRule> starts_at(const YamlRecord& record) {
    std::vector<StartRule> starts;
    const YamlValue* value = record.find("starts");
    if (value == nullptr) return starts;
    for (const YamlValue& item : value->list()) {
        const auto one = item.record({"machine", "only_if", "over", "as", "with", "moves"});
        if (!one) continue;
        StartRule rule;
        rule.machine = one->need_id("machine");
        rule.only_if = conditions_at(*one, "only_if");
        rule.over = text_at(*one, "over");
        rule.as = text_at(*one, "as");
        rule.with = told_at(*one, "with");
        if (one->need("moves") != nullptr) rule.moves = texts_at(*one, "moves");
        starts.push_back(std::move(rule));
    }
    return starts;
}

std::vector<AlsoRule> also_at(const YamlRecord& record) {
    std::vector<AlsoRule> also;
    const YamlValue* value = record.find("also");
    if (value == nullptr) return also;
    for (const YamlValue& item : value->list()) {
        const auto one = item.record({"machine", "move", "only_if", "of", "with", "needed", "one"});
        if (!one) continue;
        AlsoRule rule;
        rule.machine = one->need_id("machine");
        rule.move = one->need_id("move");
        rule.only_if = conditions_at(*one, "only_if");
        rule.with = told_at(*one, "with");
        rule.is_needed = one->flag("needed");
        rule.is_one = one->flag("one");
        if (const YamlValue* of = one->find("of")) {
            rule.of = of->one_of<AlsoRule::Of>({{"household", AlsoRule::Of::household},
                                                {"unit", AlsoRule::Of::unit},
                                                {"parent", AlsoRule::Of::parent},
                                                {"decision", AlsoRule::Of::decision}})
                          .value_or(AlsoRule::Of::household);
        }
        also.push_back(std::move(rule));
    }
    return also;
}

std::optional<SignedRule> signed_at(const YamlRecord& record) {
    const YamlValue* value = record.find("signed");
    if (value == nullptr) return std::nullopt;
    const auto one = value->record({"scope", "unless"});
    if (!one) return std::nullopt;
    return SignedRule{one->need_id("scope"), conditions_at(*one, "unless")};
}

std::optional<NobodyAged> nobody_aged_at(const YamlRecord& record) {
    constexpr int oldest = 120;
    const YamlValue* value = record.find("nobody_aged");
    if (value == nullptr) return std::nullopt;
    const auto one = value->record({"years", "only_if", "unless"});
    if (!one) return std::nullopt;
    return NobodyAged{one->need_integer("years", 1, oldest), conditions_at(*one, "only_if"),
                      one->need_id("unless")};
}

std::optional<IntoRule> into_at(const YamlRecord& record) {
    const YamlValue* value = record.find("into");
    if (value == nullptr) return std::nullopt;
    const auto one = value->record({"field", "clock", "running", "others"});
    if (!one) return std::nullopt;
    IntoRule rule{one->need_id("field"), {}, {}, one->need_id("others")};
    if (one->find("clock") == nullptr && one->find("running") == nullptr) return rule;
    rule.clock = one->need_id("clock");
    rule.running = one->need_id("running");
    return rule;
}

std::optional<PendingRule> pending_at(const YamlRecord& record) {
    const YamlValue* value = record.find("pending");
    if (value == nullptr) return std::nullopt;
    const auto one = value->record({"until", "unless", "joins", "unknown"});
    if (!one) return std::nullopt;
    return PendingRule{one->need_id("until"), text_at(*one, "unless"), text_at(*one, "joins"),
                       one->flag("unknown")};
}

std::optional<TogetherRule> together_at(const YamlRecord& record) {
    constexpr int most = 366;
    const YamlValue* value = record.find("together");
    if (value == nullptr) return std::nullopt;
    const auto one = value->record({"moves", "same", "day", "days", "cite"});
    if (!one) return std::nullopt;
    TogetherRule rule;
    if (one->need("moves") != nullptr) rule.moves = texts_at(*one, "moves");
    rule.same = text_at(*one, "same");
    rule.day = text_at(*one, "day");
    rule.days = one->need_integer("days", 1, most);
    rule.clause = one->need_text("cite");
    return rule;
}

std::optional<DrawRule> draws_at(const YamlRecord& record, const Law& law) {
    const YamlValue* value = record.find("draws");
    if (value == nullptr) return std::nullopt;
    const auto one = value->record({"machine", "move", "level", "share"});
    if (!one) return std::nullopt;
    DrawRule rule{one->need_id("machine"), one->need_id("move"), one->need_id("level"), {}};
    if (const YamlValue* share = one->need("share")) rule.share = parameter_at(*share, law);
    return rule;
}

std::optional<RepeatRule> repeats_at(const YamlRecord& record, const Law& law) {
    const YamlValue* value = record.find("repeats");
    if (value == nullptr) return std::nullopt;
    const auto one = value->record({"months", "same", "most", "unless"});
    if (!one) return std::nullopt;
    RepeatRule rule{one->need_integer("months", 1, 120), text_at(*one, "same"), {}, text_at(*one, "unless")};
    const YamlValue* most = one->find("most");
    if (most == nullptr) return rule;
    rule.most = parameter_at(*most, law);
    const int parameter = law.parameter_of(rule.most);
    if (parameter >= 0 && law.parameters[static_cast<std::size_t>(parameter)].type != FactType::integer)
        most->fault("value_type", fmt::format("参数“{}”应为整数（int）", rule.most),
                    fmt::format("the parameter '{}' must be a whole number (int)", rule.most));
    return rule;
}

}  // namespace

Move read_move(const ElementDraft& one, const Law& law) {
    Move move;
    const YamlRecord& record = one.record;
    move.cite = one.cite;
    move.place = record.self().place();
    move.title = record.need_bilingual("title");
    move.from = texts_at(record, "from");
    move.to = text_at(record, "to");
    move.otherwise = text_at(record, "otherwise");
    move.by = texts_at(record, "by");
    move.level = text_at(record, "level");
    if (const YamlValue* of = record.find("level_of")) {
        move.level_of = of->one_of<Move::LevelOf>({{"authority", Move::LevelOf::authority},
                                                   {"conference", Move::LevelOf::conference}})
                            .value_or(Move::LevelOf::stated);
    }
    move.needs = texts_at(record, "needs");
    move.may = texts_at(record, "may");
    move.zero = texts_at(record, "zero");
    move.only_if = conditions_at(record, "only_if");
    move.not_if = conditions_at(record, "not_if");
    move.finds = record.flag("finds");
    move.once = record.flag("once");
    move.under = texts_at(record, "under");
    move.alone = alone_at(record);
    move.after = texts_at(record, "after");
    move.answers = texts_at(record, "answers");
    move.by_proposer = record.flag("by_proposer");
    move.among = told_at(record, "among");
    move.at_most = bounds_at(record, law);
    move.together = together_at(record);
    move.within = sums_at(record);
    move.before = before_at(record);
    move.first_unpaid = text_at(record, "first_unpaid");
    move.served_once = text_at(record, "served_once");
    move.shared_by = text_at(record, "shared_by");
    move.adds = text_at(record, "adds");
    move.takes = text_at(record, "takes");
    move.hands_to = offices_at(record);
    move.is_signed = signed_at(record);
    move.not_by = texts_at(record, "not_by");
    move.not_beside = texts_at(record, "not_beside");
    move.shut_by = texts_at(record, "shut_by");
    move.nobody_aged = nobody_aged_at(record);
    move.not_before = texts_at(record, "not_before");
    move.not_after = texts_at(record, "not_after");
    if (record.find("late_after") != nullptr) move.late_after = texts_at(record, "late_after");
    move.marks = texts_at(record, "marks");
    move.papers = texts_at(record, "papers");
    move.opens = texts_at(record, "opens");
    move.starts = starts_at(record);
    move.also = also_at(record);
    move.into = into_at(record);
    move.draws = draws_at(record, law);
    move.repeats = repeats_at(record, law);
    move.pending = pending_at(record);
    move.event = text_at(record, "event");
    return move;
}

}  // namespace doudi::policy
