// SPDX-License-Identifier: Apache-2.0
#include "column/batch.h"

#include <cstddef>

#include "base/hash.h"

namespace doudi::column {

namespace {
constexpr std::size_t mark_bytes = 7;
constexpr unsigned lately_bits = 10;
constexpr std::size_t lately_slots = std::size_t{1} << lately_bits;
constexpr std::uint64_t lately_factor = 0x9E3779B97F4A7C15U;

// The length and the last seven bytes, of a shorter word all of them: words of one column often begin alike
// (职工基本养老, 职工基本医疗). Within one process; in loads of fixed sizes.
std::uint64_t mark_of(std::string_view word) {
    using hash_detail::load_little;
    const std::size_t size = word.size();
    const char* end = word.data() + size;
    std::uint64_t tail = 0;
    if (size > mark_bytes) {
        tail = load_little<std::uint64_t>(end - 8) >> 8U;
    } else if (size >= 4) {
        tail = load_little<std::uint32_t>(word.data()) | load_little<std::uint32_t>(end - 4)
                                                             << (8 * (size - 4));
    } else if (size > 0) {
        tail = load_little<std::uint8_t>(word.data()) |
               load_little<std::uint8_t>(word.data() + size / 2) << 8U |
               load_little<std::uint8_t>(end - 1) << 16U;
    }
    return tail << 8U | (size & 0xFFU);
}
}  // namespace

std::uint32_t DictionaryColumn::code_of(std::string_view word) {
    // Words may have been put in by hand (a reader's block): their marks are made up for first.
    while (marks.size() < words.size()) marks.push_back(mark_of(words[marks.size()]));
    if (lately.empty()) lately.resize(lately_slots);
    const std::uint64_t mark = mark_of(word);
    // A short word is all mark.
    const auto is_word = [&](std::size_t code) {
        return marks[code] == mark && (word.size() <= mark_bytes || words[code] == word);
    };
    std::uint32_t& slot = lately[mark * lately_factor >> (64U - lately_bits)];
    if (slot < marks.size() && is_word(slot)) [[likely]]
        return slot;
    const auto count = static_cast<std::uint32_t>(words.size());
    for (slot = 0; slot < count; ++slot) {
        if (is_word(slot)) return slot;
    }
    words.emplace_back(word);
    marks.push_back(mark);
    return count;
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
