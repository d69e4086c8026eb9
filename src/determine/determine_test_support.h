// SPDX-License-Identifier: Apache-2.0
// For the room's tests: an invented notice as a pack in a temporary folder, and cases on it.
#pragma once
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/result.h"
#include "base/test_values.h"
#include "determine/case_reader.h"
#include "determine/determine.h"
#include "policy/load.h"

namespace doudi::determine::test {

inline constexpr std::string_view header = R"(id: trial
version: "3"
title: {zh: 试验规则, en: Trial}
source: 试验
region_scope: "44"
effective: {from: 2025-01-01}
public: true
)";

// The invented notice of testdata/trial, with some of its files in other words.
class TestPack {
  public:
    struct File {
        std::string_view name;
        std::string_view text;
    };

    explicit TestPack(std::vector<File> files = {}, bool on_trial = true) {
        std::string pattern = (std::filesystem::temp_directory_path() / "doudi-determine-XXXXXX").string();
        ensure(mkdtemp(pattern.data()) != nullptr, "a temporary folder");
        root_ = pattern;
        const std::filesystem::path folder = root_ / "packs" / "trial";
        std::filesystem::create_directories(folder);
        if (on_trial) {
            std::filesystem::copy(
                std::filesystem::path(DOUDI_SOURCE_DIR) / "src/determine/testdata/trial", folder,
                std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
        } else {
            std::ofstream(folder / "pack.yaml") << header;
        }
        for (const File& file : files) std::ofstream(folder / file.name) << file.text;
        auto loaded = policy::load_pack(root_ / "packs", "trial", {});
        if (!loaded) {
            for (const Error& error : loaded.error()) MESSAGE(error.message(Lang::en));
        }
        REQUIRE(loaded.has_value());
        pack_ = std::move(*loaded);
    }
    ~TestPack() {
        std::error_code ignored;
        std::filesystem::remove_all(root_, ignored);
    }
    TestPack(const TestPack&) = delete;
    TestPack& operator=(const TestPack&) = delete;

    [[nodiscard]] const policy::Law& law() const { return pack_.law; }
    [[nodiscard]] const policy::Pack& pack() const { return pack_; }
    [[nodiscard]] const std::filesystem::path& root() const { return root_; }

    [[nodiscard]] Case told(const std::string& text) const {
        auto read = read_case(text, "case.yaml", law());
        if (!read) {
            for (const Error& error : read.error()) MESSAGE(error.message(Lang::en));
        }
        REQUIRE(read.has_value());
        return std::move(*read);
    }
    [[nodiscard]] std::vector<std::string> faults(const std::string& text) const {
        const auto read = read_case(text, "case.yaml", law());
        std::vector<std::string> all;
        if (read) return all;
        for (const Error& error : read.error()) all.push_back(error.where + " " + error.code);
        return all;
    }

  private:
    std::filesystem::path root_;
    policy::Pack pack_;
};

inline const TestPack& trial() {
    static const TestPack pack;
    return pack;
}

// Three people, the standard is 632 yuan.
inline std::string family(const std::string& household) {
    std::string members;
    for (const char* name : {"甲", "乙", "丙"})
        members += std::string("  - {name: ") + name +
                   ", birth_date: 1980-01-01, counts_as_member: true, has_supporter: true, disability_level: "
                   "null}\n";
    return "region: \"441699001001\"\nas_of: 2025-06-30\nparameters: {mlg_standard_month: 632.00}\n"
           "household: {residence_kind: rural, relapse_listed: false" +
           household + "}\nmembers:\n" + members +
           "application: {authorised_on: 2025-01-01, emergency: false}\n";
}

// An answer with what it points into.
struct Answered {
    Answered(const TestPack& test_pack, const std::string& text)
        : pack(test_pack),
          told(test_pack.told(text)),
          answer(determine(test_pack.law(), told, {"trial", "3", "hash", "", "calendar"})) {}
    Answered(const Answered&) = delete;
    Answered& operator=(const Answered&) = delete;

    [[nodiscard]] const CategoryAnswer& category(std::string_view id, int member = -1) const {
        for (const CategoryAnswer& one : answer.categories) {
            if (law().categories[static_cast<std::size_t>(one.category)].id == id && one.member == member)
                return one;
        }
        FAIL("no such category");
        return answer.categories.front();
    }
    [[nodiscard]] const BenefitAnswer& benefit(std::string_view id, int member = -1) const {
        for (const BenefitAnswer& one : answer.benefits) {
            if (law().benefits[static_cast<std::size_t>(one.benefit)].id == id && one.member == member)
                return one;
        }
        FAIL("no such benefit");
        return answer.benefits.front();
    }
    [[nodiscard]] std::string set(int member) const {
        const MemberSet& one = answer.sets[static_cast<std::size_t>(member)];
        std::string ids;
        for (const int category : one.categories)
            ids += law().categories[static_cast<std::size_t>(category)].id + " ";
        return ids + (one.exclusive_undecided ? "undecided" : "");
    }
    [[nodiscard]] const policy::Law& law() const { return pack.law(); }

    const TestPack& pack;
    Case told;
    Determination answer;
};

}  // namespace doudi::determine::test
