// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "access/right_names.h"
#include "access/roles.h"
#include "access/units.h"
#include "policy/faults.h"
#include "policy/yaml_reader.h"

namespace doudi::access {

using policy::YamlRecord;
using policy::YamlValue;

class RolesReader {
  public:
    Roles read(const YamlValue& file) {
        const auto top = file.record({"purposes", "purpose_of", "words", "roles"});
        if (!top) return {};
        if (const YamlValue* purposes = top->need("purposes")) read_purposes(*purposes);
        if (const YamlValue* of = top->find("purpose_of")) read_purpose_of(*of);
        if (const YamlValue* titles = top->find("words")) read_words(*titles);
        if (const YamlValue* roles = top->need("roles")) read_roles(*roles);
        return std::move(roles_);
    }

  private:
    void read_purposes(const YamlValue& list) {
        for (const YamlValue& item : list.list()) {
            const auto record = item.record({"id", "title"});
            if (!record) continue;
            PurposeWord word{record->need_id("id"), record->need_bilingual("title")};
            if (roles_.purpose(word.id) != nullptr) twice(item, word.id);
            roles_.purposes_.push_back(std::move(word));
        }
    }

    void read_purpose_of(const YamlValue& list) {
        for (const YamlValue& item : list.list()) {
            const auto record = item.record({"things", "purpose"});
            if (!record) continue;
            const std::string purpose = need_purpose(*record);
            const std::uint32_t things = need_words(*record, "things", thing_names(), "对象", "thing");
            for (std::size_t n = 0; n < thing_names().size(); ++n) {
                if ((things >> n & 1U) == 0) continue;
                const auto [at, is_new] = roles_.purpose_of_.emplace(thing_names()[n], purpose);
                if (!is_new) twice(item, at->first);
            }
        }
    }

    // One of those that the file has.
    std::string need_purpose(const YamlRecord& record) {
        const YamlValue* value = record.need("purpose");
        if (value == nullptr) return {};
        std::string id = value->text().value_or("");
        if (roles_.purpose(id) == nullptr) {
            std::vector<std::string_view> known;
            for (const PurposeWord& one : roles_.purposes_) known.emplace_back(one.id);
            value->unknown_name("purpose_unknown", "目的", "purpose", id, known);
        }
        return id;
    }

    void read_words(const YamlValue& list) {
        std::vector<std::string> ids(verb_names().begin(), verb_names().end());
        ids.insert(ids.end(), thing_names().begin(), thing_names().end());
        for (const std::string_view field : field_names()) ids.push_back("field." + std::string(field));
        for (const std::string_view reach : reach_names()) ids.push_back("reach." + std::string(reach));
        for (const std::string_view kind : unit_kinds()) ids.push_back("seat." + std::string(kind));
        const std::vector<std::string_view> known(ids.begin(), ids.end());
        for (const YamlValue& item : list.list()) {
            const auto record = item.record({"id", "title"});
            if (!record) continue;
            PurposeWord word{record->need_id("id"), record->need_bilingual("title")};
            if (std::ranges::find(known, word.id) == known.end())
                item.unknown_name("word_unknown", "词", "word", word.id, known);
            roles_.words_.push_back(std::move(word));
        }
    }

    void read_roles(const YamlValue& list) {
        for (const YamlValue& item : list.list()) {
            const auto record = item.record({"id", "title", "holder", "second_factor", "purpose", "rights",
                                             "grants", "seats", "department"});
            if (!record) continue;
            Role role;
            role.id = record->need_id("id");
            role.title = record->need_bilingual("title");
            role.second_factor = record->flag("second_factor");
            if (record->find("purpose") != nullptr) role.purpose = need_purpose(*record);
            if (const YamlValue* holder = record->find("holder")) {
                role.kind = holder
                                ->one_of<SessionKind>({{"staff", SessionKind::staff},
                                                       {"citizen", SessionKind::citizen},
                                                       {"token", SessionKind::token}})
                                .value_or(SessionKind::staff);
            }
            if (roles_.find(role.id) != nullptr) twice(item, role.id);
            read_place(*record, role);
            if (const YamlValue* rights = record->need("rights")) {
                for (const YamlValue& right : rights->list()) read_right(right, role);
            }
            roles_.roles_.push_back(std::move(role));
        }
        for (const YamlValue& grant : grants_) {
            const auto id = grant.text();
            if (!id || roles_.find(*id) != nullptr) continue;
            std::vector<std::string_view> known;
            for (const Role& role : roles_.roles_) known.emplace_back(role.id);
            grant.unknown_name("role_unknown", "角色", "role", *id, known);
        }
    }

    // Whom it may make, and where it sits.
    void read_place(const YamlRecord& record, Role& role) {
        if (const YamlValue* grants = record.find("grants")) {
            role.grants = grants->texts();
            for (const YamlValue& grant : grants->list()) grants_.push_back(grant);
        }
        if (const YamlValue* department = record.find("department"))
            role.department = department->text().value_or("");
        const YamlValue* seats = record.find("seats");
        if (seats == nullptr) return;
        for (const YamlValue& seat : seats->list()) {
            const auto kind = seat.text();
            if (!kind) continue;
            if (!unit_kind(*kind))
                seat.unknown_name("unit_kind", "单位类型", "kind of unit", *kind, unit_kinds());
            role.seats.push_back(*kind);
        }
    }

    static std::vector<std::string_view> unit_kinds() {
        std::vector<std::string_view> kinds;
        for (const UnitKind kind : {UnitKind::province, UnitKind::city, UnitKind::county, UnitKind::township,
                                    UnitKind::village, UnitKind::department})
            kinds.push_back(name_of(kind));
        return kinds;
    }

    static void read_right(const YamlValue& item, Role& role) {
        const auto record = item.record({"may", "things", "fields", "masked", "reach"});
        if (!record) return;
        Right right;
        right.verbs = need_words(*record, "may", verb_names(), "动作", "verb");
        right.things = need_words(*record, "things", thing_names(), "对象", "thing");
        right.whole = 1U << static_cast<unsigned>(FieldClass::plain);
        if (const YamlValue* whole = record->find("fields")) {
            right.whole |= words(*whole, field_names(), "字段类别", "class of fields");
        }
        if (const YamlValue* masked = record->find("masked")) {
            right.masked = words(*masked, field_names(), "字段类别", "class of fields");
            if ((right.masked & right.whole) != 0) {
                masked->fault("right_contradiction", "同一类字段不能既完整又遮盖",
                              "a class of fields is either shown whole or masked");
            }
        }
        right.reach = role.kind == SessionKind::citizen ? Reach::self : Reach::units;
        if (const YamlValue* reach = record->find("reach")) right.reach = read_reach(*reach, role);
        role.rights.push_back(right);
    }

    static Reach read_reach(const YamlValue& value, const Role& role) {
        const auto reach = value.one_of<Reach>({{"self", Reach::self},
                                                {"household", Reach::household},
                                                {"assigned", Reach::assigned},
                                                {"department", Reach::department},
                                                {"units", Reach::units}});
        if (!reach) return Reach::self;
        const bool own = *reach == Reach::self || *reach == Reach::household;
        if (own != (role.kind == SessionKind::citizen)) {
            value.fault("right_reach", "self、household 只用于群众，其他范围只用于工作人员和接口",
                        "self and household are for citizens, the others for staff and machines");
        }
        return *reach;
    }

    static std::uint32_t need_words(const YamlRecord& record, std::string_view key,
                                    std::span<const std::string_view> known, std::string_view zh,
                                    std::string_view en) {
        const YamlValue* value = record.need(key);
        return value == nullptr ? 0 : words(*value, known, zh, en);
    }

    static std::uint32_t words(const YamlValue& list, std::span<const std::string_view> known,
                               std::string_view zh, std::string_view en) {
        std::uint32_t bits = 0;
        for (const YamlValue& item : list.list()) {
            const auto word = item.text();
            if (!word) continue;
            const auto at = std::ranges::find(known, std::string_view(*word));
            if (at == known.end()) {
                item.unknown_name("right_unknown", zh, en, *word, {known.begin(), known.end()});
            } else {
                bits |= 1U << static_cast<unsigned>(at - known.begin());
            }
        }
        return bits;
    }

    static void twice(const YamlValue& item, const std::string& id) {
        item.fault("role_twice", "“" + id + "”重复", "'" + id + "' stands twice");
    }

    Roles roles_;
    std::vector<YamlValue> grants_;  // looked up once all roles are there
};

namespace {

std::expected<Roles, std::vector<Error>> finish(std::optional<YamlValue> file, policy::Faults& faults) {
    Roles roles;
    if (file) roles = RolesReader().read(*file);
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return roles;
}

}  // namespace

std::expected<Roles, std::vector<Error>> Roles::load(const std::filesystem::path& file) {
    policy::Faults faults;
    return finish(policy::read_yaml_file(file, "access/" + file.filename().string(), faults), faults);
}

std::expected<Roles, std::vector<Error>> Roles::read(const std::string& yaml, std::string shown) {
    policy::Faults faults;
    return finish(policy::read_yaml_text(yaml, std::move(shown), faults), faults);
}

}  // namespace doudi::access
