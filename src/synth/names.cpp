// SPDX-License-Identifier: Apache-2.0
#include "synth/names.h"

#include <array>
#include <string_view>

namespace doudi::synth {
namespace {

constexpr auto surnames = std::to_array<std::string_view>(
    {"李", "王", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何",
     "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓",
     "许", "傅", "沈", "曾", "彭", "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎", "余",
     "潘", "杜", "戴", "夏", "钟", "汪", "田", "任", "姜", "范", "方", "石", "姚", "谭", "廖", "邹", "熊",
     "金", "陆", "郝", "孔", "白", "崔", "康", "毛", "邱", "秦", "江", "史", "顾", "侯", "邵", "孟", "龙",
     "万", "段", "雷", "钱", "汤", "尹", "黎", "易", "常", "武", "乔", "贺", "赖", "龚", "严"});
constexpr auto syllables = std::to_array<std::string_view>(
    {"娜", "平", "生", "鹏", "土", "金", "霞", "艳", "春", "洋", "秋", "乐", "海", "燕", "欣", "超",
     "月", "招", "财", "根", "娣", "弟", "观", "妹", "永", "思", "志", "浩", "静", "木", "水", "火",
     "音", "军", "娟", "红", "刚", "发", "桂", "兰", "芳", "涛", "明", "华", "秀", "勇", "磊", "建",
     "荣", "昌", "福", "贵", "德", "来", "运", "旺", "轩", "涵", "嘉", "怡", "诗", "雪", "梓", "晨"});
constexpr auto towns = std::to_array<std::string_view>({"老榕", "义都", "佗石", "鹤坪", "黄埠", "车岗"});
constexpr auto town_heads =
    std::to_array<std::string_view>({"上", "下", "东", "西", "新", "大", "石", "白", "青", "双"});
constexpr auto town_tails =
    std::to_array<std::string_view>({"岭", "溪", "塘", "坪", "埔", "湾", "坑", "桥", "陂", "洲"});

struct Parts {
    std::string_view surname, first, second;
    bool dot;
};

Parts parts_of(std::uint64_t hash) {
    const auto pick = [&hash](std::uint64_t bound) {
        const std::uint64_t drawn = hash % bound;
        hash /= bound;
        return drawn;
    };
    Parts parts{};
    parts.surname = surnames[pick(surnames.size())];
    parts.first = syllables[pick(syllables.size())];
    parts.dot = pick(250) == 0;
    if (parts.dot || pick(5) != 0) parts.second = syllables[pick(syllables.size())];
    return parts;
}

std::string_view next_surname(std::string_view surname) {
    for (std::size_t i = 0; i < surnames.size(); ++i)
        if (surnames[i] == surname) return surnames[(i + 1) % surnames.size()];
    return surnames.front();
}

}  // namespace

bool has_dot(std::uint64_t name_hash) {
    return parts_of(name_hash).dot;
}

bool same_name(std::uint64_t left, std::uint64_t right) {
    const Parts a = parts_of(left), b = parts_of(right);
    return a.surname == b.surname && a.first == b.first && a.second == b.second;
}

void append_name(std::string& out, std::uint64_t hash, NameForm form) {
    const Parts parts = parts_of(hash);
    if (form == NameForm::padded) out += ' ';
    out += form == NameForm::other ? next_surname(parts.surname) : parts.surname;
    if (form == NameForm::parted) out += "　";
    out += parts.first;
    if (parts.dot) out += form == NameForm::dotted ? (hash % 2 == 0 ? "•" : "・") : "·";
    out += parts.second;
    if (form == NameForm::remark) out += "（户主）";
    if (form == NameForm::padded) out += ' ';
}

std::string town_name(std::uint32_t index) {
    if (index < towns.size()) return std::string(towns[index]) + "镇";
    const std::uint32_t rest = index - static_cast<std::uint32_t>(towns.size());
    std::string name(town_heads[rest % town_heads.size()]);
    name += town_tails[(rest / town_heads.size()) % town_tails.size()];
    return name + "镇";
}

}  // namespace doudi::synth
