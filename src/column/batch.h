// SPDX-License-Identifier: Apache-2.0
// A batch: some rows of one table, column by column. What readers fill, segments hold and matchers run over.
// Batches are reused: clear() keeps the memory, so that a scan allocates nothing once warm.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace doudi::column {

enum class Kind : std::uint8_t {
    number,      // int64: counts, packed identity numbers, days since 1970, fen
    text,        // bytes
    dictionary,  // few distinct texts
};

// Two bits when stored (semantics.md 1). error stays in evaluation; files hold the first three.
enum class Status : std::uint8_t { value = 0, none = 1, unknown = 2, error = 3 };

struct TextColumn {
    std::vector<std::uint32_t> ends;  // end offset of each row's bytes
    std::string bytes;

    [[nodiscard]] std::string_view at(std::size_t row) const {
        const std::uint32_t begin = row == 0 ? 0 : ends[row - 1];
        return {bytes.data() + begin, ends[row] - begin};
    }
    void append(std::string_view value) {
        bytes.append(value);
        ends.push_back(static_cast<std::uint32_t>(bytes.size()));
    }
    void clear() {
        ends.clear();
        bytes.clear();
    }
};

struct DictionaryColumn {
    std::vector<std::uint32_t> codes;
    std::vector<std::string> words;  // of this batch only

    [[nodiscard]] std::string_view at(std::size_t row) const { return words[codes[row]]; }
    // Finds or adds the word. Words that were met lately are found at once, others by looking through all:
    // made for few words.
    std::uint32_t code_of(std::string_view word);
    void append(std::string_view word) { codes.push_back(code_of(word)); }
    void clear() {
        codes.clear();
        words.clear();
        marks.clear();
    }

    // Kept by code_of(): what tells most words apart at a glance, one a word; and by the mark's hash, the
    // code of a word that was met lately.
    std::vector<std::uint64_t> marks;
    std::vector<std::uint32_t> lately;
};

struct Column {
    Kind kind = Kind::number;
    std::vector<std::int64_t> numbers;  // kind number
    TextColumn text;                    // kind text
    DictionaryColumn dictionary;        // kind dictionary
    std::vector<Status> status;         // one a row; empty: all rows have a value

    [[nodiscard]] Status status_at(std::size_t row) const {
        return status.empty() ? Status::value : status[row];
    }
    void clear();
};

struct ColumnSpec {
    std::string name;
    Kind kind = Kind::number;
    // Numbers that name a person: a sealed segment holds them under a keyed permutation. Not part of what a
    // column is.
    bool keyed = false;
    friend bool operator==(const ColumnSpec& left, const ColumnSpec& right) {
        return left.name == right.name && left.kind == right.kind;
    }
};
using Schema = std::vector<ColumnSpec>;

struct Batch {
    std::vector<Column> columns;
    std::size_t rows = 0;

    [[nodiscard]] static Batch of(const Schema& schema);
    void clear();
};

}  // namespace doudi::column
