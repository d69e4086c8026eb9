// SPDX-License-Identifier: Apache-2.0
#include "policy/yaml_text.h"

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"

namespace doudi::policy {

namespace {

Text what_is_wrong(const CodePoint& point, unsigned char byte) {
    if (!point.valid)
        return {
            fmt::format("这里不是 UTF-8（字节 0x{:02X}）；GB18030 等编码的文件请先另存为 UTF-8", byte),
            fmt::format("this is not UTF-8 (byte 0x{:02X}); save a file of another encoding as UTF-8", byte)};
    return {
        fmt::format("不能含有控制字符 U+{:04X}", static_cast<unsigned>(point.code)),
        fmt::format("a control character, U+{:04X}, cannot stand here", static_cast<unsigned>(point.code))};
}

// In a file; what is escaped in a string comes later.
bool is_control(char32_t code) {
    return (code < 0x20 && code != '\t' && code != '\n' && code != '\r') || code == 0x7F;
}

}  // namespace

std::optional<TextFault> find_text_fault(std::string_view text) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return TextFault{
            "text_utf16",
            {"这是 UTF-16 编码的文件，请另存为 UTF-8", "the file is in UTF-16: save it as UTF-8"}};
    TextFault fault;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode_utf8(text, at);
        if (!point.valid || is_control(point.code)) {
            fault.code = point.valid ? "text_control_character" : "text_not_utf8";
            fault.text = what_is_wrong(point, static_cast<unsigned char>(text[at]));
            return fault;
        }
        fault.byte_column += point.length;
        if (point.code == '\n') {
            ++fault.line;
            fault.byte_column = 0;
        }
        at += point.length;
    }
    return std::nullopt;
}

bool is_unprintable(char32_t code) {
    if (code == '\n' || code == '\t') return false;
    const bool is_direction = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || is_direction;
}

Text syntax_in_words(const std::string& said) {
    namespace msg = YAML::ErrorMsg;
    struct Known {
        const char* said;
        const char *zh, *en;
    };
    static const std::array known{
        Known{msg::END_OF_MAP, "键值表没有正常结束，或缩进不一致",
              "a mapping does not end as it should, or the indentation changes"},
        Known{msg::END_OF_MAP_FLOW, "花括号里缺少逗号，或没有右花括号 }",
              "a comma or the closing } is missing"},
        Known{msg::END_OF_SEQ, "列表没有正常结束，或缩进不一致",
              "a list does not end as it should, or the indentation changes"},
        Known{msg::END_OF_SEQ_FLOW, "方括号里缺少逗号，或没有右方括号 ]",
              "a comma or the closing ] is missing"},
        Known{msg::INVALID_HEX, "转义里应为十六进制数字", "a hexadecimal digit is expected in this escape"},
        Known{msg::UNKNOWN_TOKEN, "这个字符不能出现在这里", "this character cannot stand here"},
        Known{msg::DOC_IN_SCALAR, "文字里不能另起一个文档（---）",
              "a new document (---) cannot begin in a text"},
        Known{msg::EOF_IN_SCALAR, "文字没有结束，缺少引号", "a text does not end: its quote is missing"},
        Known{msg::CHAR_IN_SCALAR, "文字里有不能出现的字符", "a character that cannot stand in a text"},
        Known{msg::TAB_IN_INDENTATION, "缩进不能用制表符", "a tab cannot indent"},
        Known{msg::FLOW_END, "多余的 } 或 ]", "a } or ] too many"},
        Known{msg::BLOCK_ENTRY, "列表项（-）不能出现在这里", "an item (-) cannot stand here"},
        Known{msg::MAP_KEY, "键不能出现在这里", "a key cannot stand here"},
        Known{msg::MAP_VALUE, "冒号不能出现在这里，或缩进不一致",
              "a colon cannot stand here, or the indentation is not that of its list"},
        Known{msg::ALIAS_NOT_FOUND, "* 后面缺少名称", "a name is missing after *"},
        Known{msg::ANCHOR_NOT_FOUND, "& 后面缺少名称", "a name is missing after &"},
        Known{msg::CHAR_IN_ALIAS, "* 后面的名称有不能出现的字符", "a character that cannot stand after *"},
        Known{msg::CHAR_IN_ANCHOR, "& 后面的名称有不能出现的字符", "a character that cannot stand after &"},
        Known{msg::CHAR_IN_BLOCK, "| 或 > 后面不能有这个字符", "this character cannot stand after | or >"},
        Known{msg::UNKNOWN_ANCHOR, "引用（*）的名称没有定义", "nothing has the name that * refers to"},
        Known{msg::BAD_FILE, "嵌套过深", "nested too deeply"},  // we read texts: it is its limit of recursion
        Known{msg::YAML_MAJOR_VERSION, "不支持这个 YAML 版本", "this version of YAML is not known"}};
    const auto found = std::ranges::find(known, said, &Known::said);
    if (found != known.end()) return {found->zh, found->en};
    if (said.starts_with(msg::INVALID_ESCAPE))
        return {"未知的转义：\\" + said.substr(std::string_view(msg::INVALID_ESCAPE).size()),
                "unknown escape: \\" + said.substr(std::string_view(msg::INVALID_ESCAPE).size())};
    if (said.starts_with(msg::INVALID_UNICODE))
        return {"转义写出的不是一个字符", "the escape gives no character"};
    return {said, said};
}

}  // namespace doudi::policy
