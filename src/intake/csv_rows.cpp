// SPDX-License-Identifier: Apache-2.0
#include "intake/csv_rows.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/result.h"

#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace doudi::intake {
namespace {

// Just behind the closing quote of the cell that opens at `open`, or npos. A doubled quote is one quote of
// the text.
std::size_t behind_closing_quote(std::string_view text, std::size_t open) {
    std::size_t at = open + 1;
    while (at < text.size()) {
        const void* found = std::memchr(text.data() + at, '"', text.size() - at);
        if (found == nullptr) return std::string_view::npos;
        at = static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) + 1;
        if (at < text.size() && text[at] == '"') {
            ++at;
            continue;
        }
        return at;
    }
    return std::string_view::npos;
}

[[nodiscard]] bool has_quote(std::string_view text) {
    return !text.empty() && std::memchr(text.data(), '"', text.size()) != nullptr;
}

constexpr std::size_t block_bytes = 64;

// Up to 64 bytes, asked where they equal a byte: bit i of the answer is byte i.
class Block {
  public:
    Block(const char* bytes, std::size_t size) : bytes_(bytes), size_(std::min(size, block_bytes)) {}

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::uint64_t equal(char c) const {
#ifdef __AVX2__
        if (size_ == block_bytes) [[likely]] {
            const __m256i wanted = _mm256_set1_epi8(c);
            return bits(bytes_, wanted) | bits(bytes_ + block_bytes / 2, wanted) << 32U;
        }
#endif
        std::uint64_t marks = 0;
        for (std::size_t i = 0; i < size_; ++i) marks |= static_cast<std::uint64_t>(bytes_[i] == c) << i;
        return marks;
    }
    template <char... wanted>
    [[nodiscard]] std::uint64_t equal_any() const {
#ifdef __AVX2__
        if (size_ == block_bytes) [[likely]]
            return any_bits<wanted...>(bytes_) | any_bits<wanted...>(bytes_ + block_bytes / 2) << 32U;
#endif
        return (equal(wanted) | ...);
    }

  private:
#ifdef __AVX2__
    [[nodiscard]] static std::uint64_t bits(const char* half, __m256i wanted) {
        const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(half));
        return static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, wanted)));
    }
    template <char... wanted>
    [[nodiscard]] static std::uint64_t any_bits(const char* half) {
        const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(half));
        __m256i found = _mm256_setzero_si256();
        ((found = _mm256_or_si256(found, _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(wanted)))), ...);
        return static_cast<std::uint32_t>(_mm256_movemask_epi8(found));
    }
#endif
    const char* bytes_;
    std::size_t size_;
};

CsvRows::BlockMarks marks_of(const char* bytes, std::size_t size, char separator) {
    const Block block(bytes, size);
    return {block.equal(separator), block.equal('\n')};
}

// Where the cell without quotes that begins at `begin` ends: the next separator, line end or the text's end.
std::size_t end_of_cell(std::string_view text, std::size_t begin, char separator) {
    for (std::size_t at = begin; at < text.size(); at += block_bytes) {
        const CsvRows::BlockMarks marks = marks_of(text.data() + at, text.size() - at, separator);
        const std::uint64_t either = marks.separators | marks.line_ends;
        if (either != 0) return at + static_cast<std::size_t>(std::countr_zero(either));
    }
    return text.size();
}

}  // namespace

namespace {

// Goes through the cells of a text with quotes, from a row's start. False: a quote is never closed. `end` is
// behind the last complete row before that.
bool walk_quoted(std::string_view text, char separator, std::size_t& end) {
    std::size_t cell = 0;  // where the running cell begins
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '"' && at == cell) {
            at = behind_closing_quote(text, at);
            if (at == std::string_view::npos) return false;
            continue;
        }
        ++at;
        if (c == '\n') end = at;
        if (c == '\n' || c == separator) cell = at;
    }
    return true;
}

}  // namespace

std::size_t end_of_last_row(std::string_view text, char separator) {
    if (!has_quote(text)) {
        const std::size_t last = text.rfind('\n');
        return last == std::string_view::npos ? 0 : last + 1;
    }
    std::size_t end = 0;
    (void)walk_quoted(text, separator, end);
    return end;
}

bool has_open_quote(std::string_view text, char separator) {
    std::size_t end = 0;
    return has_quote(text) && !walk_quoted(text, separator, end);
}

namespace {

// What the byte at `at` says of the text around it.
void note(std::string_view text, std::size_t at, TextMarks& marks) {
    switch (text[at]) {
        case '"':
            marks.quotes = true;
            break;
        case '\r':
            marks.returns = true;
            marks.odd = marks.odd || at + 1 == text.size() || text[at + 1] != '\n';
            break;
        case '\0':
            marks.odd = true;
            break;
        case '#':
            marks.lost = true;
            break;
        default:
            marks.lost = marks.lost || text.substr(at).starts_with("\xEF\xBF\xBD");
    }
}

}  // namespace

// At memory speed: every chunk of a feed is asked, and hardly a block has any of them.
TextMarks look_over(std::string_view text) {
    TextMarks marks;
    for (std::size_t begin = 0; begin < text.size(); begin += block_bytes) {
        const Block block(text.data() + begin, text.size() - begin);
        for (std::uint64_t left = block.equal_any<'"', '\r', '\0', '#', '\xEF'>(); left != 0;
             left &= left - 1)
            note(text, begin + static_cast<std::size_t>(std::countr_zero(left)), marks);
    }
    return marks;
}

bool is_odd_text(std::string_view text) {
    return look_over(text).odd;
}

// For all that one block can hold.
inline void CsvRows::make_room() {
    const bool cells = cells_.size() <= cell_count_ + block_bytes;
    const bool rows = rows_.size() <= row_count_ + block_bytes;
    if (cells || rows) [[unlikely]]
        grow(cells, rows);
}

void CsvRows::grow(bool cells, bool rows) {
    if (cells) cells_.resize(cells_.size() * 2 + 2 * block_bytes);
    if (rows) rows_.resize(rows_.size() * 2 + 2 * block_bytes);
}

void CsvRows::cut(std::string_view text, char separator, std::size_t most_rows) {
    cut(text, separator, look_over(text), most_rows);
}

void CsvRows::cut(std::string_view text, char separator, const TextMarks& marks, std::size_t most_rows) {
    ensure(text.size() <= most_bytes, "a chunk's offsets fit 32 bits");
    ensure(most_rows != 0, "some rows are wanted");
    text_ = text;
    marks_ = marks;
    cell_count_ = 0;
    row_count_ = 0;
    unescaped_.clear();
    marks.quotes ? cut_quoted(separator, most_rows) : cut_plain(separator, most_rows);
}

// The marks of one block as cells and rows; `begin` is where the running cell begins. How many there are
// cannot be foreseen, so nothing branches on it: as many are written as there usually are, and what was too
// many is written over. Once a block, so never a call.
[[gnu::always_inline]] inline void CsvRows::put_marks(std::size_t block, const BlockMarks& marks,
                                                      std::size_t& begin) {
    constexpr int usual_cells = 8;
    constexpr int usual_rows = 2;
    const std::uint64_t all = marks.separators | marks.line_ends;
    Cell* cell = cells_.data() + cell_count_;
    std::uint64_t left = all;
    std::size_t from = begin;
    const auto put_cell = [&] {
        const std::size_t mark = block + static_cast<std::size_t>(std::countr_zero(left));
        *cell++ = {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(mark - from)};
        from = mark + 1;
        left &= left - 1;
    };
    for (int i = 0; i < usual_cells; ++i) put_cell();
    while (left != 0) put_cell();
    Row* row = rows_.data() + row_count_;
    left = marks.line_ends;
    const auto put_end = [&] {
        const std::uint64_t through = left ^ (left - 1);
        const std::size_t cells_end = cell_count_ + static_cast<std::size_t>(std::popcount(all & through));
        const std::size_t text_end = block + static_cast<std::size_t>(std::countr_zero(left)) + 1;
        *row++ = {static_cast<std::uint32_t>(cells_end), static_cast<std::uint32_t>(text_end)};
        left &= left - 1;
    };
    for (int i = 0; i < usual_rows; ++i) put_end();
    while (left != 0) put_end();
    cell_count_ += static_cast<std::size_t>(std::popcount(all));
    row_count_ += static_cast<std::size_t>(std::popcount(marks.line_ends));
    begin = all == 0 ? begin : block + static_cast<std::size_t>(std::bit_width(all));
}

// Without quotes every separator and every line end is one.
void CsvRows::cut_plain(char separator, std::size_t most_rows) {
    std::size_t begin = 0;
    for (std::size_t block = 0; block < text_.size() && row_count_ < most_rows; block += block_bytes) {
        make_room();
        put_marks(block, marks_of(text_.data() + block, text_.size() - block, separator), begin);
    }
    if (row_count_ >= most_rows) {  // of the last block, some more
        row_count_ = most_rows;
        cell_count_ = rows_[row_count_ - 1].cells_end;
    } else if (begin < text_.size() || (!text_.empty() && text_.back() == separator)) {
        make_room();
        put(begin, text_.size());
        put_row(text_.size());
    }
    if (marks_.returns) drop_returns();
}

// A carriage return before the line end is no part of the row's last cell.
void CsvRows::drop_returns() {
    for (std::size_t row = 0; row < row_count_; ++row) {
        Cell& last = cells_[rows_[row].cells_end - 1];
        if (last.size != 0 && text_[last.begin + last.size - 1] == '\r') --last.size;
    }
}

// The cell that opens with a quote at `begin`: its text without the quotes; whatever stands between the
// closing quote and the next separator belongs to it, as spreadsheets read it. Where it ends.
std::size_t CsvRows::quoted_cell(std::size_t begin, char separator) {
    std::size_t close = behind_closing_quote(text_, begin);
    if (close == std::string_view::npos) close = text_.size() + 1;  // never closed: all that is left
    const std::size_t end = end_of_cell(text_, std::min(close, text_.size()), separator);
    const std::string_view inner = text_.substr(begin + 1, close - 1 - (begin + 1));
    std::string_view tail = close < end ? text_.substr(close, end - close) : std::string_view{};
    const bool row_ends = end >= text_.size() || text_[end] == '\n';
    if (row_ends && !tail.empty() && tail.back() == '\r') tail.remove_suffix(1);
    if (tail.empty() && !has_quote(inner)) {
        put(begin + 1, begin + 1 + inner.size());
        return end;
    }
    const std::size_t start = unescaped_.size();
    for (std::size_t i = 0; i < inner.size(); ++i) {
        unescaped_ += inner[i];
        if (inner[i] == '"' && i + 1 < inner.size() && inner[i + 1] == '"') ++i;
    }
    unescaped_ += tail;
    put(text_.size() + start, text_.size() + unescaped_.size());
    return end;
}

void CsvRows::cut_quoted(char separator, std::size_t most_rows) {
    std::size_t begin = 0;
    bool in_row = false;
    while (begin < text_.size() || in_row) {
        make_room();
        std::size_t end = begin;
        if (begin < text_.size() && text_[begin] == '"') {
            end = quoted_cell(begin, separator);
        } else {
            end = end_of_cell(text_, begin, separator);
            const bool row_ends = end >= text_.size() || text_[end] == '\n';
            const bool carriage_return = row_ends && end > begin && text_[end - 1] == '\r';
            put(begin, end - (carriage_return ? 1 : 0));
        }
        in_row = end < text_.size() && text_[end] == separator;
        begin = end + 1;
        if (in_row) continue;
        put_row(std::min(begin, text_.size()));
        if (row_count_ == most_rows) return;
    }
}

}  // namespace doudi::intake
