// SPDX-License-Identifier: Apache-2.0
// The roles as the desk of accounts shows them: what each may do, in words, where it sits, and whether the
// asker may give it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <span>

#include "access/right_names.h"
#include "http/office/desk_routes.h"
#include "http/request/call.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

// The file may leave a word out: its id.
Text word_of(const access::Roles& roles, std::string_view prefix, std::string_view id) {
    const std::string key = fmt::format("{}{}", prefix, id);
    const Text text = roles.word(key);
    return text.zh == key ? Text{std::string(id), std::string(id)} : text;
}

// Ids with their titles, and the titles joined as a sentence has them.
struct Named {
    json::array items;
    std::vector<std::string> zh, en;

    void add(std::string_view id, const Text& title) {
        items.push_back(json::object{{"id", id}, {"title", words(title)}});
        zh.push_back(title.zh);
        en.push_back(title.en);
    }
    [[nodiscard]] Text joined() const {
        return {fmt::format("{}", fmt::join(zh, "、")), fmt::format("{}", fmt::join(en, ", "))};
    }
};

// Of the bits of a right; `prefix`: of the words of roles.yaml.
Named named(const access::Roles& roles, std::uint32_t bits, std::span<const std::string_view> ids,
            std::string_view prefix = {}) {
    Named all;
    for (std::size_t n = 0; n < ids.size(); ++n) {
        if ((bits >> n & 1U) != 0) all.add(ids[n], word_of(roles, prefix, ids[n]));
    }
    return all;
}

// 查看、修改 家庭、人员（本单位及下级；完整：姓名；遮盖：身份证号）
Text sentence(const Text& verbs, const Text& things, const Text& reach, const Named& whole,
              const Named& masked) {
    Text text{fmt::format("{} {}（{}", verbs.zh, things.zh, reach.zh),
              fmt::format("{}: {} ({}", verbs.en, things.en, reach.en)};
    const Text shown = whole.joined();
    const Text hidden = masked.joined();
    if (!whole.zh.empty()) {
        text.zh += "；完整：" + shown.zh;
        text.en += "; whole: " + shown.en;
    }
    if (!masked.zh.empty()) {
        text.zh += "；遮盖：" + hidden.zh;
        text.en += "; masked: " + hidden.en;
    }
    text.zh += "）";
    text.en += ")";
    return text;
}

json::object right_json(const access::Roles& roles, const access::Right& right) {
    const Named verbs = named(roles, right.verbs, access::verb_names());
    const Named things = named(roles, right.things, access::thing_names());
    const auto plain = 1U << static_cast<unsigned>(access::FieldClass::plain);
    const Named whole = named(roles, right.whole & ~plain, access::field_names(), "field.");
    const Named masked = named(roles, right.masked, access::field_names(), "field.");
    const std::string_view id = access::reach_names()[static_cast<std::size_t>(right.reach)];
    const Text reach = word_of(roles, "reach.", id);
    return {{"may", verbs.items},
            {"things", things.items},
            {"reach", json::object{{"id", id}, {"title", words(reach)}}},
            {"whole", whole.items},
            {"masked", masked.items},
            {"words", words(sentence(verbs.joined(), things.joined(), reach, whole, masked))}};
}

std::string_view holder_of(const access::Role& role) {
    if (role.kind == access::SessionKind::citizen) return "citizen";
    return role.kind == access::SessionKind::staff ? "staff" : "token";
}

json::object role_json(const Call& call, const access::Role& role) {
    const access::Roles& roles = call.services.roles;
    Named seats;
    for (const std::string& seat : role.seats) seats.add(seat, word_of(roles, "seat.", seat));
    json::array grants;
    for (const std::string& grant : role.grants) grants.emplace_back(grant);
    json::array rights;
    for (const access::Right& right : role.rights) rights.push_back(right_json(roles, right));
    return {{"id", role.id},
            {"title", words(role.title)},
            {"holder", holder_of(role)},
            {"second_factor", role.second_factor},
            {"seats", std::move(seats.items)},
            {"department", role.department.empty() ? json::value(nullptr) : json::value(role.department)},
            {"grants", std::move(grants)},
            {"may_give", roles.may_grant(call.who(), role.id)},
            {"rights", std::move(rights)}};
}

Outcome<Response> list(Call& call) {
    json::array items;
    for (const access::Role& role : call.services.roles.all()) items.push_back(role_json(call, role));
    return json_answer(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

}  // namespace

std::vector<Route> role_routes() {
    return {{.method = "GET",
             .path = "/api/v1/roles",
             .operation = "listRoles",
             .handler = list,
             .verb = Verb::administer,
             .thing = Thing::account}};
}

}  // namespace doudi::http
