// SPDX-License-Identifier: Apache-2.0
#include "intake/register_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
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

// The fields of the two datasets.
enum class Field : std::uint8_t {
    household_number,
    region_code,
    address,
    head_name,
    category,
    enrolled_on,
    income_per_head_month,
    name,
    id_number,
    relation,
    sex,
    phone,
};
constexpr std::array<std::string_view, 12> field_names{
    "household_number",      "region_code", "address",   "head_name", "category", "enrolled_on",
    "income_per_head_month", "name",        "id_number", "relation",  "sex",      "phone"};

// Where the fields stand in one sheet.
struct FieldPlaces {
    std::array<int, field_names.size()> file_column{};
    std::array<int, field_names.size()> dataset_column{};

    FieldPlaces() = default;
    FieldPlaces(const Recognised& recognised, const policy::Dataset& dataset) {
        for (std::size_t i = 0; i < field_names.size(); ++i) {
            const int column = dataset.column_of(field_names[i]);
            dataset_column[i] = column;
            file_column[i] = column < 0 ? -1 : recognised.column_of[static_cast<std::size_t>(column)];
        }
    }
};

// One row's cells by field.
class NamedCells {
  public:
    NamedCells(std::span<const Cell> cells, const FieldPlaces& places) : cells_(cells), places_(places) {}

    [[nodiscard]] const Cell& cell(Field field) const {
        static const Cell none;
        const int at = places_.file_column[static_cast<std::size_t>(field)];
        if (at < 0 || static_cast<std::size_t>(at) >= cells_.size()) return none;
        const Cell& found = cells_[static_cast<std::size_t>(at)];
        return found.fill == CellFill::from_left ? none : found;
    }
    [[nodiscard]] std::string_view text(Field field) const {
        const Cell& found = cell(field);
        return found.kind == CellKind::error ? std::string_view{} : trim(found.text);
    }

  private:
    std::span<const Cell> cells_;
    const FieldPlaces& places_;
};

class RegisterSink final : public SheetSink {
  public:
    RegisterSink(const policy::DatasetCatalogue& catalogue, RegisterRowSink& rows, RegisterFileRead& out)
        : catalogue_(catalogue), rows_(rows), out_(out) {}

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
        recognised_ = std::move(*recognised);
        places_ = FieldPlaces(*recognised_, dataset);
        mapped_.assign(recognised_->headings.size(), false);
        normal_headings_.clear();
        for (const std::string& heading : recognised_->headings)
            normal_headings_.push_back(normal_heading(heading));
        for (const int column : recognised_->column_of) {
            if (column >= 0) mapped_[static_cast<std::size_t>(column)] = true;
        }
        rows_.begin_sheet(sheet_.name);
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
        const NamedCells named(cells, places_);
        if (!is_data(cells)) return;
        ++out_.rows;
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
            words.see(text, known ? std::string_view(normal_headings_[i]) : std::string_view{},
                      known && mapped_[i]);
        }
        return words.is_data();
    }
    void take_household(std::uint32_t number, const NamedCells& cells) {
        household_.row = number;
        put_half_width(household_.code, cells.text(Field::household_number));
        put_half_width(household_.region, cells.text(Field::region_code));
        household_.address = cells.text(Field::address);
        household_.head_name = cells.text(Field::head_name);
        household_.category = cells.text(Field::category);
        household_.enrolled_on = date(number, cells, Field::enrolled_on);
        household_.income_per_head_month = amount(number, cells, Field::income_per_head_month);
        rows_.take(household_);
    }
    void take_member(std::uint32_t number, const NamedCells& cells) {
        member_.row = number;
        put_half_width(member_.household_code, cells.text(Field::household_number));
        member_.name = cells.text(Field::name);
        put_id_text(member_.id_text, cells.cell(Field::id_number));
        member_.relation = cells.text(Field::relation);
        member_.sex = cells.text(Field::sex);
        const std::string_view phone = cells.text(Field::phone);
        member_.phone = is_plain_phone(phone) ? phone : std::string_view(read_phone_text(phone));
        rows_.take(member_);
    }
    static void put_half_width(std::string& to, std::string_view text) {
        const bool ascii =
            std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        to = ascii ? text : std::string_view(half_width(text));
    }
    // A numeric cell of 16 and more digits has lost the last ones: written as the float it is, so that nobody
    // takes it for a number.
    static void put_id_text(std::string& to, const Cell& cell) {
        to = trim(cell.text);
        if (cell.kind != CellKind::number || to.size() <= digits_of_a_double) return;
        if (const auto value = parse_number(to)) to = fmt::format("{:.5E}", *value);
    }
    [[nodiscard]] std::optional<Date> date(std::uint32_t number, const NamedCells& cells, Field field) {
        const Cell& cell = cells.cell(field);
        const DateText read = cell.kind == CellKind::number ? read_date_number(cell.text, sheet_.date_1904)
                                                            : read_date_text(cell.text, sheet_.date_1904);
        if (read.kind == DateTextKind::day) return read.date;
        if (read.kind != DateTextKind::empty) report(number, cells, field, FindingCode::date_unreadable);
        return std::nullopt;
    }
    [[nodiscard]] std::optional<Money> amount(std::uint32_t number, const NamedCells& cells, Field field) {
        const AmountText read = read_amount_text(cells.cell(field).text);
        if (read.kind == AmountTextKind::value) return read.money;
        if (read.kind == AmountTextKind::unreadable)
            report(number, cells, field, FindingCode::amount_unreadable);
        return std::nullopt;
    }
    void report(std::uint32_t number, const NamedCells& cells, Field field, FindingCode code) {
        const Cell& cell = cells.cell(field);
        out_.findings.push_back({number, sheet_.name, heading(field),
                                 cell.kind == CellKind::error ? FindingCode::cell_error : code,
                                 mask_text(cell.text), false});
    }

    [[nodiscard]] const std::string& heading(Field field) const {
        return recognised_->heading_of(places_.dataset_column[static_cast<std::size_t>(field)]);
    }

    const policy::DatasetCatalogue& catalogue_;
    RegisterRowSink& rows_;
    RegisterFileRead& out_;
    registry::HouseholdRow household_;  // reused, so that a row allocates nothing
    registry::MemberRow member_;
    SheetInfo sheet_;
    std::vector<HeadRow> head_;
    std::size_t filled_ = 0;
    std::optional<Recognised> recognised_;
    FieldPlaces places_;
    std::vector<bool> mapped_;                  // per file column: the dataset knows it
    std::vector<std::string> normal_headings_;  // per file column
    bool passed_over_ = false;
};

}  // namespace

Result<RegisterFileRead> read_register(const std::filesystem::path& path,
                                       const policy::DatasetCatalogue& catalogue, RegisterRowSink& rows,
                                       const Limits& limits) {
    RegisterFileRead out;
    const FileFormat format = TRY(sniff(path));
    out.encoding = name_of(format);
    RegisterSink sink(catalogue, rows, out);
    TRY_VOID(read_sheets(path, format, limits, sink));
    if (out.dataset >= 0) return out;
    if (sink.why_not) return std::unexpected(*sink.why_not);
    return fail(ErrorKind::invalid, "empty_sheet", {"文件里没有内容", "the file has no content"});
}

}  // namespace doudi::intake
