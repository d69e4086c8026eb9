// SPDX-License-Identifier: Apache-2.0
#include "bench/means_files.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/id_scan.h"

namespace doudi::bench {
namespace {

constexpr std::uint32_t county = 441699;  // belongs to nobody
constexpr std::uint32_t towns = 8;
constexpr std::uint32_t first_town = county * 1'000 + 101;
constexpr std::array<std::string_view, 8> surnames{"王", "李", "张", "刘", "陈", "杨", "赵", "黄"};
constexpr std::array<std::string_view, 8> given{"一", "二", "三", "四", "五一", "六一", "七一", "八一"};
constexpr std::array<std::string_view, 6> kinds{"肢体", "视力", "听力", "言语", "智力", "精神"};
constexpr std::array<std::string_view, 5> relations{"户主", "配偶", "子女", "子女", "父母"};
constexpr std::array<std::string_view, 4> categories{"低保对象", "低保边缘家庭", "特困人员", "其他困难人员"};

// Lines on their way to a file.
class Lines {
  public:
    explicit Lines(const std::filesystem::path& path) : file_(path, std::ios::binary) {}
    template <class... Arguments>
    void put(fmt::format_string<Arguments...> form, Arguments&&... arguments) {
        fmt::format_to(std::back_inserter(text_), form, std::forward<Arguments>(arguments)...);
        if (text_.size() > (1U << 20U)) flush();
    }
    [[nodiscard]] bool done() {
        flush();
        return static_cast<bool>(file_.flush());
    }

  private:
    void flush() {
        file_.write(text_.data(), static_cast<std::streamsize>(text_.size()));
        text_.clear();
    }
    std::ofstream file_;
    std::string text_;
};

class Register {
  public:
    Register(const std::filesystem::path& folder, std::uint64_t seed)
        : households_(folder / households_file), members_(folder / members_file), dice_(seed) {
        households_.put(
            "户编号,区划代码,家庭住址,户主姓名,户主身份证号码,对象类别,纳入日期,家庭财产,机动车辆,年刚性支出,"
            "法定赡养抚养扶养人\n");
        members_.put("户编号,姓名,身份证号码,与户主关系,性别,联系电话,劳动能力,残疾等级,残疾类别,月收入\n");
    }

    void add(std::uint64_t household) {
        const std::uint64_t size = 1 + below(4);
        const std::uint64_t town = below(towns);
        const bool able = below(6) != 0;
        std::string head;
        for (std::uint64_t n = 0; n < size; ++n) add_member(household, n, able, head);
        households_.put("HB{:07},{}{:03},龙泽县{}组{}号,{},{},20{:02}-{:02}-{:02},{},{},{},{}\n", household,
                        first_town + town, 1 + below(12), 1 + below(10), 1 + below(200), head,
                        categories[below(4)], 19 + below(6), 1 + below(12), 1 + below(28),
                        amount(size * below(60'000), 25), below(10) == 0 ? 1 + below(2) : 0,
                        below(3) == 0 ? amount(below(60'000), 15) : "0", below(3) == 0 ? "无" : "有");
    }
    [[nodiscard]] bool done() { return households_.done() && members_.done(); }

  private:
    std::uint64_t below(std::uint64_t count) { return dice_() % count; }

    // Yuan with fen; one in `lacking` is blank.
    std::string amount(std::uint64_t yuan, std::uint64_t lacking) {
        if (below(lacking) == 0) return "";
        return below(4) == 0 ? fmt::format("{}.{:02}", yuan, below(100)) : fmt::format("{}", yuan);
    }

    std::string number() {
        const std::uint64_t birth = (1940 + below(85)) * 10'000 + (1 + below(12)) * 100 + 1 + below(28);
        const std::uint64_t digits = (county * 100'000'000ULL + birth) * 1'000 + below(1'000);
        const std::uint8_t check = id_check_value(digits);
        return check == 10 ? fmt::format("{}X", digits) : fmt::format("{}{}", digits, check);
    }

    void add_member(std::uint64_t household, std::uint64_t n, bool able, std::string& head) {
        const std::string name = fmt::format("{}{}", surnames[below(8)], given[below(8)]);
        const std::string who = number();
        if (n == 0) head = fmt::format("{},{}", name, who);
        const bool disabled = below(12) == 0;
        members_.put("HB{:07},{},{},{},{},1390000{:04},{},{},{},{}\n", household, name, who,
                     relations[std::min<std::uint64_t>(n, 4)], below(2) == 0 ? "男" : "女", below(10'000),
                     able && below(3) != 0 ? "有" : "无", disabled ? fmt::format("{}", 1 + below(4)) : "",
                     disabled ? kinds[below(6)] : "", below(2) == 0 ? "0" : amount(below(6'000), 60));
    }

    Lines households_;
    Lines members_;
    std::mt19937_64 dice_;
};

bool make_parameters(const std::filesystem::path& folder) {
    Lines lines(folder / parameters_file);
    lines.put("区划代码,最低生活保障标准,人均可支配收入\n");
    for (std::uint32_t town = 0; town < towns; ++town)
        lines.put("{},{},{}\n", first_town + town, 500 + 50 * town, 20'000 + 1'500 * town);
    return lines.done();
}

}  // namespace

Result<void> make_means_files(std::uint64_t households, std::uint64_t seed,
                              const std::filesystem::path& folder) {
    Register files(folder, seed);
    for (std::uint64_t household = 0; household < households; ++household) files.add(household);
    if (files.done() && make_parameters(folder)) return {};
    return fail(ErrorKind::io, "cannot_write", {"无法写入文件", "the files cannot be written"},
                folder.string());
}

}  // namespace doudi::bench
