// SPDX-License-Identifier: Apache-2.0
// The payroll of a month: what is new, gone, changed and held against the month before, closed by a person;
// its list for the bank; and the file of a bank about payments that came back, whose rows a person takes as
// any workbook's.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "casework/payments/payroll.h"
#include "casework/payments/payroll_accounts.h"
#include "casework/payments/payroll_repository.h"
#include "http/cases/case_desk.h"
#include "http/lists/payroll_json.h"
#include "http/lists/workbook_json.h"
#include "http/office/desk_routes.h"
#include "http/people/account_reach.h"
#include "http/register/register_shown.h"
#include "http/request/listed.h"
#include "http/request/reason.h"
#include "http/server/sent_file.h"
#include "registry/repository.h"
#include "workbook/bank_list.h"
#include "workbook/bank_returns.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
using casework::Month;
using casework::Payroll;
using casework::PayrollId;
using casework::PayrollLine;
using casework::PayrollNow;
using casework::PayrollPart;
namespace json = boost::json;
namespace repository = casework::repository;

constexpr int created = 201;
constexpr int not_found = 404;
constexpr int conflict = 409;
constexpr std::uint64_t largest_file = std::uint64_t{8} << 20U;

// --- which list is asked for

struct ListAsked {
    access::UnitId unit;
    Month month;
};

// The asker's own office and the month of today, unless the query says another.
ListAsked list_asked(const Call& call, QueryFields& query) {
    ListAsked asked{call.who().unit, Month::of(call.today())};
    if (const auto code = query.text("unit")) {
        const auto* unit = call.units->find(std::string_view(*code));
        if (unit != nullptr && reaches(call, unit->id)) {
            asked.unit = unit->id;
        } else {
            query.fault("unit", "no_such_unit",
                        {"没有这个单位，或不在您的管辖内", "there is no such unit within your reach"});
        }
    }
    if (const auto text = query.text("month")) {
        if (const auto month = Month::parse(*text)) {
            asked.month = *month;
        } else {
            query.fault("month", "not_a_month", {"应为 YYYY-MM", "takes a month, YYYY-MM"});
        }
    }
    return asked;
}

struct Read {
    std::shared_ptr<const policy::Policy> law;
    PayrollNow now;
};

Outcome<Read> read_list(Call& call, const ListAsked& asked) {
    Read read;
    read.law = TRY(call.law());
    auto desk = case_desk(call);
    const auto machines = casework::paying_machines(read.law->pack.law.procedures);
    read.now = TRY(casework::read_payroll(desk, machines, asked.unit, asked.month));
    return read;
}

json::value payroll_or_null(Call& call, const std::optional<Payroll>& payroll) {
    return payroll ? json::value(payroll_json(call, *payroll)) : json::value(nullptr);
}

Outcome<Response> month_of(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const ListAsked asked = list_asked(call, *query);
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    auto read = read_list(call, asked);
    if (!read) return std::unexpected(std::move(read).error());
    auto sums = payroll_sums(read->law->pack.law, read->now.lines);
    if (!sums) return std::unexpected(std::move(sums).error());
    const auto* unit = call.units->find(asked.unit);
    json::object body = std::move(*sums);
    body["digest"] = TRY(casework::sum_of(read->now.lines)).digest;
    body["month"] = asked.month.text();
    body["before"] = asked.month.before().text();
    body["unit"] = unit == nullptr ? json::value(nullptr) : json::value(unit->code);
    body["unit_title"] = unit == nullptr ? json::value(nullptr) : json::value(unit->title);
    body["as_of"] = read->now.as_of.iso();
    body["closed"] = payroll_or_null(call, read->now.closed);
    body["before_closed"] = payroll_or_null(call, read->now.before);
    return json_answer(body);
}

// --- its lines

// What of the lines a query keeps.
struct Kept {
    std::string part, category;

    [[nodiscard]] bool keeps(const PayrollLine& line) const {
        if (!category.empty() && line.category != category) return false;
        if (part == "all") return true;
        if (part == "back_pay") return line.back_pay != Money();
        if (part == "account") return casework::has_other_account(line);
        if (part == "twice") return !line.beside.empty();
        if (part == "differences") return casework::is_different(line);
        return casework::name_of(line.part) == part;
    }
};

const std::initializer_list<ListedColumn> line_columns{{"payment"},
                                                       {"household"},
                                                       {"name"},
                                                       {"unit_title"},
                                                       {"category_title"},
                                                       {"part"},
                                                       {"was"},
                                                       {"yuan/was_amount", true},
                                                       {"standing"},
                                                       {"yuan/amount", true},
                                                       {"yuan/back_pay", true},
                                                       {"yuan/pays", true},
                                                       {"step"},
                                                       {"on"},
                                                       {"clause"},
                                                       {"cause"},
                                                       {"paid_twice_by"},
                                                       {"account"},
                                                       {"account_was"},
                                                       {"account_next"}};

// Beside each line its account as four digits, and which other the list before had or the next one will.
Result<void> tell_accounts(Call& call, std::span<const PayrollLine> lines, bool is_closed,
                           json::array& items) {
    const auto or_null = [](const std::string& mask) {
        return mask.empty() ? json::value(nullptr) : json::value(mask);
    };
    auto desk = case_desk(call);
    for (std::size_t n = 0; n < lines.size(); ++n) {
        const auto told = TRY(casework::accounts_of_line(desk, lines[n], is_closed));
        json::object& item = items[n].as_object();
        item["account"] = or_null(told.shown);
        item["account_changed"] = told.is_other;
        item["account_was"] = or_null(told.was);
        item["account_changes"] = told.is_next;
        item["account_next"] = or_null(told.next);
    }
    return {};
}

Outcome<Response> list_lines(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    const ListAsked of = list_asked(call, *query);
    const Kept kept{query
                        ->word("part", {"all", "differences", "started", "gone", "held", "resumed", "changed",
                                        "on_hold", "same", "back_pay", "account", "twice"})
                        .value_or("all"),
                    query->text("category").value_or("")};
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto read = read_list(call, of);
    if (!read) return std::unexpected(std::move(read).error());
    const std::uint64_t after = asked->after.empty() ? 0 : case_number(asked->after[0]).value_or(0);
    std::vector<PayrollLine> lines;
    for (PayrollLine& line : read->now.lines)
        if (line.of.value() > after && kept.keeps(line)) lines.push_back(std::move(line));
    const bool more = !is_file(*asked) && lines.size() > asked->limit;
    if (more) lines.resize(asked->limit);
    auto items = payroll_lines(call, read->law->pack.law, lines);
    if (!items) return std::unexpected(std::move(items).error());
    TRY_VOID(tell_accounts(call, lines, read->now.closed.has_value(), *items));
    std::optional<std::vector<std::string>> next;
    if (more) next = std::vector{std::to_string(lines.back().of.value())};
    return listed(call, *asked, "payroll-" + of.month.text(), line_columns, std::move(*items), next);
}

// --- closed by a person

Outcome<Response> list_payrolls(Call& call) {
    auto asked = whole_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto desk = case_desk(call);
    json::array items;
    for (const Payroll& one : TRY(repository::select_payrolls(desk.shelf)))
        if (reaches(call, one.unit)) items.push_back(payroll_json(call, one));
    return listed(call, *asked, "payrolls",
                  {{"number"},
                   {"month"},
                   {"unit_title"},
                   {"as_of"},
                   {"lines", true},
                   {"paid", true},
                   {"yuan", true},
                   {"closed_at"},
                   {"closed_by"}},
                  std::move(items));
}

Outcome<Response> close_month(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const auto month = Month::parse(fields.text("month"));
    if (!month) fields.fault("month", "not_a_month", {"应为 YYYY-MM", "takes a month, YYYY-MM"});
    casework::PayrollSum seen;
    constexpr std::int64_t most = INT64_MAX;
    seen.lines = static_cast<std::uint64_t>(fields.number("lines", 0, most));
    seen.total = Money::fen(fields.number("total", 0, most));
    seen.digest = fields.text("digest");
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    call.looked("payroll.closed").verb = Verb::create;
    const auto law = TRY(call.law());
    auto desk = case_desk(call);
    const auto machines = casework::paying_machines(law->pack.law.procedures);
    const Payroll made =
        TRY(casework::close_payroll(desk, actor_of(call), machines, call.who().unit, *month, seen));
    return json_answer(payroll_json(call, made), created);
}

// --- what came back

Outcome<Payroll> payroll_in_reach(Call& call) {
    const auto number = case_number(call.parameter("id"));
    auto desk = case_desk(call);
    auto payroll = number ? TRY(repository::select_payroll(desk.shelf, PayrollId(*number))) : std::nullopt;
    if (payroll && reaches(call, payroll->unit)) return std::move(*payroll);
    return std::unexpected(
        Failure(not_found, "no_such_payroll",
                {"没有这份发放清册，或不在您的管辖内", "there is no such payroll within your reach"}));
}

// --- what goes to the bank

using workbook::BankList;

// Whether accounts of what this office pays may be seen whole.
Outcome<void> may_open_accounts(const Call& call, const Payroll& payroll) {
    const auto scope = access::Scope::of(call.services.roles, *call.units, call.who(), Verb::reveal,
                                         Thing::payment, call.today(), access::FieldClass::account);
    if (scope.covers(access::ScopedRow{.unit = payroll.unit})) return {};
    return std::unexpected(Failure(
        403, "not_allowed", {"不能查看这份清册的收款账号", "its accounts are not yours to see whole"}));
}

std::string cell_of(BankList::Is is, const json::object& line, const std::string& account) {
    const auto text = [](const json::value& value) {
        return value.is_string() ? std::string(value.get_string()) : std::string();
    };
    switch (is) {
        case BankList::Is::payment:
            return text(line.at("payment"));
        case BankList::Is::household:
            return text(line.at("household"));
        case BankList::Is::name:
            return text(line.at("name"));
        case BankList::Is::account:
            return account;
        case BankList::Is::amount:
            return text(line.at("yuan").at("pays"));
        case BankList::Is::category:
            return text(line.at("category_title").at("zh"));
    }
    return {};
}

// Of a closed list what is paid, each in a row; numbers are opened where the bank's form has a column of
// them.
Outcome<intake::Table> bank_table(Call& call, const BankList& form, const policy::Law& law,
                                  const Payroll& payroll) {
    auto desk = case_desk(call);
    std::vector<PayrollLine> lines;
    for (PayrollLine& line : TRY(repository::select_lines(desk.shelf, payroll.id)))
        if (TRY(line.pays()) != Money()) lines.push_back(std::move(line));
    auto items = payroll_lines(call, law, lines);
    if (!items) return std::unexpected(std::move(items).error());
    intake::Table table;
    for (const auto& column : form.columns)
        table.columns.push_back({column.heading, column.is == BankList::Is::amount});
    const bool opens = form.has(BankList::Is::account);
    for (std::size_t n = 0; n < lines.size(); ++n) {
        const std::string account = opens ? TRY(casework::account_number(desk, lines[n])) : std::string();
        auto& row = table.rows.emplace_back();
        for (const auto& column : form.columns)
            row.push_back(cell_of(column.is, (*items)[n].as_object(), account));
    }
    return table;
}

Outcome<Response> take_bank_list(Call& call) {
    auto payroll = payroll_in_reach(call);
    if (!payroll) return std::unexpected(std::move(payroll).error());
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    PageAsked asked;
    asked.format = query->word("format", {"csv", "xlsx"}).value_or("xlsx");
    query->finish();
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    BodyFields fields(*body, faults);
    const std::string reason = need_reason(call, fields, {"请写明用途", "say what it is for"});
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    if (auto may = may_open_accounts(call, *payroll); !may) return std::unexpected(std::move(may).error());
    auto form = BankList::load(call.services.policy_root / "access" / "bank_list.yaml");
    if (!form) return std::unexpected(faulty_law(form.error()));
    const auto law = TRY(call.law());
    auto table = bank_table(call, *form, law->pack.law, *payroll);
    if (!table) return std::unexpected(std::move(table).error());
    // The log says whose, and why, before the file leaves.
    call.look->what = "payroll.bank_list";
    call.look->reason = reason;
    if (form->has(BankList::Is::account)) call.revealed.insert(access::FieldClass::account);
    auto file = exported_as_it_is(call, asked, "bank-list-" + payroll->month.text(), *table);
    call.look->verb = Verb::reveal;
    return file;
}

Outcome<std::string> file_name_of(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    std::string name = sent_file_name(*query, "returns.xlsx");
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return name;
}

Outcome<workbook::BankForm> form_of(Call& call, const policy::Law& law) {
    auto form = workbook::BankForm::load(call.services.policy_root / "access" / "bank_returns.yaml");
    if (!form) return std::unexpected(faulty_law(form.error()));
    if (!form->fits(law))
        return std::unexpected(Failure(conflict, "return_form",
                                       {"现行政策包没有银行退回对应的办理步骤",
                                        "the pack in force has no such step for what a bank sends back"}));
    return std::move(*form);
}

Outcome<Response> shown_return(Call& call, casework::WorkbookId id, const Payroll& payroll,
                               const policy::Law& law, int status) {
    auto desk = case_desk(call);
    const auto file = TRY(casework::find_workbook(desk, id));
    ensure(file.has_value(), "it was kept, or found");
    json::object body = workbook_json(call, *file, law);
    body["payroll"] = std::to_string(payroll.id.value());
    return json_answer(body, status);
}

// The same file again is the one that is there; about another month it is a mistake.
Outcome<std::optional<casework::WorkbookId>> sent_before(Call& call, const casework::NewWorkbook& made,
                                                         const Payroll& payroll) {
    auto desk = case_desk(call);
    const auto there = TRY(casework::find_workbook_of(desk, actor_of(call), made));
    if (!there) return std::optional<casework::WorkbookId>();
    const auto about = TRY(repository::select_return(desk.shelf, there->id));
    if (about && *about != payroll.id)
        return std::unexpected(
            Failure(conflict, "return_other_month",
                    {"这份文件已作为另一个月的退回文件上传", "this file was sent about another month"}));
    return std::optional(there->id);
}

Outcome<std::vector<casework::ReturnedRow>> rows_of(Call& call, const workbook::BankForm& form,
                                                    const Payroll& payroll) {
    auto file = sent_file(call, ".returns");
    if (!file) return std::unexpected(std::move(file).error());
    auto desk = case_desk(call);
    const auto lines = TRY(repository::select_lines(desk.shelf, payroll.id));
    auto& data = call.desk.data;
    const workbook::HouseholdOf household_of =
        [&data](IdNumber number) -> Result<std::optional<HouseholdId>> {
        const PersonId person = TRY(registry::find_by_number(data, data.current(), number));
        if (person == PersonId()) return std::optional<HouseholdId>();
        return std::optional(TRY(registry::read_member(data, data.current(), person)).household);
    };
    auto rows = workbook::read_bank_returns(desk, {form, lines, household_of, call.today()}, file->path);
    if (!rows) return std::unexpected(of_sent_file(rows.error()));
    return std::move(*rows);
}

Outcome<Response> take_returns(Call& call) {
    auto payroll = payroll_in_reach(call);
    if (!payroll) return std::unexpected(std::move(payroll).error());
    auto name = file_name_of(call);
    if (!name) return std::unexpected(std::move(name).error());
    const auto law = TRY(call.law());
    auto form = form_of(call, law->pack.law);
    if (!form) return std::unexpected(std::move(form).error());
    auto& look = call.looked("payroll.returns");
    look.verb = Verb::change;
    const casework::NewWorkbook made{form->machine, *name, sha256_hex(call.request.body), 0};
    auto before = sent_before(call, made, *payroll);
    if (!before) return std::unexpected(std::move(before).error());
    auto desk = case_desk(call);
    casework::WorkbookId id;
    if (*before) {
        id = **before;
    } else {
        auto rows = rows_of(call, *form, *payroll);
        if (!rows) return std::unexpected(std::move(rows).error());
        id = TRY(casework::keep_workbook(desk, actor_of(call), made, *rows));
    }
    // Killed between the two, the file is there and about no list: sent again, it is about this one.
    TRY_VOID(desk.shelf.database.write_beside(
        [&] { return repository::put_return(desk.shelf, payroll->id, id); }));
    return shown_return(call, id, *payroll, law->pack.law, *before ? 200 : created);
}

Outcome<Response> list_returns(Call& call) {
    auto payroll = payroll_in_reach(call);
    if (!payroll) return std::unexpected(std::move(payroll).error());
    auto asked = whole_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    const auto law = TRY(call.law());
    auto desk = case_desk(call);
    json::array items;
    for (const auto id : TRY(repository::select_returns(desk.shelf, payroll->id))) {
        const auto file = TRY(casework::find_workbook(desk, id));
        if (!file) continue;
        json::object one = workbook_json(call, *file, law->pack.law);
        one["payroll"] = std::to_string(payroll->id.value());
        items.push_back(std::move(one));
    }
    if (!is_file(*asked)) return json_answer(json::object{{"items", std::move(items)}});
    return listed_file(call, *asked, "bank-returns",
                       {{"id"},
                        {"file"},
                        {"at"},
                        {"by"},
                        {"unit"},
                        {"rows/waiting", true},
                        {"rows/refused", true},
                        {"rows/made", true},
                        {"rows/moved_on", true},
                        {"rows/left", true}},
                       items);
}

Route reads(std::string_view path, std::string_view operation, Handler handler) {
    constexpr std::chrono::seconds long_enough{60};
    return {.method = "GET",
            .path = path,
            .operation = operation,
            .handler = handler,
            .who = Who::office,
            .verb = Verb::read,
            .thing = Thing::payment,
            .deadline = long_enough};
}

}  // namespace

std::vector<Route> payroll_routes() {
    constexpr std::chrono::seconds long_enough{120};
    return {reads("/api/v1/payrolls", "listPayrolls", list_payrolls),
            reads("/api/v1/payrolls/month", "getPayrollMonth", month_of),
            reads("/api/v1/payrolls/lines", "listPayrollLines", list_lines),
            {.method = "POST",
             .path = "/api/v1/payrolls",
             .operation = "closePayroll",
             .handler = close_month,
             .who = Who::office,
             .verb = Verb::create,
             .thing = Thing::payment,
             .creates = true,
             .claims_key = true,
             .request_type = "application/json",
             .deadline = long_enough},
            {.method = "POST",
             .path = "/api/v1/payrolls/{id}/bank-list",
             .operation = "takeBankList",
             .handler = take_bank_list,
             .who = Who::office,
             .verb = Verb::reveal,
             .thing = Thing::payment,
             .request_type = "application/json",
             .deadline = long_enough},
            reads("/api/v1/payrolls/{id}/bank-returns", "listBankReturns", list_returns),
            {.method = "POST",
             .path = "/api/v1/payrolls/{id}/bank-returns",
             .operation = "takeBankReturns",
             .handler = take_returns,
             .who = Who::office,
             .verb = Verb::change,
             .thing = Thing::payment,
             .request_type = "application/octet-stream",
             .body_limit = largest_file,
             .deadline = long_enough}};
}

}  // namespace doudi::http
