// SPDX-License-Identifier: Apache-2.0
#include "policy/yaml_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/utf8.h"
#include "policy/folder.h"
#include "policy/yaml_text.h"

namespace doudi::policy {

namespace {

// yaml-cpp counts bytes from 0; people count characters from 1.
int character_column(const std::vector<std::string>& lines, int line, int byte_column) {
    if (line < 0 || static_cast<std::size_t>(line) >= lines.size()) return byte_column + 1;
    const std::string_view text = std::string_view(lines[static_cast<std::size_t>(line)])
                                      .substr(0, static_cast<std::size_t>(std::max(byte_column, 0)));
    const auto continuation = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    return static_cast<int>(text.size() -
                            static_cast<std::size_t>(std::ranges::count_if(text, continuation))) +
           1;
}

Place place_of(const YamlSource& source, int line, int byte_column) {
    if (line < 0) return {source.shown, 0, 0};
    return {source.shown, line + 1, character_column(source.lines, line, byte_column)};
}

std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (true) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return lines;
        text.remove_prefix(end + 1);
    }
}

}  // namespace

YamlValue::YamlValue(YAML::Node node, YAML::Mark mark, std::shared_ptr<const YamlSource> source,
                     Faults& faults)
    : node_(std::move(node)), mark_(mark), source_(std::move(source)), faults_(&faults) {
    // An empty value has no place of its own: it stands where its key stands.
    if (!node_.IsNull() && node_.Mark().line >= 0) mark_ = node_.Mark();
}

YamlValue& YamlValue::operator=(const YamlValue& other) {
    node_.reset(other.node_);
    mark_ = other.mark_;
    source_ = other.source_;
    faults_ = other.faults_;
    return *this;
}

Place YamlValue::place() const {
    return place_of(*source_, mark_.line, mark_.column);
}

namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

}  // namespace

// YAML joins the lines of a text by blanks and takes their indentation away, so what is no blank is followed
// from the value's first line on.
Place YamlValue::place_within(std::size_t offset) const {
    const std::string_view text = node_.IsScalar() ? std::string_view(node_.Scalar()) : std::string_view();
    const std::vector<std::string>& lines = source_->lines;
    if (mark_.line < 0) return place();
    auto row = static_cast<std::size_t>(mark_.line);
    auto column = static_cast<std::size_t>(std::max(mark_.column, 0));
    if (row >= lines.size() || column >= lines[row].size()) return place();
    const char first = lines[row][column];
    if (first == '|' || first == '>') {
        ++row;
        column = 0;
    } else if (first == '"' || first == '\'') {
        ++column;
    }
    Place after = place();  // the last character followed
    std::size_t at = 0;
    for (; row < lines.size(); ++row, column = 0) {
        for (; column < lines[row].size(); ++column) {
            if (is_blank(lines[row][column])) continue;
            while (at < text.size() && is_blank(text[at])) ++at;
            if (at >= text.size()) return after;
            if (text[at] != lines[row][column]) return place();
            if (at >= offset) return place_of(*source_, static_cast<int>(row), static_cast<int>(column));
            ++at;
            after = place_of(*source_, static_cast<int>(row), static_cast<int>(column) + 1);
        }
    }
    return after;
}

void YamlValue::fault(std::string code, std::string zh, std::string en) const {
    faults_->add(std::move(code), {std::move(zh), std::move(en)}, place());
}

void YamlValue::expected(std::string_view zh, std::string_view en) const {
    fault("yaml_wrong_type", fmt::format("此处应为{}", zh), fmt::format("expected {}", en));
}

namespace {

// As much of a name as a person needs to find it.
std::string shortened(std::string_view whole) {
    constexpr std::size_t longest = 80;
    std::string written;
    for (std::size_t at = 0, count = 0; at < whole.size(); ++count) {
        if (count == longest) return written + "…";
        const CodePoint point = decode_utf8(whole, at);
        written += whole.substr(at, point.length);
        at += point.length;
    }
    return written;
}

}  // namespace

void YamlValue::unknown_name(std::string code, std::string_view what_zh, std::string_view what_en,
                             std::string_view whole, const std::vector<std::string_view>& known) const {
    const std::string written = shortened(whole);
    Text hint = nearest_hint(written, known);
    if (hint.en.empty() && !known.empty() && known.size() <= 10) {
        hint = {fmt::format("；可用：{}", fmt::join(known, "、")),
                fmt::format("; known: {}", fmt::join(known, ", "))};
    }
    fault(std::move(code), fmt::format("未知的{}“{}”{}", what_zh, written, hint.zh),
          fmt::format("unknown {} '{}'{}", what_en, written, hint.en));
}

// An escape may have put in what a screen obeys instead of showing.
bool YamlValue::is_printable() const {
    const std::string_view written = node_.Scalar();
    for (std::size_t at = 0; at < written.size();) {
        const CodePoint point = decode_utf8(written, at);
        at += point.length;
        if (!is_unprintable(point.code)) continue;
        const auto code = static_cast<unsigned>(point.code);
        fault("yaml_control_character", fmt::format("不能含有控制字符 U+{:04X}", code),
              fmt::format("a control character, U+{:04X}, cannot stand here", code));
        return false;
    }
    return true;
}

std::optional<std::string> YamlValue::text() const {
    if (!node_.IsScalar() || node_.Scalar().empty()) {
        expected("文字", "a text");
        return std::nullopt;
    }
    if (!is_printable()) return std::nullopt;
    std::string written = node_.Scalar();
    while (!written.empty() && written.back() == '\n') written.pop_back();  // block scalars end with one
    return written;
}

std::optional<int> YamlValue::integer(int least, int most) const {
    const std::string_view digits = node_.IsScalar() ? std::string_view(node_.Scalar()) : std::string_view();
    int value = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool quoted = node_.Tag() == "!";
    if (digits.empty() || quoted || status != std::errc{} || end != digits.data() + digits.size()) {
        expected("整数", "a whole number");
        return std::nullopt;
    }
    if (value < least || value > most) {
        fault("yaml_out_of_range", fmt::format("{} 不在 {} 至 {} 之间", value, least, most),
              fmt::format("{} is not between {} and {}", value, least, most));
        return std::nullopt;
    }
    return value;
}

std::optional<bool> YamlValue::flag() const {
    const bool plain = node_.IsScalar() && node_.Tag() != "!";
    if (plain && node_.Scalar() == "true") return true;
    if (plain && node_.Scalar() == "false") return false;
    expected(" true 或 false", "true or false");
    return std::nullopt;
}

std::optional<Date> YamlValue::date() const {
    const std::optional<Date> day = node_.IsScalar() ? Date::parse_iso(node_.Scalar()) : std::nullopt;
    if (!day) expected("日期（YYYY-MM-DD）", "a date (YYYY-MM-DD)");
    return day;
}

std::optional<Text> YamlValue::bilingual() const {
    const std::optional<YamlRecord> both = record({"zh", "en"});
    if (!both) return std::nullopt;
    return Text{both->need_text("zh"), both->need_text("en")};
}

std::vector<YamlValue> YamlValue::list() const {
    std::vector<YamlValue> values;
    if (!node_.IsSequence()) {
        expected("列表", "a list");
        return values;
    }
    for (const YAML::Node& item : node_) values.emplace_back(item, mark_, source_, *faults_);
    return values;
}

std::vector<std::string> YamlValue::texts() const {
    std::vector<std::string> written;
    for (const YamlValue& item : list()) {
        std::optional<std::string> one = item.text();
        if (!one) continue;
        if (std::ranges::find(written, *one) != written.end()) {
            item.fault("yaml_duplicate_item", fmt::format("“{}”重复", *one),
                       fmt::format("'{}' is listed twice", *one));
            continue;
        }
        written.push_back(std::move(*one));
    }
    return written;
}

std::vector<YamlValue> YamlValue::one_or_list() const {
    if (node_.IsSequence()) return list();
    return {*this};
}

std::vector<YamlEntry> YamlValue::entries() const {
    std::vector<YamlEntry> found;
    if (!node_.IsMap()) {
        expected("键值表", "a mapping");
        return found;
    }
    std::set<std::string> seen;
    for (const auto& pair : node_) {
        const YamlValue key(pair.first, pair.first.IsNull() ? pair.second.Mark() : mark_, source_, *faults_);
        if (pair.first.IsNull() || !pair.first.IsScalar()) {
            key.fault("yaml_no_key", "这里应为一个键", "a key is expected here");
            continue;
        }
        const std::optional<std::string> name = key.text();
        if (!name) continue;
        if (!seen.insert(*name).second) {
            key.fault("yaml_duplicate_key", fmt::format("键“{}”重复", *name),
                      fmt::format("key '{}' is given twice", *name));
            continue;
        }
        found.push_back({*name, key, YamlValue(pair.second, key.mark_, source_, *faults_)});
    }
    return found;
}

std::optional<YamlRecord> YamlValue::record(std::initializer_list<std::string_view> keys) const {
    return record(std::span(keys.begin(), keys.size()));
}

std::optional<YamlRecord> YamlValue::record(std::span<const std::string_view> keys) const {
    if (!node_.IsMap()) {
        expected("键值表", "a mapping");
        return std::nullopt;
    }
    std::vector<YamlEntry> known;
    for (YamlEntry& entry : entries()) {
        if (std::ranges::find(keys, std::string_view(entry.key)) != keys.end()) {
            known.push_back(std::move(entry));
        } else {
            entry.key_value.unknown_name("yaml_unknown_key", "键", "key", entry.key,
                                         {keys.begin(), keys.end()});
        }
    }
    return YamlRecord(*this, std::move(known));
}

namespace {

using Leaves = std::vector<std::pair<std::string, std::string>>;

// An alias may make a node its own descendant: whatever is deeper than an author would write is left out.
constexpr int deepest_leaf = 8;
constexpr std::size_t most_leaves = 10'000;

void collect_leaves(const YAML::Node& node, const std::string& path, int depth, Leaves& found) {
    if (depth > deepest_leaf || found.size() >= most_leaves) return;
    if (node.IsScalar()) {
        found.emplace_back(path, node.Scalar());
    } else if (node.IsMap()) {
        for (const auto& pair : node) {
            if (!pair.first.IsScalar()) continue;
            const std::string& key = pair.first.Scalar();
            collect_leaves(pair.second, path.empty() ? key : path + "." + key, depth + 1, found);
        }
    } else if (node.IsSequence()) {
        // Plain items are one value, joined; others stand by their place: grants.0.every.
        std::string joined;
        bool all_plain = true;
        for (std::size_t i = 0; i < node.size(); ++i) {
            if (node[i].IsScalar()) {
                joined += (joined.empty() ? "" : ", ") + node[i].Scalar();
                continue;
            }
            all_plain = false;
            const std::string number = std::to_string(i);
            collect_leaves(node[i], path.empty() ? number : path + "." + number, depth + 1, found);
        }
        if (all_plain || !joined.empty()) found.emplace_back(path, std::move(joined));
    }
}

}  // namespace

std::vector<std::pair<std::string, std::string>> YamlValue::leaves() const {
    Leaves found;
    collect_leaves(node_, {}, 0, found);
    return found;
}

const YamlValue* YamlRecord::find(std::string_view key) const {
    const auto found = std::ranges::find(entries_, key, &YamlEntry::key);
    return found == entries_.end() ? nullptr : &found->value;
}

const YamlValue* YamlRecord::need(std::string_view key) const {
    const YamlValue* value = find(key);
    if (value == nullptr) {
        self_.fault("yaml_missing_key", fmt::format("缺少“{}”", key), fmt::format("'{}' is missing", key));
    }
    return value;
}

std::string YamlRecord::need_text(std::string_view key) const {
    const YamlValue* value = need(key);
    return value == nullptr ? std::string() : value->text().value_or("");
}

Text YamlRecord::need_bilingual(std::string_view key) const {
    const YamlValue* value = need(key);
    return value == nullptr ? Text{} : value->bilingual().value_or(Text{});
}

int YamlRecord::need_integer(std::string_view key, int least, int most) const {
    const YamlValue* value = need(key);
    return value == nullptr ? least : value->integer(least, most).value_or(least);
}

bool YamlRecord::flag(std::string_view key) const {
    const YamlValue* value = find(key);
    return value != nullptr && value->flag().value_or(false);
}

std::string YamlRecord::need_id(std::string_view key) const {
    const YamlValue* value = need(key);
    if (value == nullptr) return {};
    constexpr std::size_t longest = 100;
    std::string id = value->text().value_or("");
    if (id.size() > longest) {
        value->fault("bad_id", fmt::format("标识超过 {} 个字符", longest),
                     fmt::format("the id has more than {} characters", longest));
        return {};
    }
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    };
    if (!std::ranges::all_of(id, allowed)) {
        value->fault("bad_id", fmt::format("标识“{}”只能用小写字母、数字和 _ . -", id),
                     fmt::format("the id '{}' may hold only a-z, 0-9 and _ . -", id));
    }
    return id;
}

std::optional<YamlValue> read_yaml_file(const std::filesystem::path& path, std::string shown,
                                        Faults& faults) {
    Result<std::string> text = read_whole_file(path);
    if (!text) {
        faults.add(text.error().code, text.error().text, {std::move(shown), 0, 0});
        return std::nullopt;
    }
    return read_yaml_text(*text, std::move(shown), faults);
}

std::optional<YamlValue> read_yaml_text(const std::string& text, std::string shown, Faults& faults) {
    const auto source = std::make_shared<const YamlSource>(YamlSource{std::move(shown), split_lines(text)});
    if (const auto fault = find_text_fault(text)) {
        faults.add(fault->code, fault->text, place_of(*source, fault->line, fault->byte_column));
        return std::nullopt;
    }
    try {
        const std::vector<YAML::Node> documents = YAML::LoadAll(text);
        if (documents.size() == 1) return YamlValue(documents.front(), YAML::Mark(), source, faults);
        if (documents.empty()) {
            faults.add("yaml_documents", {"文件是空的", "the file is empty"}, {source->shown, 1, 1});
        } else {
            const YAML::Mark second = documents[1].Mark();
            faults.add(
                "yaml_documents",
                {"文件只应含有一个文档，这里又开始了一个", "one document is expected; here another begins"},
                place_of(*source, std::max(second.line, 0), std::max(second.column, 0)));
        }
    } catch (const YAML::Exception& error) {
        const Text what = syntax_in_words(error.msg);
        faults.add("yaml_syntax", {"语法错误：" + what.zh, "syntax: " + what.en},
                   place_of(*source, error.mark.line, error.mark.column));
    }
    return std::nullopt;
}

}  // namespace doudi::policy
