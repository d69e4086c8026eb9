// SPDX-License-Identifier: Apache-2.0
#include "match/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>

#include "intake/findings_segment.h"
#include "intake/read.h"
#include "match/counting.h"
#include "match/register_import.h"
#include "match/repository.h"
#include "match/roster.h"

namespace doudi::match {
namespace {

// What the paths name: files to open, and what is said of the rest.
struct Named {
    std::vector<std::filesystem::path> files;
    std::vector<FileReport> missing;
    std::vector<Text> remarks;
};

Error no_such_path(const std::filesystem::path& path) {
    return {ErrorKind::not_found,
            "no_such_path",
            {fmt::format("找不到 {}", path.string()), fmt::format("there is no {}", path.string())},
            {}};
}

// True because monitor streams all segments anew when the register has changed.
Text no_register() {
    return {"还没有名册：这些行已保留，暂不认得任何人；导入名册后，运行 doudi monitor 时会重新比对",
            "there is no register yet: the rows are kept and name nobody for now; once a register is "
            "imported, doudi "
            "monitor compares them with it"};
}

Error other_dataset() {
    return {ErrorKind::conflict,
            "other_dataset",
            {"按这样的对照，文件成了另一种数据：没有改动",
             "read so the file would be another dataset: nothing was changed"},
            {}};
}

// What office suites and Windows leave beside an office's files (lock files, the pictures and the looks of a
// folder); on a disk of Windows in any case of letters.
bool is_nobodys_file(std::string name) {
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return name.starts_with("~$") || name.starts_with(".~lock.") || name == "thumbs.db" ||
           name == "ehthumbs.db" || name == "desktop.ini";
}

Text leads_nowhere(const std::filesystem::path& link) {
    return {fmt::format("跳过了链接 {}：它所指的文件不存在", link.string()),
            fmt::format("the link {} was skipped: the file that it points to is not there", link.string())};
}

// A reader of a pipe or a device would wait for ever, or read what nobody sent.
Text no_file(const std::filesystem::path& path) {
    return {
        fmt::format("{} 是管道、设备或套接字，不是文件，没有导入", path.string()),
        fmt::format("{} is a pipe, a device or a socket and no file: it was not imported", path.string())};
}

// The files of a folder by name, without hidden ones; a sub-folder may be another quarter's and is named, not
// read.
Result<void> list_folder(const std::filesystem::path& folder, Named& named) {
    std::error_code failure;
    std::vector<std::filesystem::path> inside;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with('.') || is_nobodys_file(name)) continue;
        std::error_code unknown;
        const auto kind = entry.status(unknown).type();
        const bool is_there =
            kind != std::filesystem::file_type::not_found && kind != std::filesystem::file_type::none;
        if (!is_there && entry.is_symlink(unknown)) {
            named.remarks.push_back(leads_nowhere(entry.path()));
        } else if (kind == std::filesystem::file_type::directory) {
            named.remarks.push_back(
                {fmt::format("子文件夹 {} 没有导入，需要时请单独指定", entry.path().string()),
                 fmt::format("the sub-folder {} was not imported: name it if it should be",
                             entry.path().string())});
        } else if (kind == std::filesystem::file_type::regular) {
            inside.push_back(entry.path());
        } else {
            named.remarks.push_back(no_file(entry.path()));
        }
    }
    if (failure) {
        return fail(ErrorKind::io, "cannot_list",
                    {fmt::format("读不了文件夹 {}：{}", folder.string(), failure.message()),
                     fmt::format("cannot list {}: {}", folder.string(), failure.message())});
    }
    std::ranges::sort(inside);
    named.files.insert(named.files.end(), inside.begin(), inside.end());
    return {};
}

// One wrong path does not stop the others; nothing but wrong paths is an error.
Result<Named> expand(std::span<const std::filesystem::path> paths) {
    Named named;
    for (const auto& path : paths) {
        std::error_code failure;
        if (!std::filesystem::exists(path, failure)) {
            named.missing.emplace_back().file_name = path.filename().string();
            named.missing.back().refused = no_such_path(path);
        } else if (std::filesystem::is_directory(path, failure)) {
            TRY_VOID(list_folder(path, named));
        } else if (!std::filesystem::is_regular_file(path, failure)) {
            named.missing.emplace_back().file_name = path.filename().string();
            named.missing.back().refused = Error{ErrorKind::invalid, "no_file", no_file(path), {}};
        } else if (!is_nobodys_file(path.filename().string())) {  // a shell names them too, for *
            named.files.push_back(path);
        }
    }
    if (named.files.empty() && !named.missing.empty()) return std::unexpected(*named.missing.front().refused);
    return named;
}

// What became of a feed file that was read to its end; files by their names, empty where there is nothing.
struct FeedKept {
    MatchedFile matched;
    std::vector<ReviewItem> probables;
    std::string original;
    std::string segment;
    std::string findings;
    std::uint64_t finding_count = 0;
};

// Everything that one feed file needs while it is read.
struct FeedInHand {
    intake::FeedFile file;
    const policy::Dataset* dataset = nullptr;
    std::size_t report = 0;
    std::optional<ArrivalCounter> counter;
    std::optional<store::BlobWriter> original;
    std::optional<store::BlobWriter> segment_blob;
    std::optional<column::SegmentWriter> segment;
    std::optional<store::BlobWriter> findings_blob;
    std::optional<intake::FindingsWriter> findings;
    std::optional<FeedKept> kept;

    // The file is read to its end, other files may still be under way: what it came to is made durable, and
    // what it took is given back.
    Result<void> keep(const intake::RowCounts& counts) {
        FeedKept done;
        done.matched = counter->finish(counts.refused);
        done.probables = counter->probables();
        counter.reset();
        ensure(done.matched.buckets.rows == counts.rows, "every row has a bucket");
        done.original = TRY(original->seal());
        if (TRY(segment->finish()) != 0) done.segment = TRY(segment_blob->seal());
        done.finding_count = TRY(findings->finish());
        if (done.finding_count != 0) done.findings = TRY(findings_blob->seal());
        give_back();
        kept = std::move(done);
        return {};
    }
    void give_back() {
        segment.reset();
        findings.reset();
        original.reset();
        segment_blob.reset();
        findings_blob.reset();
    }
};

// It lacks a field, and has a heading that means nothing here.
bool is_half_known(const intake::Recognised& seen) {
    const auto is_read = [&](int column) {
        return std::ranges::find(seen.column_of, column) != seen.column_of.end();
    };
    bool has_other = false;
    for (std::size_t column = 0; column < seen.headings.size(); ++column)
        has_other = has_other || (!seen.headings[column].empty() && !is_read(static_cast<int>(column)));
    return has_other && is_read(-1);
}

class Import {
  public:
    Import(store::DataFolder& store, const policy::Policy& policy, const ImportSettings& settings)
        : store_(store), policy_(policy), settings_(settings) {}

    Result<ImportReport> run(std::span<const std::filesystem::path> paths) {
        Named named = TRY(expand(paths));
        report_.remarks = std::move(named.remarks);
        std::vector<intake::FeedFile> registers;
        std::vector<intake::FeedFile> feeds;
        std::vector<FileReport> refused = std::move(named.missing);
        for (const auto& path : named.files) {
            auto file = intake::open_feed(path, policy_.catalogue);
            if (!file) {
                refused.emplace_back().file_name = path.filename().string();
                refused.back().refused = std::move(file).error();
                if (refused.back().refused->code.ends_with("_headings"))
                    refused.back().headings = headings_of(path);
                continue;
            }
            if (settings_.again && settings_.again->dataset != dataset_of(*file).id) {
                refused.emplace_back().file_name = path.filename().string();
                refused.back().refused = other_dataset();
                continue;
            }
            auto headings =
                file->bulk() ? file->recognised : headings_of(path).value_or(intake::Recognised());
            by_kept_[path.filename().string()] = read_by_kept(headings);
            if (is_half_known(headings)) half_known_[path.filename().string()] = std::move(headings);
            total_bytes_ += file->bytes;
            (dataset_of(*file).kind == policy::DatasetKind::feed ? feeds : registers)
                .push_back(std::move(*file));
        }
        if (!registers.empty()) TRY_VOID(import_registers(registers));
        if (!feeds.empty()) TRY_VOID(import_feeds(feeds));
        for (FileReport& file : report_.files) {
            remark_if_empty(file);
            std::ranges::copy(by_kept_[file.file_name], std::back_inserter(file.remarks));
            if (const auto known = half_known_.find(file.file_name); known != half_known_.end())
                file.headings = known->second;
        }
        std::ranges::move(refused, std::back_inserter(report_.files));
        return std::move(report_);
    }

  private:
    const policy::Dataset& dataset_of(const intake::FeedFile& file) const {
        return policy_.catalogue.datasets[static_cast<std::size_t>(file.dataset)];
    }

    // Nothing where no heading of it is known, or it cannot be looked at: that is said by the file's own
    // fate.
    std::optional<intake::Recognised> headings_of(const std::filesystem::path& path) const {
        auto seen = intake::see_headings(path, policy_.catalogue);
        if (!seen || seen->dataset < 0) return std::nullopt;
        return std::move(*seen);
    }

    // A line for each column that was read by a heading which the office keeps.
    std::vector<Text> read_by_kept(const intake::Recognised& seen) const {
        std::vector<Text> said;
        if (seen.dataset < 0) return said;
        const policy::Dataset& dataset = policy_.catalogue.datasets[static_cast<std::size_t>(seen.dataset)];
        for (const KeptHeading& one : settings_.kept) {
            const int column = one.dataset == dataset.id ? dataset.column_of(one.field) : -1;
            if (column < 0 ||
                intake::normal_heading(seen.heading_of(column)) != intake::normal_heading(one.heading))
                continue;
            said.push_back({fmt::format("按本单位保留的对照：“{}”按“{}”读取", one.heading,
                                        dataset.columns[static_cast<std::size_t>(column)].headings.front()),
                            fmt::format("by a heading that the office keeps: \"{}\" is read as {}",
                                        one.heading, one.field)});
        }
        return said;
    }

    // It may be the office's true answer, or a table that was saved wrongly: the sender knows.
    void remark_if_empty(FileReport& file) const {
        if (file.refused || file.known_already || file.buckets.rows != 0) return;
        const int index = policy_.catalogue.index_of(file.dataset);
        ensure(index >= 0, "a file that was read is a dataset's");
        const Text& title = policy_.catalogue.datasets[static_cast<std::size_t>(index)].title;
        file.remarks.push_back(
            {fmt::format("表头是“{}”，表头下面没有数据行，请核对文件是否完整", title.zh),
             fmt::format(
                 "its headings are those of \"{}\", and no row of data stands below them: is the file "
                 "whole?",
                 title.en)});
    }

    void tell_progress(std::uint64_t bytes) {
        const std::uint64_t done = done_bytes_ += bytes;
        if (settings_.progress) settings_.progress(std::min(done, total_bytes_), total_bytes_);
    }

    std::string manifest(std::string_view kind) const {
        return fmt::format(
            R"({{"kind":"{}","as_of":"{}","pack":"{}","pack_hash":"{}","datasets_hash":"{}"}})", kind,
            settings_.as_of.date.iso(), policy_.pack.id, policy_.pack.content_hash,
            policy_.catalogue.content_hash);
    }

    Result<void> import_registers(std::vector<intake::FeedFile>& files) {
        // Not to be stopped: it is done sooner than anyone looks.
        const intake::ReadSettings reading{.threads = settings_.threads,
                                           .chunk_bytes = settings_.chunk_bytes};
        auto imported =
            TRY(import_register_files(store_, policy_, files, settings_.as_of, reading, settings_.terms));
        for (const auto& file : files) tell_progress(file.bytes);
        std::ranges::move(imported.files, std::back_inserter(report_.files));
        report_.proposed = std::move(imported.proposed);
        return {};
    }

    Result<void> import_feeds(std::vector<intake::FeedFile>& files) {
        const PublishId publish = TRY(store_.begin_publish("feeds", settings_.as_of, manifest("feeds")));
        const Roster roster = TRY(read_roster(store_, store_.current(), settings_.threads));
        verdicts_ = TRY(read_verdicts(store_));
        std::vector<FeedInHand> hands;
        for (auto& file : files) hands.push_back(TRY(take_in_hand(std::move(file), roster)));
        auto outcomes = read(hands);
        bool any = false;
        for (std::size_t i = 0; i < hands.size(); ++i) {
            if (!outcomes[i].status && intake::wants_slow_reading(outcomes[i].status.error())) {
                TRY_VOID(start_again(hands[i], roster));
                outcomes[i] = std::move(read(std::span(hands).subspan(i, 1)).front());
            }
            any |= TRY(settle(hands[i], outcomes[i], publish));
        }
        if (any && roster.empty()) report_.remarks.push_back(no_register());
        if (any) return store_.publish(publish);
        TRY_VOID(store_.withdraw(publish));
        return is_shown_only() ? drop(hands) : Result<void>();
    }

    [[nodiscard]] bool is_shown_only() const { return settings_.again && settings_.again->is_shown_only; }

    // What was written to be looked at alone; what other rows name stays.
    Result<void> drop(std::span<const FeedInHand> hands) {
        for (const FeedInHand& hand : hands) {
            if (!hand.kept) continue;
            for (const std::string& name : {hand.kept->segment, hand.kept->findings})
                if (!name.empty()) TRY_VOID(store_.remove_blob(store::Shelf::segments, name));
        }
        return {};
    }

    Result<FeedInHand> take_in_hand(intake::FeedFile file, const Roster& roster) {
        FeedInHand hand;
        hand.dataset = &dataset_of(file);
        hand.report = report_.files.size();
        report_.files.emplace_back().file_name = file.file_name;
        report_.files.back().dataset = hand.dataset->id;
        hand.file = std::move(file);
        TRY_VOID(prepare(hand, roster));
        return hand;
    }

    Result<void> start_again(FeedInHand& hand, const Roster& roster) {
        hand.give_back();
        TRY_VOID(intake::reread_slowly(hand.file));
        return prepare(hand, roster);
    }

    Result<void> prepare(FeedInHand& hand, const Roster& roster) {
        MatchOptions options{.arrived = settings_.as_of, .until = settings_.as_of};
        options.verdicts = verdicts_.find(hand.dataset->id);
        hand.counter.emplace(*hand.dataset, roster, std::move(options));
        hand.original.emplace(TRY(store_.new_blob(store::Shelf::originals)));
        hand.segment_blob.emplace(TRY(store_.new_blob(store::Shelf::segments)));
        hand.findings_blob.emplace(TRY(store_.new_blob(store::Shelf::segments)));
        return {};
    }

    std::vector<intake::FeedOutcome> read(std::span<FeedInHand> hands) {
        std::vector<intake::FeedTask> tasks;
        for (auto& hand : hands) {
            // Made here, where the hand lies still: the writers keep the address of their blob.
            hand.segment.emplace(intake::FeedLayout::of(*hand.dataset).schema, *hand.segment_blob);
            hand.findings.emplace(*hand.findings_blob);
            tasks.push_back(
                {.file = &hand.file,
                 .sink = &*hand.counter,
                 .landing = &*hand.segment,
                 .original = &*hand.original,
                 .findings =
                     [&hand](std::span<const intake::Finding> found) { return hand.findings->append(found); },
                 .done = [&hand](const intake::RowCounts& counts) { return hand.keep(counts); }});
        }
        const intake::ReadSettings settings{.threads = settings_.threads,
                                            .chunk_bytes = settings_.chunk_bytes,
                                            .progress = [this](std::uint64_t bytes) { tell_progress(bytes); },
                                            .stop = settings_.stop};
        return intake::read_feeds(tasks, policy_.catalogue, settings_.as_of, settings);
    }

    // True if the file is new and was staged.
    Result<bool> settle(FeedInHand& hand, intake::FeedOutcome& outcome, PublishId publish) {
        FileReport& report = report_.files[hand.report];
        report.remarks = std::move(outcome.remarks);
        if (!outcome.status) {
            const auto kind = outcome.status.error().kind;
            if (kind == ErrorKind::cancelled || kind == ErrorKind::io)
                return std::unexpected(std::move(outcome.status).error());
            report.refused = std::move(outcome.status).error();
            return false;
        }
        ensure(hand.kept.has_value(), "a file that was read is kept");
        const FeedKept& kept = *hand.kept;
        report.buckets = kept.matched.buckets;
        report.refused_rows = outcome.counts.refused;
        if (!settings_.again && TRY(has_arrived(store_.database(), kept.original, settings_.as_of))) {
            report.known_already = true;
            return false;
        }
        report.findings = kept.finding_count;
        if (is_shown_only()) {
            if (settings_.again->shown) TRY_VOID(settings_.again->shown({kept.segment, kept.findings}));
            return false;
        }
        const intake::Arrival arrival{.file_name = hand.file.file_name,
                                      .sha256 = kept.original,
                                      .bytes = hand.file.bytes,
                                      .dataset = hand.dataset->id,
                                      .as_of = settings_.as_of,
                                      .encoding = intake::name_of(hand.file.format),
                                      .rows = outcome.counts.rows,
                                      .refused = outcome.counts.refused,
                                      .segment = kept.segment,
                                      .headings = settings_.headings,
                                      .replaces = settings_.again ? settings_.again->arrival.value() : 0};
        const auto staged = stage_arrival(store_, publish, arrival, kept.matched.buckets, kept.findings,
                                          kept.matched.reviews, *hand.dataset);
        if (!staged) return std::unexpected(staged.error());
        TRY_VOID(stage_probables(store_, publish, *staged, kept.probables, *hand.dataset));
        return true;
    }

    store::DataFolder& store_;
    const policy::Policy& policy_;
    const ImportSettings& settings_;
    ImportReport report_;
    std::map<std::string, intake::Recognised> half_known_;  // by the file's name
    std::map<std::string, std::vector<Text>> by_kept_;      // the same
    VerdictBook verdicts_;
    std::uint64_t total_bytes_ = 0;
    std::atomic<std::uint64_t> done_bytes_ = 0;
};

}  // namespace

bool ImportReport::any_refused() const {
    return std::ranges::any_of(files, [](const FileReport& file) { return file.refused.has_value(); });
}

Result<ImportReport> import_files(store::DataFolder& store, const policy::Policy& policy,
                                  std::span<const std::filesystem::path> paths,
                                  const ImportSettings& settings) {
    if (settings.kept.empty()) return Import(store, policy, settings).run(paths);
    policy::Policy with_kept = policy;
    add_kept_headings(with_kept.catalogue, settings.kept);
    return Import(store, with_kept, settings).run(paths);
}

}  // namespace doudi::match
