// SPDX-License-Identifier: Apache-2.0
// A dataset more is a file more: a fifteenth feed with rules of its own, dropped into the folder, and an
// indicator on it.
#include <doctest/doctest.h>

#include "policy/load.h"
#include "policy/test_law.h"

namespace doudi::policy {
namespace {

constexpr std::string_view fifteenth = R"(
id: union.hardship_workers
title: {zh: 困难职工档案, en: Files of workers in hardship}
department: {id: union, title: {zh: 工会, en: Trade unions}}
delivery: whole_roll
columns:
  name: {type: name, headings: ["{name}", "职工{name}"]}
  id_number: {type: id_number, required: true, headings: ["职工{id_number}", "{id_number}"]}
  file_number: {type: code, required: true, headings: [困难职工档案号]}
  kind: {type: category, headings: [困难类型]}
  state: {type: category, headings: [档案状态]}
  filed_on: {type: date, required: true, headings: [建档日期]}
persons:
  - {role: worker, id: id_number, name: name}
event_date: filed_on
key: [file_number]
status: {column: state, counts: [在档, 复核通过], takes_back: [销档]}
future_dated: reject
freshness: {max_age_days: 45}
complete: {scope: city}
tells: [worker_in_hardship]
)";

constexpr std::string_view thirteenth_indicator = R"(
- id: worker_in_hardship
  title: {zh: 困难职工, en: Worker in hardship}
  dimension: other_factors
  points: 3
  on: union.hardship_workers
  when: row.kind == "深度困难"
  count: once_per_household
  cite: 试验
)";

TEST_CASE(
    "a fifteenth dataset dropped into the folder is picked up with its own status, retraction and hold "
    "rules") {
    const TestLaw law;
    law.write("datasets/union.hardship_workers.yaml", fifteenth);
    const Loaded<DatasetCatalogue> catalogue = load_datasets(law.root() / "datasets");
    REQUIRE(catalogue.has_value());
    CHECK(catalogue->datasets.size() == 20);
    const int index = catalogue->index_of("union.hardship_workers");
    REQUIRE(index >= 0);
    const Dataset& dataset = catalogue->datasets[static_cast<std::size_t>(index)];
    CHECK(dataset.department == "union");
    CHECK(dataset.department_title.zh == "工会");
    CHECK(dataset.delivery == Delivery::whole_roll);
    CHECK(dataset.status.column == dataset.column_of("state"));
    CHECK(dataset.status.counts == std::vector<std::string>{"在档", "复核通过"});
    CHECK(dataset.status.takes_back == std::vector<std::string>{"销档"});
    CHECK(dataset.future_dated == FutureDated::reject);
    CHECK(dataset.max_age_days == 45);
    CHECK(dataset.complete_scope == "city");
    CHECK(dataset.key_columns == std::vector<int>{dataset.column_of("file_number")});
    const DatasetColumn& id = dataset.columns[static_cast<std::size_t>(dataset.column_of("id_number"))];
    CHECK(id.headings.front() == "职工身份证号");
    CHECK(id.required);
}

TEST_CASE("an indicator on the fifteenth dataset comes with a pack that extends Guangdong") {
    const TestLaw law;
    law.write("datasets/union.hardship_workers.yaml", fifteenth);
    law.write("packs/trial/pack.yaml",
              "{id: trial, version: '2', title: {zh: 试, en: Trial}, source: 试验, extends: guangdong-2021, "
              "effective: {from: 2025-01-01}, public: true}");
    law.write("packs/trial/indicators.yaml", thirteenth_indicator);
    const Loaded<Policy> policy = load_policy(law.root(), "trial");
    REQUIRE(policy.has_value());
    const Pack& pack = policy->pack;
    CHECK(pack.indicators.size() == 13);
    CHECK(pack.levels.size() == 5);
    CHECK(pack.extends == std::vector<std::string>{"guangdong-2021", "national"});
    const Indicator& added =
        pack.indicators[static_cast<std::size_t>(pack.indicator_of("worker_in_hardship"))];
    CHECK(added.cite.text() == "trial@2 试验");
    CHECK(added.sources.at(0).when.has_value());
    // The death's reference to another indicator still leads to it, though the numbers moved.
    const Indicator& death = pack.indicators[static_cast<std::size_t>(pack.indicator_of("death"))];
    CHECK(death.cancels == std::vector<int>{pack.indicator_of("social_insurance_stopped")});
}

}  // namespace
}  // namespace doudi::policy
