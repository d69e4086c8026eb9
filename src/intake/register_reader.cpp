// SPDX-License-Identifier: Apache-2.0
#include "intake/register_reader.h"

#include <fmt/format.h>

#include <optional>

#include "base/id_number.h"
#include "base/text_fold.h"
#include "intake/amount_text.h"
#include "intake/date_text.h"
#include "intake/office_values.h"
#include "intake/recognise.h"
#include "intake/row_words.h"

namespace doudi::intake {
namespace {

constexpr std::size_t digits_of_a_double = 15;

// One row's cells by the names of the dataset's fields.
class NamedCells {
  public:
    NamedCells(std::span<const Cell> cells, const Recognised& recognised, const policy::Dataset& dataset)
        : cells_(cells), recognised_(recognised), dataset_(dataset) {}

    [[nodiscard]] const Cell& cell(std::string_view field) const {
        static const Cell none;
        const int column = dataset_.column_of(field);
        const int at = column < 0 ? -1 : recognised_.column_of[static_cast<std::size_t>(column)];
        if (at < 0 || static_cast<std::size_t>(at) >= cells_.size()) return none;
        const Cell& found = cells_[static_cast<std::size_t>(at)];
        return found.fill == CellFill::from_left ? none : found;
    }
    [[nodiscard]] std::string text(std::string_view field) const {
        const Cell& found = cell(field);
        return found.kind == CellKind::error ? std::string{} : std::string(trim(found.text));
    }
    [[nodiscard]] const std::string& heading(std::string_view field) const {
        return recognised_.heading_of(dataset_.column_of(field));
    }

  private:
    std::span<const Cell> cells_;
    const Recognised& recognised_;
    const policy::Dataset& dataset_;
};

class RegisterSink final : public SheetSink {
  public:
    RegisterSink(const policy::DatasetCatalogue& catalogue, RegisterRows& out)
        : catalogue_(catalogue), out_(out) {}

    Result<void> begin_sheet(const SheetInfo& info) override {
        sheet_ = info;
        head_.clear();
        filled_ = 0;
        recognised_.reset();
        passed_over_ = false;
        return {};
    }
    Result<void> row(std::uint32_t number, std::span<const Cell> cells) override {
        if (recognised_) {
            take(number, cells);
            return {};
        }
        if (passed_over_) return {};
        head_.push_back(HeadRow::of(number, cells));
        if (++filled_ < heading_search_rows) return {};
        return judge();
    }
    Result<void> end_sheet() override {
        if (!recognised_ && !passed_over_ && !head_.empty()) return judge();
        return {};
    }

    std::optional<Error> why_not;  // of the first sheet that was passed over

  private:
    [[nodiscard]] Result<void> judge() {
        auto recognised = recognise(head_, catalogue_);
        if (!recognised) {
            pass_over(std::move(recognised).error());
            return {};
        }
        const policy::Dataset& dataset = catalogue_.datasets[static_cast<std::size_t>(recognised->dataset)];
        if (dataset.kind == policy::DatasetKind::feed ||
            (out_.dataset >= 0 && out_.dataset != recognised->dataset)) {
            pass_over({ErrorKind::invalid,
                       "other_dataset",
                       {fmt::format("是“{}”，不是本台账", dataset.title.zh),
                        fmt::format("it is “{}”, not this register", dataset.title.en)},
                       {}});
            return {};
        }
        out_.dataset = recognised->dataset;
        out_.kind = dataset.kind;
        recognised_ = std::move(*recognised);
        mapped_.assign(recognised_->headings.size(), false);
        for (const int column : recognised_->column_of) {
            if (column >= 0) mapped_[static_cast<std::size_t>(column)] = true;
        }
        for (const HeadRow& row : head_) {
            if (row.number >= recognised_->first_data_row) take(row.number, row.cells());
        }
        head_.clear();
        return {};
    }
    void pass_over(Error why) {
        passed_over_ = true;
        out_.remarks.push_back({fmt::format("工作表“{}”未读取：{}", sheet_.name, why.text.zh),
                                fmt::format("sheet “{}” was passed over: {}", sheet_.name, why.text.en)});
        if (!why_not) why_not = std::move(why);
    }

    void take(std::uint32_t number, std::span<const Cell> cells) {
        const policy::Dataset& dataset = catalogue_.datasets[static_cast<std::size_t>(recognised_->dataset)];
        const NamedCells named(cells, *recognised_, dataset);
        if (!is_data(cells)) return;
        if (dataset.kind == policy::DatasetKind::register_households) {
            take_household(number, named);
        } else {
            take_member(number, named);
        }
    }
    [[nodiscard]] bool is_data(std::span<const Cell> cells) const {
        RowWords words;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string_view text = trim(cells[i].text);
            if (text.empty() || cells[i].fill != CellFill::own) continue;
            const bool known = i < mapped_.size();
            words.see(text, known ? normal_heading(recognised_->headings[i]) : std::string{},
                      known && mapped_[i]);
        }
        return words.is_data();
    }
    void take_household(std::uint32_t number, const NamedCells& cells) {
        HouseholdRow row;
        row.row = number;
        row.code = half_width(cells.text("household_number"));
        row.region = half_width(cells.text("region_code"));
        row.address = cells.text("address");
        row.head_name = cells.text("head_name");
        row.category = cells.text("category");
        row.enrolled_on = date(number, cells, "enrolled_on");
        row.income_per_head_month = amount(number, cells, "income_per_head_month");
        out_.households.push_back(std::move(row));
    }
    void take_member(std::uint32_t number, const NamedCells& cells) {
        MemberRow row;
        row.row = number;
        row.household_code = half_width(cells.text("household_number"));
        row.name = cells.text("name");
        row.id_text = id_text(cells.cell("id_number"));
        row.relation = cells.text("relation");
        row.sex = cells.text("sex");
        row.phone = read_phone_text(cells.text("phone"));
        out_.members.push_back(std::move(row));
    }
    // A numeric cell of 16 and more digits has lost the last ones: written as the float it is, so that nobody
    // takes it for a number.
    [[nodiscard]] static std::string id_text(const Cell& cell) {
        const std::string_view text = trim(cell.text);
        if (cell.kind != CellKind::number || text.size() <= digits_of_a_double) return std::string(text);
        const auto value = parse_number(text);
        return value ? fmt::format("{:.5E}", *value) : std::string(text);
    }
    [[nodiscard]] std::optional<Date> date(std::uint32_t number, const NamedCells& cells,
                                           std::string_view field) {
        const Cell& cell = cells.cell(field);
        const DateText read = cell.kind == CellKind::number ? read_date_number(cell.text, sheet_.date_1904)
                                                            : read_date_text(cell.text, sheet_.date_1904);
        if (read.kind == DateTextKind::day) return read.date;
        if (read.kind != DateTextKind::empty) report(number, cells, field, FindingCode::date_unreadable);
        return std::nullopt;
    }
    [[nodiscard]] std::optional<Money> amount(std::uint32_t number, const NamedCells& cells,
                                              std::string_view field) {
        const AmountText read = read_amount_text(cells.cell(field).text);
        if (read.kind == AmountTextKind::value) return read.money;
        if (read.kind == AmountTextKind::unreadable)
            report(number, cells, field, FindingCode::amount_unreadable);
        return std::nullopt;
    }
    void report(std::uint32_t number, const NamedCells& cells, std::string_view field, FindingCode code) {
        const Cell& cell = cells.cell(field);
        out_.findings.push_back({number, sheet_.name, cells.heading(field),
                                 cell.kind == CellKind::error ? FindingCode::cell_error : code,
                                 mask_text(cell.text), false});
    }

    const policy::DatasetCatalogue& catalogue_;
    RegisterRows& out_;
    SheetInfo sheet_;
    std::vector<HeadRow> head_;
    std::size_t filled_ = 0;
    std::optional<Recognised> recognised_;
    std::vector<bool> mapped_;
    bool passed_over_ = false;
};

}  // namespace

Result<RegisterRows> read_register(const std::filesystem::path& path,
                                   const policy::DatasetCatalogue& catalogue, const Limits& limits) {
    RegisterRows out;
    const FileFormat format = TRY(sniff(path));
    out.encoding = name_of(format);
    RegisterSink sink(catalogue, out);
    TRY_VOID(read_sheets(path, format, limits, sink));
    if (out.dataset >= 0) return out;
    if (sink.why_not) return std::unexpected(*sink.why_not);
    return fail(ErrorKind::invalid, "empty_sheet", {"文件里没有内容", "the file has no content"});
}

}  // namespace doudi::intake
