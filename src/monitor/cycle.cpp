// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <iterator>

#include "base/hash.h"
#include "match/roster.h"
#include "match/verdicts.h"
#include "monitor/doubts.h"
#include "monitor/fold.h"
#include "monitor/import_ranks.h"
#include "monitor/memory.h"
#include "monitor/repository.h"
#include "monitor/streams.h"
#include "monitor/verbs.h"
#include "registry/repository.h"

namespace doudi::monitor {

namespace {

class Cycle {
  public:
    Cycle(store::DataFolder& store, const policy::Policy& policy, AsOf as_of, const CycleOptions& options)
        : store_(store), policy_(policy), as_of_(as_of), options_(options) {
        report_.as_of = as_of;
    }

    Result<CycleReport> run() {
        last_ = TRY(last_cycle(store_));
        TRY_VOID(refuse_the_past());
        const auto baseline = Date::parse_iso(TRY(store_.setting("baseline")));
        if (!baseline) {
            return fail(ErrorKind::invalid, "no_baseline",
                        {"数据目录没有基准日", "the data folder has no baseline"});
        }
        baseline_ = *baseline;
        TRY_VOID(look_at_arrivals());
        auto remembered = std::async(beside(), [this] { return read_remembered(); });
        const match::Roster roster = TRY(match::read_roster(store_, store_.current(), options_.threads));
        verdicts_ = TRY(match::read_verdicts(store_));
        const std::string law =
            fmt::format("{:016x}", hash64(policy_.catalogue.content_hash + policy_.pack.content_hash));
        const std::string roster_mark = fmt::format("{:016x}", roster.fingerprint());
        Memory memory =
            TRY(load_warnings(store_, policy_.pack, policy_.pack.monitoring.suppress_days_after_close > 0));
        const std::string manifest = manifest_text(roster_mark, law, memory.carried);
        if (last_ && last_->manifest == manifest) {
            report_.happened_before = true;
            count_open(memory.open);
            count_doubts(TRY(load_doubts(store_, policy_.pack)));
            return std::move(report_);
        }
        const bool anew = !last_ || last_->roster != roster_mark || last_->law != law ||
                          last_->verdicts != verdicts_mark() || is_read_again_;
        memory.events = TRY(remembered.get());
        // What has not scored is told again by streaming everything; what has scored stays scored.
        if (anew) std::erase_if(memory.events, [](const Event& event) { return !event.scored; });
        std::vector<Occurrence> occurrences = TRY(stream(roster, anew));
        const std::vector<std::string> regions = TRY(regions_by_id(roster));
        const CycleInput input{.as_of = as_of_,
                               .baseline = baseline_,
                               .rank_of = [this](std::uint32_t arrival) { return rank_of_arrival_[arrival]; },
                               .regions = regions,
                               .denied = denied_};
        // What stood in doubt under another register or law is told again too.
        std::vector<DoubtfulEvent> doubts =
            anew ? std::vector<DoubtfulEvent>() : TRY(load_doubts(store_, policy_.pack));
        std::ranges::move(told_in_doubt_, std::back_inserter(doubts));
        const std::vector<std::uint32_t> exits = memory.exits;
        const CycleResult result = fold(policy_, roster, std::move(memory), occurrences, input);
        doubts = standing_doubts(policy_, roster, std::move(doubts), result, exits, input);
        TRY_VOID(publish(roster, result, doubts, manifest));
        return std::move(report_);
    }

  private:
    Result<void> refuse_the_past() {
        if (last_ && as_of_ < last_->as_of) {
            return fail(ErrorKind::conflict, "cycle_in_the_past",
                        {fmt::format("最近一次监测截至 {}，不能再做截至 {} 的", last_->as_of.date.iso(),
                                     as_of_.date.iso()),
                         fmt::format("the last cycle was as of {}: none can be run as of {} any more",
                                     last_->as_of.date.iso(), as_of_.date.iso())});
        }
        const auto closing = TRY(last_closing(store_));
        if (closing && as_of_.date < *closing) {
            return fail(ErrorKind::conflict, "cycle_before_closing",
                        {fmt::format("已有截至 {} 的预警办结，不能再做截至 {} 的监测", closing->iso(),
                                     as_of_.date.iso()),
                         fmt::format("warnings were closed as of {}: no cycle can be run as of {} any more",
                                     closing->iso(), as_of_.date.iso())});
        }
        return {};
    }

    Result<void> look_at_arrivals() {
        std::vector<ImportRanks::Import> imports;
        arrivals_ = TRY(all_arrivals(store_));
        for (const CycleArrival& arrival : arrivals_) imports.push_back({arrival.as_of, arrival.publish});
        ranks_ = ImportRanks(std::move(imports));
        for (const CycleArrival& arrival : arrivals_) {
            if (arrival.id >= rank_of_arrival_.size()) rank_of_arrival_.resize(arrival.id + std::size_t{1});
            rank_of_arrival_[arrival.id] = ranks_.rank_of(arrival.publish.value());
        }
        // What an original said before it was read again is told no more; its rank stays, for what has
        // scored.
        for (const CycleArrival& arrival : arrivals_)
            is_read_again_ |= last_ && arrival.publish < last_->publish && last_->publish < arrival.replaced;
        std::erase_if(arrivals_, [this](const CycleArrival& arrival) {
            return as_of_ < arrival.as_of || arrival.replaced != PublishId();
        });
        return {};
    }

    std::string manifest_text(std::string_view roster, std::string_view law,
                              std::span<const CarriedWarning> carried) const {
        std::string ids;
        for (const CycleArrival& arrival : arrivals_)
            ids += (ids.empty() ? "" : ",") + std::to_string(arrival.id);
        std::string pairs;
        for (const CarriedWarning& one : carried)
            pairs += fmt::format("{}[{},{}]", pairs.empty() ? "" : ",", one.warning, one.into);
        if (!pairs.empty()) pairs = fmt::format(R"(,"carried":[{}])", pairs);
        if (verdicts_.last != 0) pairs += fmt::format(R"(,"verdicts":"{}")", verdicts_mark());
        return fmt::format(
            R"({{"kind":"cycle","as_of":"{}","baseline":"{}","pack":"{}@{}","pack_hash":"{}","datasets_hash":"{}",)"
            R"("calendar_hash":"{}","law":"{}","roster":"{}","arrivals":[{}]{}}})",
            as_of_.date.iso(), baseline_.iso(), policy_.pack.id, policy_.pack.version,
            policy_.pack.content_hash, policy_.catalogue.content_hash, policy_.calendar_hash, law, roster,
            ids, pairs);
    }

    // Numbers are given in order and nothing that was said is taken back: the last one names them all.
    [[nodiscard]] std::string verdicts_mark() const {
        return verdicts_.last == 0 ? std::string() : fmt::format("{:x}", verdicts_.last);
    }

    // Where the households live: a county's are read for it, so only where the pack wants it.
    Result<std::vector<std::string>> regions_by_id(const match::Roster& roster) {
        if (!wants_regions(policy_.pack)) return std::vector<std::string>();
        std::vector<HouseholdId> households;
        for (std::size_t id = 0; id < roster.household_sizes().size(); ++id)
            households.emplace_back(static_cast<std::uint32_t>(id));
        return registry::regions_of(store_, store_.current(), households);
    }

    // Said everything in an earlier cycle, but for what it holds?
    [[nodiscard]] bool is_consumed(const CycleArrival& arrival) const {
        return arrival.publish < last_->publish && arrival.as_of <= last_->as_of;
    }

    Result<std::vector<Occurrence>> stream(const match::Roster& roster, bool anew) {
        Streams streams(policy_, roster, verdicts_, as_of_);
        for (const CycleArrival& arrival : arrivals_) {
            const bool seen = last_ && is_consumed(arrival);
            const bool consumed = !anew && seen;
            if (arrival.segment.empty() || (consumed && arrival.held == 0)) {
                ++report_.files_skipped;
                continue;
            }
            auto source = TRY(store_.open_blob(store::Shelf::segments, arrival.segment));
            const auto held_after = consumed ? std::optional(last_->as_of.date) : std::nullopt;
            const bool used = TRY(streams.add(arrival, std::move(source), held_after));
            ++(used ? report_.files_streamed : report_.files_skipped);
            report_.files_again += used && seen ? 1 : 0;
        }
        report_.rows_streamed = streams.rows();
        report_.register_or_law_new = anew;
        TRY_VOID(streams.run(options_));
        told_in_doubt_ = std::move(streams.doubtful());
        denied_ = std::move(streams.denied());
        std::ranges::sort(denied_);
        for_people_ = std::move(streams.for_people());
        return std::move(streams.occurrences());
    }

    // Where work that needs no database is done: beside what does, or with one thread alone when it is asked
    // for, so that its writes come in one order (store/failpoint.h).
    [[nodiscard]] std::launch beside() const {
        return options_.threads > 1 ? std::launch::async : std::launch::deferred;
    }

    // The name of the segment.
    Result<std::string> keep_memory(std::span<const Event> events) {
        store::BlobWriter blob = TRY(store_.new_blob(store::Shelf::segments));
        TRY_VOID(write_memory(events, policy_.pack, ranks_, blob));
        return blob.seal();
    }

    // Of the cycle before.
    Result<std::vector<Event>> read_remembered() {
        if (!last_) return std::vector<Event>();
        auto source = TRY(store_.open_blob(store::Shelf::segments, last_->segment));
        return read_memory(std::move(source), policy_.pack, ranks_);
    }

    void count_open(const std::vector<Warning>& open) {
        report_.warnings_open = open.size();
        report_.open_by_level.assign(policy_.pack.levels.size(), 0);
        for (const Warning& warning : open) {
            if (warning.level >= 0) ++report_.open_by_level[static_cast<std::size_t>(warning.level)];
            report_.provisional_dues += warning.due && warning.due->provisional ? 1 : 0;
        }
    }

    void count_doubts(std::span<const DoubtfulEvent> doubts) {
        for (const DoubtfulEvent& doubt : doubts)
            ++(doubt.fault.empty() ? report_.events_possible : report_.events_to_review);
    }

    Result<void> publish(const match::Roster& roster, const CycleResult& result,
                         std::span<const DoubtfulEvent> doubts, std::string_view manifest) {
        const PublishId id = TRY(store_.begin_publish("cycle", as_of_, manifest));
        auto written = std::async(beside(), [&] { return keep_memory(result.events); });
        TRY_VOID(stage_changes(store_, id, policy_.pack, result));
        TRY_VOID(stage_exits(store_, id, as_of_, policy_.pack, roster, result));
        TRY_VOID(stage_doubts(store_, id, policy_.pack, doubts));
        for (const match::CountedRows& counted : for_people_)
            TRY_VOID(match::stage_held_rows(store_, id, counted));
        TRY_VOID(stage_memory(store_, id, as_of_, TRY(written.get())));
        TRY_VOID(store_.publish(id));
        count_open(result.open);
        count_doubts(doubts);
        report_.events_scored = result.events_scored;
        report_.events_taken_back = result.events_taken_back;
        report_.warnings_opened = result.warnings_opened;
        report_.warnings_closed = result.warnings_closed;
        report_.exits_proposed = result.new_exits.size();
        return {};
    }

    store::DataFolder& store_;
    const policy::Policy& policy_;
    AsOf as_of_;
    const CycleOptions& options_;
    Date baseline_;
    std::optional<StoredCycle> last_;
    std::vector<CycleArrival> arrivals_;
    bool is_read_again_ = false;  // one that the last cycle knew, since
    ImportRanks ranks_;
    std::vector<ImportRank> rank_of_arrival_;
    std::vector<DoubtfulEvent> told_in_doubt_;  // by this cycle's rows
    match::VerdictBook verdicts_;
    std::vector<DeniedRow> denied_;
    std::vector<match::CountedRows> for_people_;
    CycleReport report_;
};

}  // namespace

Result<CycleReport> run_cycle(store::DataFolder& store, const policy::Policy& policy, AsOf as_of,
                              const CycleOptions& options) {
    return Cycle(store, policy, as_of, options).run();
}

}  // namespace doudi::monitor
