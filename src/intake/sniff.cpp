// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>

#include "base/text_fold.h"
#include "intake/csv_reader.h"
#include "intake/decode.h"
#include "intake/sheet.h"
#include "intake/zip_file.h"

namespace doudi::intake {
namespace {

constexpr std::size_t head_bytes = 64U << 10U;

struct Signature {
    std::string_view bytes;
    const char* zh;
    const char* en;
};

using std::string_view_literals::operator""sv;
constexpr std::array signatures{
    Signature{"\x89PNG"sv, "一张图片（PNG）", "a picture (PNG)"},
    Signature{"\xFF\xD8\xFF"sv, "一张图片（JPEG）", "a picture (JPEG)"},
    Signature{"GIF8"sv, "一张图片（GIF）", "a picture (GIF)"},
    Signature{"II*\0"sv, "一张图片（TIFF）", "a picture (TIFF)"},
    Signature{"MM\0*"sv, "一张图片（TIFF）", "a picture (TIFF)"},
    Signature{"%PDF"sv, "一份PDF文件", "a PDF file"},
    Signature{"%OFD"sv, "一份OFD文件", "an OFD file"},
    Signature{"Rar!"sv, "一个RAR压缩包，请先解压", "a RAR archive: unpack it first"},
    Signature{"7z\xBC\xAF"sv, "一个7z压缩包，请先解压", "a 7z archive: unpack it first"},
    Signature{"\x1F\x8B"sv, "一个gzip压缩文件，请先解压", "a gzip file: unpack it first"},
    Signature{"{\\rtf"sv, "一份RTF文档", "an RTF document"},
    Signature{"\x7F"
              "ELF"sv,
              "一个程序", "a program"},
    Signature{"MZ"sv, "一个程序", "a program"},
    Signature{"SQLite format 3\0"sv, "一个数据库文件", "a database file"},
};

[[nodiscard]] std::unexpected<Error> really(std::string_view zh, std::string_view en) {
    return fail(ErrorKind::unreadable, "not_a_table",
                {fmt::format("不是表格文件，而是{}", zh), fmt::format("not a table but {}", en)});
}

[[nodiscard]] std::unexpected<Error> has_password() {
    return fail(
        ErrorKind::unreadable, "password",
        {"工作簿设有密码，请去除密码后重新报送", "the workbook has a password: send it again without one"});
}

[[nodiscard]] std::string ascii_lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return out;
}

// A name in the directory of a compound file: UTF-16LE, 64 bytes, in entries of 128.
[[nodiscard]] bool is_entry(std::string_view entry, std::string_view name) {
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (entry[2 * i] != name[i] || entry[2 * i + 1] != 0) return false;
    }
    const auto type = static_cast<unsigned char>(entry[66]);
    return entry[2 * name.size()] == 0 && (type == 1 || type == 2);
}

// The compound file (OLE) that old Office writes: an old workbook, a workbook with a password, or something
// else altogether. Entries of the directory lie at multiples of 128 bytes; their names are looked for without
// following its chains.
[[nodiscard]] Result<FileFormat> sniff_compound(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string piece(1U << 20U, '\0');
    bool has_book = false;
    bool has_document = false;
    while (file) {
        file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        const auto size = static_cast<std::size_t>(file.gcount());
        for (std::size_t at = 0; at + 128 <= size; at += 128) {
            const std::string_view entry = std::string_view(piece).substr(at, 128);
            if (is_entry(entry, "EncryptedPackage")) return has_password();
            has_book = has_book || is_entry(entry, "Workbook") || is_entry(entry, "Book");
            has_document = has_document || is_entry(entry, "WordDocument");
        }
    }
    if (has_book) return FileFormat{FileKind::xls, {}, ','};
    if (has_document) return really("一份Word文档", "a Word document");
    return really("一个不含工作簿的Office文件", "an Office file without a workbook");
}

[[nodiscard]] Result<FileFormat> sniff_zip(const std::filesystem::path& path) {
    const ZipFile zip = TRY(ZipFile::open(path, Limits{}));
    if (zip.has("xl/workbook.xml") || zip.has("_rels/.rels")) {
        if (zip.has("word/document.xml")) return really("一份Word文档", "a Word document");
        if (zip.has("ppt/presentation.xml")) return really("一份演示文稿", "a presentation");
        if (zip.has("xl/workbook.bin")) {
            return really("一个二进制工作簿（xlsb），请另存为xlsx",
                          "a binary workbook (xlsb): save it as xlsx");
        }
        return FileFormat{FileKind::xlsx, {}, ','};
    }
    if (zip.has("content.xml"))
        return really("一个ODS文档，请另存为xlsx", "an OpenDocument file: save it as xlsx");
    if (zip.has("OFD.xml")) return really("一份OFD文件", "an OFD file");
    return really(fmt::format("一个含{}个文件的压缩包，请先解压", zip.entries()),
                  fmt::format("an archive of {} files: unpack it first", zip.entries()));
}

[[nodiscard]] bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// XML and HTML, told by the beginning of the text.
[[nodiscard]] Result<FileFormat> sniff_text(std::string_view head, TextEncoding encoding) {
    const std::string text = decode_text(head, encoding);
    const std::string_view start = trim(text);
    const std::string lower = ascii_lower(start);
    if (lower.starts_with("mime-version:")) {
        return really("一份网页存档（mht），请另存为xlsx", "a web archive (mht): save it as xlsx");
    }
    if (lower.starts_with('<')) {
        if (has_any(lower, {"urn:schemas-microsoft-com:office:spreadsheet"})) {
            return FileFormat{FileKind::xml_2003, encoding, ','};
        }
        if (has_any(lower, {"<html", "<table", "<!doctype html", "<meta", "<tr"})) {
            return FileFormat{FileKind::html, encoding, ','};
        }
        if (lower.starts_with("<?xml"))
            return really("一份不是表格的XML文件", "an XML file that is no table");
    }
    return FileFormat{FileKind::csv, encoding, guess_separator(start)};
}

// What needs no look at the text; empty if the file is to be read as text.
[[nodiscard]] Result<FileFormat> sniff_binary(const std::filesystem::path& path, std::string_view head,
                                              bool& is_text) {
    is_text = false;
    if (head.empty()) return fail(ErrorKind::unreadable, "empty_file", {"文件是空的", "the file is empty"});
    if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) return sniff_zip(path);
    if (head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return sniff_compound(path);
    // A workbook of Excel 2 to 5 without a compound file around it.
    if (head.starts_with("\x09\x08\x10\x00"sv) || head.starts_with("\x09\x04\x06\x00"sv) ||
        head.starts_with("\x09\x02\x06\x00"sv)) {
        return FileFormat{FileKind::xls, {}, ','};
    }
    for (const Signature& signature : signatures) {
        if (head.starts_with(signature.bytes)) return really(signature.zh, signature.en);
    }
    if (head.size() > 12 && head.starts_with("RIFF") && head.substr(8, 4) == "WEBP") {
        return really("一张图片（WebP）", "a picture (WebP)");
    }
    // A bitmap says its own size; a heading "BMI" does not.
    if (head.size() > 14 && head.starts_with("BM") && head.substr(6, 4) == "\0\0\0\0"sv) {
        return really("一张图片（BMP）", "a picture (BMP)");
    }
    is_text = true;
    return FileFormat{};
}

}  // namespace

const char* name_of(const FileFormat& format) {
    switch (format.kind) {
        case FileKind::xlsx:
            return "xlsx";
        case FileKind::xls:
            return "xls";
        case FileKind::html:
            return "html";
        case FileKind::xml_2003:
            return "xml-2003";
        case FileKind::csv:
            break;
    }
    switch (format.encoding) {
        case TextEncoding::gb18030:
            return "GB18030";
        case TextEncoding::utf16le:
            return "UTF-16LE";
        case TextEncoding::utf16be:
            return "UTF-16BE";
        case TextEncoding::mixed:
            return "mixed";
        case TextEncoding::utf8:
        case TextEncoding::utf8_bom:
            break;
    }
    return "UTF-8";
}

Result<FileFormat> sniff_head(const std::filesystem::path& path, std::string_view head) {
    bool is_text = false;
    const FileFormat format = TRY(sniff_binary(path, head, is_text));
    if (!is_text) return format;
    return sniff_text(head.substr(0, head_bytes), TRY(detect_encoding_of(head, true)));
}

Result<FileFormat> sniff(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string head(head_bytes, '\0');
    if (file) file.read(head.data(), static_cast<std::streamsize>(head.size()));
    if (!file && !file.eof())
        return fail(ErrorKind::io, "cannot_read", {"无法读取文件", "the file cannot be read"});
    head.resize(static_cast<std::size_t>(file.gcount()));
    bool is_text = false;
    const FileFormat format = TRY(sniff_binary(path, head, is_text));
    if (!is_text) return format;
    return sniff_text(head, TRY(detect_encoding(path)));
}

}  // namespace doudi::intake
