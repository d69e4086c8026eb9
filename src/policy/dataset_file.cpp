// SPDX-License-Identifier: Apache-2.0
#include "policy/dataset_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace doudi::policy {

namespace {

class DatasetReader {
  public:
    explicit DatasetReader(const HeadingSets& headings) : headings_(headings) {}

    Dataset read(const YamlValue& file) {
        dataset_.origin = file.place().file;
        const auto top = file.record({"id", "title", "department", "kind", "delivery", "columns", "persons",
                                      "event_date", "key", "status", "without_number", "future_dated",
                                      "freshness", "complete", "tells", "facts", "authorised_on", "papers"});
        if (!top) return std::move(dataset_);
        dataset_.id = top->need_id("id");
        dataset_.title = top->need_bilingual("title");
        read_department(*top);
        read_words(*top);
        if (const YamlValue* columns = top->need("columns")) read_columns(*columns);
        read_persons(*top);
        read_event_date(*top);
        read_key(*top);
        if (const YamlValue* status = top->find("status")) read_status(*status);
        read_freshness(*top);
        if (const YamlValue* tells = top->find("tells")) dataset_.tells = tells->texts();
        read_facts(*top);
        return std::move(dataset_);
    }

  private:
    void read_department(const YamlRecord& top) {
        const YamlValue* value = top.need("department");
        if (value == nullptr) return;
        if (const auto department = value->record({"id", "title"})) {
            dataset_.department = department->need_id("id");
            dataset_.department_title = department->need_bilingual("title");
        }
    }

    void read_words(const YamlRecord& top) {
        if (const YamlValue* kind = top.find("kind")) {
            dataset_.kind =
                kind->one_of<DatasetKind>({{"feed", DatasetKind::feed},
                                           {"register_households", DatasetKind::register_households},
                                           {"register_members", DatasetKind::register_members}})
                    .value_or(DatasetKind::feed);
        }
        if (const YamlValue* delivery = top.need("delivery")) {
            dataset_.delivery = delivery
                                    ->one_of<Delivery>({{"increment", Delivery::increment},
                                                        {"whole_roll", Delivery::whole_roll}})
                                    .value_or(Delivery::increment);
        }
        if (const YamlValue* without = top.find("without_number")) {
            dataset_.without_number =
                without
                    ->one_of<WithoutNumber>({{"reject", WithoutNumber::reject},
                                             {"name_and_phone", WithoutNumber::name_and_phone}})
                    .value_or(WithoutNumber::reject);
        }
        if (const YamlValue* future = top.find("future_dated")) {
            dataset_.future_dated = future
                                        ->one_of<FutureDated>({{"hold", FutureDated::hold},
                                                               {"count", FutureDated::count},
                                                               {"reject", FutureDated::reject}})
                                        .value_or(FutureDated::hold);
        }
    }

    void read_columns(const YamlValue& columns) {
        for (const YamlEntry& entry : columns.entries()) {
            const auto record = entry.value.record({"type", "headings", "required"});
            if (!record) continue;
            DatasetColumn column;
            column.field = entry.key;
            const YamlValue* type = record->need("type");
            const std::optional<ColumnType> known = type == nullptr ? std::nullopt : column_type(*type);
            if (!known) untyped_.insert(column.field);
            column.type = known.value_or(ColumnType::text);
            if (const YamlValue* written = record->need("headings"))
                column.headings = read_headings(*written);
            if (const YamlValue* required = record->find("required"))
                column.required = required->flag().value_or(false);
            dataset_.columns.push_back(std::move(column));
        }
        if (std::ranges::none_of(dataset_.columns, &DatasetColumn::required)) {
            columns.fault("no_required_column", "至少要有一列 required: true，否则无法识别该数据集的文件",
                          "at least one column must be required: true, or no file can be recognised by it");
        }
    }

    static std::optional<ColumnType> column_type(const YamlValue& written) {
        return written.one_of<ColumnType>({{"id_number", ColumnType::id_number},
                                           {"name", ColumnType::name},
                                           {"date", ColumnType::date},
                                           {"category", ColumnType::category},
                                           {"text", ColumnType::text},
                                           {"phone", ColumnType::phone},
                                           {"code", ColumnType::code},
                                           {"money", ColumnType::money},
                                           {"integer", ColumnType::integer}});
    }

    // One heading must lead to one column, or a file could be read in two ways.
    std::vector<std::string> read_headings(const YamlValue& written) {
        std::vector<std::string> expanded;
        const std::vector<YamlValue> items = written.list();
        if (items.empty() && written.is_list()) {
            written.fault("no_heading", "至少要有一个表头", "at least one heading is needed");
        }
        for (const YamlValue& item : items) {
            const std::optional<std::string> one = item.text();
            if (!one) continue;
            for (std::string& heading : headings_.expand(*one, item)) {
                if (seen_headings_.insert(heading).second) {
                    expanded.push_back(std::move(heading));
                } else {
                    item.fault("duplicate_heading", fmt::format("表头“{}”重复", heading),
                               fmt::format("the heading '{}' is given twice", heading));
                }
            }
        }
        return expanded;
    }

    // The index of a field of the file, of one of the types; else a fault and -1.
    int field_of(const YamlValue& written, std::initializer_list<ColumnType> types, std::string_view zh,
                 std::string_view en) {
        const std::optional<std::string> field = written.text();
        if (!field) return -1;
        const int column = dataset_.column_of(*field);
        if (column < 0) {
            std::vector<std::string_view> known;
            for (const DatasetColumn& one : dataset_.columns) known.push_back(one.field);
            written.unknown_name("unknown_field", "字段", "field", *field, known);
            return -1;
        }
        const ColumnType type = dataset_.columns[static_cast<std::size_t>(column)].type;
        if (std::ranges::find(types, type) == types.end() && !untyped_.contains(*field)) {
            written.fault("field_type", fmt::format("字段“{}”的类型应为{}", *field, zh),
                          fmt::format("the field '{}' must be of type {}", *field, en));
            return -1;
        }
        return column;
    }

    void read_persons(const YamlRecord& top) {
        const bool named = dataset_.kind == DatasetKind::feed;
        const YamlValue* value = named ? top.need("persons") : top.find("persons");
        if (value == nullptr) return;
        for (const YamlValue& item : value->list()) {
            const auto record = item.record({"role", "id", "name", "phone"});
            if (record) read_person(item, *record);
        }
        if (named && dataset_.persons.empty() && value->is_list()) {
            value->fault("no_person", "至少要有一个人员角色", "at least one person's role is needed");
        }
    }

    void read_person(const YamlValue& item, const YamlRecord& record) {
        DatasetPerson person;
        person.role = record.need_id("role");
        if (const YamlValue* id = record.need("id")) {
            person.id_column = field_of(*id, {ColumnType::id_number}, " id_number", "id_number");
        }
        if (const YamlValue* name = record.need("name")) {
            person.name_column = field_of(*name, {ColumnType::name}, " name", "name");
        }
        if (const YamlValue* phone = record.find("phone")) {
            person.phone_column = field_of(*phone, {ColumnType::phone}, " phone", "phone");
        }
        if (dataset_.without_number == WithoutNumber::name_and_phone && person.phone_column < 0) {
            item.fault("person_without_phone", "without_number: name_and_phone 要求每个角色有 phone",
                       "without_number: name_and_phone needs a phone for each role");
        }
        if (std::ranges::find(dataset_.persons, person.role, &DatasetPerson::role) !=
            dataset_.persons.end()) {
            item.fault("duplicate_role", fmt::format("角色“{}”重复", person.role),
                       fmt::format("the role '{}' is given twice", person.role));
        }
        dataset_.persons.push_back(std::move(person));
    }

    void read_event_date(const YamlRecord& top) {
        const bool dated = dataset_.kind == DatasetKind::feed;
        const YamlValue* value = dated ? top.need("event_date") : top.find("event_date");
        if (value == nullptr) return;
        dataset_.event_date_column = field_of(*value, {ColumnType::date}, " date", "date");
        if (dataset_.event_date_column >= 0 &&
            !dataset_.columns[static_cast<std::size_t>(dataset_.event_date_column)].required) {
            value->fault(
                "event_date_optional", "事件日期列应为 required: true（缺此列的文件每行都会被拒）",
                "the event date's column must be required: true (without it every row would be refused)");
        }
    }

    void read_key(const YamlRecord& top) {
        const YamlValue* value = top.find("key");
        if (value == nullptr) return;
        for (const YamlValue& item : value->list()) {
            const int column = field_of(
                item, {ColumnType::category, ColumnType::code, ColumnType::date, ColumnType::integer},
                " category、code、date 或 integer", "category, code, date or integer");
            if (column >= 0) dataset_.key_columns.push_back(column);
        }
    }

    void read_status(const YamlValue& value) {
        const auto record = value.record({"column", "counts", "takes_back"});
        if (!record) return;
        StatusRule& status = dataset_.status;
        if (const YamlValue* column = record->need("column")) {
            status.column = field_of(*column, {ColumnType::category}, " category", "category");
        }
        if (const YamlValue* counts = record->need("counts")) status.counts = counts->texts();
        const YamlValue* takes_back = record->find("takes_back");
        if (takes_back == nullptr) return;
        status.takes_back = takes_back->texts();
        for (const std::string& word : status.takes_back) {
            if (std::ranges::find(status.counts, word) == status.counts.end()) continue;
            takes_back->fault("status_both", fmt::format("“{}”不能既计入又撤回", word),
                              fmt::format("'{}' cannot both count and take back", word));
        }
    }

    void read_freshness(const YamlRecord& top) {
        if (const YamlValue* freshness = top.find("freshness")) {
            if (const auto record = freshness->record({"max_age_days"})) {
                dataset_.max_age_days = record->need_integer("max_age_days", 1, 3660);
            }
        }
        const YamlValue* complete = top.find("complete");
        if (complete == nullptr) return;
        const auto record = complete->record({"scope", "category"});
        const YamlValue* scope = record ? record->need("scope") : nullptr;
        if (scope == nullptr) return;
        dataset_.complete_scope = scope
                                      ->one_of<std::string>({{"province", "province"},
                                                             {"city", "city"},
                                                             {"county", "county"},
                                                             {"township", "township"}})
                                      .value_or("");
        if (record->find("category") != nullptr) dataset_.complete_of = record->need_id("category");
        if (dataset_.delivery != Delivery::whole_roll) {
            complete->fault("complete_increment",
                            "只有整册报送（delivery: whole_roll）的数据集才可以是完整的",
                            "only a dataset with delivery: whole_roll can be complete");
        }
    }

    void read_facts(const YamlRecord& top) {
        if (const YamlValue* day = top.find("authorised_on"))
            dataset_.authorised_on_column = field_of(*day, {ColumnType::date}, " date", "date");
        if (const YamlValue* papers = top.find("papers")) read_papers(*papers);
        const YamlValue* value = top.find("facts");
        if (value == nullptr) return;
        for (const YamlValue& item : value->list()) {
            const auto record = item.record({"fact", "role", "column", "words", "value", "by", "absent"});
            if (record) read_fact(item, *record);
        }
    }

    // That the sender keeps the papers is a claim with a ground and a clause.
    void read_papers(const YamlValue& papers) {
        const auto record = papers.record({"held_by", "basis", "cite"});
        if (!record) return;
        if (const YamlValue* holder = record->need("held_by"))
            dataset_.sender_holds_papers = holder->one_of<bool>({{"sender", true}}).value_or(false);
        dataset_.papers_basis = record->need_bilingual("basis");
        dataset_.papers_cite = record->need_text("cite");
        if (dataset_.authorised_on_column < 0) {
            papers.fault("papers_without_day",
                         "写明授权书由报送方收存的数据集，须有授权日期一列（authorised_on）",
                         "where the sender holds the papers its rows name their day (authorised_on)");
        }
    }

    void read_fact(const YamlValue& item, const YamlRecord& record) {
        DatasetFact told;
        told.place = item.place();
        told.fact = record.need_id("fact");
        if (const YamlValue* role = record.find("role")) told.role = role_of(*role);
        if (const YamlValue* column = record.find("column")) {
            told.column = field_of(
                *column, {ColumnType::category, ColumnType::money, ColumnType::integer, ColumnType::date},
                " category、money、integer 或 date", "category, money, integer or date");
        }
        if (const YamlValue* fixed = record.find("value")) told.value = fixed->text().value_or("");
        if (const YamlValue* absent = record.find("absent")) {
            told.absent = absent->text().value_or("");
            if (dataset_.complete_scope.empty()) {
                absent->fault("absent_incomplete", "只有完整名册（complete）才能说明不在册者的情况",
                              "only a complete roll says something of those who are not on it");
            }
        }
        if ((record.find("column") == nullptr) == told.value.empty()) {
            item.fault("fact_source", "每个事实要么取自一列（column），要么由在册本身说明（value）",
                       "a fact stands in a column, or being on the roll tells its value: one of the two");
        }
        read_meanings(item, record, told);
        if (const YamlValue* by = record.find("by")) read_by(*by, told);
        dataset_.facts.push_back(std::move(told));
    }

    // Another column says to whom the fact applies: a level of the kind 智力 is no level of another kind.
    void read_by(const YamlValue& by, DatasetFact& told) {
        const auto record = by.record({"column", "applies", "none"});
        if (!record) return;
        if (const YamlValue* column = record->need("column"))
            told.by_column = field_of(*column, {ColumnType::category}, " category", "category");
        if (const YamlValue* applies = record->need("applies")) told.applies = applies->texts();
        if (const YamlValue* none = record->find("none")) told.none = none->texts();
    }

    int role_of(const YamlValue& written) {
        const std::string role = written.text().value_or("");
        const auto found = std::ranges::find(dataset_.persons, role, &DatasetPerson::role);
        if (found != dataset_.persons.end()) return static_cast<int>(found - dataset_.persons.begin());
        std::vector<std::string_view> known;
        for (const DatasetPerson& person : dataset_.persons) known.push_back(person.role);
        written.unknown_name("unknown_role", "角色", "role", role, known);
        return 0;
    }

    // Words stand for values in a category column, and only there.
    void read_meanings(const YamlValue& item, const YamlRecord& record, DatasetFact& told) {
        const YamlValue* words = record.find("words");
        const bool of_words =
            told.column >= 0 &&
            dataset_.columns[static_cast<std::size_t>(told.column)].type == ColumnType::category;
        if ((words != nullptr) != of_words && told.column >= 0) {
            item.fault("fact_words", "category 列要求 words，其他列不能有 words",
                       "a category column needs words, and no other column may have them");
        }
        if (words == nullptr) return;
        std::set<std::string> seen;
        for (const YamlEntry& entry : words->entries()) {
            told.meanings.push_back({entry.key, entry.value.texts()});
            for (const std::string& word : told.meanings.back().words) {
                if (seen.insert(word).second) continue;
                entry.value.fault("fact_word_twice", fmt::format("“{}”有两种含义", word),
                                  fmt::format("'{}' has two meanings", word));
            }
        }
    }

    const HeadingSets& headings_;
    Dataset dataset_;
    std::set<std::string> seen_headings_;
    std::set<std::string> untyped_;  // their type was a fault already
};

}  // namespace

Dataset read_dataset(const YamlValue& file, const HeadingSets& headings) {
    return DatasetReader(headings).read(file);
}

}  // namespace doudi::policy
