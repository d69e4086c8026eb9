// SPDX-License-Identifier: Apache-2.0
// A text file of an office: the careful reader gives the same rows in whatever pieces the text comes, the
// bulk path cuts the same ones, at once or in two chunks; and no cell of it breaks what reads numbers, dates
// and amounts.
#include <optional>
#include <vector>

#include "base/id_number.h"
#include "fuzz/input.h"
#include "intake/amount_text.h"
#include "intake/csv_reader.h"
#include "intake/csv_rows.h"
#include "intake/date_text.h"

namespace {

using namespace doudi;
using namespace doudi::intake;

using Rows = std::vector<std::vector<std::string>>;

class Taken : public SheetSink {
  public:
    Result<void> row(std::uint32_t, std::span<const Cell> cells) override {
        auto& row = rows.emplace_back();
        for (const Cell& cell : cells) row.emplace_back(cell.text);
        return {};
    }
    Rows rows;
};

// Empty if it is refused, for a quote that is never closed.
std::optional<Rows> careful(std::string_view text, std::size_t piece) {
    Taken taken;
    CsvParser parser(',', {}, taken);
    for (std::size_t at = 0; at < text.size(); at += piece)
        if (!parser.feed(text.substr(at, piece))) return std::nullopt;
    if (!parser.finish()) return std::nullopt;
    return taken.rows;
}

void add_bulk(std::string_view text, Rows& rows) {
    CsvRows cut;
    cut.cut(text, ',');
    for (std::size_t row = 0; row < cut.size(); ++row) {
        auto& cells = rows.emplace_back();
        for (std::size_t i = 0; i < cut.cells(row); ++i)
            cells.emplace_back(cut.cell(row, static_cast<int>(i)));
    }
}

Rows in_bulk(std::string_view text, bool in_two) {
    const std::size_t first = in_two ? end_of_last_row(text.substr(0, text.size() / 2), ',') : 0;
    Rows rows;
    if (first != 0) add_bulk(text.substr(0, first), rows);
    if (first < text.size()) add_bulk(text.substr(first), rows);
    return rows;
}

// What the careful reader does beside cutting: blank lines are left out, and ="…" is its content.
Rows tidied(const Rows& rows) {
    Rows out;
    for (const auto& row : rows) {
        if (row.size() == 1 && row[0].empty()) continue;
        auto& cells = out.emplace_back();
        for (const std::string& cell : row) {
            const bool formula = cell.size() >= 3 && cell.starts_with("=\"") && cell.ends_with('"');
            cells.push_back(formula ? cell.substr(2, cell.size() - 3) : cell);
        }
    }
    return out;
}

void read_cells(const Rows& rows) {
    for (const auto& row : rows) {
        for (const std::string& cell : row) {
            (void)read_id_text(cell);
            (void)read_date_text(cell);
            (void)read_phone_text(cell);
            if (read_amount_text(cell).kind == AmountTextKind::value)
                fuzz::demand(!cell.empty(), "an amount is read from nothing");
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    (void)guess_separator(text);
    const auto whole = careful(text, size + 1);
    fuzz::demand(careful(text, 1) == whole && careful(text, 7) == whole, "pieces read as other rows");
    const Rows bulk = in_bulk(text, false);
    fuzz::demand(in_bulk(text, true) == bulk, "two chunks are cut into other rows");
    // Carriage returns alone and NULs are for the careful reader only.
    if (!is_odd_text(text)) {
        fuzz::demand(whole.has_value() != has_open_quote(text, ','),
                     "only one of the two sees a quote that is never closed");
        if (whole) fuzz::demand(tidied(bulk) == *whole, "the bulk path cuts other rows");
    }
    read_cells(bulk);
    return 0;
}
