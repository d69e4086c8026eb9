// SPDX-License-Identifier: Apache-2.0
// The fast path for identity numbers (公民身份号码, GB 11643-1999) that are written canonically: 18 ASCII
// bytes, classified in a few nanoseconds without allocation, branching only on what is rare. What it calls
// not_canonical goes to read_id_text. Sum of digit x weight, check character included, is 1 modulo 11;
// weights are 2^17 .. 2^0 modulo 11.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#if defined(__SSSE3__) && defined(__SSE4_1__)
#include <immintrin.h>
#define DOUDI_ID_SCAN_SIMD 1
#endif

namespace doudi {

enum class IdScanKind : std::uint8_t {
    valid,          // check character and birth date right
    wrong_check,    // of the right shape, check character wrong; the birth date is not judged
    wrong_birth,    // check character right, no such birth date between 1800-01-01 and 2100-12-31
    not_canonical,  // not 17 digits and a digit, X or x
};

struct IdScan {
    std::uint64_t digits17 = 0;  // the first 17 digits; of a valid number this is IdNumber::packed()
    IdScanKind kind = IdScanKind::not_canonical;
    std::uint8_t check = 0;  // 0..10 as written, X and x are 10
    friend bool operator==(const IdScan&, const IdScan&) = default;
};

namespace id_detail {

inline constexpr std::uint8_t bad = 0xFF;
inline constexpr std::array<std::uint8_t, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

// 0..10 for the bytes that may stand in the 18th place, `bad` for all others.
inline constexpr std::array<std::uint8_t, 256> check_values = [] {
    std::array<std::uint8_t, 256> table{};
    table.fill(bad);
    for (std::uint8_t digit = 0; digit < 10; ++digit) table[static_cast<std::size_t>('0') + digit] = digit;
    table['X'] = 10;
    table['x'] = 10;
    return table;
}();

// The last day of each month 00..99, 0 for those that are none; the second half is for leap years.
inline constexpr std::array<std::uint8_t, 256> last_days = [] {
    constexpr std::array<std::uint8_t, 13> days{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    std::array<std::uint8_t, 256> table{};
    for (std::size_t month = 1; month <= 12; ++month) {
        table[month] = days[month];
        table[128 + month] = static_cast<std::uint8_t>(days[month] + (month == 2 ? 1 : 0));
    }
    return table;
}();

// Each argument is 0..99. Without branches: whether a year is a leap year cannot be predicted.
[[nodiscard]] constexpr bool is_birth_date(unsigned century, unsigned year, unsigned month, unsigned day) {
    const auto fourth_year = static_cast<unsigned>(year % 4 == 0);
    const auto no_century = static_cast<unsigned>(year != 0) | static_cast<unsigned>(century % 4 == 0);
    const unsigned last = last_days[(fourth_year & no_century) * 128U + month];
    const auto in_range = static_cast<unsigned>(century * 100 + year - 1800U <= 300U);
    return (in_range & static_cast<unsigned>(day - 1U < last)) != 0;
}

[[nodiscard]] constexpr IdScanKind judge(unsigned weighted_sum, bool birth) {
    if (weighted_sum % 11U != 1U) return IdScanKind::wrong_check;
    return birth ? IdScanKind::valid : IdScanKind::wrong_birth;
}

}  // namespace id_detail

// The same answer byte by byte: for machines without the instructions, and to test against.
[[nodiscard]] constexpr IdScan scan_canonical_id_portable(const char* p18) {
    unsigned sum = 0;
    std::uint64_t digits = 0;
    std::array<unsigned, 18> d{};
    for (std::size_t i = 0; i < 17; ++i) {
        d[i] = static_cast<unsigned char>(p18[i]) - static_cast<unsigned>('0');
        if (d[i] > 9) return {};
        sum += d[i] * id_detail::weights[i];
        digits = digits * 10 + d[i];
    }
    const std::uint8_t check = id_detail::check_values[static_cast<unsigned char>(p18[17])];
    if (check == id_detail::bad) return {};
    const bool birth =
        id_detail::is_birth_date(d[6] * 10 + d[7], d[8] * 10 + d[9], d[10] * 10 + d[11], d[12] * 10 + d[13]);
    return {digits, id_detail::judge(sum + check, birth), check};
}

#ifdef DOUDI_ID_SCAN_SIMD
// Reads exactly 18 bytes.
[[nodiscard]] inline IdScan scan_canonical_id(const char* p18) {
    const __m128i raw = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p18));
    const __m128i d = _mm_sub_epi8(raw, _mm_set1_epi8('0'));
    const __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(d, _mm_set1_epi8(9)), d);
    const unsigned d17 = static_cast<unsigned char>(p18[16]) - static_cast<unsigned>('0');
    const std::uint8_t check = id_detail::check_values[static_cast<unsigned char>(p18[17])];
    if (_mm_movemask_epi8(is_digit) != 0xFFFF || d17 > 9 || check == id_detail::bad) [[unlikely]]
        return {};

    // Pairs of products are at most 180: they fit bytes, and one instruction adds the eight of them.
    const __m128i products =
        _mm_maddubs_epi16(d, _mm_setr_epi8(7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4));
    const __m128i sums = _mm_sad_epu8(_mm_packus_epi16(products, products), _mm_setzero_si128());
    const unsigned sum = static_cast<unsigned>(_mm_cvtsi128_si32(sums)) + d17 * 2 + check;

    // Two digits, four digits, eight digits to a lane.
    const __m128i twos = _mm_maddubs_epi16(d, _mm_set1_epi16(0x010A));
    const __m128i fours = _mm_madd_epi16(twos, _mm_set1_epi32(0x00010064));
    const __m128i eights = _mm_madd_epi16(_mm_packus_epi32(fours, fours), _mm_set1_epi32(0x00012710));
    const auto both = static_cast<std::uint64_t>(_mm_cvtsi128_si64(eights));
    const std::uint64_t digits = ((both & 0xFFFFFFFFU) * 100000000U + (both >> 32U)) * 10 + d17;

    // Born 1900-2099, month 1..12, day 1..28: true of nine in ten. The others are looked up.
    const __m128i above = _mm_sub_epi16(twos, _mm_setr_epi16(0, 0, 0, 19, 0, 1, 1, 0));
    const __m128i spans = _mm_setr_epi16(99, 99, 99, 1, 99, 11, 27, 99);
    const __m128i within = _mm_cmpeq_epi16(_mm_min_epu16(above, spans), above);
    bool birth = true;
    if (_mm_movemask_epi8(within) != 0xFFFF) [[unlikely]] {
        birth = id_detail::is_birth_date(static_cast<unsigned>(_mm_extract_epi16(twos, 3)),
                                         static_cast<unsigned>(_mm_extract_epi16(twos, 4)),
                                         static_cast<unsigned>(_mm_extract_epi16(twos, 5)),
                                         static_cast<unsigned>(_mm_extract_epi16(twos, 6)));
    }
    return {digits, id_detail::judge(sum, birth), check};
}
#else
[[nodiscard]] inline IdScan scan_canonical_id(const char* p18) {
    return scan_canonical_id_portable(p18);
}
#endif

// The check character's value (0..10) of 17 digits.
[[nodiscard]] constexpr std::uint8_t id_check_value(std::uint64_t digits17) {
    unsigned sum = 0;
    for (std::size_t i = 17; i-- > 0; digits17 /= 10) {
        sum += static_cast<unsigned>(digits17 % 10) * id_detail::weights[i];
    }
    return static_cast<std::uint8_t>((12U - sum % 11U) % 11U);
}

}  // namespace doudi
