// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <system_error>

#include "policy/folder.h"
#include "policy/load.h"

namespace doudi::policy {

namespace fs = std::filesystem;

namespace {

bool holds_the_law(const fs::path& root) {
    std::error_code ignored;
    return fs::is_directory(root / "datasets", ignored) && fs::is_directory(root / "packs", ignored) &&
           fs::is_directory(root / "calendar", ignored);
}

void append(std::vector<Error>& all, std::vector<Error> more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

Loaded<Policy> load_policy(const fs::path& root, std::string_view pack_id, const LoadOptions& options) {
    Loaded<DatasetCatalogue> catalogue = load_datasets(root / "datasets");
    if (catalogue) return load_policy(root, std::move(*catalogue), pack_id, options);
    // Without its datasets a pack would only show faults that are none of its own.
    std::vector<Error> errors;
    const Loaded<WorkingCalendar> calendar = load_calendar(root / "calendar");
    if (!calendar) errors = calendar.error();
    append(errors, std::move(catalogue.error()));
    return std::unexpected(std::move(errors));
}

Loaded<Policy> load_policy(const fs::path& root, DatasetCatalogue catalogue, std::string_view pack_id,
                           const LoadOptions& options) {
    std::vector<Error> errors;
    Loaded<WorkingCalendar> calendar = load_calendar(root / "calendar");
    if (!calendar) append(errors, std::move(calendar.error()));
    const fs::path packs = options.packs.empty() ? root / "packs" : options.packs;
    Loaded<Pack> pack = load_pack(packs, pack_id, catalogue, options);
    if (!pack) append(errors, std::move(pack.error()));
    if (pack && pack->is_profile) {
        errors.push_back(
            {ErrorKind::invalid,
             "profile_is_no_pack",
             {fmt::format("“{}”是监测方案，不是政策包：请使用以它监测（monitors_by）的政策包", pack_id),
              fmt::format("'{}' is a profile and no pack: take a pack that monitors by it (monitors_by)",
                          pack_id)},
             {}});
    }
    if (!errors.empty()) return std::unexpected(std::move(errors));

    Faults ignored;  // the folder was listed a moment ago
    const std::string calendar_hash = fingerprint(yaml_files(root / "calendar", ignored));
    return Policy{std::move(catalogue), std::move(*pack), std::move(*calendar), calendar_hash};
}

std::vector<std::string> pack_ids(const fs::path& packs_folder) {
    std::vector<std::string> ids;
    std::error_code status;
    for (fs::directory_iterator at(packs_folder, status), end; !status && at != end; at.increment(status)) {
        std::error_code ignored;
        if (fs::exists(at->path() / "pack.yaml", ignored)) ids.push_back(at->path().filename().string());
    }
    std::ranges::sort(ids);
    return ids;
}

std::vector<std::string> packs_that_monitor(const fs::path& root, const DatasetCatalogue& catalogue) {
    std::vector<std::string> ids = pack_ids(root / "packs");
    std::erase_if(ids, [&](const std::string& id) {
        const Loaded<Pack> pack = load_pack(root / "packs", id, catalogue);
        return !pack || !pack->can_monitor();
    });
    return ids;
}

Result<fs::path> find_policy_root() {
    if (const char* home = std::getenv("DOUDI_HOME"); home != nullptr && *home != '\0') {
        if (holds_the_law(home)) return fs::path(home);
        return fail(ErrorKind::not_found, "policy_root",
                    {"DOUDI_HOME 下没有 datasets、packs 和 calendar 文件夹",
                     "DOUDI_HOME holds no folders datasets, packs and calendar"},
                    home);
    }
    std::error_code status;
    const fs::path program = fs::read_symlink("/proc/self/exe", status);
    if (!status) {
        const fs::path installed = program.parent_path().parent_path() / "share" / "doudi";
        if (holds_the_law(installed)) return installed;
        for (fs::path above = program.parent_path(); above.has_relative_path(); above = above.parent_path()) {
            if (holds_the_law(above)) return above;
        }
    }
    return fail(ErrorKind::not_found, "policy_root",
                {"找不到 datasets、packs 和 calendar 文件夹；请设置 DOUDI_HOME",
                 "the folders datasets, packs and calendar were not found; set DOUDI_HOME"});
}

}  // namespace doudi::policy
