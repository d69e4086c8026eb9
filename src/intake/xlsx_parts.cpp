// SPDX-License-Identifier: Apache-2.0
#include "intake/xlsx_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>

#include "intake/office_values.h"
#include "intake/xml_stream.h"

namespace doudi::intake {
namespace {

[[nodiscard]] Result<void> parse_entry(const ZipFile& zip, const std::string& entry, XmlHandler& handler) {
    XmlStream stream(handler);
    TRY_VOID(zip.read(entry, [&stream](std::string_view piece) { return stream.feed(piece); }));
    return stream.finish();
}

[[nodiscard]] std::uint32_t parse_count(std::string_view text) {
    std::uint32_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// A target of the part at `base` ("xl/workbook.xml"): "worksheets/sheet1.xml", "../x", "/xl/x".
[[nodiscard]] std::string resolve(std::string_view base, std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1));
    std::string folder(base.substr(0, base.rfind('/') == std::string_view::npos ? 0 : base.rfind('/') + 1));
    while (target.starts_with("../")) {
        target.remove_prefix(3);
        if (folder.size() > 1) folder.erase(folder.rfind('/', folder.size() - 2) + 1);
    }
    return folder + std::string(target);
}

// What the parts of a workbook tell of it (sheets, relations, formats) is little; without end, it is a bomb.
class Told {
  public:
    [[nodiscard]] Result<void> add(std::size_t bytes) {
        bytes_ += bytes;
        if (bytes_ <= most) return {};
        return fail(
            ErrorKind::limit, "archive_bomb",
            {"工作簿内部的样式、关系或工作表多得不正常，已停止读取",
             "the workbook has an absurd number of styles, relations or sheets: reading was stopped"});
    }

  private:
    static constexpr std::size_t most = 16U << 20U;
    std::size_t bytes_ = 0;
};
constexpr std::size_t node_bytes = 128;  // about what an entry costs besides its texts

struct Relation {
    std::string type;  // the last word of its address: "worksheet"
    std::string target;
};

class RelationsHandler final : public XmlHandler {
  public:
    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        if (name != "Relationship") return {};
        const std::string_view type = attributes.get("Type");
        const std::string_view id = attributes.get("Id");
        const std::string_view target = attributes.get("Target");
        TRY_VOID(told_.add(node_bytes + id.size() + type.size() + target.size()));
        relations[std::string(id)] = {std::string(type.substr(type.rfind('/') + 1)), std::string(target)};
        return {};
    }
    Result<void> end(std::string_view) override { return {}; }

    std::map<std::string, Relation> relations;

  private:
    Told told_;
};

[[nodiscard]] Result<std::map<std::string, Relation>> relations_of(const ZipFile& zip,
                                                                   std::string_view part) {
    const std::size_t slash = part.rfind('/') == std::string_view::npos ? 0 : part.rfind('/') + 1;
    const std::string entry = fmt::format("{}_rels/{}.rels", part.substr(0, slash), part.substr(slash));
    RelationsHandler handler;
    if (zip.has(entry)) TRY_VOID(parse_entry(zip, entry, handler));
    return std::move(handler.relations);
}

class BookHandler final : public XmlHandler {
  public:
    explicit BookHandler(std::uint32_t most_sheets) : most_sheets_(most_sheets) {}
    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "workbookPr") {
            const std::string_view value = attributes.get("date1904");
            date_1904 = value == "1" || value == "true";
        } else if (name == "sheet") {
            if (sheets.size() == most_sheets_) {
                return fail(ErrorKind::limit, "too_many_sheets", {"工作表过多", "too many sheets"});
            }
            XlsxSheet sheet;
            sheet.info.name = attributes.get("name");
            sheet.info.hidden = attributes.get("state").ends_with("idden");  // hidden, veryHidden
            sheet.entry = attributes.get("id");
            TRY_VOID(told_.add(node_bytes + sheet.info.name.size() + sheet.entry.size()));
            sheets.push_back(std::move(sheet));
        }
        return {};
    }
    Result<void> end(std::string_view) override { return {}; }

    std::vector<XlsxSheet> sheets;
    bool date_1904 = false;

  private:
    std::uint32_t most_sheets_;
    Told told_;
};

[[nodiscard]] Result<std::string> find_book(const ZipFile& zip) {
    const auto relations = TRY(relations_of(zip, ""));
    for (const auto& [id, relation] : relations) {
        if (relation.type == "officeDocument") return resolve("", relation.target);
    }
    return std::string("xl/workbook.xml");
}

class StylesHandler final : public XmlHandler {
  public:
    Result<void> start(std::string_view name, const XmlAttributes& attributes) override {
        if (name == "numFmt") {
            TRY_VOID(told_.add(node_bytes));
            custom_[parse_count(attributes.get("numFmtId"))] =
                is_date_format_code(attributes.get("formatCode"));
        } else if (name == "cellXfs") {
            in_cells_ = true;
        } else if (name == "xf" && in_cells_) {
            TRY_VOID(told_.add(1));
            const std::uint32_t id = parse_count(attributes.get("numFmtId"));
            const auto custom = custom_.find(id);
            styles.push_back(custom == custom_.end() ? is_date_format(id) : custom->second);
        }
        return {};
    }
    Result<void> end(std::string_view name) override {
        if (name == "cellXfs") in_cells_ = false;
        return {};
    }

    std::vector<bool> styles;

  private:
    std::map<std::uint32_t, bool> custom_;
    bool in_cells_ = false;
    Told told_;
};

}  // namespace

class SharedStringsHandler final : public XmlHandler {
  public:
    SharedStringsHandler(SharedStrings& strings, std::uint64_t most_bytes)
        : strings_(strings), most_bytes_(most_bytes) {}

    Result<void> start(std::string_view name, const XmlAttributes&) override {
        if (name == "rPh") ++phonetic_;
        in_text_ = name == "t" && phonetic_ == 0;
        return {};
    }
    Result<void> end(std::string_view name) override {
        if (name == "rPh") --phonetic_;
        in_text_ = false;
        if (name != "si") return {};
        if (item_.find("_x") != std::string::npos) item_ = decode_office_escapes(item_);
        strings_.add(item_);
        item_.clear();
        return check();
    }
    Result<void> text(std::string_view utf8) override {
        if (!in_text_) return {};
        item_ += utf8;
        return check();
    }

  private:
    [[nodiscard]] Result<void> check() const {
        if (item_.size() > SharedStrings::block_bytes) {
            return fail(ErrorKind::limit, "cell_too_long",
                        {"共享文本中有一条过长", "one of the shared strings is too long"});
        }
        const std::uint64_t held =
            strings_.text_bytes_ + item_.size() + strings_.ends_.size() * sizeof(std::uint32_t);
        if (held <= most_bytes_) return {};
        return fail(ErrorKind::limit, "archive_bomb",
                    {"共享文本过大，已停止读取", "the shared strings are too large"});
    }

    SharedStrings& strings_;
    std::uint64_t most_bytes_;
    std::string item_;
    int phonetic_ = 0;
    bool in_text_ = false;
};

Result<XlsxBook> read_xlsx_book(const ZipFile& zip, const Limits& limits) {
    const std::string part = TRY(find_book(zip));
    const auto relations = TRY(relations_of(zip, part));
    BookHandler handler(limits.sheets);
    TRY_VOID(parse_entry(zip, part, handler));
    XlsxBook book;
    for (XlsxSheet& sheet : handler.sheets) {
        const auto relation = relations.find(sheet.entry);
        if (relation == relations.end()) {
            return fail(ErrorKind::unreadable, "damaged_archive",
                        {"工作簿内部缺少工作表", "the workbook lacks one of its sheets"}, sheet.info.name);
        }
        if (relation->second.type != "worksheet") continue;  // a sheet of charts or macros
        sheet.entry = resolve(part, relation->second.target);
        sheet.info.date_1904 = handler.date_1904;
        book.sheets.push_back(std::move(sheet));
    }
    for (const auto& [id, relation] : relations) {
        if (relation.type == "sharedStrings") book.shared_strings_entry = resolve(part, relation.target);
        if (relation.type == "styles") book.styles_entry = resolve(part, relation.target);
    }
    return book;
}

Result<SharedStrings> SharedStrings::read(const ZipFile& zip, const std::string& entry,
                                          const Limits& limits) {
    SharedStrings strings;
    if (entry.empty() || !zip.has(entry)) return strings;
    SharedStringsHandler handler(strings, limits.shared_text_bytes);
    TRY_VOID(parse_entry(zip, entry, handler));
    return strings;
}

void SharedStrings::add(std::string_view text) {
    std::uint32_t begin = ends_.empty() ? 0 : ends_.back();
    const std::uint32_t left = static_cast<std::uint32_t>(blocks_.size()) * block_bytes - begin;
    if (text.size() > left) {
        begin = static_cast<std::uint32_t>(blocks_.size()) * block_bytes;
        blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_bytes));
    }
    if (!text.empty()) std::memcpy(blocks_.back().get() + begin % block_bytes, text.data(), text.size());
    ends_.push_back(begin + static_cast<std::uint32_t>(text.size()));
    text_bytes_ += text.size();
}

std::string_view SharedStrings::at(std::size_t index) const {
    const std::uint32_t before = index == 0 ? 0 : ends_[index - 1];
    const std::uint32_t end = ends_[index];
    if (end == before) return {};
    const std::uint32_t block = (end - 1) / block_bytes;
    const std::uint32_t begin = std::max(before, block * block_bytes);
    return {blocks_[block].get() + (begin - block * block_bytes), end - begin};
}

Result<std::vector<bool>> read_date_styles(const ZipFile& zip, const std::string& entry) {
    StylesHandler handler;
    if (!entry.empty() && zip.has(entry)) TRY_VOID(parse_entry(zip, entry, handler));
    return std::move(handler.styles);
}

}  // namespace doudi::intake
