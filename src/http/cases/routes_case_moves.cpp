// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "casework/kept/attachments.h"
#include "casework/ties/tying.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_json.h"
#include "http/cases/case_news.h"
#include "http/cases/case_reach.h"
#include "http/cases/case_routes.h"
#include "http/cases/case_values.h"
#include "http/lists/first_request.h"
#include "http/register/reach.h"
#include "http/register/repository.h"

namespace doudi::http {

namespace json = boost::json;
using casework::Moved;
using casework::MoveRequest;

namespace {

constexpr std::size_t longest_value = 20'000;
constexpr std::size_t most_values = 200;
constexpr std::size_t most_fields = 60;

std::optional<std::string> text_of(const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_bool()) return value.get_bool() ? "true" : "false";
    if (value.is_int64()) return std::to_string(value.get_int64());
    if (value.is_uint64()) return std::to_string(value.get_uint64());
    return std::nullopt;
}

// {"outcome": "true_", "officers": ["3", "4"], "pledge": true, "amount": 100000}
casework::Fields told_fields(BodyFields& fields, std::string_view name) {
    casework::Fields told;
    const json::value* value = fields.value(name, false);
    if (value == nullptr) return told;
    const json::object* object = value->if_object();
    if (object == nullptr || object->size() > most_fields) {
        fields.fault(name, "not_fields", {"应为填报项及其值", "takes fields and their values"});
        return told;
    }
    for (const auto& [key, one] : *object) {
        const json::array* many = one.if_array();
        std::vector<std::string>& values = told[key];
        bool fits = many == nullptr || many->size() <= most_values;
        const auto take = [&](const json::value& item) {
            const auto text = text_of(item);
            fits = fits && text && text->size() <= longest_value && is_plain_text(*text);
            if (fits) values.push_back(*text);
        };
        if (many == nullptr) {
            take(one);
        } else {
            for (const json::value& item : *many) take(item);
        }
        if (!fits)
            fields.fault(fmt::format("{}/{}", name, std::string_view(key)), "not_a_value",
                         {"应为文字、数、是或否，或其列表",
                          "takes a text, a number, true or false, or a list of them"});
    }
    return told;
}

MoveRequest move_told(Call& call, BodyFields& fields, std::string_view name_of_move) {
    constexpr std::size_t longest_key = 100;
    MoveRequest request;
    request.move = name_of_move;
    request.on = fields.optional_date("on").value_or(call.today());
    request.fields = told_fields(fields, "fields");
    request.client_key = fields.optional_text("client_key", longest_key).value_or("");
    return request;
}

// Attachments are there before a move names them.
Outcome<void> check_attachments(Call& call, const policy::Law& law, casework::CaseId of,
                                const MoveRequest& request, BodyFields& faults) {
    auto desk = case_desk(call);
    for (const auto& [id, values] : request.fields) {
        const policy::FieldRule* field = law.procedures.field(id);
        if (field == nullptr || field->type != policy::FieldRule::Type::attachments) continue;
        for (const std::string& hash : values) {
            if (TRY(casework::has_attachment(desk, of, hash))) continue;
            faults.fault(fmt::format("fields/{}", id), "no_such_attachment",
                         {"没有这个附件，请先上传", "there is no such attachment: send it first"});
        }
    }
    return {};
}

// Values as the case keeps them, by its own law.
Outcome<void> settle_told(Call& call, const policy::Pack& pack, const casework::CaseHead& head,
                          MoveRequest& request, BodyFields& faults) {
    if (auto kept = keep_by_number(call, pack.law.procedures, head.household, request.fields, faults); !kept)
        return kept;
    return check_attachments(call, pack.law, head.id, request, faults);
}

void look_at(Call& call, std::string_view what, const casework::CaseHead& head, access::Verb verb) {
    auto& look = call.looked(std::string(what));
    look.verb = verb;
    if (head.household) look.households.push_back(*head.household);
    if (head.person) look.persons.push_back(*head.person);
}

Outcome<Response> shown(Call& call, casework::CaseId of, int status) {
    auto found = case_in_reach(call, std::to_string(of.value()));
    // A case may leave one's reach by the very move.
    if (!found)
        return json_answer(json::object{{"id", std::to_string(of.value())}, {"out_of_reach", true}}, status);
    auto desk = case_desk(call);
    const auto view = TRY(casework::read_case(desk, of, call.today()));
    Response response = json_answer(TRY(case_json(call, *found, view)), status);
    response.headers.add("ETag", etag_of_case(view.state.events));
    return response;
}

Outcome<std::optional<PersonId>> member_told(Call& call, BodyFields& fields, const PlacedHousehold& placed) {
    const auto id = fields.optional_text("person");
    if (!id) return std::optional<PersonId>();
    auto member = member_named(call, placed, *id);
    if (member) return std::optional(member->id);
    fields.fault("person", member.error().code, member.error().text);
    return std::optional<PersonId>();
}

// Below a case its household goes on. Below one that was tied beyond the opener's reach the office that has
// the household opens what is to be opened, or one above both.
Outcome<void> parent_told(Call& call, BodyFields& fields, std::uint64_t parent,
                          casework::OpenRequest& request) {
    auto found = case_in_reach(call, std::to_string(parent));
    if (!found) {
        fields.fault("parent", "no_such_case", found.error().text);
        return {};
    }
    const casework::CaseHead& head = found->row.head;
    if (found->is_beyond) {
        const Failure failure = TRY(household_out_of_reach(call, head));
        fields.fault("parent", failure.code, failure.text);
        look_at(call, "case", head, access::Verb::create);
        return {};
    }
    request.parent = head.id;
    if (!request.household) request.household = head.household;
    if (!request.person) request.person = head.person;
    return {};
}

// What a new case is about, as the body names it.
Outcome<casework::OpenRequest> opening_told(Call& call, BodyFields& fields) {
    casework::OpenRequest request;
    request.machine = fields.text("machine");
    request.unit = call.who().unit;
    if (const auto code = fields.optional_text("household")) {
        auto placed = TRY(
            find_household(call.desk.data, call.scope(access::Verb::read, access::Thing::household), *code));
        if (!placed) {
            fields.fault("household", "no_such_household",
                         {"没有这一户，或不在您的辖区内", "there is no such household within your reach"});
        } else {
            request.household = placed->id;
            request.person = TRY(member_told(call, fields, *placed));
            // A citizen has no office: what they file comes to that of their household.
            if (call.who().kind == access::SessionKind::citizen)
                request.unit = TRY(access::unit_of(call.desk.database, placed->id, call.today()))
                                   .value_or(access::UnitId());
        }
    }
    if (const auto parent = fields.optional_number("parent"))
        if (auto told = parent_told(call, fields, *parent, request); !told)
            return std::unexpected(std::move(told).error());
    return request;
}

}  // namespace

namespace {

// The machine by the law of the day on which the case begins.
Outcome<std::shared_ptr<const policy::Pack>> settle_opening(Call& call, casework::OpenRequest& request,
                                                            BodyFields& fields) {
    const auto named = fields.optional_text("move");
    request.first = move_told(call, fields, named.value_or(""));
    auto pack = law_of_case(call, request.pack, request.first.on);
    if (!pack) return std::unexpected(std::move(pack).error());
    const policy::Machine* machine = (*pack)->law.procedures.machine(request.machine);
    if (machine == nullptr)
        fields.fault("machine", "no_such_machine", {"没有这种办件", "there is no such kind of case"});
    if (machine != nullptr && !named) request.first.move = casework::opening_move(*machine, call.who().roles);
    if (auto kept =
            keep_by_number(call, (*pack)->law.procedures, request.household, request.first.fields, fields);
        !kept)
        return std::unexpected(std::move(kept).error());
    return std::move(*pack);
}

}  // namespace

Outcome<Response> open_case(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    auto request = opening_told(call, fields);
    if (!request) return std::unexpected(std::move(request).error());
    auto first = first_request_told(call, fields);
    if (!first) return std::unexpected(std::move(first).error());
    request->pack = (*law)->pack.id;
    if (auto pack = settle_opening(call, *request, fields); !pack)
        return std::unexpected(std::move(pack).error());
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    Moved moved;
    auto made = make_once(call, [&](store::Database& database) -> Outcome<Response> {
        auto desk = case_desk(call, database);
        if (*first) {
            auto opened = TRY(casework::open_first_within(desk, actor_of(call), *request, **first));
            if (opened.was_settled) return std::unexpected(first_request_settled());
            moved = std::move(opened.moved);
        } else {
            moved = TRY(casework::open_within(desk, actor_of(call), *request));
        }
        if (moved.kind == Moved::Kind::refused) return std::unexpected(refused_move(moved));
        const bool is_new = moved.kind == Moved::Kind::made;
        Response response = json_answer(moved_json(moved), is_new ? 201 : 200);
        response.headers.add("Location", fmt::format("/api/v1/cases/{}", moved.of.value()));
        return response;
    });
    casework::CaseHead head;
    head.household = request->household;
    head.person = request->person;
    look_at(call, "case", head, access::Verb::create);
    tell_of_move(call, moved);
    return made;
}

namespace {

struct TieAsked {
    std::optional<HouseholdId> household;  // none: it is untied
    std::string code;
};

// The household that a tie names, where the move is one; within the asker's reach, as on its own page.
Outcome<std::optional<TieAsked>> tie_asked(Call& call, const policy::Pack& pack,
                                           const casework::CaseHead& head, const MoveRequest& request,
                                           BodyFields& fields) {
    const policy::Machine* machine = pack.law.procedures.machine(head.machine);
    const policy::Move* move = machine == nullptr ? nullptr : machine->move(request.move);
    if (move == nullptr || !casework::is_tying(*move)) return std::optional<TieAsked>();
    if (casework::is_untying(*move)) return std::optional(TieAsked{});
    const std::string code = casework::first_of(request.fields, casework::tied_to_field);
    const auto scope = call.scope(access::Verb::read, access::Thing::household);
    const auto household = TRY(find_household(call.desk.data, scope, code));
    if (!household) {
        fields.fault(fmt::format("fields/{}", casework::tied_to_field), "no_such_household",
                     {"名册中没有这一户，或不在您的管辖内", "there is no such household within your reach"});
        return std::optional<TieAsked>();
    }
    return std::optional(TieAsked{household->id, household->code});
}

// From a household beyond the reach no case is taken away, to none and to none other.
Outcome<void> check_beyond(Call& call, const policy::Pack& pack, const casework::CaseHead& head,
                           const MoveRequest& request) {
    const policy::Machine* machine = pack.law.procedures.machine(head.machine);
    const policy::Move* move = machine == nullptr ? nullptr : machine->move(request.move);
    if (move == nullptr || !casework::is_tying(*move)) return {};
    look_at(call, "case", head, access::Verb::change);
    return std::unexpected(TRY(household_out_of_reach(call, head)));
}

}  // namespace

Outcome<Response> move_case(Call& call) {
    auto found = case_in_reach(call, call.parameter("id"));
    if (!found) return std::unexpected(std::move(found).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    casework::CaseHead head = found->row.head;
    auto pack = law_of_case(call, head.pack, head.opened_on);
    if (!pack) return std::unexpected(std::move(pack).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    MoveRequest request = move_told(call, fields, fields.text("move"));
    if (found->is_beyond) {
        if (auto may = check_beyond(call, **pack, head, request); !may)
            return std::unexpected(std::move(may).error());
        head.household.reset();  // none of its people is named by who does not reach them
        head.person.reset();
    }
    const auto tie = tie_asked(call, **pack, head, request, fields);
    if (!tie) return std::unexpected(tie.error());
    if (*tie && (*tie)->household)
        head.household = (*tie)->household;  // whose people it may name from now on
    if (auto kept = settle_told(call, **pack, head, request, fields); !kept)
        return std::unexpected(std::move(kept).error());
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    std::optional<int> seen;
    if (request.client_key.empty()) {
        if (auto match = require_match(call, etag_of_case(found->row.now.events)); !match)
            return std::unexpected(std::move(match).error());
        seen = found->row.now.events;
    }
    auto desk = case_desk(call);
    Moved moved = *tie ? TRY(casework::tie_case(
                             desk, actor_of(call),
                             {head.id, found->row.now.events, (*tie)->household, (*tie)->code, request}))
                       : TRY(casework::move_case(desk, actor_of(call), head.id, seen, request));
    moved.faults = faults_told(found->is_beyond, std::move(moved.faults));
    if (found->is_beyond) head = found->row.head;
    look_at(call, "case", head, access::Verb::change);
    if (moved.kind == Moved::Kind::refused) return std::unexpected(refused_move(moved));
    tell_of_move(call, moved);
    return moved_answer(call, moved);
}

Outcome<Response> moved_answer(Call& call, const Moved& moved, json::object more) {
    auto answer = shown(call, moved.of, 200);
    if (!answer) return answer;
    auto told = parse_json(std::get<std::string>(answer->body));
    json::object whole = moved_json(moved);
    whole["now"] = told ? std::move(*told) : json::value(nullptr);
    for (auto& [key, value] : more) whole[key] = std::move(value);
    Response response = json_answer(whole);
    for (const auto& [name, value] : answer->headers)
        if (name == "etag" || name == "ETag") response.headers.add(name, value);
    return response;
}

Outcome<Response> settle_late_form(Call& call) {
    auto found = case_in_reach(call, call.parameter("id"));
    if (!found) return std::unexpected(std::move(found).error());
    std::int64_t form = 0;
    const std::string& text = call.parameter("form");
    std::from_chars(text.data(), text.data() + text.size(), form);
    auto desk = case_desk(call);
    auto whole = TRY(casework::read_case(desk, found->row.head.id, call.today()));
    const auto reached = TRY(reached_case(call, *found, std::move(whole)));
    const auto told = std::ranges::find(reached.view.late, form, &casework::repository::LateForm::id);
    if (told == reached.view.late.end()) form = 0;  // who is not told that it came settles nothing
    TRY_VOID(casework::settle_late(desk, found->row.head.id, form));
    look_at(call, "case.late", found->row.head, access::Verb::change);
    return no_content();
}

namespace {

// The faults of one case of many: what its fields name and what is not there. None: the request is settled.
Outcome<std::optional<json::array>> faults_of_one(Call& call, const casework::CaseHead& head,
                                                  MoveRequest& request) {
    auto pack = law_of_case(call, head.pack, head.opened_on);
    if (!pack) return std::unexpected(std::move(pack).error());
    FieldFaults faults;
    const json::value nothing = json::object{};
    BodyFields fields(nothing, faults);
    if (auto kept = settle_told(call, **pack, head, request, fields); !kept)
        return std::unexpected(std::move(kept).error());
    if (faults.empty()) return std::optional<json::array>();
    const Failure failure = faults.failure();
    json::array all;
    for (const FieldFault& fault : failure.fields) {
        const std::string field = fault.pointer.substr(fault.pointer.rfind('/') + 1);
        all.push_back(json::object{{"field", field}, {"code", fault.code}, {"detail", words(fault.detail)}});
    }
    return std::optional(std::move(all));
}

// One case of many: what is out of reach is not there.
Outcome<json::object> move_one(Call& call, casework::Desk& desk, std::string_view id, MoveRequest request) {
    auto found = case_in_reach(call, id);
    if (!found) {
        if (found.error().status != 404) return std::unexpected(std::move(found).error());
        return json::object{{"case", id}, {"outcome", "not_there"}, {"event", 0}, {"faults", json::array()}};
    }
    const auto& head = found->row.head;
    casework::CaseHead named = head;
    if (found->is_beyond) {
        named.household.reset();
        named.person.reset();
    }
    auto faults = faults_of_one(call, named, request);
    if (!faults) return std::unexpected(std::move(faults).error());
    if (*faults) {
        return json::object{
            {"case", id}, {"outcome", "refused"}, {"event", 0}, {"faults", std::move(**faults)}};
    }
    Moved moved = TRY(casework::move_case(desk, actor_of(call), head.id, std::nullopt, request));
    moved.faults = faults_told(found->is_beyond, std::move(moved.faults));
    if (call.look && head.household) call.look->households.push_back(*head.household);
    if (call.look && head.person) call.look->persons.push_back(*head.person);
    tell_of_move(call, moved);
    return moved_json(moved);
}

using Answered = std::pair<std::string, MoveRequest>;  // a case and what is done to it

// Each case with its own answer, in the order in which they were named.
Outcome<Response> move_each(Call& call, std::string_view what, const std::vector<Answered>& answers) {
    call.looked(std::string(what)).verb = access::Verb::change;
    auto desk = case_desk(call);
    json::array items;
    for (const auto& [id, request] : answers) {
        auto one = move_one(call, desk, id, request);
        if (!one) return std::unexpected(std::move(one).error());
        items.push_back(std::move(*one));
    }
    return json_answer(json::object{{"items", std::move(items)}});
}

}  // namespace

Outcome<Response> move_cases(Call& call) {
    constexpr std::size_t most_cases = 500;
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const auto ids = fields.texts("cases", most_cases);
    const MoveRequest request = move_told(call, fields, fields.text("move"));
    if (request.client_key.empty())
        fields.fault("client_key", "required", {"缺少 client_key", "client_key is missing"});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    std::vector<Answered> told;
    for (const std::string& id : ids) told.emplace_back(id, request);
    return move_each(call, "cases", told);
}

Outcome<Response> take_knock(Call& call) {
    constexpr std::size_t most_answers = 50;
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string key = fields.text("client_key");
    const Date on = fields.date("on");
    const json::value* list = fields.value("answers");
    const json::array* answers = list == nullptr ? nullptr : list->if_array();
    if (list != nullptr && (answers == nullptr || answers->empty() || answers->size() > most_answers))
        fields.fault("answers", "not_in_range", {"应为 1 到 50 项的列表", "takes a list of 1 to 50"});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    std::vector<Answered> told;
    for (std::size_t n = 0; n < answers->size(); ++n) {
        BodyFields answer((*answers)[n], faults, fmt::format("/answers/{}", n));
        std::string id = answer.text("case");
        MoveRequest request;
        request.move = answer.text("move");
        request.on = on;
        request.fields = told_fields(answer, "fields");
        request.client_key = key;
        answer.finish();
        told.emplace_back(std::move(id), std::move(request));
    }
    if (!faults.empty()) return std::unexpected(faults.failure());
    return move_each(call, "knock", told);
}

}  // namespace doudi::http
