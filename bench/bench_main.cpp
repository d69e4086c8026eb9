// SPDX-License-Identifier: Apache-2.0
// bench_cycle remember|match|prepare|arrive|read COUNTY STATE OUT [THREADS [CIPHER]]: one run, told as a line
// of JSON.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <utility>

#include "base/memory.h"
#include "bench/bench.h"
#include "policy/load.h"

namespace doudi::bench {
namespace {

Date day(std::string_view iso) {
    const auto date = Date::parse_iso(iso);
    ensure(date.has_value(), "a date of the benchmark");
    return *date;
}

}  // namespace

Quarter first_quarter() {
    return {"2025Q2", AsOf{day("2025-06-30")}};
}
Quarter second_quarter() {
    return {"2025Q3", AsOf{day("2025-09-30")}};
}
Date baseline() {
    return day("2025-03-31");
}

Result<policy::DatasetCatalogue> load_datasets() {
    auto datasets = policy::load_datasets(std::filesystem::path(DOUDI_SOURCE_DIR) / "datasets");
    if (!datasets) return std::unexpected(datasets.error().front());
    return std::move(*datasets);
}

Result<policy::Policy> load_law(policy::DatasetCatalogue datasets) {
    auto law = policy::load_policy(DOUDI_SOURCE_DIR, std::move(datasets), "guangdong-2021");
    if (!law) return std::unexpected(law.error().front());
    return std::move(*law);
}

Result<policy::Policy> load_law() {
    return load_law(TRY(load_datasets()));
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

std::vector<std::filesystem::path> feed_paths(const Job& job) {
    return files_of(job.county / second_quarter().name);
}

std::vector<std::filesystem::path> register_paths(const Job& job) {
    return files_of(job.county / "registry");
}

Result<std::vector<std::string>> read_closing_list(const Job& job) {
    const std::filesystem::path path = job.county / fmt::format("close-{}.csv", first_quarter().name);
    std::ifstream file(path);
    std::vector<std::string> households;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) households.push_back(line);
    if (!file.eof())
        return fail(ErrorKind::io, "cannot_read", {"读文件出错", "cannot read the file"},
                    path.filename().string());
    return households;
}

Result<void> write_file(const std::filesystem::path& path, std::string_view bytes) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool good = file >= 0;
    while (good && !bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        good = written > 0;
        if (good) bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    good = good && ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (!good)
        return fail(ErrorKind::io, "cannot_write", {"写文件出错", "cannot write the file"},
                    path.filename().string());
    return {};
}

}  // namespace doudi::bench

int main(int count, char** arguments) {
    doudi::give_back_large_blocks();
    using namespace doudi;
    const std::map<std::string, Result<void> (*)(const bench::Job&, bench::Duties&)> verbs{
        {"remember", bench::remember},
        {"match", bench::match},
        {"prepare", bench::prepare},
        {"arrive", bench::arrive},
        {"read", bench::bare_read}};
    const auto verb = count < 5 ? verbs.end() : verbs.find(arguments[1]);
    if (verb == verbs.end()) {
        fmt::print(stderr,
                   "bench_cycle remember|match|prepare|arrive|read COUNTY STATE OUT [THREADS [CIPHER]]\n");
        return 2;
    }
    bench::Job job{.county = arguments[2], .state = arguments[3], .out = arguments[4]};
    if (count > 5) job.threads = static_cast<unsigned>(std::max(1, std::atoi(arguments[5])));
    if (count > 6) job.cipher = arguments[6];
    bench::Duties duties;
    const Result<void> done = verb->second(job, duties);
    if (!done) {
        fmt::print(stderr, "bench_cycle: {}\n", done.error().message(Lang::en));
        return 1;
    }
    fmt::print("{}\n", duties.json());
    return 0;
}
