// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "access/subject_text.h"
#include "access/vault_sealer.h"
#include "archive/kept_rows.h"
#include "casework/kept/kept_rows.h"
#include "cli/commands.h"
#include "cli/retention_office.h"
#include "cli/usage.h"
#include "exchange/kept_rows.h"
#include "match/retention.h"
#include "registry/register_seal.h"
#include "store/key_rotation.h"
#include "store/seal_in_place.h"
#include "store/subject_keys.h"
#include "upkeep/kept_payloads.h"

namespace doudi::cli {
namespace {

struct Options {
    StoreOptions store;
    bool data_key = false;
    std::string cipher = "aes-256-gcm";
    std::string master;
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
        const Text state = store::wraps_subjects(key.number)
                               ? Text{"包裹个人密钥", "wraps the keys of single people"}
                               : state_of(key.active);
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

// A master key goes for good, and with it what only it opens: the keys of single people in older backups.
Result<void> forget(const Console& console, const Options& options) {
    Keys keys = TRY(open_keys(console, options, store::Access::write));
    const auto wrapped = TRY(store::read_data_keys(keys.store.database()));
    if (std::ranges::find(wrapped, options.master, &vault::WrappedKey::master) != wrapped.end()) {
        return fail(ErrorKind::conflict, "master_key_in_use",
                    {fmt::format("主密钥 {} 还在使用：请先运行 doudi keys rotate", options.master),
                     fmt::format("master key {} is in use: run doudi keys rotate first", options.master)});
    }
    TRY_VOID(keys.file.forget_master(options.master));
    console.line(
        {fmt::format("主密钥 {} 已从 {} 删除：用它包裹的备份打不开了；其副本也请销毁", options.master,
                     keys.file.path().string()),
         fmt::format(
             "master key {} is gone from {}: backups that it wraps open no more; destroy the copies of "
             "the file, too",
             options.master, keys.file.path().string())});
    return {};
}

// Folder, rows, log: by the rooms whose they are.
Result<void> seal_folder(const Console& console, const Options& options, RetentionOffice& office) {
    AccessOffice& access = *office.access;
    access.log.reset();  // from here on its records are hashed with a key
    const store::SealChoice choice{store::suite_of_setting(options.cipher), console.key_file, today()};
    const std::array<store::SealRows, 7> rows{
        registry::seal_register_rows,
        upkeep::seal_case_rows,
        casework::seal_casework_rows,
        archive::seal_archive_rows,
        exchange::seal_exchange_rows,
        access::seal_words,
        [&](store::DataFolder& folder) { return match::seal_review_rows(folder, office.policy->catalogue); }};
    ProgressBar bar(console, {"加密", "sealing"});
    TRY_VOID(store::seal_in_place(access.store, choice, rows,
                                  [&](std::uint64_t done, std::uint64_t total) { bar.show(done, total); }));
    access.audit_key = access::audit_key_of(access.store);
    access.log =
        TRY(access::AuditLog::start(TRY(access.store.open_writer()), access.clock, access.audit_key));
    return record(access, access::Verb::administer, access::Thing::retention,
                  fmt::format("sealed the data folder with {}", options.cipher));
}

Result<void> seal(const Console& console, const Options& options) {
    auto office = open_retention(console, options.store, store::Access::write);
    if (!office) return fail(ErrorKind::invalid, "not_opened", {"没有作任何改动", "nothing was changed"});
    TRY_VOID(seal_folder(console, options, *office));
    const store::DataFolder& store = office->access->store;
    const auto file = TRY(store.key_file(console.key_file));
    const std::string cipher = vault::name_of(store.seal()->ring().suite());
    console.line(
        {fmt::format("数据目录已用 {} 加密，密钥文件 {}：请另存一份并妥善保管", cipher, file.path().string()),
         fmt::format("the data folder is sealed with {}, key file {}: keep a copy of it in a safe place",
                     cipher, file.path().string())});
    console.note(
        {"原来未加密的备份和磁盘旧块不受保护：请销毁旧备份",
         "plain backups of before, and old blocks of the disk, are as readable as they were: destroy "
         "the backups"});
    return {};
}

}  // namespace

void add_keys(Registration registration) {
    auto options = std::make_shared<Options>();
    auto* keys = registration.app.add_subcommand(
        "keys", registration.help("数据目录的密钥：查看、轮换、就地加密",
                                  "the keys of a data folder: list, rotate, seal what is plain"));
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
    auto* seal_command =
        add("seal", "把未加密的数据目录就地加密（可中断后再运行）",
            "seal a plain data folder where it lies; may be interrupted and run again", seal);
    auto* cipher = seal_command->add_option("--cipher", options->cipher,
                                            registration.help("加密算法", "how the data is sealed"));
    allow_words(*cipher, registration.console, {"aes-256-gcm", "sm4-ctr-hmac-sm3"});
    add("forget", "删除停用的主密钥：更早的备份从此打不开",
        "a retired master key goes: older backups open no more", forget)
        ->add_option("master", options->master, registration.help("主密钥，如 m1", "such as m1"))
        ->required();
    auto* turn = add("rotate", "换用新的主密钥，重新包裹数据密钥",
                     "a new master key; the data keys are wrapped anew", rotate);
    turn->add_flag(
        "--data-key", options->data_key,
        registration.help("同时启用新的数据密钥（只用于今后的数据）", "also a new data key, for what comes"));
}

}  // namespace doudi::cli
