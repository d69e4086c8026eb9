// SPDX-License-Identifier: Apache-2.0
#include "column/batch.h"

#include <algorithm>
#include <cstring>

namespace doudi::column {

namespace {
constexpr std::size_t mark_bytes = 7;

// The length and the last seven bytes: words of one column often begin alike (职工基本养老, 职工基本医疗).
std::uint64_t mark_of(std::string_view word) {
    std::uint64_t tail = 0;
    const std::size_t bytes = std::min(word.size(), mark_bytes);
    if (bytes != 0) std::memcpy(&tail, word.data() + (word.size() - bytes), bytes);
    return tail << 8U | (word.size() & 0xFFU);
}
}  // namespace

std::uint32_t DictionaryColumn::code_of(std::string_view word) {
    // Words may have been put in by hand (a reader's block): their marks are made up for first.
    while (marks.size() < words.size()) marks.push_back(mark_of(words[marks.size()]));
    const std::uint64_t mark = mark_of(word);
    const std::size_t count = words.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (marks[i] == mark && words[i] == word) return static_cast<std::uint32_t>(i);
    }
    words.emplace_back(word);
    marks.push_back(mark);
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
