// SPDX-License-Identifier: Apache-2.0
// How each office words a row.
#include <fmt/format.h>

#include <iterator>

#include "synth/draw.h"
#include "synth/feeds.h"

namespace doudi::synth {
namespace {

using Words = std::string_view;
constexpr auto illness_names = std::to_array<Words>(
    {"高血压Ⅲ期", "糖尿病", "脑卒中后遗症", "尿毒症透析", "恶性肿瘤", "精神分裂症", "再生障碍性贫血"});
constexpr auto insurance_names = std::to_array<Words>({"企业职工基本养老保险", "失业保险"});
constexpr auto disaster_names = std::to_array<Words>({"洪涝", "台风", "山体滑坡"});
static_assert(illness_names.size() == illnesses && insurance_names.size() == insurances &&
              disaster_names.size() == disasters);
constexpr auto disability_kinds = std::to_array<Words>({"视力", "听力", "言语", "肢体", "智力", "精神"});
constexpr auto disability_grades = std::to_array<Words>({"一级", "二级", "三级", "四级"});
constexpr auto filing_kinds = std::to_array<Words>({"门诊慢特病", "重大疾病"});
constexpr auto stages = std::to_array<Words>({"幼儿园", "小学", "初中", "高中", "中职"});
constexpr auto ordinals = std::to_array<Words>({"第一", "第二", "第三", "第四", "第五"});
constexpr auto colleges = std::to_array<Words>({"南岭学院", "东江职业技术学院", "岭南工学院"});
constexpr auto degrees = std::to_array<Words>({"本科", "专科", "高职"});
constexpr auto accidents = std::to_array<Words>({"交通事故", "工伤", "火灾", "溺水"});
constexpr auto damages = std::to_array<Words>({"无", "一般", "严重"});
constexpr auto reasons = std::to_array<Words>({"合同到期", "个人原因", "单位裁员"});
constexpr auto appeals = std::to_array<Words>({"申请救助", "低保问题", "医疗困难"});

template <std::size_t count>
Words pick(const std::array<Words, count>& words, std::uint64_t salt) {
    return words[mix(salt) % count];
}

void append_date(std::string& out, Date date, DateForm form) {
    const auto ymd = date.ymd();
    const int year = static_cast<int>(ymd.year());
    const unsigned month = static_cast<unsigned>(ymd.month()), day = static_cast<unsigned>(ymd.day());
    const auto at = std::back_inserter(out);
    switch (form) {
        case DateForm::iso:
            fmt::format_to(at, "{:04}-{:02}-{:02}", year, month, day);
            break;
        case DateForm::compact:
            fmt::format_to(at, "{:04}{:02}{:02}", year, month, day);
            break;
        case DateForm::slash:
            fmt::format_to(at, "{}/{}/{}", year, month, day);
            break;
        case DateForm::chinese:
            fmt::format_to(at, "{}年{}月{}日", year, month, day);
            break;
        // Sheets count from 1899-12-30.
        case DateForm::serial:
            fmt::format_to(at, "{}", date.days() + 25'569);
            break;
        case DateForm::month:
            fmt::format_to(at, "{:04}{:02}", year, month);
            break;
    }
}

// In the untidy style three dates of ten are written otherwise than the rest of the column (domain.md §6.3).
DateForm form_of(DateForm usual, const Row& row, bool plain) {
    if (usual == DateForm::month || usual == DateForm::serial)
        return plain && usual == DateForm::serial ? DateForm::iso : usual;
    if (plain) return DateForm::iso;
    const std::uint64_t drawn = mix(row.salt ^ 0xda7e) % 40;
    constexpr std::array<DateForm, 4> forms{DateForm::iso, DateForm::compact, DateForm::slash,
                                            DateForm::chinese};
    return drawn < 12 ? forms[drawn % 4] : usual;
}

class Writer {
  public:
    Writer(const People& people, Feed feed, const Row& row, bool plain, Cells& cells)
        : people_(people), feed_(feed), row_(row), plain_(plain), cells_(cells) {
        cells_.resize(layout_of(feed).headings.size());
        for (std::string& cell : cells_) cell.clear();
    }
    void write();

  private:
    std::string& next() { return cells_[at_++]; }
    void word(Words text) { next() += text; }
    void mention(const Mention& mention) {
        append_name(next(), people_.name_hash(mention.who), mention.name);
        append_number(next(), people_.number(mention.who), mention.number, mention.salt);
    }
    void date() {
        std::string& cell = next();
        switch (row_.fault) {
            case DateFault::none:
                append_date(cell, row_.date, form_of(layout_of(feed_).date_form, row_, plain_));
                break;
            case DateFault::unknown:
                cell += "不详";
                break;
            case DateFault::impossible:
                cell += layout_of(feed_).date_form == DateForm::month ? "202513" : "2025-02-30";
                break;
            case DateFault::blank:
                break;
        }
    }
    std::uint64_t salt(std::uint64_t column) const { return mix(row_.salt) + column; }
    void place() { next() += county_name; }
    void rolls();
    void incidents();
    void families();

    const People& people_;
    Feed feed_;
    const Row& row_;
    bool plain_;
    Cells& cells_;
    std::size_t at_ = 0;
};

void Writer::rolls() {
    mention(row_.first);
    if (feed_ == Feed::disability) {
        const std::uint64_t kind = salt(1) % 6, grade = salt(2) % 4;
        fmt::format_to(std::back_inserter(next()), "{}{}{}", text_of(people_.number(row_.first.who)),
                       kind + 1, grade + 1);
        word(disability_kinds[kind]);
        word(disability_grades[grade]);
        date();
    } else if (feed_ == Feed::illness) {
        word(illness_names[row_.detail]);
        word(pick(filing_kinds, salt(1)));
        date();
    } else if (feed_ == Feed::unemployment) {
        date();
        word(row_.status == Status::counts ? "有效" : row_.status == Status::taken_back ? "注销" : "");
        word(pick(reasons, salt(1)));
    } else {
        word(insurance_names[row_.detail]);
        date();
        word(row_.status != Status::counts ? "正常缴费" : salt(1) % 3 == 0 ? "终止缴费" : "暂停缴费");
    }
}

void Writer::incidents() {
    mention(row_.first);
    if (feed_ == Feed::accident || feed_ == Feed::accident_late) {
        word(pick(accidents, salt(1)));
        date();
        place();
    } else if (feed_ == Feed::disaster) {
        fmt::format_to(std::back_inserter(next()), "441699{:03}{:03}", 100 + salt(1) % 6, 1 + salt(2) % 3);
        word(disaster_names[row_.detail]);
        date();
        word(pick(damages, salt(3)));
    } else if (feed_ == Feed::school) {
        word(pick(stages, salt(1)));
        next().append(county_name).append(pick(ordinals, salt(2))).append("学校");
        date();
    } else if (feed_ == Feed::college) {
        word(pick(colleges, salt(1)));
        word(pick(degrees, salt(2)));
        word(row_.status == Status::counts ? "全日制" : row_.status == Status::blank ? "" : "非全日制");
        date();
    } else if (feed_ == Feed::petition) {
        next() = std::to_string(people_.telephone(row_.first.who, row_.nobodys_telephone));
        place();
        word(pick(appeals, salt(1)));
        date();
    } else {
        date();
        if (feed_ == Feed::death_police) date();
        if (feed_ == Feed::death_health) word("疾病");
        if (feed_ == Feed::death_civil) next().append(county_name).append("殡仪馆");
    }
}

void Writer::families() {
    if (feed_ == Feed::birth) {
        word("");
        fmt::format_to(std::back_inserter(next()), "Y{:09}", certificate_of(row_));
    } else {
        word(salt(1) % 2 == 0 ? "结婚" : "离婚");
    }
    mention(row_.first);
    mention(row_.second);
    date();
}

void Writer::write() {
    switch (feed_) {
        case Feed::disability:
        case Feed::illness:
        case Feed::unemployment:
        case Feed::insurance:
            rolls();
            break;
        case Feed::birth:
        case Feed::marriage:
            families();
            break;
        default:
            incidents();
            break;
    }
}

}  // namespace

void write_cells(const People& people, Feed feed, const Row& row, bool plain, Cells& cells) {
    Writer(people, feed, row, plain, cells).write();
}

}  // namespace doudi::synth
