// SPDX-License-Identifier: Apache-2.0
#include "vault/key_ring.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <tuple>

#include "vault/digest.h"

namespace doudi::vault {

namespace {

constexpr std::size_t data_key_bytes = 32;
constexpr std::string_view purpose_wrap = "doudi/wrap/1";

// What a wrapped key is bound to: it opens in no other ring and as no other number.
std::string about_of(std::uint64_t ring, std::uint32_t number, std::string_view master) {
    return fmt::format("data key {}/{} under {}", ring_name(ring), number, master);
}

std::string wrap(const KeyFile& file, Suite suite, std::uint32_t number, std::span<const std::byte> key) {
    const MasterKey& master = file.active();
    const SealKey seal_key(suite, master.key.bytes(), purpose_wrap);
    Secret content = Secret::copy_of(key);
    std::vector<std::byte> seal(Sealer::seal_bytes(suite));
    Sealer(seal_key).seal(bytes_of(about_of(file.ring(), number, master.id)), content.bytes(), seal);
    return fmt::format("{}:{}{}", static_cast<std::uint32_t>(suite), hex_of(seal), hex_of(content.bytes()));
}

std::unexpected<Error> damaged(std::uint64_t ring, std::uint32_t number) {
    return fail(
        ErrorKind::unreadable, "data_key_damaged",
        {fmt::format("数据密钥 {}/{} 无法打开：包裹已损坏，或主密钥不符", ring_name(ring), number),
         fmt::format("data key {}/{} does not open: its wrapping is damaged, or the master key is another",
                     ring_name(ring), number)});
}

std::optional<Suite> suite_of(std::string_view wrapped) {
    if (wrapped.starts_with("1:")) return Suite::aes_256_gcm;
    if (wrapped.starts_with("2:")) return Suite::sm4_hmac_sm3;
    return std::nullopt;
}

Result<Secret> unwrap(const KeyFile& file, const WrappedKey& key) {
    const MasterKey* master = file.find(key.master);
    if (master == nullptr) {
        return fail(
            ErrorKind::not_found, "master_key_missing",
            {fmt::format("密钥文件中没有主密钥 {}/{}：请使用轮换之后的密钥文件", ring_name(file.ring()),
                         key.master),
             fmt::format("the key file has no master key {}/{}: use the key file as it is since the rotation",
                         ring_name(file.ring()), key.master)},
            file.path().string());
    }
    const auto suite = suite_of(key.wrapped);
    const auto bytes =
        bytes_of_hex(std::string_view(key.wrapped).substr(std::min<std::size_t>(2, key.wrapped.size())));
    if (!suite || !bytes || bytes->size() != Sealer::seal_bytes(*suite) + data_key_bytes)
        return damaged(file.ring(), key.number);
    const auto seal = std::span<const std::byte>(*bytes).first(Sealer::seal_bytes(*suite));
    Secret content = Secret::copy_of(std::span<const std::byte>(*bytes).subspan(seal.size()));
    const SealKey seal_key(*suite, master->key.bytes(), purpose_wrap);
    const std::string about = about_of(file.ring(), key.number, key.master);
    if (!Sealer(seal_key).open(bytes_of(about), content.bytes(), seal))
        return damaged(file.ring(), key.number);
    return content;
}

}  // namespace

struct KeyRing::Derived {
    std::mutex mutex;
    std::map<std::tuple<std::uint32_t, Suite, std::string>, std::shared_ptr<const SealKey>> keys;
};

Result<KeyRing> KeyRing::open(const KeyFile& file, Suite suite, std::uint64_t ring,
                              std::span<const WrappedKey> wrapped) {
    if (file.ring() != ring) {
        return fail(ErrorKind::conflict, "keys_other_ring",
                    {fmt::format("这是密钥环 {} 的密钥文件，而数据以密钥环 {} 密封", ring_name(file.ring()),
                                 ring_name(ring)),
                     fmt::format("this is the key file of ring {}, and the data is sealed with ring {}",
                                 ring_name(file.ring()), ring_name(ring))},
                    file.path().string());
    }
    KeyRing opened;
    opened.ring_ = ring;
    opened.suite_ = suite;
    opened.derived_ = std::make_shared<Derived>();
    for (const WrappedKey& key : wrapped) {
        opened.keys_.push_back({key.number, TRY(unwrap(file, key))});
        if (key.active) opened.active_ = key.number;
    }
    std::ranges::sort(opened.keys_, {}, &Key::number);
    if (opened.active_ == 0) return damaged(ring, opened.keys_.empty() ? 1 : opened.keys_.back().number);
    return opened;
}

WrappedKey KeyRing::new_key(const KeyFile& file, Suite suite, std::uint32_t number, Date created_on) {
    const Secret key = Secret::random(data_key_bytes);
    return {number, created_on, true, file.active().id, wrap(file, suite, number, key.bytes())};
}

Result<WrappedKey> KeyRing::wrap_anew(const KeyFile& file, Suite suite, const WrappedKey& key) {
    const Secret content = TRY(unwrap(file, key));
    return WrappedKey{key.number, key.created_on, key.active, file.active().id,
                      wrap(file, suite, key.number, content.bytes())};
}

const KeyRing::Key* KeyRing::find(std::uint32_t number) const {
    const auto found = std::ranges::find(keys_, number, &Key::number);
    return found == keys_.end() ? nullptr : &*found;
}

Result<std::shared_ptr<const SealKey>> KeyRing::seal_key(std::uint32_t number, Suite suite,
                                                         std::string_view purpose) const {
    const Key* key = find(number);
    if (key == nullptr) {
        return fail(ErrorKind::not_found, "data_key_missing",
                    {fmt::format("没有数据密钥 {}", name_of(number)),
                     fmt::format("there is no data key {}", name_of(number))});
    }
    const std::lock_guard lock(derived_->mutex);
    auto& derived = derived_->keys[{number, suite, std::string(purpose)}];
    if (derived == nullptr) derived = std::make_shared<const SealKey>(suite, key->key.bytes(), purpose);
    return derived;
}

Secret KeyRing::derived(std::uint32_t number, std::string_view purpose, std::size_t size) const {
    const Key* key = find(number);
    ensure(key != nullptr, "a key that is in the ring");
    return derive(key->key.bytes(), purpose, size);
}

std::string KeyRing::name_of(std::uint32_t number) const {
    return fmt::format("{}/{}", ring_name(ring_), number);
}

}  // namespace doudi::vault
