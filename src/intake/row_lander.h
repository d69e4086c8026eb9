// SPDX-License-Identifier: Apache-2.0
// Usable rows become rows of a batch, column by column.
#pragma once
#include <cstdint>
#include <span>

#include "intake/mapped_columns.h"
#include "intake/records.h"
#include "intake/row_view.h"

namespace doudi::intake {

class RowLander {
  public:
    // The columns must outlive it.
    RowLander(const MappedColumns& columns, bool date_1904) : columns_(&columns), date_1904_(date_1904) {}

    // Appends `rows` of a chunk; keys are the whole chunk's. A row's number is its place in the chunk.
    void land(const CsvRows& texts, const RowKeys& keys, std::span<const std::uint32_t> rows,
              FeedRows& out) const;
    // Appends one row; keys are of it alone.
    void land(const CellRow& cells, const RowKeys& keys, std::uint32_t row_number, FeedRows& out) const;

  private:
    template <class Texts>
    void land_fact(const Texts& texts, const MappedColumns::Field& field, std::span<const std::uint32_t> rows,
                   FeedRows& out) const;
    template <class Texts>
    void land_texts(const Texts& texts, const RowKeys& keys, std::span<const std::uint32_t> rows,
                    FeedRows& out) const;

    const MappedColumns* columns_;
    bool date_1904_;
};

}  // namespace doudi::intake
