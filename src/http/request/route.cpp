// SPDX-License-Identifier: Apache-2.0
#include "http/request/route.h"

#include <algorithm>

#include "base/result.h"
#include "base/utf8.h"

namespace doudi::http {
namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/', 1), path.size());
        segments.push_back(path.substr(1, end - 1));
        path.remove_prefix(end);
    }
    return segments;
}

bool is_parameter(std::string_view segment) {
    return segment.starts_with('{');
}

// Empty if they do not fit.
std::optional<Parameters> fit(const std::vector<std::string_view>& route,
                              const std::vector<std::string_view>& path) {
    if (route.size() != path.size()) return std::nullopt;
    Parameters parameters;
    for (std::size_t i = 0; i < route.size(); ++i) {
        if (!is_parameter(route[i])) {
            if (route[i] != path[i]) return std::nullopt;
            continue;
        }
        auto value = percent_decoded(path[i]);
        if (!value || value->empty() || !is_valid_utf8(*value)) return std::nullopt;
        parameters.emplace(route[i].substr(1, route[i].size() - 2), std::move(*value));
    }
    return parameters;
}

}  // namespace

Route reads(std::string_view path, std::string_view operation, Handler handler, access::Thing thing) {
    return {.method = "GET", .path = path, .operation = operation, .handler = handler, .thing = thing};
}

Route reads(std::string_view path, std::string_view operation, Handler handler, Who who) {
    return {.method = "GET", .path = path, .operation = operation, .handler = handler, .who = who};
}

RouteTable::RouteTable(std::vector<Route> routes) : routes_(std::move(routes)) {
    for (const Route& route : routes_) {
        ensure(route.path.starts_with('/') && route.handler != nullptr, "a route has a path and a handler");
        segments_.push_back(segments_of(route.path));
    }
}

Found RouteTable::find(std::string_view method, std::string_view raw_path) const {
    Found found;
    if (!raw_path.starts_with('/')) return found;
    const auto path = segments_of(raw_path);
    const std::string_view wanted = method == "HEAD" ? "GET" : method;
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        auto parameters = fit(segments_[i], path);
        if (!parameters) continue;
        // A word beats a parameter: /jobs/latest before /jobs/{id}. The table lists words first.
        if (routes_[i].method == wanted && found.route == nullptr) {
            found.route = &routes_[i];
            found.parameters = std::move(*parameters);
        }
        found.allowed.push_back(routes_[i].method);
        if (routes_[i].method == "GET") found.allowed.emplace_back("HEAD");
    }
    return found;
}

}  // namespace doudi::http
