// SPDX-License-Identifier: Apache-2.0
#include "print/paper_reader.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>

#include "print/wording.h"

namespace doudi::print {
namespace {

using policy::Place;
using policy::YamlEntry;
using policy::YamlRecord;
using policy::YamlValue;

constexpr int widest = 1'000;
constexpr int most_lines = 40;
constexpr int most_columns = 24;
constexpr int most_empty_rows = 60;
constexpr int most_photos = 4;

constexpr std::array<std::string_view, 15> block_kinds{"title",  "number", "heading", "body", "plain",
                                                       "centre", "right",  "note",    "form", "list",
                                                       "photos", "sign",   "seal",    "cut",  "page"};

struct Aligned {
    static std::optional<Align> of(const YamlValue& value) {
        return value.one_of<Align>(
            {{"left", Align::left}, {"centre", Align::centre}, {"right", Align::right}});
    }
};

class PaperReader {
  public:
    PaperReader(const FieldBook& book, const Layouts& layouts) : book_(book), layouts_(layouts) {
        scope_.lookup = [this](std::string_view name, const Place& place) { return field_of(name, place); };
        scope_.field = [this](int i) -> const Field& { return paper_.fields[static_cast<std::size_t>(i)]; };
    }

    std::optional<Paper> read(const YamlValue& top, std::string id) {
        const auto record = top.record({"title", "cite", "layout", "public", "blocks"});
        if (!record) return std::nullopt;
        faults_ = &top.faults();
        paper_.id = std::move(id);
        paper_.file = top.place().file;
        paper_.title = record->need_bilingual("title");
        if (const YamlValue* cite = record->find("cite")) paper_.cite = cite->text().value_or("");
        paper_.is_public = record->flag("public");
        read_layout(*record);
        const YamlValue* blocks = record->need("blocks");
        if (blocks == nullptr) return std::nullopt;
        for (const YamlValue& item : blocks->list()) read_block(item);
        return std::move(paper_);
    }

  private:
    void read_layout(const YamlRecord& record) {
        const YamlValue* layout = record.need("layout");
        if (layout == nullptr) return;
        paper_.layout = layout->text().value_or("");
        if (layouts_.find(paper_.layout) != nullptr) return;
        std::vector<std::string_view> known;
        for (const Layout& one : layouts_.layouts) known.push_back(one.id);
        layout->unknown_name("layout_unknown", "版式", "layout", paper_.layout, known);
    }

    // The number of a field of the paper; a field of the book becomes one by being named.
    int field_of(std::string_view name, const Place& place) {
        const auto mine = std::ranges::find(paper_.fields, name, &Field::id);
        if (mine != paper_.fields.end()) return static_cast<int>(mine - paper_.fields.begin());
        const Field* field = find_field(book_.fields, name);
        if (field == nullptr) {
            unknown_field(name, book_.fields, place);
            return -1;
        }
        if (paper_.is_public && !may_be_posted(*field, place)) return -1;
        paper_.fields.push_back(*field);
        return static_cast<int>(paper_.fields.size()) - 1;
    }

    void unknown_field(std::string_view name, const std::vector<Field>& among, const Place& place) {
        std::vector<std::string_view> known;
        for (const Field& field : among) known.push_back(field.id);
        const Text hint = policy::nearest_hint(name, known);
        faults_->add("paper_field_unknown",
                     {"没有字段“" + std::string(name) + "”" + hint.zh,
                      "there is no field '" + std::string(name) + "'" + hint.en},
                     place);
    }

    bool may_be_posted(const Field& field, const Place& place) {
        if (!field.is_public) {
            faults_->add("paper_field_not_public",
                         {"字段“" + field.id + "”不得公示", "field '" + field.id + "' may not be posted"},
                         place);
            return false;
        }
        if (field.type == FieldType::rows && std::ranges::none_of(field.columns, &Field::tells_adult)) {
            faults_->add("paper_adult_unknown",
                         {"公示文书的“" + field.id + "”须有一列说明是否成年人",
                          "rows '" + field.id + "' of a posted paper need a column that tells adults"},
                         place);
            return false;
        }
        return true;
    }

    void read_block(const YamlValue& item) {
        if (!item.is_mapping()) {
            item.fault("paper_block", "块须写成“种类: 内容”", "a block is written as 'kind: content'");
            return;
        }
        const YamlEntry* kind = nullptr;
        const auto entries = item.entries();
        Block block;
        for (const YamlEntry& entry : entries) {
            if (entry.key == "when") {
                read_conditions(entry.value, block);
            } else if (std::ranges::find(block_kinds, std::string_view(entry.key)) == block_kinds.end()) {
                entry.key_value.unknown_name("paper_block", "块", "block", entry.key,
                                             {block_kinds.begin(), block_kinds.end()});
            } else if (kind != nullptr) {
                entry.key_value.fault("paper_block", "一个块只能是一种", "a block is of one kind");
            } else {
                kind = &entry;
            }
        }
        if (kind == nullptr) return;
        read_content(kind->key, kind->value, block);
        paper_.blocks.push_back(std::move(block));
    }

    void read_content(std::string_view kind, const YamlValue& value, Block& block) {
        if (kind == "form") {
            block.is = read_form(value);
        } else if (kind == "list") {
            block.is = read_list(value);
        } else if (kind == "photos") {
            block.is = read_photos(value);
        } else if (kind == "sign") {
            SignBlock sign;
            for (const YamlValue& line : value.one_or_list())
                sign.lines.push_back(read_wording(line, scope_));
            block.is = std::move(sign);
        } else if (kind == "seal") {
            block.is = read_seal(value);
        } else if (kind == "cut") {
            block.is = CutBlock{value.text().value_or("")};
        } else if (kind == "page") {
            (void)value.one_of<bool>({{"new", true}});
            block.is = PageBlock{};
        } else {
            const auto at = std::ranges::find(block_kinds, kind) - block_kinds.begin();
            block.is = TextBlock{static_cast<TextStyle>(at), read_wording(value, scope_)};
        }
    }

    void read_conditions(const YamlValue& value, Block& block) {
        for (const YamlEntry& entry : value.entries()) {
            Condition condition;
            condition.field = field_of(entry.key, entry.key_value.place());
            if (condition.field < 0) continue;
            const Field& field = scope_.field(condition.field);
            for (const YamlValue& item : entry.value.one_or_list())
                condition.words.push_back(word_of(item, field));
            block.when.push_back(std::move(condition));
        }
    }

    static std::string word_of(const YamlValue& item, const Field& field) {
        std::vector<std::string_view> known{"known", "unknown"};
        if (field.type == FieldType::flag) known.insert(known.end(), {"yes", "no"});
        for (const Option& option : field.options) known.push_back(option.id);
        const auto word = item.text();
        if (!word) return {};
        if (std::ranges::find(known, std::string_view(*word)) == known.end())
            item.unknown_name("paper_condition", "条件", "condition", *word, known);
        return *word;
    }

    FormBlock read_form(const YamlValue& value) {
        FormBlock form;
        const auto record = value.record({"columns", "rows"});
        if (!record) return form;
        if (const YamlValue* columns = record->need("columns"))
            for (const YamlValue& width : columns->list())
                form.columns.push_back(width.integer(1, widest).value_or(1));
        const YamlValue* rows = record->need("rows");
        if (rows == nullptr) return form;
        const auto many = std::ssize(form.columns);
        if (many < 1 || many > most_columns)
            record->self().fault("paper_form_columns", "表格的列数不对",
                                 "a form has some columns, and not too many");
        for (const YamlValue& item : rows->list()) {
            std::vector<Cell> row;
            for (const YamlValue& cell : item.list()) row.push_back(read_cell(cell));
            const int covered =
                std::transform_reduce(row.begin(), row.end(), 0, std::plus(),
                                      [](const Cell& cell) { return std::min(cell.span, most_columns); });
            if (covered != many)
                item.fault("paper_form_row", "这一行的格子没有占满各列",
                           "the cells of this row do not cover its columns");
            form.rows.push_back(std::move(row));
        }
        return form;
    }

    // A text without a field is a label.
    Cell read_cell(const YamlValue& value) {
        Cell cell;
        if (value.is_scalar()) {
            cell.text = read_wording(value, scope_);
        } else if (const auto record = value.record({"text", "foot", "span", "lines", "align"})) {
            if (const YamlValue* text = record->find("text")) cell.text = read_wording(*text, scope_);
            if (const YamlValue* foot = record->find("foot")) cell.foot = read_wording(*foot, scope_);
            if (const YamlValue* span = record->find("span"))
                cell.span = span->integer(1, most_columns).value_or(1);
            if (const YamlValue* lines = record->find("lines"))
                cell.lines = lines->integer(1, most_lines).value_or(1);
            if (!names_anything(cell.text) && cell.foot.empty()) cell.align = Align::centre;
            if (const YamlValue* align = record->find("align"))
                cell.align = Aligned::of(*align).value_or(Align::left);
            return cell;
        }
        if (!names_anything(cell.text)) cell.align = Align::centre;
        return cell;
    }

    ListBlock read_list(const YamlValue& value) {
        ListBlock list;
        const auto record = value.record({"rows", "at_least", "columns"});
        if (!record) return list;
        if (const YamlValue* least = record->find("at_least"))
            list.at_least = least->integer(0, most_empty_rows).value_or(0);
        const YamlValue* rows = record->need("rows");
        const auto name = rows == nullptr ? std::nullopt : rows->text();
        if (!name) return list;
        list.field = field_of(*name, rows->place());
        if (list.field < 0) return list;
        if (scope_.field(list.field).type != FieldType::rows) {
            rows->fault("paper_list_rows", "list 须用 rows 字段", "a list is of a field of rows");
            list.field = -1;
            return list;
        }
        if (const YamlValue* columns = record->need("columns"))
            for (const YamlValue& item : columns->list())
                list.columns.push_back(read_column(item, list.field));
        return list;
    }

    ListColumn read_column(const YamlValue& item, int rows) {
        ListColumn column;
        const auto record = item.record({"head", "width", "serial", "cell", "align"});
        if (!record) return column;
        column.head = record->need_text("head");
        column.width = record->need_integer("width", 1, widest);
        column.serial = record->flag("serial");
        if (const YamlValue* align = record->find("align"))
            column.align = Aligned::of(*align).value_or(Align::centre);
        // Neither: to be written by hand.
        const YamlValue* cell = column.serial ? nullptr : record->find("cell");
        if (cell != nullptr) column.cell = read_wording(*cell, column_scope(rows));
        return column;
    }

    WordingScope column_scope(int rows) {
        const std::vector<Field>* columns = &paper_.fields[static_cast<std::size_t>(rows)].columns;
        return {[this, columns](std::string_view name, const Place& place) {
                    const auto found = std::ranges::find(*columns, name, &Field::id);
                    if (found == columns->end()) {
                        unknown_field(name, *columns, place);
                        return -1;
                    }
                    if (paper_.is_public && !may_be_posted(*found, place)) return -1;
                    return static_cast<int>(found - columns->begin());
                },
                [columns](int i) -> const Field& { return (*columns)[static_cast<std::size_t>(i)]; }};
    }

    static PhotoBlock read_photos(const YamlValue& value) {
        PhotoBlock photos;
        const auto record = value.record({"labels", "height"});
        if (!record) return photos;
        constexpr int lowest = 20;
        constexpr int highest = 200;
        photos.height = record->need_integer("height", lowest, highest);
        if (const YamlValue* labels = record->need("labels")) photos.labels = labels->texts();
        if (photos.labels.empty() || photos.labels.size() > most_photos)
            value.fault("paper_photos", "照片处须有一至四个说明", "there are one to four places for photos");
        return photos;
    }

    SealBlock read_seal(const YamlValue& value) {
        SealBlock seal;
        const auto record = value.record({"office", "day"});
        if (!record) return seal;
        if (const YamlValue* office = record->need("office")) seal.office = read_wording(*office, scope_);
        if (const YamlValue* day = record->need("day")) seal.day = read_wording(*day, scope_);
        return seal;
    }

    const FieldBook& book_;
    const Layouts& layouts_;
    policy::Faults* faults_ = nullptr;
    Paper paper_;
    WordingScope scope_;
};

}  // namespace

std::optional<Paper> read_paper(const YamlValue& top, std::string id, const FieldBook& book,
                                const Layouts& layouts) {
    return PaperReader(book, layouts).read(top, std::move(id));
}

}  // namespace doudi::print
