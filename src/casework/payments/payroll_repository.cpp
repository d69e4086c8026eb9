// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/payroll_repository.h"

#include <fmt/format.h>

#include "casework/case_columns.h"

namespace doudi::casework::repository {

namespace {

constexpr std::string_view payroll_columns =
    "id, unit, month, as_of, lines, paid, total, closed_at, closed_by";

std::int64_t number_of_payroll(PayrollId id) {
    return static_cast<std::int64_t>(id.value());
}

Payroll payroll_of(const store::Statement& row) {
    return {.id = PayrollId(static_cast<std::uint64_t>(row.integer(0))),
            .unit = UnitId(static_cast<std::uint32_t>(row.integer(1))),
            .month = Month::parse(row.text(2)).value_or(Month()),
            .as_of = row.date(3).value_or(Date()),
            .lines = static_cast<std::uint64_t>(row.integer(4)),
            .paid = static_cast<std::uint64_t>(row.integer(5)),
            .total = Money::fen(row.integer(6)),
            .closed_at = instant_of(row.integer(7)),
            .closed_by = UserId(static_cast<std::uint32_t>(row.integer(8)))};
}

template <class Number>
std::optional<Number> number_or_none(std::int64_t number) {
    if (number == 0) return std::nullopt;
    return Number(static_cast<std::uint32_t>(number));
}

constexpr std::int64_t no_step = -1;

std::optional<int> step_of(std::int64_t number) {
    return number == no_step ? std::nullopt : std::optional(static_cast<int>(number));
}

PayrollLine line_of(const store::Statement& row) {
    return {.of = CaseId(static_cast<std::uint64_t>(row.integer(0))),
            .household = number_or_none<HouseholdId>(row.integer(1)),
            .person = number_or_none<PersonId>(row.integer(2)),
            .unit = UnitId(static_cast<std::uint32_t>(row.integer(3))),
            .machine = row.text(4),
            .category = row.text(5),
            .pack = row.text(6),
            .opened_on = row.date(7).value_or(Date()),
            .was = standing_named(row.text(8)).value_or(PaymentStanding::none),
            .was_amount = Money::fen(row.integer(9)),
            .standing = standing_named(row.text(10)).value_or(PaymentStanding::none),
            .amount = Money::fen(row.integer(11)),
            .back_pay = Money::fen(row.integer(12)),
            .part = part_named(row.text(13)).value_or(PayrollPart::same),
            .event = static_cast<int>(row.integer(14)),
            .move = row.text(15),
            .on = row.date(16),
            .cause = row.text(17),
            .seen = static_cast<int>(row.integer(18)),
            .account = step_of(row.integer(19)),
            .account_was = step_of(row.integer(20))};
}

Result<void> insert_line(Shelf& shelf, PayrollId id, const PayrollLine& line) {
    auto insert = TRY(shelf.database.prepare(
        "insert into casework_payroll_line (payroll, case_id, household, person, unit, machine, category, "
        "pack,"
        " opened_on, was, was_amount, standing, amount, back_pay, part, event, move, on_day, cause, seen,"
        " account, account_was) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, "
        "$16, $17, $18, $19, $20, $21, $22)"));
    insert.bind(1, number_of_payroll(id)).bind(2, number_of(line.of));
    insert.bind(3, std::int64_t{line.household.value_or(HouseholdId()).value()});
    insert.bind(4, std::int64_t{line.person.value_or(PersonId()).value()});
    insert.bind(5, std::int64_t{line.unit.value()}).bind(6, std::string_view(line.machine));
    insert.bind(7, std::string_view(line.category)).bind(8, std::string_view(line.pack));
    insert.bind(9, line.opened_on).bind(10, name_of(line.was)).bind(11, line.was_amount.fen());
    insert.bind(12, name_of(line.standing)).bind(13, line.amount.fen()).bind(14, line.back_pay.fen());
    insert.bind(15, name_of(line.part)).bind(16, std::int64_t{line.event});
    insert.bind(17, std::string_view(line.move)).bind(18, line.on).bind(19, std::string_view(line.cause));
    insert.bind(20, std::int64_t{line.seen}).bind(21, std::int64_t{line.account.value_or(no_step)});
    return insert.bind(22, std::int64_t{line.account_was.value_or(no_step)}).run();
}

}  // namespace

Result<PayrollId> insert_payroll(Shelf& shelf, const Payroll& payroll, std::span<const PayrollLine> lines) {
    const PayrollId id(static_cast<std::uint64_t>(TRY(next_of(shelf, "payroll"))));
    auto insert = TRY(shelf.database.prepare(fmt::format(
        "insert into casework_payroll ({}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)", payroll_columns)));
    const std::string month = payroll.month.text();
    insert.bind(1, number_of_payroll(id)).bind(2, std::int64_t{payroll.unit.value()});
    insert.bind(3, std::string_view(month)).bind(4, payroll.as_of);
    insert.bind(5, static_cast<std::int64_t>(payroll.lines));
    insert.bind(6, static_cast<std::int64_t>(payroll.paid)).bind(7, payroll.total.fen());
    insert.bind(8, micros_of(payroll.closed_at)).bind(9, std::int64_t{payroll.closed_by.value()});
    TRY_VOID(insert.run());
    for (const PayrollLine& line : lines) TRY_VOID(insert_line(shelf, id, line));
    return id;
}

Result<std::optional<Payroll>> select_payroll(Shelf& shelf, PayrollId id) {
    auto query = TRY(shelf.database.prepare(
        fmt::format("select {} from casework_payroll where id = $1", payroll_columns)));
    if (!TRY(query.bind(1, number_of_payroll(id)).step())) return std::optional<Payroll>();
    return std::optional(payroll_of(query));
}

Result<std::optional<Payroll>> select_payroll_of(Shelf& shelf, UnitId unit, Month month) {
    auto query = TRY(shelf.database.prepare(
        fmt::format("select {} from casework_payroll where unit = $1 and month = $2", payroll_columns)));
    const std::string text = month.text();
    query.bind(1, std::int64_t{unit.value()}).bind(2, std::string_view(text));
    if (!TRY(query.step())) return std::optional<Payroll>();
    return std::optional(payroll_of(query));
}

Result<std::vector<Payroll>> select_payrolls(Shelf& shelf) {
    auto query = TRY(shelf.database.prepare(
        fmt::format("select {} from casework_payroll order by month desc, unit", payroll_columns)));
    std::vector<Payroll> all;
    while (TRY(query.step())) all.push_back(payroll_of(query));
    return all;
}

Result<std::vector<PayrollLine>> select_lines(Shelf& shelf, PayrollId id) {
    auto query = TRY(shelf.database.prepare(
        "select case_id, household, person, unit, machine, category, pack, opened_on, was, was_amount, "
        "standing,"
        " amount, back_pay, part, event, move, on_day, cause, seen, account, account_was from "
        "casework_payroll_line"
        " where payroll = $1 order by case_id"));
    query.bind(1, number_of_payroll(id));
    std::vector<PayrollLine> lines;
    while (TRY(query.step())) lines.push_back(line_of(query));
    return lines;
}

Result<std::map<Date, Money>> select_paid_by_lists(Shelf& shelf, CaseId of) {
    auto query = TRY(shelf.database.prepare(
        "select p.month, l.standing, l.amount from casework_payroll_line l join casework_payroll p"
        " on p.id = l.payroll where l.case_id = $1"));
    query.bind(1, number_of(of));
    std::map<Date, Money> paid;
    while (TRY(query.step())) {
        const bool is_paid = standing_named(query.text(1)) == PaymentStanding::paid;
        Money& sum = paid[Month::parse(query.text(0)).value_or(Month()).first()];
        if (is_paid) sum = TRY(sum.plus(Money::fen(query.integer(2))));
    }
    return paid;
}

Result<std::map<CaseId, Listed>> select_listed(Shelf& shelf) {
    auto query = TRY(shelf.database.prepare(
        "select l.case_id, max(l.seen), max(p.as_of) from casework_payroll_line l join casework_payroll p"
        " on p.id = l.payroll group by l.case_id"));
    std::map<CaseId, Listed> listed;
    while (TRY(query.step()))
        listed.emplace(CaseId(static_cast<std::uint64_t>(query.integer(0))),
                       Listed{static_cast<int>(query.integer(1)), query.date(2).value_or(Date())});
    return listed;
}

Result<void> put_return(Shelf& shelf, PayrollId id, WorkbookId file) {
    auto insert =
        TRY(shelf.database.prepare("insert into casework_payroll_return (payroll, workbook) values ($1, $2)"
                                   " on conflict (workbook) do nothing"));
    return insert.bind(1, number_of_payroll(id)).bind(2, static_cast<std::int64_t>(file.value())).run();
}

Result<std::optional<PayrollId>> select_return(Shelf& shelf, WorkbookId file) {
    auto query =
        TRY(shelf.database.prepare("select payroll from casework_payroll_return where workbook = $1"));
    if (!TRY(query.bind(1, static_cast<std::int64_t>(file.value())).step()))
        return std::optional<PayrollId>();
    return std::optional(PayrollId(static_cast<std::uint64_t>(query.integer(0))));
}

Result<std::vector<WorkbookId>> select_returns(Shelf& shelf, PayrollId id) {
    auto query = TRY(shelf.database.prepare(
        "select workbook from casework_payroll_return where payroll = $1 order by workbook desc"));
    query.bind(1, number_of_payroll(id));
    std::vector<WorkbookId> files;
    while (TRY(query.step())) files.emplace_back(static_cast<std::uint64_t>(query.integer(0)));
    return files;
}

}  // namespace doudi::casework::repository
