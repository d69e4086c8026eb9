// SPDX-License-Identifier: Apache-2.0
// Work lists that are filled in without a net: out as a workbook, back as a difference that a person takes
// row by row.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "casework/returned/returned_due.h"
#include "casework/returned/returned_first.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_eye.h"
#include "http/cases/case_names.h"
#include "http/cases/case_news.h"
#include "http/cases/case_reach.h"
#include "http/cases/case_routes.h"
#include "http/lists/due_workbook.h"
#include "http/lists/first_workbook.h"
#include "http/lists/workbook_json.h"
#include "http/lists/workbook_secret.h"
#include "http/register/register_shown.h"
#include "http/request/listed.h"
#include "http/request/reason.h"
#include "http/server/file_answer.h"
#include "http/server/sent_file.h"
#include "workbook/case_book.h"

namespace doudi::http {
namespace {

namespace repository = casework::repository;
namespace json = boost::json;
using casework::Workbook;
using casework::WorkbookId;

constexpr int created = 201;
constexpr int not_found = 404;
constexpr int unprocessable = 422;
constexpr std::size_t most_rows_at_once = 500;

std::span<const std::byte> bytes_of(const std::string& secret) {
    return std::as_bytes(std::span(secret.data(), secret.size()));
}

// The machine that a query names; there is no workbook of all kinds at once.
Outcome<const policy::Machine*> need_kind(const policy::Law& law, const std::string& id) {
    const policy::Machine* machine = law.procedures.machine(id);
    if (machine != nullptr) return machine;
    FieldFaults faults;
    faults.add("query", "/machine", "required", {"须指定办件种类", "names the kind of cases"});
    return std::unexpected(faults.failure());
}

// A department opens no page of a household: whom a case is about and what is wanted stand in its rows, as
// the page of the case shows them.
workbook::CaseBookTerms terms_of(Call& call, const policy::Law& law) {
    workbook::CaseBookTerms terms{*call.units, call.desk.database, actor_of(call), {}};
    terms.beside = [&call, &law](const repository::ListedCase& one) -> Result<workbook::BesideCase> {
        workbook::BesideCase beside;
        const CaseNames names = TRY(CaseNames::of(call, law, std::span(&one, 1)));
        if (const json::value name = names.name(one); name.is_string()) beside.name = name.get_string();
        auto desk = case_desk(call);
        auto whole = TRY(casework::read_case(desk, one.row.head.id, call.today()));
        const auto reached = TRY(reached_case(call, one, std::move(whole)));
        const CaseEye eye(call, reached.view, one.household);
        if (const auto* told = eye.latest("need")) beside.need = fmt::format("{}", fmt::join(*told, "；"));
        return beside;
    };
    return terms;
}

Outcome<Response> send_workbook(Call& call) {
    auto readable = readable_cases(call);
    if (!readable) return std::unexpected(std::move(readable).error());
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto of = cases_asked(call, *query);
    if (!of) return std::unexpected(std::move(of).error());
    const std::string only = query->text("move").value_or("");
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    auto machine = need_kind(of->words(), of->filter.machine);
    if (!machine) return std::unexpected(std::move(machine).error());
    auto& look = call.looked("workbook");
    if (auto may = may_export(call); !may) return std::unexpected(std::move(may).error());
    const auto cases = TRY(repository::list_cases(call.desk.database, *readable, of->filter, {},
                                                  casework::most_returned_rows + 1));
    if (cases.size() > casework::most_returned_rows)
        return std::unexpected(Failure(unprocessable, "workbook_rows",
                                       {"清单过长，请缩小范围", "the list is too long: narrow it"}));
    for (const auto& one : cases)
        if (one.row.head.household) look.households.push_back(*one.row.head.household);
    const workbook::CaseBookTerms terms = terms_of(call, of->words());
    const workbook::CaseBook book(terms, of->words(), **machine);
    FileBody file = temporary_file(call, ".xlsx");
    const std::string secret = TRY(workbook_secret(call.desk.data, call.desk.database));
    TRY_VOID(workbook::send_cases(book, cases, only, bytes_of(secret), file.path));
    return file_answer(call, std::move(file), (*machine)->id, "xlsx");
}

struct Sent {
    std::string machine, file_name;
    std::shared_ptr<const policy::Policy> law;
};

Outcome<Sent> sent_of(Call& call) {
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    Sent sent;
    sent.machine = query->text("machine").value_or("");
    sent.file_name = sent_file_name(*query, "workbook.xlsx");
    query->finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    sent.law = TRY(call.law());
    return sent;
}

Outcome<Response> take_workbook(Call& call) {
    auto sent = sent_of(call);
    if (!sent) return std::unexpected(std::move(sent).error());
    const policy::Law& law = sent->law->pack.law;
    auto machine = need_kind(law, sent->machine);
    if (!machine) return std::unexpected(std::move(machine).error());
    auto readable = readable_cases(call);
    if (!readable) return std::unexpected(std::move(readable).error());
    auto file = sent_file(call, ".xlsx");
    if (!file) return std::unexpected(std::move(file).error());
    call.looked("workbook").verb = access::Verb::create;
    const workbook::CaseBookTerms terms = terms_of(call, law);
    const workbook::CaseBook book(terms, law, **machine);
    const std::string secret = TRY(workbook_secret(call.desk.data, call.desk.database));
    auto found = workbook::take_cases(book, call.desk.database, *readable, bytes_of(secret), file->path);
    if (!found) return std::unexpected(of_sent_file(found.error()));
    std::ranges::copy(found->households, std::back_inserter(call.look->households));
    const casework::NewWorkbook made{sent->machine, sent->file_name, hash_of_body(call), found->unchanged};
    auto desk = case_desk(call);
    const WorkbookId id = TRY(casework::keep_workbook(desk, terms.asker, made, found->rows));
    return workbook_answer(call, id, law, created);
}

struct FoundWorkbook {
    Workbook workbook;
    std::vector<repository::Readable> readable;
    std::shared_ptr<const policy::Policy> law;
};

bool is_reached(const Call& call, const Workbook& workbook, std::span<const repository::Readable> readable) {
    if (is_due_workbook(workbook)) return reaches_due_workbook(call, workbook);
    if (is_first_workbook(workbook)) return reaches_first_workbook(call, workbook);
    return casework::is_in_reach(workbook, call.who().user, readable);
}

Outcome<FoundWorkbook> found_workbook(Call& call) {
    const Failure none(
        not_found, "no_such_workbook",
        {"没有这份工作簿，或不在您的办理范围内", "there is no such workbook within your reach"});
    auto readable = readable_cases(call);
    if (!readable) return std::unexpected(std::move(readable).error());
    const auto number = case_number(call.parameter("id"));
    if (!number) return std::unexpected(none);
    auto desk = case_desk(call);
    auto workbook = TRY(casework::find_workbook(desk, WorkbookId(*number)));
    if (!workbook || !is_reached(call, *workbook, *readable)) return std::unexpected(none);
    return FoundWorkbook{std::move(*workbook), std::move(*readable), TRY(call.law())};
}

// Numbers of the rows that wait.
Result<std::vector<int>> waiting_of(casework::Desk& desk, const Workbook& workbook, int after,
                                    std::size_t most) {
    if (is_due_workbook(workbook)) return casework::waiting_due_rows(desk, workbook.id, after, most);
    if (is_first_workbook(workbook)) return casework::waiting_first_rows(desk, workbook.id, after, most);
    return casework::waiting_rows(desk, workbook.id, after, most);
}

Outcome<Response> list_workbooks(Call& call) {
    constexpr std::size_t most = 200;
    auto asked = whole_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto readable = readable_cases(call);
    if (!readable) return std::unexpected(std::move(readable).error());
    const auto law = TRY(call.law());
    auto desk = case_desk(call);
    const auto workbooks = TRY(casework::list_workbooks(desk, most));
    json::array items;
    for (const Workbook& one : workbooks)
        if (is_reached(call, one, *readable)) items.push_back(workbook_json(call, one, law->pack.law));
    if (is_file(*asked))
        return listed_file(call, *asked, "workbooks",
                           {{"id"},
                            {"machine"},
                            {"title"},
                            {"file"},
                            {"at"},
                            {"by"},
                            {"by_name"},
                            {"unit"},
                            {"unchanged", true},
                            {"rows/waiting", true},
                            {"rows/refused", true},
                            {"rows/made", true},
                            {"rows/moved_on", true},
                            {"rows/left", true}},
                           items);
    return json_answer(json::object{{"items", std::move(items)}});
}

Outcome<Response> one_workbook(Call& call) {
    auto found = found_workbook(call);
    if (!found) return std::unexpected(std::move(found).error());
    json::object body = workbook_json(call, found->workbook, found->law->pack.law);
    auto desk = case_desk(call);
    json::array waiting;
    for (const int number : TRY(waiting_of(desk, found->workbook, 0, casework::most_returned_rows)))
        waiting.push_back(number);
    body["waiting_rows"] = std::move(waiting);
    return json_answer(std::move(body));
}

// Nothing: out of reach.
Outcome<std::optional<RowCase>> case_of(Call& call, casework::Desk& desk, const FoundWorkbook& found,
                                        const casework::ReturnedRow& row) {
    if (!row.of) return std::optional<RowCase>();
    const auto one = TRY(repository::find_case(call.desk.database, found.readable, *row.of));
    if (!one) return std::optional<RowCase>();
    if (one->row.head.household) call.look->households.push_back(*one->row.head.household);
    if (one->row.head.person) call.look->persons.push_back(*one->row.head.person);
    auto whole = TRY(casework::read_case(desk, *row.of, call.today()));
    auto reached = TRY(reached_case(call, *one, whole));
    return std::optional(RowCase{std::move(whole), std::move(reached.view), one->household});
}

// As items of a list, with the number of the last; of whatever kind the workbook is.
struct ReadRows {
    json::array items;
    int last = 0;
};

Outcome<ReadRows> rows_of(Call& call, const FoundWorkbook& found, int after, std::size_t most) {
    auto desk = case_desk(call);
    ReadRows read;
    const policy::Law& law = found.law->pack.law;
    const casework::WorkbookId id = found.workbook.id;
    const auto add_all = [&](const auto& rows, const auto& json_of) -> Outcome<ReadRows> {
        for (const auto& row : rows) {
            auto item = json_of(call, law, row);
            if (!item) return std::unexpected(std::move(item).error());
            read.items.push_back(std::move(*item));
            read.last = row.number;
        }
        return std::move(read);
    };
    if (is_due_workbook(found.workbook))
        return add_all(TRY(casework::read_due_rows(desk, id, after, most)), due_row_json);
    if (is_first_workbook(found.workbook))
        return add_all(TRY(casework::read_first_rows(desk, id, after, most)), first_row_json);
    const bool is_office = call.who().kind == access::SessionKind::staff && call.who().department.empty();
    const bool whole = is_office || found.workbook.by == call.who().user;
    for (const auto& row : TRY(casework::read_rows(desk, id, after, most))) {
        auto of = case_of(call, desk, found, row);
        if (!of) return std::unexpected(std::move(of).error());
        read.items.push_back(row_json(call, row, *of ? &**of : nullptr, whole));
        read.last = row.number;
    }
    return read;
}

// A list of rows as a table: a line for each field, and one for what has none.
intake::Table rows_table(const json::array& items) {
    intake::Table table{.columns = {{"number"},
                                    {"row"},
                                    {"case"},
                                    {"household"},
                                    {"receipt"},
                                    {"outcome"},
                                    {"move"},
                                    {"on"},
                                    {"field"},
                                    {"before"},
                                    {"after"},
                                    {"why"}},
                        .rows = {}};
    const auto text = [](const json::value& value) {
        if (const auto* array = value.if_array()) {
            std::string all;
            for (const json::value& one : *array)
                all += (all.empty() ? "" : ";") + std::string(one.get_string());
            return all;
        }
        return value.is_string() ? std::string(value.get_string()) : std::string();
    };
    for (const json::value& value : items) {
        const json::object& row = value.get_object();
        std::string why;
        for (const std::string_view list : {"refusals", "faults"})
            for (const json::value& one : row.at(list).get_array())
                why += (why.empty() ? "" : ";") + std::string(one.at("code").get_string());
        const json::value* receipt = row.if_contains("receipt");  // of first requests alone
        const auto line = [&](const json::value* change) {
            table.rows.push_back(
                {std::to_string(row.at("number").to_number<int>()),
                 fmt::format("{}!{}", text(row.at("sheet")), row.at("row").to_number<int>()),
                 text(row.at("case")), text(row.at("household")),
                 receipt == nullptr ? std::string() : text(*receipt), text(row.at("outcome")),
                 row.at("move").is_object() ? text(row.at("move").at("id")) : std::string(),
                 text(row.at("on")), change == nullptr ? std::string() : text(change->at("field")),
                 change == nullptr ? std::string() : text(change->at("before")),
                 change == nullptr ? std::string() : text(change->at("after")), why});
        };
        const json::array& changes = row.at("changes").get_array();
        if (changes.empty()) line(nullptr);
        for (const json::value& change : changes) line(&change);
    }
    return table;
}

Outcome<Response> list_rows(Call& call) {
    auto found = found_workbook(call);
    if (!found) return std::unexpected(std::move(found).error());
    FieldFaults faults;
    auto query = query_of(call, faults);
    if (!query) return std::unexpected(std::move(query).error());
    auto asked = page_asked(call, *query, faults, 1);
    if (!asked) return std::unexpected(std::move(asked).error());
    call.looked("workbook.rows");
    const bool is_page = asked->format == "json";
    const int after = asked->after.empty() ? 0 : static_cast<int>(case_number(asked->after[0]).value_or(0));
    auto rows = rows_of(call, *found, after, is_page ? asked->limit : casework::most_returned_rows);
    if (!rows) return std::unexpected(std::move(rows).error());
    if (!is_page) return exported(call, *asked, "workbook", rows_table(rows->items));
    std::optional<std::vector<std::string>> next;
    if (rows->items.size() == asked->limit) next = std::vector{std::to_string(rows->last)};
    return page_answer(call, *asked, std::move(rows->items), next);
}

struct ApprovalAsked {
    bool takes = true;
    std::vector<int> rows;  // empty: all that wait, some hundred at once
    int after = 0;          // of all: from behind this one
    std::string reason;     // kept with the look
};

std::vector<int> rows_told(BodyFields& fields, bool wants) {
    const json::value* list = fields.value("rows", wants);
    const json::array* rows = list == nullptr ? nullptr : list->if_array();
    std::vector<int> told;
    if (wants != (rows != nullptr) || (wants && (rows->empty() || rows->size() > most_rows_at_once))) {
        fields.fault("rows", "not_in_range",
                     {"part 为 rows 时须列出 1 到 500 个行号，否则不列",
                      "the part rows names 1 to 500 of them, no other does"});
        return told;
    }
    for (const json::value& one : wants ? *rows : json::array()) {
        const bool fits = one.is_int64() && one.get_int64() > 0 &&
                          one.get_int64() <= static_cast<std::int64_t>(casework::most_returned_rows);
        if (!fits) fields.fault("rows", "not_a_number", {"应为行号", "takes numbers of rows"});
        told.push_back(fits ? static_cast<int>(one.get_int64()) : 0);
    }
    return told;
}

Outcome<ApprovalAsked> approval_asked(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    ApprovalAsked asked;
    asked.takes = fields.word("verdict", {"take", "leave"}) == "take";
    asked.reason = reason_if_told(fields);
    asked.rows = rows_told(fields, fields.word("part", {"all", "rows"}) == "rows");
    asked.after = static_cast<int>(
        std::min<std::uint64_t>(fields.optional_number("after").value_or(0), casework::most_returned_rows));
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return asked;
}

// What of a workbook is out of one's reach waits for somebody else.
Outcome<json::object> settle_one(Call& call, casework::Desk& desk, const FoundWorkbook& found, int number,
                                 bool takes) {
    if (is_due_workbook(found.workbook))
        return settle_due_row(call, found.law->pack, found.workbook.id, number, takes);
    if (is_first_workbook(found.workbook))
        return settle_first_row(call, found.law->pack, found.workbook.id, number, takes);
    json::object answer = not_there_json(number);
    const auto row = TRY(casework::find_row(desk, found.workbook.id, number));
    const auto taken = TRY(casework::settle_reached(desk, actor_of(call), found.readable, found.workbook.id,
                                                    number, takes, call.look->households));
    if (!taken) return answer;
    if (taken->moved) tell_of_move(call, *taken->moved);
    answer["outcome"] = casework::name_of(taken->outcome);
    answer["event"] = taken->event;
    std::optional<repository::ListedCase> one;
    if (row && row->of) one = TRY(repository::find_case(call.desk.database, found.readable, *row->of));
    answer["faults"] = faults_json(faults_told(one && one->is_beyond, taken->faults));
    if (!one) return answer;
    answer["case"] = std::to_string(row->of->value());
    if (!one->household.empty()) answer["household"] = one->household;
    return answer;
}

Outcome<Response> approve(Call& call) {
    auto found = found_workbook(call);
    if (!found) return std::unexpected(std::move(found).error());
    auto asked = approval_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    auto& look = call.looked("workbook.approval");
    look.verb = access::Verb::change;
    look.reason = asked->reason;
    auto desk = case_desk(call);
    std::vector<int> rows = asked->rows;
    const bool is_all = rows.empty();
    if (is_all) rows = TRY(waiting_of(desk, found->workbook, asked->after, most_rows_at_once));
    json::array items;
    for (const int number : rows) {
        auto one = settle_one(call, desk, *found, number, asked->takes);
        if (!one) return std::unexpected(std::move(one).error());
        items.push_back(std::move(*one));
    }
    const auto now = TRY(casework::find_workbook(desk, found->workbook.id));
    ensure(now.has_value(), "no workbook is taken away");
    const bool more = is_all && rows.size() == most_rows_at_once;
    return json_answer(json::object{{"items", std::move(items)},
                                    {"next", more ? json::value(rows.back()) : json::value(nullptr)},
                                    {"workbook", workbook_json(call, *now, found->law->pack.law)}});
}

}  // namespace

std::vector<Route> workbook_routes() {
    constexpr std::uint64_t largest = std::uint64_t{8} << 20U;
    constexpr std::chrono::seconds long_enough{120};
    Route send = reads("/api/v1/cases/workbook", "sendWorkbook", send_workbook, Who::signed_in);
    send.response_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    send.deadline = long_enough;
    return {
        send,
        {.method = "POST",
         .path = "/api/v1/workbooks",
         .operation = "takeWorkbook",
         .handler = take_workbook,
         .who = Who::signed_in,
         .request_type = "application/octet-stream",
         .body_limit = largest,
         .deadline = long_enough},
        reads("/api/v1/workbooks", "listWorkbooks", list_workbooks, Who::signed_in),
        reads("/api/v1/workbooks/{id}", "getWorkbook", one_workbook, Who::signed_in),
        reads("/api/v1/workbooks/{id}/rows", "listWorkbookRows", list_rows, Who::signed_in),
        {.method = "POST",
         .path = "/api/v1/workbooks/{id}/approval",
         .operation = "approveWorkbook",
         .handler = approve,
         .who = Who::signed_in,
         .request_type = "application/json",
         .deadline = long_enough},
    };
}

}  // namespace doudi::http
