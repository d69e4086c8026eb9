// SPDX-License-Identifier: Apache-2.0
#include "rekey/template_book.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "base/text_fold.h"
#include "registry/fields.h"

namespace doudi::rekey {
namespace {

using registry::Household;
using registry::Member;

class Book {
  public:
    Book(const registry::Register& ours, const Export& theirs, const Differences& differences,
         const Template& form, Numbers numbers)
        : theirs_(theirs), differences_(differences), form_(form), numbers_(numbers) {
        for (const Household& one : ours.households) households_.emplace(one.id, &one);
        for (const Member& one : ours.members) {
            members_.emplace(one.id, &one);
            of_household_[one.household].push_back(&one);
        }
    }

    std::vector<intake::NamedTable> sheets() {
        return {{"须新增的户", missing_households()},
                {"须新增的成员", missing_members()},
                {"须修改的项", fields()},
                {"平台多出的", extra()},
                {"须人工核对的行", for_a_person()}};
    }

  private:
    static intake::Table headed(std::initializer_list<const char*> headings) {
        intake::Table table;
        for (const char* heading : headings) table.columns.push_back({heading});
        return table;
    }
    [[nodiscard]] std::string number(const std::string& text) const {
        return numbers_ == Numbers::whole ? text : mask_text(text);
    }
    static std::string where(const Place& at) {
        return at.sheet.empty() ? fmt::format("{} 第 {} 行", at.file, at.row)
                                : fmt::format("{} {} 第 {} 行", at.file, at.sheet, at.row);
    }

    // Of the member who bears the head's name; of several of that name nobody's.
    [[nodiscard]] std::string head_number(const Household& household) const {
        const auto members = of_household_.find(household.id);
        if (members == of_household_.end()) return {};
        const Member* head = nullptr;
        for (const Member* one : members->second) {
            if (!same_name(one->name, household.head_name)) continue;
            if (head != nullptr) return {};
            head = one;
        }
        return head == nullptr ? std::string() : number(registry::text_of(*head, "id_number"));
    }
    [[nodiscard]] std::string cell(const Household& household, const std::string& field) const {
        if (field == "code") return household.code;
        if (field == "head_number") return head_number(household);
        return form_.written(field, registry::text_of(household, field));
    }
    [[nodiscard]] std::string cell(const Member& member, const std::string& field) const {
        if (field == "code") {
            const auto household = households_.find(member.household);
            return household == households_.end() ? std::string() : household->second->code;
        }
        if (field == "id_number") return number(registry::text_of(member, field));
        return form_.written(field, registry::text_of(member, field));
    }

    intake::Table missing_households() {
        intake::Table table;
        for (const TemplateColumn& column : form_.households) table.columns.push_back({column.heading});
        for (const HouseholdId id : differences_.missing_households) {
            auto& row = table.rows.emplace_back();
            for (const TemplateColumn& column : form_.households)
                row.push_back(cell(*households_.at(id), column.field));
        }
        return table;
    }
    intake::Table missing_members() {
        intake::Table table;
        for (const TemplateColumn& column : form_.members) table.columns.push_back({column.heading});
        for (const PersonId id : differences_.missing_members) {
            auto& row = table.rows.emplace_back();
            for (const TemplateColumn& column : form_.members)
                row.push_back(cell(*members_.at(id), column.field));
        }
        return table;
    }

    intake::Table fields() {
        intake::Table table =
            headed({"平台户编号", "姓名", "身份证号码", "项目", "平台现值", "应改为", "说明", "出处"});
        for (const FieldDiffers& one : differences_.fields) {
            const Member* member = one.person ? members_.at(*one.person) : nullptr;
            const bool is_number = one.field == "id_number";
            const std::string ours = form_.written(one.field, one.ours);
            table.rows.push_back(
                {one.household, member == nullptr ? std::string() : member->name,
                 member == nullptr ? std::string() : cell(*member, "id_number"),
                 form_.heading_of(member == nullptr, one.field), is_number ? number(one.theirs) : one.theirs,
                 is_number ? number(ours) : ours,
                 one.ours.empty() ? "本级名册未掌握，请核实，不据此清空" : "", where(one.at)});
        }
        return table;
    }

    intake::Table extra() {
        intake::Table table = headed({"类别", "平台户编号", "姓名", "身份证号码", "出处"});
        for (const Extra& one : differences_.extra)
            table.rows.push_back({one.is_household ? "户" : "成员", one.household, one.name,
                                  number(one.number), where(one.at)});
        return table;
    }

    intake::Table for_a_person() {
        intake::Table table = headed({"出处", "列", "内容", "原因"});
        for (const auto* list : {&differences_.unclear, &theirs_.unreadable})
            for (const Unreadable& one : *list)
                table.rows.push_back({where(one.at), one.column, one.value, one.why.zh});
        return table;
    }

    const Export& theirs_;
    const Differences& differences_;
    const Template& form_;
    Numbers numbers_;
    std::map<HouseholdId, const Household*> households_;
    std::map<PersonId, const Member*> members_;
    std::map<HouseholdId, std::vector<const Member*>> of_household_;
};

}  // namespace

std::vector<intake::NamedTable> template_book(const registry::Register& ours, const Export& theirs,
                                              const Differences& differences, const Template& form,
                                              Numbers numbers) {
    return Book(ours, theirs, differences, form, numbers).sheets();
}

std::vector<PersonId> persons_in(const Differences& differences) {
    std::set<PersonId> persons(differences.missing_members.begin(), differences.missing_members.end());
    for (const FieldDiffers& one : differences.fields)
        if (one.person) persons.insert(*one.person);
    return {persons.begin(), persons.end()};
}

}  // namespace doudi::rekey
