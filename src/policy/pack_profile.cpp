// SPDX-License-Identifier: Apache-2.0
#include "policy/pack_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "policy/load.h"

namespace doudi::policy {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view folder = "profiles/";

}  // namespace

bool is_profile_id(std::string_view id) {
    return id.starts_with(folder) && id.size() > folder.size() && id[folder.size()] != '.' &&
           id.find('/', folder.size()) == std::string_view::npos;
}

std::vector<std::string> profile_ids(const fs::path& packs_folder) {
    std::vector<std::string> ids;
    for (const std::string& name : pack_ids(packs_folder / folder)) ids.push_back(std::string(folder) + name);
    return ids;
}

std::optional<Profile> read_monitors_by(const YamlValue& value, const PackName& pack, const fs::path& packs) {
    if (value.is_null()) return std::nullopt;
    const auto record = value.record({"profile", "settles", "cite"});
    if (!record) return std::nullopt;
    Profile profile;
    profile.settles = record->need_bilingual("settles");
    profile.cite = read_citation(*record, pack);
    const YamlValue* named = record->need("profile");
    const std::string name = named == nullptr ? "" : named->text().value_or("");
    if (name.empty()) return std::nullopt;
    profile.id = std::string(folder) + name;
    const std::vector<std::string> ids = profile_ids(packs);
    if (std::ranges::find(ids, profile.id) != ids.end()) return profile;
    std::vector<std::string_view> known(ids.begin(), ids.end());
    for (std::string_view& one : known) one.remove_prefix(folder.size());
    named->unknown_name("unknown_profile", "监测方案", "profile", name, known);
    return std::nullopt;
}

// Clauses are shown alone, or beside the one that states the weight.
bool Profile::states(std::string_view clause) const {
    const std::string mark = id + "@";
    for (std::size_t at = clause.find(mark); at != std::string_view::npos; at = clause.find(mark, at + 1)) {
        if (at == 0 || clause.substr(0, at).ends_with("；")) return true;
    }
    return false;
}

}  // namespace doudi::policy
