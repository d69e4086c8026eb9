// SPDX-License-Identifier: Apache-2.0
// What workbooks of rows that open cases have in common, be they of who is due (due_workbook.h) or of first
// requests (first_workbook.h): how one is sent in, who sees it, how a row reads and what became of it.
#pragma once
#include <boost/json.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "casework/returned/returned_opening.h"
#include "http/request/call.h"

namespace doudi::http {

// A workbook that an office sends in, and with what its row keys are opened.
struct SentWorkbook {
    std::string file_name;
    std::shared_ptr<const policy::Policy> law;
    FileBody file;
    std::string secret;

    [[nodiscard]] std::span<const std::byte> secret_bytes() const {
        return std::as_bytes(std::span(secret.data(), secret.size()));
    }
};
// The body of the request; the look is one of what is made.
[[nodiscard]] Outcome<SentWorkbook> sent_workbook(Call& call);
// As it is kept, under that name (NewWorkbook::machine).
[[nodiscard]] casework::NewWorkbook new_workbook(const Call& call, std::string_view kind,
                                                 const SentWorkbook& sent, std::size_t unchanged);

// One's own, or of an office within the scope; of offices alone.
[[nodiscard]] bool reaches_opening_workbook(const Call& call, const casework::Workbook& workbook,
                                            const access::Scope& scope);

// As WorkbookRow, of a row of which nothing that it told is shown.
[[nodiscard]] boost::json::object opening_row_json(const casework::ReturnedOpening& row);
// As an item of WorkbookSettled, without whom it was about; whoever waits for the case is told of it.
[[nodiscard]] boost::json::object taken_opening_json(Call& call, int number,
                                                     const casework::TakenOpening& taken);
[[nodiscard]] boost::json::value case_or_null(const std::optional<casework::CaseId>& of);

}  // namespace doudi::http
