// SPDX-License-Identifier: Apache-2.0
#include "determine/case_text.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <sstream>
#include <string_view>

#include "policy/yaml_text.h"

namespace doudi::determine {

namespace {

struct Refusal {
    std::string code;
    Text text;
    YAML::Mark mark;
};

// Walks the text without keeping it.
class Guard : public YAML::EventHandler {
  public:
    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { count(mark); }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        throw Refusal{"case_alias",
                      {"案卷里不能引用别处的值（*）", "a case cannot repeat a value by reference (*)"},
                      mark};
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  const std::string&) override {
        refuse_tag(mark, tag);
        count(mark);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        go_down(mark);
    }
    void OnSequenceEnd() override { --depth_; }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {
        go_down(mark);
    }
    void OnMapEnd() override { --depth_; }

  private:
    // "?" and "!": a plain value and a quoted one.
    static void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (tag.empty() || tag == "?" || tag == "!") return;
        throw Refusal{"case_tag", {"案卷里不能用类型标记（!）", "a case has no tags (!)"}, mark};
    }
    void count(const YAML::Mark& mark) {
        if (++values_ <= most_values) return;
        throw Refusal{"case_too_many_values",
                      {fmt::format("案卷里的值超过 {} 个", most_values),
                       fmt::format("the case has more than {} values", most_values)},
                      mark};
    }
    void go_down(const YAML::Mark& mark) {
        count(mark);
        if (++depth_ <= deepest_case) return;
        throw Refusal{"case_too_deep",
                      {fmt::format("嵌套超过 {} 层", deepest_case),
                       fmt::format("nested deeper than {} levels", deepest_case)},
                      mark};
    }

    int depth_ = 0;
    std::size_t values_ = 0;
};

int hex_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The unit of "\uD842" at a place; empty for anything else.
std::optional<unsigned> utf16_unit(std::string_view text, std::size_t at) {
    if (text.substr(at, 2) != "\\u" || text.size() < at + 6) return std::nullopt;
    unsigned unit = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
        const int digit = hex_of(text[i]);
        if (digit < 0) return std::nullopt;
        unit = unit * 16 + static_cast<unsigned>(digit);
    }
    return unit;
}

// JSON writes rare characters of names as two units of UTF-16 (RFC 8259, 7), which YAML does not know:
// "\uD842\uDFB7" becomes "\U00020BB7".
std::string with_whole_characters(const std::string& text) {
    if (text.find("\\u") == std::string::npos && text.find("\\U") == std::string::npos) return text;
    std::string whole;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto high = text[i] == '\\' ? utf16_unit(text, i) : std::nullopt;
        const auto low = high ? utf16_unit(text, i + 6) : std::nullopt;
        if (high && low && *high >= 0xD800U && *high < 0xDC00U && *low >= 0xDC00U && *low < 0xE000U) {
            whole += fmt::format("\\U{:08X}", 0x10000U + ((*high - 0xD800U) << 10U) + (*low - 0xDC00U));
            i += 11;
        } else {
            whole += text[i];
            if (text[i] == '\\' && i + 1 < text.size()) whole += text[++i];
        }
    }
    return whole;
}

// yaml-cpp counts bytes from 0; people count characters from 1.
policy::Place place_of(std::string_view text, const YAML::Mark& mark, std::string shown) {
    const auto end = std::min(static_cast<std::size_t>(mark.pos), text.size());
    const std::size_t begin = end - std::min(static_cast<std::size_t>(mark.column), end);
    const auto characters = std::ranges::count_if(text.substr(begin, end - begin), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    return {std::move(shown), mark.line + 1, static_cast<int>(characters) + 1};
}

}  // namespace

std::optional<policy::YamlValue> read_case_text(const std::string& text, std::string shown,
                                                policy::Faults& faults) {
    if (text.size() > largest_case) {
        faults.add("case_too_large", {"案卷超过 16 MB", "the case is larger than 16 MB"},
                   {std::move(shown), 0, 0});
        return std::nullopt;
    }
    const std::string whole = with_whole_characters(text);
    if (policy::find_text_fault(whole)) return policy::read_yaml_text(whole, std::move(shown), faults);
    try {
        std::istringstream in(whole);
        YAML::Parser parser(in);
        Guard guard;
        parser.HandleNextDocument(guard);
    } catch (const Refusal& refusal) {
        faults.add(refusal.code, refusal.text, place_of(whole, refusal.mark, std::move(shown)));
        return std::nullopt;
    } catch (const YAML::Exception&) {
        // The reader below says it in its own words.
    }
    return policy::read_yaml_text(whole, std::move(shown), faults);
}

}  // namespace doudi::determine
