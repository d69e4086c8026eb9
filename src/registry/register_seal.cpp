// SPDX-License-Identifier: Apache-2.0
#include "registry/register_seal.h"

#include <array>
#include <cstring>
#include <utility>

namespace doudi::registry {

namespace {

constexpr std::size_t number_bytes = 8;
constexpr std::size_t length_bytes = 4;

void append(std::vector<std::byte>& out, std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
    out.insert(out.end(), bytes.begin(), bytes.end());
}

void append_measured(std::vector<std::byte>& out, std::string_view text) {
    const auto size = static_cast<std::uint32_t>(text.size());
    const auto bytes = std::as_bytes(std::span(&size, 1));
    out.insert(out.end(), bytes.begin(), bytes.end());
    append(out, text);
}

std::string_view text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The measured text in front is cut off `rest`. What was opened is what was sealed: a bug else.
std::string_view take_measured(std::span<const std::byte>& rest) {
    std::uint32_t size = 0;
    ensure(rest.size() >= length_bytes, "a sealed record as it was made");
    std::memcpy(&size, rest.data(), length_bytes);
    ensure(rest.size() - length_bytes >= size, "a sealed record as it was made");
    const auto text = rest.subspan(length_bytes, size);
    rest = rest.subspan(length_bytes + size);
    return text_of(text);
}

}  // namespace

RegisterSeal::RegisterSeal(std::shared_ptr<store::RowSeal> members,
                           std::shared_ptr<store::RowSeal> households)
    : members_(std::move(members)), households_(std::move(households)) {}

namespace {

constexpr std::string_view members_place = "member.sealed";
constexpr std::string_view households_place = "household.sealed";

}  // namespace

Result<std::optional<RegisterSeal>> RegisterSeal::of(const store::DataFolder& folder) {
    const auto& seal = folder.seal();
    if (seal == nullptr) return std::optional<RegisterSeal>();
    auto members = std::make_shared<store::RowSeal>(TRY(store::RowSeal::create(seal, members_place)));
    auto households = std::make_shared<store::RowSeal>(TRY(store::RowSeal::create(seal, households_place)));
    return std::optional(RegisterSeal(std::move(members), std::move(households)));
}

Result<std::optional<RegisterSeal>> RegisterSeal::kept_by(store::DataFolder& folder) {
    if (folder.seal() == nullptr) return std::optional<RegisterSeal>();
    auto members = TRY(folder.row_seal(members_place));
    return std::optional(RegisterSeal(std::move(members), TRY(folder.row_seal(households_place))));
}

std::span<const std::byte> RegisterSeal::seal(PublishId publish, PersonId id, const MemberSecrets& secrets) {
    content_.resize(number_bytes);
    std::memcpy(content_.data(), &secrets.number, number_bytes);
    append_measured(content_, secrets.name);
    append(content_, secrets.phone);
    const std::array<std::int64_t, 2> row{id.value(), static_cast<std::int64_t>(publish.value())};
    return members_->seal(row, content_);
}

std::span<const std::byte> RegisterSeal::seal(PublishId publish, HouseholdId id,
                                              const HouseholdSecrets& secrets) {
    content_.clear();
    append_measured(content_, secrets.address);
    append(content_, secrets.head_name);
    const std::array<std::int64_t, 2> row{id.value(), static_cast<std::int64_t>(publish.value())};
    return households_->seal(row, content_);
}

Result<MemberSecrets> RegisterSeal::open_member(std::int64_t publish, std::int64_t id,
                                                std::span<const std::byte> sealed) {
    const std::array<std::int64_t, 2> row{id, publish};
    std::span<const std::byte> content = TRY(members_->open(row, sealed));
    ensure(content.size() >= number_bytes, "a sealed record as it was made");
    MemberSecrets secrets;
    std::memcpy(&secrets.number, content.data(), number_bytes);
    content = content.subspan(number_bytes);
    secrets.name = take_measured(content);
    secrets.phone = text_of(content);
    return secrets;
}

Result<HouseholdSecrets> RegisterSeal::open_household(std::int64_t publish, std::int64_t id,
                                                      std::span<const std::byte> sealed) {
    const std::array<std::int64_t, 2> row{id, publish};
    std::span<const std::byte> content = TRY(households_->open(row, sealed));
    HouseholdSecrets secrets;
    secrets.address = take_measured(content);
    secrets.head_name = text_of(content);
    return secrets;
}

}  // namespace doudi::registry
