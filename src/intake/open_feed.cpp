// SPDX-License-Identifier: Apache-2.0
// What a file is: first by its bytes (sniff), then by its headings (recognise).
#include <fmt/format.h>

#include <array>
#include <fstream>
#include <optional>

#include "intake/csv_rows.h"
#include "intake/decode.h"
#include "intake/gb18030.h"
#include "intake/read.h"

namespace doudi::intake {
namespace {

// Files larger than this are judged by their head; each chunk is held to it later.
constexpr std::uint64_t sniff_whole_max = 4U << 20U;
constexpr std::size_t head_bytes = 256U << 10U;

Result<std::string> read_head(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(ErrorKind::io, "cannot_open", {"文件打不开", "cannot open the file"});
    std::string head(head_bytes, '\0');
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    return head;
}

std::string decoded(std::string_view bytes, TextEncoding encoding) {
    std::string out;
    if (encoding == TextEncoding::gb18030 && gb18030_to_utf8(bytes, out)) return out;
    return std::string(bytes);
}

// The head may have been cut between a carriage return and its line feed.
bool is_odd_head(std::string_view head, std::uint64_t file_bytes) {
    if (head.size() < file_bytes && head.ends_with('\r')) head.remove_suffix(1);
    return is_odd_text(head);
}

// The first rows of a text file, as recognise() wants them.
std::vector<HeadRow> head_rows(std::string_view text, const FileFormat& format) {
    CsvRows cut;
    cut.cut(text, format.separator, heading_search_rows);
    std::vector<HeadRow> rows;
    for (std::uint32_t number = 1; number <= cut.size(); ++number) {
        std::vector<std::string> texts;
        for (std::size_t i = 0; i < cut.cells(number - 1); ++i)
            texts.push_back(decoded(cut.cell(number - 1, static_cast<int>(i)), format.encoding));
        std::vector<Cell> views;
        for (const auto& value : texts)
            views.push_back({.text = value, .kind = value.empty() ? CellKind::empty : CellKind::text});
        rows.push_back(HeadRow::of(number, views));
    }
    return rows;
}

std::unexpected<Error> no_whole_row() {
    return fail(
        ErrorKind::limit, "row_too_long",
        {fmt::format("开头 {} KB 内没有完整的一行（引号没有成对，或不是表格）", head_bytes >> 10U),
         fmt::format("no row ends in the first {} KB (an unpaired quote, or no table)", head_bytes >> 10U)});
}

Result<void> open_text(FeedFile& file, std::string_view head, const policy::DatasetCatalogue& catalogue) {
    const std::size_t bom = file.format.encoding == TextEncoding::utf8_bom ? 3 : 0;
    std::string_view text = head.substr(bom);
    const std::size_t whole =
        head.size() < file.bytes ? end_of_last_row(text, file.format.separator) : text.size();
    if (whole == 0 && !text.empty()) return no_whole_row();
    text = text.substr(0, whole);
    file.recognised = TRY(recognise(head_rows(text, file.format), catalogue));
    file.dataset = file.recognised.dataset;
    const std::size_t headings = file.recognised.first_data_row - 1;
    CsvRows cut;
    if (headings != 0) cut.cut(text, file.format.separator, headings);
    file.skip_bytes = bom + (cut.size() == 0 ? 0 : cut.end_of(cut.size() - 1));
    return {};
}

// Reads sheets until one has known headings.
class HeadSink : public SheetSink {
  public:
    explicit HeadSink(const policy::DatasetCatalogue& catalogue) : catalogue_(catalogue) {}
    Result<void> begin_sheet(const SheetInfo&) override {
        rows_.clear();
        judged_ = false;
        return {};
    }
    Result<void> row(std::uint32_t number, std::span<const Cell> cells) override {
        if (judged_) return {};
        return rows_.take(number, cells) ? judge() : Result<void>{};
    }
    Result<void> end_sheet() override { return judged_ ? Result<void>{} : judge(); }

    int dataset = -1;
    std::optional<Error> why_not;  // of the first sheet that has content

  private:
    Result<void> judge() {
        judged_ = true;
        auto recognised = recognise(rows_.rows(), catalogue_);
        if (recognised) {
            dataset = recognised->dataset;
            return fail(ErrorKind::cancelled, "found", {});  // stops the reading; seen by open_sheets() only
        }
        if (!why_not || why_not->code == "empty_sheet") why_not = std::move(recognised).error();
        return {};
    }

    const policy::DatasetCatalogue& catalogue_;
    HeadRows rows_;
    bool judged_ = false;
};

// Takes the first rows of the first sheet that has any.
class FirstRows : public SheetSink {
  public:
    Result<void> row(std::uint32_t number, std::span<const Cell> cells) override {
        return head.take(number, cells) ? enough() : Result<void>{};
    }
    Result<void> end_sheet() override { return head.rows().empty() ? Result<void>{} : enough(); }

    HeadRows head;

  private:
    static Result<void> enough() { return fail(ErrorKind::cancelled, "found", {}); }  // stops the reading
};

Result<FileFormat> format_of(const std::filesystem::path& path, std::uint64_t bytes, std::string_view head) {
    return bytes <= sniff_whole_max ? sniff(path) : sniff_head(path, head);
}

Result<void> open_sheets(FeedFile& file, const policy::DatasetCatalogue& catalogue) {
    HeadSink sink(catalogue);
    const auto read = read_sheets(file.path, file.format, Limits{}, sink);
    file.dataset = sink.dataset;
    if (file.dataset >= 0) return {};
    if (!read) return read;
    if (sink.why_not) return std::unexpected(*sink.why_not);
    return fail(ErrorKind::invalid, "empty_file", {"文件里没有内容", "the file has no content"});
}

}  // namespace

Result<FeedFile> open_feed(const std::filesystem::path& path, const policy::DatasetCatalogue& catalogue) {
    std::error_code failure;
    FeedFile file;
    file.path = path;
    file.file_name = path.filename().string();
    file.bytes = std::filesystem::file_size(path, failure);
    if (failure) {
        return fail(ErrorKind::io, "cannot_open",
                    {fmt::format("文件打不开：{}", failure.message()),
                     fmt::format("cannot open the file: {}", failure.message())});
    }
    if (file.bytes == 0) return fail(ErrorKind::invalid, "empty_file", {"文件是空的", "the file is empty"});
    const std::string head = TRY(read_head(path));
    file.format = TRY(format_of(path, file.bytes, head));
    const bool plain_text =
        file.format.kind == FileKind::csv && file.format.encoding != TextEncoding::utf16le &&
        file.format.encoding != TextEncoding::utf16be && file.format.encoding != TextEncoding::mixed;
    const bool odd = plain_text && is_odd_head(head, file.bytes);
    if (odd) TRY_VOID(reread_slowly(file));
    TRY_VOID(plain_text && !odd ? open_text(file, head, catalogue) : open_sheets(file, catalogue));
    return file;
}

Result<Recognised> see_headings(const std::filesystem::path& path,
                                const policy::DatasetCatalogue& catalogue) {
    std::error_code failure;
    const std::uint64_t bytes = std::filesystem::file_size(path, failure);
    const std::string head = TRY(read_head(path));
    const FileFormat format = TRY(format_of(path, failure ? 0 : bytes, head));
    FirstRows first;
    const auto read = read_sheets(path, format, Limits{}, first);
    if (!read && first.head.rows().empty()) return std::unexpected(read.error());
    return nearest_reading(first.head.rows(), catalogue);
}

Result<void> reread_slowly(FeedFile& file) {
    file.format = TRY(sniff(file.path));
    file.recognised = {};
    return {};
}

}  // namespace doudi::intake
