// SPDX-License-Identifier: Apache-2.0
// packs: the law as its authors work on it. Each subcommand declares itself in a function of its own.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/counted.h"
#include "cli/output_file.h"
#include "cli/packs_root.h"
#include "cli/table.h"
#include "determine/pack_logic.h"
#include "policy/coverage.h"
#include "policy/law_checks.h"
#include "policy/load.h"
#include "policy/profile_words.h"

namespace doudi::cli {

Result<std::filesystem::path> packs_root(const std::filesystem::path& given) {
    if (given.empty()) return policy::find_policy_root();
    std::error_code ignored;
    for (const char* folder : {"datasets", "packs", "calendar"}) {
        if (std::filesystem::is_directory(given / folder, ignored)) continue;
        return fail(
            ErrorKind::usage, "policy_root",
            {fmt::format("该目录下没有 {}", folder), fmt::format("there is no folder {} in it", folder)},
            given.string());
    }
    return given;
}

void add_root_option(Command& command, const Console& console, std::filesystem::path& root) {
    command.add_option(
        "--root", root,
        console.say({"含 datasets、packs、calendar 的目录（默认为程序自带的）",
                     "the folder with datasets, packs and calendar (default: the program's own)"}));
}

void add_pack_options(Command& command, const Console& console, std::vector<std::string>& ids,
                      std::filesystem::path& root) {
    command.add_option("id", ids, console.say({"政策包（默认全部）", "the packs (default: all of them)"}));
    add_root_option(command, console, root);
}

std::vector<std::string> pack_and_profile_ids(const std::filesystem::path& packs) {
    std::vector<std::string> ids = policy::pack_ids(packs);
    for (std::string& profile : policy::profile_ids(packs)) ids.push_back(std::move(profile));
    return ids;
}

namespace {

struct PacksOptions {
    std::vector<std::string> ids;
    std::filesystem::path root;
    std::filesystem::path witness;  // of check: where cases that show a fault are put
    ListOptions list;               // of coverage
};

// Faults of all packs, each once: what one pack extends is found with every one that extends it.
class FoundFaults {
  public:
    void add(const std::vector<Error>& faults) {
        for (const Error& fault : faults) (void)is_new(fault);
    }
    // With the case that shows it: the same fault of another day or pack may be shown at other figures.
    void add(const std::string& pack, const determine::LogicFault& fault) {
        const bool said = std::ranges::any_of(witnesses_, [&](const Shown& earlier) {
            return earlier.fault.name == fault.name && earlier.fault.error.where == fault.error.where;
        });
        if (!said && is_new(fault.error)) witnesses_.push_back({pack, fault});
    }
    [[nodiscard]] const std::vector<Error>& all() const { return faults_; }

    struct Shown {
        std::string pack;
        determine::LogicFault fault;
    };
    [[nodiscard]] const std::vector<Shown>& witnesses() const { return witnesses_; }

  private:
    bool is_new(const Error& fault) {
        const bool said = std::ranges::any_of(faults_, [&](const Error& earlier) {
            return earlier.where == fault.where && earlier.text == fault.text;
        });
        if (!said) faults_.push_back(fault);
        return !said;
    }

    std::vector<Error> faults_;
    std::vector<Shown> witnesses_;
};

// The days on which the pack, or one that it extends, begins to read differently, within its own span.
std::vector<Date> days_of(const std::filesystem::path& packs, const policy::Pack& pack) {
    std::vector<Date> days = policy::pack_days(packs, pack.id);
    const std::vector<Date> own = days;
    for (const std::string& id : pack.extends) {
        for (const Date day : policy::pack_days(packs, id)) {
            const bool within =
                !own.empty() && own.front() <= day && (!pack.effective_to || day <= *pack.effective_to);
            if (within) days.push_back(day);
        }
    }
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return days;
}

// Names that one pack states and no pack uses. A fact of a pack that others extend may be used by any.
class UsedNames {
  public:
    void add(const policy::Pack& pack) {
        const policy::Law& law = pack.law;
        const policy::UnusedNames unused = policy::unused_names(pack);
        for (const auto& fact : law.facts) note(fact.place, fact.id, unused.facts);
        for (const auto& parameter : law.parameters) note(parameter.place, parameter.id, unused.parameters);
    }
    void remark(const Console& console) const {
        for (const auto& [name, seen] : seen_) {
            if (seen.is_used) continue;
            console.note({fmt::format("{}：没有条件用到 {}", seen.place.text(), name.second),
                          fmt::format("{}: nothing uses {}", seen.place.text(), name.second)});
        }
    }

  private:
    struct Seen {
        policy::Place place;
        bool is_used = false;
    };
    void note(const policy::Place& place, const std::string& id, const std::vector<std::string>& unused) {
        Seen& seen = seen_[{place.file, id}];
        seen.place = place;
        seen.is_used = seen.is_used || std::ranges::find(unused, id) == unused.end();
    }
    std::map<std::pair<std::string, std::string>, Seen> seen_;  // by file and name
};

void check_pack(const std::filesystem::path& packs, const std::string& id,
                const policy::DatasetCatalogue& catalogue, const std::vector<policy::Clause>& clauses,
                FoundFaults& faults, UsedNames& names) {
    const auto pack = policy::load_pack(packs, id, catalogue);
    if (!pack) {
        faults.add(pack.error());
        return;
    }
    names.add(*pack);
    if (pack->is_profile) return;  // no law that a case could be asked of
    faults.add(policy::mistold_facts(pack->law, catalogue));
    for (const Date day : days_of(packs, *pack)) {
        const auto version = policy::load_pack(packs, id, catalogue, {.day = day, .parameter_files = {}});
        if (!version) {
            faults.add(version.error());
        } else {
            names.add(*version);
            for (const auto& fault : determine::logic_faults(*version, day)) faults.add(id, fault);
        }
    }
    const auto coverage = policy::load_coverage(packs, *pack, clauses);
    if (!coverage) faults.add(coverage.error());
}

// What all subcommands start from.
struct Shelf {
    std::filesystem::path packs;
    policy::DatasetCatalogue catalogue;
    std::vector<policy::Clause> clauses;
    std::vector<std::string> ids;
};

policy::Loaded<Shelf> open_shelf(const PacksOptions& options) {
    const auto root = packs_root(options.root);
    if (!root) return std::unexpected(std::vector{root.error()});
    auto catalogue = policy::load_datasets(*root / "datasets");
    if (!catalogue) return std::unexpected(std::move(catalogue.error()));
    auto clauses = policy::load_clauses(*root / "packs");
    if (!clauses) return std::unexpected(std::move(clauses.error()));
    return Shelf{*root / "packs", std::move(*catalogue), std::move(*clauses),
                 options.ids.empty() ? pack_and_profile_ids(*root / "packs") : options.ids};
}

// Each as a case that `doudi determine --policy <pack>` answers so: into the folder, or to standard output.
Result<void> put_witnesses(const Console& console, const PacksOptions& options, const FoundFaults& faults) {
    for (const auto& [pack, fault] : faults.witnesses()) {
        if (options.witness.empty()) {
            console.line({fmt::format("例证（{}）：{}", pack, fault.name),
                          fmt::format("witness ({}): {}", pack, fault.name)});
            console.line({fault.witness, fault.witness});
            continue;
        }
        std::error_code ignored;  // what cannot be made is reported when it is written into
        std::filesystem::create_directories(options.witness, ignored);
        TRY_VOID(put_text_file(options.witness / fmt::format("{}-{}.json", pack, fault.name), fault.witness));
    }
    return {};
}

// Which packs warn by what their notice does not state.
void remark_profiles(const Console& console, const Shelf& shelf) {
    for (const std::string& id : shelf.ids) {
        const auto pack = policy::load_pack(shelf.packs, id, shelf.catalogue);
        if (!pack || pack->is_profile || !pack->profile) continue;
        const Text words = policy::profile_words(*pack);
        console.note({fmt::format("{}：{}", id, words.zh), fmt::format("{}: {}", id, words.en)});
    }
}

ExitCode check(const Console& console, const PacksOptions& options) {
    const auto shelf = open_shelf(options);
    if (!shelf) return console.report(shelf.error());
    FoundFaults faults;
    UsedNames names;
    for (const std::string& id : shelf->ids)
        check_pack(shelf->packs, id, shelf->catalogue, shelf->clauses, faults, names);
    if (!faults.all().empty()) console.report(faults.all());
    if (const auto put = put_witnesses(console, options, faults); !put) return console.report(put.error());
    // One pack alone cannot tell what the others use.
    if (faults.all().empty() && options.ids.empty()) names.remark(console);
    if (faults.all().empty()) remark_profiles(console, *shelf);
    console.line({fmt::format("{} 个政策包，{} 处错误", shelf->ids.size(), faults.all().size()),
                  fmt::format("{}, {}", counted(shelf->ids.size(), "pack", "packs"),
                              counted(faults.all().size(), "fault", "faults"))});
    return faults.all().empty() ? ExitCode::done : ExitCode::failure;
}

std::string joined(const std::vector<std::pair<std::string, std::string>>& names) {
    std::string text;
    for (const auto& [kind, id] : names) text += (text.empty() ? "" : "; ") + kind + ":" + id;
    return text;
}

Text status_title(policy::CoverageStatus status) {
    switch (status) {
        case policy::CoverageStatus::element:
            return {"政策包", "element"};
        case policy::CoverageStatus::program:
            return {"程序", "program"};
        case policy::CoverageStatus::planned:
            return {"计划", "planned"};
        case policy::CoverageStatus::people:
            return {"人工，留记录", "people, recorded"};
    }
    return {};
}

ExitCode coverage(const Console& console, const PacksOptions& options) {
    const auto shelf = open_shelf(options);
    if (!shelf) return console.report(shelf.error());
    Table people{.headings = {{{"条款", "clause"}},
                              {{"政策包", "pack"}},
                              {{"状态", "status"}},
                              {{"由何落实", "served by"}},
                              {{"测试", "test"}}},
                 .rows = {}};
    intake::Table data{.columns = {{"clause"}, {"pack"}, {"status"}, {"served_by"}, {"test"}}, .rows = {}};
    for (const std::string& id : shelf->ids) {
        const auto pack = policy::load_pack(shelf->packs, id, shelf->catalogue);
        if (!pack) return console.report(pack.error());
        const auto lines = policy::load_coverage(shelf->packs, *pack, shelf->clauses);
        if (!lines) return console.report(lines.error());
        for (const auto& line : *lines) {
            const bool by_people = line.status == policy::CoverageStatus::people;
            const std::string by = joined(line.by);
            people.rows.push_back({line.clause, id, console.say(status_title(line.status)),
                                   by_people ? console.say(line.record) : by, joined(line.tests)});
            data.rows.push_back({line.clause, id, std::string(policy::coverage_status_name(line.status)),
                                 by_people ? line.record.zh : by, joined(line.tests)});
        }
    }
    const ExitCode done = put_list(console, options.list, people, data, {"没有条款", "there are no clauses"});
    if (done == ExitCode::done && format_of(options.list) == "table") remark_profiles(console, *shelf);
    return done;
}

void add_check(Command& packs, const Registration& registration) {
    auto options = std::make_shared<PacksOptions>();
    auto* command = packs.add_subcommand(
        "check", registration.help("检查政策包，指出每处错误的文件、行、列",
                                   "check packs and name each fault with its file, line and column"));
    add_pack_options(*command, registration.console, options->ids, options->root);
    command->add_option(
        "--witness", options->witness,
        registration.help("例证案例存入此目录（默认显示在屏幕上）",
                          "a folder for the cases that show a fault (default: on the screen)"));
    registration.on(*command, options, check);
}

void add_coverage(Command& packs, const Registration& registration) {
    auto options = std::make_shared<PacksOptions>();
    auto* command = packs.add_subcommand(
        "coverage", registration.help("列出每条条款由什么落实、由哪个测试证明",
                                      "list what serves each clause, and the test that shows it"));
    add_pack_options(*command, registration.console, options->ids, options->root);
    add_list_options(*command, registration.console, options->list);
    registration.on(*command, options, coverage);
}

}  // namespace

void add_packs(Registration registration) {
    auto* group = registration.app.add_subcommand(
        "packs",
        registration.help("政策包：检查、测试、比较、新建", "packs: check, test, compare and make them"));
    group->require_subcommand(1);
    group->fallthrough();
    for (const auto add :
         {add_check, add_coverage, add_packs_test, add_packs_mutate, add_packs_new, add_packs_diff})
        add(*group, registration);
}

}  // namespace doudi::cli
