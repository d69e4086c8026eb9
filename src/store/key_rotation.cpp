// SPDX-License-Identifier: Apache-2.0
#include "store/key_rotation.h"

#include <algorithm>
#include <vector>

#include "store/sealing.h"
#include "store/subject_keys.h"

namespace doudi::store {

namespace {

Result<vault::Suite> suite_of(Database& database) {
    auto query = TRY(database.prepare("select value from setting where name = 'cipher'"));
    const auto suite = TRY(query.step()) ? suite_of_setting(query.text_view(0)) : std::nullopt;
    if (suite) return *suite;
    return fail(ErrorKind::not_found, "not_sealed",
                {"这个数据目录没有加密，也就没有密钥", "this data folder is not sealed and has no keys"});
}

}  // namespace

Result<void> rotate_master_key(Database& database, vault::KeyFile& file, Date today) {
    const vault::Suite suite = TRY(suite_of(database));
    const std::vector<vault::WrappedKey> keys = TRY(read_data_keys(database));
    const vault::KeyRing ring = TRY(vault::KeyRing::open(file, suite, file.ring(), keys));
    // Do they open at all? The file is not touched for a folder that it does not fit.
    for (const vault::WrappedKey& key : keys) (void)TRY(vault::KeyRing::wrap_anew(file, suite, key));
    TRY_VOID(file.add_master(today));
    return database.write([&]() -> Result<void> {
        for (const vault::WrappedKey& key : keys) {
            const vault::WrappedKey anew = TRY(vault::KeyRing::wrap_anew(file, suite, key));
            auto update =
                TRY(database.prepare("update data_key set master = $1, wrapped = $2 where id = $3"));
            update.bind(1, std::string_view(anew.master)).bind(2, std::string_view(anew.wrapped));
            TRY_VOID(update.bind(3, std::int64_t{anew.number}).run());
        }
        return rewrap_subject_keys(database, file, ring, today);
    });
}

Result<void> rotate_data_key(Database& database, const vault::KeyFile& file, Date today) {
    const vault::Suite suite = TRY(suite_of(database));
    std::vector<vault::WrappedKey> keys = TRY(read_data_keys(database));
    std::erase_if(keys, [](const vault::WrappedKey& key) { return wraps_subjects(key.number); });
    ensure(!keys.empty(), "a sealed folder has a data key");
    const vault::WrappedKey fresh = vault::KeyRing::new_key(file, suite, keys.back().number + 1, today);
    return database.write([&]() -> Result<void> {
        auto retire = TRY(database.prepare("update data_key set state = 'retired' where state = 'active'"));
        TRY_VOID(retire.run());
        return insert_data_key(database, fresh);
    });
}

}  // namespace doudi::store
