// SPDX-License-Identifier: Apache-2.0
// Files that arrived, by their terms, and a person taken out of them.
#include "match/retention.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "match/landed_rows.h"
#include "match/match_test_support.h"
#include "match/repository.h"
#include "match/roster.h"
#include "registry/repository.h"
#include "store/test_engines.h"
#include "store/test_sealed.h"

namespace doudi::match {
namespace {

using testing::number;
using testing::Row;

Date day(int month, int of_month) {
    return *Date::from_ymd(2025, month, of_month);
}
// Noon on that day.
Instant at(Date when) {
    return Instant(std::chrono::days(when.days())) + std::chrono::hours(4);
}

Row row(std::vector<testing::Cell> persons) {
    return {std::move(persons), day(6, 1), {}};
}

struct Office {
    store::Place place;
    store::DataFolder data;
    policy::DatasetCatalogue catalogue;

    Office(const store::Place& where, std::optional<vault::Suite> suite)
        : place(where), data(make(where, suite)) {
        catalogue.datasets.push_back(testing::dataset({"mother", "father"}, {}));
        catalogue.datasets.back().id = "births";
        const auto publish = data.begin_publish("register", AsOf{day(3, 31)}, "{}").value();
        const std::vector<registry::Member> people{
            testing::member(1, 1, "甲", 1), testing::member(2, 1, "乙", 2), testing::member(3, 2, "丙", 3)};
        REQUIRE(registry::stage_members(data, publish, people));
        REQUIRE(data.publish(publish));
    }
    static store::DataFolder make(const store::Place& where, std::optional<vault::Suite> suite) {
        auto made =
            store::DataFolder::create(where, {}, suite ? store::sealed_by(*suite) : store::SealChoice{});
        REQUIRE_MESSAGE(made, (made ? "" : made.error().message(Lang::en)));
        return std::move(*made);
    }
    [[nodiscard]] const policy::Dataset& births() const { return catalogue.datasets.front(); }

    std::string original(std::string_view content) {
        auto blob = data.new_blob(store::Shelf::originals).value();
        REQUIRE(blob.write(std::as_bytes(std::span(content.data(), content.size()))));
        return blob.seal().value();
    }
    std::string segment(const std::vector<Row>& rows) {
        auto blob = data.new_blob(store::Shelf::segments).value();
        column::SegmentWriter writer(intake::FeedLayout::of(births()).schema, blob);
        REQUIRE(writer.append(testing::batch_of(births(), rows, 0, rows.size()).batch));
        REQUIRE(writer.finish());
        return blob.seal().value();
    }
    // Rows are numbered from 2, as below a line of headings.
    FileId arrive(Date as_of, std::string_view content, const std::vector<Row>& rows,
                  const std::vector<ReviewItem>& reviews = {}) {
        const auto publish = data.begin_publish("feeds", AsOf{as_of}, "{}").value();
        intake::Arrival arrival;
        arrival.file_name = "births.csv";
        arrival.sha256 = original(content);
        arrival.dataset = "births";
        arrival.as_of = AsOf{as_of};
        arrival.segment = segment(rows);
        Buckets buckets;
        buckets.rows = rows.size();
        const auto id = stage_arrival(data, publish, arrival, buckets, "", reviews, births()).value();
        REQUIRE(data.publish(publish));
        return id;
    }
    StoredArrival arrival(FileId id) {
        auto all = list_arrivals(data, AsOf{day(12, 31)}).value();
        for (StoredArrival& one : all) {
            if (one.id == id) return std::move(one);
        }
        FAIL("no arrival");
        return {};
    }
    // Row numbers, and of each the mothers' and fathers' packed numbers; 0: none.
    std::vector<std::array<std::int64_t, 3>> rows_of(FileId id) {
        std::vector<std::array<std::int64_t, 3>> found;
        const std::string name = arrival(id).arrival.segment;
        if (name.empty()) return found;
        const auto landed =
            LandedRows::open(data.open_blob(store::Shelf::segments, name).value(), births()).value();
        const auto layout = intake::FeedLayout::of(births());
        intake::FeedRows rows;
        for (std::size_t block = 0; block < landed.blocks(); ++block) {
            REQUIRE(landed.read(block, rows));
            const auto cell = [&](int index, std::size_t at) {
                const auto& column = rows.batch.columns[static_cast<std::size_t>(index)];
                return column.status_at(at) == column::Status::value ? column.numbers[at] : 0;
            };
            for (std::size_t i = 0; i < rows.batch.rows; ++i)
                found.push_back(
                    {cell(layout.row, i), cell(layout.roles[0].id, i), cell(layout.roles[1].id, i)});
        }
        return found;
    }
    std::uint64_t ended(std::string_view id, Date on) {
        const auto all = kept_classes(catalogue);
        const auto kept = std::ranges::find(all, id, &store::KeptClass::id);
        return kept->ended(data, at(on)).value().size();
    }
    void remove(std::string_view id, Date on, std::int64_t proof) {
        const auto all = kept_classes(catalogue);
        const auto kept = std::ranges::find(all, id, &store::KeptClass::id);
        std::vector<std::string> keys;
        const auto over = kept->ended(data, at(on)).value();
        for (const store::Ended& one : over) keys.push_back(one.key);
        const auto removed = kept->remove(data, keys, proof);
        REQUIRE_MESSAGE(removed, (removed ? "" : removed.error().message(Lang::en)));
    }
    std::size_t files(const char* shelf) {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(place.folder / shelf), {}));
    }
};

std::int64_t packed(std::uint32_t n) {
    return static_cast<std::int64_t>(IdNumber::from_packed(number(n)).packed());
}

constexpr std::optional<vault::Suite> plain_and_sealed[] = {std::nullopt, vault::Suite::aes_256_gcm};

}  // namespace

TEST_CASE_TEMPLATE("rows that name nobody of the register go first; the others keep their row numbers",
                   Engine, ENGINES) {
    for (const auto& suite : plain_and_sealed) {
        Engine engine;
        Office office(engine.place(), suite);
        const FileId id = office.arrive(day(6, 30), "a",
                                        {row({{number(50), "丁", ""}, {number(51), "戊", ""}}),
                                         row({{number(1), "甲", ""}, {number(52), "己", ""}}),
                                         row({{number(53), "庚", ""}, {number(3), "另一名字", ""}})});
        CHECK(office.ended("off_register_row", day(6, 30)) == 0);
        CHECK(office.ended("off_register_row", day(7, 1)) == 1);
        const std::string before = office.arrival(id).arrival.segment;
        office.remove("off_register_row", day(7, 1), 1);
        CHECK(office.ended("off_register_row", day(7, 1)) == 0);
        const auto rows = office.rows_of(id);
        REQUIRE(rows.size() == 2);
        CHECK(rows[0] == std::array<std::int64_t, 3>{3, packed(1), packed(52)});
        CHECK(rows[1] == std::array<std::int64_t, 3>{4, packed(53), packed(3)});
        CHECK(office.arrival(id).arrival.segment != before);
        CHECK_FALSE(std::filesystem::exists(office.data.blob_path(store::Shelf::segments, before)));
        // A file of strangers alone leaves nothing.
        const FileId strangers =
            office.arrive(day(6, 30), "b", {row({{number(50), "丁", ""}, {number(51), "戊", ""}})});
        office.remove("off_register_row", day(7, 1), 2);
        CHECK(office.arrival(strangers).arrival.segment.empty());
    }
}

TEST_CASE("without a register nobody is off it") {
    store::TestFolder folder;
    auto data = store::DataFolder::create(folder / "data").value();
    policy::DatasetCatalogue catalogue;
    const auto kept = kept_classes(catalogue);
    CHECK(kept.front().id == "off_register_row");
    CHECK(kept.front().ended(data, at(day(7, 1)))->empty());
}

TEST_CASE_TEMPLATE(
    "an original goes by its term, is known again all the same, and one that two days share goes last",
    Engine, ENGINES) {
    Engine engine;
    Office office(engine.place(), vault::Suite::sm4_hmac_sm3);
    const std::vector<Row> rows{row({{number(1), "甲", ""}, {number(2), "乙", ""}})};
    const FileId first = office.arrive(day(6, 1), "the same", rows);
    const FileId second = office.arrive(day(6, 30), "the same", rows);
    const std::string name = office.arrival(first).arrival.sha256;
    CHECK(office.ended("original", day(6, 1)) == 0);
    office.remove("original", day(6, 2), 5);
    CHECK(std::filesystem::exists(office.data.blob_path(store::Shelf::originals, name)));
    office.remove("original", day(7, 1), 6);
    CHECK(office.files("originals") == 0);
    CHECK(has_arrived(office.data.database(), name, AsOf{day(6, 1)}).value());
    CHECK(office.arrival(second).arrival.sha256 == name);
    CHECK(office.rows_of(second).size() == 1);  // its rows are kept longer
    office.remove("landed_row", day(7, 1), 7);
    CHECK(office.rows_of(second).empty());
    CHECK(office.files("segments") == 0);
}

TEST_CASE("what was killed between row and file is taken away by the next opening") {
    store::TestFolder folder;
    Office office(folder / "data", std::nullopt);
    const FileId id = office.arrive(day(6, 1), "a", {row({{number(1), "甲", ""}, {number(2), "乙", ""}})});
    const std::string name = office.arrival(id).arrival.sha256;
    REQUIRE(office.data.database().execute("update arrival set original_removal = 1"));
    CHECK(std::filesystem::exists(office.data.blob_path(store::Shelf::originals, name)));
    {
        const store::DataFolder closing = std::move(office.data);
    }
    const auto again = store::DataFolder::open(folder / "data", store::Access::write);
    REQUIRE(again);
    CHECK_FALSE(std::filesystem::exists(again->blob_path(store::Shelf::originals, name)));
}

TEST_CASE("names to be looked at go by the day of their file; refusals that are gone say by which proof") {
    store::TestFolder folder;
    Office office(folder / "data", vault::Suite::aes_256_gcm);
    const FileId id = office.arrive(day(6, 1), "a", {row({{number(1), "甲", ""}, {number(2), "乙", ""}})},
                                    {{2, 0, 1, "另一名字"}, {2, 1, 2, "又一名字"}});
    CHECK(office.ended("review_name", day(6, 1)) == 0);
    CHECK(office.ended("review_name", day(6, 2)) == 2);
    office.remove("review_name", day(6, 2), 1);
    CHECK(office.ended("review_name", day(6, 2)) == 0);
    REQUIRE(check_findings_kept(office.arrival(id)));
    REQUIRE(office.data.database().execute("update arrival set findings_removal = 12"));
    const auto gone = check_findings_kept(office.arrival(id));
    CHECK(gone.error().code == "findings_deleted");
    CHECK(gone.error().message(Lang::en).find("proof 12") != std::string::npos);
}

TEST_CASE_TEMPLATE("a person is taken out of landed rows: theirs alone go, in others' they are empty", Engine,
                   ENGINES) {
    for (const auto& suite : plain_and_sealed) {
        Engine engine;
        Office office(engine.place(), suite);
        const FileId id = office.arrive(day(6, 30), "a",
                                        {row({{number(1), "甲", ""}, {number(50), "丁", ""}}),
                                         row({{number(1), "甲", ""}, {number(2), "乙", ""}}),
                                         row({{number(3), "丙", ""}, {number(51), "戊", ""}}),
                                         row({{number(52), "己", ""}, {number(1), "另一名字", ""}})},
                                        {{5, 1, 1, "另一名字"}});
        const FileId other =
            office.arrive(day(7, 1), "b", {row({{number(3), "丙", ""}, {number(51), "戊", ""}})});
        const std::string untouched = office.arrival(other).arrival.segment;
        const auto kept = forget_person(office.data, office.catalogue, PersonId(1));
        REQUIRE_MESSAGE(kept, (kept ? "" : kept.error().message(Lang::en)));
        CHECK(*kept == day(7, 1));
        const auto rows = office.rows_of(id);
        REQUIRE(rows.size() == 2);
        CHECK(rows[0] == std::array<std::int64_t, 3>{3, 0, packed(2)});
        CHECK(rows[1] == std::array<std::int64_t, 3>{4, packed(3), packed(51)});
        CHECK(office.arrival(other).arrival.segment == untouched);
        CHECK(office.ended("review_name", day(12, 31)) == 0);
        REQUIRE(forget_person(office.data, office.catalogue, PersonId(1)));  // again: nothing is left to do
        CHECK(office.rows_of(id) == rows);
    }
}

}  // namespace doudi::match
