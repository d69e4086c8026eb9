// SPDX-License-Identifier: Apache-2.0
#include "http/register/proposal_payload.h"

#include <algorithm>
#include <boost/json.hpp>

#include "access/right_names.h"
#include "http/request/payload.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

json::object object_of(const FiguresPayload& payload) {
    json::array figures;
    for (const auto& one : payload.figures)
        figures.push_back(json::object{{"parameter", one.parameter},
                                       {"region", one.region},
                                       {"residence", one.residence},
                                       {"from", one.from.iso()},
                                       {"to", one.to ? json::value(one.to->iso()) : json::value(nullptr)},
                                       {"value", one.value},
                                       {"sample", one.sample},
                                       {"source", one.source}});
    return {{"kind", "figures"}, {"pack", payload.pack}, {"figures", std::move(figures)}};
}

json::object object_of(const ruledesk::PackProposal& payload) {
    return {{"kind", "pack"},
            {"pack", payload.pack},
            {"version", payload.version},
            {"content", payload.content},
            {"from", payload.from.iso()}};
}

json::array numbers_of(const std::vector<PersonId>& persons) {
    json::array numbers;
    for (const PersonId person : persons) numbers.push_back(json::value(person.value()));
    return numbers;
}

json::object object_of(const RevealPayload& payload) {
    json::array households;
    for (const auto& one : payload.households) {
        households.push_back(
            json::object{{"id", one.id.value()}, {"code", one.code}, {"persons", numbers_of(one.persons)}});
    }
    return {{"kind", "reveal"},
            {"field", access::name_of(payload.field)},
            {"purpose", payload.purpose},
            {"case", payload.case_ref},
            {"households", std::move(households)}};
}

json::object object_of(const ForgetPayload& payload) {
    return {{"kind", "forgetting"},
            {"household", payload.household.value()},
            {"code", payload.code},
            {"whole", payload.whole},
            {"persons", numbers_of(payload.persons)}};
}

json::object object_of(const HeadingsPayload& payload) {
    json::array columns;
    for (const auto& one : payload.columns)
        columns.push_back(json::object{{"heading", one.heading}, {"field", one.field}});
    return {{"kind", "headings"},
            {"unit", payload.unit},
            {"keeps", payload.keeps},
            {"dataset", payload.dataset},
            {"columns", std::move(columns)}};
}

Date day_at(const json::object& object, std::string_view name) {
    return Date::parse_iso(text_of(object, name)).value();
}

std::vector<PersonId> persons_at(const json::object& object) {
    std::vector<PersonId> persons;
    for (const auto& person : object.at("persons").as_array())
        persons.emplace_back(person.to_number<std::uint32_t>());
    return persons;
}

FiguresPayload figures_of(const json::object& object) {
    FiguresPayload payload{text_of(object, "pack"), {}};
    for (const auto& item : object.at("figures").as_array()) {
        const auto& one = item.as_object();
        ruledesk::Figure figure{.parameter = text_of(one, "parameter"),
                                .region = text_of(one, "region"),
                                .residence = text_of(one, "residence"),
                                .from = day_at(one, "from"),
                                .to = {},
                                .value = text_of(one, "value"),
                                .sample = one.at("sample").as_bool(),
                                .source = text_of(one, "source")};
        if (!one.at("to").is_null()) figure.to = day_at(one, "to");
        payload.figures.push_back(std::move(figure));
    }
    return payload;
}

RevealPayload reveal_of(const json::object& object) {
    RevealPayload payload{{}, text_of(object, "purpose"), text_of(object, "case"), {}};
    const auto names = access::field_names();
    const auto at = std::ranges::find(names, text_of(object, "field"));
    if (at == names.end()) throw std::invalid_argument("field");
    payload.field = static_cast<access::FieldClass>(at - names.begin());
    for (const auto& item : object.at("households").as_array()) {
        const auto& one = item.as_object();
        RevealPayload::Household household{
            HouseholdId(one.at("id").to_number<std::uint32_t>()), text_of(one, "code"), {}};
        household.persons = persons_at(one);
        payload.households.push_back(std::move(household));
    }
    return payload;
}

ForgetPayload forgetting_of(const json::object& object) {
    return {HouseholdId(object.at("household").to_number<std::uint32_t>()), text_of(object, "code"),
            object.at("whole").as_bool(), persons_at(object)};
}

HeadingsPayload headings_of(const json::object& object) {
    HeadingsPayload payload{object.at("unit").to_number<std::uint32_t>(),
                            object.at("keeps").as_bool(),
                            text_of(object, "dataset"),
                            {}};
    for (const auto& one : object.at("columns").as_array())
        payload.columns.push_back({text_of(one.as_object(), "heading"), text_of(one.as_object(), "field")});
    return payload;
}

}  // namespace

access::Thing thing_of(const ProposalPayload& payload) {
    constexpr access::Thing things[] = {access::Thing::parameter, access::Thing::pack, access::Thing::person,
                                        access::Thing::retention, access::Thing::feed};
    return things[payload.index()];
}

std::string_view kind_of(const ProposalPayload& payload) {
    constexpr std::string_view kinds[] = {"figures", "pack", "reveal", "forgetting", "headings"};
    return kinds[payload.index()];
}

std::string text_of(const ProposalPayload& payload) {
    return std::visit([](const auto& one) { return json::serialize(object_of(one)); }, payload);
}

Outcome<ProposalPayload> read_payload(const std::string& text) {
    try {
        const auto object = json::parse(text).as_object();
        const std::string kind = text_of(object, "kind");
        if (kind == "figures") return figures_of(object);
        if (kind == "reveal") return reveal_of(object);
        if (kind == "headings") return headings_of(object);
        if (kind == "forgetting") return forgetting_of(object);
        if (kind == "pack")
            return ruledesk::PackProposal{text_of(object, "pack"), text_of(object, "version"),
                                          text_of(object, "content"), day_at(object, "from")};
    } catch (const std::exception&) {
        // Falls through: whatever it is, nobody can have approved it.
    }
    return std::unexpected(
        Failure(409, "proposal_damaged", {"提请的内容无法识别", "what the proposal says cannot be read"}));
}

}  // namespace doudi::http
