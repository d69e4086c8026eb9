// SPDX-License-Identifier: Apache-2.0
#include "synth/synth.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "synth/feeds.h"
#include "synth/file_out.h"
#include "synth/judge.h"
#include "synth/plan.h"
#include "synth/profile.h"

namespace fs = std::filesystem;
using namespace doudi;
using namespace doudi::synth;

namespace {

class Folder {
  public:
    explicit Folder(const std::string& name)
        : path_(fs::temp_directory_path() / ("doudi-synth-" + std::to_string(::getpid()) + "-" + name)) {
        fs::remove_all(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

std::string slurp(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> lines_of(const fs::path& path) {
    std::istringstream in(slurp(path));
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        lines.push_back(line);
    }
    return lines;
}

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    for (const char character : line) {
        if (character == ',')
            cells.emplace_back();
        else
            cells.back() += character;
    }
    return cells;
}

std::map<std::string, std::string> bytes_below(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) files[fs::relative(entry.path(), folder).string()] = slurp(entry.path());
    return files;
}

SynthReport make(const Folder& folder, SynthOptions options) {
    options.out = folder.path();
    const auto report = make_county(options);
    REQUIRE_MESSAGE(report.has_value(), (report ? "" : report.error().message(Lang::en)));
    return *report;
}

// GB 11643 once more, by the congruence instead of the table: the weighted sum with the check digit is 1
// modulo 11.
bool number_holds(const std::string& number) {
    if (number.size() != 18) return false;
    int sum = 0, weight = 1;
    for (std::size_t i = 18; i-- > 0;) {
        const int digit = number[i] == 'X' || number[i] == 'x' ? 10 : number[i] - '0';
        sum += digit * weight;
        weight = weight * 2 % 11;
    }
    return sum % 11 == 1;
}

}  // namespace

TEST_CASE("the same options give the same bytes, whatever the threads") {
    const Folder one("one"), many("many"), other("other");
    make(one, {.residents = 12'000, .seed = 5, .out = {}, .feed_rows = 60'000, .threads = 1});
    make(many, {.residents = 12'000, .seed = 5, .out = {}, .feed_rows = 60'000, .threads = 7});
    make(other, {.residents = 12'000, .seed = 6, .out = {}, .feed_rows = 60'000, .threads = 7});
    const auto left = bytes_below(one.path()), right = bytes_below(many.path()),
               third = bytes_below(other.path());
    REQUIRE(left.size() == right.size());
    for (const auto& [name, bytes] : left) CHECK_MESSAGE(bytes == right.at(name), name);
    CHECK(left.at("registry/低收入人口_家庭.csv") != third.at("registry/低收入人口_家庭.csv"));
}

TEST_CASE("a small untidy county has the sample's files under the sample's headings") {
    const Folder folder("forms");
    const SynthReport report = make(folder, {.residents = 20'000, .seed = 3, .out = {}});
    CHECK(report.persons == 1000);
    for (const char* name :
         {"registry/低收入人口_成员.xlsx", "2025Q2/残联_残疾人证名册.xlsx", "2025Q3/教育_新生入学名单.xlsx",
          "2025Q2/信访_来访线索.xlsx", "2025Q3/民政_火化登记.xlsx", "close-2025Q2.csv", "truth/events.csv"})
        CHECK_MESSAGE(fs::exists(folder.path() / name), name);
    CHECK_FALSE(fs::exists(folder.path() / "2025Q2/教育_高校录取名单.csv"));
    CHECK(lines_of(folder.path() / "registry/低收入人口_家庭.csv")[0] ==
          "\xEF\xBB\xBF户编号,区划代码,家庭住址,户主姓名,户主身份证号,对象类别,纳入日期,月人均收入（元）");
    CHECK(lines_of(folder.path() / "2025Q2/人社_失业登记.csv")[0] ==
          "姓名,身份证号码,登记日期,登记状态,失业原因");
    CHECK(lines_of(folder.path() / "2025Q3/教育_高校录取名单.csv")[0] ==
          "\xEF\xBB\xBF姓名,身份证号,录取院校,培养层次,学习形式,录取日期");
    // GB18030: the first heading is 姓名.
    CHECK(slurp(folder.path() / "2025Q2/医保_慢特病与重大疾病备案.csv").starts_with("\xD0\xD5\xC3\xFB,"));
}

TEST_CASE(
    "every number of a county carries an unassigned county code, and the register's check digits hold") {
    const Folder folder("numbers");
    make(folder, {.residents = 30'000, .seed = 8, .out = {}, .style = Style::plain_csv});
    const auto members = lines_of(folder.path() / "registry/低收入人口_成员.csv");
    REQUIRE(members.size() == 1501);
    std::set<std::string> numbers;
    for (std::size_t i = 1; i < members.size(); ++i) {
        const std::string number = cells_of(members[i]).at(2);
        CHECK(number.starts_with("441699"));
        CHECK_MESSAGE((number.size() == 15 || number_holds(number)), "row " << i);
        CHECK(numbers.insert(number).second);
    }
    const auto roll = lines_of(folder.path() / "2025Q2/残联_残疾人证名册.csv");
    std::size_t good = 0, bad = 0;
    for (std::size_t i = 1; i < roll.size(); ++i) {
        const std::string number = cells_of(roll[i]).at(1);
        if (number.size() != 18 || number[0] != '4') continue;
        CHECK(number.starts_with("441699"));
        ++(number_holds(number) ? good : bad);
    }
    CHECK(good > 50 * bad);
    CHECK(bad > 0);
}

TEST_CASE("the truth's sums are consistent") {
    const Folder folder("sums");
    const SynthReport report =
        make(folder, {.residents = 40'000, .seed = 4, .out = {}, .style = Style::plain_csv});
    std::uint64_t rows = 0;
    for (const char* quarter : {"2025Q2", "2025Q3"}) {
        const auto quality = lines_of(folder.path() / "truth" / ("quality-" + std::string(quarter) + ".csv"));
        for (std::size_t i = 1; i < quality.size(); ++i) {
            const auto cells = cells_of(quality[i]);
            std::uint64_t sum = 0;
            for (std::size_t column = 2; column < cells.size(); ++column) sum += std::stoull(cells[column]);
            CHECK(sum == std::stoull(cells[1]));
            CHECK(lines_of(folder.path() / quarter / cells[0]).size() == sum + 1);
            rows += sum;
        }
    }
    CHECK(rows == report.rows);

    std::map<std::string, int> points;
    for (const Indicator& indicator : load_profile().indicators) points[indicator.name] = indicator.points;
    const auto warnings = lines_of(folder.path() / "truth/warnings-2025Q3.csv");
    CHECK(warnings.size() == report.warnings + 1);
    std::map<std::string, int> levels;
    for (std::size_t i = 1; i < warnings.size(); ++i) {
        const auto cells = cells_of(warnings[i]);
        int score = 0;
        std::istringstream names(cells.at(5));
        for (std::string name; std::getline(names, name, ';');) score += points.at(name);
        CHECK(score == std::stoi(cells[1]));
        CHECK((cells[2] == "green") == cells[4].empty());
        ++levels[cells[2]];
    }
    for (const char* level : {"green", "blue", "yellow", "orange", "red"})
        CHECK_MESSAGE(levels[level] > 0, level);

    std::map<std::string, int> dispositions;
    for (const std::string& line : lines_of(folder.path() / "truth/events.csv"))
        ++dispositions[cells_of(line).at(7)];
    CHECK(dispositions["counted"] == static_cast<int>(report.counted));
    for (const char* met : {"repeated", "old", "held", "review", "rejected", "duplicate", "off", "no_status",
                            "takes_back", "other_parent", "household_exits"})
        CHECK_MESSAGE(dispositions[met] > 0, met);
}

TEST_CASE("a clean county has no warning, no exit and no event") {
    const Folder folder("clean");
    const SynthReport report = make(folder, {.residents = 20'000, .seed = 2, .out = {}, .clean = true});
    CHECK(report.warnings == 0);
    CHECK(report.counted == 0);
    CHECK(report.rows > 1000);
    for (const char* name : {"warnings-2025Q2.csv", "warnings-2025Q3.csv", "natural-exits-2025Q3.csv"})
        CHECK_MESSAGE(lines_of(folder.path() / "truth" / name).size() == 1, name);
}

TEST_CASE("the wanted number of rows is written to the row") {
    const Folder folder("rows");
    CHECK(make(folder,
               {.residents = 8'000, .seed = 1, .out = {}, .style = Style::plain_csv, .feed_rows = 50'000})
              .rows == 50'000);
}

TEST_CASE("a wrong digit is planted only where it points to one person, and between namesakes to two") {
    const People people(40'000, 11);
    const Plan plan = make_plan(people, 11, {.density = 2, .clean = false}, 2);
    std::map<int, int> met;
    for (const auto& quarter : plan.rows) {
        for (const Rows& rows : quarter) {
            for (const Row& row : rows) {
                if (row.first.number != NumberForm::substituted) continue;
                const Number damaged = substitute(people.number(row.first.who), row.first.salt);
                CHECK_FALSE(number_holds(std::string(text_of(damaged))));
                if (people.is_registered(row.first.who))
                    ++met[people.lookalikes(damaged, people.name_hash(row.first.who))];
            }
        }
    }
    CHECK(met[1] > 10);
    CHECK(met[2] == static_cast<int>(people.namesakes().size()));
    CHECK(met.size() == 2);
}

TEST_CASE("the truth's calendar passes the first week of October and works on the eleventh") {
    const Profile profile = load_profile();
    const auto iso = [](std::string_view text) { return Date::parse_iso(text).value(); };
    CHECK(profile.due(iso("2025-06-30"), 10) == iso("2025-07-14"));
    CHECK(profile.due(iso("2025-09-30"), 3) == iso("2025-10-11"));
    CHECK(profile.due(iso("2025-09-30"), 5) == iso("2025-10-14"));
}

TEST_CASE("options that make no sense are refused, and nothing is overwritten") {
    const Folder folder("refused");
    const auto code = [&](SynthOptions options) {
        options.out = folder.path();
        const auto report = make_county(options);
        return report ? std::string("made") : report.error().code;
    };
    CHECK(code({.residents = 399, .out = {}}) == "synth_residents");
    CHECK(code({.residents = 150'000'001, .out = {}}) == "synth_residents");
    CHECK(code({.residents = 400, .out = {}, .feed_rows = most_feed_rows + 1}) == "synth_feed_rows");
    CHECK(code({.residents = 400, .out = {}, .feed_rows = static_cast<std::uint64_t>(-5)}) ==
          "synth_feed_rows");
    CHECK_FALSE(fs::exists(folder.path()));
    CHECK(code({.residents = 400, .out = {}, .quarters = 3}) == "synth_quarters");
    CHECK(code({.residents = 400, .out = {}, .quarters = 1, .density = 9}) == "synth_density");
    CHECK(code({.residents = 400, .out = {}}) == "made");
    CHECK(code({.residents = 400, .out = {}}) == "synth_out_not_empty");
}

TEST_CASE("a full disk is called one") {
    auto file = FileOut::create("/dev/full");
    REQUIRE(file);
    file->write("x");
    const auto closed = file->close();
    REQUIRE_FALSE(closed);
    CHECK(closed.error().text.zh == "无法写入文件：磁盘已满");
    CHECK(closed.error().text.en == "the file cannot be written: the disk is full");
    CHECK(closed.error().where == "full");
}

TEST_CASE("a county that cannot be written to its end leaves nothing, and an empty folder empty") {
    // A disk that takes no file of more than 20 KB.
    rlimit before{};
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{20'000, before.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
    const Folder folder("half");
    const SynthOptions options{.residents = 20'000, .out = folder.path()};
    const auto absent = make_county(options);
    const bool gone = !fs::exists(folder.path());
    fs::create_directory(folder.path());
    const auto empty = make_county(options);
    const bool emptied = fs::is_empty(folder.path());
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    REQUIRE_FALSE(absent);
    REQUIRE_FALSE(empty);
    CHECK(gone);
    CHECK(emptied);
    CHECK(absent.error().text.zh.ends_with("；已生成的部分已删除"));
    CHECK(absent.error().text.en.find("File too large") != std::string::npos);
    CHECK(make_county({.residents = 400, .out = folder.path()}));
}
