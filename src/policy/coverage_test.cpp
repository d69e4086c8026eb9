// SPDX-License-Identifier: Apache-2.0
// Which clause is served by what: the table of clauses and the answers of a pack.
#include "policy/coverage.h"

#include <doctest/doctest.h>

#include "policy/trial_law.h"

namespace doudi::policy {
namespace {

constexpr std::string_view headings = "id\tpack\tclause\ttype\trequirement\tconflicts\n";

std::string clause_line(std::string_view id, std::string_view type) {
    return std::string(id) + "\ttrial\t一\t" + std::string(type) + "\tWhat is asked\tC01 C18\n";
}

TEST_CASE(
    "the table of clauses is read with its points of difference; a torn line or a repeated id is refused") {
    const TrialLaw law;
    law.write("packs/clauses.tsv", std::string(headings) + clause_line("TR-1", "category"));
    const auto clauses = load_clauses(law.root() / "packs");
    REQUIRE(clauses.has_value());
    REQUIRE(clauses->size() == 1);
    CHECK((*clauses)[0].pack == "trial");
    CHECK((*clauses)[0].conflicts == std::vector<std::string>{"C01", "C18"});
    law.write("packs/clauses.tsv", std::string(headings) + clause_line("TR-1", "category") +
                                       clause_line("TR-1", "list") + "TR-2\ttrial\n");
    const auto torn = load_clauses(law.root() / "packs");
    REQUIRE_FALSE(torn.has_value());
    CHECK(codes_of(torn.error()) == std::vector<std::string>{"duplicate_id", "clause_columns"});
    CHECK(torn.error()[0].where == "packs/clauses.tsv:3:1");
}

TEST_CASE("a pack's answers come in the order of the clauses, with elements, rooms, plans and records") {
    const TrialLaw law;
    law.write("packs/clauses.tsv", std::string(headings) + clause_line("TR-1", "category") +
                                       clause_line("TR-2", "workflow") + clause_line("TR-3", "benefit") +
                                       clause_line("TR-4", "supervision"));
    law.write("packs/trial/cases/some.yaml", "cases: [{id: at-the-line, expect: {}}]\n");
    law.write("packs/trial/coverage.yaml",
              "- {clause: TR-4, status: people, record: {zh: 记录, en: minutes}}\n"
              "- {clause: TR-3, status: planned, by: [planned:later]}\n"
              "- {clause: TR-2, status: program, by: [program:match], test: ['test:one: two']}\n"
              "- {clause: TR-1, status: element, by: [category:mlg_marginal_household, watch:after_exit,\n"
              "   order:test_order, pack:region_scope], test: [case:at-the-line]}\n");
    const auto policy = law.load();
    REQUIRE(policy.has_value());
    const auto clauses = load_clauses(law.root() / "packs");
    REQUIRE(clauses.has_value());
    const auto coverage = load_coverage(law.root() / "packs", policy->pack, *clauses);
    REQUIRE(coverage.has_value());
    REQUIRE(coverage->size() == 4);
    CHECK((*coverage)[0].clause == "TR-1");
    CHECK((*coverage)[0].by.size() == 4);
    CHECK((*coverage)[1].tests[0].second == "one: two");
    CHECK((*coverage)[2].status == CoverageStatus::planned);
    CHECK((*coverage)[3].record.en == "minutes");
}

TEST_CASE("what serves a clause is no part of the fingerprint of the law") {
    const TrialLaw law;
    const auto before = law.load();
    law.write("packs/trial/coverage.yaml", "[]\n");
    const auto after = law.load();
    REQUIRE(before.has_value());
    REQUIRE(after.has_value());
    CHECK(before->pack.content_hash == after->pack.content_hash);
}

TEST_CASE("a pack without clauses needs no coverage; one with clauses answers for each") {
    const TrialLaw law;
    const auto policy = law.load();
    REQUIRE(policy.has_value());
    CHECK(load_coverage(law.root() / "packs", policy->pack, {}).has_value());
    const std::vector<Clause> clauses{{"TR-1", "trial", "一", "list", "", {}},
                                      {"XX-1", "other", "一", "list", "", {}}};
    const auto coverage = load_coverage(law.root() / "packs", policy->pack, clauses);
    REQUIRE_FALSE(coverage.has_value());
    CHECK(codes_of(coverage.error()) == std::vector<std::string>{"clause_unanswered"});
}

}  // namespace
}  // namespace doudi::policy
