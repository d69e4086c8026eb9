// SPDX-License-Identifier: Apache-2.0
// The feeds that ship: who sends each, which pack asks for it, and what each tells of the packs' facts.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "policy/load.h"

namespace doudi::policy {
namespace {

namespace fs = std::filesystem;

const fs::path source = DOUDI_SOURCE_DIR;

const DatasetCatalogue& catalogue() {
    static const DatasetCatalogue loaded = load_datasets(source / "datasets").value();
    return loaded;
}

const Dataset& dataset(std::string_view id) {
    const int index = catalogue().index_of(id);
    REQUIRE(index >= 0);
    return catalogue().datasets[static_cast<std::size_t>(index)];
}

const std::map<std::string, Law>& laws() {
    static const std::map<std::string, Law> loaded = [] {
        std::map<std::string, Law> all;
        for (const std::string& id : pack_ids(source / "packs"))
            all.emplace(id, load_pack(source / "packs", id, catalogue()).value().law);
        return all;
    }();
    return loaded;
}

// Of the departments of a pack: feed and the department that sends it.
std::vector<std::pair<std::string, std::string>> feeds_of(const Law& law) {
    std::vector<std::pair<std::string, std::string>> feeds;
    for (const RouteElement& element : law.routes) {
        if (element.section != "departments" || element.list("feeds") == nullptr) continue;
        for (const std::string& feed : *element.list("feeds")) feeds.emplace_back(feed, element.id);
    }
    return feeds;
}

TEST_CASE(
    "each feed is asked for by a pack, save what civil affairs draws up itself and the roll of one recheck") {
    std::set<std::string> asked{"civil.means_checks", "civil.member_surveys",
                                "agriculture.former_card_holders"};  // closed: asked for with its campaign
    for (const auto& [id, law] : laws())
        for (const auto& [feed, department] : feeds_of(law)) asked.insert(feed);
    for (const Dataset& one : catalogue().datasets) {
        if (one.kind == DatasetKind::feed) CHECK_MESSAGE(asked.contains(one.id), one.id);
    }
}

TEST_CASE("a pack asks for a feed of the department that sends it, and once") {
    for (const auto& [id, law] : laws()) {
        std::set<std::string> seen;
        for (const auto& [feed, department] : feeds_of(law)) {
            CHECK_MESSAGE(dataset(feed).department == department, id, " ", feed);
            CHECK_MESSAGE(seen.insert(feed).second, id, " ", feed);
        }
    }
}

TEST_CASE("whoever tells a fact is among those whom the packs get it from") {
    std::set<std::string> known;
    for (const auto& [id, law] : laws()) {
        for (const Dataset& one : catalogue().datasets) {
            for (const DatasetFact& told : one.facts) {
                const auto fact = std::ranges::find_if(law.facts, [&](const FactDefinition& definition) {
                    return definition.id == told.fact && definition.of != Subject::application;
                });
                if (fact == law.facts.end()) continue;
                known.insert(one.id + " " + told.fact);
                CHECK_MESSAGE(std::ranges::find(fact->get.from, one.id) != fact->get.from.end(), id, " ",
                              one.id, " ", told.fact);
            }
        }
    }
    for (const Dataset& one : catalogue().datasets) {
        for (const DatasetFact& told : one.facts)
            CHECK_MESSAGE(known.contains(one.id + " " + told.fact), "no pack has a fact ", told.fact);
    }
}

TEST_CASE("a roll that is one category's names a category of the packs") {
    std::set<std::string> rolls;
    for (const Dataset& one : catalogue().datasets) {
        if (one.complete_of.empty()) continue;
        rolls.insert(one.id);
        const bool is_known = std::ranges::any_of(
            laws(), [&](const auto& of) { return of.second.category_of(one.complete_of) >= 0; });
        CHECK_MESSAGE(is_known, one.id, " ", one.complete_of);
        CHECK_MESSAGE(!one.complete_scope.empty(), one.id);
    }
    CHECK(rolls == std::set<std::string>{"agriculture.relapse_roll"});
}

TEST_CASE("each feed grows old, and so do the facts that it tells") {
    for (const Dataset& one : catalogue().datasets)
        CHECK_MESSAGE((one.kind == DatasetKind::feed) == one.max_age_days.has_value(), one.id);
}

TEST_CASE("the only dwelling is told under an authorisation, as other facts of property are") {
    for (const auto& [id, law] : laws()) {
        for (const FactDefinition& fact : law.facts) {
            if (!fact.needs_authorisation) continue;
            for (const Dataset& one : catalogue().datasets) {
                if (std::ranges::find(one.facts, fact.id, &DatasetFact::fact) == one.facts.end()) continue;
                CHECK_MESSAGE(one.authorised_on_column >= 0, id, " ", one.id, " ", fact.id);
            }
        }
    }
    CHECK(dataset("housing.renovation").authorised_on_column >= 0);
}

}  // namespace
}  // namespace doudi::policy
