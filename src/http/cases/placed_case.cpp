// SPDX-License-Identifier: Apache-2.0
#include "http/cases/placed_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace doudi::http {

namespace json = boost::json;

namespace {

// Faults told at what lacks a field, and the field.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> missing_fields{
    {{"case_no_day", "as_of"},
     {"case_no_region", "region"},
     {"case_no_members", "members"},
     {"case_no_name", "name"}}};

std::string escaped(std::string_view key) {
    std::string out;
    for (const char c : key) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out += c;
        }
    }
    return out;
}

// Of "name:line:column"; 0: there is none.
std::size_t line_of(std::string_view where) {
    const std::size_t column = where.rfind(':');
    if (column == std::string_view::npos || column == 0) return 0;
    const std::size_t line = where.rfind(':', column - 1);
    if (line == std::string_view::npos) return 0;
    std::size_t number = 0;
    std::from_chars(where.data() + line + 1, where.data() + column, number);
    return number;
}

}  // namespace

std::string PlacedCase::pointer_to(const Error& fault) const {
    const std::size_t line = line_of(fault.where);
    std::string pointer = line == 0 || line > pointers_.size() ? at_ : pointers_[line - 1];
    const auto lacks = std::ranges::find(missing_fields, std::string_view(fault.code),
                                         &std::pair<std::string_view, std::string_view>::first);
    if (lacks == missing_fields.end()) return pointer;
    const std::string field = fmt::format("/{}", lacks->second);
    return pointer.ends_with(field) ? pointer : pointer + field;
}

void PlacedCase::end_line(std::string_view at_of_next) {
    text_ += '\n';
    pointers_.emplace_back(at_of_next);
}

void PlacedCase::write(const json::value& value, const std::string& at) {
    if (pointers_.empty()) pointers_.push_back(at);
    const auto* object = value.if_object();
    const auto* array = value.if_array();
    if (object == nullptr && array == nullptr) {
        text_ += json::serialize(value);
        return;
    }
    text_ += object != nullptr ? '{' : '[';
    std::size_t left = object != nullptr ? object->size() : array->size();
    const auto each = [&](std::string_view key, const std::string& lead, const json::value& one) {
        const std::string place = fmt::format("{}/{}", at, escaped(key));
        end_line(place);
        text_ += lead;
        write(one, place);
        if (--left > 0) text_ += ',';
    };
    if (object != nullptr) {
        for (const auto& member : *object)
            each({member.key().data(), member.key().size()},
                 json::serialize(json::string(member.key())) + ": ", member.value());
    } else {
        for (std::size_t n = 0; n < array->size(); ++n) each(std::to_string(n), {}, (*array)[n]);
    }
    end_line(at);
    text_ += object != nullptr ? '}' : ']';
}

}  // namespace doudi::http
