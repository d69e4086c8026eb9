// SPDX-License-Identifier: Apache-2.0
#include "base/id_number.h"

#include <fmt/format.h>

#include "base/id_scan.h"
#include "base/result.h"

namespace doudi {
namespace {

constexpr std::uint64_t unchecked_bit = std::uint64_t{1} << 63U;
constexpr std::uint64_t after_region = 100'000'000'000;  // the 11 digits behind the region
constexpr std::uint64_t after_birth = 1000;              // the sequence

[[nodiscard]] char check_character(std::uint8_t value) {
    return value == 10 ? 'X' : static_cast<char>('0' + value);
}

}  // namespace

std::optional<IdNumber> IdNumber::parse(std::string_view canonical) {
    if (canonical.size() != 18 || canonical[17] == 'x') return std::nullopt;
    const IdScan scan = scan_canonical_id(canonical.data());
    if (scan.kind != IdScanKind::valid) return std::nullopt;
    return IdNumber(scan.digits17);
}

Date IdNumber::birth_date() const {
    const auto yyyymmdd = static_cast<int>(packed_ / after_birth % 100'000'000);
    const auto date = Date::from_ymd(yyyymmdd / 10000, yyyymmdd / 100 % 100, yyyymmdd % 100);
    ensure(date.has_value(), "a packed identity number has a birth date");
    return *date;
}

std::uint32_t IdNumber::region6() const {
    return static_cast<std::uint32_t>(packed_ / after_region);
}

std::string IdNumber::masked() const {
    return fmt::format("{:06}********{:03}{}", region6(), packed_ % after_birth,
                       check_character(id_check_value(packed_)));
}

std::string IdNumber::reveal() const {
    return fmt::format("{:017}{}", packed_, check_character(id_check_value(packed_)));
}

char id_check_character(std::string_view seventeen_digits) {
    ensure(seventeen_digits.size() == 17, "17 digits have a check character");
    std::uint64_t digits = 0;
    for (const char c : seventeen_digits) {
        ensure(c >= '0' && c <= '9', "17 digits have a check character");
        digits = digits * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return check_character(id_check_value(digits));
}

std::uint64_t pack_unchecked(std::string_view canonical18) {
    ensure(canonical18.size() == 18, "18 canonical characters");
    const IdScan scan = scan_canonical_id(canonical18.data());
    ensure(scan.kind != IdScanKind::not_canonical, "18 canonical characters");
    return pack_scan(scan.digits17, scan.check, scan.kind == IdScanKind::wrong_check);
}

void unpack_characters(std::uint64_t packed, char (&out)[18]) {
    std::uint64_t digits = is_unchecked(packed) ? (packed & ~unchecked_bit) / 16 : packed;
    const auto check = is_unchecked(packed) ? static_cast<std::uint8_t>(packed % 16) : id_check_value(packed);
    for (std::size_t i = 17; i-- > 0; digits /= 10) out[i] = static_cast<char>('0' + digits % 10);
    out[17] = check_character(check);
}

int differing_characters(std::uint64_t left, std::uint64_t right) {
    char a[18];
    char b[18];
    unpack_characters(left, a);
    unpack_characters(right, b);
    int count = 0;
    for (std::size_t i = 0; i < 18; ++i) count += a[i] != b[i] ? 1 : 0;
    return count;
}

}  // namespace doudi
