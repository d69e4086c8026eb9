// SPDX-License-Identifier: Apache-2.0
// Files that mean harm, or that are not what their name says: a clear error, and memory that stays small.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>
#include <zip.h>

#include "intake/format_test_support.h"

namespace doudi::intake {
namespace {

using test::TemporaryFolder;

[[nodiscard]] std::string code_of_reading(const std::filesystem::path& path, const Limits& limits = {}) {
    test::CollectingSink sink;
    sink.keep = false;
    const auto read = read_sheets(path, limits, sink);
    return read ? "read" : read.error().code;
}

struct Entry {
    std::string name;
    std::string bytes;
};

void make_zip(const std::filesystem::path& path, const std::vector<Entry>& entries) {
    int code = 0;
    zip_t* const archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    REQUIRE(archive != nullptr);
    for (const Entry& entry : entries) {
        zip_source_t* const source = zip_source_buffer(archive, entry.bytes.data(), entry.bytes.size(), 0);
        REQUIRE(zip_file_add(archive, entry.name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0);
    }
    REQUIRE(zip_close(archive) == 0);
}

[[nodiscard]] std::vector<Entry> workbook(std::string sheet, std::string strings = {},
                                          std::string styles = "<styleSheet/>") {
    const std::string types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    return {{"_rels/.rels", "<Relationships><Relationship Id='a' Type='" + types +
                                "officeDocument' Target='xl/workbook.xml'/></Relationships>"},
            {"xl/workbook.xml", "<workbook><sheets><sheet name='S' r:id='b'/></sheets></workbook>"},
            {"xl/_rels/workbook.xml.rels",
             "<Relationships><Relationship Id='b' Type='" + types +
                 "worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='c' Type='" + types +
                 "sharedStrings' Target='sharedStrings.xml'/><Relationship Id='d' Type='" + types +
                 "styles' Target='styles.xml'/></Relationships>"},
            {"xl/styles.xml", std::move(styles)},
            {"xl/worksheets/sheet1.xml", std::move(sheet)},
            {"xl/sharedStrings.xml", strings.empty() ? "<sst/>" : std::move(strings)}};
}

[[nodiscard]] long peak_kib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

TEST_CASE("an entry that unpacks to an absurd size stops the reading") {
    const TemporaryFolder folder;
    const auto path = folder.path() / "bomb.xlsx";
    make_zip(path, workbook("<worksheet>" + std::string(8U << 20U, ' ') + "</worksheet>"));
    Limits limits;
    limits.ratio_from = 1U << 20U;
    CHECK(code_of_reading(path, limits) == "archive_bomb");
    limits = {};
    limits.entry_bytes = 8U << 20U;
    CHECK(code_of_reading(path, limits) == "archive_bomb");
    limits.entry_bytes = 9U << 20U;
    CHECK(code_of_reading(path, limits) == "read");
}

TEST_CASE("shared strings beyond their limit stop the reading") {
    const TemporaryFolder folder;
    const auto path = folder.path() / "strings.xlsx";
    make_zip(path, workbook("<worksheet/>", "<sst><si><t>" + std::string(5000, 'x') + "</t></si></sst>"));
    Limits limits;
    limits.shared_text_bytes = 5000;
    CHECK(code_of_reading(path, limits) == "archive_bomb");
    limits.shared_text_bytes = 6000;
    CHECK(code_of_reading(path, limits) == "read");
}

TEST_CASE("shared strings come back as they were, where they fill a block and where they do not") {
    const TemporaryFolder folder;
    const auto path = folder.path() / "strings.xlsx";
    const std::size_t block = 1U << 20U;
    std::vector<std::string> texts;
    for (const std::size_t size : {std::size_t{3}, std::size_t{0}, block - 3, block, std::size_t{1},
                                   block - 2, std::size_t{2}, std::size_t{0}, std::size_t{5}})
        texts.push_back(std::string(size, static_cast<char>('a' + texts.size())));
    std::string strings = "<sst>";
    std::string cells;
    std::string expected = "[S]\n";
    for (std::size_t i = 0; i < texts.size(); ++i) {
        strings += "<si><t>" + texts[i] + "</t></si>";
        cells += fmt::format("<row r='{0}'><c r='A{0}' t='s'><v>{1}</v></c></row>", i + 1, i);
        if (!texts[i].empty()) expected += fmt::format("{}:{}\n", i + 1, texts[i]);
    }
    make_zip(path,
             workbook("<worksheet><sheetData>" + cells + "</sheetData></worksheet>", strings + "</sst>"));
    test::CollectingSink sink;
    REQUIRE(read_sheets(path, Limits{}, sink).has_value());
    CHECK(bool(sink.text == expected));  // megabytes: not to be printed
    make_zip(path,
             workbook("<worksheet/>", "<sst><si><t>" + std::string(block + 1, 'x') + "</t></si></sst>"));
    CHECK(code_of_reading(path) == "cell_too_long");
}

TEST_CASE("a workbook that was cut off is damaged, wherever it was cut") {
    const TemporaryFolder folder;
    const auto whole = folder.path() / "whole.xlsx";
    make_zip(
        whole,
        workbook("<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData></worksheet>"));
    std::ifstream file(whole, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    REQUIRE(code_of_reading(whole) == "read");
    for (std::size_t size = 4; size < bytes.size(); size += 97) {
        CAPTURE(size);
        CHECK(code_of_reading(folder.file("cut.xlsx", bytes.substr(0, size))) == "damaged_archive");
    }
}

TEST_CASE("a sheet whose XML ends early or points at no shared string is damaged") {
    const TemporaryFolder folder;
    const auto path = folder.path() / "bad.xlsx";
    make_zip(path, workbook("<worksheet><sheetData><row r='1'><c r='A1'><v>1"));
    CHECK(code_of_reading(path) == "damaged_xml");
    make_zip(
        path,
        workbook(
            "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>7</v></c></row></sheetData></worksheet>"));
    CHECK(code_of_reading(path) == "damaged_xml");
}

TEST_CASE("a billion laughs ends at its document type") {
    const TemporaryFolder folder;
    const std::string laughs =
        "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c "
        "'&b;&b;&b;&b;&b;&b;&b;&b;'>]>";
    const auto path = folder.path() / "laughs.xlsx";
    make_zip(
        path,
        workbook(laughs +
                 "<worksheet><sheetData><row r='1'><c t='str'><v>&c;</v></c></row></sheetData></worksheet>"));
    CHECK(code_of_reading(path) == "xml_document_type");
    const auto old = folder.file(
        "laughs.xls", "<?xml version='1.0'?>" + laughs +
                          "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>&c;</Workbook>");
    CHECK(code_of_reading(old) == "xml_document_type");
}

TEST_CASE("a tag that does not end and names that do not repeat are refused before they fill memory") {
    const TemporaryFolder folder;
    const auto path = folder.path() / "tag.xlsx";
    make_zip(path, workbook("<worksheet><sheetData><row r='1'><c r='" + std::string(40U << 20U, 'A')));
    CHECK(code_of_reading(path) == "xml_too_large");
    std::string names;
    for (int i = 0; i < 1'000'000; ++i) names += fmt::format("<n{}/>", i);
    make_zip(path, workbook("<worksheet>" + names + "</worksheet>"));
    CHECK(code_of_reading(path) == "xml_too_large");
    const auto old = folder.file("tag.xls",
                                 "<?xml version='1.0'?><Workbook "
                                 "xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet Name='" +
                                     std::string(40U << 20U, 'A'));
    CHECK(code_of_reading(old) == "xml_too_large");
    make_zip(path, workbook("<worksheet><a b='" + std::string(4U << 20U, 'A') + "'/></worksheet>"));
    CHECK(code_of_reading(path) == "read");
}

TEST_CASE("a workbook that tells of formats without end is refused") {
    const TemporaryFolder folder;
    const auto path = folder.path() / "styles.xlsx";
    const auto with_formats = [&path](int formats) {
        std::string styles = "<styleSheet><numFmts>";
        for (int i = 0; i < formats; ++i)
            styles += fmt::format("<numFmt numFmtId='{}' formatCode='0'/>", i + 200);
        make_zip(path, workbook("<worksheet/>", {}, styles + "</numFmts></styleSheet>"));
        return code_of_reading(path);
    };
    CHECK(with_formats(1'000) == "read");
    CHECK(with_formats(200'000) == "archive_bomb");
}

TEST_CASE("merged ranges that lie one over another hold no more texts than a row may have") {
    const TemporaryFolder folder;
    const auto path = folder.path() / "overlaid.xlsx";
    const auto overlaid = [&path](int ranges, const std::string& text) {
        std::string rows;
        std::string merged;
        for (int i = 1; i <= ranges; ++i) {
            rows += fmt::format("<row r='{0}'><c r='A{0}' t='s'><v>0</v></c></row>", i);
            merged += fmt::format("<mergeCell ref='A{}:B1048576'/>", i);
        }
        make_zip(path, workbook("<worksheet><sheetData>" + rows + "</sheetData><mergeCells>" + merged +
                                    "</mergeCells></worksheet>",
                                "<sst><si><t>" + text + "</t></si></sst>"));
        return code_of_reading(path);
    };
    const std::string long_text(1U << 20U, 'x');
    CHECK(overlaid(7, long_text) == "read");
    CHECK(overlaid(40, long_text) == "too_many_merged");
    CHECK(overlaid(2'048, "x") == "read");
    CHECK(overlaid(2'049, "x") == "too_many_merged");
}

TEST_CASE("a merged range over the whole sheet costs no more than the rows that are there") {
    const TemporaryFolder folder;
    const auto path = folder.path() / "merged.xlsx";
    make_zip(path, workbook("<worksheet><sheetData><row r='1'><c r='A1' t='str'><v>x</v></c></row>"
                            "<row r='1048576'><c r='B1048576'><v>2</v></c></row></sheetData>"
                            "<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells></worksheet>"));
    test::CollectingSink sink;
    sink.keep = false;
    REQUIRE(read_sheets(path, Limits{}, sink).has_value());
    CHECK(sink.rows == 2);
}

TEST_CASE("a line of two gigabytes is refused with little memory") {
    const TemporaryFolder folder;
    const auto path = folder.file("long.csv", "姓名,身份证号码\n");
    std::ofstream(path, std::ios::app) << '"';
    std::filesystem::resize_file(path, std::uint64_t{2} << 30U);  // zeros: a sparse file
    CHECK(code_of_reading(path) == "not_a_text");
    // The same as text, made by the reader's own parser so that no two gigabytes are written.
    const auto letters = folder.file("letters.csv", "姓名,身份证号码\n\"" + std::string(24U << 20U, 'a'));
    const long before = peak_kib();
    CHECK(code_of_reading(letters) == "cell_too_long");
    CHECK(peak_kib() - before < 16 * 1024);
}

TEST_CASE("a page of ten thousand columns is refused, one of four thousand is read") {
    const TemporaryFolder folder;
    const auto page = [](int columns) {
        std::string text = "<html><table><tr>";
        for (int i = 0; i < columns; ++i) text += "<td>x</td>";
        return text + "</tr></table></html>";
    };
    CHECK(code_of_reading(folder.file("wide.xls", page(10'000))) == "too_many_columns");
    CHECK(code_of_reading(folder.file("edge.xls", page(4097))) == "too_many_columns");
    CHECK(code_of_reading(folder.file("fits.xls", page(4096))) == "read");
    CHECK(code_of_reading(folder.file("span.xls", "<table><tr><td colspan=99999999>x</table>")) == "read");
    CHECK(code_of_reading(folder.file("deep.xls", "<table><tr><td rowspan=4294967295>x</table>")) == "read");
}

TEST_CASE("the old XLS reader survives a file that is not whole and says so") {
    const std::filesystem::path data =
        std::filesystem::path(DOUDI_SOURCE_DIR) / "src/intake/testdata/4.6-02-formats/i-old.xls";
    std::ifstream file(data, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    REQUIRE(bytes.size() > 4096);
    const TemporaryFolder folder;
    CHECK(code_of_reading(data) == "read");
    int refused = 0;
    for (std::size_t size = 2048; size < bytes.size(); size += 512) {
        const std::string code = code_of_reading(folder.file("cut.xls", bytes.substr(0, size)));
        CAPTURE(code);
        CHECK((code == "damaged_xls" || code == "not_a_table" || code == "read"));
        refused += code != "read" ? 1 : 0;
    }
    CHECK(refused > 0);
    std::string noise = bytes;
    for (std::size_t at = 1024; at < noise.size(); at += 7) noise[at] = static_cast<char>(noise[at] ^ 0x5A);
    CHECK(code_of_reading(folder.file("noise.xls", noise)) != "read");
}

TEST_CASE("a file is taken for what it is, whatever its name says") {
    const TemporaryFolder folder;
    const auto error_of = [&folder](std::string_view name, std::string_view bytes) {
        const auto format = sniff(folder.file(name, bytes));
        return format ? std::string(name_of(*format)) : format.error().text.en;
    };
    CHECK(error_of("a.xls", "\x89PNG\r\n\x1a\n") == "not a table but a picture (PNG)");
    CHECK(error_of("a.csv", "%PDF-1.7\n") == "not a table but a PDF file");
    CHECK(error_of("a.xlsx", "Rar!\x1A\x07") == "not a table but a RAR archive: unpack it first");
    CHECK(error_of("a.xlsx", "") == "the file is empty");
    CHECK(error_of("a.xlsx", "姓名,身份证号码\n") == "UTF-8");
    CHECK(error_of("a.xls", "<table><tr><td>姓名</td></tr></table>") == "html");
    CHECK(error_of("a.xls", "<?xml version=\"1.0\"?><note/>") ==
          "not a table but an XML file that is no table");
    CHECK(sniff(folder.path() / "absent.csv").error().kind == ErrorKind::io);
}

}  // namespace
}  // namespace doudi::intake
