// SPDX-License-Identifier: Apache-2.0
// The table of routes and api/openapi.yaml say the same.
#include "http/request/routes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>

namespace doudi::http {
namespace {

namespace json = boost::json;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(c | 0x20);
    return out;
}

json::object description() {
    return json::parse(openapi_json()).as_object();
}

TEST_CASE("every route stands in the description with its operation, body and kind of answer") {
    const auto paths = description().at("paths").as_object();
    for (const Route& route : all_routes()) {
        CAPTURE(route.operation);
        REQUIRE(paths.contains(route.path));
        const auto& methods = paths.at(route.path).as_object();
        REQUIRE(methods.contains(lower(route.method)));
        const auto& operation = methods.at(lower(route.method)).as_object();
        CHECK(operation.at("operationId").as_string() == route.operation);
        CHECK(!operation.at("summary").as_string().empty());
        CHECK(!operation.at("x-summary-en").as_string().empty());
        CHECK(operation.contains("requestBody") == !route.request_type.empty());
        if (!route.request_type.empty())
            CHECK(operation.at("requestBody").at("content").as_object().contains(route.request_type));
        CHECK(operation.contains("security") == (route.who == Who::anyone));
        const std::string text = json::serialize(operation);
        CHECK((text.find("Idempotency-Key") != std::string::npos) == route.creates);
        CHECK((text.find("text/event-stream") != std::string::npos) == route.is_stream);
        CHECK(operation.at("responses").as_object().contains("default"));
    }
}

TEST_CASE("every operation of the description is a route, and none has another's name") {
    std::map<std::string, int> found;
    for (const Route& route : all_routes()) {
        ++found[lower(route.method) + " " + std::string(route.path)];
        ++found[std::string(route.operation)];
    }
    const json::object all = description();
    for (const auto& [path, methods] : all.at("paths").as_object()) {
        for (const auto& [method, operation] : methods.as_object()) {
            if (method == "parameters") continue;
            const std::string at = std::string(method) + " " + std::string(path);
            CAPTURE(at);
            CHECK(found[at] == 1);
            CHECK(found[std::string(operation.at("operationId").as_string())] == 1);
        }
    }
}

void collect_references(const json::value& value, std::set<std::string>& references) {
    if (const auto* object = value.if_object()) {
        for (const auto& [key, part] : *object) {
            if (key == "$ref") references.emplace(part.as_string());
            collect_references(part, references);
        }
    } else if (const auto* array = value.if_array()) {
        for (const auto& part : *array) collect_references(part, references);
    }
}

TEST_CASE("every reference of the description leads somewhere, and every schema is referred to") {
    const json::value api = description();
    std::set<std::string> references;
    collect_references(api, references);
    for (const std::string& reference : references) {
        CAPTURE(reference);
        REQUIRE(reference.starts_with("#/"));
        json::error_code failure;
        (void)api.find_pointer(reference.substr(1), failure);
        CHECK(!failure);
    }
    for (const auto& [name, schema] : api.at("components").at("schemas").as_object()) {
        const std::string reference = "#/components/schemas/" + std::string(name);
        CAPTURE(reference);
        CHECK(references.contains(reference));
    }
}

TEST_CASE(
    "what opens a door is never compressed: a route whose answer has a mark, a token, a code or a secret "
    "says so") {
    const json::value api = description();
    const auto& schemas = api.at("components").at("schemas").as_object();
    std::set<std::string> openers;  // schemas
    for (const char* name :
         {"Session", "SecondFactorOffer", "RecoveryCodes", "OutsideWay", "OneTimeCode", "IssuedToken"}) {
        REQUIRE(schemas.contains(name));
        openers.emplace(name);
    }
    for (const auto& [name, schema] : schemas) {
        const auto* properties = schema.as_object().if_contains("properties");
        for (const char* word : {"csrf", "token", "secret", "recovery_codes"}) {
            const bool opens = properties != nullptr && properties->as_object().contains(word);
            CAPTURE(std::string(name));
            CHECK((!opens || openers.contains(std::string(name))));
        }
    }
    for (const Route& route : all_routes()) {
        CAPTURE(route.operation);
        const auto& operation = api.at("paths").at(route.path).at(lower(route.method));
        const std::string answers = json::serialize(operation.at("responses"));
        const bool opens = std::ranges::any_of(openers, [&](const std::string& name) {
            return answers.find("schemas/" + name + "\"") != std::string::npos;
        });
        CHECK(route.secret == opens);
    }
}

TEST_CASE("a path is found with what stands in its braces; a word beats them") {
    const RouteTable table(all_routes());
    const auto one = table.find("GET", "/api/v1/households/LC%20%E5%85%9C");
    REQUIRE(one.route != nullptr);
    CHECK(one.route->operation == "getHousehold");
    CHECK(one.parameters.at("code") == "LC 兜");
    CHECK(table.find("HEAD", "/api/v1/warnings/counts").route->operation == "countWarnings");
    CHECK(table.find("GET", "/api/v1/households/a/b").route == nullptr);
    CHECK(table.find("GET", "/api/v1/households/").allowed.empty());
    CHECK(table.find("GET", "/api/v1/households/%00").allowed.empty());
    CHECK(table.find("GET", "/api/v1/households/a%2Fb").parameters.at("code") == "a/b");
    const auto other = table.find("DELETE", "/api/v1/households");
    CHECK(other.route == nullptr);
    CHECK(other.allowed == std::vector<std::string_view>{"GET", "HEAD"});
}

}  // namespace
}  // namespace doudi::http
