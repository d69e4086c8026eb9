// SPDX-License-Identifier: Apache-2.0
#include "cli/exchange_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <utility>

#include "access/audit_text.h"
#include "access/masking.h"
#include "access/register_class.h"
#include "cli/case_text.h"
#include "exchange/content.h"

namespace doudi::cli {
namespace {

namespace json = boost::json;
using exchange::FieldRule;
using exchange::MessageRule;

template <std::size_t N>
Text word_of(const std::array<std::pair<std::string_view, Text>, N>& words, std::string_view id) {
    const auto found = std::ranges::find(words, id, [](const auto& one) { return one.first; });
    return found == words.end() ? Text{std::string(id), std::string(id)} : found->second;
}

std::vector<std::string> texts_of(const json::value& value) {
    if (const auto* text = value.if_string()) return {std::string(*text)};
    std::vector<std::string> texts;
    if (const auto* list = value.if_array())
        for (const json::value& one : *list)
            if (const auto* text = one.if_string()) texts.emplace_back(*text);
    return texts;
}

class Sayer {
  public:
    Sayer(const Console& console, const ExchangeOffice& office, const MessageRule& rule)
        : console_(console), office_(office), rule_(rule) {}

    std::vector<SaidField> all(const json::object& body) {
        object(body, rule_.fields, "");
        return std::move(said_);
    }

  private:
    [[nodiscard]] std::string hidden() const { return console_.say({"（不显示）", "(not shown)"}); }

    void object(const json::object& body, const std::vector<FieldRule>& fields, const std::string& at) {
        for (const auto& [key, value] : body) {
            const std::string name = at + std::string(key);
            if (at.empty() && !rule_.members_as.empty() && key == rule_.members_as && value.is_array()) {
                members(value.get_array(), name);
                continue;
            }
            const auto rule = std::ranges::find(fields, std::string_view(key), [](const FieldRule& one) {
                return std::string_view(one.theirs);
            });
            said_.push_back({name, rule == fields.end() ? hidden() : shown(*rule, texts_of(value))});
        }
    }

    void members(const json::array& all, const std::string& name) {
        for (std::size_t at = 0; at < all.size(); ++at) {
            if (const auto* member = all[at].if_object())
                object(*member, rule_.members, fmt::format("{}/{}/", name, at));
        }
    }

    [[nodiscard]] std::string shown(const FieldRule& rule, const std::vector<std::string>& values) const {
        if (rule_.about == MessageRule::About::household) return of_register(rule, values);
        // Whoever asks for the first time is on no register that would say how they are to be shown.
        if (rule_.about == MessageRule::About::request && !rule.ours.starts_with(exchange::case_prefix) &&
            !rule.ours.starts_with(exchange::request_prefix))
            return hidden();
        if (!rule.ours.starts_with(exchange::case_prefix) && !rule.ours.starts_with(exchange::request_prefix))
            return field_words(console_, *office_.cases, office_.cases->words(), rule.ours, values);
        std::vector<std::string> texts;
        for (const std::string& value : values) texts.push_back(access::without_numbers(value));
        return fmt::format("{}", fmt::join(texts, ","));
    }

    [[nodiscard]] std::string of_register(const FieldRule& rule,
                                          const std::vector<std::string>& values) const {
        const access::FieldClass of = access::class_of(rule.ours);
        if (of == access::FieldClass::address || of == access::FieldClass::phone) return hidden();
        std::vector<std::string> texts;
        for (const std::string& value : values) texts.push_back(access::mask(of, value));
        return fmt::format("{}", fmt::join(texts, ","));
    }

    const Console& console_;
    const ExchangeOffice& office_;
    const MessageRule& rule_;
    std::vector<SaidField> said_;
};

}  // namespace

Text message_state(std::string_view state) {
    static const std::array<std::pair<std::string_view, Text>, 8> words{
        {{exchange::out::queued, {"待发送", "queued"}},
         {exchange::out::sent, {"已送达，待回执", "sent, not receipted yet"}},
         {exchange::out::receipted, {"对方已接办", "receipted"}},
         {exchange::out::refused, {"不予接办", "refused"}},
         {exchange::out::given_up, {"多次呼叫未通，待人工处理", "given up: a person must look"}},
         {exchange::out::held, {"通道无法表达，待补", "held: the channel cannot say it"}},
         {exchange::in::kept, {"已收到，待接办", "kept, not taken up yet"}},
         {exchange::in::taken, {"已接办", "taken"}}}};
    return word_of(words, state);
}

Text difference_kind(std::string_view kind) {
    static const std::array<std::pair<std::string_view, Text>, 4> words{
        {{"new", {"对方新增", "new there"}},
         {"changed", {"对方已变更", "changed there"}},
         {"conflict", {"双方各自变更", "changed on both sides"}},
         {"ended", {"对方已终止", "ended there"}}}};
    return word_of(words, kind);
}

Text refusal_words(const exchange::Refusal& why) {
    if (why.reason.zh.empty()) return {};
    if (why.field.empty()) return why.reason;
    return {why.field + "：" + why.reason.zh, why.field + ": " + why.reason.en};
}

std::vector<SaidField> said_fields(const Console& console, const ExchangeOffice& office,
                                   const exchange::MessageRule* rule, std::string_view body) {
    boost::system::error_code failure;
    const json::value value = json::parse({body.data(), body.size()}, failure);
    if (rule == nullptr || failure || !value.is_object()) return {};
    return Sayer(console, office, *rule).all(value.get_object());
}

}  // namespace doudi::cli
