// SPDX-License-Identifier: Apache-2.0
// What intake hands on: the rows of a department's file that are usable by form, as columns, and a finding
// for every row that is not. Whether a person is on the register is not known in this room.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/id.h"
#include "base/text.h"
#include "column/batch.h"
#include "policy/dataset.h"

namespace doudi::intake {

// Rows of the second sheet of a workbook and on are numbered from n * sheet_row_stride (n = 1 for the
// second), so that a row number names one row of a file; no sheet of a workbook has as many rows.
inline constexpr std::uint32_t sheet_row_stride = 1U << 21U;

// Where each part of a dataset stands in a batch. Derived from the dataset alone: two files of one dataset
// land alike.
//   row         number   the row in its sheet as a person would count it (title and heading rows included,
//   1-based) event_date  number   days since 1970; feeds only id.<role>   number   packed identity number;
//   bit 63: check character wrong (base/id_number.h); status none: no usable number name.<role> text     as
//   written, outer blanks dropped phone.<role> text    digits only; where the dataset has one field.<f>
//   dictionary for category columns, text for code columns and for what tells a fact (fact_cell.h); status
//   none if the cell is empty
struct FeedLayout {
    struct Role {
        int id = -1;
        int name = -1;
        int phone = -1;
    };
    column::Schema schema;
    int row = -1;
    int event_date = -1;
    std::vector<Role> roles;  // parallel to Dataset::persons
    std::vector<int>
        field_of;  // parallel to Dataset::columns: the batch column of a category or code column, else -1
    [[nodiscard]] static FeedLayout of(const policy::Dataset& dataset);
};

struct FeedRows {
    column::Batch batch;           // by FeedLayout of the dataset
    std::uint64_t not_wanted = 0;  // usable rows beside these that the sink had no use for (FeedSink::choose)
};

// What is known of a chunk's rows before their texts are looked at.
struct RowKeys {
    static constexpr std::uint64_t no_number = ~std::uint64_t{0};

    std::size_t rows = 0;
    std::vector<std::vector<std::uint64_t>> numbers;  // by role, then by row: packed identity numbers
    std::vector<std::int32_t> days;                   // by row: of the event; 0 where the dataset has none
    // By row, 1: usable by form, each number and the day as above. 0: still to be judged, nothing above
    // counts.
    std::vector<std::uint8_t> plain;
};

enum class FindingCode : std::uint8_t {
    id_empty,
    id_damaged,  // a spreadsheet made a float of it
    id_masked,
    id_shape,
    id_birth_date,  // no such day, or later than the day of import
    id_check,       // check character wrong: the row lands all the same, match may find whose it is
    date_missing,
    date_unreadable,
    cell_error,  // #N/A, #REF!
    too_few_cells,
    bad_encoding,
    cell_too_long,
    amount_unreadable,  // of the register, or of a fact; the amount is unknown, the row is kept
    count_unreadable,   // of a fact: no whole number
    word_unknown,       // of a fact: a word that the dataset does not know
    // Of the register too; registry/verbs.h says what each means.
    household_without_code,
    household_contradiction,
    member_without_name,
    member_of_nobody,
    member_twice,
    household_ended,
    member_left,
    number_unusable,
    date_in_future,  // later than the day of import, in a dataset that refuses such rows
};

// What the sender is told about a row: form only, never whether anyone is on the register. A row whose number
// has a wrong check character is always named, whether match finds its person or not.
struct Finding {
    std::uint32_t row = 0;
    std::string sheet;   // empty for CSV
    std::string column;  // the heading as the file has it
    FindingCode code{};
    std::string value;    // masked
    bool refused = true;  // false: the row landed (id_check)
};
[[nodiscard]] Text describe(FindingCode code);
[[nodiscard]] const char* code_of(FindingCode code);
// Back from code_of; nothing: this version has no such code.
[[nodiscard]] std::optional<FindingCode> finding_named(std::string_view name);

// Takes the rows of one file as they are read. process() runs on worker threads, on any batch in any order;
// commit() gets the results one at a time in the file's order. first_row is added to the batch's local row
// numbers. choose() may, on worker threads too, spare plain rows the way into a batch: it clears their mark
// in `wanted`, one a row and all set. It is not asked where every row is landed.
class FeedSink {
  public:
    struct Part {
        virtual ~Part() = default;
    };
    virtual ~FeedSink() = default;
    virtual void choose(const RowKeys&, std::vector<std::uint8_t>&) const {}
    [[nodiscard]] virtual std::unique_ptr<Part> process(FeedRows& rows) = 0;
    virtual void commit(std::unique_ptr<Part> part, std::uint32_t first_row) = 0;
};

// One file as it arrived, after reading.
struct Arrival {
    std::string file_name;  // without folders
    std::string sha256;     // hex
    std::uint64_t bytes = 0;
    std::string dataset;  // id
    AsOf as_of;
    std::string encoding;       // "UTF-8", "GB18030", "UTF-16LE", "xlsx", "xls", "html", "xml-2003"
    std::uint64_t rows = 0;     // data rows: title, blank and total rows are none
    std::uint64_t refused = 0;  // by form
    std::string segment;        // hash of the landed segment; empty if nothing landed
    std::vector<Finding> findings;
    std::string headings;        // what a person said of them, as they said it; empty: nothing
    std::uint32_t replaces = 0;  // the arrival of the same original instead of which it stands; 0: it came
};

}  // namespace doudi::intake
