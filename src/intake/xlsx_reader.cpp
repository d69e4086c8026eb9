// SPDX-License-Identifier: Apache-2.0
#include "intake/xlsx_reader.h"

#include <charconv>
#include <string>
#include <vector>

#include "intake/office_values.h"
#include "intake/row_buffer.h"
#include "intake/xlsx_parts.h"
#include "intake/xml_stream.h"
#include "intake/zip_file.h"

namespace doudi::intake {
namespace {

struct Book {
    SharedStrings strings;
    std::vector<bool> date_styles;
    bool date_1904 = false;
};

// The elements <mergeCell ref="A1:F1"/> stand behind the rows that they concern, so that they are gathered
// before: by a scan of the raw text, since '<' cannot stand in XML but before a name.
class MergeScan {
  public:
    MergeScan(MergedRanges& merged, const Limits& limits) : merged_(merged), limits_(limits) {}

    [[nodiscard]] Result<void> feed(std::string_view piece) {
        carry_ += piece;
        std::size_t at = 0;
        while (true) {
            const std::size_t found = carry_.find(word, at);
            if (found == std::string::npos) break;
            const std::size_t end = carry_.find('>', found);
            if (end == std::string::npos && carry_.size() - found < longest_tag) {
                carry_.erase(0, found);
                return {};
            }
            at = found + word.size();
            TRY_VOID(take(std::string_view(carry_).substr(found, std::min(end - found, longest_tag))));
        }
        carry_.erase(0, carry_.size() - std::min(carry_.size() - at, word.size() - 1));
        return {};
    }

  private:
    static constexpr std::string_view word = "mergeCell ";
    static constexpr std::size_t longest_tag = 256;

    [[nodiscard]] Result<void> take(std::string_view tag) {
        const std::size_t ref = tag.find("ref=");
        if (ref == std::string_view::npos || tag.size() < ref + 6) return {};
        const char quote = tag[ref + 4];
        const std::string_view value = tag.substr(ref + 5, tag.find(quote, ref + 5) - (ref + 5));
        const auto range = parse_range(value);
        if (!range) return {};
        if (merged_.size() >= limits_.merged_ranges) {
            return fail(ErrorKind::limit, "too_many_merged", {"合并单元格过多", "too many merged ranges"});
        }
        merged_.add(*range, limits_.columns);
        return {};
    }

    MergedRanges& merged_;
    const Limits& limits_;
    std::string carry_;
};

class SheetHandler final : public XmlHandler {
  public:
    SheetHandler(const Book& book, MergedRanges& merged, const Limits& limits, SheetSink& sink,
                 std::uint64_t& cells_left)
        : book_(book),
          merged_(merged),
          limits_(limits),
          sink_(sink),
          cells_left_(cells_left),
          buffer_(limits) {}

    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "row") return start_row(attributes);
        if (name == "c") {
            start_cell(attributes);
        } else if (name == "v") {
            taking_ = true;
        } else if (name == "t") {
            taking_ = phonetic_ == 0;
        } else if (name == "f") {
            formula_ = true;
        } else if (name == "rPh") {
            ++phonetic_;
        }
        return {};
    }
    Result<void> end(std::string_view name) override {
        if (name == "row") return buffer_.end(merged_, sink_, cells_left_);
        if (name == "c") return end_cell();
        if (name == "v" || name == "t") taking_ = false;
        if (name == "rPh") --phonetic_;
        return {};
    }
    Result<void> text(std::string_view utf8) override {
        if (!taking_) return {};
        value_ += utf8;
        if (value_.size() <= limits_.cell_bytes) return {};
        return fail(ErrorKind::limit, "cell_too_long", {"单元格内容过长", "a cell is too long"});
    }

  private:
    [[nodiscard]] Result<void> start_row(const XmlAttributes& attributes) {
        const std::string_view number = attributes.get("r");
        std::uint32_t row = buffer_.row() + 1;
        if (!number.empty()) {
            std::uint32_t given = 0;
            std::from_chars(number.data(), number.data() + number.size(), given);
            if (given < row || given > last_row) {
                return fail(ErrorKind::unreadable, "damaged_xml",
                            {"工作表的行次序混乱", "the rows are out of order"});
            }
            row = given;
        }
        buffer_.begin(row);
        column_ = 0;
        return {};
    }
    void start_cell(const XmlAttributes& attributes) {
        if (const auto address = parse_address(attributes.get("r"))) column_ = address->column;
        type_ = attributes.get("t");
        const std::string_view style = attributes.get("s");
        style_ = 0;
        std::from_chars(style.data(), style.data() + style.size(), style_);
        value_.clear();
        formula_ = false;
        phonetic_ = 0;
    }
    [[nodiscard]] Result<void> end_cell() {
        const std::uint32_t column = column_++;
        if (value_.empty()) {
            // A formula that nobody has computed: its value is not in the file.
            return formula_ ? buffer_.put(column, "#N/A", CellKind::error) : Result<void>{};
        }
        if (type_ == "s") return put_shared(column);
        if (type_ == "inlineStr" || type_ == "str") {
            if (value_.find("_x") != std::string::npos) value_ = decode_office_escapes(value_);
            return buffer_.put(column, value_, CellKind::text);
        }
        if (type_ == "e") return buffer_.put(column, value_, CellKind::error);
        if (type_ == "b") return buffer_.put(column, value_ == "1" ? "TRUE" : "FALSE", CellKind::boolean);
        if (type_ == "d")
            return buffer_.put(column, std::string_view(value_).substr(0, 10), CellKind::date_serial);
        const auto number = parse_number(value_);
        if (!number) return buffer_.put(column, value_, CellKind::text);
        const bool is_date = style_ < book_.date_styles.size() && book_.date_styles[style_];
        const NumberValue shown = styled_number(*number, is_date, book_.date_1904);
        return buffer_.put(column, shown.text, shown.kind);
    }
    [[nodiscard]] Result<void> put_shared(std::uint32_t column) {
        std::size_t index = 0;
        const auto parsed = std::from_chars(value_.data(), value_.data() + value_.size(), index);
        if (parsed.ec != std::errc{} || index >= book_.strings.size()) {
            return fail(ErrorKind::unreadable, "damaged_xml",
                        {"单元格指向不存在的共享文本", "a cell points at a shared string that is not there"});
        }
        return buffer_.put(column, book_.strings.at(index), CellKind::text);
    }

    static constexpr std::uint32_t last_row = 1'048'576;
    const Book& book_;
    MergedRanges& merged_;
    const Limits& limits_;
    SheetSink& sink_;
    std::uint64_t& cells_left_;
    RowBuffer buffer_;
    std::uint32_t column_ = 0;
    std::uint32_t style_ = 0;
    std::string type_;
    std::string value_;
    bool taking_ = false;
    bool formula_ = false;
    int phonetic_ = 0;
};

[[nodiscard]] Result<void> read_sheet(const ZipFile& zip, const XlsxSheet& sheet, const Book& book,
                                      const Limits& limits, SheetSink& sink, std::uint64_t& cells_left) {
    MergedRanges merged;
    MergeScan scan(merged, limits);
    TRY_VOID(zip.read(sheet.entry, [&scan](std::string_view piece) { return scan.feed(piece); }));
    TRY_VOID(sink.begin_sheet(sheet.info));
    SheetHandler handler(book, merged, limits, sink, cells_left);
    XmlStream stream(handler);
    TRY_VOID(zip.read(sheet.entry, [&stream](std::string_view piece) { return stream.feed(piece); }));
    TRY_VOID(stream.finish());
    return sink.end_sheet();
}

}  // namespace

Result<void> read_xlsx(const std::filesystem::path& path, const Limits& limits, SheetSink& sink) {
    const ZipFile zip = TRY(ZipFile::open(path, limits));
    const XlsxBook parts = TRY(read_xlsx_book(zip, limits));
    Book book;
    book.strings = TRY(SharedStrings::read(zip, parts.shared_strings_entry, limits));
    book.date_styles = TRY(read_date_styles(zip, parts.styles_entry));
    std::uint64_t cells_left = limits.cells;
    for (const XlsxSheet& sheet : parts.sheets) {
        book.date_1904 = sheet.info.date_1904;
        auto read = read_sheet(zip, sheet, book, limits, sink, cells_left);
        if (read) continue;
        if (read.error().where.empty()) read.error().where = sheet.info.name;
        return read;
    }
    return {};
}

}  // namespace doudi::intake
