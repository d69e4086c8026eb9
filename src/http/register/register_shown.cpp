// SPDX-License-Identifier: Apache-2.0
#include "http/register/register_shown.h"

#include <charconv>

#include "access/register_class.h"
#include "base/id_number.h"

namespace doudi::http {

namespace json = boost::json;
using access::FieldClass;

std::optional<std::uint64_t> case_number(const std::string& text) {
    std::uint64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    constexpr std::uint64_t largest = INT64_MAX;
    if (failure != std::errc() || end != text.data() + text.size() || number == 0 || number > largest)
        return std::nullopt;
    return number;
}

json::value number_or_null(std::uint64_t number) {
    return number == 0 ? json::value(nullptr) : json::value(std::to_string(number));
}

json::array text_array(const std::vector<std::string>& all) {
    json::array array;
    for (const auto& one : all) array.emplace_back(one);
    return array;
}

json::value RegisterValues::shown(std::string_view field, std::string_view value,
                                  const access::ScopedRow& row, bool is_guarded) const {
    const FieldClass of = access::class_of(field);
    const bool tells_where = of == FieldClass::address || of == FieldClass::phone;
    if (is_guarded && tells_where && !shower_.is_whole(FieldClass::shelter, row)) return nullptr;
    const auto how = shower_.shown(of, row);
    if (how == access::Shown::hidden) return nullptr;
    // A number is masked by its own form, region and last four, unless it may be seen whole.
    if (of == FieldClass::identity_number && how != access::Shown::whole)
        return json::value(access::as_shown(how, of, mask_text(value)));
    return json::value(access::as_shown(how, of, value));
}

json::value RegisterValues::words(std::string_view written, const access::ScopedRow& row,
                                  bool is_guarded) const {
    if (is_guarded && !shower_.is_whole(FieldClass::shelter, row)) return nullptr;
    return json::value(written);
}

}  // namespace doudi::http
