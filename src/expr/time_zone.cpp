// SPDX-License-Identifier: Apache-2.0
#include "expr/time_zone.h"

#include <unicode/timezone.h>

#include <memory>

namespace doudi::expr {

namespace {

// ICU would take "GMT+5" and any nonsense (as a zone without offset); only names of the tz database pass.
std::unique_ptr<icu::TimeZone> find_zone(std::string_view name) {
    const auto id = icu::UnicodeString::fromUTF8({name.data(), static_cast<std::int32_t>(name.size())});
    icu::UnicodeString canonical;
    UBool is_system = 0;
    UErrorCode status = U_ZERO_ERROR;
    icu::TimeZone::getCanonicalID(id, canonical, is_system, status);
    if (U_FAILURE(status) != 0 || is_system == 0) return nullptr;
    return std::unique_ptr<icu::TimeZone>(icu::TimeZone::createTimeZone(id));
}

// ICU reads a name only as far as its first NUL.
bool could_be_name(std::string_view zone) {
    constexpr std::size_t longest_name = 64;
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    return !zone.empty() && zone.size() <= longest_name &&
           zone.find_first_not_of(letters) == std::string_view::npos;
}

}  // namespace

std::optional<std::chrono::seconds> offset_in_zone(std::string_view zone, Moment timestamp) {
    if (const auto fixed = parse_offset(zone)) return fixed;
    if (!could_be_name(zone)) return std::nullopt;
    const auto found = find_zone(zone);
    if (found == nullptr) return std::nullopt;
    std::int32_t raw = 0;  // both in milliseconds
    std::int32_t summer = 0;
    UErrorCode status = U_ZERO_ERROR;
    found->getOffset(static_cast<UDate>(timestamp.seconds) * 1000, 0, raw, summer, status);
    if (U_FAILURE(status) != 0) return std::nullopt;
    return std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(raw + summer));
}

}  // namespace doudi::expr
