// SPDX-License-Identifier: Apache-2.0
#include "print/library.h"

#include <algorithm>

#include "policy/folder.h"
#include "policy/yaml_reader.h"
#include "print/paper_reader.h"

namespace doudi::print {
namespace {

namespace fs = std::filesystem;
using policy::Faults;
using policy::YamlValue;

constexpr std::string_view layouts_file = "layouts.yaml";
constexpr std::string_view fields_file = "fields.yaml";
constexpr std::size_t most_packs_above = 16;

class LibraryLoader {
  public:
    explicit LibraryLoader(const fs::path& root) : root_(root) {}

    std::expected<Library, std::vector<Error>> load(std::string_view pack_id) {
        const fs::path own = root_ / "papers";
        if (const auto layouts = read(own / layouts_file)) library_.layouts = read_layouts(*layouts);
        for (const fs::path& folder : paper_folders(root_, pack_id, faults_)) {
            std::error_code ignored;
            if (folder == own || fs::is_directory(folder, ignored)) read_folder(folder, folder == own);
        }
        auto found = std::move(faults_).take();
        if (!found.empty()) return std::unexpected(std::move(found));
        std::ranges::sort(library_.papers, {}, &Paper::id);
        return std::move(library_);
    }

  private:
    // papers/pledge_form.yaml, packs/x/papers/pledge_form.yaml
    std::optional<YamlValue> read(const fs::path& file) {
        return policy::read_yaml_file(file, file.lexically_relative(root_).generic_string(), faults_);
    }

    void read_folder(const fs::path& folder, bool is_program) {
        std::vector<fs::path> files = policy::yaml_files(folder, faults_);
        const fs::path fields = folder / fields_file;
        if (is_program || std::ranges::find(files, fields) != files.end())
            if (const auto book = read(fields)) read_fields(*book, is_program, library_.book);
        for (const fs::path& file : files) {
            if (file.filename() == fields_file || file.filename() == layouts_file ||
                file.filename() == cases_file)
                continue;
            const auto top = read(file);
            if (!top) continue;
            auto paper = read_paper(*top, file.stem().string(), library_.book, library_.layouts);
            if (!paper) continue;
            check_override(*top, *paper);
            std::erase_if(library_.papers, [&](const Paper& one) { return one.id == paper->id; });
            library_.papers.push_back(*std::move(paper));
        }
    }

    // A paper that is posted stays one, whoever states it.
    void check_override(const YamlValue& top, const Paper& paper) const {
        const Paper* before = library_.find(paper.id);
        if (before != nullptr && before->is_public && !paper.is_public)
            top.fault("paper_public_dropped", "公示文书不得改为非公示文书",
                      "a paper that is posted does not become one that is not");
    }

    fs::path root_;
    Faults faults_;
    Library library_;
};

}  // namespace

const Paper* Library::find(std::string_view id) const {
    const auto found = std::ranges::find(papers, id, &Paper::id);
    return found == papers.end() ? nullptr : &*found;
}

Result<const Paper*> Library::need(std::string_view id) const {
    if (const Paper* paper = find(id)) return paper;
    std::vector<std::string_view> known;
    for (const Paper& paper : papers) known.push_back(paper.id);
    const Text hint = policy::nearest_hint(id, known);
    return fail(ErrorKind::not_found, "paper_unknown",
                {"没有文书“" + std::string(id) + "”" + hint.zh,
                 "there is no paper '" + std::string(id) + "'" + hint.en});
}

std::vector<fs::path> paper_folders(const fs::path& root, std::string_view pack_id, Faults& faults) {
    std::vector<fs::path> folders;
    std::string id(pack_id);
    while (!id.empty() && folders.size() < most_packs_above) {
        const fs::path pack = root / "packs" / id;
        folders.insert(folders.begin(), pack / "papers");
        id.clear();
        const fs::path file = pack / "pack.yaml";
        const auto top = policy::read_yaml_file(file, file.lexically_relative(root).generic_string(), faults);
        if (!top || !top->is_mapping()) break;
        for (const auto& entry : top->entries())
            if (entry.key == "extends") id = entry.value.text().value_or("");
    }
    folders.insert(folders.begin(), root / "papers");
    return folders;
}

std::expected<Library, std::vector<Error>> load_papers(const fs::path& root, std::string_view pack_id) {
    return LibraryLoader(root).load(pack_id);
}

}  // namespace doudi::print
