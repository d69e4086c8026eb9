// SPDX-License-Identifier: Apache-2.0
// What a peer sends, whoever it is. The first byte says which: s a signed frame as it came, f a frame that
// our own key signs, so that what lies behind the signature is reached too, b the body of a message, by every
// rule of every channel that is shipped. Refused with words, or what was read holds.
#include <algorithm>
#include <array>
#include <filesystem>

#include "exchange/frame.h"
#include "exchange/mapping.h"
#include "fuzz/input.h"

namespace {

using namespace doudi;
using namespace doudi::exchange;

constexpr std::array<std::byte, 32> ours{std::byte{1}};

const std::vector<Channel>& channels() {
    static const std::vector<Channel> loaded =
        load_channels(std::filesystem::path(DOUDI_SOURCE_DIR) / "exchange").value();
    return loaded;
}

void check_refusal(const Error& error) {
    fuzz::demand(error.code == "exchange_frame" || error.code == "exchange_sign", "refused as " + error.code);
    fuzz::demand(!error.where.empty() && !error.text.zh.empty() && !error.text.en.empty(),
                 "refused without saying what");
}

void check_frame(const Frame& frame) {
    fuzz::demand(!frame.from.empty() && !frame.to.empty() && !frame.nonce.empty(), "a frame of nobody");
    fuzz::demand(frame.messages.size() <= most_in_frame && frame.receipts.size() <= most_in_frame &&
                     frame.asks.size() <= most_in_frame && frame.missing.size() <= most_in_frame,
                 "a frame without bound");
    for (const Message& message : frame.messages)
        fuzz::demand(message.number > 0 && !message.id.empty() && message.id.size() <= 64,
                     "a message without a number");
    const auto again = read_frame(write_frame(frame));
    fuzz::demand(again && write_frame(*again) == write_frame(frame), "a frame that does not come back");
}

void signed_frame(std::string_view text) {
    const std::array<std::span<const std::byte>, 1> keys{ours};
    const auto read = read_signed(text, keys);
    if (!read) return check_refusal(read.error());
    fuzz::demand(false, "a frame that we did not sign");
}

void frame(std::string_view text) {
    const auto read = read_frame(text);
    if (!read) return check_refusal(read.error());
    check_frame(*read);
    const std::array<std::span<const std::byte>, 1> keys{ours};
    std::string sent = write_signed(*read, ours);
    fuzz::demand(read_signed(sent, keys).has_value(), "a frame of ours that is not believed");
    const std::size_t at = sent.find("nonce");
    sent[at] = 'N';
    fuzz::demand(!read_signed(sent, keys), "a frame that was changed");
}

void check_mapped(const Channel& channel, const MessageRule& rule, const boost::json::object& body) {
    const auto content = to_ours(channel, rule, body);
    if (!content) {
        const Text& reason = content.error().reason;
        fuzz::demand(!reason.zh.empty() && !reason.en.empty(), "refused without a reason");
        return;
    }
    for (const FieldRule& field : rule.fields)
        fuzz::demand(!field.required || !first_word(content->fields, field.ours).empty(),
                     "a field that must be there");
    // What came can be said again; several words may share a code, so it is held against itself.
    const auto back = to_theirs(channel, rule, *content);
    fuzz::demand(back.has_value(), "what came cannot be said");
    const auto once_more = to_ours(channel, rule, *back);
    fuzz::demand(once_more.has_value(), "what was said cannot be read");
}

void body(std::string_view text) {
    boost::system::error_code failure;
    const auto value = boost::json::parse({text.data(), text.size()}, failure);
    if (failure || !value.is_object()) return;
    for (const Channel& channel : channels()) {
        for (const MessageRule& rule : channel.takes) check_mapped(channel, rule, value.get_object());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text = fuzz::text_of(data, size);
    if (text.front() == 's') signed_frame(text.substr(1));
    if (text.front() == 'f') frame(text.substr(1));
    if (text.front() == 'b') body(text.substr(1));
    return 0;
}
