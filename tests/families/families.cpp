// SPDX-License-Identifier: Apache-2.0
#include "families/families.h"

#include <doctest/doctest.h>

#include <map>

#include "policy/load.h"

namespace doudi::families {

namespace fs = std::filesystem;

namespace {

void show(const std::vector<Error>& errors) {
    for (const Error& error : errors) MESSAGE(error.message(Lang::en));
}

std::vector<determine::GoldenCase> read_or_fail(
    std::expected<std::vector<determine::GoldenCase>, std::vector<Error>> read) {
    if (!read) show(read.error());
    REQUIRE(read.has_value());
    return std::move(*read);
}

}  // namespace

fs::path folder() {
    return fs::path(DOUDI_SOURCE_DIR) / "tests/families";
}

const policy::Pack& pack_of(std::string_view notice) {
    static std::map<std::string, policy::Policy, std::less<>> loaded;
    const auto found = loaded.find(notice);
    if (found != loaded.end()) return found->second.pack;
    policy::Loaded<policy::Policy> fresh = policy::load_policy(DOUDI_SOURCE_DIR, notice);
    if (!fresh) show(fresh.error());
    REQUIRE(fresh.has_value());
    return loaded.emplace(notice, std::move(*fresh)).first->second.pack;
}

std::vector<determine::GoldenCase> entries_of(std::string_view family, std::string_view notice) {
    const std::string name = std::string(family) + ".yaml";
    return read_or_fail(determine::read_golden_file(folder() / name, "tests/families/" + name,
                                                    pack_of(notice).law, std::string(notice)));
}

std::vector<determine::GoldenCase> golden_cases_of(std::string_view notice) {
    const fs::path cases = fs::path(DOUDI_SOURCE_DIR) / "packs" / notice / "cases";
    return read_or_fail(determine::read_golden_cases(cases, pack_of(notice).law));
}

}  // namespace doudi::families
