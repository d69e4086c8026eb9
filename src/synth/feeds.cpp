// SPDX-License-Identifier: Apache-2.0
#include "synth/feeds.h"

namespace doudi::synth {
namespace {

using Headings = std::string_view;
constexpr Headings disability[] = {"姓名", "身份证号", "残疾人证号", "残疾类别", "残疾等级", "核发日期"};
constexpr Headings illness[] = {"姓名", "证件号码", "病种", "备案类型", "备案日期"};
constexpr Headings school[] = {"姓名", "身份证件号", "学段", "学校", "入学日期"};
constexpr Headings college[] = {"姓名", "身份证号", "录取院校", "培养层次", "学习形式", "录取日期"};
constexpr Headings accident[] = {"当事人姓名", "公民身份号码", "事故类型", "发生日期", "地点"};
constexpr Headings disaster[] = {"户主姓名", "户主身份证号", "受灾村代码",
                                 "灾害种类", "受灾日期",     "房屋受损"};
constexpr Headings unemployment[] = {"姓名", "身份证号码", "登记日期", "登记状态", "失业原因"};
constexpr Headings insurance[] = {"姓名", "社会保障号码", "险种", "停缴年月", "缴费状态"};
constexpr Headings police[] = {"姓名", "公民身份号码", "死亡日期", "注销日期"};
constexpr Headings health[] = {"死者姓名", "证件号码", "死亡日期", "死因"};
constexpr Headings civil[] = {"逝者姓名", "身份证号", "火化日期", "殡仪馆"};
constexpr Headings birth[] = {"新生儿姓名", "出生证编号",   "母亲姓名", "母亲身份证号",
                              "父亲姓名",   "父亲身份证号", "出生日期"};
constexpr Headings marriage[] = {"登记类型", "男方姓名",     "男方身份证号",
                                 "女方姓名", "女方身份证号", "登记日期"};
constexpr Headings petition[] = {"信访人姓名", "身份证号", "联系电话", "住址", "诉求类别", "来访日期"};

using enum Encoding;
using enum DateForm;
constexpr std::array<FeedLayout, feed_count> layouts{{
    {"残联_残疾人证名册", xlsx, "持证残疾人名册", iso, false, 0.15, 1.0, disability},
    {"医保_慢特病与重大疾病备案", gb18030, "", compact, false, 0.34, 1.2, illness},
    {"教育_新生入学名单", xlsx, "", serial, true, 0.05, 2.8, school},
    {"教育_高校录取名单", utf8_bom, "", slash, true, 0.03, 2.8, college},
    {"公安_意外事故", gb18030, "", chinese, false, 0.02, 5.0, accident},
    {"公安_意外事故_补报", utf8_bom, "", slash, true, 0.005, 1.5, accident},
    {"应急_受灾家庭", xlsx, "受灾家庭登记表", chinese, false, 0.01, 1.7, disaster},
    {"人社_失业登记", utf8, "", iso, false, 0.22, 1.7, unemployment},
    {"人社_社保停缴", gb18030, "", month, false, 0.12, 5.0, insurance},
    {"公安_死亡注销", gb18030, "", compact, false, 0.007, 1.7, police},
    {"卫健_死亡医学证明", utf8, "", iso, false, 0.006, 2.0, health},
    {"民政_火化登记", xlsx, "火化登记台账", iso, false, 0.006, 2.0, civil},
    {"卫健_出生医学证明", utf8, "", iso, false, 0.015, 2.0, birth},
    {"民政_婚姻登记", gb18030, "", iso, false, 0.015, 1.0, marriage},
    {"信访_来访线索", xlsx, "信访线索转办单", iso, false, 0.006, 2.0, petition},
}};

}  // namespace

const FeedLayout& layout_of(Feed feed) {
    return layouts[index_of(feed)];
}

}  // namespace doudi::synth
