// SPDX-License-Identifier: Apache-2.0
#include "http/request/page.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/result.h"
#include "http/request/fields.h"
#include "store/sha256.h"

namespace doudi::http {
namespace {

constexpr int bad_request = 400;
constexpr std::size_t signature_digits = 32;

std::string hex_of(std::span<const unsigned char> bytes) {
    std::string hex;
    for (const unsigned char byte : bytes) hex += fmt::format("{:02x}", byte);
    return hex;
}

std::optional<std::string> bytes_of_hex(std::string_view hex) {
    const auto digit = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    if (hex.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        if (digit(hex[i]) < 0 || digit(hex[i + 1]) < 0) return std::nullopt;
        bytes += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
    }
    return bytes;
}

std::unexpected<Failure> bad_cursor() {
    Failure failure(bad_request, "bad_cursor",
                    {"翻页标记无效或不属于这个查询，请从第一页重新开始",
                     "the cursor is none of this list's: begin at the first page again"});
    failure.fields.push_back({"query", "/cursor", "bad_cursor", failure.text});
    return std::unexpected(std::move(failure));
}

}  // namespace

std::string sha256_hex(std::string_view text) {
    store::Sha256 hash;
    hash.add(std::as_bytes(std::span(text)));
    return hash.hex();
}

std::string random_hex(std::size_t count) {
    std::vector<unsigned char> bytes(count);
    ensure(::RAND_bytes(bytes.data(), static_cast<int>(count)) == 1, "random bytes");
    return hex_of(bytes);
}

std::string Cursors::sign(std::string_view list, std::string_view payload) const {
    const std::string text = fmt::format("{}\n{}", list, payload);
    std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
    unsigned size = 0;
    const auto* made =
        ::HMAC(::EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
               reinterpret_cast<const unsigned char*>(text.data()), text.size(), code.data(), &size);
    ensure(made != nullptr, "HMAC");
    return hex_of(std::span(code.data(), size)).substr(0, signature_digits);
}

std::string Cursors::write(std::string_view list, const std::vector<std::string>& place) const {
    boost::json::array items;
    for (const std::string& part : place) items.emplace_back(part);
    const std::string payload = boost::json::serialize(items);
    const auto* bytes = reinterpret_cast<const unsigned char*>(payload.data());
    return sign(list, payload) + hex_of(std::span(bytes, payload.size()));
}

Outcome<std::vector<std::string>> Cursors::read(std::string_view list, std::string_view cursor) const {
    if (cursor.size() < signature_digits) return bad_cursor();
    const auto payload = bytes_of_hex(cursor.substr(signature_digits));
    if (!payload) return bad_cursor();
    const std::string signature = sign(list, *payload);
    if (::CRYPTO_memcmp(signature.data(), cursor.data(), signature_digits) != 0) return bad_cursor();
    const auto value = parse_json(*payload);
    if (!value || !value->is_array()) return bad_cursor();
    std::vector<std::string> place;
    for (const auto& item : value->get_array()) {
        if (!item.is_string()) return bad_cursor();
        place.emplace_back(item.get_string());
    }
    return place;
}

}  // namespace doudi::http
