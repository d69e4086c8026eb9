// SPDX-License-Identifier: Apache-2.0
#include "store/engine.h"

#include <utility>

namespace doudi::store {

namespace {

constexpr std::size_t most_cached = 128;

}  // namespace

Result<std::unique_ptr<EngineStatement>> EngineConnection::take(std::string_view sql) {
    if (const auto at = free_.find(sql); at != free_.end() && !at->second.empty()) {
        auto statement = std::move(at->second.back());
        at->second.pop_back();
        --free_count_;
        return statement;
    }
    auto made = prepare(sql);
    if (!made) return note(std::unexpected(std::move(made).error()));
    return made;
}

void EngineConnection::give_back(std::unique_ptr<EngineStatement> statement) {
    statement->reset();
    statement->clear_bindings();
    if (free_count_ >= most_cached) clear_cache();
    auto& list = free_[statement->sql()];
    list.push_back(std::move(statement));
    ++free_count_;
}

}  // namespace doudi::store
