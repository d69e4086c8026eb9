// SPDX-License-Identifier: Apache-2.0
#include "workbook/due_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/said.h"
#include "workbook/send_out.h"
#include "workbook/take_back.h"

namespace doudi::workbook {
namespace {

constexpr std::string_view choice_column = "choice";
constexpr std::string_view until_column = "until";
constexpr std::string_view reason_column = "reason";
constexpr std::string_view not_yet = "not_yet";

std::optional<std::string> text_or_none(std::string text) {
    if (text.empty()) return std::nullopt;
    return text;
}

std::optional<std::string> iso_or_none(const std::optional<Date>& day) {
    if (!day) return std::nullopt;
    return day->iso();
}

std::string key_of(const casework::repository::ListedDue& due) {
    return fmt::format("{}/{}/{}", due.code, due.line.category, due.line.machine);
}

// "LZ000017/margin/review", whatever stands in the household's code.
struct KeyParts {
    std::string household, category, machine;
};
std::optional<KeyParts> parts_of(const std::string& key) {
    const std::size_t last = key.rfind('/');
    if (last == std::string::npos || last == 0) return std::nullopt;
    const std::size_t middle = key.rfind('/', last - 1);
    if (middle == std::string::npos) return std::nullopt;
    return KeyParts{key.substr(0, middle), key.substr(middle + 1, last - middle - 1), key.substr(last + 1)};
}

WorkRow row_of(const WorkList& list, const DueShown& shown) {
    const casework::DueLine& line = shown.due.line;
    const std::map<std::string, std::optional<std::string>> told{{"household", shown.due.code},
                                                                 {"head", shown.head_name},
                                                                 {"unit", text_or_none(shown.unit)},
                                                                 {"category", text_or_none(shown.category)},
                                                                 {"machine", text_or_none(shown.machine)},
                                                                 {"rhythm", text_or_none(shown.rhythm)},
                                                                 {"last_on", iso_or_none(line.last_on)},
                                                                 {"due_on", iso_or_none(line.due_on)},
                                                                 {"sure_on", iso_or_none(line.sure_on)},
                                                                 {"standing", text_or_none(shown.standing)}};
    WorkRow row{key_of(shown.due), casework::due_version(line), {}};
    for (const Column& column : list.columns) {
        const auto found = told.find(column.id);
        row.values.push_back(found == told.end() ? std::nullopt : found->second);
    }
    return row;
}

void refuse(casework::ReturnedDue& row, std::string code, Text text) {
    row.refusals.push_back(
        {ErrorKind::invalid, std::move(code), std::move(text), fmt::format("{}!{}", row.sheet, row.row)});
}

// What was written beside the choice must be of use to it: what nobody reads is lost.
void check_choice(casework::ReturnedDue& row, bool is_chosen, bool has_day_of_its_own) {
    if (!is_chosen) {
        refuse(row, "due_choice", {"没有选择“处理”", "nothing was chosen under '处理'"});
    } else if (!row.opens && !says_something(row.reason)) {
        refuse(row, "due_reason", {"暂不发起的须写明理由", "what is not opened yet needs a reason"});
    } else if (row.opens && !row.reason.empty()) {
        refuse(row, "due_unread",
               {"“理由”只在暂不发起时填写", "a reason is only written where nothing is opened yet"});
    } else if (row.until && (!row.opens || has_day_of_its_own)) {
        refuse(row, "due_unread",
               {"“办理期限”只在发起办理且到期日不明时填写",
                "a day is only written where a case is opened and no day is known"});
    }
}

class Comparison {
  public:
    explicit Comparison(const DueNow& now) : now_(now), list_(due_columns()) {}

    Result<ReturnedDueRows> with(const std::filesystem::path& path, std::span<const std::byte> secret) {
        const Difference difference =
            TRY(take_back(list_, path, secret, [this](const std::string& key) { return current(key); }));
        if (failed_) return std::unexpected(std::move(*failed_));
        found_.unchanged = difference.unchanged;
        for (const RowDifference& one : difference.rows) {
            found_.rows.push_back(asked(one));
            found_.rows.back().number = static_cast<int>(found_.rows.size());
        }
        return std::move(found_);
    }

  private:
    std::optional<WorkRow> current(const std::string& key) {
        const auto parts = parts_of(key);
        if (!parts) return std::nullopt;
        auto shown = now_(parts->household, parts->category, parts->machine);
        if (!shown) {
            if (!failed_) failed_ = shown.error();
            return std::nullopt;
        }
        if (!*shown) return std::nullopt;
        found_.households.push_back((*shown)->due.line.household);
        WorkRow row = row_of(list_, **shown);
        seen_.insert_or_assign(key, (*shown)->due.line);
        return row;
    }

    casework::ReturnedDue asked(const RowDifference& row) {
        casework::ReturnedDue asked;
        asked.sheet = row.sheet;
        asked.row = row.row;
        asked.refusals = row.refusals;
        const auto seen = seen_.find(row.key);
        if (seen != seen_.end()) {
            const casework::DueLine& line = seen->second;
            asked.of = casework::DueKey{line.household, line.category, line.machine};
            asked.seen = casework::due_version(line);
        }
        bool is_chosen = false;
        for (const Change& change : row.changes) {
            if (!change.after) continue;
            if (change.column == choice_column) {
                is_chosen = true;
                asked.opens = *change.after != not_yet;
            }
            if (change.column == until_column) asked.until = Date::parse_iso(*change.after);
            if (change.column == reason_column) asked.reason = *change.after;
        }
        if (asked.refusals.empty())
            check_choice(asked, is_chosen, seen != seen_.end() && seen->second.sure_on.has_value());
        if (!asked.refusals.empty()) {
            asked.outcome = casework::RowOutcome::refused;
            asked.until.reset();
            asked.reason.clear();
        }
        return asked;
    }

    const DueNow& now_;
    WorkList list_;
    std::map<std::string, casework::DueLine> seen_;
    std::optional<Error> failed_;
    ReturnedDueRows found_;
};

}  // namespace

WorkList due_columns() {
    WorkList list{std::string(due_list), "到期复核", {}};
    const auto add = [&](const char* id, const char* heading, bool is_held = true) {
        list.columns.push_back({id, heading, ColumnType::text, false, {}, is_held});
    };
    add("household", "户编号");
    add("head", "户主（仅供查看）", false);
    add("unit", "所在单位", false);
    add("category", "类别");
    add("machine", "应办事项");
    add("rhythm", "周期", false);  // which of two it is, the day says
    add("last_on", "上次日期");
    add("due_on", "到期日");
    add("sure_on", "最迟到期日");
    add("standing", "情况（仅供查看）", false);
    list.columns.push_back({std::string(choice_column),
                            "处理",
                            ColumnType::choice,
                            true,
                            {{"open", "发起办理"}, {std::string(not_yet), "暂不发起"}}});
    list.columns.push_back(
        {std::string(until_column), "办理期限（到期日不明的）", ColumnType::date, true, {}});
    list.columns.push_back({std::string(reason_column), "理由（暂不发起的）", ColumnType::text, true, {}});
    return list;
}

Result<void> send_due(const std::vector<DueShown>& lines, std::span<const std::byte> secret,
                      const std::filesystem::path& path) {
    const WorkList list = due_columns();
    std::vector<WorkRow> rows;
    rows.reserve(lines.size());
    for (const DueShown& one : lines) rows.push_back(row_of(list, one));
    return send_out(list, rows, secret, path);
}

Result<ReturnedDueRows> take_due(const DueNow& now, std::span<const std::byte> secret,
                                 const std::filesystem::path& path) {
    return Comparison(now).with(path, secret);
}

}  // namespace doudi::workbook
