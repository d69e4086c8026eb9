// SPDX-License-Identifier: Apache-2.0
#include "http/server/message.h"

#include <algorithm>
#include <charconv>

namespace doudi::http {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char l = lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// One element of a list such as Accept: its value and its q (in thousandths).
struct Weighed {
    std::string_view value;
    int permille = 1000;
};

int permille_of(std::string_view q) {
    double value = 0;
    const auto [end, failure] = std::from_chars(q.data(), q.data() + q.size(), value);
    if (failure != std::errc() || value < 0) return 1000;
    return static_cast<int>(std::min(value, 1.0) * 1000);
}

std::vector<Weighed> weighed(std::string_view header) {
    std::vector<Weighed> all;
    while (!header.empty()) {
        const std::size_t comma = std::min(header.find(','), header.size());
        std::string_view part = header.substr(0, comma);
        header.remove_prefix(std::min(comma + 1, header.size()));
        const std::size_t semicolon = std::min(part.find(';'), part.size());
        Weighed one{trimmed(part.substr(0, semicolon))};
        if (const std::size_t q = part.find("q="); q != std::string_view::npos && q > semicolon)
            one.permille = permille_of(trimmed(part.substr(q + 2)));
        if (!one.value.empty()) all.push_back(one);
    }
    return all;
}

bool starts_with_word(std::string_view text, std::string_view word) {
    return text.size() >= word.size() && same_header(text.substr(0, word.size()), word) &&
           (text.size() == word.size() || text[word.size()] == '-');
}

}  // namespace

bool same_header(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, lower, lower);
}

void Headers::set(std::string_view name, std::string value) {
    std::erase_if(all_, [&](const auto& header) { return same_header(header.first, name); });
    add(std::string(name), std::move(value));
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (const auto& [known, value] : all_) {
        if (same_header(known, name)) return value;
    }
    return std::nullopt;
}

std::string_view Request::raw_path() const {
    return std::string_view(target).substr(0, target.find('?'));
}

std::string_view Request::raw_query() const {
    const std::size_t mark = target.find('?');
    return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            decoded += ' ';
        } else if (text[i] != '%') {
            decoded += text[i];
        } else {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high < 0 || low < 0 || high + low == 0) return std::nullopt;
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return decoded;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        if (plain) {
            encoded += c;
        } else {
            encoded += '%';
            encoded += digits[byte >> 4U];
            encoded += digits[byte & 15U];
        }
    }
    return encoded;
}

std::optional<std::vector<std::pair<std::string, std::string>>> query_pairs(std::string_view raw) {
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!raw.empty()) {
        const std::size_t end = std::min(raw.find('&'), raw.size());
        const std::string_view part = raw.substr(0, end);
        raw.remove_prefix(std::min(end + 1, raw.size()));
        if (part.empty()) continue;
        const std::size_t equals = std::min(part.find('='), part.size());
        auto name = percent_decoded(part.substr(0, equals), true);
        auto value = percent_decoded(part.substr(std::min(equals + 1, part.size())), true);
        if (!name || !value) return std::nullopt;
        pairs.emplace_back(std::move(*name), std::move(*value));
    }
    return pairs;
}

Lang language_of(std::string_view accept_language) {
    int zh = 0;
    int en = 0;
    for (const auto& [value, permille] : weighed(accept_language)) {
        if (starts_with_word(value, "zh")) zh = std::max(zh, permille);
        if (starts_with_word(value, "en")) en = std::max(en, permille);
    }
    return en > zh ? Lang::en : Lang::zh;
}

bool takes_encoding(std::string_view accept_encoding, std::string_view coding) {
    std::optional<int> any;
    for (const auto& [value, permille] : weighed(accept_encoding)) {
        if (same_header(value, coding)) return permille > 0;
        if (value == "*") any = permille;
    }
    return any.value_or(0) > 0;
}

bool accepts(std::string_view accept, std::string_view media_type) {
    if (trimmed(accept).empty()) return true;
    const std::string_view family = media_type.substr(0, media_type.find('/'));
    // The most specific range decides: "*/*, application/json;q=0" refuses JSON.
    int best = -1;
    int verdict = 0;
    for (const auto& [range, permille] : weighed(accept)) {
        int rank = -1;
        if (range == "*/*" || range == "*") rank = 0;
        if (range.size() == family.size() + 2 && same_header(range.substr(0, family.size()), family) &&
            range.ends_with("/*"))
            rank = 1;
        if (same_header(range, media_type)) rank = 2;
        if (rank > best) {
            best = rank;
            verdict = permille;
        } else if (rank == best && rank >= 0) {
            verdict = std::max(verdict, permille);
        }
    }
    return best >= 0 && verdict > 0;
}

}  // namespace doudi::http
