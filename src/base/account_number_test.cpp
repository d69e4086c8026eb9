// SPDX-License-Identifier: Apache-2.0
#include "base/account_number.h"

#include <doctest/doctest.h>

namespace doudi {

TEST_CASE("an account is read as people write it: in groups, with hyphens, in full width") {
    CHECK(fold_account("6228480000000000018") == "6228480000000000018");
    CHECK(fold_account(" 6228 4800 0000 0000 018 ") == "6228480000000000018");
    CHECK(fold_account("6228-4800-0000-0000-018") == "6228480000000000018");
    CHECK(fold_account("６２２８　４８０００００００００００１８") == "6228480000000000018");
    for (const char* none : {"", "  ", "****0018", "62284800x", "账号6228480000000000018", "6228.48", "\xff"})
        CHECK_FALSE_MESSAGE(fold_account(none), none);
}

TEST_CASE("a card's last digit follows from the others") {
    CHECK(has_check_digit("79927398713"));
    for (const char* other : {"79927398710", "79927398714", "97927398713", "7992739871", ""})
        CHECK_FALSE_MESSAGE(has_check_digit(other), other);
    CHECK(has_check_digit("4111111111111111"));
    CHECK_FALSE(has_check_digit("4111111111111112"));
}

TEST_CASE("of an account the last four digits are told, and of a short one none") {
    CHECK(mask_account("6228480000000000018") == "****0018");
    CHECK(mask_account("12345678") == "****5678");
    CHECK(mask_account("1234567") == "****");
    CHECK(mask_account("") == "****");
}

}  // namespace doudi
