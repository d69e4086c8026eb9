// SPDX-License-Identifier: Apache-2.0
// bench_rules make ROWS SEED FOLDER · bench_rules columns|hand FOLDER ANSWERS THREADS: one run, told as a
// line of JSON. The time is that of the evaluation alone, the columns being in memory, as numpy's is.
// bench_rules files ROWS SEED FOLDER · bench_rules means FOLDER ANSWERS THREADS: from files to an answer
// file.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "bench/means_bench.h"
#include "bench/means_files.h"
#include "bench/rules_columns.h"
#include "expr/check.h"
#include "expr/columns.h"

namespace doudi::bench {
namespace {

class Facts : public expr::FactTable {
  public:
    explicit Facts(const RulesData& data) : rows_(data.rows) {
        for (std::size_t i = 0; i < rules_columns.size(); ++i) {
            schema.add_variable(std::string(rules_columns[i].name), rules_columns[i].kind);
            columns_[i].kind = rules_columns[i].kind;
            columns_[i].numbers = data.columns[i].numbers.data();
            columns_[i].lanes = data.columns[i].lanes.empty() ? nullptr : data.columns[i].lanes.data();
        }
    }
    [[nodiscard]] std::size_t rows() const override { return rows_; }
    [[nodiscard]] const expr::FactColumn* column(expr::FieldRef ref) const override {
        return &columns_[ref.variable];
    }

    expr::Schema schema;

  private:
    std::size_t rows_;
    std::array<expr::FactColumn, rules_columns.size()> columns_;
};

std::int8_t number_of(const expr::ColumnAnswer& answer, std::size_t row) {
    switch (answer.lanes[row]) {
        case expr::Lane::value:
            return static_cast<std::int8_t>(answer.numbers[row]);
        case expr::Lane::unknown:
            return -1;
        default:
            return -2;
    }
}

// In columns, by the language. What the words of the answer are for numpy is not timed.
double in_columns(const RulesData& data, unsigned threads, std::vector<std::int8_t>& out) {
    const Facts facts(data);
    auto program = expr::compile(means_test, facts.schema, expr::CheckMode::pack_value);
    ensure(program.has_value(), "the benchmark's condition compiles");
    expr::ColumnAnswer answer;
    const auto begin = std::chrono::steady_clock::now();
    const auto counts = expr::evaluate_columns(*program, facts, threads, answer);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    ensure(counts.rows == 0, "every operator of the benchmark has a kernel");
    for (std::size_t row = 0; row < data.rows; ++row) out[row] = number_of(answer, row);
    return spent.count();
}

double by_hand(const RulesData& data, unsigned threads, std::vector<std::int8_t>& out) {
    const auto begin = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> workers;
        for (unsigned n = 0; n < threads; ++n) {
            workers.emplace_back([&, n] {
                means_test_by_hand(data, data.rows * n / threads, data.rows * (n + 1) / threads, out.data());
            });
        }
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

Result<void> run(std::string_view engine, const std::filesystem::path& folder,
                 const std::filesystem::path& answers, unsigned threads) {
    const RulesData data = TRY(read_rules_data(folder));
    std::vector<std::int8_t> out(data.rows);
    std::string seconds;
    for (int n = 0; n < 9; ++n) {
        const double spent = engine == "hand" ? by_hand(data, threads, out) : in_columns(data, threads, out);
        seconds += fmt::format("{}{:.6f}", n == 0 ? "" : ", ", spent);
    }
    std::ofstream file(answers, std::ios::binary);
    file.write(reinterpret_cast<const char*>(out.data()), static_cast<std::streamsize>(out.size()));
    file.flush();
    fmt::print(R"({{"seconds": [{}]}})"
               "\n",
               seconds);
    return {};
}

double seconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

Result<void> tell_means(const std::filesystem::path& folder, const std::filesystem::path& answers,
                        unsigned threads) {
    const MeansTimes times = TRY(run_means_test(folder, answers, threads));
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    fmt::print(R"({{"seconds": [{:.6f}], "cpu": {:.6f}, "read": {:.6f}, "judge": {:.6f}, "write": {:.6f}, )"
               R"("mib": {:.1f}, "members": {}, "bytes": {}}})"
               "\n",
               times.read + times.judge + times.write, seconds_of(used.ru_utime) + seconds_of(used.ru_stime),
               times.read, times.judge, times.write, static_cast<double>(used.ru_maxrss) / 1024,
               times.members, times.bytes);
    return {};
}

}  // namespace
}  // namespace doudi::bench

int main(int count, char** arguments) {
    using namespace doudi;
    const std::string_view verb = count > 4 ? arguments[1] : "";
    Result<void> done = fail(ErrorKind::usage, "usage",
                             {"用法：bench_rules make|columns|hand|files|means …",
                              "usage: bench_rules make|columns|hand|files|means …"});
    if (verb == "make") {
        const auto data = bench::make_rules_data(std::strtoull(arguments[2], nullptr, 10),
                                                 std::strtoull(arguments[3], nullptr, 10));
        done = bench::write_rules_data(data, arguments[4]);
    } else if (verb == "files") {
        done = bench::make_means_files(std::strtoull(arguments[2], nullptr, 10),
                                       std::strtoull(arguments[3], nullptr, 10), arguments[4]);
    } else if (verb == "means") {
        done = bench::tell_means(arguments[2], arguments[3],
                                 static_cast<unsigned>(std::strtoul(arguments[4], nullptr, 10)));
    } else if (verb == "columns" || verb == "hand") {
        done = bench::run(verb, arguments[2], arguments[3],
                          static_cast<unsigned>(std::strtoul(arguments[4], nullptr, 10)));
    }
    if (done) return 0;
    fmt::print(stderr, "{}\n", done.error().message(Lang::en));
    return 1;
}
