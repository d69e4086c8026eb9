// SPDX-License-Identifier: Apache-2.0
// The commands of the program, each decode -> call -> encode. Options are declared where the command is
// written.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/date.h"
#include "base/result.h"
#include "base/shown_name.h"
#include "cli/command_line.h"
#include "cli/console.h"
#include "cli/usage.h"
#include "policy/pack.h"
#include "ruledesk/law_in_force.h"
#include "store/data_folder.h"

namespace doudi::cli {

// A command declares itself and sets `run` when it was asked for.
struct Registration {
    Command& app;
    Console& console;
    std::function<ExitCode()>& run;

    [[nodiscard]] std::string help(const char* zh, const char* en) const {
        return console.lang == Lang::zh ? zh : en;
    }
    // What the command does when it was asked for: perform(console, *options).
    template <class Options, class Perform>
    void on(Command& command, std::shared_ptr<Options> options, Perform perform) const {
        command.callback([out = &run, in = &console, options, perform] {
            *out = [in, options, perform] { return perform(*in, *options); };
        });
    }
};

// add_<name>() of every command; a new one is one line of commands.inc.
#define DOUDI_COMMAND(name) void add_##name(Registration registration);
#include "cli/commands.inc"
#undef DOUDI_COMMAND

// --- shared by commands ---

// YYYY-MM-DD and not in the future, or a usage error that names the option.
[[nodiscard]] Result<Date> parse_date_option(const std::string& name, const std::string& text);
using doudi::shown_file_name;
// The data folder and the law it was set up with.
struct Office {
    store::DataFolder store;
    policy::Policy policy;
    Date baseline;
    ruledesk::ProgramLaw program;  // the law of the program, before what was put into force
};
// For a run over the register: the pack that two people put into force for that day, if there is one. Reports
// what is wrong.
[[nodiscard]] bool take_law_in_force(const Console& console, Office& office, Date day);
// Lays a file of the office's figures over its law. Reports what is wrong.
[[nodiscard]] bool take_figures(const Console& console, Office& office, const std::filesystem::path& file);
// Reports what is wrong and returns nothing. The law lies in `root`; empty: where the program's own does.
[[nodiscard]] std::unique_ptr<Office> open_office(const Console& console, const StoreOptions& options,
                                                  store::Access access,
                                                  const std::filesystem::path& root = {});
[[nodiscard]] unsigned default_threads();
[[nodiscard]] Date today();                        // UTC
[[nodiscard]] std::string shown_time(Instant at);  // local to China, to the second

}  // namespace doudi::cli
