// SPDX-License-Identifier: Apache-2.0
// workbook: a work list leaves as a workbook, is filled in without a net, and comes back: first as a
// difference that is shown, then, of the rows that a person chooses, as moves of that person. Who sends and
// takes signs in (decision 0075): a move is a person's, with a role and an office.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <set>

#include "casework/actors.h"
#include "casework/returned/returned.h"
#include "cli/case_filter.h"
#include "cli/case_text.h"
#include "cli/counted.h"
#include "cli/input_file.h"
#include "cli/output_file.h"
#include "cli/seat.h"
#include "cli/table.h"
#include "http/lists/workbook_secret.h"
#include "store/sha256.h"
#include "workbook/case_book.h"

namespace doudi::cli {
namespace {

namespace repository = casework::repository;
using casework::ReturnedRow;
using casework::RowOutcome;

struct Options {
    StoreOptions store;
    std::string by, only, rows;
    CaseWish wish;
    std::filesystem::path file;
    bool apply = false, leave = false;
    ListOptions list;
};

std::span<const std::byte> bytes_of(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

// Who sits there, what they reach, and the kind of cases that the workbook is of.
struct Sitting {
    std::unique_ptr<CaseOffice> office;
    std::unique_ptr<Seat> seat;
    const policy::Machine* machine = nullptr;
    casework::Actor actor;
    std::vector<repository::Readable> readable;
    std::string secret;

    [[nodiscard]] workbook::CaseBookTerms terms() const {
        return {office->units, office->store().database(), actor, {}};
    }
};

// "machine_unknown" comes before anybody is asked for a password.
Result<repository::CaseFilter> filter_of(CaseOffice& office, const Options& options) {
    auto filter = TRY(case_filter(office, options.wish));
    if (!filter.machine.empty()) return filter;
    return fail(ErrorKind::usage, "machine_missing",
                {"须用 --machine 指定办件种类", "--machine names the kind of cases"});
}

Result<void> sit_down(const Console& console, const Options& options, Sitting& sitting) {
    CaseOffice& office = *sitting.office;
    sitting.machine = office.words().procedures.machine(options.wish.machine);
    sitting.seat = TRY(Seat::take(console, office, options.by));
    const access::Session& session = sitting.seat->session();
    const Date day = civil_day(office.clock.now());
    sitting.actor = casework::actor_of(session, office.units, day);
    sitting.readable =
        casework::readable_by(office.words().procedures, sitting.seat->roles(), office.units, session, day);
    if (sitting.readable.empty())
        return fail(ErrorKind::usage, "not_allowed",
                    {"该账号没有查看办件的权限", "this account may not read cases"});
    sitting.secret = TRY(http::workbook_secret(office.store(), office.store().database()));
    return {};
}

// --- out

Result<std::size_t> send_list(const Options& options, Sitting& sitting,
                              const repository::CaseFilter& filter) {
    TRY_VOID(
        sitting.seat->roles().require(sitting.seat->session(), access::Verb::export_, access::Thing::list));
    const auto cases = TRY(repository::list_cases(sitting.office->store().database(), sitting.readable,
                                                  filter, {}, casework::most_returned_rows + 1));
    if (cases.size() > casework::most_returned_rows)
        return fail(ErrorKind::limit, "workbook_rows",
                    {"清单过长，请缩小范围", "the list is too long: narrow it"});
    std::vector<HouseholdId> households;
    for (const auto& one : cases)
        if (one.row.head.household) households.push_back(*one.row.head.household);
    TRY_VOID(sitting.seat->log(access::Verb::export_, access::Thing::household, "workbook",
                               std::move(households)));
    const auto terms = sitting.terms();
    const workbook::CaseBook book(terms, sitting.office->words(), *sitting.machine);
    TRY_VOID(put_file(options.file, [&](const std::filesystem::path& path) {
        return workbook::send_cases(book, cases, options.only, bytes_of(sitting.secret), path);
    }));
    return cases.size();
}

Result<void> check_sending(const Options& options, const policy::Machine& machine) {
    if (intake::format_of_ending(options.file) != "xlsx")
        return fail(ErrorKind::usage, "not_xlsx",
                    {"--output 应为 .xlsx 文件", "--output is a file that ends in .xlsx"});
    if (options.only.empty() || machine.move(options.only) != nullptr) return {};
    std::vector<std::string> known;
    for (const policy::Move& move : machine.moves)
        if (!move.from.empty()) known.push_back(move.id);
    return fail(ErrorKind::usage, "move_unknown",
                {fmt::format("没有办理事项“{}”；有：{}", options.only, fmt::join(known, " ")),
                 fmt::format("there is no move '{}'; there are: {}", options.only, fmt::join(known, " "))});
}

ExitCode send(const Console& console, const Options& options) {
    Sitting sitting;
    sitting.office = open_cases(console, options.store, store::Access::write);
    if (sitting.office == nullptr) return console.failed();
    const auto filter = filter_of(*sitting.office, options);
    if (!filter) return console.report(filter.error());
    const auto* machine = sitting.office->words().procedures.machine(options.wish.machine);
    if (const auto good = check_sending(options, *machine); !good) return console.report(good.error());
    if (const auto sat = sit_down(console, options, sitting); !sat) return console.report(sat.error());
    const auto sent = send_list(options, sitting, *filter);
    if (!sent) return console.report(sent.error());
    console.line({fmt::format("已写出 {}：{} 件", options.file.string(), *sent),
                  fmt::format("{} was written: {}", options.file.string(), counted(*sent, "case", "cases"))});
    return ExitCode::done;
}

// --- back

// What came back: as it was kept when some of its rows were applied, else compared just now and kept nowhere.
struct Returned {
    casework::NewWorkbook file;
    std::optional<casework::Workbook> kept;
    std::vector<ReturnedRow> rows;
};

Result<std::string> content_of(const std::filesystem::path& path) {
    TRY_VOID(need_file(path));
    std::ifstream file(path, std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(file), {}};
    if (file) return content;
    return fail(ErrorKind::not_found, "cannot_read", {"读不了这个文件", "the file cannot be read"},
                shown_file_name(path.string()));
}

Result<Returned> returned_from(const Options& options, Sitting& sitting, const std::string& content) {
    casework::Desk desk = sitting.office->desk();
    store::Sha256 digest;
    digest.add(bytes_of(content));
    Returned returned;
    returned.file = {sitting.machine->id, options.file.filename().string(), digest.hex(), 0};
    const auto terms = sitting.terms();
    const workbook::CaseBook book(terms, sitting.office->words(), *sitting.machine);
    auto found = TRY(workbook::take_cases(book, desk.shelf.database, sitting.readable,
                                          bytes_of(sitting.secret), options.file));
    TRY_VOID(sitting.seat->log(access::Verb::read, access::Thing::household, "workbook.rows",
                               std::move(found.households)));
    returned.file.unchanged = found.unchanged;
    returned.rows = std::move(found.rows);
    returned.kept = TRY(casework::find_workbook_of(desk, sitting.actor, returned.file));
    if (returned.kept)
        returned.rows = TRY(casework::read_rows(desk, returned.kept->id, 0, casework::most_returned_rows));
    return returned;
}

Text outcome_words(RowOutcome outcome) {
    switch (outcome) {
        case RowOutcome::waiting:
            return {"待确认", "waits"};
        case RowOutcome::refused:
            return {"不能读取", "refused"};
        case RowOutcome::made:
            return {"已办理", "made"};
        case RowOutcome::moved_on:
            return {"办件已有变动", "the case had gone on"};
        case RowOutcome::left:
            return {"已放弃", "left"};
    }
    return {};
}

// The rows of a difference, each with what it would do, or why it cannot.
class DifferenceList {
  public:
    DifferenceList(const Console& console, Sitting& sitting)
        : console_(console), sitting_(sitting), desk_(sitting.office->desk()) {
        people.headings = {{{"行", "row"}, true},      {{"位置", "place"}},
                           {{"办件号", "case"}, true}, {{"办理事项", "move"}},
                           {{"办理日期", "on"}},       {{"改动", "changes"}},
                           {{"状态", "outcome"}},      {{"不能办理的原因", "why not"}}};
        data.columns = {{"number"}, {"row"},   {"case"},   {"outcome"}, {"move"},
                        {"on"},     {"field"}, {"before"}, {"after"},   {"why"}};
    }

    Result<void> add(const ReturnedRow& row) {
        const auto view = TRY(view_of(row));
        Line line{row, {}, {}, {}, {}};
        for (const Error& one : row.refusals) say_why(line, one.code, one.text, one.where);
        const bool is_told = view && row.outcome != RowOutcome::refused;
        if (is_told && row.outcome == RowOutcome::waiting)
            for (const auto& fault : casework::against(sitting_.actor, row, *view, today_))
                say_why(line, fault.code, fault.text, fault.field);
        if (is_told) tell(line, *view);
        put(line);
        return {};
    }

    Table people;
    intake::Table data;

  private:
    struct ChangeWords {
        std::string field, title, before, after;
    };
    struct Line {
        const ReturnedRow& row;
        std::string move_title;
        std::vector<ChangeWords> changes;
        std::vector<std::string> why, codes;
    };

    Result<std::optional<casework::CaseView>> view_of(const ReturnedRow& row) {
        if (!row.of) return std::optional<casework::CaseView>();
        const auto found = TRY(repository::find_case(desk_.shelf.database, sitting_.readable, *row.of));
        if (!found) return std::optional<casework::CaseView>();
        return std::optional(TRY(casework::read_case(desk_, *row.of, today_)));
    }

    void say_why(Line& line, const std::string& code, const Text& text, const std::string& where) const {
        line.codes.push_back(code);
        line.why.push_back(where.empty() ? console_.say(text)
                                         : fmt::format("{}: {}", where, console_.say(text)));
    }

    void tell(Line& line, const casework::CaseView& view) const {
        const policy::Law& law = view.pack->law;
        const policy::Move* move = view.machine->move(line.row.request.move);
        line.move_title = move == nullptr ? line.row.request.move : console_.say(move->title);
        for (const auto& [id, values] : line.row.request.fields) {
            const policy::FieldRule* field = law.procedures.field(id);
            const auto before = view.state.fields.find(id);
            const std::vector<std::string> nothing;
            line.changes.push_back({id, field == nullptr ? id : console_.say(field->title),
                                    field_words(console_, *sitting_.office, law, id,
                                                before == view.state.fields.end() ? nothing : before->second),
                                    field_words(console_, *sitting_.office, law, id, values)});
        }
    }

    void put(const Line& line) {
        const ReturnedRow& row = line.row;
        const std::string number = std::to_string(row.number);
        const std::string place = fmt::format("{}!{}", row.sheet, row.row);
        const std::string of = row.of ? std::to_string(row.of->value()) : std::string();
        const std::string on = line.move_title.empty() ? std::string() : row.request.on.iso();
        std::vector<std::string> words;
        for (const ChangeWords& one : line.changes) {
            words.push_back(one.before.empty() ? fmt::format("{}={}", one.title, one.after)
                                               : fmt::format("{}: {}→{}", one.title, one.before, one.after));
        }
        people.rows.push_back(
            {number, place, of, line.move_title, on, fmt::format("{}", fmt::join(words, "; ")),
             console_.say(outcome_words(row.outcome)), fmt::format("{}", fmt::join(line.why, "; "))});
        const std::string why = fmt::format("{}", fmt::join(line.codes, ";"));
        const std::string move = line.move_title.empty() ? std::string() : row.request.move;
        const auto one_line = [&](const ChangeWords& change) {
            data.rows.push_back({number, place, of, std::string(name_of(row.outcome)), move, on, change.field,
                                 change.before, change.after, why});
        };
        if (line.changes.empty()) one_line({});
        for (const ChangeWords& change : line.changes) one_line(change);
    }

    const Console& console_;
    Sitting& sitting_;
    casework::Desk desk_;
    Date today_ = civil_day(sitting_.office->clock.now());
};

ExitCode show_difference(const Console& console, const Options& options, Sitting& sitting,
                         const Returned& returned) {
    DifferenceList list(console, sitting);
    for (const ReturnedRow& row : returned.rows)
        if (const auto added = list.add(row); !added) return console.report(added.error());
    const ExitCode put = put_list(console, options.list, list.people, list.data,
                                  {"工作簿与现状一致：没有改动", "the workbook says what stands: no change"});
    if (put != ExitCode::done) return put;
    console.note({fmt::format("未改动的 {} 行；尚未办理任何事项，办理用 --apply --rows 1,3-5（或 all）",
                              returned.file.unchanged),
                  fmt::format("{} unchanged; nothing was done: --apply --rows 1,3-5 (or all) makes the moves",
                              counted(returned.file.unchanged, "row is", "rows are"))});
    return put;
}

// --- what is chosen

std::unexpected<Error> bad_rows(const std::string& text) {
    return fail(
        ErrorKind::usage, "rows_unreadable",
        {fmt::format("--rows 应为 1,3-5 这样的行号，或 all，而不是“{}”", shown_file_name(text)),
         fmt::format("--rows takes numbers such as 1,3-5, or all, not \"{}\"", shown_file_name(text))});
}

std::optional<int> row_number(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool fits = error == std::errc() && end == text.data() + text.size() && number > 0 &&
                      number <= static_cast<int>(casework::most_returned_rows);
    return fits ? std::optional(number) : std::nullopt;
}

// Nothing: all.
Result<std::optional<std::set<int>>> chosen_rows(const std::string& text) {
    if (text == "all") return std::optional<std::set<int>>();
    std::set<int> rows;
    std::string_view left = text;
    while (!left.empty()) {
        const auto comma = left.find(',');
        const std::string_view part = left.substr(0, comma);
        left = comma == std::string_view::npos ? std::string_view() : left.substr(comma + 1);
        const auto dash = part.find('-');
        const auto first = row_number(part.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : row_number(part.substr(dash + 1));
        if (!first || !last || *last < *first) return bad_rows(text);
        for (int number = *first; number <= *last; ++number) rows.insert(number);
    }
    if (rows.empty()) return bad_rows(text);
    return std::optional(std::move(rows));
}

struct Applied {
    Table people{.headings = {{{"行", "row"}, true},
                              {{"办件号", "case"}, true},
                              {{"结果", "outcome"}},
                              {{"序号", "event"}, true},
                              {{"原因", "why not"}}},
                 .rows = {}};
    intake::Table data{.columns = {{"number"}, {"case"}, {"outcome"}, {"event"}, {"why"}}, .rows = {}};
    bool all_done = true;
};

std::vector<int> numbers_chosen(const Returned& returned, const std::optional<std::set<int>>& chosen) {
    if (chosen) return {chosen->begin(), chosen->end()};
    std::vector<int> waiting;
    for (const ReturnedRow& row : returned.rows)
        if (row.outcome == RowOutcome::waiting) waiting.push_back(row.number);
    return waiting;
}

// What became of one row; a number that is none says so.
void add_applied(const Console& console, const Returned& returned, int number,
                 const std::optional<casework::TakenRow>& taken, bool takes, Applied& applied) {
    const auto row = std::ranges::find(returned.rows, number, &ReturnedRow::number);
    const bool has_case = row != returned.rows.end() && row->of.has_value();
    const std::string of = has_case ? std::to_string(row->of->value()) : std::string();
    if (!taken) {
        const Text text{"没有这一行，或不在您的办理范围内", "there is no such row within your reach"};
        applied.all_done = false;
        applied.people.rows.push_back({std::to_string(number), of, "", "", console.say(text)});
        applied.data.rows.push_back({std::to_string(number), of, "not_there", "", ""});
        return;
    }
    std::vector<std::string> why, codes;
    for (const auto& fault : taken->faults) {
        why.push_back(console.say(fault.text));
        codes.push_back(fault.code);
    }
    if (taken->outcome == RowOutcome::refused)
        for (const Error& one : row->refusals) {
            why.push_back(console.say(one.text));
            codes.push_back(one.code);
        }
    applied.all_done = applied.all_done && taken->outcome == (takes ? RowOutcome::made : RowOutcome::left);
    const std::string event = taken->event == 0 ? std::string() : std::to_string(taken->event);
    applied.people.rows.push_back({std::to_string(number), of, console.say(outcome_words(taken->outcome)),
                                   event, fmt::format("{}", fmt::join(why, "; "))});
    applied.data.rows.push_back({std::to_string(number), of, std::string(name_of(taken->outcome)), event,
                                 fmt::format("{}", fmt::join(codes, ";"))});
}

Result<Applied> apply_rows(const Console& console, const Options& options, Sitting& sitting,
                           Returned& returned, const std::optional<std::set<int>>& chosen) {
    casework::Desk desk = sitting.office->desk();
    const auto id = TRY(casework::keep_workbook(desk, sitting.actor, returned.file, returned.rows));
    Applied applied;
    std::vector<HouseholdId> households;
    const auto numbers = numbers_chosen(returned, chosen);
    ProgressBar bar(console, {"正在办理", "making moves"});
    for (std::size_t at = 0; at < numbers.size(); ++at) {
        bar.show(at, numbers.size());
        const auto taken = TRY(casework::settle_reached(desk, sitting.actor, sitting.readable, id,
                                                        numbers[at], !options.leave, households));
        add_applied(console, returned, numbers[at], taken, !options.leave, applied);
    }
    TRY_VOID(sitting.seat->log(access::Verb::change, access::Thing::household, "workbook.approval",
                               std::move(households)));
    return applied;
}

ExitCode apply(const Console& console, const Options& options, Sitting& sitting, Returned& returned,
               const std::optional<std::set<int>>& chosen) {
    const auto applied = apply_rows(console, options, sitting, returned, chosen);
    if (!applied) return console.report(applied.error());
    const ExitCode put =
        put_list(console, options.list, applied->people, applied->data, {"没有待确认的行", "no row waits"});
    // Whoever chose rows wants to know that one was not made.
    return put == ExitCode::done && !applied->all_done ? ExitCode::failure : put;
}

Result<void> check_taking(const Options& options) {
    if (options.apply == !options.rows.empty() && (options.apply || !options.leave)) return {};
    return fail(ErrorKind::usage, "rows_missing",
                {"--apply 须用 --rows 指定行（1,3-5 或 all），--rows 和 --leave 只与 --apply 同用",
                 "--apply takes --rows (1,3-5 or all); --rows and --leave go with --apply alone"});
}

ExitCode take(const Console& console, const Options& options) {
    if (const auto good = check_taking(options); !good) return console.report(good.error());
    const auto chosen = chosen_rows(options.apply ? options.rows : "all");
    if (!chosen) return console.report(chosen.error());
    const auto content = content_of(options.file);
    if (!content) return console.report(content.error());
    Sitting sitting;
    sitting.office = open_cases(console, options.store, store::Access::write);
    if (sitting.office == nullptr) return console.failed();
    if (const auto filter = filter_of(*sitting.office, options); !filter)
        return console.report(filter.error());
    if (const auto sat = sit_down(console, options, sitting); !sat) return console.report(sat.error());
    auto returned = returned_from(options, sitting, *content);
    if (!returned) {
        const ErrorKind kind = returned.error().kind;
        const bool is_file = kind == ErrorKind::invalid || kind == ErrorKind::limit;
        const ExitCode said = console.report(returned.error());
        return is_file ? ExitCode::file_refused : said;
    }
    return options.apply ? apply(console, options, sitting, *returned, *chosen)
                         : show_difference(console, options, sitting, *returned);
}

// --- the commands

void add_shared(Command& command, const Registration& registration, Options& options) {
    add_store_options(command, registration.console, options.store);
    command
        .add_option(
            "--by", options.by,
            registration.help("谁办理：服务器上的账号，密码（和验证码）在终端输入",
                              "who does it: an account of the server; its password, and its code, are "
                              "asked for"))
        ->required();
}

}  // namespace

void add_workbook(Registration registration) {
    auto* group = registration.app.add_subcommand(
        "workbook", registration.help("办件清单的工作簿：发出，填写后带回，逐行确认",
                                      "work lists as workbooks: out, filled in, back, row by row"));
    group->require_subcommand(1);
    auto of_send = std::make_shared<Options>();
    auto* sending = group->add_subcommand(
        "send", registration.help("一类办件的工作簿，供不联网填写", "cases of one kind, to be filled in"));
    add_shared(*sending, registration, *of_send);
    add_case_wish(*sending, registration, of_send->wish);
    sending->add_option("--move", of_send->only,
                        registration.help("只留一个办理事项的列", "the columns of one move alone"));
    sending
        ->add_option("--output,-o", of_send->file,
                     registration.help("工作簿（.xlsx）", "the workbook (.xlsx)"))
        ->required();
    registration.on(*sending, of_send, send);
    auto of_take = std::make_shared<Options>();
    auto* taking = group->add_subcommand(
        "take", registration.help("带回的工作簿与现状的差异；--apply 才办理",
                                  "what a workbook that came back would do; --apply alone does it"));
    add_shared(*taking, registration, *of_take);
    taking->add_option("--machine", of_take->wish.machine, registration.help("办件种类", "the kind of cases"))
        ->required();
    taking->add_option("file", of_take->file, registration.help("填好的工作簿", "the workbook"))->required();
    taking->add_flag("--apply", of_take->apply,
                     registration.help("办理 --rows 指定的行", "make the moves of the rows of --rows"));
    taking->add_option("--rows", of_take->rows,
                       registration.help("行号（1,3-5），或 all：全部待确认的行",
                                         "numbers of rows (1,3-5), or all that wait"));
    taking->add_flag("--leave", of_take->leave,
                     registration.help("这些行放弃，不办理", "these rows are left, not made"));
    add_list_options(*taking, registration.console, of_take->list);
    registration.on(*taking, of_take, take);
}

}  // namespace doudi::cli
