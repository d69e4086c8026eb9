// SPDX-License-Identifier: Apache-2.0
#include "workbook/records.h"

#include "intake/export_cell.h"

namespace doudi::workbook {

std::string column_letters(std::size_t column) {
    constexpr std::size_t letters = 26;
    std::string text;
    for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / letters)
        text.insert(text.begin(), static_cast<char>('A' + (rest - 1) % letters));
    return text;
}

std::string shown_value(const Column& column, const std::string& value) {
    for (const Choice& choice : column.choices)
        if (choice.id == value) return intake::escape_formula(choice.word);
    return intake::escape_formula(value);
}

}  // namespace doudi::workbook
