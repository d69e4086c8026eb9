// SPDX-License-Identifier: Apache-2.0
// Whether what a field is told is a value of its type.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "casework/kept/attachments.h"
#include "casework/moves/move_check.h"
#include "casework/payments/accounts.h"

namespace doudi::casework {

namespace {

using policy::FieldRule;

void fault_value(MoveCheck& check, const FieldRule& rule, std::string_view code, const Text& what) {
    check.add(
        rule.id, code,
        {fmt::format("“{}”{}", rule.title.zh, what.zh), fmt::format("'{}' {}", rule.title.en, what.en)});
}

bool is_many(FieldRule::Type type) {
    using enum FieldRule::Type;
    return type == texts || type == people || type == users || type == attachments || type == departments ||
           type == benefits;
}

bool is_repeated(std::vector<std::string> values) {
    std::ranges::sort(values);
    return std::ranges::adjacent_find(values) != values.end();
}

void check_how_many(MoveCheck& check, const FieldRule& rule, const std::vector<std::string>& values) {
    if (!is_many(rule.type) && values.size() > 1)
        fault_value(check, rule, "field_many", {"只能填一个值", "takes one value"});
    if (is_many(rule.type) && static_cast<int>(values.size()) < rule.least) {
        fault_value(
            check, rule, "field_few",
            {fmt::format("至少要有 {} 个", rule.least), fmt::format("takes at least {}", rule.least)});
    }
    if (rule.type == FieldRule::Type::attachments && std::cmp_greater(values.size(), most_attachments)) {
        fault_value(check, rule, "field_many",
                    {fmt::format("不能超过 {} 个", most_attachments),
                     fmt::format("takes {} at most", most_attachments)});
    }
    if (is_repeated(values)) fault_value(check, rule, "field_repeated", {"有重复", "names one twice"});
}

void check_word(MoveCheck& check, const FieldRule& rule, const std::string& value) {
    const auto is_word = [&](const auto& one) { return one.first == value; };
    if (std::ranges::none_of(rule.words, is_word))
        fault_value(check, rule, "field_word", {"不在可选值之中", "is none of the words it may be"});
}

void check_flag(MoveCheck& check, const FieldRule& rule, const std::string& value) {
    if (value != "true" && value != "false")
        fault_value(check, rule, "field_flag", {"应为是或否", "is yes or no (true, false)"});
}

void check_text(MoveCheck& check, const FieldRule& rule, const std::string& value) {
    if (!is_valid_utf8(value)) fault_value(check, rule, "field_text", {"文字编码有误", "is not UTF-8"});
}

void check_date(MoveCheck& check, const FieldRule& rule, const std::string& value, Date on) {
    const auto day = Date::parse_iso(value);
    if (!day) {
        fault_value(check, rule, "field_date", {"应为日期（YYYY-MM-DD）", "is a day (YYYY-MM-DD)"});
    } else if (rule.past && *day > on) {
        fault_value(check, rule, "field_future", {"不能晚于办理之日", "lies after the day of the step"});
    } else if (rule.ahead && *day > on.plus_months(*rule.ahead)) {
        const std::string last = on.plus_months(*rule.ahead).iso();
        fault_value(
            check, rule, "field_far",
            {fmt::format("最晚为 {}（办理之日起 {} 个月内，{}）", last, *rule.ahead, rule.cite.text()),
             fmt::format("is {} at the latest ({} months after the day of the step, {})", last, *rule.ahead,
                         rule.cite.text())});
    } else if (rule.earliest && *day < *rule.earliest) {
        const std::string first = rule.earliest->iso();
        fault_value(check, rule, "field_early",
                    {fmt::format("不能早于 {}（{}）", first, rule.cite.text()),
                     fmt::format("is {} at the earliest ({})", first, rule.cite.text())});
    }
}

void check_sum(MoveCheck& check, const FieldRule& rule, std::int64_t fen) {
    const policy::SumRule& sum = *rule.sum;
    if (fen == 0 && names(check.move.zero, rule.id)) return;
    if (fen >= sum.least.fen() && fen <= sum.most.fen()) return;
    const std::string least = sum.least.yuan_text();
    const std::string most = sum.most.yuan_text();
    fault_value(check, rule, "field_range",
                {fmt::format("应在 {} 元至 {} 元之间：{}", least, most, sum.because.zh),
                 fmt::format("is between {} and {} yuan: {}", least, most, sum.because.en)});
}

void check_number(MoveCheck& check, const FieldRule& rule, const std::string& value) {
    if (!is_whole_number(value)) {
        fault_value(check, rule, "field_number", {"应为非负整数", "is a whole number"});
        return;
    }
    if (rule.sum) check_sum(check, rule, whole_number(value));
    if (!rule.range) return;
    const auto [least, most] = *rule.range;
    const std::int64_t number = whole_number(value);
    if (number < least || number > most) {
        fault_value(check, rule, "field_range",
                    {fmt::format("应在 {} 至 {} 之间", least, most),
                     fmt::format("is between {} and {}", least, most)});
    }
}

// Whether it is there is for whoever keeps them to say.
void check_attachment(MoveCheck& check, const FieldRule& rule, const std::string& value) {
    if (!is_attachment_name(value)) {
        fault_value(check, rule, "field_hash", {"应为附件的 SHA-256", "is the SHA-256 of an attachment"});
    }
}

void check_account_number(MoveCheck& check, const FieldRule& rule, const std::string& value) {
    if (auto fault = check_account(rule, value)) check.faults.push_back(*std::move(fault));
}

// Of a household, a person, a user, a unit, a case.
void check_id(MoveCheck& check, const FieldRule& rule, const std::string& value) {
    std::uint32_t id = 0;
    const char* const end = value.data() + value.size();
    const auto [read, error] = std::from_chars(value.data(), end, id);
    if (error != std::errc() || read != end)
        fault_value(check, rule, "field_id", {"应为编号", "is the number of one of ours"});
}

// Of those types that name an element of the pack; none: it is of another type.
std::optional<bool> is_in_law(const policy::Law& law, FieldRule::Type type, const std::string& value) {
    using enum FieldRule::Type;
    switch (type) {
        case category:
            return law.category_of(value) >= 0;
        case benefit:
        case benefits:
            return law.benefit_of(value) >= 0;
        case department:
        case departments:
            return law.route_of("departments", value) != nullptr;
        case branch:
            return law.route_of("branches", value) != nullptr;
        default:
            return std::nullopt;
    }
}

void check_value(MoveCheck& check, const FieldRule& rule, const std::string& value, Date on) {
    if (const auto is_there = is_in_law(check.question.law, rule.type, value)) {
        if (!*is_there)
            fault_value(check, rule, "field_law", {"不在本政策包之中", "is nothing that this pack has"});
        return;
    }
    using enum FieldRule::Type;
    switch (rule.type) {
        case word:
            return check_word(check, rule, value);
        case flag:
            return check_flag(check, rule, value);
        case date:
            return check_date(check, rule, value, on);
        case text:
        case texts:
            return check_text(check, rule, value);
        case attachments:
            return check_attachment(check, rule, value);
        case account:
            return check_account_number(check, rule, value);
        case count:
        case money:
            return check_number(check, rule, value);
        default:
            return check_id(check, rule, value);
    }
}

}  // namespace

void check_values(MoveCheck& check, const FieldRule& rule, const std::vector<std::string>& values, Date on) {
    check_how_many(check, rule, values);
    for (const std::string& value : values) check_value(check, rule, value, on);
}

}  // namespace doudi::casework
