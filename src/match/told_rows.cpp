// SPDX-License-Identifier: Apache-2.0
#include "match/told_rows.h"

#include <algorithm>

#include "match/landed_rows.h"

namespace doudi::match {

namespace {

const column::Column& column_at(const intake::FeedRows& rows, int index) {
    return rows.batch.columns[static_cast<std::size_t>(index)];
}

std::optional<std::string> text_at(const intake::FeedRows& rows, int index, std::size_t row) {
    if (index < 0) return std::nullopt;
    const column::Column& from = column_at(rows, index);
    if (from.status_at(row) != column::Status::value) return std::nullopt;
    if (from.kind == column::Kind::number) return std::to_string(from.numbers[row]);
    return std::string(from.kind == column::Kind::dictionary ? from.dictionary.at(row) : from.text.at(row));
}

std::uint64_t number_at(const intake::FeedRows& rows, int index, std::size_t row) {
    const column::Column& from = column_at(rows, index);
    return from.status_at(row) == column::Status::value ? static_cast<std::uint64_t>(from.numbers[row]) : 0;
}

TellingRow told_at(const intake::FeedRows& rows, const intake::FeedLayout& layout, std::size_t row) {
    TellingRow told;
    told.row = static_cast<std::uint32_t>(column_at(rows, layout.row).numbers[row]);
    const column::Column& dates = column_at(rows, layout.event_date);
    if (dates.status_at(row) == column::Status::value)
        told.event_date = Date::from_days(static_cast<std::int32_t>(dates.numbers[row]));
    for (const intake::FeedLayout::Role& role : layout.roles)
        told.persons.push_back({number_at(rows, role.id, row), text_at(rows, role.name, row).value_or(""),
                                text_at(rows, role.phone, row).value_or("")});
    for (const int field : layout.field_of) told.cells.push_back(text_at(rows, field, row));
    return told;
}

}  // namespace

Result<std::vector<TellingRow>> read_told_rows(store::DataFolder& folder, const policy::Dataset& dataset,
                                               std::string_view segment,
                                               std::span<const std::uint32_t> rows) {
    std::vector<TellingRow> told;
    if (segment.empty())
        return fail(ErrorKind::not_found, "rows_deleted",
                    {"该文件的数据行已到保存期限并删除",
                     "the rows of this file were older than their term and are deleted"});
    auto source = TRY(folder.open_blob(store::Shelf::segments, std::string(segment)));
    const LandedRows landed = TRY(LandedRows::open(std::move(source), dataset));
    const intake::FeedLayout layout = intake::FeedLayout::of(dataset);
    intake::FeedRows part;
    for (std::size_t block = 0; block < landed.blocks() && told.size() < rows.size(); ++block) {
        TRY_VOID(landed.read(block, part));
        for (std::size_t row = 0; row < part.batch.rows; ++row) {
            const auto number = static_cast<std::uint32_t>(column_at(part, layout.row).numbers[row]);
            if (std::ranges::binary_search(rows, number)) told.push_back(told_at(part, layout, row));
        }
    }
    return told;
}

}  // namespace doudi::match
