// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/commands.h"
#include "cli/usage.h"
#include "store/key_rotation.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    bool data_key = false;
};

struct Keys {
    store::DataFolder store;
    vault::KeyFile file;
};

Result<Keys> open_keys(const Console& console, const Options& options, store::Access access) {
    auto store = TRY(store::DataFolder::open(TRY(options.store.place()), access, console.key_file));
    auto file = TRY(store.key_file(console.key_file));
    return Keys{std::move(store), std::move(file)};
}

Text state_of(bool active) {
    return active ? Text{"在用", "active"} : Text{"停用，仍可解密", "retired, still opens"};
}

Result<void> list(const Console& console, const Options& options) {
    Keys keys = TRY(open_keys(console, options, store::Access::read));
    const std::string ring = vault::ring_name(keys.file.ring());
    const std::string cipher = vault::name_of(keys.store.seal()->ring().suite());
    console.line({fmt::format("密钥环 {}（{}），密钥文件 {}", ring, cipher, keys.file.path().string()),
                  fmt::format("key ring {} ({}), key file {}", ring, cipher, keys.file.path().string())});
    const auto wrapped = TRY(store::read_data_keys(keys.store.database()));
    for (const vault::MasterKey& master : keys.file.masters()) {
        const auto count = std::ranges::count(wrapped, master.id, &vault::WrappedKey::master);
        const Text state = state_of(master.active);
        console.line({fmt::format("  主密钥 {}/{}\t{}\t{}\t包裹数据密钥 {} 个", ring, master.id,
                                  master.created_on.iso(), state.zh, count),
                      fmt::format("  master key {}/{}\t{}\t{}\twraps {} data key(s)", ring, master.id,
                                  master.created_on.iso(), state.en, count)});
    }
    for (const vault::WrappedKey& key : wrapped) {
        const Text state = state_of(key.active);
        console.line({fmt::format("  数据密钥 {}/{}\t{}\t{}\t由 {} 包裹", ring, key.number,
                                  key.created_on.iso(), state.zh, key.master),
                      fmt::format("  data key {}/{}\t{}\t{}\twrapped by {}", ring, key.number,
                                  key.created_on.iso(), state.en, key.master)});
    }
    return {};
}

Result<void> rotate(const Console& console, const Options& options) {
    Keys keys = TRY(open_keys(console, options, store::Access::write));
    TRY_VOID(store::rotate_master_key(keys.store.database(), keys.file, today()));
    if (options.data_key) TRY_VOID(store::rotate_data_key(keys.store.database(), keys.file, today()));
    console.line(
        {fmt::format("主密钥已轮换为 {}，数据没有重新加密；请重新保管密钥文件 {}（旧副本打不开今后的数据）",
                     keys.file.active().id, keys.file.path().string()),
         fmt::format("the master key is {} now, and no data was encrypted again; put a new copy of {} into "
                     "safe keeping (an old one does not open what is there from now on)",
                     keys.file.active().id, keys.file.path().string())});
    return {};
}

}  // namespace

void add_keys(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* keys = registration.app.add_subcommand(
        "keys", registration.help("加密数据目录的密钥：查看、轮换",
                                  "the keys of a sealed data folder: list, rotate"));
    keys->require_subcommand(1);
    const auto add = [&](const char* name, const char* zh, const char* en, auto verb) {
        auto* command = keys->add_subcommand(name, registration.help(zh, en));
        add_store_options(*command, registration.console, options->store);
        command->callback([registration, options, verb]() mutable {
            registration.run = [&console = registration.console, options, verb] {
                const auto done = verb(console, *options);
                return done ? ExitCode::done : console.report(done.error());
            };
        });
        return command;
    };
    add("list", "列出主密钥和数据密钥（不显示密钥本身）",
        "master keys and data keys (never the keys themselves)", list);
    auto* turn = add("rotate", "换用新的主密钥，重新包裹数据密钥",
                     "a new master key; the data keys are wrapped anew", rotate);
    turn->add_flag(
        "--data-key", options->data_key,
        registration.help("同时启用新的数据密钥（只用于今后的数据）", "also a new data key, for what comes"));
}

}  // namespace doudi::cli
