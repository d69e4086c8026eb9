// SPDX-License-Identifier: Apache-2.0
#include "exchange/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/date.h"

namespace doudi::exchange {

namespace json = boost::json;

namespace {

std::unexpected<Refusal> refuse(std::string field, Text reason) {
    return std::unexpected(Refusal{std::move(field), std::move(reason)});
}

std::string digits_of(std::string_view iso) {
    std::string digits(iso);
    std::erase(digits, '-');
    return digits;
}

std::optional<std::string> written(Form form, const std::string& value) {
    constexpr std::size_t month_digits = 6;
    if (form == Form::text) return value;
    if (!Date::parse_iso(value)) return std::nullopt;
    if (form == Form::date) return value;
    const std::string digits = digits_of(value);
    return form == Form::day ? digits : digits.substr(0, month_digits);
}

std::optional<std::string> read_form(Form form, const std::string& value) {
    constexpr std::size_t day_digits = 8;
    if (form == Form::text) return value;
    std::string iso = value;
    if (form == Form::day) {
        if (value.size() != day_digits) return std::nullopt;
        iso = value.substr(0, 4) + "-" + value.substr(4, 2) + "-" + value.substr(6);
    }
    if (form == Form::month || !Date::parse_iso(iso)) return std::nullopt;
    return iso;
}

// One value, one way or the other.
class Translator {
  public:
    Translator(const Channel& channel, bool outward) : channel_(channel), outward_(outward) {}

    // `parted`: what the fact says that parts the word; empty: it is not known, or none does.
    Mapped<std::string> value(const FieldRule& rule, const std::string& value, const std::string& at,
                              const std::string& parted = {}) const {
        if (outward_ && is_parted(channel_, rule, value)) {
            if (parted.empty())
                return refuse(at,
                              {fmt::format("这个值须按“{}”区分，而该户的这一情况没有部门告知", rule.with),
                               fmt::format("is told apart by '{}', which nobody has told of this household",
                                           rule.with)});
            return code(channel_.codes[static_cast<std::size_t>(rule.table)],
                        fmt::format("{}/{}", value, parted), at);
        }
        if (rule.table >= 0) return code(channel_.codes[static_cast<std::size_t>(rule.table)], value, at);
        auto text = outward_ ? written(rule.form, value) : read_form(rule.form, value);
        if (text) return std::move(*text);
        return refuse(at, {"日期写法不符合通道的规定", "is no date as this channel writes it"});
    }

  private:
    // The value itself may be a person's: it stands in no reason.
    Mapped<std::string> code(const CodeTable& table, const std::string& value, const std::string& at) const {
        for (const auto& [ours, theirs] : table.pairs) {
            if ((outward_ ? ours : theirs) == value) return outward_ ? theirs : ours;
        }
        return refuse(
            at, {fmt::format("代码表“{}”（{}）没有这个值", table.id, table.standard),
                 fmt::format("the table '{}' ({}) does not have this value", table.id, table.standard)});
    }

    const Channel& channel_;
    bool outward_;
};

std::unexpected<Refusal> missing(std::string at) {
    return refuse(std::move(at), {"缺少必填的字段", "is missing and must be there"});
}

// --- outward

Mapped<json::object> object_of(const Translator& translator, const std::vector<FieldRule>& rules,
                               const Words& words, const std::string& at) {
    json::object out;
    for (const FieldRule& rule : rules) {
        const std::string parted =
            rule.with.empty() ? std::string() : first_word(words, std::string(fact_prefix) + rule.with);
        json::array values;
        const std::string& ours = first_word(words, rule.rather).empty() ? rule.ours : rule.rather;
        const auto found = words.find(ours);
        if (found != words.end()) {
            for (const std::string& value : found->second) {
                if (value.empty()) continue;
                auto told = translator.value(rule, value, at + rule.theirs, parted);
                if (!told) return std::unexpected(std::move(told).error());
                values.emplace_back(*told);
            }
        }
        if (values.empty() && rule.required) return missing(at + rule.theirs);
        if (values.empty()) continue;
        if (!rule.many && values.size() > 1)
            return refuse(at + rule.theirs, {"只能有一个值", "takes one value"});
        out[rule.theirs] = rule.many ? json::value(std::move(values)) : std::move(values.front());
    }
    return out;
}

// --- inward

constexpr std::size_t longest = 4000;  // of a text, in bytes
constexpr std::size_t most = 500;      // of texts in a field

const FieldRule* rule_of(const std::vector<FieldRule>& rules, std::string_view theirs) {
    const auto found = std::ranges::find(rules, theirs, &FieldRule::theirs);
    return found == rules.end() ? nullptr : &*found;
}

// Of a field that may be told once a text, of one of many a list of them.
Mapped<std::vector<std::string>> texts_of(const FieldRule& rule, const json::value& value,
                                          const std::string& at) {
    json::array alone;
    const json::array* list = value.if_array();
    if (!rule.many) {
        alone.push_back(value);
        list = &alone;
    }
    if (list == nullptr || list->size() > most)
        return refuse(at, {"应为文本的列表", "takes a list of texts"});
    std::vector<std::string> texts;
    for (const json::value& one : *list) {
        if (!one.is_string() || one.get_string().size() > longest)
            return refuse(at, {"应为文本", "takes a text"});
        texts.emplace_back(one.get_string());
    }
    return texts;
}

Mapped<Words> words_of(const Translator& translator, const std::vector<FieldRule>& rules,
                       const json::object& object, std::string_view members, const std::string& at) {
    Words words;
    for (const auto& [name, value] : object) {
        if (!members.empty() && name == members) continue;
        const FieldRule* rule = rule_of(rules, name);
        // The name comes from outside: it is told as far as it is a name.
        if (rule == nullptr)
            return refuse(at + std::string(name).substr(0, 64),
                          {"通道没有这个字段", "is no field of this channel"});
        auto texts = texts_of(*rule, value, at + rule->theirs);
        if (!texts) return std::unexpected(std::move(texts).error());
        for (const std::string& text : *texts) {
            auto ours = translator.value(*rule, text, at + rule->theirs);
            if (!ours) return std::unexpected(std::move(ours).error());
            words[rule->ours].push_back(std::move(*ours));
        }
    }
    for (const FieldRule& rule : rules) {
        if (rule.required && first_word(words, rule.ours).empty()) return missing(at + rule.theirs);
    }
    return words;
}

std::string in_one_line(const std::vector<FieldRule>& rules, const Words& member) {
    std::string line;
    for (const FieldRule& rule : rules) {
        const std::string word = first_word(member, rule.ours);
        if (!word.empty()) line += (line.empty() ? "" : " ") + word;
    }
    return line;
}

}  // namespace

bool is_parted(const Channel& channel, const FieldRule& rule, std::string_view word) {
    if (rule.with.empty() || rule.table < 0) return false;
    const auto& pairs = channel.codes[static_cast<std::size_t>(rule.table)].pairs;
    const std::string prefix = std::string(word) + "/";
    const auto has = [&](const auto& holds) {
        return std::ranges::any_of(pairs, [&](const auto& pair) { return holds(pair.first); });
    };
    return !has([&](const std::string& ours) { return ours == word; }) &&
           has([&](const std::string& ours) { return ours.starts_with(prefix); });
}

Mapped<json::object> to_theirs(const Channel& channel, const MessageRule& rule, const Content& content) {
    const Translator translator(channel, true);
    auto body = object_of(translator, rule.fields, content.fields, "");
    if (!body || rule.members_as.empty()) return body;
    json::array members;
    for (const Words& member : content.members) {
        auto one = object_of(translator, rule.members, member,
                             fmt::format("{}/{}/", rule.members_as, members.size()));
        if (!one) return std::unexpected(std::move(one).error());
        members.emplace_back(std::move(*one));
    }
    (*body)[rule.members_as] = std::move(members);
    return body;
}

Mapped<Content> to_ours(const Channel& channel, const MessageRule& rule, const json::object& body) {
    constexpr std::size_t most_members = 200;
    const Translator translator(channel, false);
    Content content;
    auto fields = words_of(translator, rule.fields, body, rule.members_as, "");
    if (!fields) return std::unexpected(std::move(fields).error());
    content.fields = std::move(*fields);
    const json::value* list = rule.members_as.empty() ? nullptr : body.if_contains(rule.members_as);
    if (list == nullptr) return content;
    const json::array* members = list->if_array();
    if (members == nullptr || members->size() > most_members)
        return refuse(rule.members_as, {"应为成员的列表", "takes a list of members"});
    for (const json::value& one : *members) {
        const std::string at = fmt::format("{}/{}/", rule.members_as, content.members.size());
        const json::object* member = one.if_object();
        if (member == nullptr) return refuse(at, {"应为一名成员", "takes a member"});
        auto words = words_of(translator, rule.members, *member, "", at);
        if (!words) return std::unexpected(std::move(words).error());
        content.members.push_back(std::move(*words));
    }
    if (!rule.members_into.empty() && !content.members.empty()) {
        auto& lines = content.fields[rule.members_into];
        for (const Words& one : content.members) {
            std::string line = in_one_line(rule.members, one);
            if (std::ranges::find(lines, line) == lines.end()) lines.push_back(std::move(line));
        }
        content.members.clear();
        if (lines.size() > most ||
            std::ranges::any_of(lines, [](const auto& one) { return one.size() > longest; }))
            return refuse(rule.members_as, {"成员过多或内容过长", "are too many, or say too much"});
    }
    return content;
}

}  // namespace doudi::exchange
