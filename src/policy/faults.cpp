// SPDX-License-Identifier: Apache-2.0
#include "policy/faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace doudi::policy {

std::string Place::text() const {
    return line == 0 ? file : fmt::format("{}:{}:{}", file, line, column);
}

void Faults::add(std::string code, Text text, Place place) {
    Error error{ErrorKind::invalid, std::move(code), std::move(text), place.text()};
    faults_.push_back({std::move(place), faults_.size(), std::move(error)});
}

std::vector<Error> Faults::take() && {
    std::ranges::sort(faults_, [](const Fault& left, const Fault& right) {
        return std::tie(left.place.file, left.place.line, left.place.column, left.found) <
               std::tie(right.place.file, right.place.line, right.place.column, right.found);
    });
    std::vector<Error> errors;
    errors.reserve(faults_.size());
    for (Fault& fault : faults_) {
        // A value that two checks look at is reported once.
        const bool is_repeated = !errors.empty() && errors.back().code == fault.error.code &&
                                 errors.back().where == fault.error.where &&
                                 errors.back().text == fault.error.text;
        if (!is_repeated) errors.push_back(std::move(fault.error));
    }
    faults_.clear();
    return errors;
}

namespace {

std::size_t edit_distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t substituted = diagonal + (left[i] == right[j] ? 0U : 1U);
            diagonal = row[j + 1];
            row[j + 1] = std::min({substituted, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string_view nearest_name(std::string_view wrong, const std::vector<std::string_view>& known) {
    std::string_view nearest;
    std::size_t least = std::max<std::size_t>(2, wrong.size() / 3) + 1;
    for (const std::string_view name : known) {
        const std::size_t distance = edit_distance(wrong, name);
        if (distance < least) {
            least = distance;
            nearest = name;
        }
    }
    return nearest;
}

Text nearest_hint(std::string_view wrong, const std::vector<std::string_view>& known) {
    const std::string_view nearest = nearest_name(wrong, known);
    if (nearest.empty()) return {};
    return {fmt::format("；是否应为“{}”？", nearest), fmt::format("; did you mean '{}'?", nearest)};
}

}  // namespace doudi::policy
