// SPDX-License-Identifier: Apache-2.0
#include "workbook/bank_returns.h"

#include <doctest/doctest.h>

#include "policy/load.h"

namespace doudi::workbook {
namespace {

const std::string headings =
    "headings:\n  payment: [发放编号]\n  identity_number: [身份证号]\n  amount: [退回金额（元）]\n  reason: "
    "[原因]\n";

std::string form(const std::string& move, const std::string& with, const std::string& reason = "reason") {
    return "machine: allowance\nmove: " + move + "\nwith: {" + with + "}\nreason_field: " + reason + "\n" +
           headings;
}

bool fits(const std::string& yaml) {
    const auto read = BankForm::read(yaml, "bank_returns.yaml");
    REQUIRE(read.has_value());
    return read->fits(policy::load_policy(DOUDI_SOURCE_DIR, "guangdong-2021").value().pack.law);
}

}  // namespace

TEST_CASE("the form that ships fits every pack that ships") {
    const auto read = BankForm::load(std::filesystem::path(DOUDI_SOURCE_DIR) / "access/bank_returns.yaml");
    REQUIRE(read.has_value());
    for (const char* pack :
         {"jinan-2024", "changsha-2025", "chongqing-2024", "guangdong-2021", "shanxi-county"})
        CHECK(read->fits(policy::load_policy(DOUDI_SOURCE_DIR, pack).value().pack.law));
}

TEST_CASE("a step, a field or a word that no pack has is none; headings are compared as those of datasets") {
    CHECK(fits(form("hold", "hold_cause: bank")));
    CHECK(!fits(form("stop", "hold_cause: bank")));
    CHECK(!fits(form("hold", "hold_cause: weather")));
    CHECK(!fits(form("hold", "amount: bank")));
    CHECK(!fits(form("hold", "hold_cause: bank", "note")));
    CHECK(BankForm::read(form("hold", "hold_cause: bank"), "x").value().amount ==
          std::vector<std::string>{"退回金额"});
}

TEST_CASE("what is missing or unknown in the form is told with its place") {
    const auto read = BankForm::read("machine: allowance\nmoves: hold\n" + headings, "bank_returns.yaml");
    REQUIRE(!read.has_value());
    for (const Error& fault : read.error()) CHECK(fault.where.starts_with("bank_returns.yaml:"));
}

}  // namespace doudi::workbook
