// SPDX-License-Identifier: Apache-2.0
// What all lists have in common: a page with a mark of the next one, and the same list as a spreadsheet.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "http/request/call.h"
#include "intake/table_export.h"

namespace doudi::http {

struct PageAsked {
    std::size_t limit = 0;
    std::vector<std::string> after;  // sort key of the last row of the page before; empty: from the top
    std::string format;              // json | csv | xlsx
    std::string list;                // what a cursor is signed for
};
// limit, cursor and format of a query; what else the query has makes the list another one.
[[nodiscard]] Outcome<PageAsked> page_asked(Call& call, QueryFields& query, FieldFaults& faults,
                                            std::size_t key_parts);
// {"items": […], "next": …}; `next_place` where there are more rows.
[[nodiscard]] Response page_answer(const Call& call, const PageAsked& asked, boost::json::array items,
                                   const std::optional<std::vector<std::string>>& next_place);
// A file to take away. The right to export is asked for, and the look says that it left the house. Its name
// and each of its rows, in a last column `taken_by`, carry who took it and when: a copied row says so too.
[[nodiscard]] Outcome<Response> exported(Call& call, const PageAsked& asked, const std::string& name,
                                         intake::Table table);
// The same without that column, for a form of somebody else's that takes no other column than its own.
[[nodiscard]] Outcome<Response> exported_as_it_is(Call& call, const PageAsked& asked, const std::string& name,
                                                  const intake::Table& table);
// A spreadsheet holds so many rows at most.
inline constexpr std::size_t most_exported = 200'000;

// A temporary file that goes when the holder does.
[[nodiscard]] FileBody temporary_file(const Call& call, const std::string& ending);

}  // namespace doudi::http
