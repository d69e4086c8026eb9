// SPDX-License-Identifier: Apache-2.0
#include "workbook/row_key.h"

#include <charconv>

#include "vault/digest.h"

namespace doudi::workbook {
namespace {

constexpr std::string_view purpose = "doudi workbook row 1";
constexpr std::size_t sealed_bytes = 16;  // of the digest: 128 bits

std::string seal_of(std::string_view list, const RowKey& row, std::span<const std::byte> secret) {
    vault::Hmac mac(vault::Hash::sm3, secret);
    // Lengths keep a list's end and a key's beginning apart.
    mac.add(purpose).add_number(list.size()).add(list).add_number(row.key.size()).add(row.key);
    mac.add_number(row.version);
    const vault::Digest digest = mac.finish();
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < sealed_bytes; ++i) {
        const auto byte = std::to_integer<unsigned>(digest[i]);
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

// In a time that does not tell how much was right.
bool equal(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return false;
    unsigned differs = 0;
    for (std::size_t i = 0; i < left.size(); ++i)
        differs |= static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]);
    return differs == 0;
}

}  // namespace

std::string seal_row(std::string_view list, const RowKey& row, std::span<const std::byte> secret) {
    return std::to_string(row.version) + ":" + row.key + ":" + seal_of(list, row, secret);
}

std::optional<RowKey> open_row(std::string_view list, std::string_view sealed,
                               std::span<const std::byte> secret) {
    const std::size_t first = sealed.find(':');
    const std::size_t last = sealed.rfind(':');
    if (first == std::string_view::npos || first == last) return std::nullopt;
    RowKey row;
    const auto [end, error] = std::from_chars(sealed.data(), sealed.data() + first, row.version);
    if (error != std::errc() || end != sealed.data() + first) return std::nullopt;
    row.key = sealed.substr(first + 1, last - first - 1);
    // Written as it was sealed: no zeros before the version.
    if (sealed.substr(0, first) != std::to_string(row.version)) return std::nullopt;
    if (!equal(sealed.substr(last + 1), seal_of(list, row, secret))) return std::nullopt;
    return row;
}

}  // namespace doudi::workbook
