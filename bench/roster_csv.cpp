// SPDX-License-Identifier: Apache-2.0
#include "bench/roster_csv.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "intake/read.h"

namespace doudi::bench {
namespace {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return hash64(text); }
};

// Takes members in the order of the file: the n-th is PersonId n, the n-th household to be named is
// HouseholdId n.
class MemberSink : public intake::FeedSink {
  public:
    explicit MemberSink(const policy::Dataset& dataset) : layout_(intake::FeedLayout::of(dataset)) {
        code_ = layout_.field_of[static_cast<std::size_t>(dataset.column_of("household_number"))];
    }

    std::unique_ptr<Part> process(intake::FeedRows& rows) override {
        auto part = std::make_unique<Rows>();
        const auto take = [&rows](int column) {
            return std::move(rows.batch.columns[static_cast<std::size_t>(column)]);
        };
        part->count = rows.batch.rows;
        part->number = take(layout_.roles[0].id);
        part->name = take(layout_.roles[0].name);
        part->phone = take(layout_.roles[0].phone);
        part->code = take(code_);
        for (column::Column& column : rows.batch.columns) {
            if (column.kind == column::Kind::number && column.numbers.empty()) column.numbers = {};
        }
        return part;
    }

    void commit(std::unique_ptr<Part> part, std::uint32_t) override {
        const auto& rows = static_cast<const Rows&>(*part);
        for (std::size_t row = 0; row < rows.count; ++row) {
            const auto number = static_cast<std::uint64_t>(rows.number.numbers[row]);
            const bool usable = rows.number.status_at(row) == column::Status::value && !is_unchecked(number);
            builder_.add(PersonId(++members_), HouseholdId(household_of(rows.code.text.at(row))),
                         usable ? std::optional(IdNumber::from_packed(number)) : std::nullopt,
                         rows.name.text.at(row), rows.phone.text.at(row));
        }
    }

    [[nodiscard]] RosterWithCodes finish() {
        household_ = {};  // not needed beside the roster while that is built
        return {std::move(builder_).build(), std::move(codes_)};
    }

  private:
    struct Rows : Part {
        std::size_t count = 0;
        column::Column number, name, phone, code;
    };

    std::uint32_t household_of(std::string_view code) {
        if (last_ != 0 && codes_.at(last_ - 1) == code) return last_;
        const auto next = static_cast<std::uint32_t>(codes_.ends.size() + 1);
        const auto [at, is_new] = household_.try_emplace(hash64(code), next);
        if (is_new) codes_.append(code);
        ensure(codes_.at(at->second - 1) == code, "two household numbers with one hash");
        last_ = at->second;
        return last_;
    }

    intake::FeedLayout layout_;
    int code_ = -1;
    match::RosterBuilder builder_;
    std::uint32_t members_ = 0;
    column::TextColumn codes_;
    std::unordered_map<std::uint64_t, std::uint32_t> household_;
    std::uint32_t last_ = 0;
};

}  // namespace

Result<RosterWithCodes> read_roster(const Job& job, const policy::Policy& law) {
    for (const auto& path : register_paths(job)) {
        const intake::FeedFile file = TRY(intake::open_feed(path, law.catalogue));
        const policy::Dataset& dataset = law.catalogue.datasets[static_cast<std::size_t>(file.dataset)];
        if (dataset.kind != policy::DatasetKind::register_members) continue;
        MemberSink sink(dataset);
        std::vector<intake::FeedTask> tasks(1);
        tasks[0].file = &file;
        tasks[0].sink = &sink;
        const intake::ReadSettings settings{.threads = job.threads};
        const auto outcomes = intake::read_feeds(tasks, law.catalogue, second_quarter().as_of, settings);
        TRY_VOID(outcomes[0].status);
        return sink.finish();
    }
    return fail(ErrorKind::not_found, "no_members", {"没有成员台账", "no file of members"},
                job.county.string());
}

}  // namespace doudi::bench
