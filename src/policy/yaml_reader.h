// SPDX-License-Identifier: Apache-2.0
// Typed reading of YAML over yaml-cpp. A reader that finds something else than was asked for reports where
// and what was expected, and gives an empty answer; the caller goes on. Unknown and repeated keys are always
// faults: a misspelt rule must not silently be no rule.
#pragma once
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "policy/faults.h"

namespace doudi::policy {

// One file as read, which all values of it point to.
struct YamlSource {
    std::string shown;  // the name in faults
    std::vector<std::string> lines;
};

class YamlRecord;
struct YamlEntry;

class YamlValue {
  public:
    YamlValue(YAML::Node node, YAML::Mark mark, std::shared_ptr<const YamlSource> source, Faults& faults);
    YamlValue(const YamlValue&) = default;
    // yaml-cpp's own assignment changes the document that a node stands in; this one only points elsewhere.
    YamlValue& operator=(const YamlValue& other);
    ~YamlValue() = default;

    [[nodiscard]] Place place() const;
    // The place of a character of the value's text, given by its byte: also in a text that runs over lines;
    // that of the value where the text is not written as it reads (escapes).
    [[nodiscard]] Place place_within(std::size_t offset) const;
    void fault(std::string code, std::string zh, std::string en) const;
    [[nodiscard]] Faults& faults() const { return *faults_; }

    [[nodiscard]] bool is_scalar() const { return node_.IsScalar(); }
    [[nodiscard]] bool is_list() const { return node_.IsSequence(); }
    [[nodiscard]] bool is_mapping() const { return node_.IsMap(); }
    [[nodiscard]] bool is_null() const { return node_.IsNull(); }
    [[nodiscard]] std::optional<std::string> text() const;
    [[nodiscard]] std::optional<int> integer(int least, int most) const;
    [[nodiscard]] std::optional<bool> flag() const;
    [[nodiscard]] std::optional<Date> date() const;
    [[nodiscard]] std::optional<Text> bilingual() const;  // {zh: …, en: …}
    [[nodiscard]] std::vector<YamlValue> list() const;
    [[nodiscard]] std::vector<std::string> texts() const;      // a list of texts, without repetition
    [[nodiscard]] std::vector<YamlValue> one_or_list() const;  // a scalar stands for a list of one
    [[nodiscard]] std::vector<YamlEntry> entries() const;      // a mapping with free keys
    [[nodiscard]] std::optional<YamlRecord> record(std::initializer_list<std::string_view> keys) const;
    [[nodiscard]] std::optional<YamlRecord> record(std::span<const std::string_view> keys) const;
    // Every scalar below, as written, with the keys that lead to it joined by points ("within.days"); a list
    // of scalars is one text, joined by commas; of a list of mappings each by its number ("grants.0.if").
    // Reports nothing.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> leaves() const;

    template <class Value>
    using Words = std::initializer_list<std::pair<std::string_view, Value>>;
    // One of a few words.
    template <class Value>
    [[nodiscard]] std::optional<Value> one_of(Words<Value> words) const {
        return one_of(std::span(words.begin(), words.size()));
    }
    template <class Value>
    [[nodiscard]] std::optional<Value> one_of(
        std::span<const std::pair<std::string_view, Value>> words) const {
        const std::optional<std::string> written = text();
        if (!written) return std::nullopt;
        std::vector<std::string_view> known;
        for (const auto& [word, value] : words) {
            if (word == *written) return value;
            known.push_back(word);
        }
        unknown_name("yaml_unknown_word", "取值", "value", *written, known);
        return std::nullopt;
    }
    // "unknown <what> 'x'", with the nearest known name, else with all of them if they are few.
    void unknown_name(std::string code, std::string_view what_zh, std::string_view what_en,
                      std::string_view written, const std::vector<std::string_view>& known) const;

  private:
    [[nodiscard]] bool is_printable() const;
    void expected(std::string_view zh, std::string_view en) const;

    YAML::Node node_;
    YAML::Mark mark_;
    std::shared_ptr<const YamlSource> source_;
    Faults* faults_;
};

struct YamlEntry {
    std::string key;
    YamlValue key_value;  // for faults about the key
    YamlValue value;
};

// A mapping whose keys have been checked against those that it may have.
class YamlRecord {
  public:
    YamlRecord(YamlValue self, std::vector<YamlEntry> entries)
        : self_(std::move(self)), entries_(std::move(entries)) {}

    [[nodiscard]] const YamlValue& self() const { return self_; }
    [[nodiscard]] const std::vector<YamlEntry>& entries() const { return entries_; }
    [[nodiscard]] const YamlValue* find(std::string_view key) const;
    // Reports a missing key.
    [[nodiscard]] const YamlValue* need(std::string_view key) const;
    [[nodiscard]] std::string need_text(std::string_view key) const;  // empty after a fault
    [[nodiscard]] Text need_bilingual(std::string_view key) const;
    [[nodiscard]] bool flag(std::string_view key) const;  // false where it is not stated
    [[nodiscard]] int need_integer(std::string_view key, int least, int most) const;  // `least` after a fault
    [[nodiscard]] std::string need_id(std::string_view key) const;                    // a-z 0-9 _ . -

  private:
    YamlValue self_;
    std::vector<YamlEntry> entries_;
};

// A YAML file with one document. `shown` is its name in faults.
[[nodiscard]] std::optional<YamlValue> read_yaml_file(const std::filesystem::path& path, std::string shown,
                                                      Faults& faults);
// The same of a text at hand. JSON is read too: it is YAML.
[[nodiscard]] std::optional<YamlValue> read_yaml_text(const std::string& text, std::string shown,
                                                      Faults& faults);

}  // namespace doudi::policy
