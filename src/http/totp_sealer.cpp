// SPDX-License-Identifier: Apache-2.0
#include "http/totp_sealer.h"

#include <algorithm>
#include <span>
#include <vector>

#include "vault/purpose.h"
#include "vault/secret.h"

namespace doudi::http {
namespace {

constexpr auto suite = vault::Suite::aes_256_gcm;

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text));
}

}  // namespace

TotpSealer::TotpSealer(const vault::KeyFile& keys)
    : key_(suite, keys.active().key.bytes(), vault::purpose_column) {}

Result<std::string> TotpSealer::seal(std::string_view secret, std::string_view place) const {
    std::vector<std::byte> content(bytes_of(secret).begin(), bytes_of(secret).end());
    std::vector<std::byte> seal(vault::Sealer::seal_bytes(suite));
    vault::Sealer(key_).seal(bytes_of(place), content, seal);
    return vault::hex_of(seal) + vault::hex_of(content);
}

Result<std::string> TotpSealer::open(std::string_view sealed, std::string_view place) const {
    auto bytes = vault::bytes_of_hex(sealed);
    const std::size_t seal_bytes = vault::Sealer::seal_bytes(suite);
    if (bytes && bytes->size() >= seal_bytes) {
        const auto all = std::span(*bytes);
        const auto content = all.subspan(seal_bytes);
        if (vault::Sealer(key_).open(bytes_of(place), content, all.first(seal_bytes)))
            return std::string(reinterpret_cast<const char*>(content.data()), content.size());
    }
    return fail(ErrorKind::unreadable, "sealed_secret",
                {"密文无法用现有密钥打开：密钥文件可能不是这个数据目录的",
                 "a sealed secret does not open with these keys: they may be another folder's"});
}

}  // namespace doudi::http
