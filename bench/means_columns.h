// SPDX-License-Identifier: Apache-2.0
// A CSV file of the means test as columns of facts: cut, read and copied by several threads, in the order of
// the file.
#pragma once
#include <atomic>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "bench/large_array.h"
#include "expr/columns.h"
#include "intake/read.h"

namespace doudi::bench {

// How the cells of a column are read. A blank amount is unknown; a blank number or word is none.
enum class CellKind : std::uint8_t {
    money,
    integer,
    word,
    region,  // the township: nine digits of a longer code, as a word
    age,     // whole years on the day of the test, by the identity number
};

struct FieldToRead {
    const char* field;  // of the dataset
    CellKind cells;
};

// A text in three words that are compared at once, if it is no longer than sixteen bytes.
struct ShortText {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::size_t size = 0;

    [[nodiscard]] static ShortText of(std::string_view text) {
        ShortText all;
        all.size = text.size();
        if (text.size() <= 16) hash_detail::load_short(text.data(), text.size(), all.low, all.high);
        return all;
    }
    [[nodiscard]] bool is_whole() const { return size <= 16; }
    friend bool operator==(const ShortText&, const ShortText&) = default;
};

// Few distinct words of a column, shared by threads; each has a code.
class WordList {
  public:
    [[nodiscard]] std::uint32_t code_of(std::string_view word);
    [[nodiscard]] std::vector<std::string_view> words() const;

  private:
    mutable std::mutex mutex_;
    std::deque<std::string> words_;
};

struct MeansColumn {
    explicit MeansColumn(std::size_t most_rows) : numbers(most_rows), codes(most_rows), lanes(most_rows) {}
    [[nodiscard]] expr::FactColumn fact(expr::TypeKind kind) const;

    LargeArray<std::int64_t> numbers;
    LargeArray<std::uint32_t> codes;
    LargeArray<expr::Lane> lanes;
    std::atomic<bool> some_lack = false;
    WordList dictionary;
    std::vector<std::string_view> words;  // when all is read
};

// Rows of a chunk, before their place is known.
struct MeansPart {
    struct Column {
        std::vector<std::int64_t> numbers;
        std::vector<std::uint32_t> codes;
        std::vector<expr::Lane> lanes;
        bool some_lack = false;
        std::vector<std::pair<ShortText, std::uint32_t>> met;  // short words with the dictionary's codes
    };
    std::vector<Column> columns;
    std::size_t rows = 0;
    std::size_t first_row = 0;  // in the file
    // Household numbers that differ from the row before, and where their rows end in this part.
    std::string keys;
    std::vector<std::uint32_t> key_ends;
    std::vector<std::uint32_t> row_ends;

    [[nodiscard]] std::string_view key(std::size_t at) const {
        const std::size_t begin = at == 0 ? 0 : key_ends[at - 1];
        return std::string_view(keys).substr(begin, key_ends[at] - begin);
    }
};

struct MeansFile {
    MeansFile(std::vector<FieldToRead> fields_to_read, std::size_t most_rows);

    std::vector<FieldToRead> fields;
    std::vector<std::unique_ptr<MeansColumn>> columns;
    std::size_t rows = 0;
};

struct MeansReading {
    Date as_of;
    unsigned threads = 1;
    // For each part in the order of the file, one at a time; then, beside others, when its rows are in place.
    std::function<void(MeansPart&)> in_order;
    std::function<void(const MeansPart&)> placed;
};
// No row of a file is shorter: what its columns have room for.
inline constexpr std::size_t shortest_row = 16;
[[nodiscard]] Result<void> read_means_file(const intake::FeedFile& source,
                                           const policy::DatasetCatalogue& catalogue,
                                           const MeansReading& reading, MeansFile& file);

}  // namespace doudi::bench
