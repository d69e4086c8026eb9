// SPDX-License-Identifier: Apache-2.0
#include "county/rewrite.h"

#include <unicode/ucnv.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <random>

#include "base/result.h"
#include "intake/read.h"
#include "intake/sheet.h"

namespace doudi::county {
namespace {

struct Written {
    std::string text;
    intake::CellKind kind = intake::CellKind::empty;
};
using Rows = std::vector<std::vector<Written>>;

class Keep : public intake::SheetSink {
  public:
    Result<void> row(std::uint32_t, std::span<const intake::Cell> cells) override {
        std::vector<Written> row;
        for (const auto& cell : cells) row.push_back({std::string(cell.text), cell.kind});
        rows.push_back(std::move(row));
        return {};
    }
    Rows rows;
};

std::string encode(const std::string& utf8, const char* charset) {
    UErrorCode status = U_ZERO_ERROR;
    std::string out(utf8.size() * 4 + 16, '\0');
    const auto length = ucnv_convert(charset, "UTF-8", out.data(), static_cast<int32_t>(out.size()),
                                     utf8.data(), static_cast<int32_t>(utf8.size()), &status);
    ensure(U_SUCCESS(status), "the text can be encoded");
    out.resize(static_cast<std::size_t>(length));
    return out;
}

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

void write_csv(const std::filesystem::path& path, const Rows& rows, Cloth cloth) {
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "" : ",") + csv_cell(row[i].text);
        text += "\r\n";
    }
    if (cloth == Cloth::csv_utf8_bom) text.insert(0, "\xEF\xBB\xBF");
    if (cloth == Cloth::csv_gb18030) text = encode(text, "gb18030");
    if (cloth == Cloth::csv_utf16) text = "\xFF\xFE" + encode(text, "UTF-16LE");
    std::ofstream(path, std::ios::binary) << text;
}

// Every cell as text, as the offices' exporters do; shared or inline strings by the writer's memory mode.
void write_xlsx(const std::filesystem::path& path, const Rows& rows, bool inline_strings) {
    lxw_workbook_options options{};
    options.constant_memory = inline_strings ? LXW_TRUE : LXW_FALSE;
    lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
    lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
            if (rows[r][c].text.empty()) continue;
            worksheet_write_string(sheet, static_cast<lxw_row_t>(r), static_cast<lxw_col_t>(c),
                                   rows[r][c].text.c_str(), nullptr);
        }
    }
    ensure(workbook_close(book) == LXW_NO_ERROR, "the workbook can be written");
}

// The row with the headings, as intake finds it.
std::size_t heading_row(const Rows& rows, const policy::DatasetCatalogue& catalogue,
                        intake::Recognised& recognised) {
    std::vector<intake::HeadRow> head;
    for (std::size_t i = 0; i < rows.size() && i < intake::heading_search_rows; ++i) {
        std::vector<intake::Cell> cells;
        for (const auto& cell : rows[i]) cells.push_back({.text = cell.text, .kind = cell.kind});
        head.push_back(intake::HeadRow::of(static_cast<std::uint32_t>(i + 1), cells));
    }
    auto found = intake::recognise(head, catalogue);
    ensure(found.has_value(), "a sample file is recognised");
    recognised = *found;
    return recognised.heading_row - 1;
}

void put_other_headings(std::vector<Written>& headings, const intake::Recognised& recognised,
                        const policy::Dataset& dataset, std::mt19937_64& random) {
    for (std::size_t i = 0; i < dataset.columns.size(); ++i) {
        const int at = recognised.column_of[i];
        if (at < 0) continue;
        const auto& words = dataset.columns[i].headings;
        headings[static_cast<std::size_t>(at)].text = words[random() % words.size()];
    }
}

void shuffle_columns(Rows& rows, std::size_t heading, std::mt19937_64& random) {
    std::vector<std::size_t> order(rows[heading].size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::shuffle(order, random);
    for (std::size_t r = heading; r < rows.size(); ++r) {
        std::vector<Written> row(order.size());
        for (std::size_t c = 0; c < order.size(); ++c) {
            if (order[c] < rows[r].size()) row[c] = rows[r][order[c]];
        }
        rows[r] = std::move(row);
    }
}

void add_column(Rows& rows, std::size_t heading, std::mt19937_64& random) {
    const std::size_t at = random() % (rows[heading].size() + 1);
    for (std::size_t r = heading; r < rows.size(); ++r) {
        if (at > rows[r].size() || rows[r].empty()) continue;
        const bool is_total =
            r > heading && (std::ranges::any_of(rows[r], [](auto& cell) { return cell.text == "合计"; }) ||
                            std::ranges::all_of(rows[r], [](auto& cell) { return cell.text.empty(); }));
        const Written extra{is_total       ? ""
                            : r == heading ? "内部流转编号"
                                           : "Z" + std::to_string(random() % 100000),
                            intake::CellKind::text};
        rows[r].insert(rows[r].begin() + static_cast<std::ptrdiff_t>(at), extra);
    }
}

Cloth draw_cloth(std::mt19937_64& random) {
    constexpr Cloth cloths[] = {Cloth::csv_utf8,  Cloth::csv_utf8_bom, Cloth::csv_gb18030,
                                Cloth::csv_utf16, Cloth::xlsx_shared,  Cloth::xlsx_inline};
    return cloths[random() % std::size(cloths)];
}

std::filesystem::path rewrite_file(const std::filesystem::path& from, const std::filesystem::path& folder,
                                   const Disguise& disguise, const policy::DatasetCatalogue& catalogue,
                                   std::mt19937_64& random, int number) {
    Keep keep;
    ensure(intake::read_sheets(from, intake::Limits{}, keep).has_value(), "a sample file can be read");
    intake::Recognised recognised;
    const std::size_t heading = heading_row(keep.rows, catalogue, recognised);
    const auto& dataset = catalogue.datasets[static_cast<std::size_t>(recognised.dataset)];
    if (disguise.other_headings) put_other_headings(keep.rows[heading], recognised, dataset, random);
    if (disguise.shuffle_columns) shuffle_columns(keep.rows, heading, random);
    if (disguise.extra_column) add_column(keep.rows, heading, random);
    Cloth cloth = disguise.swap_format ? draw_cloth(random) : disguise.cloth;
    if (cloth == Cloth::as_it_was) cloth = from.extension() == ".xlsx" ? Cloth::xlsx_inline : Cloth::csv_utf8;
    const bool workbook = cloth == Cloth::xlsx_shared || cloth == Cloth::xlsx_inline;
    const std::string stem = disguise.rename ? "报送" + std::to_string(number) : from.stem().string();
    const auto path = folder / (stem + (workbook ? ".xlsx" : ".csv"));
    workbook ? write_xlsx(path, keep.rows, cloth == Cloth::xlsx_inline) : write_csv(path, keep.rows, cloth);
    return path;
}

}  // namespace

void rewrite_county(const std::filesystem::path& from, const std::filesystem::path& to,
                    const Disguise& disguise, const policy::DatasetCatalogue& catalogue,
                    std::vector<std::pair<std::string, std::string>>* renamed) {
    std::mt19937_64 random(disguise.seed);
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(from)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    int number = 0;
    for (const auto& file : files) {
        const auto folder = to / std::filesystem::relative(file.parent_path(), from);
        std::filesystem::create_directories(folder);
        const auto path = rewrite_file(file, folder, disguise, catalogue, random, ++number);
        if (renamed != nullptr) renamed->emplace_back(file.filename().string(), path.filename().string());
    }
}

}  // namespace doudi::county
