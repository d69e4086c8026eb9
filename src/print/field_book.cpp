// SPDX-License-Identifier: Apache-2.0
#include "print/field_book.h"

#include <algorithm>
#include <array>

namespace doudi::print {
namespace {

using policy::YamlEntry;
using policy::YamlRecord;
using policy::YamlValue;

constexpr int longest_blank = 60;
// The line that is left for a value by hand, in characters, where a field says nothing else.
constexpr std::array<int, 8> blanks{8, 3, 6, 0, 2, 6, 18, 0};

class BookReader {
  public:
    BookReader(bool may_be_public, FieldBook& book) : may_be_public_(may_be_public), book_(book) {}

    void read(const YamlValue& top) {
        const auto record = top.record({"fields"});
        const YamlValue* fields = record ? record->need("fields") : nullptr;
        if (fields == nullptr) return;
        for (const YamlValue& item : fields->list()) add(item, book_.fields, true);
    }

  private:
    void add(const YamlValue& item, std::vector<Field>& to, bool outermost) {
        const auto record =
            item.record({"id", "title", "type", "words", "blank", "unknown", "public", "adult", "columns"});
        if (!record) return;
        Field field;
        field.id = record->need_id("id");
        field.title = record->need_bilingual("title");
        field.type = type_of(*record, outermost);
        field.blank = blanks[static_cast<std::size_t>(field.type)];
        if (const YamlValue* blank = record->find("blank"))
            field.blank = blank->integer(0, longest_blank).value_or(0);
        field.says_unknown = record->flag("unknown");
        field.is_public = record->flag("public");
        field.tells_adult = record->flag("adult");
        check_public(*record, field, outermost);
        read_words(*record, field);
        read_columns(*record, field);
        if (find_field(to, field.id) != nullptr)
            item.fault("paper_field_twice", "字段“" + field.id + "”重复",
                       "field '" + field.id + "' stands twice");
        to.push_back(std::move(field));
    }

    static FieldType type_of(const YamlRecord& record, bool outermost) {
        const YamlValue* type = record.need("type");
        if (type == nullptr) return FieldType::text;
        const auto read = type->one_of<FieldType>({{"text", FieldType::text},
                                                   {"number", FieldType::number},
                                                   {"money", FieldType::money},
                                                   {"date", FieldType::date},
                                                   {"flag", FieldType::flag},
                                                   {"choice", FieldType::choice},
                                                   {"id_number", FieldType::id_number},
                                                   {"rows", FieldType::rows}});
        if (read == FieldType::rows && !outermost) {
            type->fault("paper_field_rows", "行内不能再有行", "rows hold no rows");
            return FieldType::text;
        }
        return read.value_or(FieldType::text);
    }

    void check_public(const YamlRecord& record, const Field& field, bool outermost) const {
        const YamlValue* said = record.find("public");
        if (said != nullptr && field.is_public && !may_be_public_)
            said->fault("paper_public_widened", "规则包不得增加可公示的字段",
                        "a pack does not widen what may be posted");
        if (said != nullptr && field.is_public && field.type == FieldType::id_number)
            said->fault("paper_public_number", "证件号码不得公示", "an identity number is never posted");
        if (field.tells_adult && (outermost || field.type != FieldType::flag))
            record.self().fault("paper_adult_flag", "adult 只能标在行内的是/否字段上",
                                "only a flag of a row tells whether it is of an adult");
    }

    static void read_words(const YamlRecord& record, Field& field) {
        const YamlValue* words = record.find("words");
        if ((words != nullptr) != (field.type == FieldType::choice))
            record.self().fault("paper_field_words", "选项字段须有 words，其他字段不得有",
                                "a choice has words, and nothing else has");
        if (words == nullptr) return;
        for (const YamlEntry& entry : words->entries()) {
            const auto word = entry.value.text();
            if (word) field.options.push_back({entry.key, *word});
        }
    }

    void read_columns(const YamlRecord& record, Field& field) {
        const YamlValue* columns = record.find("columns");
        if ((columns != nullptr) != (field.type == FieldType::rows))
            record.self().fault("paper_field_columns", "rows 字段须有 columns，其他字段不得有",
                                "rows have columns, and nothing else has");
        if (columns == nullptr) return;
        for (const YamlValue& item : columns->list()) add(item, field.columns, false);
        if (std::ranges::count_if(field.columns, &Field::tells_adult) > 1)
            columns->fault("paper_adult_flag", "一行只能有一个 adult 字段",
                           "a row has one such flag at most");
    }

    bool may_be_public_;
    FieldBook& book_;
};

}  // namespace

void read_fields(const YamlValue& top, bool may_be_public, FieldBook& book) {
    BookReader(may_be_public, book).read(top);
}

}  // namespace doudi::print
