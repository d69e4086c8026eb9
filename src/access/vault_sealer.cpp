// SPDX-License-Identifier: Apache-2.0
#include "access/vault_sealer.h"

#include <fmt/format.h>

#include <charconv>

#include "store/sealing.h"
#include "vault/digest.h"
#include "vault/purpose.h"
#include "vault/secret.h"

namespace doudi::access {

namespace {

std::unexpected<Error> damaged() {
    return fail(ErrorKind::unreadable, "sealed_damaged",
                {"加密内容打不开：被改动、移动，或密钥不符",
                 "what was sealed does not open: it was edited, moved, or the key is another"});
}

std::unexpected<Error> no_keys() {
    return fail(
        ErrorKind::not_found, "keys_missing",
        {"数据目录没有加密，第二步验证无处存放密钥：请先运行 doudi keys seal --data 目录",
         "the data folder is not sealed, so a second factor cannot be kept: run doudi keys seal --data "
         "DIR first"});
}

class FolderSealer final : public Sealer {
  public:
    explicit FolderSealer(std::shared_ptr<const store::FolderSeal> seal)
        : seal_(std::move(seal)), sealer_(seal_->ring()) {}
    [[nodiscard]] Result<std::string> seal(std::string_view secret, std::string_view place) const override {
        return sealer_.seal(secret, place);
    }
    [[nodiscard]] Result<std::string> open(std::string_view sealed, std::string_view place) const override {
        return sealer_.open(sealed, place);
    }

  private:
    std::shared_ptr<const store::FolderSeal> seal_;
    VaultSealer sealer_;
};

}  // namespace

Result<std::string> VaultSealer::seal(std::string_view secret, std::string_view place) const {
    const std::uint32_t number = ring_->active();
    const auto key = TRY(ring_->seal_key(number, ring_->suite(), vault::purpose_column));
    vault::Sealer sealer(*key);
    const std::size_t seal_bytes = vault::Sealer::seal_bytes(ring_->suite());
    const auto plain = vault::bytes_of(secret);
    std::vector<std::byte> bytes(plain.begin(), plain.end());
    bytes.resize(secret.size() + seal_bytes);
    const std::span<std::byte> all(bytes);
    sealer.seal(vault::bytes_of(place), all.first(secret.size()), all.last(seal_bytes));
    return fmt::format("{}:{}", number, vault::hex_of(bytes));
}

Result<std::string> VaultSealer::open(std::string_view sealed, std::string_view place) const {
    std::uint32_t number = 0;
    const auto read = std::from_chars(sealed.data(), sealed.data() + sealed.size(), number);
    const std::size_t colon = sealed.find(':');
    if (read.ec != std::errc{} || colon == std::string_view::npos) return damaged();
    auto bytes = vault::bytes_of_hex(sealed.substr(colon + 1));
    const std::size_t seal_bytes = vault::Sealer::seal_bytes(ring_->suite());
    if (!bytes || bytes->size() < seal_bytes) return damaged();
    const auto key = TRY(ring_->seal_key(number, ring_->suite(), vault::purpose_column));
    vault::Sealer sealer(*key);
    const std::span<std::byte> all(*bytes);
    const auto content = all.first(all.size() - seal_bytes);
    if (!sealer.open(vault::bytes_of(place), content, all.last(seal_bytes))) return damaged();
    std::string secret(reinterpret_cast<const char*>(content.data()), content.size());
    vault::wipe(content);
    return secret;
}

Result<std::string> NoSealer::seal(std::string_view, std::string_view) const {
    return no_keys();
}
Result<std::string> NoSealer::open(std::string_view, std::string_view) const {
    return no_keys();
}

std::unique_ptr<Sealer> sealer_of(const store::DataFolder& folder) {
    if (folder.seal() == nullptr) return std::make_unique<NoSealer>();
    return std::make_unique<FolderSealer>(folder.seal());
}

std::string folder_key(const store::DataFolder& folder, std::string_view purpose) {
    constexpr std::size_t key_bytes = 32;
    if (folder.seal() == nullptr) return {};
    const vault::KeyRing& ring = folder.seal()->ring();
    const vault::Secret key = ring.derived(ring.first(), purpose, key_bytes);
    return {reinterpret_cast<const char*>(key.bytes().data()), key.bytes().size()};
}

std::string audit_key_of(const store::DataFolder& folder) {
    return folder_key(folder, vault::purpose_audit);
}

}  // namespace doudi::access
