// SPDX-License-Identifier: Apache-2.0
// Rows of due lists that came back, in the store.
#pragma once
#include <optional>
#include <string_view>

#include "casework/returned/returned_due.h"
#include "casework/returned/returned_rows_repository.h"

namespace doudi::casework::repository {

struct DueRows {
    using Row = ReturnedDue;
    static constexpr std::string_view counter = "returned_due";
    static constexpr std::string_view table = "casework_returned_due";
    static constexpr std::string_view more = "household, category, machine, seen, opens, until, case_id";

    static void read(const store::Statement& query, int at, ReturnedDue& row);
    static void bind(store::Statement& insert, int at, const ReturnedDue& row);
    [[nodiscard]] static Result<ToldRow> written(Shelf& shelf, std::int64_t number, const ReturnedDue& row);
    [[nodiscard]] static Result<void> open(Shelf& shelf, const KeptTold& kept, ReturnedDue& row);
};

[[nodiscard]] Result<std::optional<PutOff>> select_put_off(Shelf& shelf, const DueLine& line);

}  // namespace doudi::casework::repository
