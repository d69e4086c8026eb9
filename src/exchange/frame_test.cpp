// SPDX-License-Identifier: Apache-2.0
#include "exchange/frame.h"

#include <doctest/doctest.h>

#include <array>

namespace doudi::exchange {
namespace {

constexpr std::array<std::byte, 32> key{std::byte{1}};
constexpr std::array<std::byte, 32> older{std::byte{2}};
constexpr std::array<std::byte, 32> foreign{std::byte{3}};

Frame frame() {
    Frame made;
    made.from = "county";
    made.to = "city";
    made.at = instant_of(1'750'000'000'000'000);
    made.nonce = "n-1";
    made.arrived = 4;
    made.messages.push_back({7, "m-7", "household", instant_of(5), 3, false, {{"code", "A1"}}});
    made.messages.push_back({8, "m-8", "household", instant_of(6), 0, true, {}});
    made.asks = {5, 6};
    made.missing = {2};
    made.receipts.push_back({1, "refused", "members/0/sex", {"没有这个值", "no such value"}});
    return made;
}

std::string read_with(std::string_view text, std::initializer_list<std::span<const std::byte>> keys) {
    const std::vector<std::span<const std::byte>> all(keys);
    const auto read = read_signed(text, all);
    return read ? "read" : read.error().code + " " + read.error().where;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

std::string fault(std::string_view from, std::string_view to) {
    const auto read = read_frame(replaced(write_frame(frame()), from, to));
    return read ? "none" : read.error().where;
}

}  // namespace

TEST_CASE("a frame is read as it was written") {
    const auto read = read_frame(write_frame(frame()));
    REQUIRE(read);
    CHECK(write_frame(*read) == write_frame(frame()));
    CHECK(read->messages[0].body.at("code").as_string() == "A1");
    CHECK(read->messages[0].basis == 3);
    CHECK(read->messages[1].forgotten);
    CHECK(read->receipts[0].reason.en == "no such value");
    CHECK(read->missing == std::vector<std::int64_t>{2});
}

TEST_CASE("only what was signed with a key of the two is read; the older key is still believed") {
    const std::string text = write_signed(frame(), key);
    CHECK(read_with(text, {key}) == "read");
    CHECK(read_with(text, {foreign}) == "exchange_sign /sign");
    CHECK(read_with(text, {}) == "exchange_sign /sign");
    CHECK(read_with(write_signed(frame(), older), {key, older}) == "read");
    CHECK(read_with(replaced(text, "m-7", "m-9"), {key}) == "exchange_sign /sign");
    CHECK(read_with(replaced(text, "hmac-sm3 ", "hmac-md5 "), {key}) == "exchange_sign /sign");
    CHECK(read_with(replaced(text, "\"sign\"", "\"sing\""), {key}) == "exchange_sign /sign");
    CHECK(read_with("{}", {key}) == "exchange_frame /frame");
    CHECK(read_with("[", {key}) == "exchange_frame json");
}

TEST_CASE("a frame that is broken says where") {
    CHECK(fault("doudi-exchange/1", "doudi-exchange/2") == "/format");
    CHECK(fault("\"from\":\"county\"", "\"from\":\"\"") == "/from");
    CHECK(fault("\"number\":7", "\"number\":0") == "/messages/0/number");
    CHECK(fault("\"number\":7", "\"number\":\"7\"") == "/messages/0/number");
    CHECK(fault("\"kind\":\"household\"", "\"kind\":null") == "/messages/0/kind");
    CHECK(fault("\"body\":{\"code\":\"A1\"}", "\"body\":7") == "/messages/0/body");
    CHECK(fault("\"asks\":[5,6]", "\"asks\":[5,-6]") == "/asks/1");
    CHECK(fault("\"receipts\":[", "\"receipts\":[7,") == "/receipts/0/");
    CHECK(fault("\"arrived\":4", "\"arrived\":-1") == "/arrived");
    CHECK(fault("\"zh\":\"没有这个值\",", "") == "/receipts/0/reason/zh");
}

TEST_CASE("a frame holds so many messages and no more") {
    Frame many = frame();
    many.asks.assign(most_in_frame, 1);
    CHECK(read_frame(write_frame(many)));
    many.asks.push_back(1);
    CHECK_FALSE(read_frame(write_frame(many)));
}

}  // namespace doudi::exchange
