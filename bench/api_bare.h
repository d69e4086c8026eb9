// SPDX-License-Identifier: Apache-2.0
// The bare side of the API's benchmark: what a program would ask the store if nobody had to be kept out of
// anything: one query where one will do, no scope, no unit, no opening of sealed records, no log of looks.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "bench/api_bench.h"
#include "bench/api_tally.h"
#include "store/data_folder.h"

namespace doudi::bench {

class BareStore {
  public:
    [[nodiscard]] static Result<BareStore> open(const store::Place& place, Plan& plan);
    // Notes each query's time. Gives what the rows name: households, members, counts.
    [[nodiscard]] Result<std::vector<std::string>> answer(const Question& question, Tally& tally);

  private:
    using Rows = Result<std::vector<std::string>>;
    BareStore(store::DataFolder data, store::Database writer, Plan& plan)
        : data_(std::move(data)), writer_(std::move(writer)), plan_(&plan) {}
    [[nodiscard]] Rows household(const Question& question);
    [[nodiscard]] Rows warnings(const Question& question, std::string& due, std::int64_t& id);
    [[nodiscard]] Rows counts(const Question& question);
    [[nodiscard]] Rows households(const Question& question);
    [[nodiscard]] Rows why(const Question& question);
    [[nodiscard]] Rows looks(const Question& question);
    [[nodiscard]] Rows upload();
    [[nodiscard]] Rows reveal(const Question& question);
    [[nodiscard]] const std::string& region_of(const Question& question) const;

    store::DataFolder data_;
    store::Database writer_;
    Plan* plan_;
    std::uint64_t written_ = 0;
};

}  // namespace doudi::bench
