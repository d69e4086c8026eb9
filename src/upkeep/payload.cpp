// SPDX-License-Identifier: Apache-2.0
#include "upkeep/payload.h"

#include <array>
#include <boost/json.hpp>

#include "store/row_seal.h"

namespace doudi::upkeep {

namespace json = boost::json;

namespace {

constexpr std::string_view seal_place = "change_case.sealed";

std::unexpected<Error> broken() {
    return fail(ErrorKind::unreadable, "change_case_broken",
                {"变动记录的内容已损坏", "what a case of change says is damaged"});
}

bool has_texts(const json::object& object, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        const json::value* value = object.if_contains(name);
        if (value == nullptr || !value->is_string()) return false;
    }
    return true;
}

std::string text_of(const json::object& object, std::string_view name) {
    return std::string(object.at(name).get_string());
}

Result<Change> read_change(const json::value& value) {
    const json::object* object = value.if_object();
    if (object == nullptr || !has_texts(*object, {"of", "field", "before", "after"})) return broken();
    const json::value* id = object->if_contains("id");
    if (id == nullptr || !id->is_int64()) return broken();
    Change change;
    change.subject = text_of(*object, "of") == "household" ? Subject::household : Subject::person;
    change.subject_id = id->get_int64();
    change.field = text_of(*object, "field");
    change.before = text_of(*object, "before");
    change.after = text_of(*object, "after");
    return change;
}

}  // namespace

std::string write_payload(const Payload& payload) {
    json::array changes;
    for (const Change& change : payload.changes) {
        changes.push_back(json::object{{"of", change.subject == Subject::household ? "household" : "person"},
                                       {"id", change.subject_id},
                                       {"field", change.field},
                                       {"before", change.before},
                                       {"after", change.after}});
    }
    return json::serialize(
        json::object{{"paper", payload.paper}, {"note", payload.note}, {"changes", std::move(changes)}});
}

Result<Payload> read_payload(std::string_view text) {
    boost::system::error_code failure;
    const json::value value = json::parse({text.data(), text.size()}, failure);
    const json::object* object = failure ? nullptr : value.if_object();
    if (object == nullptr || !has_texts(*object, {"paper", "note"})) return broken();
    const json::value* changes = object->if_contains("changes");
    if (changes == nullptr || !changes->is_array()) return broken();
    Payload payload{.paper = text_of(*object, "paper"), .note = text_of(*object, "note"), .changes = {}};
    for (const json::value& change : changes->get_array())
        payload.changes.push_back(TRY(read_change(change)));
    return payload;
}

Result<std::vector<std::byte>> seal_payload(const store::DataFolder& folder, PayloadKey key,
                                            std::string_view text) {
    auto seal = TRY(store::RowSeal::create(folder.seal(), seal_place));
    const std::array<std::int64_t, 2> row{key.user, key.at};
    const auto record = seal.seal(row, std::as_bytes(std::span(text.data(), text.size())));
    return std::vector<std::byte>(record.begin(), record.end());
}

Result<std::string> open_payload(const store::DataFolder& folder, PayloadKey key,
                                 std::span<const std::byte> sealed) {
    auto seal = TRY(store::RowSeal::create(folder.seal(), seal_place));
    const std::array<std::int64_t, 2> row{key.user, key.at};
    const auto content = TRY(seal.open(row, sealed));
    return std::string(reinterpret_cast<const char*>(content.data()), content.size());
}

}  // namespace doudi::upkeep
