// SPDX-License-Identifier: Apache-2.0
#include "synth/register_files.h"

#include <fmt/format.h>

#include <iterator>

#include "base/date.h"
#include "synth/draw.h"
#include "synth/file_out.h"
#include "synth/sheet.h"

namespace doudi::synth {
namespace {

constexpr std::uint64_t most_in_a_sheet = 300'000;
constexpr std::array<std::string_view, 6> member_headings{"户编号",     "姓名", "身份证号码",
                                                          "与户主关系", "性别", "联系电话"};

// 低保 60, 边缘 10 … of a hundred people (domain.md §6.3).
std::string_view category(std::uint32_t percent) {
    if (percent < 60) return "低保对象";
    if (percent < 70) return "低保边缘家庭";
    if (percent < 77) return "特困人员";
    if (percent < 80) return "刚性支出困难家庭";
    return percent < 85 ? "防止返贫监测对象" : "其他困难人员";
}

void household_line(const People& people, std::uint64_t seed, Household household, std::string& out) {
    Draw draw(seed, 0x40e5, household);
    const Person head = people.first_member(household);
    const std::uint32_t towns = std::min<std::uint32_t>(100, 6 + people.households() / 4000);
    const std::uint32_t town = draw.below(towns), village = 1 + draw.below(12);
    const Date since = Date::from_ymd(2019, 1, 1).value() + draw.between(0, 2200);
    const int group = draw.between(1, 10), house = draw.between(1, 200);
    const std::string_view kind = category(draw.below(100));
    fmt::format_to(std::back_inserter(out), "{},441699{:03}{:03},{}{}{}组{}号,{},{},{},{},{}",
                   people.household_id(household), 100 + town, village, county_name, town_name(town), group,
                   house, people.name(head), text_of(people.number(head)), kind, since.iso(),
                   draw.between(150, 1500));
}

struct MemberCells {
    std::array<std::string, 6> cells;
};

void member(const People& people, std::uint64_t seed, Person person, MemberCells& out) {
    for (std::string& cell : out.cells) cell.clear();
    const Number number = people.number(person);
    Draw draw(seed, 0x3e3be2, person);
    const std::uint32_t drawn = draw.below(200);
    NumberForm form = NumberForm::plain;
    if (drawn == 0) form = NumberForm::fifteen;
    if (drawn > 180) form = NumberForm::lower_x;
    if (!form_fits(form, number)) form = NumberForm::plain;
    const Person place = people.place_of(person);
    const bool male = people.is_male(person);
    out.cells[0] = people.household_id(people.household_of(person));
    append_name(out.cells[1], people.name_hash(person), NameForm::plain);
    append_number(out.cells[2], number, form, 0);
    out.cells[3] = place == 0 ? "户主" : place == 1 ? "配偶" : male ? "子" : "女";
    out.cells[4] = male ? "男" : "女";
    out.cells[5] = std::to_string(people.telephone(person));
}

Result<std::uint64_t> write_households(const People& people, std::uint64_t seed, Style style,
                                       const std::filesystem::path& path) {
    const std::string_view end = style == Style::untidy ? "\r\n" : "\n";
    FileOut out = TRY(FileOut::create(path));
    std::string text = style == Style::untidy ? "\xEF\xBB\xBF" : "";
    text += "户编号,区划代码,家庭住址,户主姓名,户主身份证号,对象类别,纳入日期,月人均收入（元）";
    text += end;
    for (Household household = 0; household < people.households(); ++household) {
        household_line(people, seed, household, text);
        text += end;
        if (text.size() < (1u << 20)) continue;
        out.write(text);
        text.clear();
    }
    out.write(text);
    return out.close();
}

Result<std::uint64_t> write_members_csv(const People& people, std::uint64_t seed,
                                        const std::filesystem::path& path) {
    FileOut out = TRY(FileOut::create(path));
    std::string text = fmt::format("{}\n", fmt::join(member_headings, ","));
    MemberCells cells;
    for (Person person = 0; person < people.registered(); ++person) {
        member(people, seed, person, cells);
        fmt::format_to(std::back_inserter(text), "{}\n", fmt::join(cells.cells, ","));
        if (text.size() < (1u << 20)) continue;
        out.write(text);
        text.clear();
    }
    out.write(text);
    return out.close();
}

Result<std::uint64_t> write_members_sheet(const People& people, std::uint64_t seed,
                                          const std::filesystem::path& path) {
    Sheet sheet = TRY(Sheet::create(path));
    for (std::size_t column = 0; column < member_headings.size(); ++column)
        sheet.text(column, std::string(member_headings[column]));
    sheet.end_row();
    MemberCells cells;
    for (Person person = 0; person < people.registered(); ++person) {
        member(people, seed, person, cells);
        for (std::size_t column = 0; column < cells.cells.size(); ++column)
            sheet.text(column, cells.cells[column]);
        sheet.end_row();
    }
    return sheet.close();
}

}  // namespace

Result<RegisterFiles> write_register(const People& people, std::uint64_t seed, Style style,
                                     const std::filesystem::path& folder) {
    RegisterFiles written;
    written.files = 2;
    written.bytes += TRY(write_households(people, seed, style, folder / "低收入人口_家庭.csv"));
    const bool sheet = style == Style::untidy && people.registered() <= most_in_a_sheet;
    written.bytes += sheet ? TRY(write_members_sheet(people, seed, folder / "低收入人口_成员.xlsx"))
                           : TRY(write_members_csv(people, seed, folder / "低收入人口_成员.csv"));
    return written;
}

}  // namespace doudi::synth
