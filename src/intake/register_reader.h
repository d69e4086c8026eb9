// SPDX-License-Identifier: Apache-2.0
// Reads a file of the register (datasets of kind register_households and register_members), in any format
// that read_sheets() knows. All sheets of a workbook that have the headings are read (one a township); other
// sheets are passed over with a remark.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "intake/records.h"
#include "intake/sheet.h"
#include "policy/dataset.h"
#include "registry/records.h"

namespace doudi::intake {

// Takes the rows as they are read, those of one kind; a row is good until the next. A number that went
// through a float comes as that: 4.41699E+17.
class RegisterRowSink {
  public:
    virtual ~RegisterRowSink() = default;
    // The rows that follow stand in this sheet; empty: the file has none.
    virtual void begin_sheet(std::string_view name) = 0;
    virtual void take(const registry::HouseholdRow& row) = 0;
    virtual void take(const registry::MemberRow& row) = 0;
};

// What a file of the register was, beside its rows.
struct RegisterFileRead {
    int dataset = -1;      // index into the catalogue
    std::string encoding;  // as Arrival::encoding
    std::uint64_t rows = 0;
    std::vector<Finding> findings;  // cells that could not be read; their rows are kept, the cell is unknown
    std::vector<Text> remarks;      // sheets passed over
};

// The fields that the two datasets must have: household_number, region_code, address, head_name, category,
// enrolled_on and income_per_head_month; household_number, name, id_number, relation, sex and phone. Of a
// file that turns out unreadable on the way, rows may have been taken before the error is returned.
[[nodiscard]] Result<RegisterFileRead> read_register(const std::filesystem::path& path,
                                                     const policy::DatasetCatalogue& catalogue,
                                                     RegisterRowSink& rows, const Limits& limits = {});

}  // namespace doudi::intake
