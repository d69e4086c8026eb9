// SPDX-License-Identifier: Apache-2.0
#include "store/row_text.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace doudi::store {

namespace {

constexpr std::string_view blob_mark = "\\\\x";
constexpr std::string_view to_escape = "\\\t\n\r";
constexpr std::string_view escaped = "\\tnr";  // in the same order
constexpr std::string_view hex_digits = "0123456789abcdef";

template <class Number>
bool read_whole(std::string_view text, Number& value, int base = 10) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

void put_text(std::string& out, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t special = std::min(text.find_first_of(to_escape, at), text.size());
        out.append(text.substr(at, special - at));
        if (special < text.size()) {
            out += '\\';
            out += escaped[to_escape.find(text[special])];
        }
        at = special + 1;
    }
}

void put_blob(std::string& out, std::span<const std::byte> blob) {
    out += blob_mark;
    for (const std::byte byte : blob) {
        out += hex_digits[std::to_integer<unsigned>(byte) >> 4U];
        out += hex_digits[std::to_integer<unsigned>(byte) & 15U];
    }
}

void put_integer(std::string& out, std::int64_t value) {
    char digits[24];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
    (void)error;
    out.append(digits, end);
}

std::vector<std::string_view> values_of(std::string_view line) {
    std::vector<std::string_view> values;
    for (std::size_t at = 0; at <= line.size();) {
        const std::size_t tab = std::min(line.find('\t', at), line.size());
        values.push_back(line.substr(at, tab - at));
        at = tab + 1;
    }
    return values;
}

std::optional<std::string> text_of(std::string_view written) {
    std::string text;
    text.reserve(written.size());
    for (std::size_t at = 0; at < written.size(); ++at) {
        if (written[at] != '\\') {
            text += written[at];
            continue;
        }
        if (++at == written.size()) return std::nullopt;
        const std::size_t which = escaped.find(written[at]);
        if (which == std::string_view::npos) return std::nullopt;
        text += to_escape[which];
    }
    return text;
}

std::optional<std::vector<std::byte>> blob_of(std::string_view written) {
    if (!written.starts_with(blob_mark)) return std::nullopt;
    written.remove_prefix(blob_mark.size());
    if (written.size() % 2 != 0) return std::nullopt;
    std::vector<std::byte> blob;
    blob.reserve(written.size() / 2);
    for (; !written.empty(); written.remove_prefix(2)) {
        unsigned char value = 0;
        if (!read_whole(written.substr(0, 2), value, 16)) return std::nullopt;
        blob.push_back(std::byte{value});
    }
    return blob;
}

std::optional<std::int64_t> integer_of(std::string_view written) {
    std::int64_t value = 0;
    if (!read_whole(written, value)) return std::nullopt;
    return value;
}

}  // namespace doudi::store
