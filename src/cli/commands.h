// SPDX-License-Identifier: Apache-2.0
// The commands of the program, each decode -> call -> encode. Options are declared where the command is
// written.
#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "base/date.h"
#include "base/result.h"
#include "base/shown_name.h"
#include "cli/console.h"
#include "cli/usage.h"
#include "policy/pack.h"
#include "store/data_folder.h"

namespace CLI {
class App;
}

namespace doudi::cli {

// A command declares itself and sets `run` when it was asked for.
struct Registration {
    CLI::App& app;
    Console& console;
    std::function<ExitCode()>& run;

    [[nodiscard]] std::string help(const char* zh, const char* en) const {
        return console.lang == Lang::zh ? zh : en;
    }
};

void add_serve(Registration registration);
void add_determine(Registration registration);
void add_packs_test(Registration registration);  // after add_packs
void add_init(Registration registration);
void add_import(Registration registration);
void add_monitor(Registration registration);
void add_lists(Registration registration);  // warnings, exits, quality
void add_close(Registration registration);
void add_doubts(Registration registration);    // events that may be and do not score
void add_warning(Registration registration);   // why
void add_refusals(Registration registration);  // what the sender of a file is told
void add_synth(Registration registration);
void add_whatif(Registration registration);        // another figure or pack over the register
void add_expr(Registration registration);          // eval, test, check
void add_packs_mutate(Registration registration);  // after add_packs
void add_packs_new(Registration registration);     // after add_packs
void add_packs_diff(Registration registration);    // after add_packs
void add_packs(Registration registration);         // check, coverage

// --- shared by commands ---

// YYYY-MM-DD and not in the future, or a usage error that names the option.
[[nodiscard]] Result<Date> parse_date_option(const std::string& name, const std::string& text);
using doudi::shown_file_name;
// The data folder and the law it was set up with.
struct Office {
    store::DataFolder store;
    policy::Policy policy;
    Date baseline;
};
// Reports what is wrong and returns nothing.
[[nodiscard]] std::unique_ptr<Office> open_office(const Console& console, const StoreOptions& options,
                                                  store::Access access);
[[nodiscard]] unsigned default_threads();

}  // namespace doudi::cli
