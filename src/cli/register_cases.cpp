// SPDX-License-Identifier: Apache-2.0
// The steps of a case: proposed, confirmed, refused, withdrawn, taken back, answered, in force.
#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "cli/commands.h"
#include "cli/input_file.h"
#include "cli/register_commands.h"
#include "cli/register_office.h"
#include "http/register/change_wish.h"
#include "http/register/household_warnings.h"
#include "upkeep/questions.h"
#include "upkeep/repository.h"

namespace doudi::cli {
namespace {

using upkeep::CaseId;

// The first fault is enough on a line; the file's place tells where.
Result<upkeep::Wish> read_file(const std::filesystem::path& path) {
    TRY_VOID(need_file(path));
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) {
        return fail(ErrorKind::not_found, "cannot_read",
                    {fmt::format("读不了 {}", path.string()), fmt::format("cannot read {}", path.string())});
    }
    const auto value = http::parse_json(text);
    if (!value)
        return fail(ErrorKind::invalid, value.error().code, value.error().text, path.filename().string());
    http::FieldFaults faults;
    upkeep::Wish wish = http::read_wish(*value, faults);
    if (faults.empty()) return wish;
    const http::Failure failure = faults.failure();
    const http::FieldFault& first = failure.fields.front();
    return fail(ErrorKind::invalid, first.code, first.detail,
                fmt::format("{}#{}", path.filename().string(), first.pointer));
}

// One step of a case: what was done is in the log of looks before it is said.
template <class Do>
ExitCode step(const Console& console, const RegisterOptions& options, const char* what, Do act) {
    auto office = open_register(console, options.store, store::Access::write);
    if (office == nullptr) return console.failed();
    const Result<Text> said = act(*office);
    if (!said) return console.report(said.error());
    const auto logged = record(*office->access, access::Verb::change, access::Thing::household,
                               fmt::format("register {} {}", what, options.number));
    if (!logged) return console.report(logged.error());
    console.line(*said);
    return ExitCode::done;
}

Text proposed_as(CaseId id) {
    return {
        fmt::format("记为第 {} 号变动，待另一人确认（doudi register confirm {}）", id.value(), id.value()),
        fmt::format("case {}: it waits for another person (doudi register confirm {})", id.value(),
                    id.value())};
}

upkeep::WarningsWord word_of(const RegisterOptions& options) {
    using upkeep::WarningsGo;
    if (options.warnings.empty()) return {};
    return {options.warnings == "carry" ? WarningsGo::carry : WarningsGo::close, options.reason};
}

// By the same person, and it waits: the command was cut off before the case took effect.
Result<bool> is_confirmed_by(RegisterOffice& office, CaseId id) {
    const auto change = TRY(upkeep::repository::find_case(office.store().database(), office.store(), id));
    return change && change->waits() && change->steps.back().user == 0 &&
           change->steps.back().name == office.session->user_name;
}

}  // namespace

ExitCode propose_case(const Console& console, const RegisterOptions& options) {
    const auto wish = read_file(options.file);
    if (!wish) return console.report(wish.error());
    return step(console, options, "propose", [&](RegisterOffice& office) -> Result<Text> {
        upkeep::Desk desk = office.desk();
        return proposed_as(TRY(upkeep::propose(desk, *wish)));
    });
}

ExitCode confirm_case(const Console& console, const RegisterOptions& options) {
    return step(console, options, "confirm", [&](RegisterOffice& office) -> Result<Text> {
        upkeep::Desk desk = office.desk();
        http::MonitoredWarnings warnings(office.store());
        const auto confirmed = upkeep::confirm(desk, warnings, CaseId(options.number), word_of(options));
        if (!confirmed && !TRY(is_confirmed_by(office, CaseId(options.number))))
            return std::unexpected(confirmed.error());
        TRY_VOID(take_due_changes(console, office.store(), civil_day(office.access->clock.now())));
        return Text{fmt::format("第 {} 号变动已确认", options.number),
                    fmt::format("case {} is confirmed", options.number)};
    });
}

ExitCode reject_case(const Console& console, const RegisterOptions& options) {
    return step(console, options, "reject", [&](RegisterOffice& office) -> Result<Text> {
        upkeep::Desk desk = office.desk();
        TRY_VOID(upkeep::refuse(desk, CaseId(options.number), options.reason));
        return Text{fmt::format("第 {} 号变动不予确认", options.number),
                    fmt::format("case {} is refused", options.number)};
    });
}

ExitCode withdraw_case(const Console& console, const RegisterOptions& options) {
    return step(console, options, "withdraw", [&](RegisterOffice& office) -> Result<Text> {
        upkeep::Desk desk = office.desk();
        TRY_VOID(upkeep::withdraw(desk, CaseId(options.number)));
        return Text{fmt::format("第 {} 号变动已撤回", options.number),
                    fmt::format("case {} is withdrawn", options.number)};
    });
}

ExitCode undo_case(const Console& console, const RegisterOptions& options) {
    return step(console, options, "undo", [&](RegisterOffice& office) -> Result<Text> {
        upkeep::Desk desk = office.desk();
        return proposed_as(TRY(upkeep::propose_counter(desk, CaseId(options.number), options.reason)));
    });
}

ExitCode answer_case(const Console& console, const RegisterOptions& options) {
    std::optional<upkeep::Wish> then;
    if (!options.file.empty()) {
        auto wish = read_file(options.file);
        if (!wish) return console.report(wish.error());
        then = std::move(*wish);
    }
    return step(console, options, "answer", [&](RegisterOffice& office) -> Result<Text> {
        upkeep::Desk desk = office.desk();
        const CaseId next = TRY(upkeep::answer(desk, CaseId(options.number), options.answer, then));
        if (next != CaseId()) return proposed_as(next);
        return Text{fmt::format("第 {} 号问题已答复", options.number),
                    fmt::format("case {} is answered", options.number)};
    });
}

ExitCode apply_cases(const Console& console, const RegisterOptions& options) {
    auto office = open_register(console, options.store, store::Access::write);
    if (office == nullptr) return console.failed();
    const auto day = day_or_today(options.as_of, office->access->clock);
    if (!day) return console.report(day.error());
    const auto taken = take_due_changes(console, office->store(), *day);
    return taken ? ExitCode::done : console.report(taken.error());
}

}  // namespace doudi::cli
