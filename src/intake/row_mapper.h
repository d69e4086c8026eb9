// SPDX-License-Identifier: Apache-2.0
// Rows of a recognised sheet → rows of FeedRows, or Findings that say why not. Judges form only
// (form_judge.h); whether anyone is on the register is not known here.
// A mapper is not changed by mapping: any number of threads may share it. The ordinary row allocates nothing.
#pragma once
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "intake/csv_rows.h"
#include "intake/form_judge.h"
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

// Days by the ten bytes that wrote them: a file has few, and many rows to each. Forgets some.
class KnownDays {
  public:
    static constexpr std::size_t text_bytes = 10;

    [[nodiscard]] bool find(std::string_view text, std::int32_t& day) const {
        if (text.size() != text_bytes) return false;
        const Entry wanted = entry_of(text, 0);
        const Entry& entry = entries_[place_of(wanted)];
        day = entry.day;
        return entry.low == wanted.low && entry.high == wanted.high;
    }
    void add(std::string_view text, std::int32_t day) {
        if (text.size() != text_bytes) return;
        const Entry entry = entry_of(text, day);
        entries_[place_of(entry)] = entry;
    }

  private:
    static constexpr unsigned place_bits = 9;
    struct Entry {
        std::uint64_t low = 0;  // the first eight bytes; zeros: empty, as no text is
        std::uint32_t high = 0;
        std::int32_t day = 0;
    };
    [[nodiscard]] static Entry entry_of(std::string_view text, std::int32_t day) {
        Entry entry{.day = day};
        std::memcpy(&entry.low, text.data(), sizeof entry.low);
        std::memcpy(&entry.high, text.data() + text_bytes - sizeof entry.high, sizeof entry.high);
        return entry;
    }
    [[nodiscard]] static std::size_t place_of(const Entry& entry) {
        constexpr std::uint64_t factor = 0x9E3779B97F4A7C15U;
        return ((entry.low ^ entry.high) * factor) >> (64U - place_bits);
    }
    std::array<Entry, std::size_t{1} << place_bits> entries_{};
};

// What a thread keeps from chunk to chunk.
struct MapScratch {
    RowKeys keys;
    KnownDays days;
    std::vector<std::uint8_t> wanted;    // by row
    std::vector<std::uint32_t> landing;  // rows, in order
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
    static void glance_words(const CsvRows& rows, const MappedColumns::Field& field,
                             std::vector<std::uint8_t>& plain);
    void glance_texts(const CsvRows& rows, int column, std::vector<std::uint8_t>& plain) const;

    MappedColumns columns_;
    FormJudge judge_;
    RowLander lander_;
    bool is_text_;
};

}  // namespace doudi::intake
