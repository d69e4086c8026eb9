// SPDX-License-Identifier: Apache-2.0
// Rows of a recognised sheet → rows of FeedRows, or Findings that say why not. Judges form only
// (form_judge.h); whether anyone is on the register is not known here.
// A mapper is not changed by mapping: any number of threads may share it. The ordinary row allocates nothing.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "intake/csv_rows.h"
#include "intake/form_judge.h"
#include "intake/known_texts.h"
#include "intake/mapped_columns.h"
#include "intake/recognise.h"
#include "intake/records.h"
#include "intake/row_lander.h"
#include "intake/sheet.h"
#include "policy/dataset.h"

namespace doudi::intake {

struct RowCounts {
    std::uint64_t rows = 0;     // data rows
    std::uint64_t refused = 0;  // of them
};

// What some rows came to.
struct MappedRows {
    FeedRows rows;
    std::vector<Finding> findings;
    RowCounts counts;

    void clear();
};

using KnownDays = KnownTexts<std::int32_t, 8>;

// What a thread keeps from chunk to chunk.
struct MapScratch {
    RowKeys keys;
    KnownDays days;
    std::vector<std::uint8_t> wanted;    // by row
    std::vector<std::uint32_t> landing;  // rows, in order; the first so many
};

class RowMapper {
  public:
    // The dataset must outlive the mapper.
    RowMapper(const policy::Dataset& dataset, const Recognised& recognised, AsOf as_of,
              const SheetInfo& sheet = {});
    RowMapper(const RowMapper&) = delete;
    RowMapper& operator=(const RowMapper&) = delete;

    // The cells of one row of a spreadsheet, by file column.
    void map_row(std::uint32_t row, std::span<const Cell> cells, MapScratch& scratch, MappedRows& out) const;
    // The rows of a chunk of text: valid UTF-8; numbered from 0. Ordinary rows that `chooser` has no use for
    // are counted and not landed; without a chooser all land.
    void map_rows(const CsvRows& rows, const FeedSink* chooser, MapScratch& scratch, MappedRows& out) const;

    [[nodiscard]] const FeedLayout& layout() const { return columns_.layout; }
    [[nodiscard]] MappedRows make_rows() const { return {.rows = {column::Batch::of(layout().schema)}}; }

  private:
    void glance(const CsvRows& rows, MapScratch& scratch) const;
    [[nodiscard]] bool look_up_day(std::string_view text, KnownDays& known, std::int32_t& day) const;
    static void glance_words(const CsvRows& rows, const MappedColumns::Field& field,
                             std::vector<std::uint8_t>& plain);
    void glance_texts(const CsvRows& rows, int column, std::vector<std::uint8_t>& plain) const;

    MappedColumns columns_;
    FormJudge judge_;
    RowLander lander_;
    bool is_text_;
};

}  // namespace doudi::intake
