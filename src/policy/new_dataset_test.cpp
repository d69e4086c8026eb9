// SPDX-License-Identifier: Apache-2.0
// A dataset more is a file more: one more feed with rules of its own, dropped into the folder, and an
// indicator on it.
#include <doctest/doctest.h>

#include "policy/load.h"
#include "policy/test_law.h"

namespace doudi::policy {
namespace {

constexpr std::string_view mutual_aid = R"(
id: union.mutual_aid
title: {zh: 职工互助保障会员, en: Members of the mutual aid of workers}
department: {id: union, title: {zh: 工会, en: Trade unions}}
delivery: whole_roll
columns:
  name: {type: name, headings: ["{name}", "职工{name}"]}
  id_number: {type: id_number, required: true, headings: ["职工{id_number}", "{id_number}"]}
  file_number: {type: code, required: true, headings: [互助会员号]}
  kind: {type: category, headings: [互助类别]}
  state: {type: category, headings: [会员状态]}
  filed_on: {type: date, required: true, headings: [入会日期]}
persons:
  - {role: worker, id: id_number, name: name}
event_date: filed_on
key: [file_number]
status: {column: state, counts: [在档, 复核通过], takes_back: [销档]}
future_dated: reject
freshness: {max_age_days: 45}
complete: {scope: city}
tells: [mutual_aid]
)";

constexpr std::string_view thirteenth_indicator = R"(
- id: mutual_aid
  title: {zh: 互助会员, en: Member of the mutual aid}
  dimension: other_factors
  points: 3
  on: union.mutual_aid
  when: row.kind == "重点"
  count: once_per_household
  cite: 试验
)";

TEST_CASE(
    "a new dataset dropped into the folder is picked up with its own status, retraction and hold "
    "rules") {
    const TestLaw law;
    law.write("datasets/union.mutual_aid.yaml", mutual_aid);
    const Loaded<DatasetCatalogue> catalogue = load_datasets(law.root() / "datasets");
    REQUIRE(catalogue.has_value());
    CHECK(catalogue->datasets.size() == 58);
    const int index = catalogue->index_of("union.mutual_aid");
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

TEST_CASE("an indicator on the new dataset comes with a pack that extends Guangdong") {
    const TestLaw law;
    law.write("datasets/union.mutual_aid.yaml", mutual_aid);
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
    const Indicator& added = pack.indicators[static_cast<std::size_t>(pack.indicator_of("mutual_aid"))];
    CHECK(added.cite.text() == "trial@2 试验");
    CHECK(added.sources.at(0).when.has_value());
    // The death's reference to another indicator still leads to it, though the numbers moved.
    const Indicator& death = pack.indicators[static_cast<std::size_t>(pack.indicator_of("death"))];
    CHECK(death.cancels == std::vector<int>{pack.indicator_of("social_insurance_stopped")});
}

}  // namespace
}  // namespace doudi::policy
