// SPDX-License-Identifier: Apache-2.0
// Measure B: what `doudi import` and `doudi monitor` do, into a data folder that has the quarter before
// behind it.
#include <fmt/format.h>

#include <iterator>

#include "bench/bench.h"
#include "match/import.h"
#include "monitor/read.h"
#include "monitor/verbs.h"

namespace doudi::bench {
namespace {

Result<std::uint64_t> import_quarter(store::DataFolder& store, const policy::Policy& law, const Job& job,
                                     const Quarter& quarter) {
    const std::vector<std::filesystem::path> paths{job.county / "registry", job.county / quarter.name};
    match::ImportSettings settings;
    settings.as_of = quarter.as_of;
    settings.threads = job.threads;
    const auto report = TRY(match::import_files(store, law, paths, settings));
    std::uint64_t rows = 0;
    for (const match::FileReport& file : report.files) {
        if (file.refused) return std::unexpected(*file.refused);
        if (!file.is_register) rows += file.buckets.rows;
    }
    return rows;
}

monitor::CycleOptions options_of(const Job& job) {
    monitor::CycleOptions options;
    options.threads = job.threads;
    return options;
}

Result<void> write_warnings(store::DataFolder& store, const std::filesystem::path& path) {
    std::string text = "household_id,score,level,issued_on,due_on,indicators\n";
    for (const monitor::WarningRow& row : TRY(monitor::list_warnings(store))) {
        fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{}\n", row.household, row.score, row.level,
                       row.issued_on.iso(), row.due_on ? row.due_on->iso() : std::string(), row.indicators);
    }
    return write_file(path, text);
}

}  // namespace

Result<void> prepare(const Job& job, Duties& duties) {
    const policy::Policy law = TRY(load_law());
    const std::vector<std::pair<std::string, std::string>> settings{{"policy", law.pack.id},
                                                                    {"baseline", baseline().iso()}};
    const store::SealChoice seal{store::suite_of_setting(job.cipher), {}, baseline()};
    auto store = TRY(store::DataFolder::create(job.state, settings, seal));
    duties.begin("import");
    static_cast<void>(TRY(import_quarter(store, law, job, first_quarter())));
    duties.begin("cycle");
    static_cast<void>(TRY(monitor::run_cycle(store, law, first_quarter().as_of, options_of(job))));
    const auto closed = TRY(read_closing_list(job));
    static_cast<void>(TRY(monitor::close_warnings(store, AsOf{first_quarter().as_of.date + 15}, closed)));
    return {};
}

Result<void> arrive(const Job& job, Duties& duties) {
    duties.begin("law");
    const policy::Policy law = TRY(load_law());
    auto store = TRY(store::DataFolder::open(job.state, store::Access::write));
    duties.begin("import");
    duties.note("rows", TRY(import_quarter(store, law, job, second_quarter())));
    duties.begin("cycle");
    static_cast<void>(TRY(monitor::run_cycle(store, law, second_quarter().as_of, options_of(job))));
    duties.begin("warnings");
    TRY_VOID(write_warnings(store, job.out / "warnings.csv"));
    duties.end();
    return {};
}

}  // namespace doudi::bench
