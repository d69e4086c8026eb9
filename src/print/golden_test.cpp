// SPDX-License-Identifier: Apache-2.0
// Papers filled from fields of a file, each held against its golden.
#include <set>

#include "print/golden_test_support.h"
#include "print/print_test_support.h"

namespace doudi::print {
namespace {

namespace fs = std::filesystem;

fs::path testdata() {
    return source_root() / "src/print/testdata";
}

std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(testdata() / "fields"))
        all.push_back(entry.path().stem().string());
    std::ranges::sort(all);
    return all;
}

TEST_CASE("each paper looks as its golden") {
    std::set<std::string> shown;
    for (const std::string& name : names()) {
        const FieldsFile file = fields_named(name);
        shown.insert(paper_of(name));
        compare(testdata() / "goldens" / (name + ".txt"),
                golden_of(laid_out(paper_of(name), file.fields).sheet));
    }
    for (const Paper& paper : own_library().papers) CHECK_MESSAGE(shown.contains(paper.id), paper.id);
}

TEST_CASE("a golden notices a word, a place and a stroke that is not drawn, and not a hair") {
    CHECK(same_line("text 10.0 20.0 30.0 甲 乙", "text 10.2 19.8 30.1 甲 乙"));
    CHECK_FALSE(same_line("text 10.0 20.0 30.0 甲", "text 10.4 20.0 30.0 甲"));
    CHECK_FALSE(same_line("text 10.0 20.0 30.0 甲", "text 10.0 20.0 30.0 乙"));
    CHECK_FALSE(same_line("line 10.0 20.0 30.0 20.0", "line 10.0 20.0 30.0 20.0 dashed"));
    CHECK_FALSE(same_line("page 1 of 2", "page 1 of 3"));
    CHECK(same_line("ink 0123", "ink 0132"));
    CHECK_FALSE(same_line("ink 0123", "ink 0143"));
    const LaidOut laid = laid_out("service_receipt", {});
    const auto fonts = CutFonts::of(laid.sheet);
    REQUIRE(fonts.has_value());
    Page bare = laid.sheet.pages.front();
    const auto drawn = ink_of(bare, laid.sheet, *fonts);
    bare.strokes.clear();
    const auto without = ink_of(bare, laid.sheet, *fonts);
    CHECK_FALSE(std::ranges::equal(drawn, without, same_ink));
}

}  // namespace
}  // namespace doudi::print
