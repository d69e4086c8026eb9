// SPDX-License-Identifier: Apache-2.0
#include "bench/roster_csv.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "intake/read.h"

namespace doudi::bench {
namespace {

// Takes members in the order of the file: the n-th is PersonId n, the n-th household to be named is
// HouseholdId n.
class MemberSink : public intake::FeedSink {
  public:
    explicit MemberSink(const policy::Dataset& dataset) : layout_(intake::FeedLayout::of(dataset)) {
        code_ = layout_.field_of[static_cast<std::size_t>(dataset.column_of("household_number"))];
    }

    std::unique_ptr<Part> process(intake::FeedRows& rows) override {
        auto part = std::make_unique<Rows>();
        const auto column = [&rows](int at) -> column::Column& {
            return rows.batch.columns[static_cast<std::size_t>(at)];
        };
        const column::Column& numbers = column(layout_.roles[0].id);
        const column::Column& names = column(layout_.roles[0].name);
        const column::Column& phones = column(layout_.roles[0].phone);
        part->keys.reserve(rows.batch.rows);
        for (std::size_t row = 0; row < rows.batch.rows; ++row) {
            const auto number = static_cast<std::uint64_t>(numbers.numbers[row]);
            const bool usable = numbers.status_at(row) == column::Status::value && !is_unchecked(number);
            part->keys.push_back(match::RosterBuilder::keys_of(
                usable ? std::optional(IdNumber::from_packed(number)) : std::nullopt, names.text.at(row),
                phones.text.at(row)));
        }
        part->code = std::move(column(code_));
        for (std::size_t row = 0; row < part->keys.size(); ++row) {
            const std::string_view code = part->code.text.at(row);
            if (row == 0 || code != part->code.text.at(row - 1)) part->runs.push_back({row, hash64(code)});
        }
        return part;
    }

    void commit(std::unique_ptr<Part> part, std::uint32_t) override {
        const auto& rows = static_cast<const Rows&>(*part);
        constexpr std::size_t ahead = 8;
        for (std::size_t run = 0; run < rows.runs.size(); ++run) {
            const Run& later = rows.runs[std::min(run + ahead, rows.runs.size() - 1)];
            if (!slots_.empty()) __builtin_prefetch(&slots_[place_of(later.hash)]);
            const Run& here = rows.runs[run];
            const HouseholdId household(find_or_add(rows.code.text.at(here.first), here.hash));
            const std::size_t end = run + 1 < rows.runs.size() ? rows.runs[run + 1].first : rows.keys.size();
            for (std::size_t row = here.first; row < end; ++row)
                builder_.add(PersonId(++members_), household, rows.keys[row]);
        }
    }

    [[nodiscard]] RosterWithCodes finish() {
        slots_ = {};  // not needed beside the roster while that is built
        return {std::move(builder_).build(), std::move(codes_)};
    }

  private:
    // Rows of one household that stand together.
    struct Run {
        std::size_t first = 0;
        std::uint64_t hash = 0;  // of the household's code
    };
    struct Rows : Part {
        std::vector<match::RosterBuilder::Keys> keys;
        column::Column code;
        std::vector<Run> runs;
    };

    [[nodiscard]] std::size_t place_of(std::uint64_t hash) const {
        return (hash >> 32U) & (slots_.size() - 1);
    }

    std::uint32_t find_or_add(std::string_view code, std::uint64_t hash) {
        if (codes_.ends.size() * 3 >= slots_.size() * 2) grow();
        const auto tag = static_cast<std::uint32_t>(hash);
        std::size_t at = place_of(hash);
        for (; slots_[at].household != 0; at = (at + 1) & (slots_.size() - 1)) {
            const Slot& slot = slots_[at];
            if (slot.tag == tag && codes_.at(slot.household - 1) == code) return slot.household;
        }
        codes_.append(code);
        slots_[at] = {tag, static_cast<std::uint32_t>(codes_.ends.size())};
        return slots_[at].household;
    }

    void grow() {
        constexpr std::size_t fewest = std::size_t{1} << 16U;
        slots_.assign(std::max(fewest, slots_.size() * 4), {});
        for (std::uint32_t household = 1; household <= codes_.ends.size(); ++household) {
            const std::uint64_t hash = hash64(codes_.at(household - 1));
            std::size_t at = place_of(hash);
            while (slots_[at].household != 0) at = (at + 1) & (slots_.size() - 1);
            slots_[at] = {static_cast<std::uint32_t>(hash), household};
        }
    }

    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t household = 0;  // 0: empty
    };
    intake::FeedLayout layout_;
    int code_ = -1;
    match::RosterBuilder builder_;
    std::uint32_t members_ = 0;
    column::TextColumn codes_;
    std::vector<Slot> slots_;
};

}  // namespace

Result<RosterWithCodes> read_roster(const Job& job, const policy::DatasetCatalogue& catalogue) {
    for (const auto& path : register_paths(job)) {
        const intake::FeedFile file = TRY(intake::open_feed(path, catalogue));
        const policy::Dataset& dataset = catalogue.datasets[static_cast<std::size_t>(file.dataset)];
        if (dataset.kind != policy::DatasetKind::register_members) continue;
        MemberSink sink(dataset);
        std::vector<intake::FeedTask> tasks(1);
        tasks[0].file = &file;
        tasks[0].sink = &sink;
        const intake::ReadSettings settings{.threads = job.threads};
        const auto outcomes = intake::read_feeds(tasks, catalogue, second_quarter().as_of, settings);
        TRY_VOID(outcomes[0].status);
        return sink.finish();
    }
    return fail(ErrorKind::not_found, "no_members", {"没有成员台账", "no file of members"},
                job.county.string());
}

}  // namespace doudi::bench
