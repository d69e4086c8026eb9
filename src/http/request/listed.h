// SPDX-License-Identifier: Apache-2.0
// A list as a page, or whole as a file: of the same items, so that a file shows what the page does and
// nothing else.
#pragma once
#include <boost/json.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/request/lists.h"

namespace doudi::http {

struct ListedColumn {
    std::string_view name;   // of the item's field; "rows/made": of one within it
    bool is_number = false;  // in the file too
};
using ListedColumns = std::initializer_list<ListedColumn>;

[[nodiscard]] inline bool is_file(const PageAsked& asked) {
    return asked.format != "json";
}
// How many rows are read: a page's, or all that a file holds.
[[nodiscard]] inline std::size_t most_of(const PageAsked& asked) {
    return is_file(asked) ? most_exported : asked.limit;
}
// `format` of a list that is told whole at once.
[[nodiscard]] Outcome<PageAsked> whole_asked(Call& call, QueryFields& query, FieldFaults& faults);
[[nodiscard]] Outcome<PageAsked> whole_asked(Call& call);

// Words come in the asker's language, texts of an array joined by ";", nothing as an empty cell.
[[nodiscard]] intake::Table table_of_items(const boost::json::array& items, ListedColumns columns, Lang lang);
// `name`: of the file, and of the look at it where the handler told none.
[[nodiscard]] Outcome<Response> listed_file(Call& call, const PageAsked& asked, const std::string& name,
                                            ListedColumns columns, const boost::json::array& items);
// The page or the file, as it was asked for.
[[nodiscard]] Outcome<Response> listed(
    Call& call, const PageAsked& asked, const std::string& name, ListedColumns columns,
    boost::json::array items, const std::optional<std::vector<std::string>>& next_place = std::nullopt);

}  // namespace doudi::http
