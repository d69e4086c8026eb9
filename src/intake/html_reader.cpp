// SPDX-License-Identifier: Apache-2.0
#include "intake/html_reader.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/text_fold.h"
#include "intake/decode.h"
#include "intake/row_buffer.h"

namespace doudi::intake {
namespace {

constexpr std::uint32_t last_row = 1'048'576;

[[nodiscard]] std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
}

[[nodiscard]] std::uint32_t span_of(const xmlChar** attributes, std::string_view name) {
    for (const xmlChar** at = attributes; at != nullptr && *at != nullptr; at += 2) {
        if (view(at[0]) != name) continue;
        const std::string_view value = view(at[1]);
        std::uint32_t span = 1;
        std::from_chars(value.data(), value.data() + value.size(), span);
        return std::max(span, 1U);
    }
    return 1;
}

class TableHandler {
  public:
    TableHandler(const Limits& limits, SheetSink& sink)
        : limits_(limits), sink_(sink), cells_left_(limits.cells), buffer_(limits) {}

    [[nodiscard]] Result<void> start(std::string_view name, const xmlChar** attributes) {
        if (name == "tr") return start_row();
        if (name == "td" || name == "th") return start_cell(attributes);
        if (name == "br" && in_cell_) text_ += '\n';
        if (name == "script" || name == "style") ++silent_;
        return {};
    }
    [[nodiscard]] Result<void> end(std::string_view name) {
        if (name == "td" || name == "th") return end_cell();
        if (name == "tr") return end_row();
        if (name == "script" || name == "style") --silent_;
        return {};
    }
    [[nodiscard]] Result<void> text(std::string_view utf8) {
        if (!in_cell_ || silent_ > 0) return {};
        text_ += utf8;
        if (text_.size() <= limits_.cell_bytes) return {};
        return fail(ErrorKind::limit, "cell_too_long", {"单元格内容过长", "a cell is too long"});
    }
    [[nodiscard]] Result<void> finish() { return end_row(); }

  private:
    // A row inside a cell (a table laid out by tables) ends the row around it.
    [[nodiscard]] Result<void> start_row() {
        TRY_VOID(end_row());
        if (buffer_.row() == last_row) {
            return fail(ErrorKind::limit, "too_many_cells",
                        {"行数过多，已停止读取", "too many rows: reading was stopped"});
        }
        buffer_.begin(buffer_.row() + 1);
        column_ = 0;
        in_row_ = true;
        return {};
    }
    [[nodiscard]] Result<void> end_row() {
        TRY_VOID(end_cell());
        if (!in_row_) return {};
        in_row_ = false;
        return buffer_.end(merged_, sink_, cells_left_);
    }
    [[nodiscard]] Result<void> start_cell(const xmlChar** attributes) {
        TRY_VOID(end_cell());
        if (!in_row_) TRY_VOID(start_row());
        const std::uint32_t row = buffer_.row();
        while (column_ < taken_until_.size() && taken_until_[column_] >= row) ++column_;
        const std::uint32_t across = std::min(span_of(attributes, "colspan"), limits_.columns);
        const std::uint32_t down = std::min(span_of(attributes, "rowspan"), last_row - row + 1);
        cell_column_ = column_;
        column_ += across;
        in_cell_ = true;
        text_.clear();
        if (column_ > limits_.columns) {
            return fail(ErrorKind::limit, "too_many_columns",
                        {"表格列数过多", "the table has too many columns"});
        }
        if (across == 1 && down == 1) return {};
        if (merged_.size() >= limits_.merged_ranges) {
            return fail(ErrorKind::limit, "too_many_merged", {"合并单元格过多", "too many merged ranges"});
        }
        merged_.add({row, cell_column_, row + down - 1, column_ - 1}, limits_.columns);
        if (down == 1) return {};
        if (taken_until_.size() < column_) taken_until_.resize(column_, 0);
        for (std::uint32_t column = cell_column_; column < column_; ++column)
            taken_until_[column] = row + down - 1;
        return {};
    }
    [[nodiscard]] Result<void> end_cell() {
        if (!in_cell_) return {};
        in_cell_ = false;
        return buffer_.put(cell_column_, trim(text_), CellKind::text);
    }

    const Limits& limits_;
    SheetSink& sink_;
    std::uint64_t cells_left_;
    RowBuffer buffer_;
    MergedRanges merged_;
    std::vector<std::uint32_t> taken_until_;  // per column: the last row that a cell above reaches into
    std::uint32_t column_ = 0;
    std::uint32_t cell_column_ = 0;
    std::string text_;
    int silent_ = 0;
    bool in_row_ = false;
    bool in_cell_ = false;
};

// libxml2's HTML parser, pushed; it mends what pages leave open.
class HtmlStream {
  public:
    explicit HtmlStream(TableHandler& handler) : handler_(handler) {
        static const bool initialised = (xmlInitParser(), true);  // before threads read pages side by side
        (void)initialised;
        xmlSAXHandler callbacks{};
        callbacks.startElement = on_start;
        callbacks.endElement = on_end;
        callbacks.characters = on_text;
        callbacks.cdataBlock = on_text;
        parser_.reset(
            htmlCreatePushParserCtxt(&callbacks, this, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8));
        ensure(parser_ != nullptr, "libxml2 has memory");
        // The text was decoded before: what its <meta> says of itself no longer holds.
        htmlCtxtUseOptions(parser_.get(), HTML_PARSE_IGNORE_ENC | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                              HTML_PARSE_NOWARNING);
    }
    [[nodiscard]] Result<void> feed(std::string_view utf8, bool last) {
        const int code =
            htmlParseChunk(parser_.get(), utf8.data(), static_cast<int>(utf8.size()), last ? 1 : 0);
        if (error_) return std::unexpected(*error_);
        if (code == XML_ERR_NO_MEMORY || code == XML_ERR_INTERNAL_ERROR) {
            return fail(ErrorKind::unreadable, "damaged_html",
                        {"网页表格已损坏", "the HTML table is damaged"});
        }
        return {};
    }

  private:
    struct Closer {
        void operator()(htmlParserCtxtPtr parser) const { htmlFreeParserCtxt(parser); }
    };
    static void on_start(void* user, const xmlChar* name, const xmlChar** attributes) {
        auto& stream = *static_cast<HtmlStream*>(user);
        if (!stream.error_) stream.take(stream.handler_.start(view(name), attributes));
    }
    static void on_end(void* user, const xmlChar* name) {
        auto& stream = *static_cast<HtmlStream*>(user);
        if (!stream.error_) stream.take(stream.handler_.end(view(name)));
    }
    static void on_text(void* user, const xmlChar* bytes, int size) {
        auto& stream = *static_cast<HtmlStream*>(user);
        const std::string_view text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
        if (!stream.error_) stream.take(stream.handler_.text(text));
    }
    void take(Result<void> result) {
        if (result) return;
        error_ = std::move(result).error();
        xmlStopParser(parser_.get());
    }

    TableHandler& handler_;
    std::unique_ptr<htmlParserCtxt, Closer> parser_;
    std::optional<Error> error_;
};

}  // namespace

Result<void> read_html(const std::filesystem::path& path, const FileFormat& format, const Limits& limits,
                       SheetSink& sink) {
    const std::unique_ptr<TextDecoder> decoder = TRY(TextDecoder::open(path, format.encoding));
    TRY_VOID(sink.begin_sheet({}));
    TableHandler handler(limits, sink);
    HtmlStream stream(handler);
    while (true) {
        const std::string_view piece = TRY(decoder->next());
        TRY_VOID(stream.feed(piece, piece.empty()));
        if (piece.empty()) break;
    }
    TRY_VOID(handler.finish());
    return sink.end_sheet();
}

}  // namespace doudi::intake
