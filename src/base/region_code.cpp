// SPDX-License-Identifier: Apache-2.0
#include "base/region_code.h"

#include <fmt/format.h>

#include <array>

#include "base/result.h"

namespace doudi {
namespace {

constexpr std::uint8_t full_length = 12;

[[nodiscard]] std::uint64_t power_of_ten(unsigned exponent) {
    std::uint64_t power = 1;
    for (; exponent > 0; --exponent) power *= 10;
    return power;
}

// The weight of the last significant digit in the padded code.
[[nodiscard]] std::uint64_t unit_of(std::uint8_t length) {
    return power_of_ten(full_length - length);
}

[[nodiscard]] bool is_level_length(std::size_t length) {
    return length == 2 || length == 4 || length == 6 || length == 9 || length == 12;
}

}  // namespace

std::optional<RegionCode> RegionCode::parse(std::string_view digits) {
    if (!is_level_length(digits.size())) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    const auto length = static_cast<std::uint8_t>(digits.size());
    return RegionCode(value * unit_of(length), length);
}

RegionLevel RegionCode::level() const {
    ensure(length_ != 0, "level of no region");
    return static_cast<RegionLevel>(length_);
}

RegionCode RegionCode::at(RegionLevel level) const {
    const auto length = static_cast<std::uint8_t>(level);
    if (length >= length_) return *this;
    const std::uint64_t unit = unit_of(length);
    return {digits_ / unit * unit, length};
}

RegionCode RegionCode::trimmed() const {
    constexpr std::array<std::uint8_t, 5> lengths{2, 4, 6, 9, 12};
    for (const std::uint8_t length : lengths) {
        if (length < length_ && digits_ % unit_of(length) == 0) return {digits_, length};
    }
    return *this;
}

bool RegionCode::covers(RegionCode other) const {
    if (length_ == 0 || length_ > other.length_) return false;
    const std::uint64_t unit = unit_of(length_);
    return digits_ / unit == other.digits_ / unit;
}

std::string RegionCode::text() const {
    if (length_ == 0) return {};
    return fmt::format("{:0{}}", digits_ / unit_of(length_), length_);
}

}  // namespace doudi
