// SPDX-License-Identifier: Apache-2.0
#include "workbook/send_out.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>

#include "intake/table_export.h"
#include "workbook/row_key.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/lsan_interface.h>
#define DOUDI_LEAKS_ARE_LOOKED_FOR
#endif
#endif

namespace doudi::workbook {
namespace {

constexpr const char* options_sheet = "选项";
constexpr int a4 = 9;
constexpr std::size_t widest = 40;
constexpr std::size_t narrowest = 10;

std::unexpected<Error> failed(const std::string& what) {
    return fail(ErrorKind::io, "workbook_write",
                {"写不出工作簿：" + what, "the workbook cannot be written: " + what});
}

// While it stands, what is taken is not looked for. Debian's libxlsxwriter copies the formula of a list twice
// and frees it once: some twenty bytes for each drop-down.
struct LibrarysOwn {
#ifdef DOUDI_LEAKS_ARE_LOOKED_FOR
    LibrarysOwn() { __lsan_disable(); }
    ~LibrarysOwn() { __lsan_enable(); }
#else
    LibrarysOwn() {}   // NOLINT(modernize-use-equals-default): not trivial, so that it is no unused variable
    ~LibrarysOwn() {}  // NOLINT(modernize-use-equals-default)
#endif
    LibrarysOwn(const LibrarysOwn&) = delete;
    LibrarysOwn& operator=(const LibrarysOwn&) = delete;
};

class Writer {
  public:
    Writer(const WorkList& list, lxw_workbook* book) : list_(list), book_(book) {
        sheet_ = workbook_add_worksheet(book, list.title.c_str());
        options_ = workbook_add_worksheet(book, options_sheet);
        heading_ = format(true, true);
        locked_ = format(true, false);
        open_ = format(false, false);
    }

    [[nodiscard]] bool is_ready() const { return sheet_ != nullptr && options_ != nullptr; }

    lxw_error write(const std::vector<WorkRow>& rows, std::span<const std::byte> secret) {
        head(rows.size());
        for (std::size_t r = 0; r < rows.size(); ++r) {
            const auto row = static_cast<lxw_row_t>(r + 1);
            note(worksheet_write_string(
                sheet_, row, 0, seal_row(list_.id, {rows[r].key, rows[r].version}, secret).c_str(), locked_));
            for (std::size_t c = 0; c < list_.columns.size(); ++c) cell(row, c, rows[r].values[c]);
        }
        worksheet_freeze_panes(sheet_, 1, 0);
        worksheet_set_landscape(sheet_);
        worksheet_set_paper(sheet_, a4);
        worksheet_repeat_rows(sheet_, 0, 0);
        // Without a password: it keeps from mistakes. What was changed all the same is found when it comes
        // back.
        lxw_protection allowed{};
        allowed.format_columns = allowed.format_rows = allowed.sort = allowed.autofilter = 1;
        worksheet_protect(sheet_, nullptr, &allowed);
        worksheet_protect(options_, nullptr, nullptr);
        worksheet_hide(options_);
        return worst_;
    }

  private:
    lxw_format* format(bool locked, bool bold) const {
        lxw_format* made = workbook_add_format(book_);
        format_set_num_format(made, "@");  // as text, so that nothing makes a float of a number
        if (!locked) {
            constexpr lxw_color_t pale = 0xFFF8DC;
            format_set_unlocked(made);
            format_set_bg_color(made, pale);
        }
        if (bold) format_set_bold(made);
        format_set_border(made, LXW_BORDER_THIN);
        format_set_text_wrap(made);
        return made;
    }

    void note(lxw_error error) { worst_ = std::max(worst_, error); }

    void head(std::size_t rows) {
        lxw_row_col_options hidden{};
        hidden.hidden = 1;
        note(worksheet_set_column_opt(sheet_, 0, 0, narrowest, nullptr, &hidden));
        note(worksheet_write_string(sheet_, 0, 0, std::string(key_heading).c_str(), heading_));
        for (std::size_t c = 0; c < list_.columns.size(); ++c) {
            const Column& column = list_.columns[c];
            const auto at = static_cast<lxw_col_t>(c + 1);
            const std::size_t width =
                std::clamp(intake::display_width(column.heading) + 4, narrowest, widest);
            note(worksheet_set_column(sheet_, at, at, static_cast<double>(width), nullptr));
            note(worksheet_write_string(sheet_, 0, at, column.heading.c_str(), heading_));
            if (column.type == ColumnType::choice && rows > 0) drop_down(c, rows);
        }
    }

    // Words stand on a sheet of their own: a list inside of a rule holds no more than 255 characters.
    void drop_down(std::size_t c, std::size_t rows) {
        const Column& column = list_.columns[c];
        for (std::size_t i = 0; i < column.choices.size(); ++i)
            note(worksheet_write_string(options_, static_cast<lxw_row_t>(i), static_cast<lxw_col_t>(c),
                                        column.choices[i].word.c_str(), locked_));
        if (!column.may_change || column.choices.empty()) return;
        const std::string letters = column_letters(c);
        std::string range =
            fmt::format("={}!${}$1:${}${}", options_sheet, letters, letters, column.choices.size());
        lxw_data_validation rule{};
        rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
        rule.value_formula = range.data();
        const auto at = static_cast<lxw_col_t>(c + 1);
        const LibrarysOwn leak;
        note(worksheet_data_validation_range(sheet_, 1, at, static_cast<lxw_row_t>(rows), at, &rule));
    }

    void cell(lxw_row_t row, std::size_t c, const std::optional<std::string>& value) {
        const Column& column = list_.columns[c];
        const auto at = static_cast<lxw_col_t>(c + 1);
        lxw_format* look = column.may_change ? open_ : locked_;
        if (!value) {
            note(worksheet_write_blank(sheet_, row, at, look));
            return;
        }
        note(worksheet_write_string(sheet_, row, at, shown_value(column, *value).c_str(), look));
    }

    const WorkList& list_;
    lxw_workbook* book_;
    lxw_worksheet* sheet_ = nullptr;
    lxw_worksheet* options_ = nullptr;
    lxw_format* heading_ = nullptr;
    lxw_format* locked_ = nullptr;
    lxw_format* open_ = nullptr;
    lxw_error worst_ = LXW_NO_ERROR;
};

}  // namespace

Result<void> send_out(const WorkList& list, const std::vector<WorkRow>& rows,
                      std::span<const std::byte> secret, const std::filesystem::path& path) {
    if (rows.size() > most_rows)
        return fail(ErrorKind::limit, "workbook_rows",
                    {"工作簿行数过多，请缩小范围", "the workbook would have too many rows: narrow the list"});
    for (const WorkRow& row : rows)
        ensure(row.values.size() == list.columns.size(), "a value for each column");
    lxw_workbook* const book = workbook_new(path.c_str());
    if (book == nullptr) return failed("out of memory");
    Writer writer(list, book);
    const lxw_error worst = writer.is_ready() ? writer.write(rows, secret) : LXW_ERROR_SHEETNAME_ALREADY_USED;
    const lxw_error closed = workbook_close(book);
    if (worst != LXW_NO_ERROR) return failed(lxw_strerror(worst));
    if (closed != LXW_NO_ERROR) return failed(lxw_strerror(closed));
    return {};
}

}  // namespace doudi::workbook
