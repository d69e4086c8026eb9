// SPDX-License-Identifier: Apache-2.0
#include "synth/synth.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <system_error>
#include <thread>

#include "synth/feed_file.h"
#include "synth/file_out.h"
#include "synth/register_files.h"
#include "synth/truth_files.h"

namespace doudi::synth {
namespace {

namespace fs = std::filesystem;

Result<void> check(const SynthOptions& options) {
    if (options.residents < least_residents || options.residents > most_residents)
        return fail(ErrorKind::usage, "synth_residents",
                    {fmt::format("居民人数须在 {} 到 {} 之间", least_residents, most_residents),
                     fmt::format("residents must lie between {} and {}", least_residents, most_residents)});
    if (options.feed_rows > most_feed_rows)
        return fail(ErrorKind::usage, "synth_feed_rows",
                    {fmt::format("部门数据最多 {} 行", most_feed_rows),
                     fmt::format("there may be {} feed rows at most", most_feed_rows)});
    if (options.quarters < 1 || options.quarters > static_cast<int>(most_quarters))
        return fail(ErrorKind::usage, "synth_quarters",
                    {"只能生成一个或两个季度", "one or two quarters can be made"});
    if (options.density < 0 || options.density > 8)
        return fail(ErrorKind::usage, "synth_density",
                    {"密度须在 0 到 8 之间", "the density must lie between 0 and 8"});
    std::error_code error;
    if (fs::exists(options.out, error) &&
        (!fs::is_directory(options.out, error) || !fs::is_empty(options.out, error)))
        return fail(ErrorKind::conflict, "synth_out_not_empty",
                    {"输出目录不是空目录", "the output folder is not empty"}, options.out.string());
    return {};
}

class County {
  public:
    County(const SynthOptions& options, const Progress& progress)
        : options_(options),
          progress_(progress),
          quarter_count_(static_cast<std::size_t>(options.quarters)),
          rates_{options.density > 0              ? options.density
                 : options.style == Style::untidy ? 2.0
                                                  : 1.0,
                 options.clean},
          people_(options.residents, options.seed),
          plan_(make_plan(people_, options.seed, rates_, quarter_count_)) {}

    Result<SynthReport> make();

  private:
    [[nodiscard]] Result<void> folders() const;
    [[nodiscard]] bool sent(std::size_t quarter, Feed feed) const {
        return quarter == 1 || !layout_of(feed).third_quarter_only;
    }
    void count_rows();
    [[nodiscard]] Result<void> feeds(std::size_t quarter, const Truth& truth);
    [[nodiscard]] Result<void> quarter(std::size_t quarter, Truth& truth);
    [[nodiscard]] Result<void> add(Result<std::uint64_t> bytes) {
        report_.bytes += TRY(std::move(bytes));
        ++report_.files;
        return {};
    }

    const SynthOptions& options_;
    const Progress& progress_;
    std::size_t quarter_count_;
    Rates rates_;
    People people_;
    Plan plan_;
    std::array<std::array<std::uint64_t, feed_count>, most_quarters> rows_{};
    std::uint64_t all_rows_ = 0, done_rows_ = 0;
    SynthReport report_;
};

Result<void> County::folders() const {
    std::error_code error;
    fs::create_directories(options_.out / "registry", error);
    fs::create_directories(options_.out / "truth", error);
    for (std::size_t quarter = 0; quarter < quarter_count_; ++quarter)
        fs::create_directories(options_.out / quarters()[quarter].name, error);
    if (error) return std::unexpected(cannot_write(options_.out.string(), error.value()));
    return {};
}

// How many rows each file has: as nature has it, or the wanted number split by the files' shares, the rest to
// the longest.
void County::count_rows() {
    for (std::size_t quarter = 0; quarter < quarter_count_; ++quarter) {
        double shares = 0;
        for (std::size_t feed = 0; feed < feed_count; ++feed)
            if (sent(quarter, static_cast<Feed>(feed))) shares += layout_of(static_cast<Feed>(feed)).share;
        const std::uint64_t wanted = options_.feed_rows / quarter_count_;
        std::uint64_t given = 0;
        for (std::size_t feed = 0; feed < feed_count; ++feed) {
            const FeedLayout& layout = layout_of(static_cast<Feed>(feed));
            const std::uint64_t planned = plan_.rows[quarter][feed].size();
            report_.planted += planned;
            if (!sent(quarter, static_cast<Feed>(feed))) continue;
            const double natural =
                static_cast<double>(planned) * layout.strangers + std::max(8.0, people_.registered() / 100.0);
            rows_[quarter][feed] =
                wanted > 0 ? std::max(planned, static_cast<std::uint64_t>(static_cast<double>(wanted) *
                                                                          layout.share / shares))
                           : planned + static_cast<std::uint64_t>(std::llround(natural));
            given += rows_[quarter][feed];
        }
        if (given < wanted) rows_[quarter][index_of(Feed::illness)] += wanted - given;
        for (const std::uint64_t rows : rows_[quarter]) all_rows_ += rows;
    }
}

Result<void> County::feeds(std::size_t quarter, const Truth& truth) {
    const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
    std::vector<QualityLine> quality;
    for (std::size_t i = 0; i < feed_count; ++i) {
        const Feed feed = static_cast<Feed>(i);
        if (!sent(quarter, feed)) continue;
        FeedFile file{people_, plan_.rows[quarter][i], feed,
                      quarter, rows_[quarter][i],      options_.seed,
                      rates_,  options_.style,         options_.threads > 0 ? options_.threads : cores,
                      {}};
        const std::string name = file.name();
        file.written = [&](std::uint64_t rows) {
            done_rows_ += rows;
            if (progress_) progress_(name, static_cast<double>(done_rows_) / static_cast<double>(all_rows_));
        };
        const FeedFile::Outcome outcome = TRY(file.write(options_.out / quarters()[quarter].name));
        QualityLine line{name, truth.buckets()[i]};
        for (std::size_t bucket = 0; bucket < bucket_count; ++bucket)
            line.counts[bucket] += outcome.strangers[bucket];
        quality.push_back(std::move(line));
        TRY_VOID(add(outcome.bytes));
        report_.rows += file.rows;
    }
    return add(write_quality(
        quality, options_.out / "truth" / fmt::format("quality-{}.csv", quarters()[quarter].name)));
}

Result<void> County::quarter(std::size_t quarter, Truth& truth) {
    const std::string_view name = quarters()[quarter].name;
    const fs::path folder = options_.out / "truth";
    truth.run(quarter);
    TRY_VOID(feeds(quarter, truth));
    TRY_VOID(add(write_warnings(people_, truth, folder / fmt::format("warnings-{}.csv", name))));
    TRY_VOID(add(
        write_households_list(people_, truth.exits(), folder / fmt::format("natural-exits-{}.csv", name))));
    if (quarter + 1 == quarter_count_) return {};
    return add(
        write_households_list(people_, truth.close(), options_.out / fmt::format("close-{}.csv", name)));
}

Result<SynthReport> County::make() {
    TRY_VOID(folders());
    report_.persons = people_.registered();
    report_.households = people_.households();
    count_rows();
    const RegisterFiles written =
        TRY(write_register(people_, options_.seed, options_.style, options_.out / "registry"));
    report_.bytes += written.bytes;
    report_.files += written.files;

    const fs::path events_path = options_.out / "truth" / "events.csv";
    std::ofstream events(events_path, std::ios::binary);
    Truth truth(people_, plan_, events);
    for (std::size_t i = 0; i < quarter_count_; ++i) TRY_VOID(quarter(i, truth));
    events.close();
    if (!events) return std::unexpected(cannot_write(events_path.filename().string(), errno));
    std::error_code error;
    TRY_VOID(add(fs::file_size(events_path, error)));
    report_.counted = truth.counted();
    report_.warnings = truth.open().size();
    report_.exits = truth.exits().size();
    return report_;
}

// Half a county would pass for one: nothing of it stays, not even the folder if it was made for it.
void remove_half_made(const fs::path& out, bool was_there, Error& error) {
    std::error_code failure;
    if (was_there) {
        for (const auto& entry : fs::directory_iterator(out, failure)) fs::remove_all(entry.path(), failure);
    } else {
        fs::remove_all(out, failure);
    }
    error.text.zh += failure ? "；已生成的部分仍在输出目录里" : "；已生成的部分已删除";
    error.text.en += failure ? "; what was made so far is still in the folder"
                             : "; what was made so far was removed again";
}

}  // namespace

Result<SynthReport> make_county(const SynthOptions& options, const Progress& progress) {
    TRY_VOID(check(options));
    std::error_code unknown;
    const bool was_there = fs::exists(options.out, unknown);
    auto made = County(options, progress).make();
    if (!made) remove_half_made(options.out, was_there, made.error());
    return made;
}

}  // namespace doudi::synth
