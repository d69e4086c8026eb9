// SPDX-License-Identifier: Apache-2.0
// docs/formats/case.schema.json against the reader: what the reader takes obeys it, and what breaks its rules
// is refused by both. The few words of JSON Schema that it uses are followed here.
#include <boost/json.hpp>
#include <regex>

#include "determine/determine_test_support.h"

namespace doudi::determine {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using test::trial;

std::string file_text(const char* name) {
    std::ifstream in(fs::path(DOUDI_SOURCE_DIR) / name, std::ios::binary);
    REQUIRE(in.good());
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class Schema {
  public:
    explicit Schema(const std::string& text) : root_(json::parse(text)) {}
    [[nodiscard]] bool holds(const json::value& value) const { return holds(root_, value); }

  private:
    static bool is_type(const std::string& type, const json::value& value) {
        if (type == "object") return value.is_object();
        if (type == "array") return value.is_array();
        if (type == "string") return value.is_string();
        if (type == "boolean") return value.is_bool();
        if (type == "null") return value.is_null();
        REQUIRE(type == "number");
        return value.is_number();
    }

    static bool of_type(const json::value& types, const json::value& value) {
        if (types.is_string()) return is_type(std::string(types.as_string()), value);
        return std::ranges::any_of(types.as_array(), [&](const json::value& type) {
            return is_type(std::string(type.as_string()), value);
        });
    }

    bool holds(const json::value& rule, const json::value& value) const {
        if (rule.is_bool()) return rule.as_bool();
        const json::object& rules = rule.as_object();
        for (const auto& [word, wanted] : rules) {
            if (!follows(word, wanted, rules, value)) return false;
        }
        return true;
    }

    bool follows(std::string_view word, const json::value& wanted, const json::object& rules,
                 const json::value& value) const {
        if (word == "$ref") return holds(root_.at_pointer(std::string(wanted.as_string()).substr(1)), value);
        if (word == "type") return of_type(wanted, value);
        if (word == "anyOf")
            return std::ranges::any_of(wanted.as_array(),
                                       [&](const json::value& one) { return holds(one, value); });
        if (value.is_string() && word == "pattern")
            return std::regex_search(std::string(value.as_string()),
                                     std::regex(std::string(wanted.as_string())));
        if (value.is_string() && word == "minLength")
            return value.as_string().size() >= static_cast<std::size_t>(wanted.as_int64());
        if (value.is_array()) return follows_array(word, wanted, value.as_array());
        if (value.is_object()) return follows_object(word, wanted, rules, value.as_object());
        return true;
    }

    bool follows_array(std::string_view word, const json::value& wanted, const json::array& list) const {
        if (word == "minItems") return list.size() >= static_cast<std::size_t>(wanted.as_int64());
        if (word == "maxItems") return list.size() <= static_cast<std::size_t>(wanted.as_int64());
        if (word != "items") return true;
        return std::ranges::all_of(list, [&](const json::value& one) { return holds(wanted, one); });
    }

    bool follows_object(std::string_view word, const json::value& wanted, const json::object& rules,
                        const json::object& object) const {
        if (word == "required")
            return std::ranges::all_of(wanted.as_array(), [&](const json::value& name) {
                return object.contains(name.as_string());
            });
        if (word == "minProperties") return object.size() >= static_cast<std::size_t>(wanted.as_int64());
        const json::value* properties = rules.if_contains("properties");
        for (const auto& [name, value] : object) {
            const bool stated = properties != nullptr && properties->as_object().contains(name);
            if (word == "propertyNames" && !holds(wanted, json::value(name))) return false;
            if (word == "properties" && stated && !holds(wanted.at(name), value)) return false;
            if (word == "additionalProperties" && !stated && !holds(wanted, value)) return false;
        }
        return true;
    }

    json::value root_;
};

const Schema& schema() {
    static const Schema read(file_text("docs/formats/case.schema.json"));
    return read;
}

// The JSON of docs/formats/case.md.
std::string example() {
    const std::string page = file_text("docs/formats/case.md");
    const std::size_t begin = page.find("```json\n") + 8;
    return page.substr(begin, page.find("```", begin) - begin);
}

TEST_CASE("the case that the documentation shows obeys the schema and is read by the national pack") {
    CHECK(schema().holds(json::parse(example())));
    const auto catalogue = policy::load_datasets(fs::path(DOUDI_SOURCE_DIR) / "datasets");
    REQUIRE(catalogue.has_value());
    const auto pack = policy::load_pack(fs::path(DOUDI_SOURCE_DIR) / "packs", "national", *catalogue);
    REQUIRE(pack.has_value());
    const auto told = read_case(example(), "case.md", pack->law);
    if (!told) {
        for (const Error& error : told.error()) FAIL_CHECK(error.message(Lang::en));
    }
}

TEST_CASE("what the reader takes obeys the schema") {
    for (const char* text : {R"({"region": "44", "as_of": "2025-06-30", "members": [{"name": "甲"}]})",
                             R"({"case": "x", "region": "441699", "as_of": "2025-06-30",
              "members": [{"name": "甲", "disability_level": null}],
              "parameters": {"mlg_standard_month": {"urban": 800, "rural": "600.50"}, "premium_share_other": 0.7},
              "household": {"income_month": {"values": [{"value": "1", "source": "a"},
                                                        {"value": 2, "as_of": "2025-01-01"}]},
                            "relapse_listed": {"unknown": "b"}, "property_within_limits": true},
              "application": {"refused": ["fast_aid"], "refused_on": "2025-06-01",
                              "leaving": "minimum_living_guarantee",
                              "left_on": "2025-06-01", "consents_to_transfer": false, "emergency": true}})"}) {
        CHECK_MESSAGE(trial().faults(text).empty(), text);
        CHECK_MESSAGE(schema().holds(json::parse(text)), text);
    }
}

TEST_CASE("what breaks the schema's rules is refused by the reader too") {
    for (
        const char* text :
        {R"({"region": "44", "members": [{"name": "甲"}]})",
         R"({"as_of": "2025-06-30", "members": [{"name": "甲"}]})",
         R"({"region": "44", "as_of": "2025-06-30", "members": []})",
         R"({"region": "44", "as_of": "2025-06-30"})",
         R"({"region": "44", "as_of": "2025-06-30", "members": [{"birth_date": "2000-01-01"}]})",
         R"({"region": "4", "as_of": "2025-06-30", "members": [{"name": "甲"}]})",
         R"({"region": "44", "as_of": "30.6.2025", "members": [{"name": "甲"}]})",
         R"({"region": "44", "as_of": "2025-06-30", "members": [{"name": "甲"}], "houshold": {}})",
         R"({"region": "44", "as_of": "2025-06-30", "members": [{"name": "甲"}],
              "household": {"income_month": {"amount": 1}}})",
         R"({"region": "44", "as_of": "2025-06-30", "members": [{"name": "甲"}],
              "household": {"income_month": {"values": []}}})",
         R"({"region": "44", "as_of": "2025-06-30", "members": [{"name": "甲"}], "household": {"income_month": [1]}})",
         R"({"region": "44", "as_of": "2025-06-30", "members": [{"name": "a\nb"}]})",
         R"({"region": "44", "as_of": "2025-06-30", "members": [{"name": "123456789012345"}]})",
         R"({"region": "44", "as_of": "2025-06-30", "members": [{"name": "甲"}],
              "application": {"left_on": "soon"}})"}) {
        CHECK_MESSAGE(!trial().faults(text).empty(), text);
        CHECK_MESSAGE(!schema().holds(json::parse(text)), text);
    }
}

}  // namespace
}  // namespace doudi::determine
