// SPDX-License-Identifier: Apache-2.0
// Headings that an office keeps, on both stores.
#include "match/kept_headings.h"

#include <doctest/doctest.h>

#include "match/match_test_support.h"
#include "store/data_folder.h"
#include "store/test_engines.h"

namespace doudi::match {
namespace {

KeptHeading heading(std::uint32_t unit, std::string text, std::string field, std::int64_t proposal) {
    return {0, unit, "test.feed", std::move(text), std::move(field), proposal, Instant()};
}

}  // namespace

TEST_CASE_TEMPLATE("headings are kept by an office until it ends them, each once", Engine, ENGINES) {
    const Engine engine;
    auto made = store::DataFolder::create(engine.place());
    REQUIRE(made);
    store::Database& database = made->database();
    const auto keep = [&database](const std::vector<KeptHeading>& all) {
        return database.write([&] { return keep_headings(database, all); });
    };
    const auto end = [&database](const std::vector<KeptHeading>& all) {
        return database.write([&] { return end_headings(database, all); });
    };
    const KeptHeading mine = heading(1, "公民证号", "person_id", 7);
    const KeptHeading theirs = heading(2, "公民证号", "person_id", 8);
    REQUIRE(keep({mine, heading(1, "人员", "person_name", 7)}));
    REQUIRE(keep({theirs}));
    CHECK(kept_headings(database).value().size() == 3);
    CHECK(kept_headings(database).value().front().proposal == 7);
    // All or nothing.
    CHECK(keep({heading(1, "备注", "status", 9), mine}).error().code == "heading_kept");
    CHECK(end({mine, heading(1, "备注", "status", 9)}).error().code == "heading_not_kept");
    CHECK(end({heading(1, "公民证号", "person_name", 9)}).error().code == "heading_not_kept");
    CHECK(kept_headings(database).value().size() == 3);
    REQUIRE(end({mine}));
    CHECK(end({mine}).error().code == "heading_not_kept");
    CHECK(kept_headings(database).value().size() == 2);
    REQUIRE(keep({mine}));  // again
    CHECK(kept_headings(database).value().size() == 3);
}

TEST_CASE("a kept heading stands behind those of the dataset; of what is no more nothing is added") {
    policy::DatasetCatalogue catalogue;
    catalogue.datasets.push_back(testing::dataset({"person"}, {}));
    catalogue.datasets.front().columns.front().headings = {"身份证号"};
    KeptHeading elsewhere = heading(1, "公民证号", "person_id", 7);
    elsewhere.dataset = "none";
    const std::vector<KeptHeading> kept{heading(1, "公民证号", "person_id", 7), elsewhere,
                                        heading(1, "人员", "none", 7)};
    add_kept_headings(catalogue, kept);
    CHECK(catalogue.datasets.front().columns.front().headings ==
          std::vector<std::string>{"身份证号", "公民证号"});
    for (std::size_t n = 1; n < catalogue.datasets.front().columns.size(); ++n)
        CHECK(catalogue.datasets.front().columns[n].headings.empty());
}

}  // namespace doudi::match
