// SPDX-License-Identifier: Apache-2.0
#include "http/register/household_end.h"

#include "registry/repository.h"
#include "upkeep/departures.h"
#include "upkeep/repository.h"

namespace doudi::http {

namespace json = boost::json;

namespace {

Result<json::value> why_json(Call& call, upkeep::CaseId by) {
    const Text of_file{"名册文件", "A register's file"};
    if (!access::is_office(access::reader_kind(call.who()))) return json::value(nullptr);
    if (by == upkeep::CaseId())
        return json::value(json::object{{"case", nullptr}, {"kind", "import"}, {"title", words(of_file)}});
    const auto change = TRY(upkeep::repository::find_case(call.desk.database, call.desk.data, by));
    ensure(change.has_value(), "a case that has an effect");
    const auto* kind = call.services.changes.find(change->kind);
    return json::value(
        json::object{{"case", std::to_string(by.value())},
                     {"kind", change->kind},
                     {"title", words(kind == nullptr ? Text{change->kind, change->kind} : kind->title)}});
}

// Null: out of reach, or there is none.
Result<json::value> code_in_reach(Call& call, HouseholdId id) {
    if (id == HouseholdId()) return json::value(nullptr);
    const auto scope = call.scope(access::Verb::read, access::Thing::household);
    if (!scope.covers(TRY(row_of_household(call, scope, id)))) return json::value(nullptr);
    return json::value(TRY(registry::read_household(call.desk.data, call.desk.data.current(), id)).code);
}

}  // namespace

Result<json::value> ended_json(Call& call, const PlacedHousehold& placed) {
    const auto end = TRY(upkeep::ended(call.desk.data, call.desk.data.current(), placed.id));
    if (!end) return json::value(nullptr);
    return json::value(
        json::object{{"on", end->on.iso()},
                     {"refers_to", TRY(code_in_reach(call, end->successor.value_or(HouseholdId())))},
                     {"why", TRY(why_json(call, end->by))}});
}

Result<json::array> left_json(Call& call, const PlacedHousehold& placed, std::span<const PersonId> once,
                              const Shower& shower, access::Look& look) {
    json::array left;
    // Why somebody left is theirs: a divorce, a shelter. Neither their household nor the village is told.
    if (!access::is_office(access::reader_kind(call.who()))) return left;
    for (const upkeep::Left& one :
         TRY(upkeep::who_left(call.desk.data, call.desk.data.current(), placed.id, once))) {
        access::ScopedRow row = placed.row();
        row.person = one.member.id;
        left.push_back(json::object{{"id", std::to_string(one.member.id.value())},
                                    {"name", shower.text(access::FieldClass::name, row, one.member.name)},
                                    {"relation", one.member.relation},
                                    {"on", one.on.iso()},
                                    {"to", TRY(code_in_reach(call, one.to))},
                                    {"why", TRY(why_json(call, one.by))}});
        look.persons.push_back(one.member.id);
    }
    return left;
}

}  // namespace doudi::http
