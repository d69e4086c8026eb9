// SPDX-License-Identifier: Apache-2.0
#include "workbook/take_back.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/utf8.h"
#include "intake/amount_text.h"
#include "intake/date_text.h"
#include "intake/sheet.h"
#include "workbook/row_key.h"
#include "workbook/send_out.h"

namespace doudi::workbook {
namespace {

using intake::Cell;
using intake::CellKind;

std::string trimmed(std::string_view text) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return std::string(text);
}

struct Taken {
    bool is_right = false;
    std::optional<std::string> value;
};

Taken right(std::string value) {
    return {true, std::move(value)};
}

Taken number_of(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return right(std::to_string(number));
}

Taken money_of(const std::string& text) {
    const intake::AmountText read = intake::read_amount_text(text);
    if (read.kind == intake::AmountTextKind::empty) return {true, std::nullopt};
    if (read.kind == intake::AmountTextKind::unreadable) return {};
    return right(read.money.yuan_text());
}

Taken date_of(const Cell& cell, const std::string& text, bool date_1904) {
    if (cell.kind == CellKind::date_serial) return right(text);
    const intake::DateText read = cell.kind == CellKind::number ? intake::read_date_number(text, date_1904)
                                                                : intake::read_date_text(text, date_1904);
    if (read.kind == intake::DateTextKind::empty) return {true, std::nullopt};
    if (read.kind != intake::DateTextKind::day) return {};
    return right(read.date.iso());
}

Taken choice_of(const Column& column, const std::string& text) {
    for (const Choice& choice : column.choices)
        if (choice.word == text) return right(choice.id);
    return {};
}

// A cell as the value that it stands for; empty is not known.
Taken value_of(const Column& column, const Cell& cell, bool date_1904) {
    const std::string text = trimmed(cell.text);
    if (cell.kind == CellKind::error) return {};
    if (cell.kind == CellKind::empty || text.empty()) return {true, std::nullopt};
    switch (column.type) {
        case ColumnType::number:
            return number_of(text);
        case ColumnType::money:
            return money_of(text);
        case ColumnType::date:
            return date_of(cell, text, date_1904);
        case ColumnType::choice:
            return choice_of(column, text);
        case ColumnType::text:
            break;
    }
    if (count_code_points(text) > most_text || text.find("\xEF\xBF\xBD") != std::string::npos) return {};
    return right(text);
}

// What the sheet showed of a value is that value, however it is read back.
bool is_unchanged(const Column& column, const std::optional<std::string>& now, const Cell& cell,
                  const Taken& taken) {
    if (taken.is_right && taken.value.value_or("") == trimmed(now.value_or(""))) return true;
    return now && cell.kind != CellKind::error && trimmed(cell.text) == trimmed(shown_value(column, *now));
}

class Taker : public intake::SheetSink {
  public:
    Taker(const WorkList& list, std::span<const std::byte> secret, const Current& current)
        : list_(list), secret_(secret), current_(current) {}

    Result<void> begin_sheet(const intake::SheetInfo& info) override {
        info_ = info;
        heads_.clear();
        others_.clear();
        key_at_.reset();
        is_head_ = true;
        return {};
    }

    Result<void> row(std::uint32_t number, std::span<const Cell> cells) override {
        if (info_.hidden) return {};
        if (is_head_) return take_head(number, cells);
        if (++rows_ > most_rows)
            return fail(ErrorKind::limit, "workbook_rows", {"行数过多", "there are too many rows"},
                        info_.name);
        take_row(number, cells);
        return {};
    }

    Result<Difference> finish() {
        if (!found_)
            return fail(
                ErrorKind::invalid, "workbook_keys",
                {"不是本系统发出的工作簿：没有“" + std::string(key_heading) + "”一列",
                 "this is none of our workbooks: it has no column '" + std::string(key_heading) + "'"});
        refuse_repeated();
        return std::move(difference_);
    }

  private:
    [[nodiscard]] std::string place(std::uint32_t row, std::size_t column) const {
        return info_.name + "!" + column_letters(column) + std::to_string(row);
    }

    // A sheet of the same book without our keys is somebody's notes.
    Result<void> take_head(std::uint32_t number, std::span<const Cell> cells) {
        is_head_ = false;
        headed_ = cells.size();
        for (std::size_t at = 0; at < cells.size(); ++at) {
            const std::string heading = trimmed(cells[at].text);
            if (heading == key_heading) {
                if (key_at_) return twice(place(number, at));
                key_at_ = at;
                continue;
            }
            const auto column = std::ranges::find(list_.columns, heading, &Column::heading);
            if (column == list_.columns.end()) {
                others_.insert(at);
                continue;
            }
            const auto index = static_cast<std::size_t>(column - list_.columns.begin());
            if (!heads_.emplace(index, at).second) return twice(place(number, at));
        }
        found_ = found_ || key_at_.has_value();
        return {};
    }

    static std::unexpected<Error> twice(std::string where) {
        return fail(ErrorKind::invalid, "workbook_heading_twice", {"表头重复", "the heading stands twice"},
                    std::move(where));
    }

    void take_row(std::uint32_t number, std::span<const Cell> cells) {
        if (!key_at_) return;
        const auto cell_at = [&](std::size_t at) { return at < cells.size() ? cells[at] : Cell{}; };
        const bool is_empty =
            std::ranges::all_of(cells, [](const Cell& cell) { return trimmed(cell.text).empty(); });
        if (is_empty) return;
        RowDifference row;
        row.sheet = info_.name;
        row.row = number;
        const std::string sealed = trimmed(cell_at(*key_at_).text);
        const auto opened = open_row(list_.id, sealed, secret_);
        if (!opened) {
            refuse(row, place(number, *key_at_), sealed.empty() ? "workbook_row_added" : "workbook_key",
                   sealed.empty() ? Text{"这一行没有行键：不能在工作簿里增加行",
                                         "this row has no key: rows are not added here"}
                                  : Text{"行键被改动，或来自别的单位、别的清单",
                                         "its key was changed, or is of another office or list"});
            difference_.rows.push_back(std::move(row));
            return;
        }
        row.key = opened->key;
        refuse_unread(row, cells);
        const auto now = current_(opened->key);
        if (!now) {
            refuse(row, place(number, *key_at_), "workbook_gone",
                   {"该事项已不在清单中", "what the row is about is on the list no more"});
        } else {
            compare(row, *now, opened->version, cell_at);
        }
        difference_.rows.push_back(std::move(row));
    }

    template <class CellAt>
    void compare(RowDifference& row, const WorkRow& now, std::uint64_t version, const CellAt& cell_at) const {
        ensure(now.values.size() == list_.columns.size(), "a value for each column");
        for (const auto& [index, at] : heads_) {
            const Column& column = list_.columns[index];
            if (!column.is_held) continue;
            const Cell cell = cell_at(at);
            const Taken taken = value_of(column, cell, info_.date_1904);
            if (is_unchanged(column, now.values[index], cell, taken)) continue;
            const std::string where = place(row.row, at);
            if (!column.may_change) {
                // What moved on since looks like a change of the sheet; that is said once, below.
                if (version == now.version)
                    refuse(row, where, "workbook_protected",
                           {"“" + column.heading + "”不能在工作簿里修改",
                            "'" + column.heading + "' is not to be changed here"});
                continue;
            }
            if (!taken.is_right) {
                refuse(
                    row, where, "workbook_value",
                    {"“" + column.heading + "”的内容读不懂，或不在选项之内",
                     "what stands under '" + column.heading + "' cannot be read, or is none of its options"});
                continue;
            }
            row.changes.push_back({column.id, now.values[index], taken.value});
        }
        if (version != now.version && !row.changes.empty())
            refuse(row, place(row.row, *key_at_), "workbook_moved_on",
                   {"发出之后该事项已有变动，请按新的内容重填",
                    "what the row is about has changed since: fill it in anew"});
        if (!row.refusals.empty()) row.changes.clear();
    }

    static void refuse(RowDifference& row, std::string where, std::string code, Text text) {
        row.changes.clear();
        row.refusals.push_back({ErrorKind::invalid, std::move(code), std::move(text), std::move(where)});
    }

    // What stands under a heading that was changed, or under none, would be lost without a word.
    void refuse_unread(RowDifference& row, std::span<const Cell> cells) const {
        for (std::size_t at = 0; at < cells.size(); ++at) {
            const bool is_read = at == *key_at_ || (at < headed_ && !others_.contains(at));
            if (is_read || trimmed(cells[at].text).empty()) continue;
            refuse(row, place(row.row, at), "workbook_heading",
                   {"这一列的表头不在清单之内：表头被改动，或是另加的列",
                    "the heading of this column is none of the list's: it was changed, or the column added"});
        }
    }

    // Of two rows with one key nobody knows which is meant.
    void refuse_repeated() {
        std::map<std::string, std::size_t> times;
        for (const RowDifference& row : difference_.rows)
            if (!row.key.empty()) ++times[row.key];
        for (RowDifference& row : difference_.rows)
            if (!row.key.empty() && times[row.key] > 1)
                refuse(row, row.sheet + "!" + std::to_string(row.row), "workbook_row_twice",
                       {"同一事项在工作簿里有两行", "the same thing has two rows"});
        std::erase_if(difference_.rows, [&](const RowDifference& row) {
            const bool same = row.changes.empty() && row.refusals.empty();
            difference_.unchanged += same ? 1 : 0;
            return same;
        });
    }

    const WorkList& list_;
    std::span<const std::byte> secret_;
    const Current& current_;
    intake::SheetInfo info_;
    std::map<std::size_t, std::size_t> heads_;  // column of the list → of the sheet
    std::set<std::size_t> others_;              // columns of the sheet that the list has not
    std::size_t headed_ = 0;                    // so many columns have a heading
    std::optional<std::size_t> key_at_;
    bool is_head_ = true;
    bool found_ = false;
    std::size_t rows_ = 0;
    Difference difference_;
};

}  // namespace

Result<Difference> take_back(const WorkList& list, const std::filesystem::path& path,
                             std::span<const std::byte> secret, const Current& current) {
    Taker taker(list, secret, current);
    TRY_VOID(intake::read_sheets(path, intake::Limits{}, taker));
    return taker.finish();
}

}  // namespace doudi::workbook
