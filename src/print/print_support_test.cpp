// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "policy/folder.h"
#include "print/print_test_support.h"

namespace doudi::print {

namespace fs = std::filesystem;

fs::path source_root() {
    return DOUDI_SOURCE_DIR;
}

const Library& own_library() {
    static const Library library = [] {
        auto loaded = load_papers(source_root());
        if (!loaded)
            for (const Error& fault : loaded.error()) MESSAGE(fault.message(Lang::en));
        REQUIRE(loaded.has_value());
        return *std::move(loaded);
    }();
    return library;
}

const Typesetter& own_typesetter() {
    static const Typesetter typesetter(Fonts::open(own_library().layouts.fonts).value());
    return typesetter;
}

std::string paper_of(std::string_view name) {
    return std::string(name.substr(0, name.find('.')));
}

FieldsFile fields_named(const std::string& name) {
    const auto text = policy::read_whole_file(source_root() / "src/print/testdata/fields" / (name + ".json"));
    REQUIRE(text.has_value());
    const Paper* paper = own_library().find(paper_of(name));
    REQUIRE(paper != nullptr);
    auto fields = read_fields_file(*text, name + ".json", *paper);
    if (!fields)
        for (const Error& fault : fields.error()) MESSAGE(fault.message(Lang::en));
    REQUIRE(fields.has_value());
    return *std::move(fields);
}

LaidOut laid_out(std::string_view paper, const Fields& fields) {
    auto laid = lay_out(own_library(), *own_library().find(paper), fields, own_typesetter());
    if (!laid) MESSAGE(laid.error().message(Lang::en));
    REQUIRE(laid.has_value());
    return *std::move(laid);
}

Fields with(Fields fields, std::string_view field, Value value) {
    fields.values.insert_or_assign(std::string(field), std::move(value));
    return fields;
}

std::string text_of(const Page& page) {
    std::string text;
    for (const PlacedLine& placed : page.lines) text += placed.line.text + "\n";
    return text;
}

std::string text_of(const Sheet& sheet) {
    std::string text;
    for (const Page& page : sheet.pages) text += text_of(page);
    return text;
}

std::string words_of(const Sheet& sheet) {
    std::string text;
    for (const Page& page : sheet.pages)
        for (const PlacedLine& placed : page.lines) text += placed.line.text;
    return text;
}

std::size_t count(std::string_view text, std::string_view what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string_view::npos;
         at = text.find(what, at + what.size()))
        ++found;
    return found;
}

bool has(std::string_view text, std::string_view what) {
    return text.find(what) != std::string_view::npos;
}

PaperFolder::PaperFolder() {
    std::string pattern = (fs::temp_directory_path() / "doudi-papers-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    root_ = pattern;
    fs::copy(source_root() / "papers", root_ / "papers");
    for (const char* pack : {"national", "jinan-2024"}) {
        fs::create_directories(root_ / "packs" / pack);
        fs::copy(source_root() / "packs" / pack / "pack.yaml", root_ / "packs" / pack / "pack.yaml");
    }
}

PaperFolder::~PaperFolder() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
}

void PaperFolder::write(const fs::path& file, std::string_view text) const {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text;
}

}  // namespace doudi::print
