// SPDX-License-Identifier: Apache-2.0
#include "intake/xml_2003_reader.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "intake/decode.h"
#include "intake/office_values.h"
#include "intake/row_buffer.h"
#include "intake/xml_stream.h"

namespace doudi::intake {
namespace {

constexpr std::uint32_t last_row = 1'048'576;

[[nodiscard]] std::uint32_t number_or(std::string_view text, std::uint32_t otherwise) {
    std::uint32_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    return text.empty() || parsed.ec != std::errc{} ? otherwise : value;
}

class WorkbookHandler final : public XmlHandler {
  public:
    WorkbookHandler(const Limits& limits, SheetSink& sink)
        : limits_(limits), sink_(sink), cells_left_(limits.cells), buffer_(limits) {}

    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "Date1904") date_1904_ = true;
        if (name == "Worksheet") return start_sheet(attributes);
        if (name == "Row") return start_row(attributes);
        if (name == "Cell") return start_cell(attributes);
        if (name == "Comment") ++comments_;
        if (name == "Data" && comments_ == 0) {
            type_ = attributes.get("Type");
            taking_ = true;
        }
        return {};
    }
    Result<void> end(std::string_view name) override {
        if (name == "Worksheet") return sink_.end_sheet();
        if (name == "Row") return buffer_.end(merged_, sink_, cells_left_);
        if (name == "Cell") return end_cell();
        if (name == "Comment") --comments_;
        if (name == "Data" && comments_ == 0) taking_ = false;
        return {};
    }
    Result<void> text(std::string_view utf8) override {
        if (!taking_) return {};
        value_ += utf8;
        if (value_.size() <= limits_.cell_bytes) return {};
        return fail(ErrorKind::limit, "cell_too_long", {"单元格内容过长", "a cell is too long"});
    }

  private:
    [[nodiscard]] Result<void> start_sheet(const XmlAttributes& attributes) {
        if (++sheets_ > limits_.sheets) {
            return fail(ErrorKind::limit, "too_many_sheets", {"工作表过多", "too many sheets"});
        }
        merged_ = {};
        buffer_.begin(0);
        return sink_.begin_sheet({std::string(attributes.get("Name")), false, date_1904_, false});
    }
    [[nodiscard]] Result<void> start_row(const XmlAttributes& attributes) {
        const std::uint32_t next = buffer_.row() + 1;
        const std::uint32_t row = number_or(attributes.get("Index"), next);
        if (row < next || row > last_row) {
            return fail(ErrorKind::unreadable, "damaged_xml",
                        {"工作表的行次序混乱", "the rows are out of order"});
        }
        buffer_.begin(row);
        column_ = 0;
        return {};
    }
    [[nodiscard]] Result<void> start_cell(const XmlAttributes& attributes) {
        column_ = number_or(attributes.get("Index"), column_ + 1) - 1;
        const std::uint32_t across = number_or(attributes.get("MergeAcross"), 0);
        const std::uint32_t down = number_or(attributes.get("MergeDown"), 0);
        value_.clear();
        type_.clear();
        width_ = 1 + std::min(across, limits_.columns);
        if (across == 0 && down == 0) return {};
        if (merged_.size() >= limits_.merged_ranges) {
            return fail(ErrorKind::limit, "too_many_merged", {"合并单元格过多", "too many merged ranges"});
        }
        const std::uint32_t row = buffer_.row();
        merged_.add({row, column_, row + std::min(down, last_row - row), column_ + width_ - 1},
                    limits_.columns);
        return {};
    }
    [[nodiscard]] Result<void> end_cell() {
        const std::uint32_t column = column_;
        column_ += width_;
        if (type_ == "Number") {
            if (const auto number = parse_number(value_))
                return buffer_.put(column, number_text(*number), CellKind::number);
        }
        if (type_ == "DateTime") {
            return buffer_.put(column, std::string_view(value_).substr(0, 10), CellKind::date_serial);
        }
        if (type_ == "Boolean")
            return buffer_.put(column, value_ == "1" ? "TRUE" : "FALSE", CellKind::boolean);
        return buffer_.put(column, value_, type_ == "Error" ? CellKind::error : CellKind::text);
    }

    const Limits& limits_;
    SheetSink& sink_;
    std::uint64_t cells_left_;
    RowBuffer buffer_;
    MergedRanges merged_;
    std::uint32_t sheets_ = 0;
    std::uint32_t column_ = 0;
    std::uint32_t width_ = 1;
    std::string type_;
    std::string value_;
    int comments_ = 0;
    bool taking_ = false;
    bool date_1904_ = false;
};

}  // namespace

Result<void> read_xml_2003(const std::filesystem::path& path, const FileFormat& format, const Limits& limits,
                           SheetSink& sink) {
    const std::unique_ptr<TextDecoder> decoder = TRY(TextDecoder::open(path, format.encoding));
    WorkbookHandler handler(limits, sink);
    XmlStream stream(handler, true);
    while (true) {
        const std::string_view piece = TRY(decoder->next());
        if (piece.empty()) return stream.finish();
        TRY_VOID(stream.feed(piece));
    }
}

}  // namespace doudi::intake
