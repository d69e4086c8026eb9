// SPDX-License-Identifier: Apache-2.0
#include "http/asked_person.h"

#include "registry/repository.h"

namespace doudi::http {

AskedPerson read_asked_person(BodyFields& fields) {
    AskedPerson asked{fields.text("name"), std::nullopt};
    const std::string number = fields.text("identity_number");
    const IdText read = read_id_text(number);
    if (read.kind == IdTextKind::valid) asked.number = IdNumber::parse(read.view());
    if (!number.empty() && !asked.number)
        fields.fault("identity_number", "not_a_number",
                     {"不是有效的公民身份号码", "it is no identity number"});
    return asked;
}

access::UnitId office_above(const Call& call) {
    access::UnitId office = call.who().unit;
    for (const access::UnitId unit : call.units->path(call.who().unit, call.today())) {
        const access::Unit* one = call.units->find(unit);
        if (one != nullptr && one->kind != access::UnitKind::department) office = unit;
    }
    return office;
}

Result<std::optional<registry::Member>> find_asked_person(Call& call, const AskedPerson& asked) {
    auto& data = call.desk.data;
    const PersonId person = TRY(registry::find_by_number(data, data.current(), *asked.number));
    if (person == PersonId()) return std::optional<registry::Member>();
    auto member = TRY(registry::read_member(data, data.current(), person));
    if (member.name != asked.name || member.household == HouseholdId())
        return std::optional<registry::Member>();
    const auto unit = TRY(access::unit_of(call.desk.database, member.household, call.today()));
    if (!unit || !call.units->within(*unit, office_above(call), call.today()))
        return std::optional<registry::Member>();
    return std::optional(std::move(member));
}

}  // namespace doudi::http
