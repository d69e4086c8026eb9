// SPDX-License-Identifier: Apache-2.0
#include "determine/words.h"

#include <fmt/format.h>

#include <algorithm>

#include "determine/expression_words.h"
#include "determine/facts.h"

namespace doudi::determine {

using expr::Rational;
using expr::TypeKind;
using expr::Value;

namespace {

// 100 fen are a yuan.
Decimal yuan_of(Rational fen) {
    const std::optional<Rational> yuan = fen.over({100, 1});
    if (!yuan) return {fen.text(), true};
    Decimal shown = decimal_of(*yuan, 4);
    const std::size_t point = shown.text.find('.');
    if (point == std::string::npos) shown.text += ".00";
    if (point != std::string::npos && shown.text.size() - point == 2) shown.text += '0';
    return shown;
}

Text about(const Decimal& decimal, const std::string& zh_unit, const std::string& en_unit) {
    return {fmt::format("{}{}{}", decimal.is_exact ? "" : "约 ", decimal.text, zh_unit),
            fmt::format("{}{}{}", decimal.is_exact ? "" : "about ", decimal.text, en_unit)};
}

Text word_title(const std::string& word, const policy::FactDefinition* definition) {
    if (definition != nullptr) {
        const auto found = std::ranges::find(definition->words, word, &policy::FactWord::id);
        if (found != definition->words.end()) return found->title;
    }
    return {word, word};
}

Text built_in_title(const std::string& id) {
    if (id == authorised_on) return {"经济状况核对授权书", "the signed authorisation of the check of means"};
    if (id == consents_to_transfer) return {"是否同意转入", "consent to the transfer"};
    if (id == "left_on") return {"退出日期", "the day of leaving"};
    if (id == "refused_on") return {"未予认定的日期", "the day of the refusal"};
    return {id, id};
}

Text distance_in_words(const NearestChange& change) {
    if (change.now.is(TypeKind::money)) return about(yuan_of(change.distance), " 元", " yuan");
    const Decimal decimal = decimal_of(change.distance, 4);
    return {decimal.text, decimal.text};
}

}  // namespace

Decimal decimal_of(Rational value, int places) {
    std::int64_t scale = 1;
    for (int i = 0; i < places; ++i) scale *= 10;
    const std::optional<Rational> scaled = value.times({scale, 1});
    if (!scaled) return {value.text(), true};
    const std::int64_t digits = expr::round(*scaled, expr::Rounding::half_up);
    const bool is_exact = scaled->denominator == 1 || scaled->numerator % scaled->denominator == 0;
    const std::uint64_t magnitude =
        digits < 0 ? 0 - static_cast<std::uint64_t>(digits) : static_cast<std::uint64_t>(digits);
    const auto unsigned_scale = static_cast<std::uint64_t>(scale);
    std::string text = fmt::format("{}{}.{:0{}}", digits < 0 ? "-" : "", magnitude / unsigned_scale,
                                   magnitude % unsigned_scale, places);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return {std::move(text), is_exact};
}

Decimal figure_of(const Value& value) {
    if (value.is(TypeKind::money) || value.is(TypeKind::amount)) return yuan_of(value.as_rational());
    if (value.is(TypeKind::ratio)) return decimal_of(value.as_rational(), 6);
    if (value.is(TypeKind::date)) return {value.as_date().iso(), true};
    if (value.is(TypeKind::string)) return {std::string(value.as_text()), true};
    return {value.text(), true};
}

const policy::FactDefinition* definition_of(const policy::Law& law, const FactKey& key) {
    if (key.kind != FactKey::Kind::fact) return nullptr;
    const int index = law.fact_of(key.of, key.id);
    return index < 0 ? nullptr : &law.facts[static_cast<std::size_t>(index)];
}

Text bare_title(const policy::Law& law, const FactKey& key) {
    if (key.kind == FactKey::Kind::parameter)
        return law.parameters[static_cast<std::size_t>(law.parameter_of(key.id))].title;
    if (key.kind == FactKey::Kind::open_rule) {
        const Text& title = law.categories[static_cast<std::size_t>(law.category_of(key.id))].title;
        return {fmt::format("“{}”的认定规则", title.zh), fmt::format("the rule for '{}'", title.en)};
    }
    const policy::FactDefinition* definition = definition_of(law, key);
    return definition == nullptr ? built_in_title(key.id) : definition->title;
}

Text title_of(const policy::Law& law, const Case& told, const FactKey& key) {
    const Text title = bare_title(law, key);
    if (key.kind != FactKey::Kind::fact || key.of != policy::Subject::person) return title;
    const std::string& name = told.members[static_cast<std::size_t>(key.member)].name;
    // "甲的出生日期", but "孤儿（甲）": what is or is not so is nobody's.
    const policy::FactDefinition* definition = definition_of(law, key);
    const bool is_statement = definition != nullptr && definition->type == policy::FactType::boolean;
    return {fmt::format(fmt::runtime(is_statement ? "{1}（{0}）" : "{0}的{1}"), name, title.zh),
            fmt::format("{} ({})", title.en, name)};
}

Text value_in_words(const Value& value, const policy::FactDefinition* definition) {
    if (value.is_unknown()) return {"未知", "unknown"};
    if (value.is_none()) return {"无", "none"};
    if (value.is_error())
        return {fmt::format("无法计算（{}）", expr::fault_name(value.fault())),
                fmt::format("cannot be computed ({})", expr::fault_name(value.fault()))};
    if (value.is(TypeKind::boolean)) return value.is_true() ? Text{"是", "yes"} : Text{"否", "no"};
    if (value.is(TypeKind::string)) return word_title(std::string(value.as_text()), definition);
    if (value.is(TypeKind::money) || value.is(TypeKind::amount))
        return about(figure_of(value), " 元", " yuan");
    return about(figure_of(value), "", "");
}

const char* word_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::yes:
            return "yes";
        case Verdict::no:
            return "no";
        case Verdict::unknown:
            return "unknown";
        case Verdict::fault:
            return "fault";
    }
    return "fault";
}

Text verdict_in_words(Verdict verdict) {
    switch (verdict) {
        case Verdict::yes:
            return {"是", "yes"};
        case Verdict::no:
            return {"否", "no"};
        case Verdict::unknown:
            return {"未知", "unknown"};
        case Verdict::fault:
            return {"规则计算出错，须人工处理", "the rule failed and a person must decide"};
    }
    return {};
}

Text silence_in_words(Silence silence) {
    switch (silence) {
        case Silence::none:
            return {};
        case Silence::never_told:
            return {"未提供", "never told"};
        case Silence::told_unknown:
            return {"待查", "not known yet"};
        case Silence::stale:
            return {"已过时效", "too old"};
        case Silence::conflict:
            return {"各来源不一致", "the sources disagree"};
        case Silence::not_authorised:
            return {"没有事先授权，不能采用", "gathered without an authorisation before it"};
        case Silence::unset:
            return {"尚未设定", "not set yet"};
        case Silence::masked:
            return {"已掌握，未公开", "known, not shown"};
    }
    return {};
}

Text change_in_words(const policy::Law& law, const Case& told, const NearestChange& change) {
    const bool said = change.line != nullptr && !change.line->say.zh.empty();
    const Text name = said ? change.line->say : expression_in_words(law, change.text);
    const Text then{fmt::format("{}“{}”；{}", change.would_hold ? "即满足" : "即不再满足", name.zh,
                                change.turns_verdict ? "结论随之改变" : "仅此一项不改变结论"),
                    fmt::format("'{}' {}; that alone {}", name.en,
                                change.would_hold ? "would hold" : "would no longer hold",
                                change.turns_verdict ? "changes the answer" : "does not change the answer")};
    if (change.in_days) {
        const std::string day = change.then.as_date().iso();
        return {fmt::format("{} 天后（{}）{}", *change.in_days, day, then.zh),
                fmt::format("in {} days, on {}, {}", *change.in_days, day, then.en)};
    }
    const Text title = title_of(law, told, change.fact);
    const Text distance = distance_in_words(change);
    const bool more = change.then.as_rational() > change.now.as_rational();
    const policy::FactDefinition* definition = definition_of(law, change.fact);
    const Text now = value_in_words(change.now, definition);
    const Text to = value_in_words(change.then, definition);
    return {fmt::format("若{}再{} {}（由 {} 到 {}），{}", title.zh, more ? "增加" : "减少", distance.zh,
                        now.zh, to.zh, then.zh),
            fmt::format("if '{}' were {} by {} (from {} to {}), {}", title.en, more ? "higher" : "lower",
                        distance.en, now.en, to.en, then.en)};
}

Text how_to_get(const policy::Law& law, const FactKey& key) {
    if (key.kind == FactKey::Kind::parameter) {
        const Text& by = law.parameters[static_cast<std::size_t>(law.parameter_of(key.id))].set_by;
        return {fmt::format("须由{}设定", by.zh), fmt::format("to be set by {}", by.en)};
    }
    if (key.kind == FactKey::Kind::open_rule) {
        const auto& rule = law.categories[static_cast<std::size_t>(law.category_of(key.id))].open_rule;
        if (!rule) return {"本政策包没有写明认定条件", "the pack states no condition"};
        return {fmt::format("须由{}制定", rule->zh), fmt::format("to be made by {}", rule->en)};
    }
    const policy::FactDefinition* definition = definition_of(law, key);
    if (definition == nullptr) return {"请申请人签署或写明", "the applicant signs or states it"};
    return definition->get.how;
}

Text limit_in_words(const policy::TimeLimit& limit) {
    using Kind = policy::TimeLimit::Kind;
    const Text unit = limit.kind == Kind::working_days   ? Text{" 个工作日", " working days"}
                      : limit.kind == Kind::natural_days ? Text{" 日", " days"}
                                                         : Text{" 个月", " months"};
    return {fmt::format("{}{}", limit.count, unit.zh), fmt::format("{}{}", limit.count, unit.en)};
}

}  // namespace doudi::determine
