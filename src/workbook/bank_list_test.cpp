// SPDX-License-Identifier: Apache-2.0
#include "workbook/bank_list.h"

#include <doctest/doctest.h>

namespace doudi::workbook {

TEST_CASE("the list for the bank that ships names the payment, the account and the sum") {
    const auto list = BankList::load(std::filesystem::path(DOUDI_SOURCE_DIR) / "access/bank_list.yaml");
    REQUIRE(list.has_value());
    for (const auto is : {BankList::Is::payment, BankList::Is::account, BankList::Is::amount})
        CHECK(list->has(is));
    CHECK(list->columns.front().heading == "发放编号");
}

TEST_CASE("a list has the columns that its bank wants, in their order, and every fault is said") {
    const auto list =
        BankList::read("columns:\n  - {is: amount, heading: 交易金额}\n  - {is: name, heading: 户名}\n", "x");
    REQUIRE(list.has_value());
    REQUIRE(list->columns.size() == 2);
    CHECK(list->columns[0].is == BankList::Is::amount);
    CHECK(list->columns[1].heading == "户名");
    CHECK_FALSE(list->has(BankList::Is::account));
    const auto code = [](const char* yaml) {
        const auto read = BankList::read(yaml, "x");
        return read ? std::string() : read.error().front().code;
    };
    CHECK(code("columns:\n  - {is: acount, heading: 账号}\n") == "yaml_unknown_word");
    CHECK(code("columns:\n  - {is: account}\n") == "yaml_missing_key");
    CHECK(code("column: []\n") != "");
}

}  // namespace doudi::workbook
