// SPDX-License-Identifier: Apache-2.0
#include "intake/refusals.h"

#include <fmt/format.h>

#include <fstream>

namespace doudi::intake {

Table refusals_table(std::string_view file_name, std::span<const Finding> findings) {
    Table table;
    table.columns = {{"文件 file", false}, {"工作表 sheet", false}, {"行 row", true},
                     {"列 column", false}, {"内容 value", false},   {"结果 outcome", false},
                     {"原因", false},      {"reason", false},       {"代码 code", false}};
    for (const Finding& finding : findings) {
        const Text reason = describe(finding.code);
        table.rows.push_back({std::string(file_name), finding.sheet, fmt::format("{}", finding.row),
                              finding.column, finding.value,
                              finding.refused ? "退回 refused" : "已接收 taken in", reason.zh, reason.en,
                              code_of(finding.code)});
    }
    return table;
}

Result<void> write_refusals(const std::filesystem::path& path, std::string_view file_name,
                            std::span<const Finding> findings) {
    const Table table = refusals_table(file_name, findings);
    const std::string_view format = format_of_ending(path);
    if (format == "xlsx") return write_table_xlsx(table, path, "退回 refused");
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << (format == "json"    ? table_json(table)
             : format == "table" ? table_text(table)
                                 : table_csv(table, true));
    file.flush();
    if (file) return {};
    return fail(ErrorKind::io, "cannot_write", {"无法写入文件", "the file cannot be written"}, path.string());
}

}  // namespace doudi::intake
