// SPDX-License-Identifier: Apache-2.0
// Rows of departments beside the person of the register that they may be about, and what an officer says of
// one. Nothing follows at once: the next import and the next cycle heed it. For the offices of civil affairs,
// which see their own people alone; what the row tells is shown as far as its reader may see such an event.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/shown_name.h"
#include "http/feeds/event_row.h"
#include "http/feeds/match_list_repository.h"
#include "http/office/desk_routes.h"
#include "http/register/chain.h"
#include "http/request/call.h"
#include "http/request/lists.h"
#include "http/request/place_asked.h"
#include "http/request/reason.h"
#include "http/request/told_number.h"
#include "match/compared.h"
#include "match/told_rows.h"
#include "registry/repository.h"

namespace doudi::http {
namespace {

using access::FieldClass;
using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr int created = 201;

const policy::Dataset* dataset_of(const policy::Policy& law, std::string_view id) {
    const int at = law.catalogue.index_of(id);
    return at < 0 ? nullptr : &law.catalogue.datasets[static_cast<std::size_t>(at)];
}

int role_in(const policy::Dataset& dataset, std::string_view role) {
    const auto found = std::ranges::find(dataset.persons, role, &policy::DatasetPerson::role);
    return found == dataset.persons.end() ? -1 : static_cast<int>(found - dataset.persons.begin());
}

// The landed rows of a page: each segment is read once.
class LandedOfPage {
  public:
    explicit LandedOfPage(Call& call) : call_(call) {}

    Result<void> read(const policy::Policy& law, const std::vector<WaitingRow>& rows) {
        std::map<std::uint32_t, std::vector<const WaitingRow*>> by_arrival;
        for (const WaitingRow& row : rows) by_arrival[row.arrival].push_back(&row);
        for (const auto& [arrival, waiting] : by_arrival) {
            const policy::Dataset* dataset = dataset_of(law, waiting.front()->dataset);
            if (dataset == nullptr || waiting.front()->segment.empty()) continue;
            std::vector<std::uint32_t> numbers;
            for (const WaitingRow* row : waiting) numbers.push_back(row->row);
            std::ranges::sort(numbers);
            auto told = match::read_told_rows(call_.desk.data, *dataset, waiting.front()->segment, numbers);
            if (!told) return std::unexpected(std::move(told).error());
            for (match::TellingRow& row : *told) rows_[{arrival, row.row}] = std::move(row);
        }
        return {};
    }
    // Null: it is kept no longer.
    [[nodiscard]] const match::TellingRow* find(const WaitingRow& row) const {
        const auto found = rows_.find({row.arrival, row.row});
        return found == rows_.end() ? nullptr : &found->second;
    }

  private:
    Call& call_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, match::TellingRow> rows_;
};

// Somebody told in the same words in another file was judged already: the next cycle heeds that here too.
bool is_settled(const match::VerdictBook& book, const WaitingRow& row, const match::ToldPerson& told) {
    const match::Verdicts* said = book.find(row.dataset);
    return said != nullptr && said->of(row.person.value(), match::Verdicts::key_of(told)).has_value();
}

json::value told_json(const Shower& shower, const WaitingRow& row, const match::ToldPerson& told) {
    return json::object{
        {"name", shower.text(FieldClass::name, row.household.row(), told.name)},
        {"identity_number", told.number == 0 ? json::value(nullptr)
                                             : shower.text(FieldClass::identity_number, row.household.row(),
                                                           masked_number(told.number))},
        {"phone", shower.text(FieldClass::phone, row.household.row(), told.phone)}};
}

// What of the two is the same; null where one of them is not known, or the reader is shown nothing of either.
// Of a masked number the places that differ are told, and no sign that stands there.
json::value compared_json(const Shower& shower, const WaitingRow& row, const match::ToldPerson& told,
                          const registry::Member& member) {
    const match::Compared found = match::compare(told, member);
    const auto is_told = [&](FieldClass field) {
        return shower.shown(field, row.household.row()) != access::Shown::hidden;
    };
    json::object body{{"name", nullptr}, {"number_at", nullptr}, {"phone", nullptr}};
    if (found.name && is_told(FieldClass::name)) body["name"] = *found.name;
    if (found.phone && is_told(FieldClass::phone)) body["phone"] = *found.phone;
    if (found.number_at && is_told(FieldClass::identity_number)) {
        json::array places;
        for (const int place : *found.number_at) places.emplace_back(place);
        body["number_at"] = std::move(places);
    }
    return body;
}

// Whose file it stands in and what it tells; null where its reader sees such an event masked: which dataset
// it is says it already.
json::object source_json(const WaitingRow& row, const policy::Dataset& dataset, const match::TellingRow& told,
                         bool is_shown) {
    if (!is_shown)
        return {{"dataset", nullptr}, {"dataset_title", nullptr}, {"department", nullptr},
                {"file", nullptr},    {"event_date", nullptr},    {"values", nullptr}};
    return {{"dataset", row.dataset},
            {"dataset_title", words(dataset.title)},
            {"department", words(dataset.department_title)},
            {"file", shown_file_name(row.file_name)},
            {"event_date", day_or_null(told.event_date)},
            {"values", row_values_json(dataset, told)}};
}

json::object candidate_json(const Call& call, const Shower& shower, const WaitingRow& row,
                            const registry::Member& member) {
    const auto* unit = row.household.unit ? call.units->find(*row.household.unit) : nullptr;
    return {{"person", std::to_string(member.id.value())},
            {"household", row.household.code},
            {"unit", unit == nullptr ? json::value(nullptr) : json::value(unit->title)},
            {"name", shower.text(FieldClass::name, row.household.row(), member.name)},
            {"identity_number", shower.number(member, row.household.row())},
            {"phone", shower.text(FieldClass::phone, row.household.row(), member.phone)},
            {"relation", member.relation}};
}

Outcome<json::array> items_of(Call& call, const policy::Policy& law, const std::vector<WaitingRow>& rows) {
    LandedOfPage landed(call);
    TRY_VOID(landed.read(law, rows));
    const auto book = TRY(match::read_verdicts(call.desk.data));
    const ChainReader reader(call, TRY(call.reveals()));
    const Shower shower(call, Thing::person, TRY(call.reveals()));
    json::array items;
    auto& look = call.looked("matches");
    for (const WaitingRow& row : rows) {
        const match::TellingRow* told = landed.find(row);
        const policy::Dataset* dataset = dataset_of(law, row.dataset);
        const int role = dataset == nullptr ? -1 : role_in(*dataset, row.role);
        if (told == nullptr || role < 0) continue;
        const match::ToldPerson& person = told->persons[static_cast<std::size_t>(role)];
        if (is_settled(book, row, person)) continue;
        const auto shown = reader.shown_told(row.household, dataset->id, row.person);
        if (shown == access::Shown::hidden) continue;
        const auto member = TRY(registry::read_member(call.desk.data, call.desk.data.current(), row.person));
        json::object item = source_json(row, *dataset, *told, shown == access::Shown::whole);
        item["id"] = WaitingPlace::of(row).text();
        item["grade"] = row.grade;
        item["row"] = row.row;
        item["as_of"] = row.as_of.iso();
        item["told"] = told_json(shower, row, person);
        item["candidate"] = candidate_json(call, shower, row, member);
        item["compared"] = compared_json(shower, row, person, member);
        items.push_back(std::move(item));
        look.persons.push_back(row.person);
        look.households.push_back(row.household.id);
    }
    return items;
}

std::string text_in(const json::value& of, std::string_view key) {
    return text_or_empty(of.at(key));
}

intake::Table table_of(const json::array& items) {
    intake::Table table{.columns = {{"match"},
                                    {"grade"},
                                    {"dataset"},
                                    {"file"},
                                    {"row", true},
                                    {"event_date"},
                                    {"name_in_file"},
                                    {"identity_number_in_file"},
                                    {"household_id"},
                                    {"name"},
                                    {"identity_number"}},
                        .rows = {}};
    for (const json::value& item : items) {
        const json::value& told = item.at("told");
        const json::value& candidate = item.at("candidate");
        table.rows.push_back(
            {text_in(item, "id"), text_in(item, "grade"), text_in(item, "dataset"), text_in(item, "file"),
             std::to_string(item.at("row").to_number<std::uint32_t>()), text_in(item, "event_date"),
             text_in(told, "name"), text_in(told, "identity_number"), text_in(candidate, "household"),
             text_in(candidate, "name"), text_in(candidate, "identity_number")});
    }
    return table;
}

Outcome<Response> list(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const WaitingFilter filter{.dataset = query->text("dataset").value_or(""),
                               .grade = query->word("grade", {"review", "probable"}).value_or(""),
                               .place = place_asked(call, *query)};
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    WaitingPlace after;
    if (!asked->after.empty()) after = WaitingPlace::parse(asked->after[0]).value_or(WaitingPlace());
    const bool is_page = asked->format == "json";
    auto rows = TRY(list_waiting(call.desk.data, call.scope(Verb::read, Thing::person), filter, after,
                                 is_page ? asked->limit + 1 : most_exported));
    const bool more = is_page && rows.size() > asked->limit;
    if (more) rows.pop_back();
    auto items = items_of(call, **law, rows);
    if (!items) return std::unexpected(std::move(items).error());
    if (!is_page) return exported(call, *asked, "matches", table_of(*items));
    std::optional<std::vector<std::string>> next;
    if (more) next = std::vector{WaitingPlace::of(rows.back()).text()};
    return page_answer(call, *asked, std::move(*items), next);
}

Failure no_such_match() {
    return {404,
            "no_such_match",
            {"没有这一待认定的行，或不在您的辖区内", "there is no such row waiting within your reach"}};
}

Outcome<match::ToldPerson> told_in(Call& call, const WaitingRow& row, const policy::Dataset& dataset) {
    const int role = role_in(dataset, row.role);
    const std::vector<std::uint32_t> numbers{row.row};
    const auto told = TRY(match::read_told_rows(call.desk.data, dataset, row.segment, numbers));
    if (told.empty() || role < 0) return std::unexpected(no_such_match());
    return told.front().persons[static_cast<std::size_t>(role)];
}

Outcome<Response> decide(Call& call) {
    const auto place = WaitingPlace::parse(call.parameter("id"));
    if (!place) return std::unexpected(no_such_match());
    const auto row = TRY(find_waiting(call.desk.data, call.scope(Verb::change, Thing::person), *place));
    if (!row) return std::unexpected(no_such_match());
    auto law = call.law();
    if (!law) return std::unexpected(std::move(law).error());
    const policy::Dataset* dataset = dataset_of(**law, row->dataset);
    if (dataset == nullptr) return std::unexpected(no_such_match());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const std::string said = fields.word("verdict", {"same", "other"});
    const std::string reason = need_reason(call, fields, {"请写明理由", "say why"});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    auto told = told_in(call, *row, *dataset);
    if (!told) return std::unexpected(std::move(told).error());
    auto made = make_once(call, [&](store::Database& database) -> Outcome<Response> {
        const std::int64_t number =
            TRY(match::record_verdict(call.desk.data, database,
                                      {.dataset = row->dataset,
                                       .arrival = row->arrival,
                                       .row = row->row,
                                       .role = row->role,
                                       .person = row->person,
                                       .told = *told,
                                       .is_same = said == "same",
                                       .reason = reason,
                                       .decided_by = static_cast<std::int64_t>(call.who().user.value()),
                                       .at = call.services.clock.now()}));
        return json_answer(
            json::object{{"id", std::to_string(number)}, {"match", place->text()}, {"verdict", said}},
            created);
    });
    auto& look = call.looked(fmt::format("match {}: {}", place->text(), said));
    look.reason = reason;
    look.persons.push_back(row->person);
    look.households.push_back(row->household.id);
    return made;
}

}  // namespace

std::vector<Route> match_routes() {
    return {{.method = "GET",
             .path = "/api/v1/matches",
             .operation = "listMatches",
             .handler = list,
             .who = Who::office,
             .thing = Thing::person},
            {.method = "POST",
             .path = "/api/v1/matches/{id}/verdict",
             .operation = "decideMatch",
             .handler = decide,
             .who = Who::office,
             .verb = Verb::change,
             .thing = Thing::person,
             .creates = true,
             .request_type = "application/json"}};
}

}  // namespace doudi::http
