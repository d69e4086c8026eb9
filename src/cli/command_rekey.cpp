// SPDX-License-Identifier: Apache-2.0
// rekey: what differs between the register and a province's export, as a filled template. Nothing of the
// store is changed; whole identity numbers take a reason, and the log has it before the file is there.
#include <fmt/format.h>

#include <expected>

#include "base/said.h"
#include "cli/access_office.h"
#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/input_file.h"
#include "cli/output_file.h"
#include "cli/usage.h"
#include "policy/load.h"
#include "registry/repository.h"
#include "rekey/read_export.h"
#include "rekey/template_book.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    std::vector<std::filesystem::path> files;
    std::filesystem::path form, output;
    std::string province = "province";
    bool whole_numbers = false;
    std::string reason;
};

Result<void> check_options(const Options& options) {
    if (intake::format_of_ending(options.output) != "xlsx")
        return fail(ErrorKind::usage, "not_xlsx",
                    {"--output 应为 .xlsx 文件", "--output is a file that ends in .xlsx"});
    if (options.whole_numbers && !says_something(options.reason))
        return fail(ErrorKind::usage, "reason_missing",
                    {"--whole-numbers 须用 --reason 说明事由（记入查阅日志）",
                     "--whole-numbers takes a --reason, which goes into the log"});
    for (const auto& file : options.files) TRY_VOID(need_file(file));
    return {};
}

std::expected<rekey::Template, ExitCode> form_of(const Console& console, const Options& options) {
    std::filesystem::path file = options.form;
    if (file.empty()) {
        const auto root = policy::find_policy_root();
        if (!root) return std::unexpected(console.report(root.error()));
        const auto named = rekey::template_named(*root / "rekey", options.province);
        if (!named) return std::unexpected(console.report(named.error()));
        file = *named;
    }
    auto form = rekey::load_template(file);
    if (form) return std::move(*form);
    return std::unexpected(console.report(form.error()));
}

// The register writes categories by the pack's ids; an export by the words of registers, or the platform's.
rekey::Words words_of(const policy::Pack& pack, const rekey::Template& form) {
    rekey::Words words = form.their_words();
    for (const policy::Category& category : pack.law.categories)
        for (const std::string& word : category.register_words)
            words.emplace(std::pair(std::string("category"), word), category.id);
    return words;
}

// A category that the template has no word for is written as registers write it.
void take_titles(const policy::Pack& pack, rekey::Template& form) {
    for (const policy::Category& category : pack.law.categories)
        form.words.emplace(
            std::pair(std::string("category"), category.id),
            category.register_words.empty() ? category.title.zh : category.register_words.front());
}

Result<void> log_whole_numbers(store::DataFolder& store, const Options& options,
                               std::vector<PersonId> persons) {
    const SystemClock clock;
    const auto log = TRY(open_log(store, clock));
    access::Look look;
    look.who = machine_session();
    look.verb = access::Verb::export_;
    look.thing = access::Thing::person;
    look.what = "rekey: identity_number";
    look.persons = std::move(persons);
    look.reason = options.reason;
    return log->append(look);
}

void print_summary(const Console& console, const rekey::Differences& found, const rekey::Export& theirs,
                   const Options& options) {
    const std::size_t for_a_person = found.unclear.size() + theirs.unreadable.size();
    console.line(
        {fmt::format("平台缺 {} 户、{} 名成员；不一致 {} 项；平台多出 {} 项；须人工核对 {} 行",
                     found.missing_households.size(), found.missing_members.size(), found.fields.size(),
                     found.extra.size(), for_a_person),
         fmt::format("the platform lacks {} and {}; {}; it has {} that the register has not; {} for a person",
                     counted(found.missing_households.size(), "household", "households"),
                     counted(found.missing_members.size(), "member", "members"),
                     counted(found.fields.size(), "field differs", "fields differ"), found.extra.size(),
                     counted(for_a_person, "row is", "rows are"))});
    for (const Text& remark : theirs.remarks) console.note(remark);
    console.line({"已写出 " + options.output.string(), options.output.string() + " was written"});
    if (!options.whole_numbers)
        console.note({"身份证号码已遮盖；须录入完整号码时加 --whole-numbers --reason 事由",
                      "identity numbers are masked; --whole-numbers --reason WHY writes them whole"});
}

ExitCode rekey_export(const Console& console, const Options& options) {
    if (const auto good = check_options(options); !good) return console.report(good.error());
    auto form = form_of(console, options);
    if (!form) return form.error();
    const auto access = options.whole_numbers ? store::Access::write : store::Access::read;
    auto office = open_office(console, options.store, access);
    if (!office || !take_law_in_force(console, *office, today())) return console.failed();
    const auto theirs =
        rekey::read_export(options.files, rekey::with_headings(office->policy.catalogue, *form));
    if (!theirs) return console.report(theirs.error());
    const auto ours = registry::read_register(office->store, office->store.current());
    if (!ours) return console.report(ours.error());
    const auto found = rekey::compare(*ours, *theirs, words_of(office->policy.pack, *form));
    if (options.whole_numbers) {
        const auto logged = log_whole_numbers(office->store, options, rekey::persons_in(found));
        if (!logged) return console.report(logged.error());
    }
    take_titles(office->policy.pack, *form);
    const auto book = rekey::template_book(
        *ours, *theirs, found, *form, options.whole_numbers ? rekey::Numbers::whole : rekey::Numbers::masked);
    const auto put =
        put_file(options.output, [&](const auto& path) { return intake::write_tables_xlsx(book, path); });
    if (!put) return console.report(put.error());
    print_summary(console, found, *theirs, options);
    return ExitCode::done;
}

}  // namespace

void add_rekey(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* command = registration.app.add_subcommand(
        "rekey", registration.help("名册与省级平台导出表的差异，填成补录模板（不改动数据）",
                                   "what a province's export lacks, as a filled template; changes nothing"));
    add_store_options(*command, registration.console, options->store);
    command
        ->add_option(
            "files", options->files,
            registration.help("平台导出的户表、成员表", "the platform's exports, households and members"))
        ->required();
    command
        ->add_option("--output,-o", options->output,
                     registration.help("补录模板（.xlsx）", "the template (.xlsx)"))
        ->required();
    auto* province =
        command->add_option("--province", options->province,
                            registration.help("哪个平台：rekey/ 中一个文件的名称（默认 province）",
                                              "which platform: the name of a file of rekey/ (province)"));
    command
        ->add_option("--template", options->form,
                     registration.help("平台的表头定义文件，不在 rekey/ 中的",
                                       "a platform's file of headings that is not in rekey/"))
        ->excludes(province);
    command->add_flag(
        "--whole-numbers", options->whole_numbers,
        registration.help("写完整身份证号码，须有 --reason", "whole identity numbers, with a reason"));
    command->add_option("--reason", options->reason,
                        registration.help("事由，记入查阅日志", "why, for the log"));
    registration.on(*command, options, rekey_export);
}

}  // namespace doudi::cli
