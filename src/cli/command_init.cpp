// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "cli/commands.h"
#include "cli/usage.h"
#include "policy/load.h"
#include "policy/profile_words.h"

namespace doudi::cli {
namespace {

struct InitOptions {
    StoreOptions store;
    std::string policy;
    std::string baseline;
    std::string cipher = "aes-256-gcm";
};

// Told once, when there is still nothing to lose.
void tell_keys(const Console& console, const store::DataFolder& store) {
    const auto file = store.key_file(console.key_file);
    if (!file) return;
    const std::string cipher = vault::name_of(store.seal()->ring().suite());
    const std::string ring = vault::ring_name(file->ring());
    console.line({fmt::format("数据以 {} 加密，密钥环 {}，密钥文件 {}", cipher, ring, file->path().string()),
                  fmt::format("the data is sealed with {}, key ring {}, key file {}", cipher, ring,
                              file->path().string())});
    console.line(
        {"请另存一份密钥文件并妥善保管：没有它，数据谁也读不了；数据的备份里没有它",
         "keep a copy of the key file in a safe place: without it nobody can read the data, and no backup of "
         "the data holds it"});
}

// A pack of ground rules alone would leave an office that is never warned of anything.
Error cannot_monitor(const std::filesystem::path& root, const policy::Policy& law) {
    const auto others = policy::packs_that_monitor(root, law.catalogue);
    return {ErrorKind::invalid,
            "pack_cannot_monitor",
            {fmt::format(
                 "政策包 {} 没有指标或等级，不能用于监测；请在包里写明监测方案（monitors_by），或使用：{}",
                 law.pack.id, fmt::join(others, "、")),
             fmt::format("pack {} has no indicators or no levels and cannot monitor; name a profile in it "
                         "(monitors_by), or take one of: {}",
                         law.pack.id, fmt::join(others, ", "))},
            {}};
}

// The law is checked before anything is made: a folder is never left half set up.
ExitCode init(const Console& console, const InitOptions& options) {
    const auto baseline = parse_date_option("--baseline", options.baseline);
    if (!baseline) return console.report(baseline.error());
    const auto root = policy::find_policy_root();
    if (!root) return console.report(root.error());
    const auto law = policy::load_policy(*root, options.policy);
    if (!law) return console.report(law.error());
    if (!law->pack.can_monitor()) return console.report(cannot_monitor(*root, *law));

    const std::array<std::pair<std::string, std::string>, 2> settings{
        {{"policy", options.policy}, {"baseline", baseline->iso()}}};
    const auto place = options.store.place();
    if (!place) return console.report(place.error());
    const auto& data = options.store.data;
    if (std::error_code failure;
        std::filesystem::exists(data, failure) && !std::filesystem::is_directory(data, failure)) {
        return console.report(Error{ErrorKind::invalid,
                                    "no_folder",
                                    {fmt::format("{} 是一个文件，不是目录：请另写目录名", data.string()),
                                     fmt::format("{} is a file and no folder: name another", data.string())},
                                    {}});
    }
    const store::SealChoice seal{store::suite_of_setting(options.cipher), console.key_file, today()};
    const auto store = store::DataFolder::create(*place, settings, seal);
    if (!store) return console.report(store.error());
    console.line(
        {fmt::format("已建立数据目录 {}：政策包 {}（{}），基准日 {}", options.store.data.string(),
                     law->pack.title.zh, law->pack.version, baseline->iso()),
         fmt::format("data folder {} is ready: pack {} ({}), baseline {}", options.store.data.string(),
                     law->pack.title.en, law->pack.version, baseline->iso())});
    if (law->pack.profile) console.note(policy::profile_words(law->pack));
    if (store->seal() != nullptr) tell_keys(console, *store);
    return ExitCode::done;
}

}  // namespace

void add_init(Registration registration) {
    auto options = std::make_shared<InitOptions>();
    auto* command =
        registration.app.add_subcommand("init", registration.help("建立一个数据目录", "make a data folder"));
    add_store_options(*command, registration.console, options->store,
                      {"数据目录（不存在或为空）", "the data folder (absent or empty)"});
    command
        ->add_option("--policy", options->policy,
                     registration.help("政策包，如 guangdong-2021", "the pack, such as guangdong-2021"))
        ->required();
    command
        ->add_option("--baseline", options->baseline,
                     registration.help("基准日：此日及以前的事件不计", "events up to this day do not count"))
        ->required();
    auto* cipher = command->add_option(
        "--cipher", options->cipher,
        registration.help("加密算法；须用商用密码的单位选 sm4-ctr-hmac-sm3；none 为不加密",
                          "how the data is sealed; sm4-ctr-hmac-sm3 where an office must; none: not at all"));
    allow_words(*cipher, registration.console, {"aes-256-gcm", "sm4-ctr-hmac-sm3", "none"});
    command->callback([registration, options]() mutable {
        registration.run = [&console = registration.console, options] { return init(console, *options); };
    });
}

}  // namespace doudi::cli
