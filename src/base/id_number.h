// SPDX-License-Identifier: Apache-2.0
// The citizen identity number (公民身份号码, GB 11643-1999): 6 region, 8 birth date, 3 sequence, 1 check
// character. A number packs into 64 bits: its first 17 digits as an integer (the check character follows from
// them). There is no formatter and no stream operator; only masked() is fit to be seen.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace doudi {

class IdNumber {
  public:
    // 18 canonical characters: digits, the last one may be X. Check character and birth date must be right
    // (1800-01-01 to 2100-12-31; "not yet born" is the caller's question, it needs a day). The region is
    // never judged.
    [[nodiscard]] static std::optional<IdNumber> parse(std::string_view canonical);
    // A number packed by packed() before; not checked again.
    [[nodiscard]] static constexpr IdNumber from_packed(std::uint64_t packed) { return IdNumber(packed); }

    [[nodiscard]] constexpr std::uint64_t packed() const { return packed_; }
    [[nodiscard]] Date birth_date() const;
    [[nodiscard]] std::uint32_t region6() const;  // 441622
    [[nodiscard]] std::string masked() const;     // 441622********1234 (region and last four)
    // The whole number. Only for exports and screens that access/ has cleared; every use is looked for in
    // review.
    [[nodiscard]] std::string reveal() const;
    friend constexpr auto operator<=>(IdNumber, IdNumber) = default;

  private:
    constexpr explicit IdNumber(std::uint64_t packed) : packed_(packed) {}
    std::uint64_t packed_ = 0;
};

// The check character ('0'..'9', 'X') of 17 digits; 17 bytes of '0'..'9' are required.
[[nodiscard]] char id_check_character(std::string_view seventeen_digits);

// What an office wrote, made canonical: full-width to half-width, spaces and quotes dropped, x to X, 15
// digits made 18. Says what kind of text it was, and what was mended.
enum class IdTextKind : std::uint8_t {
    valid,           // 18 characters, check character and birth date right
    wrong_check,     // 18 characters of the right shape, check character wrong (the birth date is not judged)
    wrong_birth,     // check character right, no such birth date
    empty,           // nothing there, or a word that says so (无, 无身份证, 暂无)
    damaged_number,  // a spreadsheet made it a float: 4.41699E+17, or lost digits to zeros by it
    masked,          // 441699**********1234
    wrong_shape,     // anything else: length, letters, two numbers in one cell
};
enum class IdFix : std::uint8_t { none = 0, width = 1, spaces = 2, x_case = 4, from_15 = 8, quotes = 16 };

struct IdText {
    IdTextKind kind = IdTextKind::empty;
    std::uint8_t fixes = 0;   // bits of IdFix
    char canonical[18] = {};  // filled for valid, wrong_check and wrong_birth

    [[nodiscard]] std::string_view view() const { return {canonical, sizeof canonical}; }
};
[[nodiscard]] IdText read_id_text(std::string_view utf8);

// 17 digits and a check character of any value, in 64 bits: how a number with a wrong check character
// travels. Right check character: the packed number, also with an impossible birth date (then it makes no
// IdNumber). Wrong check character: bit 63 set, then digits * 16 + check (X = 10).
[[nodiscard]] std::uint64_t pack_unchecked(std::string_view canonical18);
// The same from what base/id_scan.h found: digits17, check 0..10, and whether the kind is wrong_check.
[[nodiscard]] constexpr std::uint64_t pack_scan(std::uint64_t digits17, std::uint8_t check,
                                                bool wrong_check) {
    return wrong_check ? std::uint64_t{1} << 63 | (digits17 * 16 + check) : digits17;
}
[[nodiscard]] constexpr bool is_unchecked(std::uint64_t packed) {
    return (packed >> 63) != 0;
}
// The 18 characters of either form; for comparing one differing character.
void unpack_characters(std::uint64_t packed, char (&out)[18]);
// How many of the 18 characters differ.
[[nodiscard]] int differing_characters(std::uint64_t left, std::uint64_t right);

// Masks a text that may be or hold an identity number, phone or account: keeps at most six characters in
// front and four behind.
[[nodiscard]] std::string mask_text(std::string_view utf8);

}  // namespace doudi
