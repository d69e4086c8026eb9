// SPDX-License-Identifier: Apache-2.0
#include "http/register/asked_person.h"

#include "access/office_above.h"
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
    const access::UnitId above = access::office_above(*call.units, call.who().unit, call.today());
    return above == access::UnitId() ? call.who().unit : above;
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
