// SPDX-License-Identifier: Apache-2.0
#include "exchange/body_columns.h"

#include <array>

#include "base/hash.h"

namespace doudi::exchange::repository {

namespace {

std::array<std::int64_t, 2> key_of(const BodyPlace& place) {
    return {static_cast<std::int64_t>(hash64(place.peer)), place.row};
}

store::SealedSubject subject_of(const BodyPlace& place) {
    return {store::SubjectKind::household, place.household.value()};
}

std::optional<Instant> instant_at(const store::Statement& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return instant_of(row.integer(column));
}

HouseholdId household_at(const store::Statement& row, int column) {
    return HouseholdId(static_cast<std::uint32_t>(row.integer(column)));
}

}  // namespace

Result<BodyRow> write_body(const Shelf& shelf, const BodyPlace& place, std::string_view body) {
    BodyRow row;
    if (shelf.seal == nullptr) {
        row.text = body;
        return row;
    }
    auto sealer = TRY(store::RowSeal::create(shelf.seal, place.column));
    const auto key = key_of(place);
    const auto content = std::as_bytes(std::span(body.data(), body.size()));
    const auto record = place.household == HouseholdId() ? sealer.seal(key, content)
                                                         : sealer.seal(subject_of(place), key, content);
    row.sealed.assign(record.begin(), record.end());
    return row;
}

Result<std::string> read_body(const Shelf& shelf, const BodyPlace& place, std::string_view text,
                              std::span<const std::byte> sealed) {
    if (!text.empty() || sealed.empty() || shelf.seal == nullptr) return std::string(text);
    auto sealer = TRY(store::RowSeal::create(shelf.seal, place.column));
    const auto key = key_of(place);
    std::optional<std::span<const std::byte>> content;
    if (place.household == HouseholdId()) {
        content = TRY(sealer.open(key, sealed));
    } else {
        content = TRY(sealer.open(subject_of(place), key, sealed));
    }
    if (!content) return std::string();
    return std::string(reinterpret_cast<const char*>(content->data()), content->size());
}

void bind_body(store::Statement& statement, int text, int sealed, const BodyRow& body) {
    statement.bind(text, std::string_view(body.text));
    if (body.sealed.empty()) {
        statement.bind_null(sealed);
    } else {
        statement.bind(sealed, std::span<const std::byte>(body.sealed));
    }
}

OutRow out_of(const store::Statement& row) {
    OutRow out;
    out.peer = row.text(0);
    out.id = row.integer(1);
    out.number = row.integer(2);
    out.message = row.text(3);
    out.kind = row.text(4);
    out.source = row.text(5);
    out.household = household_at(row, 6);
    out.made_at = instant_of(row.integer(7));
    out.basis = row.integer(8);
    out.forgotten = row.integer(9) != 0;
    out.state = row.text(10);
    out.attempts = static_cast<int>(row.integer(11));
    out.settled_at = instant_at(row, 12);
    out.why = {row.text(13), {row.text(14), row.text(15)}};
    return out;
}

InRow in_of(const store::Statement& row) {
    InRow in;
    in.peer = row.text(0);
    in.number = row.integer(1);
    in.message = row.text(2);
    in.kind = row.text(3);
    in.household = household_at(row, 4);
    in.made_at = instant_of(row.integer(5));
    in.came_at = instant_of(row.integer(6));
    in.basis = row.integer(7);
    in.forgotten = row.integer(8) != 0;
    in.state = row.text(9);
    in.outcome = row.text(10);
    in.settled_at = instant_at(row, 11);
    in.why = {row.text(12), {row.text(13), row.text(14)}};
    return in;
}

}  // namespace doudi::exchange::repository
