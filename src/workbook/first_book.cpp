// SPDX-License-Identifier: Apache-2.0
#include "workbook/first_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/said.h"
#include "workbook/send_out.h"
#include "workbook/take_back.h"

namespace doudi::workbook {
namespace {

constexpr std::string_view choice_column = "choice";
constexpr std::string_view day_column = "on";
constexpr std::string_view reason_column = "declined";
constexpr std::string_view opens = "open";

// What was asked never changes: a request is there as it was told, or it was settled and is not listed.
constexpr std::uint64_t only_version = 1;

std::optional<std::string> text_or_none(std::string text) {
    if (text.empty()) return std::nullopt;
    return text;
}

// What a spreadsheet would break otherwise than it was written is shown on one line.
std::optional<std::string> on_one_line(std::optional<std::string> text) {
    constexpr unsigned char first_shown = 0x20;
    if (text) std::ranges::replace_if(*text, [](unsigned char c) { return c < first_shown; }, ' ');
    return text;
}

void refuse(casework::ReturnedFirst& row, std::string code, Text text) {
    row.refusals.push_back(
        {ErrorKind::invalid, std::move(code), std::move(text), fmt::format("{}!{}", row.sheet, row.row)});
}

class Comparison {
  public:
    Comparison(const FirstBook& book, const policy::Law& law, const FirstNow& now) : book_(book), now_(now) {
        std::set<std::string> machines;
        for (const policy::Machine& one : law.procedures.machines)
            if (casework::is_open_to_filing(law, one.id)) machines.insert(one.id);
        list_ = book_.columns(machines);
    }

    Result<ReturnedFirstRows> with(const std::filesystem::path& path, std::span<const std::byte> secret) {
        const Difference difference =
            TRY(take_back(list_, path, secret, [this](const std::string& key) { return current(key); }));
        if (failed_) return std::unexpected(std::move(*failed_));
        found_.unchanged = difference.unchanged;
        for (const RowDifference& one : difference.rows) {
            const auto seen = seen_.find(one.key);
            found_.rows.push_back(book_.asked(one, seen == seen_.end() ? nullptr : &seen->second));
            found_.rows.back().number = static_cast<int>(found_.rows.size());
        }
        return std::move(found_);
    }

  private:
    std::optional<WorkRow> current(const std::string& key) {
        std::uint64_t id = 0;
        std::from_chars(key.data(), key.data() + key.size(), id);
        auto shown = now_(casework::FirstRequestId(id));
        if (!shown) {
            if (!failed_) failed_ = shown.error();
            return std::nullopt;
        }
        if (!*shown) return std::nullopt;
        WorkRow row = book_.row(list_, **shown);
        seen_.insert_or_assign(key, std::move((*shown)->request));
        return row;
    }

    const FirstBook& book_;
    const FirstNow& now_;
    WorkList list_;
    std::map<std::string, casework::FirstRequest> seen_;
    std::optional<Error> failed_;
    ReturnedFirstRows found_;
};

}  // namespace

const policy::Move* FirstBook::opening(const std::string& machine) const {
    const policy::Machine* kind = law_.procedures.machine(machine);
    return kind == nullptr ? nullptr : kind->move(casework::opening_move(*kind, roles_));
}

WorkList FirstBook::columns(const std::set<std::string>& machines) const {
    WorkList list{std::string(first_list), "首次申请登记", {}};
    const auto add = [&](const char* id, const char* heading, bool is_held) {
        list.columns.push_back({id, heading, ColumnType::text, false, {}, is_held});
    };
    add("receipt", "回执号", true);
    add("machine", "申请事项", true);
    add("at", "登记日", true);
    add("unit", "所在单位", false);
    add("name", "姓名（仅供查看）", false);
    add("identity_number", "身份证号（仅供查看）", false);
    add("phone", "电话（仅供查看）", false);
    add("told", "情况（仅供查看）", false);
    list.columns.push_back({std::string(choice_column),
                            "处理",
                            ColumnType::choice,
                            true,
                            {{std::string(opens), "发起办件"}, {"decline", "不予办理"}}});
    list.columns.push_back({std::string(reason_column), "不予办理的理由", ColumnType::text, true, {}});
    list.columns.push_back({std::string(day_column), "办理日期（发起的）", ColumnType::date, true, {}});
    std::set<std::string> fields;
    for (const std::string& machine : machines)
        if (const policy::Move* move = opening(machine)) fields.merge(fields_of(law_, machine, *move));
    // Who is on no register is no member of a household that a number could name.
    std::erase_if(fields, [&](const std::string& id) {
        const policy::FieldRule* field = law_.procedures.field(id);
        return field == nullptr || field->type == policy::FieldRule::Type::person ||
               field->type == policy::FieldRule::Type::people;
    });
    fields_.add_to(list.columns, fields);
    return list;
}

WorkRow FirstBook::row(const WorkList& list, const FirstShown& shown) const {
    const casework::FirstRequest& request = shown.request;
    const policy::Machine* machine = law_.procedures.machine(request.machine);
    const std::map<std::string, std::optional<std::string>> told{
        {"receipt", request.receipt},
        {"machine", machine == nullptr ? request.machine : machine->title.zh},
        {"at", civil_day(request.at).iso()},
        {"unit", text_or_none(shown.unit)},
        {"name", on_one_line(shown.name)},
        {"identity_number", on_one_line(shown.identity_number)},
        {"phone", on_one_line(shown.phone)},
        {"told", on_one_line(shown.need)}};
    WorkRow row{std::to_string(request.id.value()), only_version, {}};
    for (const Column& column : list.columns) {
        const auto found = told.find(column.id);
        row.values.push_back(found == told.end() ? std::nullopt : found->second);
    }
    return row;
}

void FirstBook::tell(casework::ReturnedFirst& row, const Change& change, Written& beside) const {
    if (!change.after) return;
    if (change.column == choice_column) {
        beside.is_chosen = true;
        row.opens = *change.after == opens;
    } else if (change.column == day_column) {
        beside.day = Date::parse_iso(*change.after);
    } else if (change.column == reason_column) {
        beside.reason = *change.after;
    } else {
        const std::string id = change.column.substr(field_prefix.size());
        row.request.fields[id] =
            fields_.values_of(id, *change.after, row.refusals, fmt::format("{}!{}", row.sheet, row.row));
    }
}

// What was written beside the choice must be of use to it: what nobody reads is lost.
void FirstBook::check(casework::ReturnedFirst& row, const std::string& machine, const Written& beside) const {
    if (!beside.is_chosen) {
        refuse(row, "first_choice", {"没有选择“处理”", "nothing was chosen under '处理'"});
    } else if (row.opens) {
        check_opening(row, machine, beside);
    } else if (!says_something(beside.reason)) {
        refuse(row, "first_reason", {"不予办理的须写明理由", "what is declined needs a reason"});
    } else if (beside.day || !row.request.fields.empty()) {
        refuse(row, "first_unread",
               {"不予办理的只填写理由", "of what is declined a reason alone is written"});
    }
}

void FirstBook::check_opening(casework::ReturnedFirst& row, const std::string& machine,
                              const Written& beside) const {
    if (!beside.reason.empty())
        return refuse(row, "first_unread",
                      {"“不予办理的理由”只在不予办理时填写",
                       "why it is declined is only written where it is declined"});
    if (!beside.day)
        return refuse(row, "workbook_day", {"没有填写“办理日期”", "no day was written under '办理日期'"});
    const policy::Move* move = opening(machine);
    const std::set<std::string> taken =
        move == nullptr ? std::set<std::string>() : fields_of(law_, machine, *move);
    for (const auto& [id, values] : row.request.fields) {
        if (taken.contains(id)) continue;
        const policy::FieldRule* field = law_.procedures.field(id);
        ensure(field != nullptr, "the column was made of a field");
        refuse(row, "first_unread",
               {fmt::format("“{}”不是这一事项要填的", field->title.zh),
                fmt::format("'{}' is nothing that this kind of case takes", field->title.en)});
    }
}

casework::ReturnedFirst FirstBook::asked(const RowDifference& row,
                                         const casework::FirstRequest* request) const {
    casework::ReturnedFirst asked;
    asked.sheet = row.sheet;
    asked.row = row.row;
    asked.refusals = row.refusals;
    if (request != nullptr) asked.of = request->id;
    Written beside;
    for (const Change& change : row.changes) tell(asked, change, beside);
    if (asked.refusals.empty() && request != nullptr) check(asked, request->machine, beside);
    if (!asked.refusals.empty()) {
        asked.outcome = casework::RowOutcome::refused;
        asked.request = {};
        return asked;
    }
    ensure(request != nullptr, "a row whose request is not there was refused");
    if (!asked.opens) {
        asked.request.fields = {{std::string(casework::declined_field), {std::move(beside.reason)}}};
        return asked;
    }
    if (const policy::Move* move = opening(request->machine)) asked.request.move = move->id;
    asked.request.on = *beside.day;
    return asked;
}

Result<void> FirstBook::send(const std::vector<FirstShown>& requests, std::span<const std::byte> secret,
                             const std::filesystem::path& path) const {
    std::set<std::string> machines;
    for (const FirstShown& one : requests) machines.insert(one.request.machine);
    const WorkList list = columns(machines);
    std::vector<WorkRow> rows;
    rows.reserve(requests.size());
    for (const FirstShown& one : requests) rows.push_back(row(list, one));
    return send_out(list, rows, secret, path);
}

Result<ReturnedFirstRows> FirstBook::take(const FirstNow& now, std::span<const std::byte> secret,
                                          const std::filesystem::path& path) const {
    return Comparison(*this, law_, now).with(path, secret);
}

}  // namespace doudi::workbook
