// SPDX-License-Identifier: Apache-2.0
#include "http/request/fields.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "base/said.h"
#include "base/text_fold.h"
#include "base/utf8.h"

namespace doudi::http {
namespace {

constexpr int bad_request = 400;
constexpr int unprocessable = 422;

// A name that nobody knows, as far as it may be repeated.
std::string shown(std::string_view name) {
    constexpr std::size_t most = 60;
    const bool fit =
        name.size() <= most && std::ranges::all_of(name, [](char c) { return c > ' ' && c < 127; });
    return fit ? std::string(name) : "?";
}

Text must_be_text() {
    return {"应为文本", "takes a text"};
}
Text too_long(std::size_t most) {
    return {fmt::format("不能超过 {} 字节", most), fmt::format("takes {} bytes at most", most)};
}
Text must_be_said() {
    return {"不能为空，也不能只有空格或标点", "must say something: blanks and punctuation alone do not"};
}
Text must_be_date() {
    return {"应为年-月-日（四位年份）的日期", "takes a day as year-month-day"};
}
Text one_of(const std::vector<std::string>& words) {
    const std::string all = fmt::format("{}", fmt::join(words, ", "));
    return {"应为其中之一：" + all, "takes one of: " + all};
}
Text between(std::int64_t least, std::int64_t most) {
    return {fmt::format("应为 {} 到 {} 的整数", least, most),
            fmt::format("takes a whole number from {} to {}", least, most)};
}

}  // namespace

bool is_plain_text(std::string_view text) {
    constexpr unsigned char first_printable = 0x20;
    return is_valid_utf8(text) && std::ranges::all_of(text, [](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return byte >= first_printable || c == '\t' || c == '\n' || c == '\r';
           });
}

Outcome<boost::json::value> parse_json(std::string_view text) {
    constexpr std::size_t deepest = 32;
    boost::json::parse_options options;
    options.max_depth = deepest;
    boost::json::error_code failure;
    auto value = boost::json::parse({text.data(), text.size()}, failure, {}, options);
    if (failure)
        return std::unexpected(Failure(bad_request, "not_json",
                                       {"正文不是有效的 JSON", "the body is no JSON: " + failure.message()}));
    return value;
}

void FieldFaults::add(std::string in, std::string pointer, std::string code, Text detail) {
    faults_.push_back({std::move(in), std::move(pointer), std::move(code), std::move(detail)});
}

Failure FieldFaults::failure() const {
    const bool body =
        std::ranges::any_of(faults_, [](const FieldFault& fault) { return fault.in == "body"; });
    Failure failure(body ? unprocessable : bad_request, "fields",
                    {"有的字段不符合要求", "some fields are not as they must be"});
    failure.fields = faults_;
    return failure;
}

BodyFields::BodyFields(const boost::json::value& body, FieldFaults& faults, std::string at)
    : object_(body.if_object()), faults_(faults), at_(std::move(at)) {
    if (object_ != nullptr) return;
    faults_.add("body", at_, "not_an_object", {"应为一个对象", "takes an object"});
    object_ = &empty_;
}

const boost::json::value* BodyFields::take(std::string_view name, bool required) {
    known_.emplace(name);
    const auto* value = object_->if_contains({name.data(), name.size()});
    if (value != nullptr && value->is_null()) value = nullptr;
    if (value == nullptr && required) fault(name, "missing", {"缺少此项", "is missing"});
    return value;
}

void BodyFields::fault(std::string_view name, std::string code, Text detail) {
    faults_.add("body", fmt::format("{}/{}", at_, name), std::move(code), std::move(detail));
}

std::optional<std::string> BodyFields::text_of(std::string_view name, std::size_t most, bool required) {
    const auto* value = take(name, required);
    if (value == nullptr) return std::nullopt;
    const auto* text = value->if_string();
    if (text == nullptr || !is_plain_text({text->data(), text->size()})) {
        fault(name, "not_a_text", must_be_text());
    } else if (text->size() > most) {
        fault(name, "too_long", too_long(most));
    } else if (text->empty() && required) {
        fault(name, "missing", must_be_said());
    } else {
        return std::string(*text);
    }
    return std::nullopt;
}

std::string BodyFields::text(std::string_view name, TextRule rule) {
    return text_of(name, rule.most, rule.required).value_or("");
}

std::optional<std::string> BodyFields::optional_text(std::string_view name, std::size_t most) {
    return text_of(name, most, false);
}

std::string BodyFields::prose(std::string_view name, TextRule rule) {
    const auto told = text_of(name, rule.most, rule.required);
    if (!told || told->empty()) return {};
    if (says_something(*told)) return std::string(trim(*told));
    if (rule.required) fault(name, "missing", must_be_said());
    return {};
}

std::string BodyFields::word(std::string_view name, std::initializer_list<std::string_view> words) {
    auto found = text_of(name, 200, true);
    if (found && std::ranges::find(words, *found) == words.end()) {
        fault(name, "not_one_of", one_of(std::vector<std::string>(words.begin(), words.end())));
        found.reset();
    }
    return found.value_or(std::string(*words.begin()));
}

std::int64_t BodyFields::number(std::string_view name, std::int64_t least, std::int64_t most) {
    const auto* value = take(name, true);
    if (value == nullptr) return least;
    boost::json::error_code failure;
    const auto number = value->to_number<std::int64_t>(failure);
    if (!failure && number >= least && number <= most) return number;
    fault(name, "not_in_range", between(least, most));
    return least;
}

std::optional<std::uint64_t> BodyFields::optional_number(std::string_view name) {
    constexpr std::int64_t most = std::int64_t{1} << 53U;
    if (take(name, false) == nullptr) return std::nullopt;
    return static_cast<std::uint64_t>(number(name, 0, most));
}

std::optional<Date> BodyFields::optional_date(std::string_view name) {
    const auto text = text_of(name, 200, false);
    if (!text) return std::nullopt;
    const auto day = Date::parse_iso(*text);
    if (!day) fault(name, "not_a_day", must_be_date());
    return day;
}

Date BodyFields::date(std::string_view name) {
    const auto* value = take(name, true);
    return value == nullptr ? Date() : optional_date(name).value_or(Date());
}

bool BodyFields::flag(std::string_view name, bool otherwise) {
    const auto* value = take(name, false);
    if (value == nullptr) return otherwise;
    if (const bool* flag = value->if_bool()) return *flag;
    fault(name, "not_a_flag", {"应为 true 或 false", "takes true or false"});
    return otherwise;
}

std::vector<std::string> BodyFields::texts(std::string_view name, std::size_t most_items, bool required) {
    const auto* value = take(name, required);
    if (value == nullptr) return {};
    const auto* items = value->if_array();
    if (items == nullptr) {
        fault(name, "not_a_list", {"应为列表", "takes a list"});
        return {};
    }
    if ((items->empty() && required) || items->size() > most_items)
        fault(name, "not_in_range",
              {fmt::format("应有 1 到 {} 项", most_items), fmt::format("takes 1 to {} items", most_items)});
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < items->size() && i < most_items; ++i) {
        const auto* text = (*items)[i].if_string();
        if (text != nullptr && text->size() <= 200 && is_plain_text({text->data(), text->size()})) {
            texts.emplace_back(*text);
        } else {
            fault(fmt::format("{}/{}", name, i), "not_a_text", must_be_text());
        }
    }
    return texts;
}

const boost::json::value* BodyFields::value(std::string_view name, bool required) {
    return take(name, required);
}

void BodyFields::finish() {
    for (const auto& [key, value] : *object_) {
        if (!known_.contains(std::string_view(key.data(), key.size())))
            faults_.add("body", fmt::format("{}/{}", at_, shown({key.data(), key.size()})), "unknown",
                        {"没有这一项", "is not known here"});
    }
}

// --- the query
// ------------------------------------------------------------------------------------------------------

std::optional<std::string> QueryFields::text(std::string_view name, std::size_t most) {
    known_.emplace(name);
    std::optional<std::string> found;
    for (const auto& [known, value] : pairs_) {
        if (known != name) continue;
        if (found) {
            fault(name, "twice", {"只能出现一次", "may stand there once"});
            return std::nullopt;
        }
        found = value;
    }
    if (!found || found->empty()) return std::nullopt;
    if (found->size() > most) {
        fault(name, "too_long", too_long(most));
    } else if (!is_plain_text(*found)) {
        fault(name, "not_a_text", must_be_text());
    } else {
        return found;
    }
    return std::nullopt;
}

std::optional<std::string> QueryFields::word(std::string_view name, const std::vector<std::string>& words) {
    auto found = text(name);
    if (found && std::ranges::find(words, *found) == words.end()) {
        fault(name, "not_one_of", one_of(words));
        return std::nullopt;
    }
    return found;
}

std::int64_t QueryFields::number(std::string_view name, std::int64_t least, std::int64_t most,
                                 std::int64_t otherwise) {
    const auto found = text(name);
    if (!found) return otherwise;
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(found->data(), found->data() + found->size(), number);
    if (failure == std::errc() && end == found->data() + found->size() && number >= least && number <= most)
        return number;
    fault(name, "not_in_range", between(least, most));
    return otherwise;
}

std::optional<Date> QueryFields::date(std::string_view name) {
    const auto found = text(name);
    if (!found) return std::nullopt;
    const auto day = Date::parse_iso(*found);
    if (!day) fault(name, "not_a_day", must_be_date());
    return day;
}

void QueryFields::fault(std::string_view name, std::string code, Text detail) {
    faults_.add("query", fmt::format("/{}", name), std::move(code), std::move(detail));
}

void QueryFields::finish() {
    for (const auto& [name, value] : pairs_) {
        if (!known_.contains(name)) fault(shown(name), "unknown", {"没有这个参数", "is no parameter here"});
    }
}

}  // namespace doudi::http
