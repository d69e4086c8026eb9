// SPDX-License-Identifier: Apache-2.0
#include "cli/units_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text_fold.h"
#include "cli/input_file.h"
#include "intake/sheet.h"

namespace doudi::cli {
namespace {

using access::UnitRow;

struct Heading {
    std::string_view name;
    std::string UnitRow::* field;
    bool needed;
};
constexpr std::array<Heading, 8> headings = {{{"code", &UnitRow::code, true},
                                              {"title", &UnitRow::title, true},
                                              {"kind", &UnitRow::kind, true},
                                              {"parent", &UnitRow::parent, true},
                                              {"region", &UnitRow::region, false},
                                              {"department", &UnitRow::department, false},
                                              {"from", &UnitRow::from, true},
                                              {"until", &UnitRow::until, false}}};

class UnitSheet final : public intake::SheetSink {
  public:
    explicit UnitSheet(std::string file_name) : file_(std::move(file_name)) {}

    Result<void> row(std::uint32_t number, std::span<const intake::Cell> cells) override {
        if (std::ranges::all_of(cells, [](const intake::Cell& cell) { return trim(cell.text).empty(); }))
            return {};
        if (columns_.empty()) return read_headings(number, cells);
        UnitRow row;
        row.place = fmt::format("{}:{}", file_, number);
        for (std::size_t i = 0; i < cells.size() && i < columns_.size(); ++i) {
            if (columns_[i] != nullptr) row.*(columns_[i]->field) = trim(cells[i].text);
        }
        rows_.push_back(std::move(row));
        return {};
    }
    [[nodiscard]] std::vector<UnitRow>& rows() { return rows_; }

  private:
    Result<void> read_headings(std::uint32_t number, std::span<const intake::Cell> cells) {
        const std::string place = fmt::format("{}:{}", file_, number);
        for (const intake::Cell& cell : cells) {
            const std::string_view word = trim(cell.text);
            const auto at = std::ranges::find(headings, word, &Heading::name);
            if (at == headings.end() && !word.empty()) {
                return fail(
                    ErrorKind::invalid, "units_heading",
                    {fmt::format("不认识的表头“{}”", word), fmt::format("unknown heading '{}'", word)},
                    place);
            }
            columns_.push_back(at == headings.end() ? nullptr : &*at);
        }
        for (const Heading& heading : headings) {
            if (!heading.needed || std::ranges::find(columns_, &heading) != columns_.end()) continue;
            return fail(ErrorKind::invalid, "units_heading",
                        {fmt::format("缺少表头“{}”", heading.name),
                         fmt::format("the heading '{}' is missing", heading.name)},
                        place);
        }
        return {};
    }

    std::string file_;
    std::vector<const Heading*> columns_;
    std::vector<UnitRow> rows_;
};

}  // namespace

std::expected<std::vector<UnitRow>, std::vector<Error>> read_units_table(const std::filesystem::path& file) {
    if (const auto there = need_file(file); !there) return std::unexpected(std::vector<Error>{there.error()});
    const auto ending = file.extension();
    if (ending == ".yaml" || ending == ".yml") return access::read_unit_file(file);
    UnitSheet sheet(file.filename().string());
    auto read = intake::read_sheets(file, intake::Limits{}, sheet);
    if (!read) {
        if (read.error().where.empty()) read.error().where = file.filename().string();
        return std::unexpected(std::vector<Error>{std::move(read).error()});
    }
    return std::move(sheet.rows());
}

}  // namespace doudi::cli
