// SPDX-License-Identifier: Apache-2.0
#include "intake/csv_scan.h"

#include <bit>
#include <cstring>

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

}  // namespace

std::size_t end_of_last_row(std::string_view text, char separator) {
    if (std::memchr(text.data(), '"', text.size()) == nullptr) {
        const std::size_t last = text.rfind('\n');
        return last == std::string_view::npos ? 0 : last + 1;
    }
    std::size_t end = 0;
    std::size_t cell = 0;  // where the running cell begins
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '"' && at == cell) {
            at = behind_closing_quote(text, at);
            if (at == std::string_view::npos) break;
            continue;
        }
        ++at;
        if (c == '\n') end = at;
        if (c == '\n' || c == separator) cell = at;
    }
    return end;
}

CsvScan::CsvScan(std::string_view text, char separator) : text_(text), separator_(separator) {
    mask_ = text_.empty() ? 0 : marks_at(0);
}

// Bit i: text[offset + i] is a separator, line end or quote.
std::uint64_t CsvScan::marks_at(std::size_t offset) const {
    const std::size_t left = text_.size() - offset;
#ifdef __AVX2__
    if (left >= 64) [[likely]] {
        const __m256i separator = _mm256_set1_epi8(separator_);
        const __m256i line_end = _mm256_set1_epi8('\n');
        const __m256i quote = _mm256_set1_epi8('"');
        const auto half = [&](std::size_t at) {
            const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text_.data() + at));
            const __m256i hits = _mm256_or_si256(
                _mm256_cmpeq_epi8(bytes, quote),
                _mm256_or_si256(_mm256_cmpeq_epi8(bytes, separator), _mm256_cmpeq_epi8(bytes, line_end)));
            return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(hits)));
        };
        return half(offset) | half(offset + 32) << 32U;
    }
#endif
    std::uint64_t mask = 0;
    const std::size_t count = left < 64 ? left : 64;
    for (std::size_t i = 0; i < count; ++i) {
        const char c = text_[offset + i];
        if (c == separator_ || c == '\n' || c == '"') mask |= std::uint64_t{1} << i;
    }
    return mask;
}

// The first mark at or behind `from` that is not passed yet, or the text's end. Marks are passed in order.
std::size_t CsvScan::next_mark(std::size_t from) {
    if (from >= block_ + 64) {
        block_ = from / 64 * 64;
        if (block_ >= text_.size()) return text_.size();
        mask_ = marks_at(block_) & (~std::uint64_t{0} << (from - block_));
    }
    while (mask_ == 0) {
        block_ += 64;
        if (block_ >= text_.size()) return text_.size();
        mask_ = marks_at(block_);
    }
    const auto bit = static_cast<std::size_t>(std::countr_zero(mask_));
    mask_ &= mask_ - 1;
    return block_ + bit;
}

// A cell that opens with a quote: its text without the quotes; whatever stands between the closing quote and
// the next separator belongs to it, as spreadsheets read it.
void CsvScan::quoted_cell(std::size_t begin, std::vector<std::string_view>& cells, bool& row_ends) {
    std::size_t close = behind_closing_quote(text_, begin);
    if (close == std::string_view::npos) close = text_.size() + 1;  // never closed: all that is left
    std::size_t end = close;
    while (end < text_.size() && text_[end] != separator_ && text_[end] != '\n') ++end;
    if (end > text_.size()) end = text_.size();
    const std::string_view inner = text_.substr(begin + 1, close - 1 - (begin + 1));
    std::string_view tail = close < end ? text_.substr(close, end - close) : std::string_view{};
    row_ends = end >= text_.size() || text_[end] == '\n';
    if (row_ends && !tail.empty() && tail.back() == '\r') tail.remove_suffix(1);
    if (tail.empty() && inner.find('"') == std::string_view::npos) {
        cells.push_back(inner);
    } else {
        const std::size_t start = unescaped_.size();
        for (std::size_t i = 0; i < inner.size(); ++i) {
            unescaped_ += inner[i];
            if (inner[i] == '"' && i + 1 < inner.size() && inner[i + 1] == '"') ++i;
        }
        unescaped_ += tail;
        pending_.emplace_back(cells.size(), unescaped_.size() - start);
        cells.emplace_back();
    }
    row_begin_ = end + 1;
    if (end + 1 >= block_ + 64) return;  // next_mark() takes the new block up
    mask_ = end + 1 <= block_ ? mask_ : mask_ & (~std::uint64_t{0} << (end + 1 - block_));
}

bool CsvScan::next(std::vector<std::string_view>& cells) {
    cells.clear();
    if (row_begin_ >= text_.size()) return false;
    unescaped_.clear();
    pending_.clear();
    bool row_ends = false;
    while (!row_ends) {
        const std::size_t begin = row_begin_;
        if (begin < text_.size() && text_[begin] == '"') {
            quoted_cell(begin, cells, row_ends);
            continue;
        }
        std::size_t mark = next_mark(begin);
        while (mark < text_.size() && text_[mark] == '"') mark = next_mark(mark + 1);
        row_ends = mark >= text_.size() || text_[mark] == '\n';
        std::size_t end = mark;
        if (row_ends && end > begin && text_[end - 1] == '\r') --end;
        cells.push_back(text_.substr(begin, end - begin));
        row_begin_ = mark + 1;
    }
    std::size_t offset = 0;
    for (const auto& [cell, length] : pending_) {
        cells[cell] = std::string_view(unescaped_).substr(offset, length);
        offset += length;
    }
    return true;
}

}  // namespace doudi::intake
