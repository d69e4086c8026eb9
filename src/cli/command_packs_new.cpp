// SPDX-License-Identifier: Apache-2.0
// packs new: a skeleton of a city's pack, which loads and passes its own cases from the first minute.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "cli/output_file.h"
#include "cli/packs_root.h"
#include "policy/load.h"

namespace doudi::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* skeleton_ending = ".in";

struct Options {
    std::string id, region, from;
    fs::path root;
};

bool is_id(const std::string& id) {
    return !id.empty() && std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

Error usage(std::string code, std::string zh, std::string en) {
    return {ErrorKind::usage, std::move(code), {std::move(zh), std::move(en)}, {}};
}

Result<void> check(const Options& options, const fs::path& root) {
    const bool digits = std::ranges::all_of(options.region, [](char c) { return c >= '0' && c <= '9'; });
    if (!is_id(options.id))
        return std::unexpected(usage("pack_id", "政策包标识只用小写字母、数字和连字符，如 xx-2026",
                                     "a pack's id has small letters, digits and hyphens, such as xx-2026"));
    if (!digits || options.region.size() < 2 || options.region.size() > 12)
        return std::unexpected(usage("bad_region_scope", "--region 应为 2 至 12 位区划代码前缀",
                                     "--region takes 2 to 12 digits"));
    if (!Date::parse_iso(options.from))
        return std::unexpected(
            usage("bad_date", "--from 应为 YYYY-MM-DD 这样的日期", "--from takes a date, YYYY-MM-DD"));
    std::error_code ignored;
    if (fs::exists(root / "packs" / options.id, ignored))
        return fail(ErrorKind::conflict, "pack_exists",
                    {fmt::format("政策包 {} 已存在，没有改动", options.id),
                     fmt::format("there is a pack {} already; nothing was changed", options.id)});
    return {};
}

std::string filled(std::string text, const Options& options) {
    const std::pair<const char*, const std::string*> blanks[] = {
        {"@ID@", &options.id}, {"@REGION@", &options.region}, {"@FROM@", &options.from}};
    for (const auto& [blank, value] : blanks) {
        for (std::size_t at = text.find(blank); at != std::string::npos; at = text.find(blank, at))
            text.replace(at, std::string_view(blank).size(), *value);
    }
    return text;
}

Result<int> write_skeleton(const Options& options, const fs::path& root) {
    const fs::path from = root / "packs" / "skeleton";
    const fs::path to = root / "packs" / options.id;
    std::error_code failure;
    int files = 0;
    for (fs::recursive_directory_iterator at(from, failure), end; !failure && at != end;
         at.increment(failure)) {
        if (at->path().extension() != skeleton_ending) continue;
        std::ifstream in(at->path(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        const fs::path file = (to / fs::relative(at->path(), from)).replace_extension();
        fs::create_directories(file.parent_path(), failure);
        TRY_VOID(put_text_file(file, filled(text, options)));
        ++files;
    }
    if (failure || files == 0) {
        return fail(
            ErrorKind::io, "no_skeleton",
            {fmt::format("读不了样板 {}", from.string()), fmt::format("cannot read {}", from.string())});
    }
    return files;
}

ExitCode make(const Console& console, const Options& options) {
    const auto root = packs_root(options.root);
    if (!root) return console.report(root.error());
    if (const auto checked = check(options, *root); !checked) return console.report(checked.error());
    const auto files = write_skeleton(options, *root);
    if (!files) {
        std::error_code ignored;
        fs::remove_all(*root / "packs" / options.id,
                       ignored);  // half a pack is none, and would stand in the way
        return console.report(files.error());
    }
    const std::string folder = (*root / "packs" / options.id).string();
    console.line(
        {fmt::format(
             "已建立 {}（{} 个文件）。下一步：改写条款，再运行 doudi packs check {} 和 doudi packs test {}",
             folder, *files, options.id, options.id),
         fmt::format(
             "made {} ({} files). Next: write its clauses, then doudi packs check {} and doudi packs test {}",
             folder, *files, options.id, options.id)});
    return ExitCode::done;
}

}  // namespace

void add_packs_new(Command& packs, const Registration& registration) {
    auto options = std::make_shared<Options>();
    auto* command = packs.add_subcommand(
        "new", registration.help("建立一个新政策包的样板", "make the skeleton of a new pack"));
    command->add_option("id", options->id, registration.help("标识，即文件夹名", "its id, the folder's name"))
        ->required();
    command
        ->add_option("--region", options->region,
                     registration.help("区划代码前缀，如 4401", "prefix of region codes, such as 4401"))
        ->required();
    command
        ->add_option("--from", options->from,
                     registration.help("施行日，YYYY-MM-DD", "in force from, YYYY-MM-DD"))
        ->required();
    add_root_option(*command, registration.console, options->root);
    registration.on(*command, options, make);
}

}  // namespace doudi::cli
