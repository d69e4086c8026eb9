// SPDX-License-Identifier: Apache-2.0
// A large text file of the register: chunks of whole rows are cut and mapped by several threads and handed on
// in the file's order. Only what csv_rows and csv_reader read alike is read here; chunks with quotes go
// through csv_reader, and whatever else is odd sends the whole file there.
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "intake/bulk_file.h"
#include "intake/csv_reader.h"
#include "intake/csv_rows.h"
#include "intake/gb18030.h"
#include "intake/register_reader.h"
#include "intake/register_rows.h"
#include "intake/utf8_check.h"

namespace doudi::intake {
namespace {

// What one chunk came to.
struct Chunked {
    RegisterRows rows;
    std::uint32_t records = 0;  // rows of the text, blank ones too
};

// Rows of a chunk that has quotes.
class QuotedRows : public SheetSink {
  public:
    QuotedRows(const RegisterRowMapper& mapper, Chunked& out) : mapper_(mapper), out_(out) {}
    Result<void> row(std::uint32_t number, std::span<const Cell> cells) override {
        mapper_.map(number - 1, cells, out_.rows);
        return {};
    }

  private:
    const RegisterRowMapper& mapper_;
    Chunked& out_;
};

class BulkRegister {
  public:
    BulkRegister(const FeedFile& file, const policy::Dataset& dataset, RegisterRowSink& sink,
                 const ReadSettings& settings, BulkFile& bytes)
        : format_(file.format),
          mapper_(dataset, file.recognised, {.name = {}, .is_text = true}),
          sink_(sink),
          settings_(settings),
          bytes_(bytes),
          first_row_(file.recognised.first_data_row) {}

    Result<void> run(RegisterFileRead& out) {
        out_ = &out;
        sink_.begin_sheet({});
        {
            std::vector<std::jthread> others;
            for (unsigned n = 1; n < settings_.threads; ++n) others.emplace_back([this] { work(); });
            work();
        }
        return failure_ ? Result<void>(std::unexpected(std::move(*failure_))) : Result<void>{};
    }

  private:
    struct Scratch {
        ChunkBuffer buffer;
        std::string decoded;
        CsvRows rows;
        std::vector<Cell> cells;
        Chunked chunked;
    };

    void work() {
        Scratch scratch{.buffer = ChunkBuffer(settings_.chunk_bytes)};
        for (;;) {
            Chunk chunk;
            const auto more = bytes_.next(scratch.buffer, chunk);
            if (!more) return give_up(more.error());
            if (!*more || failed()) return;
            if (auto done = take(chunk, scratch); !done) return give_up(std::move(done).error());
            if (settings_.progress) settings_.progress(chunk.text.size());
        }
    }

    Result<void> take(const Chunk& chunk, Scratch& scratch) {
        if (settings_.stop.stop_requested())
            return fail(ErrorKind::cancelled, "cancelled", {"已取消", "cancelled"});
        TRY_VOID(map(chunk.text, scratch));
        auto part = sink_.process(scratch.chunked.rows);
        {
            std::unique_lock lock(mutex_);
            turn_.wait(lock, [&] { return next_ == chunk.index || failure_; });
            if (failure_) return {};
        }
        // Nobody else is here until next_ moves on.
        TRY_VOID(commit(scratch.chunked, std::move(part)));
        const std::lock_guard lock(mutex_);
        ++next_;
        turn_.notify_all();
        return {};
    }

    Result<void> map(std::string_view bytes, Scratch& scratch) const {
        const bool utf8 =
            format_.encoding == TextEncoding::utf8 || format_.encoding == TextEncoding::utf8_bom;
        if (utf8 ? !is_utf8(bytes) : !gb18030_to_utf8(bytes, scratch.decoded)) return odd_text();
        const std::string_view text = utf8 ? bytes : std::string_view(scratch.decoded);
        const TextMarks marks = look_over(text);
        if (text.size() > settings_.limits.cell_bytes || marks.odd) return odd_text();
        return marks.quotes ? map_quoted(text, scratch.chunked) : map_plain(text, marks, scratch);
    }

    Result<void> map_plain(std::string_view text, const TextMarks& marks, Scratch& scratch) const {
        CsvRows& rows = scratch.rows;
        rows.cut(text, format_.separator, marks);
        for (std::uint32_t row = 0; row < rows.size(); ++row) {
            scratch.cells.clear();
            const std::size_t cells = rows.cells(row);
            if (cells > settings_.limits.columns) return odd_text();
            for (std::size_t i = 0; i < cells; ++i) {
                const std::string_view cell = rows.cell(row, static_cast<int>(i));
                scratch.cells.push_back(
                    {cell, cell.empty() ? CellKind::empty : CellKind::text, CellFill::own});
            }
            mapper_.map(row, scratch.cells, scratch.chunked.rows);
        }
        scratch.chunked.records = static_cast<std::uint32_t>(rows.size());
        return {};
    }

    Result<void> map_quoted(std::string_view text, Chunked& out) const {
        QuotedRows rows(mapper_, out);
        CsvParser parser(format_.separator, settings_.limits, rows);
        if (!parser.feed(text) || !parser.finish()) return odd_text();
        out.records = parser.rows();
        return {};
    }

    Result<void> commit(Chunked& chunked, std::unique_ptr<RegisterRowSink::Part> part) {
        for (auto& row : chunked.rows.households.rows()) row.row += first_row_;
        for (auto& row : chunked.rows.members.rows()) row.row += first_row_;
        for (Finding& finding : chunked.rows.findings) finding.row += first_row_;
        first_row_ += chunked.records;
        TRY_VOID(sink_.commit(chunked.rows, std::move(part)));
        out_->add(chunked.rows);
        return {};
    }

    void give_up(Error error) {
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::move(error);
        turn_.notify_all();
    }
    [[nodiscard]] bool failed() {
        const std::lock_guard lock(mutex_);
        return failure_.has_value();
    }

    FileFormat format_;
    RegisterRowMapper mapper_;
    RegisterRowSink& sink_;
    const ReadSettings& settings_;
    BulkFile& bytes_;
    RegisterFileRead* out_ = nullptr;
    std::mutex mutex_;
    std::condition_variable turn_;
    std::uint64_t next_ = 0;   // the chunk whose turn it is
    std::uint32_t first_row_;  // of that chunk
    std::optional<Error> failure_;
};

}  // namespace

Result<RegisterFileRead> read_register_in_bulk(const FeedFile& file,
                                               const policy::DatasetCatalogue& catalogue,
                                               RegisterRowSink& rows, const ReadSettings& settings) {
    ensure(file.bulk(), "a text file whose headings are known");
    RegisterFileRead out;
    out.dataset = file.dataset;
    out.encoding = name_of(file.format);
    auto bytes = TRY(BulkFile::open(file.path, {.separator = file.format.separator,
                                                .skip_bytes = file.skip_bytes,
                                                .row_bytes_max = settings.limits.row_bytes}));
    BulkRegister reading(file, catalogue.datasets[static_cast<std::size_t>(file.dataset)], rows, settings,
                         *bytes);
    auto done = reading.run(out);
    // The other way through the file says more exactly what is wrong with a row.
    if (!done && done.error().kind == ErrorKind::limit) return odd_text();
    if (!done) return std::unexpected(std::move(done).error());
    return out;
}

}  // namespace doudi::intake
