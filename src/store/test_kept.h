// SPDX-License-Identifier: Apache-2.0
// What tests of terms share: a folder with rows written by hand, and a room's classes carried out over it.
#pragma once
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "store/kept_class.h"

namespace doudi::store {

struct KeptFolder {
    DataFolder data;
    std::vector<KeptClass> classes;

    KeptFolder(const Place& place, std::vector<KeptClass> of_room)
        : data(DataFolder::create(place).value()), classes(std::move(of_room)) {}

    void run(const std::string& sql) {
        const auto done = data.database().write([&] { return data.database().execute(sql); });
        REQUIRE_MESSAGE(done, (done ? "" : done.error().message(Lang::en)));
    }
    [[nodiscard]] const KeptClass& kept(std::string_view id) const {
        const auto at = std::ranges::find(classes, id, &KeptClass::id);
        REQUIRE(at != classes.end());
        return *at;
    }
    // Keys of what has ended before that.
    std::vector<std::string> ended(std::string_view id, Instant before) {
        const auto over = kept(id).ended(data, before).value();
        std::vector<std::string> keys;
        for (const Ended& one : over) keys.push_back(one.key);
        return keys;
    }
    // Has it gone, and gives what went.
    std::vector<std::string> remove(std::string_view id, Instant before) {
        const auto keys = ended(id, before);
        REQUIRE(kept(id).remove(data, keys, 1));
        return keys;
    }
    std::int64_t count(const char* table) {
        auto query = data.database().prepare(std::string("select count(*) from ") + table).value();
        REQUIRE(query.step().value());
        return query.integer(0);
    }
};

}  // namespace doudi::store
