// SPDX-License-Identifier: Apache-2.0
#include "intake/register_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "intake/recognise.h"
#include "intake/register_rows.h"

namespace doudi::intake {
namespace {

// A register has to be laid over before a sheet's end, but a call for each row would be dear. Fewer rows
// where their cells are long.
constexpr std::size_t batch_rows = 1024;
constexpr std::size_t batch_bytes = 4U << 20U;

class RegisterSink final : public SheetSink {
  public:
    RegisterSink(const policy::DatasetCatalogue& catalogue, RegisterRowSink& rows, RegisterFileRead& out)
        : catalogue_(catalogue), rows_(rows), out_(out) {}

    Result<void> begin_sheet(const SheetInfo& info) override {
        sheet_ = info;
        head_.clear();
        mapper_.reset();
        passed_over_ = false;
        return {};
    }
    Result<void> row(std::uint32_t number, std::span<const Cell> cells) override {
        if (mapper_) return take(number, cells);
        if (passed_over_) return {};
        return head_.take(number, cells) ? judge() : Result<void>{};
    }
    Result<void> end_sheet() override {
        if (!mapper_ && !passed_over_ && !head_.rows().empty()) TRY_VOID(judge());
        return hand_on();
    }

    std::optional<Error> why_not;  // of the first sheet that was passed over

  private:
    [[nodiscard]] Result<void> judge() {
        auto recognised = recognise(head_.rows(), catalogue_);
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
        mapper_.emplace(dataset, *recognised, sheet_);
        rows_.begin_sheet(sheet_.name);
        for (const HeadRow& row : head_.rows()) {
            if (row.number >= recognised->first_data_row) TRY_VOID(take(row.number, row.cells()));
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

    [[nodiscard]] Result<void> take(std::uint32_t number, std::span<const Cell> cells) {
        mapper_->map(number, cells, batch_);
        for (const Cell& cell : cells) batch_bytes_ += cell.text.size();
        return batch_.rows < batch_rows && batch_bytes_ < batch_bytes ? Result<void>{} : hand_on();
    }
    [[nodiscard]] Result<void> hand_on() {
        batch_bytes_ = 0;
        if (batch_.rows == 0) return {};
        auto part = rows_.process(batch_);
        TRY_VOID(rows_.commit(batch_, std::move(part)));
        out_.add(batch_);
        return {};
    }

    const policy::DatasetCatalogue& catalogue_;
    RegisterRowSink& rows_;
    RegisterFileRead& out_;
    SheetInfo sheet_;
    HeadRows head_;
    std::optional<RegisterRowMapper> mapper_;
    RegisterRows batch_;
    std::size_t batch_bytes_ = 0;  // of the rows taken since the last was handed on
    bool passed_over_ = false;
};

}  // namespace

void RegisterRows::clear() {
    households.clear();
    members.clear();
    findings.clear();
    rows = 0;
}

void RegisterFileRead::add(RegisterRows& batch) {
    rows += batch.rows;
    std::ranges::move(batch.findings, std::back_inserter(findings));
    batch.clear();
}

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
