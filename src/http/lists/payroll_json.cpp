// SPDX-License-Identifier: Apache-2.0
#include "http/lists/payroll_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "http/cases/case_desk.h"
#include "http/cases/case_law.h"
#include "http/cases/case_names.h"
#include "http/register/people_names.h"

namespace doudi::http {
namespace {

using casework::PaymentStanding;
using casework::PayrollLine;
namespace json = boost::json;

json::value unit_part(const Call& call, access::UnitId id, std::string access::Unit::* part) {
    const access::Unit* unit = call.units->find(id);
    return unit == nullptr ? json::value(nullptr) : json::value(unit->*part);
}

json::object category_title(const policy::Law& law, const std::string& id) {
    const int index = law.category_of(id);
    return words(index < 0 ? Text{id, id} : law.categories[static_cast<std::size_t>(index)].title);
}

struct Sum {
    std::uint64_t lines = 0, paid = 0, held = 0;
    Money total;

    Result<void> add(const PayrollLine& line) {
        const Money pays = TRY(line.pays());
        ++lines;
        paid += pays == Money() ? 0 : 1;
        held += line.standing == PaymentStanding::held ? 1 : 0;
        total = TRY(total.plus(pays));
        return {};
    }
    [[nodiscard]] json::object told() const {
        return {{"lines", lines},
                {"paid", paid},
                {"held", held},
                {"total", total.fen()},
                {"yuan", total.yuan_text()}};
    }
};

// What the law of the case says of a line: by it the case is handled to its end.
struct Behind {
    json::value title = nullptr;  // of the step
    std::string clause;
    json::value cause = nullptr;
};

Behind behind(Call& call, const PayrollLine& line) {
    Behind found;
    const auto pack = call.services.case_law.of(call.desk.database, line.pack, line.opened_on);
    if (!pack) return found;
    const policy::Machine* machine = pack->law.procedures.machine(line.machine);
    const policy::Move* move = machine == nullptr ? nullptr : machine->move(line.move);
    if (move != nullptr) {
        found.title = words(move->title);
        found.clause = move->cite.text();
    }
    const policy::FieldRule* field = pack->law.procedures.field(casework::cause_field);
    if (line.cause.empty() || field == nullptr) return found;
    const auto word = std::ranges::find(field->words, line.cause, [](const auto& one) { return one.first; });
    if (word != field->words.end()) found.cause = words(word->second);
    return found;
}

// As a list of cases has it, for the names of whom they are about.
casework::repository::ListedCase listed_of(const PayrollLine& line) {
    casework::repository::ListedCase one;
    one.row.head.id = line.of;
    one.row.head.machine = line.machine;
    one.row.head.household = line.household;
    one.row.head.person = line.person;
    one.row.head.unit = line.unit;
    one.row.head.origin = line.unit;
    return one;
}

json::array numbers_of(std::span<const casework::CaseId> cases) {
    json::array numbers;
    for (const casework::CaseId one : cases) numbers.emplace_back(std::to_string(one.value()));
    return numbers;
}

Outcome<json::object> line_json(Call& call, const policy::Law& law, const PayrollLine& line) {
    auto desk = case_desk(call);
    const std::string code =
        line.household ? TRY(casework::repository::select_code(desk.shelf, *line.household)) : std::string();
    const Money pays = TRY(line.pays());
    const Behind why = behind(call, line);
    return json::object{{"payment", std::to_string(line.of.value())},
                        {"household", code.empty() ? json::value(nullptr) : json::value(code)},
                        {"name", nullptr},
                        {"unit", unit_part(call, line.unit, &access::Unit::code)},
                        {"unit_title", unit_part(call, line.unit, &access::Unit::title)},
                        {"category", line.category},
                        {"category_title", category_title(law, line.category)},
                        {"part", casework::name_of(line.part)},
                        {"was", casework::name_of(line.was)},
                        {"was_amount", line.was_amount.fen()},
                        {"standing", casework::name_of(line.standing)},
                        {"amount", line.amount.fen()},
                        {"back_pay", line.back_pay.fen()},
                        {"pays", pays.fen()},
                        {"yuan", json::object{{"was_amount", line.was_amount.yuan_text()},
                                              {"amount", line.amount.yuan_text()},
                                              {"back_pay", line.back_pay.yuan_text()},
                                              {"pays", pays.yuan_text()}}},
                        {"event", line.event},
                        {"step", why.title},
                        {"clause", why.clause},
                        {"on", day_or_null(line.on)},
                        {"cause", why.cause},
                        {"paid_twice_by", numbers_of(line.beside)}};
}

// By the office's region, as official lists are numbered; its own key only where it has none.
std::string number_of(const access::Unit* unit, const casework::Payroll& payroll) {
    const std::string place = unit == nullptr ? "" : unit->region ? unit->region->text() : unit->code;
    return fmt::format("{}-{}", place, payroll.month.text());
}

}  // namespace

json::object payroll_json(Call& call, const casework::Payroll& payroll) {
    PeopleNames people(call);
    const access::Unit* unit = call.units->find(payroll.unit);
    return {{"id", std::to_string(payroll.id.value())},
            {"number", number_of(unit, payroll)},
            {"month", payroll.month.text()},
            {"unit", unit_part(call, payroll.unit, &access::Unit::code)},
            {"unit_title", unit_part(call, payroll.unit, &access::Unit::title)},
            {"as_of", payroll.as_of.iso()},
            {"lines", payroll.lines},
            {"paid", payroll.paid},
            {"total", payroll.total.fen()},
            {"yuan", payroll.total.yuan_text()},
            {"closed_at", time_text(micros_of(payroll.closed_at))},
            {"closed_by", people.told(payroll.closed_by)}};
}

Outcome<json::object> payroll_sums(const policy::Law& law, std::span<const PayrollLine> lines) {
    Sum all;
    std::map<std::string, Sum> by_category;
    std::map<std::string_view, std::uint64_t> parts;
    std::uint64_t back_pay = 0;
    std::uint64_t differences = 0;
    std::uint64_t accounts = 0;
    std::uint64_t twice = 0;
    for (const PayrollLine& line : lines) {
        TRY_VOID(all.add(line));
        TRY_VOID(by_category[line.category].add(line));
        ++parts[casework::name_of(line.part)];
        back_pay += line.back_pay == Money() ? 0 : 1;
        differences += casework::is_different(line) ? 1 : 0;
        accounts += casework::has_other_account(line) ? 1 : 0;
        twice += line.beside.empty() ? 0 : 1;
    }
    json::object counts;
    for (const auto part : {"started", "gone", "held", "resumed", "changed", "on_hold", "same"})
        counts[part] = parts[part];
    counts["back_pay"] = back_pay;
    counts["differences"] = differences;
    counts["account"] = accounts;
    counts["twice"] = twice;
    json::array categories;
    for (const auto& [id, sum] : by_category) {
        json::object one = sum.told();
        one["category"] = id;
        one["title"] = category_title(law, id);
        categories.push_back(std::move(one));
    }
    json::object told = all.told();
    told["parts"] = std::move(counts);
    told["categories"] = std::move(categories);
    return told;
}

Outcome<json::array> payroll_lines(Call& call, const policy::Law& law, std::span<const PayrollLine> lines) {
    std::vector<casework::repository::ListedCase> cases;
    cases.reserve(lines.size());
    for (const PayrollLine& line : lines) cases.push_back(listed_of(line));
    const CaseNames names = TRY(CaseNames::of(call, law, cases));
    auto& look = call.looked("payroll.lines");
    json::array items;
    for (std::size_t n = 0; n < lines.size(); ++n) {
        auto item = line_json(call, law, lines[n]);
        if (!item) return std::unexpected(std::move(item).error());
        (*item)["name"] = names.name(cases[n]);
        if (lines[n].household) look.households.push_back(*lines[n].household);
        if (lines[n].person) look.persons.push_back(*lines[n].person);
        items.push_back(std::move(*item));
    }
    return items;
}

}  // namespace doudi::http
