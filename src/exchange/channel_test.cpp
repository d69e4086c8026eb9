// SPDX-License-Identifier: Apache-2.0
#include "exchange/channel.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "exchange/peers.h"
#include "store/test_folder.h"

namespace doudi::exchange {
namespace {

namespace fs = std::filesystem;

const fs::path shipped = fs::path(DOUDI_SOURCE_DIR) / "exchange";

void write(const fs::path& path, std::string_view text) {
    std::ofstream(path, std::ios::binary) << text;
}

constexpr std::string_view head = "id: harbour\ntitle: {zh: 港务平台, en: Harbour}\n";
constexpr std::string_view tail =
    "receipts: {taken: [OK], refused: [NO]}\nretry: {after_seconds: [10, 20], give_up_after: 2}\n";
constexpr std::string_view message =
    "sends:\n  - {id: h, title: {zh: 户, en: H}, about: household, fields: [{ours: code, theirs: no, "
    "required: true}]}\n";

// The codes of the faults, with their lines.
std::string faults_of(std::string_view between, std::string_view end = tail) {
    const store::TestFolder folder;
    write(folder / "harbour.yaml", std::string(head) + std::string(between) + std::string(end));
    const auto loaded = load_channels(folder.path());
    if (loaded) return "none";
    std::string all;
    for (const Error& fault : loaded.error()) {
        CHECK(!fault.text.zh.empty());
        CHECK(fault.where.find("harbour.yaml:") != std::string::npos);
        all += fault.code + " ";
    }
    return all;
}

}  // namespace

TEST_CASE("every channel that is shipped loads, sends or takes something and says what its receipts mean") {
    const auto channels = load_channels(shipped);
    REQUIRE_MESSAGE(channels, (channels ? "" : channels.error().front().message(Lang::en)));
    CHECK(channels->size() == 5);
    for (const Channel& channel : *channels) {
        CAPTURE(channel.id);
        CHECK(channel.sends.size() + channel.takes.size() > 0);
        CHECK(!channel.taken.empty());
        CHECK(!channel.refused.empty());
        for (const CodeTable& table : channel.codes) CHECK(!table.standard.empty());
    }
}

TEST_CASE("a new platform is a new file and nothing else") {
    const store::TestFolder folder;
    for (const auto& file : fs::directory_iterator(shipped))
        fs::copy(file.path(), folder.path() / file.path().filename());
    write(folder / "harbour.yaml", std::string(head) + std::string(message) + std::string(tail));
    const auto channels = load_channels(folder.path());
    REQUIRE(channels);
    CHECK(channels->size() == 6);
    const auto found = std::ranges::find(*channels, "harbour", &Channel::id);
    REQUIRE(found != channels->end());
    REQUIRE(found->sent("h") != nullptr);
    CHECK(found->sent("h")->fields.front().theirs == "no");
    CHECK(found->sent("other") == nullptr);
    CHECK(found->taken_up("h") == nullptr);
}

TEST_CASE("pauses grow as the channel says, and the last one goes on") {
    Channel channel;
    channel.pauses = {std::chrono::seconds(10), std::chrono::seconds(60)};
    CHECK(channel.pause_after(0).count() == 10);
    CHECK(channel.pause_after(1).count() == 10);
    CHECK(channel.pause_after(2).count() == 60);
    CHECK(channel.pause_after(9).count() == 60);
}

TEST_CASE("what a channel says wrongly is a fault with its place") {
    CHECK(faults_of(message) == "none");
    CHECK(faults_of(message, "receipts: {taken: [OK], refused: [NO]}\n") == "yaml_missing_key ");
    CHECK(faults_of("sends:\n  - {id: h, title: {zh: 户, en: H}, about: household, fields: [{ours: code, "
                    "required: true}, "
                    "{ours: shoe_size}]}\n") == "field_unknown ");
    CHECK(faults_of(
              "sends:\n  - {id: h, title: {zh: 户, en: H}, about: household, fields: [{ours: region}]}\n") ==
          "household_code ");
    CHECK(faults_of("sends:\n  - {id: h, title: {zh: 户, en: H}, about: household, fields: [{ours: code, "
                    "required: true, with: residence_kind}]}\n") == "with_no_code ");
    CHECK(faults_of(
              "codes: [{id: t, standard: s, pairs: {a/urban: \"1\"}}]\ntakes:\n  - {id: h, title: {zh: "
              "户, en: H}, about: household, fields: [{ours: code, required: true}, {ours: category, code: "
              "t, with: residence_kind}]}\n") == "with_not_sent ");
    CHECK(faults_of("takes:\n  - {id: c, title: {zh: 件, en: C}, about: case, machine: warning, moves: "
                    "[accept], fields: [{ours: case.move}, {ours: case.on}, {ours: case.number}], members: "
                    "{theirs: m, fields: [{ours: name}]}}\n") == "members_into ");
    CHECK(faults_of("sends:\n  - {id: h, title: {zh: 户, en: H}, about: household, fields: [{ours: code, "
                    "required: true, "
                    "code: nothing}]}\n") == "code_unknown ");
    CHECK(
        faults_of("sends:\n  - {id: c, title: {zh: 件, en: C}, about: case, whose: ours, machine: [], moves: "
                  "[accept], fields: [{ours: case.move}, {ours: case.on}]}\n") == "case_machines ");
    CHECK(faults_of(
              "sends:\n  - {id: c, title: {zh: 件, en: C}, about: case, whose: upwards, machine: [warning, "
              "task], moves: [accept], fields: [{ours: case.move}, {ours: case.on}]}\n") == "none");
    CHECK(
        faults_of("takes:\n  - {id: c, title: {zh: 件, en: C}, about: case, machine: [warning, task], opens: "
                  "raise, fields: [{ours: case.move}, {ours: case.on}, {ours: case.asked}, {ours: "
                  "case.household}]}\n") == "case_machines ");
    CHECK(faults_of(
              "takes:\n  - {id: c, title: {zh: 件, en: C}, about: case, machine: warning, opens_late: true, "
              "moves: [accept], fields: [{ours: case.move}, {ours: case.on}, {ours: case.number}]}\n") ==
          "opens_late ");
    CHECK(faults_of("takes:\n  - {id: c, title: {zh: 件, en: C}, about: case, machine: warning, moves: "
                    "[accept], fields: "
                    "[{ours: case.move}]}\n") == "case_fields case_fields ");
    CHECK(
        faults_of("takes:\n  - {id: f, title: {zh: 申请, en: F}, about: request, fields: [{ours: case.asked, "
                  "required: true}, {ours: name, required: true}]}\n") == "request_fields ");
    CHECK(faults_of(
              "sends:\n  - {id: f, title: {zh: 回告, en: F}, about: request, fields: [{ours: case.answers, "
              "required: true}, {ours: request.receipt}, {ours: request.state, required: true}]}\n") ==
          "request_fields ");
}

namespace {

constexpr std::string_view peer_text =
    "own: county\nevery_seconds: 5\npeers:\n  - id: city\n    title: {zh: 市, en: City}\n    channel: doudi\n"
    "    url: https://city.example/api/v1/exchange/county/inbox\n    key_files: [city.key]\n    arrives_at: "
    "county\n"
    "    limits: {seconds: 5, bytes: 65536, messages: 10, skew: 300}\n";

std::string peer_faults(const store::TestFolder& folder, std::string_view text) {
    write(folder / "peers.yaml", text);
    const auto loaded = load_peers(folder / "peers.yaml", shipped);
    if (loaded) return "none";
    std::string all;
    for (const Error& fault : loaded.error()) all += fault.code + " ";
    return all;
}

std::string with(std::string_view from, std::string_view to) {
    std::string text(peer_text);
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a peer has a key of 64 digits in a file that nobody else may read") {
    const store::TestFolder folder;
    CHECK(peer_faults(folder, peer_text) == "exchange_key ");
    write(folder / "city.key", std::string(64, 'a') + "\n");
    fs::permissions(folder / "city.key", fs::perms::owner_read | fs::perms::others_read);
    CHECK(peer_faults(folder, peer_text) == "secret_open ");
    fs::permissions(folder / "city.key", fs::perms::owner_read);
    CHECK(peer_faults(folder, peer_text) == "none");
    fs::remove(folder / "city.key");
    write(folder / "city.key", std::string(63, 'a'));
    fs::permissions(folder / "city.key", fs::perms::owner_read);
    CHECK(peer_faults(folder, peer_text) == "exchange_key ");
}

TEST_CASE("a peer is called over https alone, by a channel that is there, and is not ourselves") {
    const store::TestFolder folder;
    write(folder / "city.key", std::string(64, 'a'));
    fs::permissions(folder / "city.key", fs::perms::owner_read);
    CHECK(peer_faults(folder, with("https://city", "http://city")) == "provider_url ");
    CHECK(peer_faults(folder, with("channel: doudi", "channel: dudi")) == "channel_unknown ");
    CHECK(peer_faults(folder, with("own: county", "own: city")) == "peer_twice ");
    CHECK(peer_faults(folder, with("seconds: 5, bytes", "seconds: 0, bytes")) == "yaml_out_of_range ");
    const auto peers = load_peers(folder / "peers.yaml", shipped);
    CHECK_FALSE(peers);
}

}  // namespace doudi::exchange
