// SPDX-License-Identifier: Apache-2.0
#include "exchange/peers.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "identity/fetch.h"
#include "policy/faults.h"
#include "policy/folder.h"
#include "policy/yaml_reader.h"

namespace doudi::exchange {

namespace fs = std::filesystem;
using policy::YamlRecord;
using policy::YamlValue;
using std::chrono::seconds;

namespace {

constexpr std::size_t key_size = 32;

// Relative to the file that names it.
fs::path path_of(const fs::path& folder, const std::string& text) {
    const fs::path path = text;
    return path.is_absolute() ? path : folder / path;
}

// 64 hexadecimal digits, its owner's alone.
void read_key(const YamlValue& value, const fs::path& folder, Peer& peer) {
    const fs::path file = path_of(folder, value.text().value_or(""));
    struct stat found{};
    if (::stat(file.c_str(), &found) == 0 && (found.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        value.fault("secret_open", "这个文件别人也能读取：请 chmod 600",
                    "others may read this file too: chmod 600");
        return;
    }
    auto text = policy::read_whole_file(file);
    while (text && !text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
    auto bytes = text ? vault::bytes_of_hex(*text) : std::nullopt;
    if (!bytes || bytes->size() != key_size) {
        value.fault("exchange_key", "密钥文件不存在，或不是 64 位十六进制数字",
                    "the file of the key is not there, or does not hold 64 hexadecimal digits");
        return;
    }
    peer.keys.push_back(vault::Secret::copy_of(*bytes));
    vault::wipe(*bytes);
    vault::wipe(std::as_writable_bytes(std::span(text->data(), text->size())));
}

void read_limits(const YamlRecord& record, Peer& peer) {
    const YamlValue* value = record.need("limits");
    const auto limits =
        value == nullptr ? std::nullopt : value->record({"seconds", "bytes", "messages", "skew"});
    if (!limits) return;
    constexpr int longest_call = 120;
    constexpr int largest = 8 << 20;
    constexpr int widest = 3600;
    peer.time = seconds(limits->need_integer("seconds", 1, longest_call));
    peer.bytes = static_cast<std::size_t>(limits->need_integer("bytes", 4096, largest));
    peer.at_once =
        static_cast<std::size_t>(limits->need_integer("messages", 1, static_cast<int>(most_in_frame)));
    peer.skew = seconds(limits->need_integer("skew", 1, widest));
}

void read_channel_of(const YamlRecord& record, const std::vector<Channel>& channels, Peer& peer) {
    const YamlValue* value = record.need("channel");
    if (value == nullptr) return;
    const std::string name = value->text().value_or("");
    const auto found = std::ranges::find(channels, name, &Channel::id);
    if (found != channels.end()) {
        peer.channel = *found;
        return;
    }
    std::vector<std::string_view> known;
    for (const Channel& channel : channels) known.push_back(channel.id);
    value->unknown_name("channel_unknown", "通道", "channel", name, known);
}

void read_url(const YamlRecord& record, Peer& peer) {
    const YamlValue* value = record.find("url");
    if (value == nullptr) return;
    peer.url = value->text().value_or("");
    if (!identity::is_callable(peer.url))
        value->fault("provider_url", "须为 https 地址（http 只用于本机），且不含用户名和 #",
                     "takes an https address (http for this machine alone) without a user and without #");
}

Peer read_peer(const YamlRecord& record, const fs::path& folder, const std::vector<Channel>& channels) {
    Peer peer;
    peer.id = record.need_id("id");
    peer.title = record.need_bilingual("title");
    read_channel_of(record, channels, peer);
    read_url(record, peer);
    if (const YamlValue* keys = record.need("key_files")) {
        for (const YamlValue& key : keys->one_or_list()) read_key(key, folder, peer);
    }
    if (const YamlValue* unit = record.find("stands_for")) peer.stands_for = unit->text().value_or("");
    peer.arrives_at = record.need_text("arrives_at");
    if (const YamlValue* ca = record.find("ca_file")) {
        peer.ca_file = path_of(folder, ca->text().value_or(""));
        std::error_code failure;
        if (!fs::is_regular_file(peer.ca_file, failure))
            ca->fault("ca_file", "没有这个证书文件", "there is no such file of certificates");
    }
    read_limits(record, peer);
    return peer;
}

}  // namespace

std::vector<std::span<const std::byte>> Peer::key_bytes() const {
    std::vector<std::span<const std::byte>> all;
    for (const vault::Secret& key : keys) all.push_back(key.bytes());
    return all;
}

const Peer* Peers::find(std::string_view id) const {
    const auto found = std::ranges::find(all, id, &Peer::id);
    return found == all.end() ? nullptr : &*found;
}

std::expected<Peers, std::vector<Error>> load_peers(const fs::path& file, const fs::path& channels_folder) {
    constexpr int longest_pause = 3600;
    const auto channels = load_channels(channels_folder);
    if (!channels) return std::unexpected(channels.error());
    policy::Faults faults;
    Peers peers;
    const auto yaml = policy::read_yaml_file(file, file.filename().string(), faults);
    const auto top = yaml ? yaml->record({"own", "every_seconds", "peers"}) : std::nullopt;
    if (top) {
        peers.own = top->need_id("own");
        peers.every = seconds(top->need_integer("every_seconds", 1, longest_pause));
    }
    const YamlValue* list = top ? top->need("peers") : nullptr;
    const std::vector<YamlValue> items = list == nullptr ? std::vector<YamlValue>() : list->list();
    for (const YamlValue& item : items) {
        const auto record = item.record(
            {"id", "title", "channel", "url", "key_files", "stands_for", "arrives_at", "ca_file", "limits"});
        if (!record) continue;
        Peer peer = read_peer(*record, file.parent_path(), *channels);
        if (peers.find(peer.id) != nullptr || peer.id == peers.own)
            item.fault("peer_twice", "标识重复，或与本单位相同", "its id stands twice, or is our own");
        peers.all.push_back(std::move(peer));
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return peers;
}

Result<void> check_offices(const Peers& peers, const access::UnitTree& units) {
    for (const Peer& peer : peers.all) {
        for (const std::string* code : {&peer.arrives_at, &peer.stands_for}) {
            if (code->empty() || units.find(std::string_view(*code)) != nullptr) continue;
            return fail(
                ErrorKind::invalid, "unit_unknown",
                {fmt::format("没有编码为“{}”的单位", *code), fmt::format("there is no office '{}'", *code)},
                "peers: " + peer.id);
        }
    }
    return {};
}

}  // namespace doudi::exchange
