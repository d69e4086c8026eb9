// SPDX-License-Identifier: Apache-2.0
// What a department wrote into a cell must not run when we send it back: a text that a spreadsheet would take
// for a formula gets an apostrophe in front (CSV injection). Every exporter of the project goes through here.
#pragma once
#include <string>
#include <string_view>

namespace doudi::intake {

// True for a text beginning with = + - @, a tab, a return or their full-width forms, blanks before it
// included. A plain number such as -12.50 is none.
[[nodiscard]] bool runs_as_formula(std::string_view utf8);
[[nodiscard]] std::string escape_formula(std::string_view utf8);
// One CSV cell: formula escaped, quoted if it holds a comma, a quote or a line break.
void append_csv_cell(std::string& out, std::string_view utf8);

}  // namespace doudi::intake
