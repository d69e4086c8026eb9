// SPDX-License-Identifier: Apache-2.0
// Conditions of packs: what they answer on rows, and where their faults are placed.
#include "policy/condition.h"

#include <doctest/doctest.h>

#include <map>

#include "expr/evaluate.h"
#include "policy/load.h"
#include "policy/row_schema.h"
#include "policy/test_law.h"

namespace doudi::policy {
namespace {

// A row of which some cells are filled, the others blank.
class RowFacts : public expr::Activation {
  public:
    RowFacts(const Dataset& dataset, std::map<std::string, std::string> cells)
        : dataset_(dataset), cells_(std::move(cells)) {}

    [[nodiscard]] expr::Value get(expr::FieldRef ref) const override {
        const int column = row_columns(dataset_)[ref.field];
        const auto cell = cells_.find(dataset_.columns[static_cast<std::size_t>(column)].field);
        return cell == cells_.end() ? expr::Value::none() : expr::Value::string(cell->second);
    }

  private:
    const Dataset& dataset_;
    std::map<std::string, std::string> cells_;
};

bool scores(std::string_view indicator_id, std::map<std::string, std::string> cells) {
    static const Loaded<Policy> policy = load_policy(DOUDI_SOURCE_DIR, "guangdong-2021");
    REQUIRE(policy.has_value());
    const Pack& pack = policy->pack;
    const Indicator& indicator = pack.indicators[static_cast<std::size_t>(pack.indicator_of(indicator_id))];
    const IndicatorSource& source = indicator.sources.at(0);
    REQUIRE(source.when.has_value());
    const Dataset& dataset = policy->catalogue.datasets[static_cast<std::size_t>(source.dataset)];
    return expr::evaluate(*source.when, RowFacts(dataset, std::move(cells))).is_true();
}

TEST_CASE("only full-time study scores as college admission; a blank form does not") {
    CHECK(scores("college_admission", {{"study_form", "全日制"}}));
    CHECK_FALSE(scores("college_admission", {{"study_form", "非全日制"}}));
    CHECK_FALSE(scores("college_admission", {}));
}

TEST_CASE("only insurance that paused or ended scores") {
    CHECK(scores("social_insurance_stopped", {{"payment_status", "暂停缴费"}}));
    CHECK(scores("social_insurance_stopped", {{"payment_status", "终止缴费"}}));
    CHECK_FALSE(scores("social_insurance_stopped", {{"payment_status", "正常缴费"}}));
    CHECK_FALSE(scores("social_insurance_stopped", {}));
}

TEST_CASE("only a registration in force scores as unemployment") {
    CHECK(scores("unemployment_registration", {{"status", "有效"}}));
    CHECK_FALSE(scores("unemployment_registration", {{"status", "注销"}}));
    CHECK_FALSE(scores("unemployment_registration", {}));
}

TEST_CASE("a row offers the columns that are kept, and no name, number, phone or free text") {
    Dataset dataset;
    for (const auto& [field, type] :
         {std::pair{"who", ColumnType::name}, std::pair{"kind", ColumnType::category},
          std::pair{"number", ColumnType::id_number}, std::pair{"day", ColumnType::date},
          std::pair{"note", ColumnType::text}, std::pair{"phone", ColumnType::phone},
          std::pair{"sum", ColumnType::money}, std::pair{"many", ColumnType::integer},
          std::pair{"paper", ColumnType::code}}) {
        dataset.columns.push_back({field, type, {}, false});
    }
    CHECK(row_columns(dataset) == std::vector<int>{1, 3, 6, 7, 8});
    const expr::Schema schema = row_schema(dataset);
    CHECK(schema.find_variable("row") == expr::VariableId{0});
    CHECK(schema.find_field(0, "kind") == expr::FieldId{0});
    CHECK(schema.find_field(0, "paper") == expr::FieldId{4});
    CHECK_FALSE(schema.find_field(0, "note").has_value());
    CHECK(schema.field(0, 1).type == expr::Type(expr::TypeKind::date));
}

std::vector<Error> faults_of(std::string_view when) {
    const TestLaw law;
    law.write("packs/bad/pack.yaml",
              "{id: bad, version: '1', title: {zh: 坏, en: Bad}, source: 试验, extends: guangdong-2021, "
              "effective: {from: 2025-01-01}, public: true}");
    law.write("packs/bad/indicators.yaml",
              "- id: one\n  title: {zh: 甲, en: One}\n  dimension: d\n  points: 1\n"
              "  on: hr.unemployment_roll\n  count: per_event\n  cite: 甲\n  when: " +
                  std::string(when) + "\n");
    Loaded<Policy> policy = load_policy(law.root(), "bad");
    return policy ? std::vector<Error>{} : std::move(policy.error());
}

TEST_CASE("an unknown field in a condition is placed in its file and named with the nearest one") {
    const std::vector<Error> errors = faults_of("row.reason == \"有效\" && row.staus == \"有效\"");
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].where.starts_with("packs/bad/indicators.yaml:8:"));
    CHECK(errors[0].text.en.find("; did you mean 'status'?\n") != std::string::npos);
    CHECK(errors[0].text.zh.find("；是否应为“status”？\n") != std::string::npos);
}

TEST_CASE("all faults of a condition are placed at their characters; wide ones count as one") {
    const std::vector<Error> errors = faults_of("row.status == \"有效\" && 3");
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].where == "packs/bad/indicators.yaml:8:31");
    CHECK(faults_of("row.no == 1 || row.nor == 1").size() == 2);
    CHECK(faults_of("row.status ==")[0].where.starts_with("packs/bad/indicators.yaml:8:"));
}

TEST_CASE("a fault of a condition over several lines is placed on its own line") {
    const std::vector<Error> errors = faults_of(">\n    row.status == \"有效\"\n    && 3");
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].where == "packs/bad/indicators.yaml:10:8");
}

TEST_CASE("a condition that is no yes or no is refused, and so is an order on what may be blank") {
    CHECK_FALSE(faults_of("row.status").empty());
    CHECK_FALSE(faults_of("row.registered_on > row.registered_on").empty());
    CHECK(faults_of("has(row.status) && row.status == \"有效\"").empty());
}

std::string codes_of(const std::string& text, const expr::Schema& schema) {
    const auto program = check_condition(text, schema, expr::CheckMode::pack_condition);
    if (program) return "";
    std::string codes;
    for (const Error& error : program.error()) codes += error.code + " " + error.text.en + "\n";
    return codes;
}

TEST_CASE("a household offers what the register's two datasets keep, its size, its members and their age") {
    const auto catalogue = load_datasets(std::filesystem::path(DOUDI_SOURCE_DIR) / "datasets");
    REQUIRE(catalogue.has_value());
    const expr::Schema schema = household_schema(*catalogue);
    CHECK(codes_of("household.members.filter(m, m.age < 16).size() >= 2 && household.size > 3", schema)
              .empty());
    CHECK(codes_of("has(household.enrolled_on) && as_of - household.enrolled_on > 365", schema).empty());
    CHECK(codes_of("household.members.exists(m, m.relation == \"户主\")", schema).empty());
    CHECK(codes_of("household.head_name == \"\"", schema).starts_with("cel_unknown_name"));
    CHECK(codes_of("household.members.exists(m, m.agee < 16)", schema).find("did you mean 'age'?") !=
          std::string::npos);
}

}  // namespace
}  // namespace doudi::policy
