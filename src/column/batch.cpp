// SPDX-License-Identifier: Apache-2.0
#include "column/batch.h"

#include <algorithm>

namespace doudi::column {

namespace {
// Neighbouring rows tend to repeat a word that came up lately.
constexpr std::size_t recent_words = 4;
}  // namespace

std::uint32_t DictionaryColumn::code_of(std::string_view word) {
    const std::size_t count = words.size();
    const std::size_t old = count - std::min(count, recent_words);
    for (std::size_t i = count; i > old; --i) {
        if (words[i - 1] == word) return static_cast<std::uint32_t>(i - 1);
    }
    for (std::size_t i = 0; i < old; ++i) {
        if (words[i] == word) return static_cast<std::uint32_t>(i);
    }
    words.emplace_back(word);
    return static_cast<std::uint32_t>(count);
}

void Column::clear() {
    numbers.clear();
    text.clear();
    dictionary.clear();
    status.clear();
}

Batch Batch::of(const Schema& schema) {
    Batch batch;
    batch.columns.resize(schema.size());
    for (std::size_t i = 0; i < schema.size(); ++i) batch.columns[i].kind = schema[i].kind;
    return batch;
}

void Batch::clear() {
    for (Column& column : columns) column.clear();
    rows = 0;
}

}  // namespace doudi::column
