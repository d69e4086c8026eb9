// SPDX-License-Identifier: Apache-2.0
#include "archive/sources.h"

#include <algorithm>

#include "archive/facts.h"
#include "policy/yaml_reader.h"

namespace doudi::archive {
namespace {

namespace fs = std::filesystem;
using policy::Faults;
using policy::YamlEntry;
using policy::YamlRecord;
using policy::YamlValue;

class BookReader {
  public:
    BookReader(const print::Library& library, SourceBook& book) : library_(library), book_(book) {}

    void read(const YamlValue& top, bool is_program) {
        is_program_ = is_program;
        const auto record = top.record({"fields", "papers"});
        if (!record) return;
        if (const YamlValue* fields = record->find("fields"))
            read_fields(*fields, library_.book.fields, book_.fields);
        if (const YamlValue* papers = record->find("papers"))
            for (const YamlEntry& entry : papers->entries()) read_paper(entry);
    }

  private:
    void read_paper(const YamlEntry& entry) {
        const print::Paper* paper = library_.find(entry.key);
        if (paper == nullptr) {
            entry.key_value.fault("case_paper_unknown", "没有文书“" + entry.key + "”",
                                  "there is no paper '" + entry.key + "'");
            return;
        }
        const auto record = entry.value.record({"only_if", "fields", "to_household"});
        if (!record) return;
        PaperSources& sources = book_.papers[entry.key];
        if (record->flag("to_household")) sources.to_household = true;
        if (const YamlValue* needs = record->find("only_if"))
            for (const YamlValue& item : needs->list()) read_need(item, sources.needs);
        if (const YamlValue* fields = record->find("fields"))
            read_fields(*fields, paper->fields, sources.fields);
    }

    void read_need(const YamlValue& item, std::vector<Need>& to) {
        const auto record = item.record({"from", "is", "known", "machines", "say"});
        if (!record) return;
        Need need;
        need.from = name_of_fact(*record, "from");
        need.why = record->need_bilingual("say");
        const YamlValue* is = record->find("is");
        const YamlValue* known = record->find("known");
        if ((is == nullptr) == (known == nullptr) || (known != nullptr && known->flag().value_or(false)))
            item.fault("case_paper_need", "须写明 is，或写 known: false", "needs is, or known: false");
        if (is != nullptr) need.is = is->texts();
        if (const YamlValue* machines = record->find("machines")) need.machines = machines->texts();
        to.push_back(std::move(need));
    }

    void read_fields(const YamlValue& value, const std::vector<print::Field>& known, FieldMap& to) {
        for (const YamlEntry& entry : value.entries()) {
            const print::Field* field = print::find_field(known, entry.key);
            if (field == nullptr) {
                entry.key_value.fault("case_field_unknown", "没有字段“" + entry.key + "”",
                                      "there is no field '" + entry.key + "'");
                continue;
            }
            if (field->is_public && !is_program_)
                entry.key_value.fault("case_field_posted", "政策包不得改写公示字段的来源",
                                      "a pack does not say from what a field is filled that may be posted");
            to[entry.key] = sources_of(entry.value, *field);
        }
    }

    FieldSources sources_of(const YamlValue& value, const print::Field& field) {
        FieldSources sources;
        if (field.type == print::FieldType::rows) {
            read_rows(value, field, sources);
            return sources;
        }
        if (!value.is_list()) {
            sources.any.push_back(source_of(value, field));
        } else {
            for (const YamlValue& one : value.list()) sources.any.push_back(source_of(one, field));
        }
        return sources;
    }

    void read_rows(const YamlValue& value, const print::Field& field, FieldSources& sources) {
        const auto record = value.record({"rows", "columns", "shown_if"});
        if (!record) return;
        sources.any.push_back(
            {.from = name_of_fact(*record, "rows"), .words = {}, .others = {}, .months = {}});
        const YamlValue* columns = record->need("columns");
        if (columns == nullptr) return;
        for (const YamlEntry& entry : columns->entries()) {
            if (print::find_field(field.columns, entry.key) == nullptr)
                entry.key_value.fault("case_field_unknown", "没有列“" + entry.key + "”",
                                      "there is no column '" + entry.key + "'");
            sources.columns.emplace_back(entry.key, entry.value.text().value_or(""));
        }
        if (const YamlValue* conditions = record->find("shown_if"))
            for (const YamlValue& item : conditions->list()) read_condition(item, sources);
    }

    void read_condition(const YamlValue& value, FieldSources& sources) {
        const auto record = value.record({"columns", "from", "is"});
        if (!record) return;
        ShownIf shown;
        shown.from = name_of_fact(*record, "from");
        if (const YamlValue* columns = record->need("columns"))
            for (const YamlValue& item : columns->list())
                shown.columns.push_back(known_column(item, sources));
        if (const YamlValue* is = record->need("is")) shown.is = is->texts();
        sources.shown_if.push_back(std::move(shown));
    }

    static std::string known_column(const YamlValue& item, const FieldSources& sources) {
        std::string id = item.text().value_or("");
        const auto filled = [&](const auto& column) { return column.first == id; };
        if (std::ranges::none_of(sources.columns, filled))
            item.fault("case_field_unknown", "没有填列“" + id + "”", "no column '" + id + "' is filled");
        return id;
    }

    Source source_of(const YamlValue& value, const print::Field& field) {
        if (value.is_scalar()) return {.from = checked(value), .words = {}, .others = {}, .months = {}};
        const auto record = value.record({"from", "words", "others", "months"});
        if (!record) return {};
        Source source{.from = name_of_fact(*record, "from"), .words = {}, .others = {}, .months = {}};
        if (const YamlValue* months = record->find("months")) {
            source.months = checked(*months);
            if (field.type != print::FieldType::date)
                months->fault("case_field_months", "字段“" + field.id + "”不是日期",
                              "field '" + field.id + "' is no day");
        }
        if (const YamlValue* words = record->find("words"))
            for (const YamlEntry& entry : words->entries())
                source.words.emplace(entry.key, option(entry.value, field));
        if (const YamlValue* others = record->find("others")) source.others = option(*others, field);
        return source;
    }

    // Of a choice one of its options.
    static std::string option(const YamlValue& value, const print::Field& field) {
        std::string word = value.text().value_or("");
        if (field.type == print::FieldType::choice && field.option(word) == nullptr)
            value.fault("case_field_option", "字段“" + field.id + "”没有选项“" + word + "”",
                        "field '" + field.id + "' has no option '" + word + "'");
        return word;
    }

    static std::string name_of_fact(const YamlRecord& record, std::string_view key) {
        const YamlValue* value = record.need(key);
        return value == nullptr ? std::string() : checked(*value);
    }
    static std::string checked(const YamlValue& value) {
        std::string name = value.text().value_or("");
        if (!is_fact_name(name))
            value.fault("case_fact_unknown", "没有这种来源“" + name + "”",
                        "there is no source '" + name + "'");
        return name;
    }

    const print::Library& library_;
    SourceBook& book_;
    bool is_program_ = true;
};

}  // namespace

const FieldSources* SourceBook::of(std::string_view paper, std::string_view field) const {
    if (const auto own = papers.find(paper); own != papers.end()) {
        const auto found = own->second.fields.find(field);
        if (found != own->second.fields.end()) return &found->second;
    }
    const auto found = fields.find(field);
    return found == fields.end() ? nullptr : &found->second;
}

const std::vector<Need>& SourceBook::needs_of(std::string_view paper) const {
    static const std::vector<Need> none;
    const auto found = papers.find(paper);
    return found == papers.end() ? none : found->second.needs;
}

bool SourceBook::is_to_household(std::string_view paper) const {
    const auto found = papers.find(paper);
    return found != papers.end() && found->second.to_household;
}

std::expected<SourceBook, std::vector<Error>> load_sources(const fs::path& root, std::string_view pack,
                                                           const print::Library& library) {
    SourceBook book;
    Faults faults;
    BookReader reader(library, book);
    for (const fs::path& folder : print::paper_folders(root, pack, faults)) {
        std::error_code ignored;
        const fs::path file = folder / print::cases_file;
        if (!fs::exists(file, ignored)) continue;
        const auto top = policy::read_yaml_file(file, file.lexically_relative(root).generic_string(), faults);
        if (top) reader.read(*top, folder == root / "papers");
    }
    auto found = std::move(faults).take();
    if (!found.empty()) return std::unexpected(std::move(found));
    return book;
}

}  // namespace doudi::archive
