// SPDX-License-Identifier: Apache-2.0
#include "intake/gb18030.h"

#include <unicode/ucnv.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "base/result.h"
#include "base/utf8.h"

namespace doudi::intake {
namespace {

constexpr std::size_t leads = 0xFE - 0x81 + 1;
constexpr std::size_t trails = 0xFE - 0x40 + 1;
constexpr std::size_t four_byte_bmp = 39420;      // 81308130 .. 8431A439
constexpr std::size_t four_byte_planes = 189000;  // 90308130 is U+10000

[[nodiscard]] std::size_t pair_index(std::uint8_t lead, std::uint8_t trail) {
    return (lead - std::size_t{0x81}) * trails + (trail - std::size_t{0x40});
}

// 0 stands for "no character"; U+0000 itself is one byte.
struct Tables {
    std::array<char16_t, leads * trails> pairs{};
    std::array<char16_t, four_byte_bmp> fours{};

    Tables() {
        UErrorCode status = U_ZERO_ERROR;
        UConverter* converter = ucnv_open("gb18030", &status);
        ensure(U_SUCCESS(status) && converter != nullptr, "ICU knows GB18030");
        for (std::size_t lead = 0x81; lead <= 0xFE; ++lead) {
            for (std::size_t trail = 0x40; trail <= 0xFE; ++trail) {
                if (trail == 0x7F) continue;
                const std::array<char, 2> bytes{static_cast<char>(lead), static_cast<char>(trail)};
                pairs[(lead - 0x81) * trails + (trail - 0x40)] = one(converter, {bytes.data(), 2});
            }
        }
        for (std::size_t linear = 0; linear < four_byte_bmp; ++linear) {
            const std::array<char, 4> bytes{
                static_cast<char>(0x81 + linear / 12600), static_cast<char>(0x30 + linear / 1260 % 10),
                static_cast<char>(0x81 + linear / 10 % 126), static_cast<char>(0x30 + linear % 10)};
            fours[linear] = one(converter, {bytes.data(), 4});
        }
        ucnv_close(converter);
    }

  private:
    [[nodiscard]] static char16_t one(UConverter* converter, std::string_view bytes) {
        UErrorCode status = U_ZERO_ERROR;
        std::array<UChar, 4> units{};
        const auto size = ucnv_toUChars(converter, units.data(), static_cast<std::int32_t>(units.size()),
                                        bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
        return U_SUCCESS(status) && size == 1 && units[0] != 0xFFFD ? units[0] : u'\0';
    }
};

[[nodiscard]] const Tables& tables() {
    static const Tables built;
    return built;
}

struct Step {
    char32_t code = 0;     // 0: no character begins here
    std::size_t size = 1;  // 0: cut off
};

[[nodiscard]] Step four_bytes(const Tables& table, const std::uint8_t* at, std::size_t left) {
    if (left < 3) return {0, 0};
    if (at[2] < 0x81 || at[2] == 0xFF) return {};
    if (left < 4) return {0, 0};
    if (at[3] < 0x30 || at[3] > 0x39) return {};
    const std::size_t linear = ((at[0] - std::size_t{0x81}) * 10 + (at[1] - std::size_t{0x30})) * 1260 +
                               (at[2] - std::size_t{0x81}) * 10 + (at[3] - std::size_t{0x30});
    if (linear < four_byte_bmp) return table.fours[linear] == 0 ? Step{} : Step{table.fours[linear], 4};
    if (linear < four_byte_planes || linear - four_byte_planes > 0xFFFFF) return {};
    return {static_cast<char32_t>(0x10000 + (linear - four_byte_planes)), 4};
}

[[nodiscard]] Step step(const Tables& table, const std::uint8_t* at, std::size_t left) {
    if (at[0] < 0x81 || at[0] == 0xFF) return {};
    if (left < 2) return {0, 0};
    if (at[1] >= 0x30 && at[1] <= 0x39) return four_bytes(table, at, left);
    if (at[1] < 0x40 || at[1] == 0x7F || at[1] == 0xFF) return {};
    const char16_t code = table.pairs[pair_index(at[0], at[1])];
    return code == 0 ? Step{} : Step{code, 2};
}

}  // namespace

Gb18030Step append_gb18030(std::string_view bytes, std::string& out) {
    const Tables& table = tables();
    const auto* const begin = reinterpret_cast<const std::uint8_t*>(bytes.data());
    Gb18030Step result;
    std::size_t at = 0;
    while (at < bytes.size()) {
        std::size_t ascii = at;
        while (ascii < bytes.size() && begin[ascii] < 0x80) ++ascii;
        out.append(bytes.substr(at, ascii - at));
        at = ascii;
        if (at == bytes.size()) break;
        const Step next = step(table, begin + at, bytes.size() - at);
        if (next.size == 0) break;
        if (next.code == 0) result.strict = false;
        append_utf8(out, next.code == 0 ? replacement_character : next.code);
        at += next.size;
    }
    result.consumed = at;
    return result;
}

bool gb18030_to_utf8(std::string_view bytes, std::string& out) {
    out.clear();
    const Gb18030Step result = append_gb18030(bytes, out);
    return result.strict && result.consumed == bytes.size();
}

}  // namespace doudi::intake
