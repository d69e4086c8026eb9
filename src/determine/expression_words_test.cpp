// SPDX-License-Identifier: Apache-2.0
#include "determine/expression_words.h"

#include <doctest/doctest.h>

#include "policy/load.h"

namespace doudi::determine {

TEST_CASE("a condition is said in the titles of its facts, figures and categories") {
    const std::filesystem::path root = DOUDI_SOURCE_DIR;
    const auto catalogue = policy::load_datasets(root / "datasets");
    REQUIRE(catalogue.has_value());
    const auto pack = policy::load_pack(root / "packs", "national", *catalogue);
    REQUIRE(pack.has_value());
    const auto zh = [&](std::string_view text) { return expression_in_words(pack->law, text).zh; };
    const auto en = [&](std::string_view text) { return expression_in_words(pack->law, text).en; };
    CHECK(zh("income_per_head_month < 1.5 * param.mlg_standard_month") ==
          "家庭月人均收入 低于 1.5 × 低保标准（月）");
    CHECK(en("person.age >= 60") == "Age in full years is at least 60");
    CHECK(zh("person.age >= 60 || person.age < 18") == "周岁年龄 不低于 60 或 周岁年龄 低于 18");
    CHECK(zh("residence_kind == \"urban\"").ends_with(" 是 城镇"));
    CHECK(zh("!minimum_living_guarantee") == "非最低生活保障对象");
    CHECK(zh("has(person.disability_level)") == "有(残疾等级)");
    CHECK(zh("person.birth_date.addMonths(720) <= as_of") == "出生日期 加月数(720) 不超过 当日");
    CHECK(en("person.birth_date.addMonths(720) <= as_of") ==
          "Date of birth plus months(720) is at most the day of the question");
    CHECK(zh("nobody_knows.this != 3") == "nobody_knows.this 不是 3");
}

}  // namespace doudi::determine
