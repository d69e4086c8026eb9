// SPDX-License-Identifier: Apache-2.0
// What a message says, as it lies in the store: text; where the folder is sealed, one record under the key of
// the household that it is about, so that it goes with that key.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/repository.h"

namespace doudi::exchange::repository {

inline constexpr std::string_view out_column = "exchange_out.sealed";
inline constexpr std::string_view in_column = "exchange_in.sealed";

struct BodyPlace {
    std::string_view column;
    std::string_view peer;
    std::int64_t row = 0;
    HouseholdId household;
};
// One of the two is empty; both: the household's key was destroyed, nothing about it is kept any more.
struct BodyRow {
    std::string text;
    std::vector<std::byte> sealed;
    [[nodiscard]] bool forgotten() const { return text.empty() && sealed.empty(); }
};
[[nodiscard]] Result<BodyRow> write_body(const Shelf& shelf, const BodyPlace& place, std::string_view body);
// Empty: it was forgotten.
[[nodiscard]] Result<std::string> read_body(const Shelf& shelf, const BodyPlace& place, std::string_view text,
                                            std::span<const std::byte> sealed);
void bind_body(store::Statement& statement, int text, int sealed, const BodyRow& body);

// The columns that list_*, select_* read, without the body; and what they read of a row.
inline constexpr std::string_view out_columns =
    "peer, id, number, message, kind, source, household, made_at, basis, forgotten, state, attempts, "
    "settled_at,"
    " field, reason_zh, reason_en";
inline constexpr std::string_view in_columns =
    "peer, number, message, kind, household, made_at, came_at, basis, forgotten, state, outcome, settled_at,"
    " field, reason_zh, reason_en";
inline constexpr int out_width = 16;
inline constexpr int in_width = 15;
[[nodiscard]] OutRow out_of(const store::Statement& row);
[[nodiscard]] InRow in_of(const store::Statement& row);

}  // namespace doudi::exchange::repository
