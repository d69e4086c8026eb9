// SPDX-License-Identifier: Apache-2.0
#include "intake/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "intake/decode.h"

namespace doudi::intake {
namespace {

// ="00123" keeps a spreadsheet from eating zeros; the quotes are part of the cell when the cell itself was
// not quoted.
[[nodiscard]] std::string_view without_formula_quotes(std::string_view cell) {
    if (cell.size() < 3 || !cell.starts_with("=\"") || !cell.ends_with('"')) return cell;
    return cell.substr(2, cell.size() - 3);
}

// Separators outside quotes, and lines that have one.
struct Tally {
    std::size_t lines = 0;
    std::size_t count = 0;
};

[[nodiscard]] Tally tally(std::string_view head, char separator) {
    Tally out;
    bool quoted = false;
    bool seen = false;
    for (const char c : head) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == separator) {
            ++out.count;
            seen = true;
        } else if (c == '\n' || c == '\r') {
            out.lines += seen ? 1U : 0U;
            seen = false;
        }
    }
    out.lines += seen ? 1U : 0U;
    return out;
}

}  // namespace

CsvParser::CsvParser(char separator, const Limits& limits, SheetSink& sink)
    : separator_(separator), limits_(limits), sink_(&sink) {}

Result<void> CsvParser::check_size() const {
    const std::size_t begin = ends_.empty() ? 0 : ends_.back();
    if (bytes_.size() - begin <= limits_.cell_bytes && bytes_.size() <= limits_.row_bytes) return {};
    return fail(ErrorKind::limit, "cell_too_long",
                {fmt::format("第{}行有过长的单元格或行（可能是引号未闭合）", row_),
                 fmt::format("a cell or line of row {} is too long (a quote that is never closed?)", row_)},
                fmt::format("{}", row_));
}

Result<void> CsvParser::end_cell() {
    TRY_VOID(check_size());
    ends_.push_back(bytes_.size());
    state_ = State::cell_start;
    if (ends_.size() <= limits_.columns) return {};
    return fail(ErrorKind::limit, "too_many_columns",
                {fmt::format("第{}行超过{}列", row_, limits_.columns),
                 fmt::format("row {} has more than {} columns", row_, limits_.columns)},
                fmt::format("{}", row_));
}

Result<void> CsvParser::end_row() {
    TRY_VOID(end_cell());
    cells_.clear();
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
        const std::string_view text =
            without_formula_quotes(std::string_view(bytes_).substr(begin, end - begin));
        cells_.push_back({text, text.empty() ? CellKind::empty : CellKind::text, CellFill::own});
        begin = end;
    }
    const bool blank = ends_.size() == 1 && bytes_.empty();
    Result<void> result;
    if (!blank) result = sink_->row(row_, cells_);
    ++row_;
    bytes_.clear();
    ends_.clear();
    return result;
}

Result<void> CsvParser::take_plain(char c) {
    if (c == separator_) return end_cell();
    if (c == '\n') return end_row();
    if (c == '\r') {
        TRY_VOID(end_row());
        state_ = State::after_return;
        return {};
    }
    if (c == '"' && state_ == State::cell_start) {
        state_ = State::quoted;
        return {};
    }
    state_ = State::plain;
    bytes_.push_back(c);
    return {};
}

Result<void> CsvParser::take(char c) {
    if (c == '\0') return {};
    switch (state_) {
        case State::quoted:
            if (c == '"') {
                state_ = State::quote_in_quoted;
            } else {
                bytes_.push_back(c);
            }
            return {};
        case State::quote_in_quoted:
            if (c == '"') {
                bytes_.push_back(c);
                state_ = State::quoted;
                return {};
            }
            state_ = State::plain;  // "ab"c is abc, as spreadsheets read it
            return take_plain(c);
        case State::after_return:
            state_ = State::cell_start;
            if (c == '\n') return {};
            return take_plain(c);
        case State::cell_start:
        case State::plain:
            break;
    }
    return take_plain(c);
}

Result<void> CsvParser::feed(std::string_view utf8) {
    for (const char c : utf8) TRY_VOID(take(c));
    // A row that does not end is found at the end of each piece, so that memory stays bounded by a row and a
    // piece.
    return check_size();
}

Result<void> CsvParser::finish() {
    if (state_ == State::quoted) {
        return fail(ErrorKind::unreadable, "open_quote",
                    {fmt::format("第{}行的引号没有闭合", row_),
                     fmt::format("a quote opened in row {} is never closed", row_)},
                    fmt::format("{}", row_));
    }
    if (bytes_.empty() && ends_.empty() && state_ != State::quote_in_quoted) return {};
    return end_row();
}

Result<void> read_csv(const std::filesystem::path& path, const FileFormat& format, const Limits& limits,
                      SheetSink& sink) {
    const std::unique_ptr<TextDecoder> decoder = TRY(TextDecoder::open(path, format.encoding));
    CsvParser parser(format.separator, limits, sink);
    TRY_VOID(sink.begin_sheet({.name = {}, .hidden = false, .date_1904 = false, .is_text = true}));
    while (true) {
        const std::string_view piece = TRY(decoder->next());
        if (piece.empty()) break;
        TRY_VOID(parser.feed(piece));
    }
    TRY_VOID(parser.finish());
    return sink.end_sheet();
}

char guess_separator(std::string_view utf8_head) {
    constexpr std::array<char, 4> separators{',', '\t', ';', '|'};
    char best = ',';
    Tally most;
    for (const char separator : separators) {
        const Tally found = tally(utf8_head, separator);
        if (found.lines < most.lines || (found.lines == most.lines && found.count <= most.count)) continue;
        best = separator;
        most = found;
    }
    return best;
}

}  // namespace doudi::intake
