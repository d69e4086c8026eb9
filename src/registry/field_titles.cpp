// SPDX-License-Identifier: Apache-2.0
#include "registry/field_titles.h"

#include <algorithm>
#include <array>
#include <string>

namespace doudi::registry {

namespace {

struct Titled {
    std::string_view field, zh, en;
};
constexpr std::array<Titled, 16> titles{{{"region", "区划代码", "region"},
                                         {"address", "家庭住址", "address"},
                                         {"head_name", "户主姓名", "head of household"},
                                         {"category", "对象类别", "category"},
                                         {"enrolled_on", "纳入日期", "enrolled on"},
                                         {"income_per_head_month", "月人均收入", "income per head and month"},
                                         {"ended_on", "终止日期", "ended on"},
                                         {"successor", "转入的户", "household that it refers on to"},
                                         {"household", "所在户", "household"},
                                         {"name", "姓名", "name"},
                                         {"id_number", "身份证号", "identity number"},
                                         {"relation", "与户主关系", "relation to the head"},
                                         {"sex", "性别", "sex"},
                                         {"phone", "联系电话", "phone"},
                                         {"code", "户编号", "household number"},
                                         {"unit", "管辖单位", "responsible office"}}};

}  // namespace

Text field_title(std::string_view field) {
    const auto at = std::ranges::find(titles, field, &Titled::field);
    if (at == titles.end()) return {std::string(field), std::string(field)};
    return {std::string(at->zh), std::string(at->en)};
}

}  // namespace doudi::registry
