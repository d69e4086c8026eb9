// SPDX-License-Identifier: Apache-2.0
// A dataset may take no event that is to come: its row is refused by its form, and the sender is told where.
#include <doctest/doctest.h>

#include <string>

#include "intake/format_test_support.h"

namespace doudi::intake {
namespace {

constexpr const char* day_before = "甲某,441699197406129795,2025-06-29,有效\n";
constexpr const char* day_itself = "乙某,441699198408259328,2025-06-30,有效\n";
constexpr const char* day_after = "丙某,441699200901288341,2025-07-01,有效\n";
const std::string headings = "姓名,身份证号码,登记日期,登记状态\n";

// The import is of 2025-06-30.
policy::DatasetCatalogue catalogue_with(policy::FutureDated future_dated) {
    policy::DatasetCatalogue catalogue = test::small_catalogue();
    for (policy::Dataset& dataset : catalogue.datasets) {
        if (dataset.id == "hr.unemployment_roll") dataset.future_dated = future_dated;
    }
    return catalogue;
}

std::string imported(const std::string& text, policy::FutureDated future_dated) {
    const test::TemporaryFolder folder;
    return test::describe_import(folder.file("名册.csv", text), catalogue_with(future_dated));
}

constexpr std::string_view refused =
    "    refused row 4 登记日期 [202*****01] date_in_future\n    rows 3 refused 1\n";

}  // namespace

TEST_CASE(
    "a row of the day before and of the day of import is taken, one of the day after refused and named") {
    const std::string text = headings + day_before + day_itself + day_after;
    CHECK(imported(text, policy::FutureDated::reject).ends_with(refused));
    CHECK(imported(text, policy::FutureDated::hold).ends_with("rows 3 refused 0\n"));
    CHECK(imported(text, policy::FutureDated::count).ends_with("rows 3 refused 0\n"));
}

TEST_CASE("the same is said however the text is read and the day is written") {
    std::string returns = headings + day_before + day_itself + day_after;
    for (char& c : returns) c = c == '\n' ? '\r' : c;
    CHECK(imported(returns, policy::FutureDated::reject).ends_with(refused));
    const std::string words = headings + "丙某,441699200901288341,2025年7月1日,有效\n";
    CHECK(imported(words, policy::FutureDated::reject).find("date_in_future") != std::string::npos);
    // A day that was read before is known, and refused all the same.
    const std::string twice = headings + day_after + day_after + day_after;
    CHECK(imported(twice, policy::FutureDated::reject).ends_with("rows 3 refused 3\n"));
}

TEST_CASE("a day that one dataset takes is no day of the dataset read after it") {
    const test::TemporaryFolder folder;
    const policy::DatasetCatalogue catalogue = catalogue_with(policy::FutureDated::reject);
    // The larger file is read first, by the same worker: it holds what is to come.
    std::string visits = "信访人姓名,身份证号,联系电话,来访日期\n";
    for (int i = 0; i < 9; ++i) visits += "丙某,441699200901288341,13800138000,2025-07-01\n";
    const auto first = open_feed(folder.file("信访.csv", visits), catalogue);
    const auto second = open_feed(folder.file("名册.csv", headings + day_after), catalogue);
    REQUIRE(first);
    REQUIRE(second);
    std::vector<FeedTask> tasks(2);
    tasks[0].file = &*first;
    tasks[1].file = &*second;
    const auto outcomes = read_feeds(tasks, catalogue, test::end_of_june(), {});
    CHECK(outcomes[0].counts.rows == 9);
    CHECK(outcomes[0].counts.refused == 0);
    CHECK(outcomes[1].counts.rows == 1);
    CHECK(outcomes[1].counts.refused == 1);
}

}  // namespace doudi::intake
