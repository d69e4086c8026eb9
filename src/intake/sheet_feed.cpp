// SPDX-License-Identifier: Apache-2.0
// The path of workbooks and of text that is out of the ordinary: sheet by sheet, each recognised by its own
// headings.
#include <fmt/format.h>

#include <optional>

#include "intake/feed_task.h"
#include "store/copy_file.h"

namespace doudi::intake {
namespace {

// A batch is as many rows, or fewer whose cells are long.
constexpr std::size_t batch_rows = 4096;
constexpr std::size_t batch_bytes = 4U << 20U;

// The head of a sheet is kept until its headings are found; then rows stream.
class SheetFeed : public SheetSink {
  public:
    SheetFeed(const FeedTask& task, const policy::DatasetCatalogue& catalogue, AsOf as_of,
              const ReadSettings& settings)
        : task_(task), catalogue_(catalogue), as_of_(as_of), settings_(settings) {}

    Result<void> begin_sheet(const SheetInfo& info) override {
        info_ = info;
        head_.clear();
        mapper_.reset();
        passed_over_ = false;
        return {};
    }

    Result<void> row(std::uint32_t number, std::span<const Cell> cells) override {
        if (settings_.stop.stop_requested())
            return fail(ErrorKind::cancelled, "cancelled", {"已取消", "cancelled"});
        if (passed_over_) return {};
        if (mapper_) return map(number, cells);
        return head_.take(number, cells) ? settle() : Result<void>{};
    }

    Result<void> end_sheet() override {
        if (!mapper_ && !passed_over_) TRY_VOID(settle());
        TRY_VOID(flush());
        ++sheet_;
        return {};
    }

    FeedOutcome outcome;

  private:
    // The headings are in head_ or nowhere.
    Result<void> settle() {
        auto recognised = recognise(head_.rows(), catalogue_);
        if (!recognised || recognised->dataset != task_.file->dataset) {
            passed_over_ = true;
            pass_over(recognised);
            return {};
        }
        const auto& dataset = catalogue_.datasets[static_cast<std::size_t>(recognised->dataset)];
        first_data_row_ = recognised->first_data_row;
        if (info_.hidden) {
            outcome.remarks.push_back({fmt::format("工作表“{}”是隐藏的，也已读入", info_.name),
                                       fmt::format("sheet \"{}\" is hidden; it was read too", info_.name)});
        }
        mapper_.emplace(dataset, *recognised, as_of_, info_);
        mapped_ = mapper_->make_rows();
        for (const HeadRow& kept : head_.rows()) TRY_VOID(map(kept.number, kept.cells()));
        head_.clear();
        return {};
    }

    // Nothing is lost in silence: a sheet that is not read is named.
    void pass_over(const Result<Recognised>& recognised) {
        if (!recognised && recognised.error().code == "empty_sheet") return;
        const Text why = recognised ? Text{"这张表是另一种数据，请单独导入",
                                           "this sheet is another dataset: import it by itself"}
                                    : recognised.error().text;
        outcome.remarks.push_back({fmt::format("工作表“{}”没有读入：{}", info_.name, why.zh),
                                   fmt::format("sheet \"{}\" was not read: {}", info_.name, why.en)});
    }

    Result<void> map(std::uint32_t number, std::span<const Cell> cells) {
        if (number < first_data_row_) return {};
        column::Batch& batch = mapped_.rows.batch;
        const std::size_t before = batch.rows;
        mapper_->map_row(number, cells, scratch_, mapped_);
        if (batch.rows != before) {
            batch.columns[static_cast<std::size_t>(mapper_->layout().row)].numbers.back() =
                number + std::int64_t{sheet_} * sheet_row_stride;
        }
        for (const Cell& cell : cells) batch_bytes_ += cell.text.size();
        const bool goes_on = batch.rows < batch_rows && mapped_.findings.size() < batch_rows;
        return goes_on && batch_bytes_ < batch_bytes ? Result<void>{} : flush();
    }

    Result<void> flush() {
        FeedRows& rows = mapped_.rows;
        if (task_.findings && !mapped_.findings.empty()) TRY_VOID(task_.findings(mapped_.findings));
        if (rows.batch.rows != 0) {
            if (task_.sink != nullptr) task_.sink->commit(task_.sink->process(rows), 0);
            if (task_.landing != nullptr) TRY_VOID(task_.landing->append(rows.batch));
        }
        outcome.counts.rows += mapped_.counts.rows;
        outcome.counts.refused += mapped_.counts.refused;
        mapped_.clear();
        batch_bytes_ = 0;
        return {};
    }

    const FeedTask& task_;
    const policy::DatasetCatalogue& catalogue_;
    AsOf as_of_;
    const ReadSettings& settings_;
    SheetInfo info_;
    std::uint32_t sheet_ = 0;
    std::uint32_t first_data_row_ = 0;
    bool passed_over_ = false;
    HeadRows head_;
    std::optional<RowMapper> mapper_;
    MapScratch scratch_;
    MappedRows mapped_;
    std::size_t batch_bytes_ = 0;  // of the rows that were mapped since the last flush
};

}  // namespace

FeedOutcome read_sheets_feed(const FeedTask& task, const policy::DatasetCatalogue& catalogue, AsOf as_of,
                             const ReadSettings& settings) {
    SheetFeed feed(task, catalogue, as_of, settings);
    feed.outcome.status = read_sheets(task.file->path, task.file->format, settings.limits, feed);
    if (feed.outcome.status && task.original != nullptr)
        feed.outcome.status = store::copy_file(task.file->path, *task.original);
    if (feed.outcome.status && task.done) feed.outcome.status = task.done(feed.outcome.counts);
    return std::move(feed.outcome);
}

}  // namespace doudi::intake
