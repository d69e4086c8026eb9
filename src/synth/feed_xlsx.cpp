// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "synth/feed_file.h"
#include "synth/sheet.h"

namespace doudi::synth {
namespace {

void write_row(Sheet& sheet, const FeedLayout& layout, const Row& row, const Cells& cells) {
    for (std::size_t column = 0; column < cells.size(); ++column) {
        const bool serial = layout.date_form == DateForm::serial && column + 1 == cells.size();
        int days = 0;
        if (serial && row.fault == DateFault::none) {
            std::from_chars(cells[column].data(), cells[column].data() + cells[column].size(), days);
            sheet.number(column, days);
        } else {
            sheet.text(column, cells[column]);
        }
    }
    sheet.end_row();
}

}  // namespace

Result<FeedFile::Outcome> write_xlsx(const FeedFile& file, const std::filesystem::path& path) {
    const FeedLayout& layout = layout_of(file.feed);
    if (file.rows > most_sheet_rows)
        return fail(
            ErrorKind::limit, "synth_sheet_rows",
            {"一张工作表放不下这么多行，请改用 CSV 样式", "too many rows for a sheet: choose the CSV style"},
            file.name());
    Sheet sheet = TRY(Sheet::create(path));
    if (!layout.title.empty()) sheet.title(std::string(layout.title), layout.headings.size());
    for (std::size_t column = 0; column < layout.headings.size(); ++column)
        sheet.text(column, std::string(layout.headings[column]));
    sheet.end_row();

    FeedFile::Outcome outcome;
    RowWalk walk(file);
    walk.start(0);
    Cells cells;
    for (std::uint64_t place = 0; place < file.rows; ++place) {
        Row row;
        if (const Row* planned = walk.planned_at(place)) {
            row = *planned;
        } else {
            row = make_stranger(file.people, file.seed, file.rates, file.feed, file.quarter, place);
            const Judged judged = judge(file.people, file.feed, row, quarters()[file.quarter].last);
            ++outcome.strangers[static_cast<std::size_t>(judged.row)];
        }
        write_cells(file.people, file.feed, row, false, cells);
        write_row(sheet, layout, row, cells);
        if (walk.blank_after(place)) sheet.end_row();
    }
    if (!layout.title.empty()) {
        sheet.text(0, "合计");
        sheet.number(layout.headings.size() - 1, static_cast<double>(file.rows));
    }
    outcome.bytes = TRY(sheet.close());
    if (file.written) file.written(file.rows);
    return outcome;
}

}  // namespace doudi::synth
