// SPDX-License-Identifier: Apache-2.0
#include "intake/xls_child.h"

#include <freexl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <string>

#include "intake/office_values.h"

namespace doudi::intake {
namespace {

// A sanitizer's shadow is larger than any sensible limit of address space.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
constexpr bool sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool sanitized = false;
#endif

void limit(int resource, std::uint64_t value) {
    const rlimit both{value, value};
    (void)setrlimit(static_cast<__rlimit_resource_t>(resource), &both);
}

// Address space that is in use already counts too.
[[nodiscard]] std::uint64_t used_address_space() {
    std::ifstream file("/proc/self/statm");
    std::uint64_t pages = 0;
    file >> pages;
    return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

void confine(const Limits& limits) {
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)prctl(PR_SET_DUMPABLE, 0);
    for (const int signal : {SIGINT, SIGTERM, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGPIPE})
        (void)std::signal(signal, SIG_DFL);
    limit(RLIMIT_CPU, limits.child_seconds);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NPROC, 0);
    if (!sanitized) limit(RLIMIT_AS, used_address_space() + limits.child_bytes);
}

class Writer {
  public:
    explicit Writer(int pipe) : pipe_(pipe) {}

    void byte(char value) { bytes_.push_back(value); }
    template <class Number>
    void number(Number value) {
        char raw[sizeof value];
        std::memcpy(raw, &value, sizeof value);
        bytes_.append(raw, sizeof value);
    }
    void text(std::string_view value) {
        number(static_cast<std::uint32_t>(value.size()));
        bytes_ += value;
    }
    void flush_if_large() {
        if (bytes_.size() >= 64U << 10U) flush();
    }
    void flush() {
        for (std::size_t at = 0; at < bytes_.size();) {
            const ssize_t size = write(pipe_, bytes_.data() + at, bytes_.size() - at);
            if (size < 0 && errno != EINTR) _exit(3);
            if (size > 0) at += static_cast<std::size_t>(size);
        }
        bytes_.clear();
    }

  private:
    int pipe_;
    std::string bytes_;
};

[[noreturn]] void finish(Writer& writer) {
    writer.flush();
    _exit(0);
}

[[noreturn]] void fail_with(Writer& writer, int code) {
    writer.byte('F');
    writer.number(static_cast<std::int32_t>(code));
    finish(writer);
}

void check(Writer& writer, int code) {
    if (code != FREEXL_OK) fail_with(writer, code);
}

[[nodiscard]] NumberValue value_of(const FreeXL_CellValue& cell) {
    switch (cell.type) {
        case FREEXL_CELL_INT:
            return {number_text(cell.value.int_value), CellKind::number};
        case FREEXL_CELL_DOUBLE:
            return {number_text(cell.value.double_value), CellKind::number};
        case FREEXL_CELL_DATE:
        case FREEXL_CELL_DATETIME:
            return {std::string(cell.value.text_value).substr(0, 10), CellKind::date_serial};
        case FREEXL_CELL_TEXT:
        case FREEXL_CELL_SST_TEXT:
        case FREEXL_CELL_TIME:
            return {cell.value.text_value, CellKind::text};
        default:
            return {{}, CellKind::empty};
    }
}

void write_row(Writer& writer, const void* book, std::uint32_t row, std::uint16_t columns) {
    bool begun = false;
    for (std::uint16_t column = 0; column < columns; ++column) {
        FreeXL_CellValue cell{};
        check(writer, freexl_get_cell_value(book, row, column, &cell));
        const NumberValue value = value_of(cell);
        if (value.text.empty()) continue;
        if (!begun) {
            writer.byte('R');
            writer.number(row + 1);
            begun = true;
        }
        writer.number(static_cast<std::uint32_t>(column));
        writer.byte(static_cast<char>(value.kind));
        writer.text(value.text);
    }
    if (begun) writer.number(xls_no_column);
    writer.flush_if_large();
}

void write_sheet(Writer& writer, const void* book, std::uint16_t sheet, bool date_1904) {
    const char* name = nullptr;
    check(writer, freexl_get_worksheet_name(book, sheet, &name));
    check(writer, freexl_select_active_worksheet(book, sheet));
    std::uint32_t rows = 0;
    std::uint16_t columns = 0;
    check(writer, freexl_worksheet_dimensions(book, &rows, &columns));
    writer.byte('S');
    writer.byte(date_1904 ? 1 : 0);
    writer.text(name == nullptr ? "" : name);
    for (std::uint32_t row = 0; row < rows; ++row) write_row(writer, book, row, columns);
}

}  // namespace

void run_xls_child(const char* path, int pipe, const Limits& limits) {
    confine(limits);
    Writer writer(pipe);
    const void* book = nullptr;
    check(writer, freexl_open(path, &book));
    std::uint32_t info = 0;
    if (freexl_get_info(book, FREEXL_BIFF_PASSWORD, &info) == FREEXL_OK && info == FREEXL_BIFF_OBFUSCATED) {
        writer.byte('P');
        finish(writer);
    }
    const bool date_1904 =
        freexl_get_info(book, FREEXL_BIFF_DATEMODE, &info) == FREEXL_OK && info == FREEXL_BIFF_DATEMODE_1904;
    std::uint32_t sheets = 0;
    check(writer, freexl_get_info(book, FREEXL_BIFF_SHEET_COUNT, &sheets));
    for (std::uint32_t sheet = 0; sheet < std::min(sheets, limits.sheets); ++sheet) {
        write_sheet(writer, book, static_cast<std::uint16_t>(sheet), date_1904);
    }
    writer.byte('Z');
    finish(writer);
}

}  // namespace doudi::intake
