// SPDX-License-Identifier: Apache-2.0
#include "match/compaction.h"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <vector>

#include "base/id_number.h"
#include "column/segment.h"
#include "match/landed_rows.h"
#include "match/probe.h"

namespace doudi::match {

namespace {

using Keep = std::vector<std::uint8_t>;  // by row of a batch; 0: it goes
// May also empty cells of rows that stay; returns how many persons it emptied.
using Choose = std::function<std::uint64_t(intake::FeedRows&, Keep&)>;

// Of each row the persons whom it names, by role.
struct Named {
    std::uint32_t person = 0;
    std::uint8_t role = 0;
};

class Reader {
  public:
    // Every row is looked at as if it had come in the last days there are: what was held is of someone too.
    Reader(const policy::Dataset& dataset, const Roster& roster)
        : layout_(intake::FeedLayout::of(dataset)),
          roster_(roster),
          dataset_(counting(dataset)),
          matcher_(dataset_, roster, MatchOptions{.arrived = AsOf{last_day}, .until = AsOf{last_day}}) {}

    // By place in the batch.
    [[nodiscard]] std::vector<std::vector<Named>> named_in(const intake::FeedRows& rows) const {
        std::vector<std::vector<Named>> named(rows.batch.rows);
        const auto& numbers = column(rows, layout_.row).numbers;
        std::unordered_map<std::uint32_t, std::size_t> place;
        for (std::size_t i = 0; i < rows.batch.rows; ++i) place[static_cast<std::uint32_t>(numbers[i])] = i;
        for (const Hit& hit : matcher_.match(rows).hits)
            named[place.at(hit.row)].push_back({hit.person, hit.role});
        // Whoever stands there by number is named, whatever else is wrong with the row.
        for (std::size_t role = 0; role < layout_.roles.size(); ++role) {
            const column::Column& ids = column(rows, layout_.roles[role].id);
            for (std::size_t i = 0; i < rows.batch.rows; ++i) {
                if (ids.status_at(i) != column::Status::value) continue;
                const std::uint32_t person = roster_.find(static_cast<std::uint64_t>(ids.numbers[i]));
                if (person != 0) named[i].push_back({person, static_cast<std::uint8_t>(role)});
            }
        }
        return named;
    }
    [[nodiscard]] const intake::FeedLayout& layout() const { return layout_; }

  private:
    static constexpr Date last_day = Date::from_days(2932896);  // 9999-12-31
    static policy::Dataset counting(policy::Dataset dataset) {
        dataset.future_dated = policy::FutureDated::count;
        return dataset;
    }
    static const column::Column& column(const intake::FeedRows& rows, int index) {
        return rows.batch.columns[static_cast<std::size_t>(index)];
    }

    intake::FeedLayout layout_;
    const Roster& roster_;
    policy::Dataset dataset_;
    Matcher matcher_;
};

void copy_row(const column::Column& from, std::size_t row, column::Column& to) {
    to.status.push_back(from.status_at(row));
    switch (from.kind) {
        case column::Kind::number:
            to.numbers.push_back(from.numbers[row]);
            break;
        case column::Kind::text:
            to.text.append(from.text.at(row));
            break;
        case column::Kind::dictionary:
            to.dictionary.append(from.dictionary.at(row));
            break;
    }
}

column::Batch kept_rows(const column::Schema& schema, const column::Batch& batch, const Keep& keep) {
    column::Batch out = column::Batch::of(schema);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        if (keep[row] == 0) continue;
        ++out.rows;
        for (std::size_t i = 0; i < batch.columns.size(); ++i)
            copy_row(batch.columns[i], row, out.columns[i]);
    }
    return out;
}

void empty_cell(column::Column& column, std::size_t row, std::size_t rows) {
    if (column.status.empty()) column.status.assign(rows, column::Status::value);
    column.status[row] = column::Status::none;  // a segment keeps the status only
    if (column.kind == column::Kind::number) column.numbers[row] = 0;
}

// What a row says of one of its persons.
void empty_person(intake::FeedRows& rows, const intake::FeedLayout::Role& role, std::size_t row) {
    for (const int index : {role.id, role.name, role.phone}) {
        if (index >= 0) empty_cell(rows.batch.columns[static_cast<std::size_t>(index)], row, rows.batch.rows);
    }
}

Result<Compacted> rewrite(store::DataFolder& folder, const policy::Dataset& dataset, std::string_view segment,
                          const column::Schema& schema, const Choose& choose) {
    const LandedRows landed =
        TRY(LandedRows::open(TRY(folder.open_blob(store::Shelf::segments, segment)), dataset));
    auto blob = TRY(folder.new_blob(store::Shelf::segments));
    column::SegmentWriter writer(schema, blob);
    Compacted done;
    intake::FeedRows rows;
    for (std::size_t block = 0; block < landed.blocks(); ++block) {
        TRY_VOID(landed.read(block, rows));
        Keep keep(rows.batch.rows, 1);
        done.blanked += choose(rows, keep);
        done.dropped += static_cast<std::uint64_t>(std::ranges::count(keep, 0));
        TRY_VOID(writer.append(kept_rows(schema, rows.batch, keep)));
    }
    if (!done.changed()) {
        done.segment = segment;
        return done;
    }
    if (TRY(writer.finish()) != 0) done.segment = TRY(blob.seal());
    return done;
}

}  // namespace

Result<Compacted> without_strangers(store::DataFolder& folder, const policy::Dataset& dataset,
                                    std::string_view segment, const Roster& roster) {
    const Reader reader(dataset, roster);
    return rewrite(folder, dataset, segment, reader.layout().schema,
                   [&](const intake::FeedRows& rows, Keep& keep) -> std::uint64_t {
                       const auto named = reader.named_in(rows);
                       for (std::size_t i = 0; i < keep.size(); ++i) keep[i] = named[i].empty() ? 0 : 1;
                       return 0;
                   });
}

Result<Compacted> without_person(store::DataFolder& folder, const policy::Dataset& dataset,
                                 std::string_view segment, const Roster& roster, PersonId person) {
    const Reader reader(dataset, roster);
    return rewrite(folder, dataset, segment, reader.layout().schema,
                   [&](intake::FeedRows& rows, Keep& keep) -> std::uint64_t {
                       std::uint64_t emptied = 0;
                       const auto named = reader.named_in(rows);
                       for (std::size_t i = 0; i < keep.size(); ++i) {
                           const auto is_meant = [&](const Named& one) {
                               return one.person == person.value();
                           };
                           if (std::ranges::none_of(named[i], is_meant)) continue;
                           keep[i] = std::ranges::all_of(named[i], is_meant) ? 0 : 1;
                           if (keep[i] == 0) continue;
                           for (const Named& one : named[i]) {
                               if (!is_meant(one)) continue;
                               empty_person(rows, reader.layout().roles[one.role], i);
                               ++emptied;
                           }
                       }
                       return emptied;
                   });
}

}  // namespace doudi::match
