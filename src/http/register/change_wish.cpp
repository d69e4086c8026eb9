// SPDX-License-Identifier: Apache-2.0
#include "http/register/change_wish.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "registry/fields.h"

namespace doudi::http {

namespace {

namespace json = boost::json;

constexpr std::size_t most_subjects = 200;
constexpr std::size_t longest_value = 500;
constexpr std::size_t longest_note = 2000;

using Fields = std::map<std::string, std::string, std::less<>>;

// Where someone is, and when a household ends, follow from what the case does: these are not fields to set.
bool may_set(std::string_view field, std::span<const std::string_view> known) {
    return field != "household" && field != "ended_on" && field != "successor" &&
           std::ranges::find(known, field) != known.end();
}

Fields read_fields(BodyFields& body, std::span<const std::string_view> known, FieldFaults& faults,
                   const std::string& at) {
    Fields fields;
    const json::value* value = body.value("fields", false);
    if (value == nullptr) return fields;
    const json::object* object = value->if_object();
    if (object == nullptr) {
        body.fault("fields", "not_object", {"应为对象", "takes an object"});
        return fields;
    }
    for (const auto& [name, content] : *object) {
        const std::string place = fmt::format("{}/fields/{}", at, std::string_view(name).substr(0, 40));
        const bool fit = content.is_string() && content.get_string().size() <= longest_value &&
                         is_plain_text(std::string_view(content.get_string()));
        if (!may_set(std::string_view(name), known)) {
            faults.add("body", place, "unknown_field", {"没有这个字段", "there is no such field"});
        } else if (!fit) {
            faults.add("body", place, "not_text", {"应为不太长的文本", "takes a text that is not too long"});
        } else {
            fields.emplace(std::string_view(name), std::string_view(content.get_string()));
        }
    }
    return fields;
}

upkeep::PersonWish read_person(const json::value& value, FieldFaults& faults, const std::string& at) {
    BodyFields body(value, faults, at);
    upkeep::PersonWish wish;
    if (const auto id = body.optional_text("id")) {
        std::uint32_t number = 0;
        const auto [end, failure] = std::from_chars(id->data(), id->data() + id->size(), number);
        if (failure != std::errc() || end != id->data() + id->size() || number == 0)
            body.fault("id", "bad_id", {"不是成员编号", "is no member's number"});
        wish.person = PersonId(number);
    }
    wish.household = body.optional_text("household");
    const bool leaves = body.flag("leaves", false);
    if (leaves && wish.household)
        body.fault("leaves", "one_of_two",
                   {"leaves 与 household 不能同时给出", "leaves or household, not both"});
    if (leaves) wish.household = "";
    wish.fields = read_fields(body, registry::member_fields(), faults, at);
    body.finish();
    return wish;
}

upkeep::HouseholdWish read_household(const json::value& value, FieldFaults& faults, const std::string& at) {
    BodyFields body(value, faults, at);
    upkeep::HouseholdWish wish;
    wish.code = body.text("code", {.most = 64});
    wish.opens = body.flag("opens", false);
    wish.ends = body.flag("ends", false);
    if (wish.opens && wish.ends)
        body.fault("ends", "one_of_two", {"不能既设立又终止", "it opens or ends, not both"});
    wish.successor = body.optional_text("successor").value_or("");
    wish.unit = body.optional_text("unit");
    wish.fields = read_fields(body, registry::household_fields(), faults, at);
    body.finish();
    return wish;
}

// Each item of a list with its place.
template <class Read>
void read_list(BodyFields& body, std::string_view name, const std::string& at, Read read) {
    const json::value* value = body.value(name, false);
    if (value == nullptr) return;
    const json::array* items = value->if_array();
    if (items == nullptr || items->size() > most_subjects) {
        body.fault(name, "not_list",
                   {fmt::format("应为至多 {} 项的列表", most_subjects),
                    fmt::format("takes a list of {} items at most", most_subjects)});
        return;
    }
    for (std::size_t i = 0; i < items->size(); ++i) read((*items)[i], fmt::format("{}/{}/{}", at, name, i));
}

}  // namespace

upkeep::Wish read_wish(const json::value& value, FieldFaults& faults, const std::string& at) {
    BodyFields body(value, faults, at);
    upkeep::Wish wish;
    wish.kind = body.text("kind");
    wish.effective_on = body.date("effective_on");
    if (const auto source = body.optional_text("source")) {
        if (*source != "hand" && *source != "feed")
            body.fault("source", "unknown_word", {"应为 hand 或 feed", "takes hand or feed"});
        wish.source = *source;
    }
    wish.paper = body.optional_text("paper").value_or("");
    wish.note = body.optional_text("note", longest_note).value_or("");
    read_list(body, "persons", at, [&](const json::value& item, const std::string& place) {
        wish.persons.push_back(read_person(item, faults, place));
    });
    read_list(body, "households", at, [&](const json::value& item, const std::string& place) {
        wish.households.push_back(read_household(item, faults, place));
    });
    body.finish();
    return wish;
}

}  // namespace doudi::http
