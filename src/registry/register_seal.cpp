// SPDX-License-Identifier: Apache-2.0
#include "registry/register_seal.h"

#include <array>
#include <cstring>
#include <limits>
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

// The length of an address has this bit where an income stands behind it; programs of before wrote none.
constexpr std::uint32_t with_income = 0x80000000;
constexpr std::int64_t income_unknown = std::numeric_limits<std::int64_t>::min();

template <class Number>
void append_number(std::vector<std::byte>& out, Number number) {
    const auto bytes = std::as_bytes(std::span(&number, 1));
    out.insert(out.end(), bytes.begin(), bytes.end());
}

// The number in front is cut off `rest`.
template <class Number>
Number take_number(std::span<const std::byte>& rest) {
    Number number{};
    ensure(rest.size() >= sizeof number, "a sealed record as it was made");
    std::memcpy(&number, rest.data(), sizeof number);
    rest = rest.subspan(sizeof number);
    return number;
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

struct Places {
    std::string_view members;
    std::string_view households;
};
Places places_of(Ledger ledger) {
    if (ledger == Ledger::proposed) return {"proposed_member.sealed", "proposed_household.sealed"};
    return {"member.sealed", "household.sealed"};
}

}  // namespace

Result<std::optional<RegisterSeal>> RegisterSeal::of(const store::DataFolder& folder, Ledger ledger) {
    const auto& seal = folder.seal();
    if (seal == nullptr) return std::optional<RegisterSeal>();
    const Places places = places_of(ledger);
    auto members = std::make_shared<store::RowSeal>(TRY(store::RowSeal::create(seal, places.members)));
    auto households = std::make_shared<store::RowSeal>(TRY(store::RowSeal::create(seal, places.households)));
    return std::optional(RegisterSeal(std::move(members), std::move(households)));
}

Result<std::optional<RegisterSeal>> RegisterSeal::kept_by(store::DataFolder& folder, Ledger ledger) {
    if (folder.seal() == nullptr) return std::optional<RegisterSeal>();
    const Places places = places_of(ledger);
    auto members = TRY(folder.row_seal(places.members));
    return std::optional(RegisterSeal(std::move(members), TRY(folder.row_seal(places.households))));
}

std::span<const std::byte> RegisterSeal::seal(PublishId publish, PersonId id, const MemberSecrets& secrets) {
    content_.resize(number_bytes);
    std::memcpy(content_.data(), &secrets.number, number_bytes);
    append_measured(content_, secrets.name);
    append(content_, secrets.phone);
    const std::array<std::int64_t, 2> row{id.value(), static_cast<std::int64_t>(publish.value())};
    return members_->seal({store::SubjectKind::person, id.value()}, row, content_);
}

std::span<const std::byte> RegisterSeal::seal(PublishId publish, HouseholdId id,
                                              const HouseholdSecrets& secrets) {
    content_.clear();
    append_number(content_, static_cast<std::uint32_t>(secrets.address.size()) | with_income);
    append(content_, secrets.address);
    append_number(content_, secrets.income ? secrets.income->fen() : income_unknown);
    append(content_, secrets.head_name);
    const std::array<std::int64_t, 2> row{id.value(), static_cast<std::int64_t>(publish.value())};
    return households_->seal({store::SubjectKind::household, id.value()}, row, content_);
}

bool RegisterSeal::is_gone(PersonId id) {
    return members_->is_gone({store::SubjectKind::person, id.value()});
}

bool RegisterSeal::is_gone(HouseholdId id) {
    return households_->is_gone({store::SubjectKind::household, id.value()});
}

Result<MemberSecrets> RegisterSeal::open_member(std::int64_t publish, std::int64_t id,
                                                std::span<const std::byte> sealed) {
    const std::array<std::int64_t, 2> row{id, publish};
    const auto opened =
        TRY(members_->open({store::SubjectKind::person, static_cast<std::uint32_t>(id)}, row, sealed));
    if (!opened) return MemberSecrets{};
    std::span<const std::byte> content = *opened;
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
    const auto opened =
        TRY(households_->open({store::SubjectKind::household, static_cast<std::uint32_t>(id)}, row, sealed));
    if (!opened) return HouseholdSecrets{};
    std::span<const std::byte> content = *opened;
    HouseholdSecrets secrets;
    const auto size = take_number<std::uint32_t>(content);
    const std::size_t address = size & ~with_income;
    ensure(content.size() >= address, "a sealed record as it was made");
    secrets.address = text_of(content.first(address));
    content = content.subspan(address);
    if ((size & with_income) != 0) {
        const auto fen = take_number<std::int64_t>(content);
        if (fen != income_unknown) secrets.income = Money::fen(fen);
    }
    secrets.head_name = text_of(content);
    return secrets;
}

}  // namespace doudi::registry
