// SPDX-License-Identifier: Apache-2.0
#include "intake/records.h"

#include <utility>

#include "base/result.h"

namespace doudi::intake {
namespace {

[[nodiscard]] int add(column::Schema& schema, std::string name, column::Kind kind) {
    schema.push_back({std::move(name), kind});
    return static_cast<int>(schema.size()) - 1;
}

struct Described {
    FindingCode code;
    const char* name;
    const char* zh;
    const char* en;
};

constexpr Described descriptions[] = {
    {FindingCode::id_empty, "id_empty", "没有身份证号码", "no identity number"},
    {FindingCode::id_damaged, "id_damaged",
     "身份证号码被电子表格当作数字保存，后几位已丢失，请以文本格式重新导出",
     "a spreadsheet kept the identity number as a number and lost its last digits: export it again as text"},
    {FindingCode::id_masked, "id_masked", "身份证号码被遮盖，请提供完整号码",
     "the identity number is masked: the whole number is needed"},
    {FindingCode::id_shape, "id_shape", "不是一个身份证号码（位数或字符不对）",
     "not an identity number (its length or a character is wrong)"},
    {FindingCode::id_birth_date, "id_birth_date", "身份证号码中的出生日期不存在或晚于报送日",
     "the birth date in the identity number does not exist or lies after the day of import"},
    {FindingCode::id_check, "id_check", "身份证号码校验位不符，请核对；该行已接收",
     "the check character of the identity number is wrong: please verify; the row was taken in"},
    {FindingCode::date_missing, "date_missing", "没有日期", "no date"},
    {FindingCode::date_unreadable, "date_unreadable", "看不懂的日期", "not a date that can be read"},
    {FindingCode::cell_error, "cell_error", "单元格是公式错误", "the cell holds a formula error"},
    {FindingCode::too_few_cells, "too_few_cells", "该行列数不足", "the row has too few cells"},
    {FindingCode::bad_encoding, "bad_encoding", "文字编码无法识别，有字符已丢失",
     "bytes that are in no known encoding: characters are lost"},
    {FindingCode::amount_unreadable, "amount_unreadable", "看不懂的金额", "not an amount that can be read"},
    {FindingCode::count_unreadable, "count_unreadable", "看不懂的数", "not a whole number"},
    {FindingCode::word_unknown, "word_unknown", "不认识的用语，该项按未填处理；该行已接收",
     "a word that is not known: taken as not filled in; the row was taken in"},
    {FindingCode::household_without_code, "household_without_code", "没有户编号，未载入",
     "no household number: not taken"},
    {FindingCode::household_contradiction, "household_contradiction",
     "与先出现的同一户内容不一致，以先出现的为准",
     "differs from the same household before it: the first stands"},
    {FindingCode::member_without_name, "member_without_name", "该户的成员没有姓名，未载入",
     "a member of this household without a name: not taken"},
    {FindingCode::member_of_nobody, "member_of_nobody", "名册中没有这一户，该成员未载入",
     "the register has no such household: the member was not taken"},
    {FindingCode::member_twice, "member_twice", "与先出现的同一成员内容不一致，以先出现的为准",
     "differs from the same member before it: the first stands"},
    {FindingCode::household_ended, "household_ended", "该户已经合并或终止，未载入",
     "this household was merged or has ended: not taken"},
    {FindingCode::member_left, "member_left", "该成员已经去世或迁出名册，未载入",
     "this member died or left the register: not taken"},
    {FindingCode::number_unusable, "number_unusable", "身份证号码不可用，按无证件号载入",
     "the identity number cannot be used: taken without a number"},
    {FindingCode::date_in_future, "date_in_future", "日期晚于报送日，这种数据不收报送日以后的日期",
     "the date lies after the day of import: this kind of data takes none that is to come"},
    {FindingCode::cell_too_long, "cell_too_long", "单元格内容过长", "the cell is too long"},
};

[[nodiscard]] const Described& find(FindingCode code) {
    for (const Described& entry : descriptions) {
        if (entry.code == code) return entry;
    }
    ensure(false, "every finding code is described");
    return descriptions[0];
}

}  // namespace

FeedLayout FeedLayout::of(const policy::Dataset& dataset) {
    using column::Kind;
    FeedLayout layout;
    layout.row = add(layout.schema, "row", Kind::number);
    if (dataset.event_date_column >= 0) layout.event_date = add(layout.schema, "event_date", Kind::number);
    for (const policy::DatasetPerson& person : dataset.persons) {
        Role role;
        role.id = add(layout.schema, "id." + person.role, Kind::number);
        layout.schema.back().keyed = true;
        role.name = add(layout.schema, "name." + person.role, Kind::text);
        if (person.phone_column >= 0) role.phone = add(layout.schema, "phone." + person.role, Kind::text);
        layout.roles.push_back(role);
    }
    for (std::size_t i = 0; i < dataset.columns.size(); ++i) {
        const policy::DatasetColumn& column = dataset.columns[i];
        int at = -1;
        if (column.type == policy::ColumnType::category) {
            at = add(layout.schema, "field." + column.field, Kind::dictionary);
        } else if (column.type == policy::ColumnType::code || dataset.tells_by(static_cast<int>(i))) {
            at = add(layout.schema, "field." + column.field, Kind::text);
        }
        layout.field_of.push_back(at);
    }
    return layout;
}

Text describe(FindingCode code) {
    const Described& entry = find(code);
    return {entry.zh, entry.en};
}

const char* code_of(FindingCode code) {
    return find(code).name;
}

std::optional<FindingCode> finding_named(std::string_view name) {
    for (const Described& entry : descriptions)
        if (entry.name == name) return entry.code;
    return std::nullopt;
}

}  // namespace doudi::intake
