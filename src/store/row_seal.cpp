// SPDX-License-Identifier: Apache-2.0
#include "store/row_seal.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>

#include "vault/purpose.h"

namespace doudi::store {

namespace {

// A record: the number of the data key (its highest bit: the subject's own key is wanted too), the seal, the
// content.
constexpr std::uint32_t bound_bit = 0x80000000;
constexpr std::size_t key_bytes = 4;
constexpr std::size_t head_bytes = key_bytes + vault::Sealer::short_seal_bytes;

}  // namespace

RowSeal::RowSeal(std::shared_ptr<const FolderSeal> seal, std::string_view place)
    : seal_(std::move(seal)), place_(place), active_(seal_->ring().active()) {
    const auto text = std::as_bytes(std::span(place_.data(), place_.size()));
    about_.assign(text.begin(), text.end());
    about_.push_back(std::byte{0});
}

Result<RowSeal> RowSeal::create(std::shared_ptr<const FolderSeal> seal, std::string_view place) {
    RowSeal made(std::move(seal), place);
    (void)TRY(made.sealer(made.active_));
    return made;
}

Result<vault::Sealer*> RowSeal::sealer(std::uint32_t key, bool bound) {
    const std::uint32_t wanted = bound ? key | bound_bit : key;
    const auto known = std::ranges::find(sealers_, wanted, &std::pair<std::uint32_t, vault::Sealer>::first);
    if (known != sealers_.end()) return &known->second;
    const auto seal_key = TRY(seal_->ring().seal_key(key, vault::Suite::sm4_hmac_sm3,
                                                     bound ? vault::purpose_subject : vault::purpose_column));
    return &sealers_.emplace_back(wanted, vault::Sealer(*seal_key)).second;
}

const vault::TreeKey* RowSeal::key_of(SealedSubject of) {
    auto known = std::ranges::find(cursors_, of.kind, &std::pair<SubjectKind, vault::KeyCursor>::first);
    if (known == cursors_.end()) {
        cursors_.emplace_back(of.kind, vault::KeyCursor(seal_->cover(of.kind)));
        known = cursors_.end() - 1;
    }
    return known->second.key_of(of.id);
}

std::span<const std::byte> RowSeal::seal(SealedSubject of, RowKey row, std::span<const std::byte> content) {
    if (seal_->cover(of.kind) == nullptr) return seal(row, content);
    const vault::TreeKey* subject = key_of(of);
    if (subject == nullptr) return {};
    const auto with = sealer(active_, true);
    ensure(with.has_value(), "the active data key is there");
    const std::uint32_t head = active_ | bound_bit;
    record_.resize(head_bytes + content.size());
    std::memcpy(record_.data(), &head, key_bytes);
    std::ranges::copy(content, record_.begin() + head_bytes);
    (*with)->seal(*subject, about(row), std::span(record_).subspan(head_bytes),
                  std::span(record_).subspan(key_bytes, vault::Sealer::short_seal_bytes));
    return record_;
}

bool RowSeal::is_gone(SealedSubject of) {
    return seal_->cover(of.kind) != nullptr && key_of(of) == nullptr;
}

bool RowSeal::is_bound(std::span<const std::byte> sealed) {
    std::uint32_t head = 0;
    if (sealed.size() < head_bytes) return false;
    std::memcpy(&head, sealed.data(), key_bytes);
    return (head & bound_bit) != 0;
}

Result<std::optional<std::span<const std::byte>>> RowSeal::open(SealedSubject of, RowKey row,
                                                                std::span<const std::byte> sealed) {
    using Opened = std::optional<std::span<const std::byte>>;
    if (seal_->cover(of.kind) == nullptr) return Opened(TRY(open(row, sealed)));
    const vault::TreeKey* subject = key_of(of);
    if (subject == nullptr) return Opened();
    if (!is_bound(sealed)) return Opened(TRY(open(row, sealed)));
    std::uint32_t head = 0;
    std::memcpy(&head, sealed.data(), key_bytes);
    const std::uint32_t key = head & ~bound_bit;
    const auto with = sealer(key, true);
    if (!with) return broken(row, key);
    record_.assign(sealed.begin() + head_bytes, sealed.end());
    if (!(*with)->open(*subject, about(row), record_,
                       sealed.subspan(key_bytes, vault::Sealer::short_seal_bytes)))
        return broken(row, key);
    return Opened(record_);
}

std::span<const std::byte> RowSeal::about(RowKey row) {
    about_.resize(place_.size() + 1);
    const auto key = std::as_bytes(row);
    about_.insert(about_.end(), key.begin(), key.end());
    return about_;
}

std::span<const std::byte> RowSeal::seal(RowKey row, std::span<const std::byte> content) {
    const auto with = sealer(active_);
    ensure(with.has_value(), "the active data key is there");
    record_.resize(head_bytes + content.size());
    std::memcpy(record_.data(), &active_, key_bytes);
    std::ranges::copy(content, record_.begin() + head_bytes);
    (*with)->seal(about(row), std::span(record_).subspan(head_bytes),
                  std::span(record_).subspan(key_bytes, vault::Sealer::short_seal_bytes));
    return record_;
}

Result<std::span<const std::byte>> RowSeal::open(RowKey row, std::span<const std::byte> sealed) {
    if (sealed.size() < head_bytes) return broken(row, 0);
    std::uint32_t key = 0;
    std::memcpy(&key, sealed.data(), key_bytes);
    const auto with = sealer(key);
    if (!with) return broken(row, key);
    record_.assign(sealed.begin() + head_bytes, sealed.end());
    if (!(*with)->open(about(row), record_, sealed.subspan(key_bytes, vault::Sealer::short_seal_bytes)))
        return broken(row, key);
    return record_;
}

std::unexpected<Error> RowSeal::broken(RowKey row, std::uint32_t key) const {
    const std::string name = seal_->ring().name_of(key);
    return fail(
        ErrorKind::unreadable, "row_seal",
        {fmt::format("数据库中 {} 第 {} 行未通过认证：内容被改动或移到了别处，或密钥 {} 不符", place_,
                     fmt::join(row, "/"), name),
         fmt::format("row {} of {} in the database fails its authentication: it was changed or moved, or key "
                     "{} is another one",
                     fmt::join(row, "/"), place_, name)});
}

}  // namespace doudi::store
