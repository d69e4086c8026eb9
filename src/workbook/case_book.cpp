// SPDX-License-Identifier: Apache-2.0
#include "workbook/case_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

#include "workbook/send_out.h"
#include "workbook/take_back.h"

namespace doudi::workbook {
namespace {

using Type = policy::FieldRule::Type;

constexpr std::string_view move_column = "move";
constexpr std::string_view day_column = "on";

// Only to be read: no field of a pack is called so.
constexpr std::array<std::pair<const char*, const char*>, 2> beside_columns{
    {{"name", "户主或本人（仅供查看）"}, {"need", "诉求（仅供查看）"}}};

bool tells_beside(const CaseBookTerms& terms) {
    return !terms.asker.department.empty() && terms.beside != nullptr;
}

// On one line: what a spreadsheet would break otherwise than it was written does not differ when it comes
// back.
std::optional<std::string> on_one_line(std::optional<std::string> text) {
    constexpr unsigned char first_shown = 0x20;
    if (text) std::ranges::replace_if(*text, [](unsigned char c) { return c < first_shown; }, ' ');
    return text;
}

std::vector<Column> protected_columns(const CaseBookTerms& terms) {
    std::vector<Column> columns;
    const auto add = [&](const char* id, const char* heading, bool is_held = true) {
        columns.push_back({id, heading, ColumnType::text, false, {}, is_held});
    };
    add("case", "办件号");
    add("household", "户编号");
    add("unit", "现承办单位");
    add("state", "当前状态");
    add("opened_on", "发起日");
    add("due_on", "到期日");
    for (const auto& [id, heading] : beside_columns) add(id, heading, tells_beside(terms));
    return columns;
}

bool names(const std::vector<std::string>& ids, std::string_view id) {
    return std::ranges::find(ids, id) != ids.end();
}

std::string place_of(const RowDifference& row) {
    return fmt::format("{}!{}", row.sheet, row.row);
}

Error refusal(std::string code, Text text, std::string place) {
    return {ErrorKind::invalid, std::move(code), std::move(text), std::move(place)};
}

}  // namespace

std::set<std::string> CaseBook::fields_of_moves(const std::set<std::string>& moves) const {
    std::set<std::string> fields;
    for (const policy::Move& move : machine_.moves) {
        if (moves.contains(move.id)) fields.merge(fields_of(law_, machine_.id, move));
    }
    return fields;
}

WorkList CaseBook::listed() const {
    WorkList list{"cases/" + machine_.id, machine_.title.zh, protected_columns(terms_)};
    Column moves{std::string(move_column), "办理事项", ColumnType::choice, true, {}};
    std::set<std::string> ids;
    for (const policy::Move& move : machine_.moves) {
        if (move.from.empty()) continue;  // it opens a case
        moves.choices.push_back({move.id, move.title.zh});
        ids.insert(move.id);
    }
    tell_apart(moves.choices);
    list.columns.push_back(std::move(moves));
    list.columns.push_back({std::string(day_column), "办理日期", ColumnType::date, true, {}});
    fields_.add_to(list.columns, fields_of_moves(ids));
    return list;
}

WorkList CaseBook::of_asker(const std::set<std::string>& states, std::string_view only) const {
    std::set<std::string> open;
    for (const policy::Move& move : machine_.moves) {
        const bool is_open =
            std::ranges::any_of(move.from, [&](const std::string& state) { return states.contains(state); });
        const bool is_theirs = std::ranges::any_of(
            terms_.asker.roles, [&](const std::string& role) { return names(move.by, role); });
        const bool takes_more = std::ranges::any_of(move.needs, [&](const std::string& need) {
            const policy::FieldRule* field = law_.procedures.field(need);
            return field != nullptr && !goes_into_cells(*field);
        });
        if (is_open && is_theirs && !takes_more && (only.empty() || only == move.id)) open.insert(move.id);
    }
    const std::set<std::string> fields = fields_of_moves(open);
    WorkList list = all_;
    std::erase_if(list.columns, [&](const Column& column) {
        if (column.id.starts_with(field_prefix))
            return !fields.contains(column.id.substr(field_prefix.size()));
        return !column.is_held;
    });
    for (Column& column : list.columns)
        if (column.id == move_column)
            std::erase_if(column.choices, [&](const Choice& one) { return !open.contains(one.id); });
    return list;
}

Result<WorkRow> CaseBook::row(const WorkList& list, const casework::repository::ListedCase& one) const {
    const auto& [head, now] = one.row;
    const BesideCase beside = tells_beside(terms_) ? TRY(terms_.beside(one)) : BesideCase();
    const access::Unit* unit = terms_.units.find(head.unit);
    const policy::MachineState* state = machine_.state(now.state);
    const std::map<std::string, std::optional<std::string>> told{
        {"case", std::to_string(head.id.value())},
        {"household", one.household},
        {"unit", unit == nullptr ? std::string() : unit->title},
        {"state", state == nullptr ? now.state : state->title.zh},
        {"opened_on", head.opened_on.iso()},
        {"due_on", now.due_on ? std::optional(now.due_on->iso()) : std::nullopt},
        {"name", on_one_line(beside.name)},
        {"need", on_one_line(beside.need)}};
    WorkRow row;
    row.key = std::to_string(head.id.value());
    row.version = static_cast<std::uint64_t>(now.events);
    for (const Column& column : list.columns) {
        const auto found = told.find(column.id);
        row.values.push_back(found == told.end() ? std::nullopt : found->second);
    }
    return row;
}

void CaseBook::tell(casework::ReturnedRow& row, const Change& change) const {
    if (!change.after) return;
    if (change.column == move_column) {
        row.request.move = *change.after;
    } else if (change.column == day_column) {
        if (const auto on = Date::parse_iso(*change.after))
            row.request.on = *on;
        else
            row.refusals.push_back(refusal("workbook_day", {"“办理日期”无法识别", "'办理日期' is no day"},
                                           fmt::format("{}!{}", row.sheet, row.row)));
    } else {
        const std::string id = change.column.substr(field_prefix.size());
        row.request.fields[id] =
            fields_.values_of(id, *change.after, row.refusals, fmt::format("{}!{}", row.sheet, row.row));
    }
}

casework::ReturnedRow CaseBook::asked(const RowDifference& row, int seen) const {
    casework::ReturnedRow asked;
    asked.sheet = row.sheet;
    asked.row = row.row;
    asked.seen = seen;
    asked.refusals = row.refusals;
    std::uint64_t number = 0;
    std::from_chars(row.key.data(), row.key.data() + row.key.size(), number);
    if (number != 0) asked.of = casework::CaseId(number);
    const auto has = [&](std::string_view column) {
        return std::ranges::find(row.changes, column, &Change::column) != row.changes.end();
    };
    if (asked.refusals.empty() && !has(move_column))
        asked.refusals.push_back(refusal(
            "workbook_move", {"没有选择“办理事项”", "no move was chosen under '办理事项'"}, place_of(row)));
    if (asked.refusals.empty() && !has(day_column))
        asked.refusals.push_back(refusal(
            "workbook_day", {"没有填写“办理日期”", "no day was written under '办理日期'"}, place_of(row)));
    for (const Change& change : row.changes) tell(asked, change);
    if (!asked.refusals.empty()) {
        asked.outcome = casework::RowOutcome::refused;
        asked.request = {};
    }
    return asked;
}

Result<void> send_cases(const CaseBook& book, const std::vector<casework::repository::ListedCase>& cases,
                        std::string_view only, std::span<const std::byte> secret,
                        const std::filesystem::path& path) {
    std::set<std::string> states;
    for (const auto& one : cases) states.insert(one.row.now.state);
    const WorkList list = book.of_asker(states, only);
    std::vector<WorkRow> rows;
    for (const auto& one : cases) rows.push_back(TRY(book.row(list, one)));
    return send_out(list, rows, secret, path);
}

namespace {

class Comparison {
  public:
    Comparison(const CaseBook& book, store::Database& database,
               std::span<const casework::repository::Readable> readable)
        : book_(book), database_(database), readable_(readable) {}

    Result<ReturnedCases> with(const std::filesystem::path& path, std::span<const std::byte> secret) {
        const Difference difference =
            TRY(take_back(book_.whole(), path, secret, [this](const std::string& key) { return now(key); }));
        if (failed_) return std::unexpected(std::move(*failed_));
        found_.unchanged = difference.unchanged;
        for (const RowDifference& one : difference.rows) {
            const auto seen = seen_.find(one.key);
            found_.rows.push_back(book_.asked(one, seen == seen_.end() ? 0 : seen->second));
            found_.rows.back().number = static_cast<int>(found_.rows.size());
            if (seen == seen_.end()) found_.rows.back().of.reset();
        }
        return std::move(found_);
    }

  private:
    std::optional<WorkRow> now(const std::string& key) {
        std::uint64_t number = 0;
        std::from_chars(key.data(), key.data() + key.size(), number);
        const auto found = casework::repository::find_case(database_, readable_, casework::CaseId(number));
        if (!found) {
            if (!failed_) failed_ = found.error();
            return std::nullopt;
        }
        if (!*found || (*found)->row.head.machine != book_.machine().id) return std::nullopt;
        seen_[key] = (*found)->row.now.events;
        if (const auto household = (*found)->row.head.household) found_.households.push_back(*household);
        auto row = book_.row(book_.whole(), **found);
        if (row) return std::move(*row);
        if (!failed_) failed_ = row.error();
        return std::nullopt;
    }

    const CaseBook& book_;
    store::Database& database_;
    std::span<const casework::repository::Readable> readable_;
    std::map<std::string, int> seen_;  // events of each case that was found
    std::optional<Error> failed_;
    ReturnedCases found_;
};

}  // namespace

Result<ReturnedCases> take_cases(const CaseBook& book, store::Database& database,
                                 std::span<const casework::repository::Readable> readable,
                                 std::span<const std::byte> secret, const std::filesystem::path& path) {
    return Comparison(book, database, readable).with(path, secret);
}

}  // namespace doudi::workbook
