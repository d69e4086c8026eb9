// SPDX-License-Identifier: Apache-2.0
// Every kind of fault of a law's logic as a small notice that has it: testdata/bad_logic/<what>/ holds its
// files, `expected` what is said of it, with file, line and column of both rules, in both languages. To
// accept new wording, run with DOUDI_WRITE_GOLDEN=1 and read the difference.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

#include "determine/determine_test_support.h"
#include "determine/pack_logic.h"

namespace doudi::determine {
namespace {

namespace fs = std::filesystem;
using test::Answered;
using test::TestPack;

const fs::path bad_logic = fs::path(DOUDI_SOURCE_DIR) / "src/determine/testdata/bad_logic";

std::string read_text(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The notice of that folder, and the faults found in it.
struct BadNotice {
    explicit BadNotice(const fs::path& folder)
        : texts(texts_of(folder)),
          pack(files(), false),
          faults(logic_faults(pack.pack(), pack.pack().effective_from)) {}

    [[nodiscard]] std::string said() const {
        std::string lines;
        for (const LogicFault& fault : faults)
            lines += fault.name + " " + fault.error.code + "\n  " + fault.error.message(Lang::en) + "\n  " +
                     fault.error.message(Lang::zh) + "\n";
        return lines;
    }

    static std::map<std::string, std::string> texts_of(const fs::path& folder) {
        std::map<std::string, std::string> all;
        for (const fs::directory_entry& entry : fs::directory_iterator(folder))
            if (entry.path().extension() == ".yaml")
                all[entry.path().filename().string()] = read_text(entry.path());
        return all;
    }
    [[nodiscard]] std::vector<TestPack::File> files() const {
        std::vector<TestPack::File> all;
        for (const auto& [name, text] : texts) all.push_back({name, text});
        return all;
    }

    std::map<std::string, std::string> texts;
    TestPack pack;
    std::vector<LogicFault> faults;
};

TEST_CASE("each kind of fault of a law's logic is said with file, line and column of both rules") {
    std::size_t seen = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(bad_logic)) {
        ++seen;
        const BadNotice notice(entry.path());
        const fs::path golden = entry.path() / "expected";
        if (std::getenv("DOUDI_WRITE_GOLDEN") != nullptr)
            std::ofstream(golden, std::ios::binary) << notice.said();
        CHECK_MESSAGE(notice.said() == read_text(golden), entry.path().filename().string());
        CHECK_MESSAGE(!notice.faults.empty(), entry.path().filename().string());
    }
    CHECK(seen >= 9);
}

TEST_CASE("a gap of a fen, a day, a birthday or a year of age comes with a case that determine leaves bare") {
    for (const char* what : {"gap_of_a_fen", "gap_of_a_day", "gap_of_a_birthday", "gap_of_a_year_of_age"}) {
        CAPTURE(what);
        const BadNotice notice(bad_logic / what);
        REQUIRE(notice.faults.size() == 1);
        const Answered told(notice.pack, notice.faults[0].witness);
        for (const CategoryAnswer& one : told.answer.categories)
            if (one.member <= 0) CHECK(one.verdict == Verdict::no);
    }
}

TEST_CASE("two grants that meet at one age only are found there, and so is the age that none of them takes") {
    const BadNotice both(bad_logic / "two_grants_at_one_age");
    REQUIRE(both.faults.size() == 1);
    const BadNotice none(bad_logic / "no_grant_at_one_age");
    REQUIRE(none.faults.size() == 1);
    for (const BadNotice* notice : {&both, &none}) {
        const Answered told(notice->pack, notice->faults[0].witness);
        const Facts facts(told.law(), told.told);
        const int age = told.law().fact_of(policy::Subject::person, "age");
        bool any = false;
        for (int member = 0; member < facts.members(); ++member)
            any = any || facts.fact(age, member).as_integer() == 16;
        CHECK(any);
    }
}

TEST_CASE("the same notices without the fault have none") {
    const auto faults = [](const char* what, const char* file, std::string_view wrong,
                           std::string_view right) {
        std::map<std::string, std::string> texts = BadNotice::texts_of(bad_logic / what);
        std::string& text = texts[file];
        const std::size_t at = text.find(wrong);
        REQUIRE(at != std::string::npos);
        text.replace(at, wrong.size(), right);
        std::vector<TestPack::File> files;
        for (const auto& [name, one] : texts) files.push_back({name, one});
        const TestPack pack(files, false);
        return logic_faults(pack.pack(), pack.pack().effective_from).size();
    };
    CHECK(faults("gap_of_a_fen", "categories.yaml", "income_month > yuan(800)",
                 "income_month >= yuan(800)") == 0);
    CHECK(faults("gap_of_a_year_of_age", "categories.yaml", "person.age > 16", "person.age >= 16") == 0);
    CHECK(faults("gap_of_a_day", "categories.yaml", "job_lost_on < 30", "job_lost_on <= 30") == 0);
    CHECK(faults("gap_of_a_birthday", "categories.yaml", "addMonths(192) < as_of",
                 "addMonths(192) <= as_of") == 0);
    CHECK(faults("no_grant_at_one_age", "benefits.yaml", "person.age > 16", "person.age >= 16") == 0);
    CHECK(faults("two_grants_at_one_age", "benefits.yaml", "person.age <= 16", "person.age < 16") == 0);
}

}  // namespace
}  // namespace doudi::determine
