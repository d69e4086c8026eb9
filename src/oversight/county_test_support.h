// SPDX-License-Identifier: Apache-2.0
// The sample county, imported with what its departments told by the end of the half-year.
#pragma once
#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <vector>

#include "match/import.h"
#include "oversight/register_cases.h"
#include "policy/load.h"
#include "store/test_folder.h"

namespace doudi::oversight {

inline const std::filesystem::path source = DOUDI_SOURCE_DIR;
inline const std::filesystem::path county = source / "samples" / "longchuan";
inline const AsOf half_year{*Date::from_ymd(2025, 6, 30)};

inline policy::Pack pack_of(const policy::DatasetCatalogue& catalogue, std::string_view id, Date day) {
    const policy::LoadOptions options{.day = day, .parameter_files = {county / "parameters.yaml"}};
    auto pack = policy::load_pack(source / "packs", id, catalogue, options);
    REQUIRE_MESSAGE(pack.has_value(), pack.error().front().message(Lang::en));
    return std::move(*pack);
}

struct County {
    store::TestFolder folder;
    policy::Policy policy;
    std::unique_ptr<store::DataFolder> store;

    County() {
        auto loaded = policy::load_policy(source, "guangdong-2021");
        REQUIRE(loaded.has_value());
        policy = std::move(*loaded);
        auto made = store::DataFolder::create(folder.path() / "data");
        REQUIRE(made.has_value());
        store = std::make_unique<store::DataFolder>(std::move(*made));
        const std::vector<std::filesystem::path> paths{county / "registry", county / "2025Q2",
                                                       county / "means"};
        const auto imported = match::import_files(*store, policy, paths, {.as_of = half_year});
        REQUIRE(imported.has_value());
        REQUIRE_FALSE(imported->any_refused());
    }
    [[nodiscard]] RegisterCases cases(const policy::Law& law, AsOf as_of) const {
        auto read = read_register_cases(*store, policy.catalogue, law, as_of);
        REQUIRE(read.has_value());
        return std::move(*read);
    }
};

}  // namespace doudi::oversight
