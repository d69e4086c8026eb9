// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "synth/feed_file.h"
#include "synth/file_out.h"

namespace doudi::synth {
namespace {

constexpr std::uint64_t piece_rows = 16'384;

// Takes the pieces in their order, whoever finishes first.
class InOrder {
  public:
    explicit InOrder(FileOut& out) : out_(out) {}
    template <class Then>
    void write(std::uint64_t piece, std::string_view bytes, const Then& then) {
        std::unique_lock lock(mutex_);
        turn_.wait(lock, [&] { return next_ == piece; });
        out_.write(bytes);
        then();
        ++next_;
        turn_.notify_all();
    }

  private:
    FileOut& out_;
    std::mutex mutex_;
    std::condition_variable turn_;
    std::uint64_t next_ = 0;
};

class CsvWriter {
  public:
    explicit CsvWriter(const FeedFile& file) : file_(file), plain_(file.style == Style::plain_csv) {}

    void headings(std::string& out) const {
        const FeedLayout& layout = layout_of(file_.feed);
        if (!plain_ && layout.encoding == Encoding::utf8_bom) out += "\xEF\xBB\xBF";
        line(out, layout.headings);
    }
    void piece(std::uint64_t from, std::uint64_t to, std::string& out, Counts& strangers) const {
        RowWalk walk(file_);
        walk.start(from);
        Cells cells;
        for (std::uint64_t place = from; place < to; ++place) {
            if (const Row* planned = walk.planned_at(place)) {
                write_cells(file_.people, file_.feed, *planned, plain_, cells);
            } else {
                const Row row =
                    make_stranger(file_.people, file_.seed, file_.rates, file_.feed, file_.quarter, place);
                const Judged judged = judge(file_.people, file_.feed, row, quarters()[file_.quarter].last);
                ++strangers[static_cast<std::size_t>(judged.row)];
                write_cells(file_.people, file_.feed, row, plain_, cells);
            }
            line(out, cells);
            if (walk.blank_after(place)) line(out, std::vector<std::string_view>(cells.size()));
        }
    }
    [[nodiscard]] std::string encoded(std::string text) const {
        return plain_ || layout_of(file_.feed).encoding != Encoding::gb18030 ? std::move(text)
                                                                             : to_gb18030(text);
    }

  private:
    template <class Range>
    void line(std::string& out, const Range& cells) const {
        bool first = true;
        for (const auto& cell : cells) {
            if (!first) out += ',';
            first = false;
            out += cell;
        }
        out += plain_ ? "\n" : "\r\n";
    }

    const FeedFile& file_;
    bool plain_;
};

}  // namespace

Result<FeedFile::Outcome> write_csv(const FeedFile& file, const std::filesystem::path& path) {
    FileOut out = TRY(FileOut::create(path));
    const CsvWriter writer(file);
    FeedFile::Outcome outcome;
    std::string headings;
    writer.headings(headings);
    out.write(writer.encoded(std::move(headings)));

    const std::uint64_t pieces = (file.rows + piece_rows - 1) / piece_rows;
    std::atomic<std::uint64_t> next_piece = 0;
    InOrder order(out);
    const auto work = [&] {
        for (std::uint64_t piece = next_piece++; piece < pieces; piece = next_piece++) {
            const std::uint64_t from = piece * piece_rows, to = std::min(from + piece_rows, file.rows);
            std::string text;
            Counts strangers{};
            writer.piece(from, to, text, strangers);
            order.write(piece, writer.encoded(std::move(text)), [&] {
                for (std::size_t i = 0; i < bucket_count; ++i) outcome.strangers[i] += strangers[i];
                if (file.written) file.written(to - from);
            });
        }
    };
    {
        std::vector<std::jthread> others;
        const std::uint64_t wanted = std::min<std::uint64_t>(file.threads, pieces);
        for (std::uint64_t i = 1; i < wanted; ++i) others.emplace_back(work);
        work();
    }
    outcome.bytes = TRY(out.close());
    return outcome;
}

}  // namespace doudi::synth
