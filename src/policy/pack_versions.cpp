// SPDX-License-Identifier: Apache-2.0
#include "policy/pack_versions.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "policy/folder.h"
#include "policy/load.h"

namespace doudi::policy {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> version_folders(const fs::path& pack_folder) {
    std::vector<fs::path> folders;
    std::error_code status;
    for (fs::directory_iterator at(pack_folder / "versions", status), end; !status && at != end;
         at.increment(status)) {
        if (at->is_directory(status)) folders.push_back(at->path());
    }
    std::ranges::sort(folders);
    return folders;
}

void check_version(const YamlValue& file, const fs::path& folder, const std::string& pack_id,
                   const Pack& version) {
    if (!version.id.empty() && version.id != pack_id) {
        file.fault("pack_id", fmt::format("包的标识“{}”应与文件夹名“{}”相同", version.id, pack_id),
                   fmt::format("the pack's id '{}' must be its folder's name '{}'", version.id, pack_id));
    }
    if (folder.filename() != version.effective_from.iso()) {
        file.fault("version_folder", fmt::format("文件夹名应为施行起日 {}", version.effective_from.iso()),
                   fmt::format("the folder's name must be its first day, {}", version.effective_from.iso()));
    }
}

bool holds_on(const Pack& pack, Date day) {
    return pack.effective_from <= day && (!pack.effective_to || day <= *pack.effective_to);
}

}  // namespace

std::vector<PackVersion> read_versions(const fs::path& packs_folder, const std::string& pack_id,
                                       Faults& faults) {
    std::vector<PackVersion> versions;
    for (const fs::path& folder : version_folders(packs_folder / pack_id)) {
        const fs::path path = folder / "pack.yaml";
        const auto file = read_yaml_file(path, shown_name(packs_folder, path), faults);
        if (!file) continue;
        PackHeader header = read_pack_header(*file);
        check_version(*file, folder, pack_id, header.pack);
        header.pack.id = pack_id;
        if (!versions.empty()) {
            const Pack& before = versions.back().header.pack;
            if (!before.effective_to || *before.effective_to >= header.pack.effective_from) {
                file->fault("versions_overlap",
                            fmt::format("与 {} 起的版本时间重叠", before.effective_from.iso()),
                            fmt::format("it overlaps with the version from {}", before.effective_from.iso()));
            }
        }
        versions.push_back({folder, std::move(header)});
    }
    return versions;
}

const PackVersion* version_on(const std::vector<PackVersion>& versions, std::optional<Date> day) {
    if (!day) {
        const bool open = !versions.empty() && !versions.back().header.pack.effective_to;
        return open ? &versions.back() : nullptr;
    }
    const auto found = std::ranges::find_if(
        versions, [&](const PackVersion& version) { return holds_on(version.header.pack, *day); });
    return found == versions.end() ? nullptr : &*found;
}

std::vector<Date> pack_days(const fs::path& packs_folder, std::string_view pack_id) {
    Faults ignored;  // whoever loads the pack is told
    std::vector<Date> days;
    const fs::path path = packs_folder / pack_id / "pack.yaml";
    const auto file = read_yaml_file(path, path.string(), ignored);
    if (!file) return days;
    days.push_back(read_pack_header(*file).pack.effective_from);
    for (const PackVersion& version : read_versions(packs_folder, std::string(pack_id), ignored)) {
        days.push_back(version.header.pack.effective_from);
        // From the day after it the pack reads as its own folder has it, or as another version does.
        if (const auto& last = version.header.pack.effective_to) days.push_back(*last + 1);
    }
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

}  // namespace doudi::policy
