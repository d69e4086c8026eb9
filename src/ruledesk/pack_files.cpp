// SPDX-License-Identifier: Apache-2.0
#include "ruledesk/pack_files.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "policy/folder.h"

namespace doudi::ruledesk {

namespace fs = std::filesystem;

namespace {

std::unexpected<Error> not_written() {
    return fail(ErrorKind::io, "pack_folder", {"无法写出规则包", "the pack cannot be laid out"});
}

// Golden cases and what serves each clause decide nothing.
bool decides(const fs::path& below) {
    if (below.extension() != ".yaml" || below.filename() == "coverage.yaml") return false;
    return std::ranges::none_of(below, [](const fs::path& part) { return part == "cases"; });
}

Result<void> add_files(const fs::path& packs, const std::string& id, std::vector<PackFile>& files) {
    std::error_code failure;
    for (const auto& entry : fs::recursive_directory_iterator(packs / id, failure)) {
        const fs::path below = entry.path().lexically_relative(packs);
        if (!entry.is_regular_file() || !decides(below)) continue;
        files.push_back({below.generic_string(), TRY(policy::read_whole_file(entry.path()))});
    }
    if (!failure) return {};
    return fail(ErrorKind::io, "pack_folder", {"无法读取规则包", "the pack cannot be read"});
}

}  // namespace

Result<std::vector<PackFile>> files_of(const fs::path& packs, const policy::Pack& pack) {
    std::vector<PackFile> files;
    TRY_VOID(add_files(packs, pack.id, files));
    for (const auto& id : pack.extends) TRY_VOID(add_files(packs, id, files));
    if (pack.profile) TRY_VOID(add_files(packs, pack.profile->id, files));
    std::ranges::sort(files, {}, &PackFile::path);
    return files;
}

Result<LaidOutPacks> LaidOutPacks::lay_out(std::span<const PackFile> files) {
    std::string name = (fs::temp_directory_path() / "doudi-packs-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) return not_written();
    const std::shared_ptr<const fs::path> folder(new fs::path(name), [](const fs::path* path) {
        std::error_code ignored;
        fs::remove_all(*path, ignored);
        delete path;
    });
    // The folder's name stands in faults; packs are shown as packs/….
    const auto packs = std::make_shared<const fs::path>(*folder / "packs");
    for (const PackFile& file : files) {
        const fs::path path = *packs / file.path;
        std::error_code failure;
        fs::create_directories(path.parent_path(), failure);
        std::ofstream out(path, std::ios::binary);
        out << file.body;
        if (failure || !out.flush()) return not_written();
    }
    return LaidOutPacks(std::shared_ptr<const fs::path>(packs.get(), [folder, packs](const fs::path*) {}));
}

}  // namespace doudi::ruledesk
