// SPDX-License-Identifier: Apache-2.0
#include "workbook/bank_returns.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "base/utf8.h"
#include "intake/amount_text.h"
#include "intake/recognise.h"
#include "intake/sheet.h"
#include "policy/faults.h"
#include "policy/folder.h"
#include "policy/yaml_reader.h"
#include "workbook/records.h"

namespace doudi::workbook {
namespace {

using casework::CaseId;
using casework::PayrollLine;
using casework::ReturnedRow;
using casework::RowOutcome;
using intake::Cell;
using intake::CellKind;

std::vector<std::string> headings_of(const policy::YamlRecord& record, std::string_view key) {
    const policy::YamlValue* list = record.need(key);
    std::vector<std::string> headings;
    if (list == nullptr) return headings;
    for (const std::string& one : list->texts()) headings.push_back(intake::normal_heading(one));
    return headings;
}

std::string trimmed(std::string_view text) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return std::string(text);
}

// Where each column stands in a sheet.
struct Heads {
    std::optional<std::size_t> payment, identity_number, amount, reason;
    [[nodiscard]] bool tell_a_row() const { return amount && (payment || identity_number); }
};

class Reader : public intake::SheetSink {
  public:
    Reader(casework::Desk& desk, const BankQuestion& asked) : desk_(desk), asked_(asked) {}

    Result<void> begin_sheet(const intake::SheetInfo& info) override {
        info_ = info;
        heads_ = {};
        above_ = 0;
        return {};
    }

    Result<void> row(std::uint32_t number, std::span<const Cell> cells) override {
        if (info_.hidden) return {};
        const bool is_blank =
            std::ranges::all_of(cells, [](const Cell& cell) { return trimmed(cell.text).empty(); });
        if (is_blank) return {};
        if (!heads_.tell_a_row()) {
            if (above_++ < intake::heading_search_rows) heads_ = heads_in(cells);
            found_ = found_ || heads_.tell_a_row();
            return {};
        }
        if (rows_.size() >= casework::most_returned_rows)
            return fail(ErrorKind::limit, "workbook_rows",
                        {"行数过多，请分开上传", "there are too many rows: send them in parts"}, info_.name);
        return take(number, cells);
    }

    Result<std::vector<ReturnedRow>> finish() {
        if (!found_) {
            return fail(ErrorKind::invalid, "return_headings",
                        {"表头不全：须有金额，以及发放编号或身份证号",
                         "the headings are not all there: a sum, and the number of the payment or an "
                         "identity number"});
        }
        if (rows_.empty())
            return fail(ErrorKind::invalid, "return_empty",
                        {"表头之下没有数据", "there is no row under the headings"});
        return std::move(rows_);
    }

  private:
    [[nodiscard]] Heads heads_in(std::span<const Cell> cells) const {
        Heads heads;
        for (std::size_t at = 0; at < cells.size(); ++at) {
            const std::string heading = intake::normal_heading(cells[at].text);
            const auto put = [&](const std::vector<std::string>& known, std::optional<std::size_t>& column) {
                if (!column && std::ranges::find(known, heading) != known.end()) column = at;
            };
            if (heading.empty()) continue;
            put(asked_.form.payment, heads.payment);
            put(asked_.form.identity_number, heads.identity_number);
            put(asked_.form.amount, heads.amount);
            put(asked_.form.reason, heads.reason);
        }
        return heads;
    }

    Result<void> take(std::uint32_t number, std::span<const Cell> cells) {
        ReturnedRow row;
        row.number = static_cast<int>(rows_.size()) + 1;
        row.sheet = info_.name;
        row.row = number;
        row.request = {asked_.form.move, asked_.on, asked_.form.with, ""};
        TRY_VOID(match(row, cells));
        if (!row.refusals.empty()) {
            row.outcome = RowOutcome::refused;
            row.request.fields.clear();
        }
        rows_.push_back(std::move(row));
        return {};
    }

    Result<void> match(ReturnedRow& row, std::span<const Cell> cells) {
        const auto amount = amount_of(row, cells);
        auto candidates = TRY(named(row, cells));
        if (!amount || !row.refusals.empty()) return {};
        if (candidates.empty()) {
            refuse(row, key_column(cells), "return_unknown",
                   {"不在这份发放清册之内", "it is not on this payroll"});
            return {};
        }
        std::erase_if(candidates, [&](const PayrollLine* line) {
            const auto pays = line->pays();
            return !pays || *pays == Money() || *pays != *amount;
        });
        if (candidates.empty()) {
            refuse(row, *heads_.amount, "return_other_amount",
                   {"金额与清册所发不符，或该月没有发放",
                    "the sum is not what the payroll paid, or nothing was paid that month"});
        } else if (candidates.size() > 1) {
            refuse(row, key_column(cells), "return_several",
                   {"这一户有几笔相同金额的发放，请写明发放编号",
                    "the household has several payments of that sum: name the payment's number"});
        } else if (!taken_.insert(candidates.front()->of).second) {
            refuse(row, key_column(cells), "return_twice",
                   {"同一笔发放在文件里有两行", "the same payment has two rows in the file"});
        } else {
            TRY_VOID(put(row, *candidates.front(), cells));
        }
        return {};
    }

    Result<void> put(ReturnedRow& row, const PayrollLine& line, std::span<const Cell> cells) {
        row.of = line.of;
        const auto standing = TRY(casework::repository::select_case(desk_.shelf, line.of));
        ensure(standing.has_value(), "a case is never taken away");
        row.seen = standing->now.events;
        const std::string why = heads_.reason ? text_at(cells, *heads_.reason) : std::string();
        if (count_code_points(why) > most_text || why.find("\xEF\xBF\xBD") != std::string::npos) {
            refuse(row, *heads_.reason, "return_reason",
                   {"退回原因读不懂，或过长", "the reason cannot be read, or is too long"});
        } else if (!why.empty()) {
            row.request.fields[asked_.form.reason_field] = {why};
        }
        return {};
    }

    // The lines that the row may mean: of that number, of that household, or of both. Whether somebody is on
    // the register is told by none of its refusals.
    Result<std::vector<const PayrollLine*>> named(ReturnedRow& row, std::span<const Cell> cells) {
        const std::string payment = heads_.payment ? text_at(cells, *heads_.payment) : std::string();
        const std::string person =
            heads_.identity_number ? text_at(cells, *heads_.identity_number) : std::string();
        std::vector<const PayrollLine*> lines;
        for (const PayrollLine& line : asked_.lines) lines.push_back(&line);
        if (payment.empty() && person.empty()) {
            refuse(row, key_column(cells), "return_unnamed",
                   {"没有发放编号，也没有身份证号",
                    "it has neither the number of a payment nor an identity number"});
            return lines;
        }
        if (!payment.empty()) {
            std::uint64_t number = 0;
            const auto [end, error] =
                std::from_chars(payment.data(), payment.data() + payment.size(), number);
            if (error != std::errc() || end != payment.data() + payment.size())
                refuse(row, *heads_.payment, "return_number",
                       {"发放编号不是数字", "the payment's number is no number"});
            std::erase_if(lines, [&](const PayrollLine* line) { return line->of != CaseId(number); });
        }
        if (!person.empty()) TRY_VOID(keep_of(row, person, lines));
        return lines;
    }

    Result<void> keep_of(ReturnedRow& row, const std::string& person,
                         std::vector<const PayrollLine*>& lines) {
        const IdText read = read_id_text(person);
        const auto number =
            read.kind == IdTextKind::valid ? IdNumber::parse(read.view()) : std::optional<IdNumber>();
        if (!number) {
            refuse(row, *heads_.identity_number, "return_identity",
                   {"不是有效的公民身份号码", "it is no identity number"});
            return {};
        }
        const auto household = TRY(asked_.household_of(*number));
        std::erase_if(lines, [&](const PayrollLine* line) {
            return !household || !line->household || *line->household != *household;
        });
        return {};
    }

    std::optional<Money> amount_of(ReturnedRow& row, std::span<const Cell> cells) {
        const std::string text = text_at(cells, *heads_.amount);
        const intake::AmountText read = intake::read_amount_text(text);
        if (read.kind == intake::AmountTextKind::value && read.money > Money()) return read.money;
        refuse(row, *heads_.amount, "return_amount",
               {"金额未填或读不懂", "the sum is missing or cannot be read"});
        return std::nullopt;
    }

    [[nodiscard]] static std::string text_at(std::span<const Cell> cells, std::size_t at) {
        if (at >= cells.size() || cells[at].kind == CellKind::error) return {};
        return trimmed(cells[at].text);
    }
    // Of the two by which a row is told, the one that it fills in.
    [[nodiscard]] std::size_t key_column(std::span<const Cell> cells) const {
        if (heads_.payment && (!heads_.identity_number || !text_at(cells, *heads_.payment).empty()))
            return *heads_.payment;
        return *heads_.identity_number;
    }

    // No refusal repeats what a cell holds.
    void refuse(ReturnedRow& row, std::size_t column, std::string code, Text text) const {
        std::string place = column_letters(column) + std::to_string(row.row);
        if (!info_.name.empty()) place = info_.name + "!" + place;
        row.refusals.push_back({ErrorKind::invalid, std::move(code), std::move(text), std::move(place)});
    }

    casework::Desk& desk_;
    const BankQuestion& asked_;
    intake::SheetInfo info_;
    Heads heads_;
    std::size_t above_ = 0;  // rows of the sheet before its headings
    bool found_ = false;
    std::set<CaseId> taken_;
    std::vector<ReturnedRow> rows_;
};

}  // namespace

std::expected<BankForm, std::vector<Error>> BankForm::load(const std::filesystem::path& file) {
    const auto text = policy::read_whole_file(file);
    if (!text) return std::unexpected(std::vector<Error>{text.error()});
    return read(*text, "access/" + file.filename().string());
}

std::expected<BankForm, std::vector<Error>> BankForm::read(const std::string& yaml, std::string shown) {
    policy::Faults faults;
    BankForm form;
    const auto file = policy::read_yaml_text(yaml, std::move(shown), faults);
    const auto top =
        file ? file->record({"machine", "move", "with", "reason_field", "headings"}) : std::nullopt;
    if (top) {
        form.machine = top->need_id("machine");
        form.move = top->need_id("move");
        form.reason_field = top->need_id("reason_field");
        if (const auto* with = top->need("with"))
            for (const policy::YamlEntry& one : with->entries())
                form.with[one.key] = {one.value.text().value_or("")};
        const auto* headings = top->need("headings");
        const auto columns = headings == nullptr
                                 ? std::nullopt
                                 : headings->record({"payment", "identity_number", "amount", "reason"});
        if (columns) {
            form.payment = headings_of(*columns, "payment");
            form.identity_number = headings_of(*columns, "identity_number");
            form.amount = headings_of(*columns, "amount");
            form.reason = headings_of(*columns, "reason");
        }
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return form;
}

bool BankForm::fits(const policy::Law& law) const {
    const policy::Machine* kind = law.procedures.machine(machine);
    const policy::Move* made = kind == nullptr ? nullptr : kind->move(move);
    if (made == nullptr) return false;
    const auto takes = [&](const std::string& id) {
        return std::ranges::find(made->needs, id) != made->needs.end() ||
               std::ranges::find(made->may, id) != made->may.end();
    };
    const auto knows = [&](const auto& told) {
        const policy::FieldRule* field = law.procedures.field(told.first);
        if (field == nullptr || !takes(told.first)) return false;
        return std::ranges::any_of(field->words,
                                   [&](const auto& word) { return word.first == told.second.front(); });
    };
    return takes(reason_field) && std::ranges::all_of(with, knows);
}

Result<std::vector<ReturnedRow>> read_bank_returns(casework::Desk& desk, const BankQuestion& question,
                                                   const std::filesystem::path& path) {
    Reader reader(desk, question);
    TRY_VOID(intake::read_sheets(path, intake::Limits{}, reader));
    return reader.finish();
}

}  // namespace doudi::workbook
