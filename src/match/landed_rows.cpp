// SPDX-License-Identifier: Apache-2.0
#include "match/landed_rows.h"

#include <algorithm>
#include <utility>

namespace doudi::match {

namespace {

// A column of which the file knew nothing: a row of blanks.
void fill_none(column::Column& column, std::size_t rows) {
    column.clear();
    column.status.assign(rows, column::Status::none);
    switch (column.kind) {
        case column::Kind::number:
            column.numbers.assign(rows, 0);
            break;
        case column::Kind::text:
            column.text.ends.assign(rows, 0);
            break;
        case column::Kind::dictionary:
            column.dictionary.words.emplace_back();
            column.dictionary.codes.assign(rows, 0);
            break;
    }
}

}  // namespace

Result<LandedRows> LandedRows::open(std::shared_ptr<const column::ByteSource> source,
                                    const policy::Dataset& dataset) {
    LandedRows landed(TRY(column::SegmentReader::open(std::move(source))));
    landed.layout_ = intake::FeedLayout::of(dataset);
    const column::Schema& there = landed.reader_.schema();
    landed.same_ = there == landed.layout_.schema;
    for (const column::ColumnSpec& wanted : landed.layout_.schema) {
        const auto found = std::ranges::find(there, wanted);
        landed.place_.push_back(found == there.end() ? -1 : static_cast<int>(found - there.begin()));
    }
    if (landed.place_[static_cast<std::size_t>(landed.layout_.row)] < 0 ||
        landed.place_[static_cast<std::size_t>(landed.layout_.event_date)] < 0) {
        return fail(ErrorKind::unreadable, "segment_schema",
                    {"落地的数据段不是数据集 " + dataset.id + " 的",
                     "the landed segment is not one of the dataset " + dataset.id});
    }
    return landed;
}

bool LandedRows::has_after(std::size_t block, Date day) const {
    const int date = place_[static_cast<std::size_t>(layout_.event_date)];
    return reader_.range(block, static_cast<std::size_t>(date)).second > day.days();
}

Result<void> LandedRows::read(std::size_t block, intake::FeedRows& rows) const {
    if (same_) return reader_.read_block(block, rows.batch);
    column::Batch raw;
    TRY_VOID(reader_.read_block(block, raw));
    rows.batch = column::Batch::of(layout_.schema);
    rows.batch.rows = raw.rows;
    for (std::size_t i = 0; i < place_.size(); ++i) {
        if (place_[i] >= 0) {
            rows.batch.columns[i] = std::move(raw.columns[static_cast<std::size_t>(place_[i])]);
        } else {
            fill_none(rows.batch.columns[i], raw.rows);
        }
    }
    return {};
}

}  // namespace doudi::match
