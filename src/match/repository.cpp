// SPDX-License-Identifier: Apache-2.0
#include "match/repository.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "match/held_rows.h"
#include "match/retention.h"
#include "match/verdicts.h"
#include "store/row_seal.h"

namespace doudi::match {
namespace {

constexpr std::string_view review_columns[] = {"publish", "arrival",      "row",   "role",
                                               "member",  "name_in_file", "grade", "sealed"};

// The name that the file has is sealed where the folder is.
Result<void> stage_reviews(store::DataFolder& folder, PublishId publish, FileId file,
                           const std::vector<ReviewItem>& items, const policy::Dataset& dataset,
                           std::string_view grade) {
    std::optional<store::RowSeal> seal;
    if (folder.seal() != nullptr)
        seal.emplace(TRY(store::RowSeal::create(folder.seal(), "review_item.sealed")));
    auto rows = folder.database().bulk("review_item", review_columns);
    for (const ReviewItem& item : items) {
        const std::array<std::int64_t, 5> key{static_cast<std::int64_t>(publish.value()), file.value(),
                                              item.row, static_cast<std::int64_t>(item.role), item.person};
        rows.bind(1, key[0]).bind(2, key[1]).bind(3, key[2]);
        rows.bind(4, std::string_view(dataset.persons[item.role].role)).bind(5, key[4]);
        const std::string_view name = item.name_in_file;
        rows.bind(6, seal ? std::string_view() : name);
        rows.bind(7, grade);
        if (seal) rows.bind(8, seal->seal(key, std::as_bytes(std::span(name.data(), name.size()))));
        TRY_VOID(rows.row());
    }
    return rows.finish();
}

}  // namespace

Result<bool> has_arrived(store::Database& database, std::string_view sha256, AsOf as_of) {
    auto find = TRY(database.prepare("select 1 from arrival where sha256 = $1 and as_of = $2"));
    return find.bind(1, sha256).bind(2, as_of.date).step();
}

Result<std::vector<PublishId>> arrived_whole(store::Database& database, std::string_view sha256, AsOf as_of) {
    auto find = TRY(
        database.prepare("select publish from arrival where sha256 = $1 and as_of = $2 and rejected = 0"));
    find.bind(1, sha256).bind(2, as_of.date);
    std::vector<PublishId> found;
    while (TRY(find.step())) found.emplace_back(static_cast<std::uint64_t>(find.integer(0)));
    return found;
}

Result<std::optional<Date>> latest_arrival(store::Database& database, std::string_view dataset) {
    auto find = TRY(database.prepare("select max(as_of) from arrival where dataset = $1"));
    if (!TRY(find.bind(1, dataset).step())) return std::optional<Date>();
    return find.date(0);
}

Result<std::vector<LatestArrival>> latest_arrivals(store::DataFolder& store) {
    auto query = TRY(store.database().prepare(
        "select dataset, as_of, count(*), cast(sum(rows) as bigint), cast(sum(exact + probable) as bigint)"
        " from arrival a where publish <= $1 and not exists (select 1 from arrival n where n.replaces = a.id"
        " and n.publish <= $1) group by dataset, as_of order by dataset, as_of desc"));
    query.bind(1, static_cast<std::int64_t>(store.current().value()));
    std::vector<LatestArrival> latest;
    const auto count = [&query](int column) { return static_cast<std::uint64_t>(query.integer(column)); };
    while (TRY(query.step())) {
        std::string dataset = query.text(0);
        if (!latest.empty() && latest.back().dataset == dataset) continue;
        latest.push_back({std::move(dataset), query.date(1).value_or(Date()), count(2), count(3), count(4)});
    }
    return latest;
}

Result<void> stage_probables(store::DataFolder& folder, PublishId publish, FileId file,
                             const std::vector<ReviewItem>& items, const policy::Dataset& dataset) {
    if (items.empty()) return {};
    return folder.database().write(
        [&] { return stage_reviews(folder, publish, file, items, dataset, "probable"); });
}

namespace {

struct Listed {
    std::int64_t row = 0;
    std::string role;
    std::int64_t member = 0;
    friend auto operator<=>(const Listed&, const Listed&) = default;
};
Result<std::set<Listed>> listed_of(store::DataFolder& folder, FileId file) {
    auto query =
        TRY(folder.database().prepare("select row, role, member from review_item where arrival = $1"));
    query.bind(1, std::int64_t{file.value()});
    std::set<Listed> listed;
    while (TRY(query.step())) listed.insert({query.integer(0), query.text(1), query.integer(2)});
    return listed;
}

std::vector<ReviewItem> not_listed(const std::vector<ReviewItem>& items, const policy::Dataset& dataset,
                                   const std::set<Listed>& listed) {
    std::vector<ReviewItem> left;
    for (const ReviewItem& item : items) {
        const Listed as{item.row, dataset.persons[item.role].role, item.person};
        if (!listed.contains(as)) left.push_back(item);
    }
    return left;
}

}  // namespace

Result<void> stage_held_rows(store::DataFolder& folder, PublishId publish, const CountedRows& counted) {
    const policy::Dataset& dataset = *counted.dataset;
    return folder.database().write([&]() -> Result<void> {
        const auto listed = TRY(listed_of(folder, counted.arrival));
        const auto reviews = not_listed(counted.reviews, dataset, listed);
        const auto probables = not_listed(counted.probables, dataset, listed);
        TRY_VOID(stage_reviews(folder, publish, counted.arrival, reviews, dataset, "review"));
        return stage_reviews(folder, publish, counted.arrival, probables, dataset, "probable");
    });
}

Result<FileId> stage_arrival(store::DataFolder& folder, PublishId publish, const intake::Arrival& arrival,
                             const Buckets& buckets, std::string_view findings_segment,
                             const std::vector<ReviewItem>& reviews, const policy::Dataset& dataset) {
    FileId id;
    store::Database& database = folder.database();
    TRY_VOID(database.write([&]() -> Result<void> {
        auto insert = TRY(database.prepare(
            "insert into arrival (publish, file_name, dataset, as_of, sha256, bytes, encoding, segment, "
            "findings, rows, exact, probable, off_roster, review, held, rejected, duplicate, headings,"
            " replaces, id)"
            " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,"
            " (select coalesce(max(id), 0) + 1 from arrival)) returning id"));
        const auto count = [&](Bucket bucket) { return static_cast<std::int64_t>(buckets[bucket]); };
        insert.bind(1, static_cast<std::int64_t>(publish.value()))
            .bind(2, std::string_view(arrival.file_name))
            .bind(3, std::string_view(arrival.dataset))
            .bind(4, arrival.as_of.date)
            .bind(5, std::string_view(arrival.sha256))
            .bind(6, static_cast<std::int64_t>(arrival.bytes))
            .bind(7, std::string_view(arrival.encoding))
            .bind(8, std::string_view(arrival.segment))
            .bind(9, findings_segment)
            .bind(10, static_cast<std::int64_t>(buckets.rows));
        insert.bind(11, count(Bucket::exact))
            .bind(12, count(Bucket::probable))
            .bind(13, count(Bucket::off_roster));
        insert.bind(14, count(Bucket::review))
            .bind(15, count(Bucket::held))
            .bind(16, count(Bucket::rejected));
        insert.bind(17, count(Bucket::duplicate)).bind(18, std::string_view(arrival.headings));
        insert.bind(19,
                    arrival.replaces == 0 ? std::optional<std::int64_t>() : std::int64_t{arrival.replaces});
        const bool inserted = TRY(insert.step());
        ensure(inserted, "an arrival that is stored has an id");
        id = FileId(static_cast<std::uint32_t>(insert.integer(0)));
        insert.reset();
        return stage_reviews(folder, publish, id, reviews, dataset, "review");
    }));
    return id;
}

// One that is older than the newest register is of no use: that was published by a program that kept none.
Result<std::optional<std::string>> kept_roster(store::Database& database, PublishId publish) {
    auto find = TRY(database.prepare(
        "select segment from roster where publish <= $1 and publish >= (select coalesce(max(id), 0) from "
        "publication where kind = 'register' and id <= $1) order by publish desc limit 1"));
    find.bind(1, static_cast<std::int64_t>(publish.value()));
    if (!TRY(find.step())) return std::optional<std::string>();
    return std::optional(find.text(0));
}

Result<void> stage_roster(store::Database& database, PublishId publish, std::string_view segment) {
    return database.write([&]() -> Result<void> {
        auto insert = TRY(database.prepare("insert into roster (publish, segment) values ($1, $2)"));
        return insert.bind(1, static_cast<std::int64_t>(publish.value())).bind(2, segment).run();
    });
}

Result<std::vector<StoredArrival>> list_arrivals(store::DataFolder& store, AsOf until, Readings which) {
    auto select = TRY(store.database().prepare(
        "select id, file_name, dataset, as_of, sha256, bytes, encoding, segment, findings, rows, exact, "
        "probable, off_roster,"
        " review, held, rejected, duplicate, coalesce(findings_removal, 0), publish, headings,"
        " coalesce(replaces, 0), coalesce(original_removal, 0), coalesce(segment_removal, "
        "off_register_removal, 0), coalesce((select max(n.id) from arrival n"
        " where n.replaces = a.id and n.publish <= $1), 0) from arrival a where publish <= $1 "
        "and as_of <= $2 order by id"));
    select.bind(1, static_cast<std::int64_t>(store.current().value())).bind(2, until.date);
    std::vector<StoredArrival> found;
    while (TRY(select.step())) {
        StoredArrival stored;
        stored.id = FileId(static_cast<std::uint32_t>(select.integer(0)));
        stored.arrival.file_name = select.text(1);
        stored.arrival.dataset = select.text(2);
        stored.arrival.as_of = AsOf{*select.date(3)};
        stored.arrival.sha256 = select.text(4);
        stored.arrival.bytes = static_cast<std::uint64_t>(select.integer(5));
        stored.arrival.encoding = select.text(6);
        stored.arrival.segment = select.text(7);
        stored.findings_segment = select.text(8);
        stored.arrival.rows = static_cast<std::uint64_t>(select.integer(9));
        stored.buckets.rows = stored.arrival.rows;
        constexpr Bucket order[] = {Bucket::exact, Bucket::probable, Bucket::off_roster, Bucket::review,
                                    Bucket::held,  Bucket::rejected, Bucket::duplicate};
        int column = 10;
        for (const Bucket bucket : order)
            stored.buckets[bucket] = static_cast<std::uint64_t>(select.integer(column++));
        stored.findings_removal = select.integer(column++);
        stored.publish = PublishId(static_cast<std::uint64_t>(select.integer(column++)));
        stored.arrival.headings = select.text(column++);
        stored.arrival.replaces = static_cast<std::uint32_t>(select.integer(column++));
        stored.original_removal = select.integer(column++);
        stored.rows_removal = select.integer(column++);
        stored.replaced_by = FileId(static_cast<std::uint32_t>(select.integer(column)));
        if (which == Readings::standing && stored.replaced_by != FileId()) continue;
        found.push_back(std::move(stored));
    }
    return found;
}

Result<void> check_findings_kept(const StoredArrival& arrival) {
    if (arrival.findings_removal == 0) return {};
    return fail(ErrorKind::not_found, "findings_deleted",
                {fmt::format("该文件的核对意见已到保存期限并删除（证明 {} 号）", arrival.findings_removal),
                 fmt::format("what was told of this file was older than its term and is deleted (proof {})",
                             arrival.findings_removal)});
}

Result<void> seal_review_rows(store::DataFolder& folder, const policy::DatasetCatalogue& catalogue) {
    struct Row {
        std::array<std::int64_t, 5> key{};
        std::string role, name;
    };
    store::Database& database = folder.database();
    auto seal = TRY(store::RowSeal::create(folder.seal(), "review_item.sealed"));
    std::vector<Row> rows;
    {
        auto query =
            TRY(database.prepare("select r.publish, r.arrival, r.row, r.role, r.member, r.name_in_file, "
                                 "a.dataset from review_item "
                                 "r join arrival a on a.id = r.arrival"));
        while (TRY(query.step())) {
            const int dataset = catalogue.index_of(query.text_view(6));
            if (dataset < 0) continue;
            const auto& persons = catalogue.datasets[static_cast<std::size_t>(dataset)].persons;
            const auto role = std::ranges::find(persons, query.text_view(3), &policy::DatasetPerson::role);
            rows.push_back({{query.integer(0), query.integer(1), query.integer(2), role - persons.begin(),
                             query.integer(4)},
                            query.text(3),
                            query.text(5)});
        }
    }
    for (const Row& row : rows) {
        auto update =
            TRY(database.prepare("update review_item set name_in_file = '', sealed = $1 where publish = $2 "
                                 "and arrival = $3 and row "
                                 "= $4 and role = $5 and member = $6"));
        update.bind(1, seal.seal(row.key, std::as_bytes(std::span(row.name.data(), row.name.size()))));
        update.bind(2, row.key[0]).bind(3, row.key[1]).bind(4, row.key[2]);
        TRY_VOID(update.bind(5, std::string_view(row.role)).bind(6, row.key[4]).run());
    }
    // Of a dataset that is no longer defined nobody asks what the name was.
    auto blank = TRY(database.prepare("update review_item set name_in_file = '' where sealed is null"));
    TRY_VOID(blank.run());
    return seal_verdicts(folder);
}

}  // namespace doudi::match
