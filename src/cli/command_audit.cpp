// SPDX-License-Identifier: Apache-2.0
// audit: verify the log of looks, anchor it elsewhere, show it.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>

#include "access/anchors.h"
#include "cli/access_office.h"
#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/output_file.h"
#include "cli/table.h"
#include "cli/usage.h"
#include "http/people/audit_table.h"

namespace doudi::cli {
namespace {

constexpr int most_shown = 1000;

struct Options {
    StoreOptions store;
    std::filesystem::path anchors;
    std::filesystem::path output;
    std::string user;
    std::uint32_t person = 0;
    bool flagged = false;
    int most = 50;
    ListOptions list;
};

ExitCode verify(const Console& console, const Options& options) {
    std::vector<access::Anchor> anchors;
    if (!options.anchors.empty()) {
        auto read = access::read_anchors(options.anchors);
        if (!read) return console.report(read.error());
        anchors = std::move(*read);
    }
    auto office = open_access(console, options.store, store::Access::read);
    if (office == nullptr) return console.failed();
    const auto report = access::verify_audit(office->store.database(), anchors, office->audit_key);
    if (!report) return console.report(report.error());
    for (const auto& finding : report->findings) {
        const Text what = describe(finding);
        fmt::print(stderr, "{}\n", console.say(what));
    }
    if (!report->sound()) {
        return console.report(Error{
            ErrorKind::invalid,
            "audit_broken",
            {fmt::format("访问记录不完整：{} 处", report->findings.size()),
             fmt::format("the log is not sound: {}", counted(report->findings.size(), "fault", "faults"))},
            {}});
    }
    console.line({fmt::format("{} 条记录完整，与 {} 处存证一致；末条 {}", report->records, report->anchors,
                              report->head),
                  fmt::format("{} sound, in agreement with {}; the last is {}",
                              counted(report->records, "record is", "records are"),
                              counted(report->anchors, "anchor", "anchors"), report->head)});
    if (options.anchors.empty()) {
        console.note(
            {"没有对照上级保存的存证（--"
             "anchors），因此查不出末尾被截断而首部、索引和库内存证也一并改过的情形",
             "without --anchors, what the unit above keeps, a tail that was cut is not seen if the head, the "
             "index and the database's own anchors were mended with it"});
    }
    return ExitCode::done;
}

// One line more, durable before anything is said.
Result<void> append_line(const std::filesystem::path& file, const std::string& line) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const std::string text = line + "\n";
    const bool written = descriptor >= 0 &&
                         ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                         ::fsync(descriptor) == 0;
    const int error = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (written) return {};
    return cannot_write(file, error);
}

ExitCode anchor(const Console& console, const Options& options) {
    auto office = open_access(console, options.store, store::Access::write);
    if (office == nullptr) return console.failed();
    const auto made = access::make_anchor(office->store.database(), office->clock);
    if (!made) return console.report(made.error());
    const std::string line = line_of(*made);
    if (!options.output.empty()) {
        if (const auto kept = append_line(options.output, line); !kept) return console.report(kept.error());
    }
    console.line({line, line});
    return ExitCode::done;
}

Result<access::AuditQuery> query_of(AccessOffice& office, const Options& options) {
    access::AuditQuery query;
    query.flagged_only = options.flagged;
    query.most = options.most;
    if (options.person != 0) query.person = PersonId(options.person);
    if (!options.user.empty()) {
        query.user = TRY(access::find_account(office.store.database(), options.user)).id;
    }
    return query;
}

ExitCode show(const Console& console, const Options& options) {
    auto office = open_access(console, options.store, store::Access::read);
    if (office == nullptr) return console.failed();
    const auto query = query_of(*office, options);
    if (!query) return console.report(query.error());
    const auto records = access::read_audit(office->store.database(), *query);
    if (!records) return console.report(records.error());
    const auto tree = access::read_units(office->store.database());
    if (!tree) return console.report(tree.error());
    Table for_people;
    for_people.headings = {{{"序号", "no"}, true}, {{"时间", "when"}},     {{"谁", "who"}},
                           {{"单位", "unit"}},     {{"做了什么", "what"}}, {{"事由", "purpose"}},
                           {{"对象", "whose"}},    {{"标记", "flag"}}};
    const intake::Table data = http::audit_table(
        *records,
        {.unit = [&tree](access::UnitId unit) { return code_of_unit(*tree, unit); }, .time = shown_time});
    for (const auto& one : *records) {
        const std::string unit = code_of_unit(*tree, one.unit);
        const access::PurposeWord* word = office->roles.purpose(one.purpose);
        for_people.rows.push_back({std::to_string(one.seq), shown_time(one.at), one.user_name, unit,
                                   one.verb + " " + one.thing + (one.what.empty() ? "" : ": " + one.what),
                                   word == nullptr ? one.purpose : console.say(word->title),
                                   one.persons.empty() ? one.households : one.persons, one.flag});
    }
    return put_list(console, options.list, for_people, data, {"没有访问记录", "the log has no such record"});
}

}  // namespace

void add_audit(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* audit = registration.app.add_subcommand("audit", registration.help("访问记录", "the log of looks"));
    audit->require_subcommand(1);
    const auto add = [&](const char* name, const std::string& help,
                         ExitCode (*action)(const Console&, const Options&)) {
        auto* command = audit->add_subcommand(name, help);
        add_store_options(*command, registration.console, options->store);
        command->callback([registration, options, action]() mutable {
            registration.run = [&console = registration.console, options, action] {
                return action(console, *options);
            };
        });
        return command;
    };
    add("verify",
        registration.help("核验记录是否被改动、缺失、调换或截断",
                          "look for an edit, a gap, another order, a cut tail"),
        verify)
        ->add_option("--anchors", options->anchors,
                     registration.help("上级保存的存证文件或目录",
                                       "the file or folder of anchors that the unit above keeps"));
    add("anchor", registration.help("为末条记录存证（每日）", "anchor the last record (daily)"), anchor)
        ->add_option("--output", options->output,
                     registration.help("追加到此文件", "append it to this file"));
    auto* list = add("show", registration.help("列出记录，新的在前", "show records, the newest first"), show);
    list->add_option("--user", options->user, registration.help("账号", "an account"));
    list->add_option("--person", options->person, registration.help("成员编号", "a person's id"));
    list->add_flag("--flagged", options->flagged,
                   registration.help("只列有标记的", "only those with a flag"));
    allow_range(*list->add_option("--most", options->most, registration.help("最多几条", "how many at most")),
                registration.console, 1, most_shown);
    add_list_options(*list, registration.console, options->list);
}

}  // namespace doudi::cli
