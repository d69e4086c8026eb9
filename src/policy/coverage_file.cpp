// SPDX-License-Identifier: Apache-2.0
// coverage.yaml: what serves each clause of a notice, and the test that shows it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "policy/coverage.h"
#include "policy/folder.h"
#include "policy/yaml_reader.h"

namespace doudi::policy {

namespace fs = std::filesystem;

namespace {

using KindAndId = std::pair<std::string, std::string>;
using NamesByKind = std::map<std::string, std::vector<std::string>, std::less<>>;

// How coverage.yaml calls an element of a section of routes.yaml.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> route_kinds{
    {{"department", "departments"},
     {"authority", "authorities"},
     {"branch", "branches"},
     {"conference", "conference"},
     {"transfer", "transfers"},
     {"phase_out", "phase_outs"},
     {"watch", "watches"},
     {"rhythm", "rhythms"},
     {"clock", "clocks"},
     {"choice", "choices"}}};

// What these clauses ask is the program's work: no people stand in for it.
constexpr std::array<std::string_view, 9> types_never_left_to_people{
    "workflow", "data feed", "determination rule", "indicator", "deadline", "amount", "percentage",
    "routing",  "list"};

template <class Element>
std::vector<std::string> ids_of(const std::vector<Element>& elements) {
    std::vector<std::string> ids;
    for (const Element& element : elements) ids.push_back(element.id);
    return ids;
}

// Everything that `by` may name. The kinds `program` and `planned` have free names.
NamesByKind names_of(const Pack& pack) {
    NamesByKind names;
    names["fact"] = ids_of(pack.law.facts);
    names["parameter"] = ids_of(pack.law.parameters);
    names["category"] = ids_of(pack.law.categories);
    names["benefit"] = ids_of(pack.law.benefits);
    names["reporting_group"] = ids_of(pack.law.reporting_groups);
    names["indicator"] = ids_of(pack.indicators);
    names["level"] = ids_of(pack.levels);
    names["switch"] = ids_of(pack.monitoring.switches);
    names["order"] = {"test_order", "exclusive_order", "beside"};
    names["pack"] = {"extends", "monitors_by", "region_scope", "effective", "public", "source", "version"};
    names["profile"] = {};
    if (pack.profile) names["profile"].push_back(pack.profile->id.substr(pack.profile->id.find('/') + 1));
    names["program"] = {};
    names["planned"] = {};
    for (const Machine& machine : pack.law.procedures.machines) {
        names["machine"].push_back(machine.id);
        for (const Move& move : machine.moves) names["move"].push_back(machine.id + "." + move.id);
    }
    names["pause"] = ids_of(pack.law.procedures.pauses);
    names["escalation"] = ids_of(pack.law.procedures.escalations);
    names["paper"] = ids_of(pack.law.procedures.papers);
    for (const auto& [kind, section] : route_kinds) {
        names[std::string(kind)] = {};
        for (const RouteElement& route : pack.law.routes) {
            if (route.section == section) names[std::string(kind)].push_back(route.id);
        }
    }
    return names;
}

// What no pack of the chain states, and a profile does.
std::set<KindAndId> of_profile(const Pack& pack) {
    std::set<KindAndId> names;
    const auto add = [&](const char* kind, const auto& elements) {
        for (const auto& one : elements) {
            if (pack.profile && one.cite.pack == pack.profile->id) names.emplace(kind, one.id);
        }
    };
    add("indicator", pack.indicators);
    add("level", pack.levels);
    add("switch", pack.monitoring.switches);
    add("parameter", pack.law.parameters);
    return names;
}

// The ids of the golden cases of the pack and of those that it extends. What is wrong in their files is told
// by whoever runs them.
std::vector<std::string> case_ids(const fs::path& packs_folder, const Pack& pack) {
    std::vector<std::string> ids;
    std::vector<std::string> packs{pack.id};
    packs.insert(packs.end(), pack.extends.begin(), pack.extends.end());
    Faults ignored;
    for (const std::string& one : packs) {
        for (const fs::path& path : yaml_files(packs_folder / one / "cases", ignored)) {
            const auto file = read_yaml_file(path, shown_name(packs_folder, path), ignored);
            const auto top = file ? file->record({"base", "cases"}) : std::nullopt;
            const YamlValue* cases = top ? top->find("cases") : nullptr;
            if (cases == nullptr) continue;
            for (const YamlValue& item : cases->list()) {
                for (const auto& [key, text] : item.leaves()) {
                    if (key == "id") ids.push_back(text);
                }
            }
        }
    }
    return ids;
}

class CoverageReader {
  public:
    CoverageReader(const fs::path& packs_folder, const Pack& pack, const std::vector<Clause>& clauses)
        : names_(names_of(pack)), of_profile_(of_profile(pack)), cases_(case_ids(packs_folder, pack)) {
        for (const Clause& clause : clauses) {
            if (clause.pack == pack.id) own_.emplace(clause.id, &clause);
            all_.insert(clause.id);
        }
    }

    void read(const YamlValue& file) {
        for (const YamlValue& item : file.list()) {
            const auto record = item.record({"clause", "status", "by", "test", "record"});
            if (record) read_line(*record);
        }
    }

    // The clauses that the file does not answer for.
    [[nodiscard]] std::vector<std::string> unanswered() const {
        std::vector<std::string> left;
        for (const auto& [id, clause] : own_) {
            if (!lines_.contains(id)) left.push_back(id);
        }
        return left;
    }

    [[nodiscard]] const std::map<std::string, ClauseCoverage, std::less<>>& lines() const { return lines_; }

  private:
    void read_line(const YamlRecord& record) {
        const YamlValue* id = record.need("clause");
        ClauseCoverage line;
        line.clause = id == nullptr ? "" : id->text().value_or("");
        if (const YamlValue* status = record.need("status")) {
            line.status = status
                              ->one_of<CoverageStatus>({{"element", CoverageStatus::element},
                                                        {"program", CoverageStatus::program},
                                                        {"planned", CoverageStatus::planned},
                                                        {"people", CoverageStatus::people}})
                              .value_or(CoverageStatus::planned);
        }
        if (const YamlValue* by = record.find("by")) line.by = read_names(*by, &CoverageReader::check_by);
        if (const YamlValue* test = record.find("test"))
            line.tests = read_names(*test, &CoverageReader::check_test);
        if (const YamlValue* kept = record.find("record")) line.record = kept->bilingual().value_or(Text{});
        check_status(record, line);
        check_profile(record, line);
        if (line.clause.empty() || !is_own_clause(*id, line.clause)) return;
        if (!lines_.emplace(line.clause, line).second) {
            id->fault("clause_repeated", fmt::format("条款“{}”重复", line.clause),
                      fmt::format("the clause '{}' is answered for twice", line.clause));
        }
    }

    bool is_own_clause(const YamlValue& at, const std::string& id) const {
        if (own_.contains(id)) return true;
        if (all_.contains(id)) {
            at.fault("clause_of_other_pack", fmt::format("“{}”是另一份文件的条款", id),
                     fmt::format("'{}' is a clause of another notice", id));
            return false;
        }
        std::vector<std::string_view> known;
        for (const auto& [own, clause] : own_) known.push_back(own);
        at.unknown_name("unknown_clause", "条款", "clause", id, known);
        return false;
    }

    // "category:mlg_marginal_household"; the name may hold colons itself.
    std::vector<KindAndId> read_names(const YamlValue& list,
                                      void (CoverageReader::*check)(const YamlValue&, const KindAndId&)
                                          const) {
        std::vector<KindAndId> read;
        for (const YamlValue& item : list.list()) {
            const std::optional<std::string> text = item.text();
            if (!text) continue;
            const std::size_t colon = text->find(':');
            if (colon == std::string::npos) {
                item.fault("coverage_name", "应写作“种类:名称”", "this is written kind:name");
                continue;
            }
            read.emplace_back(text->substr(0, colon), text->substr(colon + 1));
            (this->*check)(item, read.back());
        }
        return read;
    }

    void check_by(const YamlValue& at, const KindAndId& by) const {
        const auto& [kind, id] = by;
        const auto names = names_.find(kind);
        if (names == names_.end()) {
            std::vector<std::string_view> known;
            for (const auto& [one, ids] : names_) known.push_back(one);
            at.unknown_name("unknown_kind", "种类", "kind", kind, known);
            return;
        }
        if (kind == "program" || kind == "planned") return;
        if (std::ranges::find(names->second, id) != names->second.end()) return;
        at.unknown_name("unknown_element", fmt::format("{} ", kind), kind, id,
                        {names->second.begin(), names->second.end()});
    }

    void check_test(const YamlValue& at, const KindAndId& test) const {
        const auto& [kind, id] = test;
        if (kind == "test") return;  // a test case of the sources, which are not here
        if (kind != "case") {
            at.unknown_name("unknown_kind", "种类", "kind", kind, {"case", "test"});
            return;
        }
        if (std::ranges::find(cases_, id) != cases_.end()) return;
        at.unknown_name("unknown_case", "案例", "case", id, {cases_.begin(), cases_.end()});
    }

    // What a status asks beside it.
    void check_status(const YamlRecord& record, const ClauseCoverage& line) const {
        const auto has = [&](auto&& fits) { return std::ranges::any_of(line.by, fits); };
        const auto is_program = [](const KindAndId& by) { return by.first == "program"; };
        const auto is_planned = [](const KindAndId& by) { return by.first == "planned"; };
        const auto is_element = [&](const KindAndId& by) { return !is_program(by) && !is_planned(by); };
        const auto missing = [&](std::string_view what_zh, std::string_view what_en) {
            record.self().fault("coverage_incomplete", fmt::format("还应有{}", what_zh),
                                fmt::format("{} is needed beside this status", what_en));
        };
        const bool shown = !line.tests.empty();
        switch (line.status) {
            case CoverageStatus::element:
                if (!has(is_element)) missing("政策包的要素（by）", "an element of the pack (by)");
                if (!shown) missing("测试（test）", "a test");
                return;
            case CoverageStatus::program:
                if (!has(is_program)) missing("程序的部分（by: [program:…]）", "a room of the program (by)");
                if (!shown) missing("测试（test）", "a test");
                return;
            case CoverageStatus::planned:
                if (!has(is_planned)) missing("计划的工作（by: [planned:…]）", "what is planned (by)");
                return;
            case CoverageStatus::people:
                if (line.record.en.empty()) missing("留下的记录（record）", "the record that the act leaves");
                check_people(record, line);
                return;
        }
    }

    // What a profile proposes serves no clause as if the notice stated it: the profile is named beside it.
    void check_profile(const YamlRecord& record, const ClauseCoverage& line) const {
        const bool names_profile =
            std::ranges::any_of(line.by, [](const KindAndId& by) { return by.first == "profile"; });
        for (const KindAndId& by : line.by) {
            if (names_profile || !of_profile_.contains(by)) continue;
            record.find("by")->fault(
                "profile_unnamed",
                fmt::format("“{}:{}”出自监测方案，不是文件的规定：请在 by 中写明 profile:…", by.first,
                            by.second),
                fmt::format("'{}:{}' is a profile's and not the notice's: name it beside (profile:…)",
                            by.first, by.second));
        }
    }

    void check_people(const YamlRecord& record, const ClauseCoverage& line) const {
        const auto clause = own_.find(line.clause);
        if (clause == own_.end()) return;
        const std::string& type = clause->second->type;
        if (std::ranges::find(types_never_left_to_people, std::string_view(type)) ==
            types_never_left_to_people.end())
            return;
        record.find("status")->fault("left_to_people", fmt::format("“{}”类条款不能交给人工", type),
                                     fmt::format("a clause of type '{}' is not left to people", type));
    }

    NamesByKind names_;
    std::set<KindAndId> of_profile_;
    std::vector<std::string> cases_;
    std::map<std::string, const Clause*, std::less<>> own_;
    std::set<std::string> all_;
    std::map<std::string, ClauseCoverage, std::less<>> lines_;
};

}  // namespace

std::string_view coverage_status_name(CoverageStatus status) {
    switch (status) {
        case CoverageStatus::element:
            return "element";
        case CoverageStatus::program:
            return "program";
        case CoverageStatus::planned:
            return "planned";
        case CoverageStatus::people:
            return "people";
    }
    return "";
}

Loaded<std::vector<ClauseCoverage>> load_coverage(const fs::path& packs_folder, const Pack& pack,
                                                  const std::vector<Clause>& clauses) {
    Faults faults;
    CoverageReader reader(packs_folder, pack, clauses);
    const fs::path path = packs_folder / pack.id / "coverage.yaml";
    const std::string shown = shown_name(packs_folder, path);
    std::error_code ignored;
    if (fs::exists(path, ignored)) {
        if (const auto file = read_yaml_file(path, shown, faults)) reader.read(*file);
    }
    for (const std::string& id : reader.unanswered()) {
        faults.add("clause_unanswered",
                   {fmt::format("没有说明条款“{}”由什么落实", id),
                    fmt::format("nothing is said of what serves the clause '{}'", id)},
                   {shown, 0, 0});
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    std::vector<ClauseCoverage> lines;
    for (const Clause& clause : clauses) {
        const auto line = reader.lines().find(clause.id);
        if (clause.pack == pack.id && line != reader.lines().end()) lines.push_back(line->second);
    }
    return lines;
}

}  // namespace doudi::policy
