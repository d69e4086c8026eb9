// SPDX-License-Identifier: Apache-2.0
#include "http/people/boundary.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text_fold.h"

namespace doudi::http {

namespace {

namespace json = boost::json;

constexpr std::size_t shortest_ring = 4;  // it ends where it begins

bool is_place(const json::value& point) {
    constexpr double most_longitude = 180;
    constexpr double most_latitude = 90;
    const json::array* pair = point.if_array();
    if (pair == nullptr || pair->size() < 2 || !(*pair)[0].is_number() || !(*pair)[1].is_number())
        return false;
    const auto longitude = (*pair)[0].to_number<double>();
    const auto latitude = (*pair)[1].to_number<double>();
    return longitude >= -most_longitude && longitude <= most_longitude && latitude >= -most_latitude &&
           latitude <= most_latitude;
}

bool is_ring(const json::value& ring) {
    const json::array* points = ring.if_array();
    if (points == nullptr || points->size() < shortest_ring) return false;
    for (const json::value& point : *points)
        if (!is_place(point)) return false;
    return true;
}

// Of a Polygon its rings, of a MultiPolygon its polygons.
bool is_drawn(const json::value& coordinates, bool is_many) {
    const json::array* parts = coordinates.if_array();
    if (parts == nullptr || parts->empty()) return false;
    for (const json::value& part : *parts) {
        if (is_many ? !is_drawn(part, false) : !is_ring(part)) return false;
    }
    return true;
}

bool is_outline(const json::value* geometry) {
    const json::object* object = geometry == nullptr ? nullptr : geometry->if_object();
    const json::value* kind = object == nullptr ? nullptr : object->if_contains("type");
    const json::value* coordinates = object == nullptr ? nullptr : object->if_contains("coordinates");
    if (kind == nullptr || coordinates == nullptr) return false;
    const bool is_many = *kind == "MultiPolygon";
    return (is_many || *kind == "Polygon") && is_drawn(*coordinates, is_many);
}

// By its own code, and by its region code where it has one.
std::map<std::string, const access::Unit*> units_below(const Call& call, access::UnitId above) {
    std::map<std::string, const access::Unit*> by_code;
    for (const access::Unit& unit : call.units->units()) {
        const auto* place = call.units->place(unit.id, call.today());
        if (place == nullptr || place->parent != above || unit.kind == access::UnitKind::department) continue;
        by_code.emplace(unit.code, &unit);
        if (unit.region) by_code.emplace(unit.region->text(), &unit);
    }
    return by_code;
}

std::string code_of(const json::object& feature) {
    const json::value* properties = feature.if_contains("properties");
    const json::object* object = properties == nullptr ? nullptr : properties->if_object();
    const json::value* code = object == nullptr ? nullptr : object->if_contains("code");
    if (code == nullptr) return {};
    if (code->is_string()) return std::string(code->get_string());
    return code->is_int64() ? std::to_string(code->get_int64()) : std::string();
}

class Reading {
  public:
    Reading(const Call& call, access::UnitId above, BodyFields& faults)
        : known_(units_below(call, above)), faults_(faults) {}

    json::object read(const json::value& geojson) {
        const json::object* collection = geojson.if_object();
        const json::value* listed = collection == nullptr ? nullptr : collection->if_contains("features");
        const json::array* features = listed == nullptr ? nullptr : listed->if_array();
        json::array kept;
        if (features == nullptr) {
            fault("geojson", "not_features",
                  {"应为 GeoJSON FeatureCollection", "takes a GeoJSON FeatureCollection"});
        } else {
            for (std::size_t n = 0; n < features->size() && faults_found_ < most_faults; ++n)
                take((*features)[n], fmt::format("geojson/features/{}", n), kept);
        }
        if (faults_found_ == 0) require_all();
        return {{"type", "FeatureCollection"}, {"features", std::move(kept)}};
    }

  private:
    static constexpr int most_faults = 20;

    void fault(const std::string& at, std::string code, Text text) {
        faults_.fault(at, std::move(code), std::move(text));
        ++faults_found_;
    }

    void take(const json::value& value, const std::string& at, json::array& kept) {
        const json::object* feature = value.if_object();
        const std::string code = feature == nullptr ? std::string() : code_of(*feature);
        const auto known = known_.find(code);
        if (known == known_.end())
            return fault(at, "code_unknown",
                         {fmt::format("“{}”不是直接下级单位的代码", code),
                          fmt::format("'{}' is the code of no unit right below", code)});
        if (!drawn_.insert(known->second->code).second)
            return fault(at, "code_twice",
                         {fmt::format("“{}”重复", code), fmt::format("'{}' stands twice", code)});
        const json::value* geometry = feature->if_contains("geometry");
        if (!is_outline(geometry))
            return fault(at, "no_outline",
                         {"应为经纬度的 Polygon 或 MultiPolygon",
                          "takes a Polygon or MultiPolygon of longitude, latitude"});
        kept.push_back(json::object{
            {"type", "Feature"},
            {"properties", json::object{{"code", known->second->code}, {"name", known->second->title}}},
            {"geometry", *geometry}});
    }

    // A map with holes tells something that is not so.
    void require_all() {
        std::set<std::string> missing;
        for (const auto& [code, unit] : known_)
            if (!drawn_.contains(unit->code))
                missing.insert(fmt::format("{}（{}）", unit->title, unit->code));
        if (missing.empty() && !known_.empty()) return;
        fault("geojson", "units_missing",
              {fmt::format("缺少单位：{}", fmt::join(missing, "、")),
               fmt::format("units are missing: {}", fmt::join(missing, ", "))});
    }

    std::map<std::string, const access::Unit*> known_;
    std::set<std::string> drawn_;
    BodyFields& faults_;
    int faults_found_ = 0;
};

}  // namespace

bool is_approval_number(std::string_view text) {
    constexpr std::size_t year_digits = 4;
    constexpr std::size_t most_digits = 8;
    const std::string folded = half_width(text);
    std::string_view rest = trim(folded);
    const auto skip = [&rest](std::string_view word) {
        const bool is_there = rest.starts_with(word);
        if (is_there) rest.remove_prefix(word.size());
        return is_there;
    };
    const auto digits = [&rest] {
        const std::size_t count = std::min(rest.find_first_not_of("0123456789"), rest.size());
        rest.remove_prefix(count);
        return count;
    };
    const std::size_t issuer = rest.find('(');
    if (issuer == 0 || issuer == std::string_view::npos) return false;
    rest.remove_prefix(issuer);
    if (!skip("(") || digits() != year_digits || !skip(")")) return false;
    (void)skip("第");
    (void)skip(" ");
    const std::size_t number = digits();
    (void)skip(" ");
    return number >= 1 && number <= most_digits && skip("号") && rest.empty();
}

json::object checked_boundaries(const Call& call, access::UnitId unit, const json::value& geojson,
                                BodyFields& faults) {
    return Reading(call, unit, faults).read(geojson);
}

}  // namespace doudi::http
