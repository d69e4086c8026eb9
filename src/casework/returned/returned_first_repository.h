// SPDX-License-Identifier: Apache-2.0
// Rows of lists of first requests that came back, in the store.
#pragma once
#include <string_view>

#include "casework/returned/returned_first.h"
#include "casework/returned/returned_rows_repository.h"

namespace doudi::casework::repository {

struct FirstRows {
    using Row = ReturnedFirst;
    static constexpr std::string_view counter = "returned_first";
    static constexpr std::string_view table = "casework_returned_first";
    static constexpr std::string_view more = "request, opens, move, on_day, case_id";

    static void read(const store::Statement& query, int at, ReturnedFirst& row);
    static void bind(store::Statement& insert, int at, const ReturnedFirst& row);
    [[nodiscard]] static Result<ToldRow> written(Shelf& shelf, std::int64_t number, const ReturnedFirst& row);
    [[nodiscard]] static Result<void> open(Shelf& shelf, const KeptTold& kept, ReturnedFirst& row);
};

}  // namespace doudi::casework::repository
