// SPDX-License-Identifier: Apache-2.0
#include <yaml-cpp/yaml.h>

#include <boost/json.hpp>
#include <iterator>

#include "base/result.h"
#include "http/request/routes.h"
#include "openapi_text.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

// A scalar that stands without quotes is what it looks like; with quotes it is a text.
json::value scalar_json(const YAML::Node& node) {
    if (node.Tag() == "!") return json::value(node.Scalar());
    const std::string& text = node.Scalar();
    if (text == "true" || text == "false") return text == "true";
    std::int64_t number = 0;
    if (!text.empty() && text.find_first_not_of("0123456789") == std::string::npos &&
        YAML::convert<std::int64_t>::decode(node, number))
        return number;
    return json::value(text);
}

json::value node_json(const YAML::Node& node) {
    if (node.IsMap()) {
        json::object object;
        for (const auto& entry : node) object[entry.first.Scalar()] = node_json(entry.second);
        return object;
    }
    if (node.IsSequence()) {
        json::array array;
        for (const auto& item : node) array.push_back(node_json(item));
        return array;
    }
    return node.IsNull() ? json::value(nullptr) : scalar_json(node);
}

}  // namespace

std::string_view openapi_yaml() {
    static const std::string whole = [] {
        std::string text;
        for (const char* part : openapi_text) text += part;
        return text;
    }();
    return whole;
}

const std::string& openapi_json() {
    static const std::string text = json::serialize(node_json(YAML::Load(std::string(openapi_yaml()))));
    return text;
}

}  // namespace doudi::http
