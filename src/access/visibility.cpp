// SPDX-License-Identifier: Apache-2.0
#include "access/visibility.h"

#include <algorithm>

#include "access/right_names.h"
#include "policy/faults.h"
#include "policy/folder.h"
#include "policy/yaml_reader.h"

namespace doudi::access {

using policy::YamlRecord;
using policy::YamlValue;

namespace {

constexpr std::string_view reader_names[reader_kind_count] = {
    "person", "adult", "minor", "village", "department", "internal", "auditor", "other_citizen"};

VisibilityRule read_rule(const YamlRecord& record) {
    VisibilityRule rule;
    rule.kind = record.need_id("kind");
    rule.title = record.need_bilingual("title");
    if (const YamlValue* word = record.need("class")) {
        rule.visibility = word->one_of<Visibility>({{"person", Visibility::person},
                                                    {"adults", Visibility::adults},
                                                    {"village", Visibility::village},
                                                    {"department", Visibility::department},
                                                    {"internal", Visibility::internal}})
                              .value_or(Visibility::internal);
    }
    rule.never_to_citizens = record.flag("never_to_citizens");
    rule.whereabouts = record.flag("whereabouts");
    rule.names_department = record.flag("to_department");
    if (const YamlValue* word = record.find("field")) {
        const auto written = word->text().value_or("");
        const auto names = field_names();
        const auto at = std::ranges::find(names, written);
        if (at == names.end()) {
            word->unknown_name("unknown_field", "字段类", "class of fields", written,
                               {names.begin(), names.end()});
        } else {
            rule.field = static_cast<FieldClass>(at - names.begin());
        }
    }
    if (const YamlValue* told = record.find("told_by")) rule.told_by = told->texts();
    const bool contradicts = rule.never_to_citizens && rule.visibility != Visibility::internal &&
                             rule.visibility != Visibility::department;
    if (contradicts) {
        record.self().fault("visibility_contradiction",
                            "写明不给群众看的事件，类别只能是 internal 或 department",
                            "what citizens never see is of class internal or department");
    }
    return rule;
}

bool is_citizen(ReaderKind kind) {
    return kind == ReaderKind::person_self || kind == ReaderKind::adult_of_household ||
           kind == ReaderKind::minor_of_household || kind == ReaderKind::other_citizen;
}

bool class_lets(const VisibilityRule& rule, const Reader& reader, const ChainEvent& event) {
    switch (reader.kind) {
        case ReaderKind::internal:
        case ReaderKind::auditor:
            return true;
        case ReaderKind::person_self:
            return rule.visibility == Visibility::person || rule.visibility == Visibility::adults ||
                   rule.visibility == Visibility::village;
        case ReaderKind::adult_of_household:
            return rule.visibility == Visibility::adults || rule.visibility == Visibility::village;
        case ReaderKind::village:
            return rule.visibility == Visibility::village;
        case ReaderKind::department:
            // Only what was sent to it, whatever else its class lets others see.
            return (rule.visibility == Visibility::department || rule.names_department) &&
                   !reader.department.empty() && reader.department == event.department;
        case ReaderKind::minor_of_household:
        case ReaderKind::other_citizen:
            return false;
    }
    ensure(false, "a kind of reader");
    return false;
}

}  // namespace

bool is_office(ReaderKind kind) {
    return kind == ReaderKind::internal || kind == ReaderKind::auditor;
}

ReaderKind reader_kind(const Session& session) {
    if (session.kind == SessionKind::citizen) return ReaderKind::other_citizen;
    if (!session.department.empty()) return ReaderKind::department;
    if (session.kind != SessionKind::staff) return ReaderKind::other_citizen;
    const bool is_village =
        std::ranges::all_of(session.roles, [](const std::string& role) { return role == "village_worker"; });
    if (is_village) return ReaderKind::village;
    const bool is_auditor = std::ranges::find(session.roles, "auditor") != session.roles.end();
    return is_auditor ? ReaderKind::auditor : ReaderKind::internal;
}

std::string_view name_of(ReaderKind kind) {
    return reader_names[static_cast<std::size_t>(kind)];
}

const VisibilityRule* VisibilityRules::find(std::string_view kind) const {
    const auto at = rules_.find(kind);
    return at == rules_.end() ? nullptr : &at->second;
}

std::string_view VisibilityRules::kind_told_by(std::string_view dataset) const {
    const auto at = told_.find(dataset);
    return at == told_.end() ? std::string_view{} : std::string_view(at->second);
}

std::vector<std::string> VisibilityRules::datasets() const {
    std::vector<std::string> all;
    for (const auto& [dataset, kind] : told_) all.push_back(dataset);
    return all;
}

bool VisibilityRules::may_see(const Reader& reader, const ChainEvent& event, Date day) const {
    if (is_office(reader.kind)) return true;
    const VisibilityRule* rule = find(event.kind);
    if (rule == nullptr) return false;
    if (rule->never_to_citizens && is_citizen(reader.kind)) return false;
    if (event.withheld_until && day < *event.withheld_until) return false;
    if (rule->whereabouts && event.about_protected && reader.kind != ReaderKind::person_self) return false;
    return class_lets(*rule, reader, event);
}

std::vector<VisibilityRules::PreviewRow> VisibilityRules::preview(bool about_protected) const {
    constexpr const char* addressed = "the department it was sent to";
    std::vector<PreviewRow> rows;
    for (const auto& [kind, rule] : rules_) {
        PreviewRow row;
        row.kind = kind;
        row.title = rule.title;
        const ChainEvent event{kind, addressed, about_protected, std::nullopt};
        for (int i = 0; i < reader_kind_count; ++i)
            row.seen[i] = may_see({static_cast<ReaderKind>(i), addressed}, event, Date());
        rows.push_back(std::move(row));
    }
    return rows;
}

std::expected<VisibilityRules, std::vector<Error>> VisibilityRules::load(const std::filesystem::path& file) {
    const auto text = policy::read_whole_file(file);
    if (!text) return std::unexpected(std::vector<Error>{text.error()});
    return read(*text, "access/" + file.filename().string());
}

std::expected<VisibilityRules, std::vector<Error>> VisibilityRules::read(const std::string& yaml,
                                                                         std::string shown) {
    policy::Faults faults;
    VisibilityRules rules;
    const auto file = policy::read_yaml_text(yaml, std::move(shown), faults);
    if (const auto top = file ? file->record({"events"}) : std::nullopt) {
        if (const YamlValue* events = top->need("events")) {
            for (const YamlValue& item : events->list()) {
                const auto record = item.record({"kind", "title", "class", "never_to_citizens", "whereabouts",
                                                 "to_department", "field", "told_by"});
                if (!record) continue;
                VisibilityRule rule = read_rule(*record);
                const std::string kind = rule.kind;
                for (const std::string& dataset : rule.told_by) {
                    if (!rules.told_.emplace(dataset, kind).second)
                        item.fault("told_twice", "数据集“" + dataset + "”已归入另一种事件",
                                   "the dataset '" + dataset + "' tells another kind of event already");
                }
                if (!rules.rules_.emplace(kind, std::move(rule)).second)
                    item.fault("visibility_twice", "事件“" + kind + "”重复",
                               "the event '" + kind + "' stands twice");
            }
        }
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return rules;
}

}  // namespace doudi::access
