// SPDX-License-Identifier: Apache-2.0
#include "registry/field_titles.h"

#include <doctest/doctest.h>

#include "registry/fields.h"

namespace doudi::registry {

TEST_CASE("every field of the register has a name of its own in both languages") {
    for (const auto fields : {household_fields(), member_fields()}) {
        for (const std::string_view field : fields) {
            const Text title = field_title(field);
            CHECK(title.zh != field);
            CHECK_FALSE(title.en.empty());
            CHECK(title.en.find('_') == std::string::npos);
        }
    }
    CHECK(field_title("nosuch").zh == "nosuch");
}

}  // namespace doudi::registry
