// SPDX-License-Identifier: Apache-2.0
// A statistical region code (统计用区划代码): 12 digits = 2 province, 2 city, 2 county, 3 township, 3
// village. Shorter codes name the whole above them. A scope is a prefix: county 441622 covers 441622102201.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace doudi {

enum class RegionLevel : std::uint8_t { province = 2, city = 4, county = 6, township = 9, village = 12 };

class RegionCode {
  public:
    constexpr RegionCode() = default;
    // 2, 4, 6, 9 or 12 digits; 12 digits ending in zeros keep their length (441622000000 is county 441622:
    // see trimmed()).
    [[nodiscard]] static std::optional<RegionCode> parse(std::string_view digits);
    [[nodiscard]] RegionLevel level() const;
    [[nodiscard]] RegionCode at(
        RegionLevel level) const;  // the unit above, at that level; itself if already higher
    // The unit that a zero-padded code means: 441622000000 and 441622 are one county. 000000000000 is cut to
    // "00".
    [[nodiscard]] RegionCode trimmed() const;
    // A prefix covers itself and everything below it; the code of nothing (a default one) covers nothing.
    // Codes are compared as they stand: trim a padded one first.
    [[nodiscard]] bool covers(RegionCode other) const;
    [[nodiscard]] std::string text() const;
    friend constexpr auto operator<=>(RegionCode, RegionCode) = default;

  private:
    constexpr RegionCode(std::uint64_t digits, std::uint8_t length) : digits_(digits), length_(length) {}
    std::uint64_t digits_ = 0;  // the code padded with zeros to 12 digits
    std::uint8_t length_ = 0;   // significant digits
};

}  // namespace doudi
