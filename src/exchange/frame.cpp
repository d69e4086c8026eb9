// SPDX-License-Identifier: Apache-2.0
#include "exchange/frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "vault/digest.h"
#include "vault/secret.h"

namespace doudi::exchange {

namespace json = boost::json;

namespace {

constexpr std::string_view format = "doudi-exchange/1";
constexpr std::string_view algorithm = "hmac-sm3 ";
constexpr std::size_t longest_word = 64;
constexpr std::size_t longest_reason = 2000;
constexpr std::size_t deepest = 12;

std::unexpected<Error> broken(std::string where) {
    return fail(ErrorKind::invalid, "exchange_frame",
                {"交换报文的格式不正确", "the frame is not what it should be"}, std::move(where));
}

std::unexpected<Error> unsigned_frame(std::string where) {
    return fail(
        ErrorKind::usage, "exchange_sign",
        {"报文没有签名，或签名与约定的密钥不符", "the frame is not signed, or not with the key of the two"},
        std::move(where));
}

// The format stands before what is signed: a signature for something else is none here.
std::string signature(std::string_view frame, std::span<const std::byte> key) {
    vault::Hmac hmac(vault::Hash::sm3, key);
    const vault::Digest digest = hmac.add(format).add("\n").add(frame).finish();
    return vault::hex_of(digest);
}

json::array numbers_of(const std::vector<std::int64_t>& numbers) {
    json::array all;
    for (const std::int64_t number : numbers) all.emplace_back(number);
    return all;
}

json::object message_json(const Message& message) {
    json::object out{{"number", message.number},
                     {"id", message.id},
                     {"kind", message.kind},
                     {"made_at", micros_of(message.made_at)}};
    if (message.basis != 0) out["basis"] = message.basis;
    if (message.forgotten) {
        out["forgotten"] = true;
    } else {
        out["body"] = message.body;
    }
    return out;
}

json::object receipt_json(const Receipt& receipt) {
    json::object out{{"number", receipt.number}, {"state", receipt.state}};
    if (!receipt.field.empty()) out["field"] = receipt.field;
    if (!receipt.reason.zh.empty())
        out["reason"] = json::object{{"zh", receipt.reason.zh}, {"en", receipt.reason.en}};
    return out;
}

std::optional<json::value> parsed(std::string_view text) {
    json::parse_options options;
    options.max_depth = deepest;
    boost::system::error_code failure;
    json::value value = json::parse({text.data(), text.size()}, failure, {}, options);
    if (failure) return std::nullopt;
    return value;
}

// Reads an object field by field; the first fault stands.
class Reader {
  public:
    Reader(const json::value& value, std::string at) : at_(std::move(at)), object_(value.if_object()) {
        if (object_ == nullptr) fault("");
    }
    std::string text(std::string_view name, std::size_t longest, bool required) {
        const json::value* value = find(name, required);
        if (value == nullptr) return {};
        if (!value->is_string() || value->get_string().size() > longest ||
            (required && value->get_string().empty())) {
            fault(name);
            return {};
        }
        return std::string(value->get_string());
    }
    std::int64_t number(std::string_view name, std::int64_t least, bool required) {
        const json::value* value = find(name, required);
        if (value == nullptr) return 0;
        if (!value->is_int64() || value->get_int64() < least) {
            fault(name);
            return 0;
        }
        return value->get_int64();
    }
    bool flag(std::string_view name) {
        const json::value* value = find(name, false);
        if (value != nullptr && !value->is_bool()) fault(name);
        return value != nullptr && value->is_bool() && value->get_bool();
    }
    json::object object(std::string_view name) {
        const json::value* value = find(name, true);
        if (value != nullptr && value->is_object()) return value->get_object();
        fault(name);
        return {};
    }
    // At most so many; each item is read by `one`.
    template <class Item, class One>
    std::vector<Item> list(std::string_view name, One one) {
        std::vector<Item> items;
        const json::value* value = find(name, false);
        if (value == nullptr) return items;
        const json::array* array = value->if_array();
        if (array == nullptr || array->size() > most_in_frame) {
            fault(name);
            return items;
        }
        for (std::size_t i = 0; i < array->size() && fault_.empty(); ++i)
            items.push_back(one((*array)[i], fmt::format("{}/{}/{}", at_, name, i)));
        return items;
    }
    void fault(std::string_view name) {
        if (fault_.empty()) fault_ = fmt::format("{}/{}", at_, name);
    }
    void take_fault(const std::string& fault) {
        if (fault_.empty()) fault_ = fault;
    }
    [[nodiscard]] const std::string& fault() const { return fault_; }

  private:
    const json::value* find(std::string_view name, bool required) {
        const json::value* value = object_ == nullptr ? nullptr : object_->if_contains(name);
        if (value == nullptr && required) fault(name);
        return value;
    }
    std::string at_;
    const json::object* object_;
    std::string fault_;
};

Message read_message(Reader& frame, const json::value& value, const std::string& at) {
    Reader reader(value, at);
    Message message;
    message.number = reader.number("number", 1, true);
    message.id = reader.text("id", longest_word, true);
    message.kind = reader.text("kind", longest_word, true);
    message.made_at = instant_of(reader.number("made_at", 0, true));
    message.basis = reader.number("basis", 0, false);
    message.forgotten = reader.flag("forgotten");
    if (!message.forgotten) message.body = reader.object("body");
    frame.take_fault(reader.fault());
    return message;
}

Receipt read_receipt(Reader& frame, const json::value& value, const std::string& at) {
    Reader reader(value, at);
    Receipt receipt;
    receipt.number = reader.number("number", 1, true);
    receipt.state = reader.text("state", longest_word, true);
    receipt.field = reader.text("field", longest_reason, false);
    const json::object* object = value.if_object();
    const json::value* reason = object == nullptr ? nullptr : object->if_contains("reason");
    if (reason != nullptr) {
        Reader words(*reason, at + "/reason");
        receipt.reason = {words.text("zh", longest_reason, true), words.text("en", longest_reason, true)};
        reader.take_fault(words.fault());
    }
    frame.take_fault(reader.fault());
    return receipt;
}

std::int64_t read_number(Reader& frame, const json::value& value, const std::string& at) {
    if (value.is_int64() && value.get_int64() > 0) return value.get_int64();
    frame.take_fault(at);
    return 0;
}

}  // namespace

std::string write_frame(const Frame& frame) {
    json::array messages;
    json::array receipts;
    for (const Message& message : frame.messages) messages.push_back(message_json(message));
    for (const Receipt& receipt : frame.receipts) receipts.push_back(receipt_json(receipt));
    return json::serialize(json::object{{"format", format},
                                        {"from", frame.from},
                                        {"to", frame.to},
                                        {"at", micros_of(frame.at)},
                                        {"nonce", frame.nonce},
                                        {"answers", frame.answers},
                                        {"arrived", frame.arrived},
                                        {"messages", std::move(messages)},
                                        {"asks", numbers_of(frame.asks)},
                                        {"missing", numbers_of(frame.missing)},
                                        {"receipts", std::move(receipts)}});
}

Result<Frame> read_frame(std::string_view text) {
    const auto value = parsed(text);
    if (!value) return broken("json");
    Reader reader(*value, "");
    if (reader.text("format", longest_word, true) != format) return broken("/format");
    Frame frame;
    frame.from = reader.text("from", longest_word, true);
    frame.to = reader.text("to", longest_word, true);
    frame.at = instant_of(reader.number("at", 0, true));
    frame.nonce = reader.text("nonce", longest_word, true);
    frame.answers = reader.text("answers", longest_word, false);
    frame.arrived = reader.number("arrived", 0, true);
    const auto number = [&](const json::value& one, const std::string& at) {
        return read_number(reader, one, at);
    };
    frame.messages = reader.list<Message>("messages", [&](const json::value& one, const std::string& at) {
        return read_message(reader, one, at);
    });
    frame.asks = reader.list<std::int64_t>("asks", number);
    frame.missing = reader.list<std::int64_t>("missing", number);
    frame.receipts = reader.list<Receipt>("receipts", [&](const json::value& one, const std::string& at) {
        return read_receipt(reader, one, at);
    });
    if (!reader.fault().empty()) return broken(reader.fault());
    return frame;
}

std::string write_signed(const Frame& frame, std::span<const std::byte> key) {
    const std::string text = write_frame(frame);
    return json::serialize(
        json::object{{"frame", text}, {"sign", std::string(algorithm) + signature(text, key)}});
}

Result<Frame> read_signed(std::string_view text, Keys keys) {
    const auto value = parsed(text);
    if (!value || !value->is_object()) return broken("json");
    const json::value* frame = value->get_object().if_contains("frame");
    const json::value* sign = value->get_object().if_contains("sign");
    if (frame == nullptr || !frame->is_string()) return broken("/frame");
    if (sign == nullptr || !sign->is_string()) return unsigned_frame("/sign");
    const std::string_view told(sign->get_string());
    const std::string_view inner(frame->get_string());
    const bool holds = std::ranges::any_of(keys, [&](std::span<const std::byte> key) {
        const std::string due = std::string(algorithm) + signature(inner, key);
        return vault::equal_in_constant_time(vault::bytes_of(due), vault::bytes_of(told));
    });
    if (!holds) return unsigned_frame("/sign");
    return read_frame(inner);
}

}  // namespace doudi::exchange
