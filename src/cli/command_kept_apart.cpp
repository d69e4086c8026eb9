// SPDX-License-Identifier: Apache-2.0
// kept-apart: rows that tell something of people's means and that no signed paper covers. They are not used,
// and not lost.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "access/masking.h"
#include "cli/commands.h"
#include "cli/table.h"
#include "cli/usage.h"
#include "oversight/register_cases.h"
#include "registry/repository.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    std::string as_of;
    ListOptions list;
};

struct Kept {
    std::vector<oversight::KeptApart> rows;
    std::vector<std::string> names;  // of whom each is about, masked; empty: no more on the register
    std::vector<Text> facts;         // of each, as people read it
};

Result<std::string> name_of(Office& office, PersonId person) {
    const auto member = registry::read_member(office.store, office.store.current(), person);
    if (!member && member.error().kind == ErrorKind::not_found) return std::string();
    if (!member) return std::unexpected(member.error());
    return access::mask(access::FieldClass::name, member->name);
}

Result<Kept> read(Office& office, Date day) {
    const auto law = ruledesk::law_in_force(office.store.database(), office.program,
                                            {.day = day, .known = {}, .pack = {}});
    if (!law) return std::unexpected(law.error().front());
    const policy::Law& words = law->policy.pack.law;
    Kept kept;
    kept.rows = TRY(oversight::read_kept_apart(office.store, law->policy.catalogue, words, AsOf{day}));
    std::map<PersonId, std::string> names;  // each is read once
    for (const auto& row : kept.rows) {
        auto [name, is_new] = names.try_emplace(row.person);
        if (is_new) name->second = TRY(name_of(office, row.person));
        kept.names.push_back(name->second);
        const auto fact =
            std::ranges::find_if(words.facts, [&](const auto& one) { return one.id == row.fact; });
        kept.facts.push_back(fact == words.facts.end() ? Text{row.fact, row.fact} : fact->title);
    }
    return kept;
}

ExitCode kept_apart(const Console& console, const Options& options) {
    const auto as_of = parse_date_option("--as-of", options.as_of);
    if (!as_of) return console.report(as_of.error());
    auto office = open_office(console, options.store, store::Access::read);
    if (!office) return console.failed();
    const auto kept = read(*office, *as_of);
    if (!kept) return console.report(kept.error());
    Table people{.headings = {{{"来源文件", "file"}},
                              {{"行", "row"}, true},
                              {{"事实", "fact"}},
                              {{"户编号", "household"}},
                              {{"姓名", "name"}},
                              {{"日期", "date"}},
                              {{"原因", "reason"}}},
                 .rows = {}};
    intake::Table data{.columns = {{"file"},
                                   {"row", true},
                                   {"dataset"},
                                   {"fact"},
                                   {"household_id"},
                                   {"name_masked"},
                                   {"told_on"},
                                   {"reason"}},
                       .rows = {}};
    for (std::size_t n = 0; n < kept->rows.size(); ++n) {
        const auto& row = kept->rows[n];
        const std::string file = shown_file_name(row.file_name);
        const std::string number = std::to_string(row.row);
        people.rows.push_back({file, number, console.say(kept->facts[n]), row.code, kept->names[n],
                               row.told_on.iso(), console.say(access::describe(row.why))});
        data.rows.push_back({file, number, row.dataset, row.fact, row.code, kept->names[n], row.told_on.iso(),
                             std::string(access::name_of(row.why))});
    }
    return put_list(console, options.list, people, data, {"没有等待授权的行", "no row waits for a paper"});
}

}  // namespace

void add_kept_apart(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* command = registration.app.add_subcommand(
        "kept-apart",
        registration.help(
            "没有授权书、未予采用的财产收入信息",
            "rows about people's means that no signed paper covers, so that they are not used"));
    add_store_options(*command, registration.console, options->store);
    command
        ->add_option("--as-of", options->as_of, registration.help("日期，YYYY-MM-DD", "the day, YYYY-MM-DD"))
        ->required();
    add_list_options(*command, registration.console, options->list);
    registration.on(*command, options, kept_apart);
}

}  // namespace doudi::cli
