// SPDX-License-Identifier: Apache-2.0
#include "expr/notation.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>
#include <cstdlib>

#include "expr/check.h"
#include "expr/evaluate.h"
#include "expr/operators.h"

namespace doudi::expr {
namespace {

namespace json = boost::json;

constexpr std::size_t deepest = 256;  // of brackets in a line; a list in a list takes four
constexpr std::size_t most_bindings = 1'000;

std::unexpected<Error> bad(std::string zh, std::string en) {
    return fail(ErrorKind::invalid, "cel_notation", {std::move(zh), std::move(en)});
}

Result<json::value> parsed(std::string_view text) {
    json::parse_options options;
    options.max_depth = deepest;
    boost::system::error_code failure;
    json::value value = json::parse({text.data(), text.size()}, failure, {}, options);
    if (!failure) return value;
    return bad("不是 JSON：" + failure.message(), "this is no JSON: " + failure.message());
}

Result<std::string_view> text_of(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains({key.data(), key.size()});
    if (found == nullptr || !found->is_string())
        return bad(fmt::format("缺少文本 \"{}\"", key), fmt::format("there is no text \"{}\"", key));
    return std::string_view(found->get_string().data(), found->get_string().size());
}

// --- values in ---

Result<Value> value_of(const json::value& typed);

std::unexpected<Error> unfit(std::string_view type, const json::value& content) {
    const std::string written = json::serialize(content);
    return bad(fmt::format("{} 的值不对：{}", type, written),
               fmt::format("this is no {}: {}", type, written));
}

// Numbers come as texts; a JSON number that is whole is as good.
template <class Number>
std::optional<Number> whole(const json::value& content) {
    const std::string text =
        content.is_string() ? std::string(content.get_string()) : json::serialize(content);
    Number number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<double> floating(const json::value& content) {
    if (content.is_number()) return content.to_number<double>();
    if (!content.is_string() || content.get_string().empty()) return std::nullopt;
    const std::string text(content.get_string());
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    if (end != text.c_str() + text.size()) return std::nullopt;
    return number;
}

std::optional<std::string> octets(std::string_view hex) {
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        unsigned octet = 0;
        const char* end = hex.data() + std::min(i + 2, hex.size());
        const auto read = std::from_chars(hex.data() + i, end, octet, 16);
        if (read.ec != std::errc{} || read.ptr != hex.data() + i + 2) return std::nullopt;
        bytes += static_cast<char>(octet);
    }
    return bytes;
}

// Seconds and nanoseconds of one sign, either left out if zero.
std::optional<Int128> nanos_of(const json::value& content) {
    if (!content.is_object()) return std::nullopt;
    const auto part = [&](std::string_view name) -> std::optional<std::int64_t> {
        const json::value* found = content.get_object().if_contains({name.data(), name.size()});
        return found == nullptr ? 0 : whole<std::int64_t>(*found);
    };
    const auto seconds = part("seconds");
    const auto nanos = part("nanos");
    if (!seconds || !nanos) return std::nullopt;
    return Int128{*seconds} * 1'000'000'000 + *nanos;
}

std::optional<Value> moment_of(std::string_view type, const json::value& content) {
    const auto nanos = nanos_of(content);
    if (!nanos) return std::nullopt;
    const bool is_timestamp = type == "timestamp";
    const auto moment = is_timestamp ? timestamp_from(*nanos) : duration_from(*nanos);
    if (!moment) return std::nullopt;
    return is_timestamp ? Value::timestamp(*moment) : Value::duration(*moment);
}

// "3/2", "7".
std::optional<Rational> fraction(std::string_view text) {
    const auto slash = text.find('/');
    const auto numerator = whole<std::int64_t>(json::value(json::string(text.substr(0, slash))));
    if (!numerator) return std::nullopt;
    if (slash == std::string_view::npos) return Rational{*numerator, 1};
    const auto denominator = whole<std::int64_t>(json::value(json::string(text.substr(slash + 1))));
    if (!denominator || *denominator <= 0) return std::nullopt;
    return Rational::make(*numerator, *denominator);
}

// Of the types whose content is a text. Empty: no such type, or a text that does not fit it.
std::optional<Value> value_of_text(std::string_view type, std::string_view text) {
    if (type == "string") return Value::string(std::string(text));
    if (type == "type") return Value::type(std::string(text));
    if (type == "bytes_hex") {
        auto bytes = octets(text);
        return bytes ? std::optional(Value::bytes(std::move(*bytes))) : std::nullopt;
    }
    if (type == "date") {
        const auto date = Date::parse_iso(text);
        return date ? std::optional(Value::date(*date)) : std::nullopt;
    }
    if (type == "money") {
        const auto money = Money::parse_yuan(text);
        return money ? std::optional(Value::money(*money)) : std::nullopt;
    }
    const auto number = type == "amount" || type == "ratio" ? fraction(text) : std::nullopt;
    if (!number) return std::nullopt;
    return type == "amount" ? Value::amount(*number) : Value::ratio(*number);
}

std::optional<Value> value_of_number(std::string_view type, const json::value& content) {
    if (type == "int") {
        const auto number = whole<std::int64_t>(content);
        return number ? std::optional(Value::integer(*number)) : std::nullopt;
    }
    if (type == "uint") {
        const auto number = whole<std::uint64_t>(content);
        return number ? std::optional(Value::uinteger(*number)) : std::nullopt;
    }
    const auto number = floating(content);
    return number ? std::optional(Value::floating(*number)) : std::nullopt;
}

// A list holds no unknown (value.h): one among its items makes the whole unknown, which is written so.
Result<Value> item_of(const json::value& content) {
    Value item = TRY(value_of(content));
    if (!item.is_unknown()) return item;
    return bad("列表和映射里不能有 unknown", "unknown cannot stand inside of a list or a map");
}

Result<Value> list_of(const json::array& content) {
    std::vector<Value> items;
    for (const json::value& item : content) items.push_back(TRY(item_of(item)));
    return Value::list(std::move(items));
}

bool is_key_of(const Value& value, std::span<const Value> pairs) {
    for (std::size_t i = 0; i < pairs.size(); i += 2)
        if (equal_values(pairs[i], value)) return true;
    return false;
}

Result<Value> map_of(const json::array& content) {
    std::vector<Value> parts;
    for (const json::value& pair : content) {
        if (!pair.is_array() || pair.get_array().size() != 2) return unfit("map", pair);
        Value key = TRY(item_of(pair.get_array()[0]));
        if (is_key_of(key, parts)) return bad("映射的键重复", "a key of the map stands twice");
        parts.push_back(std::move(key));
        parts.push_back(TRY(item_of(pair.get_array()[1])));
    }
    return Value::map(std::move(parts));
}

std::optional<Value> unknown_of(const json::array& content) {
    std::vector<FactId> facts;
    for (const json::value& item : content) {
        const auto fact = whole<FactId>(item);
        if (!fact) return std::nullopt;
        facts.push_back(*fact);
    }
    return Value::unknown(std::move(facts));
}

std::optional<Value> simple_value(std::string_view type, const json::value& content) {
    if (type == "null") return Value::none();
    if (type == "bool")
        return content.is_bool() ? std::optional(Value::boolean(content.get_bool())) : std::nullopt;
    if (type == "int" || type == "uint" || type == "double") return value_of_number(type, content);
    if (type == "timestamp" || type == "duration") return moment_of(type, content);
    if (type == "unknown") return content.is_array() ? unknown_of(content.get_array()) : std::nullopt;
    if (!content.is_string()) return std::nullopt;
    return value_of_text(type, {content.get_string().data(), content.get_string().size()});
}

Result<Value> value_of(const json::value& typed) {
    if (!typed.is_object() || typed.get_object().size() != 1)
        return bad("值应写作 {类型: 内容}：" + json::serialize(typed),
                   "a value is written {type: content}: " + json::serialize(typed));
    const auto& entry = *typed.get_object().begin();
    const std::string_view type(entry.key().data(), entry.key().size());
    const json::value& content = entry.value();
    if (type == "list" && content.is_array()) return list_of(content.get_array());
    if (type == "map" && content.is_array()) return map_of(content.get_array());
    const auto value = simple_value(type, content);
    return value ? Result<Value>(*value) : unfit(type, content);
}

Result<Case> case_of(const json::value& value) {
    if (!value.is_object()) return bad("应为 JSON 对象", "a case is a JSON object");
    const json::object& object = value.get_object();
    Case one;
    one.expression = TRY(text_of(object, "expr"));
    const json::value* bindings = object.if_contains("bindings");
    if (bindings == nullptr) return one;
    if (!bindings->is_object())
        return bad("\"bindings\" 应为对象：名称到值", "\"bindings\" is an object of names and values");
    if (bindings->get_object().size() > most_bindings)
        return bad(fmt::format("名称超过 {} 个", most_bindings),
                   fmt::format("there are more than {} names", most_bindings));
    for (const auto& entry : bindings->get_object())
        one.bindings.push_back({std::string(entry.key()), TRY(value_of(entry.value()))});
    return one;
}

// --- values out ---

std::string hex(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return text;
}

json::object typed_json(const Value& value);

json::array items_json(const Value& value) {
    json::array out;
    const auto items = value.items();
    const bool is_map = value.is(TypeKind::map);
    for (std::size_t i = 0; i < items.size(); i += is_map ? 2 : 1) {
        if (is_map)
            out.emplace_back(json::array{typed_json(items[i]), typed_json(items[i + 1])});
        else
            out.emplace_back(typed_json(items[i]));
    }
    return out;
}

json::object moment_json(const Value& value) {
    const Moment moment = value.as_moment();
    json::object parts;
    if (moment.seconds != 0) parts["seconds"] = std::to_string(moment.seconds);
    if (moment.nanos != 0) parts["nanos"] = moment.nanos;
    return parts;
}

json::object one_entry(std::string_view type, json::value content) {
    json::object out;
    out.emplace(type, std::move(content));
    return out;
}

json::object typed_json(const Value& value) {
    switch (value.kind()) {
        case TypeKind::boolean:
            return one_entry("bool", value.as_boolean());
        case TypeKind::integer:
            return one_entry("int", json::string(std::to_string(value.as_integer())));
        case TypeKind::uinteger:
            return one_entry("uint", json::string(std::to_string(value.as_uinteger())));
        case TypeKind::floating:
            return one_entry("double", json::string(fmt::format("{}", value.as_floating())));
        case TypeKind::string:
            return one_entry("string", json::string(value.as_text()));
        case TypeKind::type:
            return one_entry("type", json::string(value.as_text()));
        case TypeKind::bytes:
            return one_entry("bytes_hex", json::string(hex(value.as_text())));
        case TypeKind::date:
            return one_entry("date", json::string(value.as_date().iso()));
        case TypeKind::money:
            return one_entry("money", json::string(value.as_money().yuan_text()));
        case TypeKind::amount:
            return one_entry("amount", json::string(value.as_rational().text()));
        case TypeKind::ratio:
            return one_entry("ratio", json::string(value.as_rational().text()));
        case TypeKind::timestamp:
            return one_entry("timestamp", moment_json(value));
        case TypeKind::duration:
            return one_entry("duration", moment_json(value));
        case TypeKind::list:
            return one_entry("list", items_json(value));
        case TypeKind::map:
            return one_entry("map", items_json(value));
        case TypeKind::structure:
        case TypeKind::poison:
        case TypeKind::dyn:
        case TypeKind::null:
            break;
    }
    return one_entry("null", nullptr);
}

// In the words of the specification's tests, where they have some.
std::string_view fault_words(Fault fault) {
    switch (fault) {
        case Fault::overflow:
            return "return error for overflow";
        case Fault::zero:
            return "divide by zero";
        case Fault::type:
            return "no such overload";
        case Fault::key:
            return "no such key";
        case Fault::name:
            return "undeclared reference";
        case Fault::encoding:
            return "invalid UTF-8";
        case Fault::index:
            return "invalid_argument";
        case Fault::pattern:
            return "invalid pattern";
        case Fault::range:
        case Fault::empty:
        case Fault::limit:
        case Fault::nothing:
            break;
    }
    return fault_name(fault);
}

// --- tests ---

class Bindings final : public Activation {
  public:
    explicit Bindings(const Case& one) : case_(one) {}
    [[nodiscard]] Value get(FieldRef ref) const override { return case_.bindings[ref.variable].value; }

  private:
    const Case& case_;
};

Text instead_of(const std::string& came, const std::string& expected) {
    return {fmt::format("得到 {}，应为 {}", came, expected),
            fmt::format("gave {} and not {}", came, expected)};
}

// A function that is not there must not pass for the error that it would have given.
std::optional<Text> judge_error(const Value& value, std::string_view wanted) {
    if (!value.is_error()) return instead_of(value.text(), fmt::format("error \"{}\"", wanted));
    const bool about_name = wanted.starts_with("un") || wanted.starts_with("no matching overload");
    if (value.fault() != Fault::name || about_name) return std::nullopt;
    return instead_of("no such function", fmt::format("error \"{}\"", wanted));
}

std::optional<Text> judge(const json::object& test, const Case& one) {
    const auto value = answer_of(one);
    const auto wanted = text_of(test, "error");
    if (wanted) return value ? judge_error(*value, *wanted) : std::nullopt;
    const json::value* typed = test.if_contains("value");
    if (typed == nullptr)
        return Text{"既没有 \"value\" 也没有 \"error\"", "there is neither \"value\" nor \"error\""};
    const auto expected = value_of(*typed);
    if (!expected) return expected.error().text;
    if (!value) return Text{value.error().message(Lang::zh), value.error().message(Lang::en)};
    return same_answer(*value, *expected) ? std::nullopt
                                          : std::optional(instead_of(value->text(), expected->text()));
}

TestOutcome outcome_of(std::string_view file, std::size_t number, const json::value& test) {
    TestOutcome outcome;
    outcome.id = fmt::format("{}/#{}", file, number);
    const auto one = case_of(test);
    if (test.is_object()) {
        const auto section = text_of(test.get_object(), "section");
        const auto name = text_of(test.get_object(), "name");
        if (section && name) outcome.id = fmt::format("{}/{}/{}", file, *section, *name);
    }
    if (!one) {
        outcome.failure = one.error().text;
        return outcome;
    }
    outcome.expression = one->expression;
    outcome.failure = judge(test.get_object(), *one);
    return outcome;
}

}  // namespace

Result<Case> read_case(std::string_view text) {
    return case_of(TRY(parsed(text)));
}

Result<Value> answer_of(const Case& one) {
    Schema schema;
    for (const Case::Binding& binding : one.bindings) schema.add_variable(binding.name, TypeKind::dyn);
    const Program program = TRY(compile(one.expression, schema, CheckMode::full_cel));
    return evaluate(program, Bindings(one));
}

std::string answer_json(const Value& value) {
    switch (value.lane()) {
        case Lane::error:
            return error_json(std::string(fault_words(value.fault())));
        case Lane::unknown: {
            json::array facts;
            for (const FactId fact : value.facts()) facts.emplace_back(fact);
            return json::serialize(one_entry("unknown", std::move(facts)));
        }
        case Lane::value:
        case Lane::none:
            break;
    }
    return json::serialize(one_entry("value", typed_json(value)));
}

std::string error_json(const std::string& message, std::optional<std::uint64_t> line) {
    json::object out = one_entry("error", json::string(message));
    if (line) out.emplace("line", *line);
    return json::serialize(out);
}

Result<std::vector<TestOutcome>> run_tests(std::string_view text) {
    const json::value file = TRY(parsed(text));
    const json::value* tests = file.is_object() ? file.get_object().if_contains("tests") : nullptr;
    if (tests == nullptr || !tests->is_array())
        return bad("没有测试列表 \"tests\"", "there is no list \"tests\"");
    const std::string_view name = TRY(text_of(file.get_object(), "file"));
    std::vector<TestOutcome> outcomes;
    for (const json::value& test : tests->get_array())
        outcomes.push_back(outcome_of(name, outcomes.size() + 1, test));
    return outcomes;
}

}  // namespace doudi::expr
