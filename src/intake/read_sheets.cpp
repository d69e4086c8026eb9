// SPDX-License-Identifier: Apache-2.0
#include "intake/csv_reader.h"
#include "intake/html_reader.h"
#include "intake/sheet.h"
#include "intake/xls_reader.h"
#include "intake/xlsx_reader.h"
#include "intake/xml_2003_reader.h"

namespace doudi::intake {

Result<void> read_sheets(const std::filesystem::path& path, const FileFormat& format, const Limits& limits,
                         SheetSink& sink) {
    switch (format.kind) {
        case FileKind::csv:
            return read_csv(path, format, limits, sink);
        case FileKind::xlsx:
            return read_xlsx(path, limits, sink);
        case FileKind::xls:
            return read_xls(path, limits, sink);
        case FileKind::html:
            return read_html(path, format, limits, sink);
        case FileKind::xml_2003:
            return read_xml_2003(path, format, limits, sink);
    }
    ensure(false, "every kind of file has a reader");
    return {};
}

Result<void> read_sheets(const std::filesystem::path& path, const Limits& limits, SheetSink& sink) {
    return read_sheets(path, TRY(sniff(path)), limits, sink);
}

}  // namespace doudi::intake
