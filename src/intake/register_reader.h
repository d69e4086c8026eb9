// SPDX-License-Identifier: Apache-2.0
// Reads a file of the register (datasets of kind register_households and register_members), in any format
// that read_sheets() knows. All sheets of a workbook that have the headings are read (one a township); other
// sheets are passed over with a remark.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "intake/read.h"
#include "intake/records.h"
#include "intake/sheet.h"
#include "policy/dataset.h"
#include "registry/records.h"

namespace doudi::intake {

// Rows that are used again and again, so that their texts allocate nothing.
template <class Row>
class RowStock {
  public:
    [[nodiscard]] Row& next() {
        if (used_ == rows_.size()) rows_.emplace_back();
        return rows_[used_++];
    }
    void clear() { used_ = 0; }
    [[nodiscard]] std::span<Row> rows() { return {rows_.data(), used_}; }
    [[nodiscard]] std::span<const Row> rows() const { return {rows_.data(), used_}; }

  private:
    std::vector<Row> rows_;
    std::size_t used_ = 0;
};

// Some rows of one file, of one kind. A number that went through a float comes as that: 4.41699E+17.
struct RegisterRows {
    RowStock<registry::HouseholdRow> households;
    RowStock<registry::MemberRow> members;
    std::vector<Finding> findings;  // cells that could not be read; their rows are kept, the cell is unknown
    std::uint64_t rows = 0;

    void clear();
};

// Takes the rows of one file as they are read. process() runs on any thread, on any batch in any order, and
// may change the rows (but not their numbers); commit() gets them one batch at a time in the file's order.
class RegisterRowSink {
  public:
    struct Part {
        virtual ~Part() = default;
    };
    virtual ~RegisterRowSink() = default;
    // The batches that are committed from now on stand in this sheet; empty: the file has none.
    virtual void begin_sheet(std::string_view name) = 0;
    [[nodiscard]] virtual std::unique_ptr<Part> process(RegisterRows& rows) const = 0;
    [[nodiscard]] virtual Result<void> commit(RegisterRows& rows, std::unique_ptr<Part> part) = 0;
};

// What a file of the register was, beside its rows.
struct RegisterFileRead {
    int dataset = -1;      // index into the catalogue
    std::string encoding;  // as Arrival::encoding
    std::uint64_t rows = 0;
    std::vector<Finding> findings;
    std::vector<Text> remarks;  // sheets passed over

    void add(RegisterRows& batch);  // which is empty afterwards
};

// The fields that the two datasets must have: household_number, region_code, address, head_name, category,
// enrolled_on and income_per_head_month; household_number, name, id_number, relation, sex and phone. Of a
// file that turns out unreadable on the way, rows may have been taken before the error is returned.
[[nodiscard]] Result<RegisterFileRead> read_register(const std::filesystem::path& path,
                                                     const policy::DatasetCatalogue& catalogue,
                                                     RegisterRowSink& rows, const Limits& limits = {});

// The same of a text file that open_feed() would read in bulk, by several threads. "odd_text": it has
// what only the other way through it understands (or refuses); rows may have been taken, read it again
// with that.
[[nodiscard]] Result<RegisterFileRead> read_register_in_bulk(const FeedFile& file,
                                                             const policy::DatasetCatalogue& catalogue,
                                                             RegisterRowSink& rows,
                                                             const ReadSettings& settings);

}  // namespace doudi::intake
