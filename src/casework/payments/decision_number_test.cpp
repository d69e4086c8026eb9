// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/decision_number.h"

#include <doctest/doctest.h>

namespace doudi::casework {

TEST_CASE("a number is one number, however it was typed") {
    for (const char* same :
         {"样民确〔2024〕8号", "样民确[2024]8号", "样民确【2024】 8 号", "样民确（2024）8号　",
          "样民确〔２０２４〕８号", "样民确〔2024〕08号", "样民确〔2024〕第8号", "样民确〔2024〕8",
          "样民确﹝2024﹞8号", "样民确「2024」8号", "《样民确〔2024〕8号》", "样民确\u00a0〔2024〕\t8号",
          "样民确〔2024\u200b〕8号", "样民确〔2024〕8号。", "样民确2024 8号"})
        CHECK_MESSAGE(is_one_number("样民确〔2024〕8号", same), same);
    CHECK(is_one_number("LC-2024-08", "lc2024/8号"));
}

TEST_CASE("what differs by a letter, a digit or where a group of digits ends is another number") {
    for (const char* other :
         {"", "样民确〔2024〕9号", "样民确〔2024〕80号", "样民确20248号", "样民确〔2023〕8号",
          "样民批〔2024〕8号", "样民确〔2024〕8号之一", "样民确〔2024〕18号", "样民确〔2024〕0号"})
        CHECK_FALSE_MESSAGE(is_one_number("样民确〔2024〕8号", other), other);
    CHECK_FALSE(
        is_one_number("样\xff"
                      "8号",
                      "样8号"));  // a byte that cannot be read is not left out
}

TEST_CASE("its digest is that of its plain form") {
    CHECK(plain_number("样民确〔2024〕第 08 号") == "样民确2024.8.");
    CHECK(digest_of_number("样民确〔2024〕8号") == digest_of_number("样民确[2024] 8"));
    CHECK(digest_of_number("样民确〔2024〕8号") != digest_of_number("样民确〔2024〕9号"));
    CHECK(plain_number("").empty());
}

}  // namespace doudi::casework
