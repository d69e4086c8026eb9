// SPDX-License-Identifier: Apache-2.0
// The packs that ship: each is whole on each of its days, answers for every clause of its notice, and names
// only tests and rooms that there are.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "policy/coverage.h"
#include "policy/law_checks.h"

namespace doudi::policy {
namespace {

namespace fs = std::filesystem;

const fs::path source = DOUDI_SOURCE_DIR;
const fs::path packs = source / "packs";

const DatasetCatalogue& catalogue() {
    static const DatasetCatalogue loaded = load_datasets(source / "datasets").value();
    return loaded;
}

Pack load(const std::string& id, const LoadOptions& options = {}) {
    Loaded<Pack> pack = load_pack(packs, id, catalogue(), options);
    if (!pack) {
        for (const Error& error : pack.error()) MESSAGE(error.message(Lang::en));
    }
    REQUIRE(pack.has_value());
    return std::move(*pack);
}

// All sources as one text, in which a sentence that runs over lines is whole.
const std::string& all_sources() {
    static const std::string text = [] {
        std::string joined;
        for (const char* folder : {"src", "tests"}) {
            for (const fs::directory_entry& entry : fs::recursive_directory_iterator(source / folder)) {
                const fs::path ending = entry.path().extension();
                if (ending != ".cpp" && ending != ".py" && ending != ".h") continue;
                std::ifstream in(entry.path(), std::ios::binary);
                joined.append(std::istreambuf_iterator<char>(in), {});
            }
        }
        for (std::size_t at = 0; (at = joined.find("\"\n", at)) != std::string::npos;) {
            const std::size_t next = joined.find_first_not_of(" \n", at + 1);
            if (next != std::string::npos && joined[next] == '"') {
                joined.erase(at, next + 1 - at);
            } else {
                ++at;
            }
        }
        return joined;
    }();
    return text;
}

std::vector<ClauseCoverage> coverage_of(const Pack& pack) {
    const auto clauses = load_clauses(packs);
    REQUIRE(clauses.has_value());
    auto coverage = load_coverage(packs, pack, *clauses);
    if (!coverage) {
        for (const Error& error : coverage.error()) MESSAGE(error.message(Lang::en));
    }
    REQUIRE(coverage.has_value());
    return std::move(*coverage);
}

TEST_CASE("every pack is whole on each day on which it begins to read differently") {
    const std::vector<std::string> ids = pack_ids(packs);
    CHECK(ids.size() >= 6);
    for (const std::string& id : ids) {
        CHECK(load(id).id == id);
        for (const Date day : pack_days(packs, id)) {
            const Pack pack = load(id, {.day = day, .parameter_files = {}});
            CHECK_MESSAGE(pack.effective_from <= day, id, " ", day.iso());
        }
    }
}

TEST_CASE("the 278 clauses of the five notices are each answered for once") {
    std::size_t answered = 0;
    for (const std::string& id : pack_ids(packs)) answered += coverage_of(load(id)).size();
    CHECK(answered == 278);
}

TEST_CASE("a test that is said to show a clause, and a room that is said to serve it, are there") {
    for (const std::string& id : pack_ids(packs)) {
        for (const ClauseCoverage& line : coverage_of(load(id))) {
            for (const auto& [kind, name] : line.tests) {
                if (kind != "test") continue;
                const bool is_there =
                    all_sources().contains('"' + name + '"') || all_sources().contains("def " + name + "(");
                CHECK_MESSAGE(is_there, line.clause, " ", name);
            }
            for (const auto& [kind, name] : line.by) {
                if (kind == "program")
                    CHECK_MESSAGE(fs::is_directory(source / "src" / name), line.clause, " ", name);
            }
        }
    }
}

TEST_CASE("every element of every pack cites a clause of a pack and its version") {
    for (const std::string& id : pack_ids(packs)) {
        const Pack pack = load(id);
        CHECK(pack.law.stated.size() > 100);
        for (const StatedElement& element : pack.law.stated) {
            const bool cited =
                !element.cite.clause.empty() && !element.cite.pack.empty() && !element.cite.version.empty();
            CHECK_MESSAGE(cited, id, " ", element.section, ".", element.id);
        }
    }
}

TEST_CASE(
    "what one may give up to a figure is counted with what was given before, or each time by its clause") {
    // 单次 by the clause of the figure; of several applications at a time one alone has it (`alone`).
    const std::set<std::string> each_time{"temporary.approve", "reserve.spend", "application.advance"};
    for (const std::string& id : pack_ids(packs)) {
        for (const Machine& machine : load(id).law.procedures.machines) {
            for (const Move& move : machine.moves) {
                const std::string name = machine.id + "." + move.id;
                if (move.at_most.empty() || each_time.contains(name)) continue;
                REQUIRE_MESSAGE(move.together.has_value(), id, " ", name);
                CHECK_MESSAGE(std::ranges::find(move.together->moves, move.id) != move.together->moves.end(),
                              id, " ", name);
                // What is more goes to another: it is proposed, or somebody else approves it.
                const bool has_way = std::ranges::any_of(machine.moves, [&](const Move& other) {
                    return other.at_most != move.at_most && !other.not_by.empty() &&
                           std::ranges::find(other.marks, "help_given") != other.marks.end();
                });
                CHECK_MESSAGE(has_way, id, " ", name);
            }
        }
    }
}

TEST_CASE("a sum that somebody tells is more than nothing, and none that nobody ever pays") {
    const Money a_fen = Money::fen(1);
    for (const std::string& id : pack_ids(packs)) {
        const Procedures all = load(id).law.procedures;
        std::set<std::string> told;
        for (const Machine& machine : all.machines) {
            for (const Move& move : machine.moves) {
                told.insert(move.needs.begin(), move.needs.end());
                told.insert(move.may.begin(), move.may.end());
                for (const auto* bound : {&move.adds, &move.takes}) told.insert(*bound);
            }
        }
        for (const FieldRule& field : all.fields) {
            if (field.type != FieldRule::Type::money || !told.contains(field.id)) continue;
            REQUIRE_MESSAGE(field.sum.has_value(), id, " ", field.id);
            // What was earned, or was found, may be nothing; what is paid may not.
            const bool is_found = field.id.starts_with("declared_") || field.id.starts_with("found_") ||
                                  field.id == "heard_income";
            CHECK_MESSAGE(field.sum->least == (is_found ? Money() : a_fen), id, " ", field.id);
            CHECK_MESSAGE(field.sum->most <= Money::yuan(10'000'000).value(), id, " ", field.id);
        }
    }
}

TEST_CASE("nobody judges an objection to what they decided, of whichever step of a payment it is brought") {
    // Made by the program, or of what another step settled: that one's maker is bound.
    const std::set<std::string> settle_nothing{"start"};
    for (const std::string& id : pack_ids(packs)) {
        const Procedures all = load(id).law.procedures;
        const Machine* payment = all.machine("allowance");
        if (payment == nullptr) continue;
        for (const char* judges : {"decline", "uphold", "correct"}) {
            const std::vector<std::string>& barred = all.machine("objection")->move(judges)->not_by;
            for (const Move& move : payment->moves) {
                const bool brings = std::ranges::find(move.opens, "objection") != move.opens.end();
                const bool is_admitted = move.id.starts_with("admit");
                if ((!brings && !is_admitted) || move.by == std::vector<std::string>{"program"}) continue;
                if (settle_nothing.contains(move.id)) continue;
                CHECK_MESSAGE(std::ranges::find(barred, "allowance." + move.id) != barred.end(), id, " ",
                              judges, " ", move.id);
            }
        }
    }
}

TEST_CASE("whoever proposed something may take it back: what turns it down is theirs too") {
    for (const std::string& id : pack_ids(packs)) {
        for (const Machine& machine : load(id).law.procedures.machines) {
            std::set<std::string> proposed;
            std::set<std::string> taken_back;
            for (const Move& move : machine.moves) {
                for (const std::string& one : move.answers) {
                    if (one.starts_with("propose")) proposed.insert(one);
                    if (move.by_proposer) taken_back.insert(one);
                }
            }
            CHECK_MESSAGE(proposed == taken_back, id, " ", machine.id);
        }
    }
}

TEST_CASE("what files for warnings state is found by section, id and key as the law's elements are") {
    const Law law = load("guangdong-2021").law;
    CHECK(law.value_at("indicators.death.points") == "6");
    CHECK(law.value_at("levels.red.working_days") == "3");
    CHECK(law.value_at("switches.retraction.value") == "true");
    CHECK_FALSE(law.value_at("levels.violet.working_days").has_value());
}

TEST_CASE("no dataset tells a fact in values that the fact cannot have") {
    for (const std::string& id : pack_ids(packs)) {
        for (const Error& error : mistold_facts(load(id).law, catalogue()))
            CHECK_MESSAGE(false, id, " ", error.message(Lang::en));
    }
}

TEST_CASE(
    "the sample county's invented figures fit the pack that it works by, and say that they are invented") {
    const Pack pack =
        load("guangdong-2021",
             {.day = std::nullopt, .parameter_files = {source / "samples/longchuan/parameters.yaml"}});
    const Pack bare = load("guangdong-2021");
    std::size_t figures = 0;
    for (const Parameter& parameter : pack.law.parameters) {
        const Parameter& before =
            bare.law.parameters[static_cast<std::size_t>(bare.law.parameter_of(parameter.id))];
        for (const ParameterValue& value : parameter.values) {
            if (value.source.empty() && !value.sample) continue;
            ++figures;
            CHECK_MESSAGE(value.sample, parameter.id);
        }
        CHECK_MESSAGE(parameter.values.size() >= before.values.size(), parameter.id);
    }
    CHECK(figures > 5);
}

}  // namespace
}  // namespace doudi::policy
