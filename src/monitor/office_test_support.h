// SPDX-License-Identifier: Apache-2.0
// An office for tests: a real store with three households, a law of invented indicators, files that are
// landed segments, cycles one after another.
#pragma once
#include <doctest/doctest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "expr/check.h"
#include "match/repository.h"
#include "monitor/monitor_test_support.h"
#include "monitor/read.h"
#include "monitor/verbs.h"
#include "policy/row_schema.h"
#include "registry/repository.h"

namespace doudi::monitor::testing {

// 0: a roll whose status counts or takes back, tells per_person; 1: deaths, tells ends; 2: two persons a row,
// tells per_household.
inline policy::Policy office_law() {
    policy::Policy law = small_law();
    law.catalogue.content_hash = "datasets";
    law.pack.id = "small";
    law.pack.content_hash = "law";
    policy::Dataset roll = match::testing::dataset({"person"}, {"status"});
    roll.id = "a.roll";
    roll.status = {roll.column_of("status"), {"有效"}, {"注销"}};
    policy::Dataset deaths = match::testing::dataset({"person"}, {});
    deaths.id = "b.deaths";
    policy::Dataset pairs = match::testing::dataset({"left", "right"}, {});
    pairs.id = "c.pairs";
    law.catalogue.datasets = {roll, deaths, pairs};
    for (policy::Indicator& one : law.pack.indicators) one.sources.clear();
    const auto tell = [&law](Which which, int dataset, std::vector<int> roles) {
        policy::IndicatorSource source;
        source.dataset = dataset;
        source.roles = std::move(roles);
        law.pack.indicators[which].sources.push_back(std::move(source));
    };
    tell(per_person, 0, {0});
    tell(ends, 1, {0});
    tell(per_household, 2, {0, 1});
    return law;
}

class Office {
  public:
    Office()
        : folder_(std::filesystem::temp_directory_path() /
                  ("doudi_monitor_office_" + std::to_string(++count_))) {
        std::filesystem::remove_all(folder_);
        const std::pair<std::string, std::string> settings[] = {{"baseline", "2025-03-31"}};
        auto made = store::DataFolder::create(folder_, settings);
        REQUIRE_MESSAGE(made, made.error().text.en);
        store_.emplace(std::move(*made));
        registry::Register people;
        const std::uint32_t households[] = {1, 1, 2, 3, 3, 3};
        for (std::uint32_t id = 1; id <= 3; ++id) {
            registry::Household household;
            household.id = HouseholdId(id);
            household.code = "H" + std::to_string(id);
            household.region = "44169" + std::to_string(id);
            people.households.push_back(household);
        }
        for (std::uint32_t id = 1; id <= 6; ++id) {
            people.members.push_back(
                match::testing::member(id, households[id - 1], "人" + std::to_string(id), id));
        }
        add_people(people);
    }
    ~Office() {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    void add_people(const registry::Register& people) {
        const PublishId publish = *store_->begin_publish("register", AsOf{on(2025, 6, 30)}, "{}");
        REQUIRE(registry::stage_households(*store_, publish, people.households));
        REQUIRE(registry::stage_members(*store_, publish, people.members));
        REQUIRE(store_->publish(publish));
    }

    // One file of one dataset as an import of its own; or what the original of an arrival came to when it was
    // read again.
    void import(int dataset, Date as_of, const std::vector<match::testing::Row>& rows,
                std::uint32_t replaces = 0) {
        const policy::Dataset& definition = law.catalogue.datasets[static_cast<std::size_t>(dataset)];
        const match::Roster roster =
            match::Roster::build(*registry::read_register(*store_, store_->current()));
        const match::MatchedFile matched = match::testing::match_file(
            definition, roster, rows, {.arrived = AsOf{as_of}, .until = AsOf{as_of}});
        const PublishId publish = *store_->begin_publish("feeds", AsOf{as_of}, "{}");
        auto blob = store_->new_blob(store::Shelf::segments);
        REQUIRE(blob);
        column::SegmentWriter writer(intake::FeedLayout::of(definition).schema, *blob);
        REQUIRE(writer.append(match::testing::batch_of(definition, rows, 0, rows.size()).batch));
        REQUIRE(writer.finish());
        intake::Arrival arrival;
        arrival.file_name = definition.id + "-" + as_of.iso() + ".csv";
        arrival.sha256 = std::to_string(++files_);
        arrival.dataset = definition.id;
        arrival.as_of = AsOf{as_of};
        arrival.segment = *blob->seal();
        arrival.replaces = replaces;
        REQUIRE(match::stage_arrival(*store_, publish, arrival, matched.buckets, "", matched.reviews,
                                     definition));
        REQUIRE(store_->publish(publish));
    }

    CycleReport cycle(Date as_of, unsigned threads = 2) {
        auto report = run_cycle(*store_, law, AsOf{as_of}, {.threads = threads});
        REQUIRE_MESSAGE(report, report.error().text.en);
        return *report;
    }

    // "H1 4 call 2025-06-30 - per_person" a line.
    std::string open() {
        std::string text;
        auto rows = list_warnings(*store_);
        REQUIRE_MESSAGE(rows, rows.error().text.en);
        for (const WarningRow& row : *rows) {
            text += row.household + " " + std::to_string(row.score) + " " + row.level + " " +
                    row.issued_on.iso() + " " + (row.due_on ? row.due_on->iso() : "-") + " " +
                    row.indicators + "\n";
        }
        return text;
    }

    store::DataFolder& store() { return *store_; }
    policy::Policy law = office_law();

  private:
    static inline int count_ = 0;
    int files_ = 0;
    std::filesystem::path folder_;
    std::optional<store::DataFolder> store_;
};

inline match::testing::Row told(std::uint32_t person, Date date, std::string status = "有效") {
    return {{{match::testing::number(person), "人" + std::to_string(person), ""}}, date, {std::move(status)}};
}

}  // namespace doudi::monitor::testing
