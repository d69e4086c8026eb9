// SPDX-License-Identifier: Apache-2.0
#include "casework/kept/told.h"

#include <array>
#include <boost/json.hpp>

#include "casework/kept/case_bytes.h"

namespace doudi::casework {

namespace {

namespace json = boost::json;

std::unexpected<Error> broken() {
    return fail(ErrorKind::invalid, "case_damaged", {"事项内容已损坏", "what an event was told is damaged"});
}

std::string json_of(const Fields& fields) {
    json::object object;
    for (const auto& [field, values] : fields) object[field] = json::value_from(values);
    return json::serialize(object);
}

Result<Fields> fields_of(std::string_view text) {
    boost::system::error_code failure;
    const json::value value = json::parse({text.data(), text.size()}, failure);
    if (failure || !value.is_object()) return broken();
    Fields fields;
    for (const auto& [field, values] : value.get_object()) {
        const json::array* array = values.if_array();
        if (array == nullptr) return broken();
        for (const json::value& one : *array) {
            if (!one.is_string()) return broken();
            fields[field].emplace_back(one.get_string());
        }
    }
    return fields;
}

std::array<std::int64_t, 2> key_of(const ToldPlace& place) {
    return {static_cast<std::int64_t>(place.of.value()), place.number};
}

}  // namespace

std::optional<store::SealedSubject> subject_of(const CaseHead& head) {
    if (head.person) return store::SealedSubject{store::SubjectKind::person, head.person->value()};
    if (head.household) return store::SealedSubject{store::SubjectKind::household, head.household->value()};
    return std::nullopt;
}

Result<ToldRow> write_told(const Seal& seal, const ToldPlace& place, const Fields& fields) {
    ToldRow row;
    row.text = json_of(fields);
    if (seal == nullptr) return row;
    const auto key = key_of(place);
    row.sealed = TRY(write_bytes(seal, {place.column, key, place.about},
                                 std::as_bytes(std::span(row.text.data(), row.text.size()))));
    row.text.clear();
    return row;
}

Result<std::optional<Fields>> read_told(const Seal& seal, const ToldPlace& place, std::string_view text,
                                        std::span<const std::byte> sealed) {
    if (!text.empty()) return std::optional(TRY(fields_of(text)));
    if (seal == nullptr || sealed.empty()) return std::optional<Fields>();
    const auto key = key_of(place);
    const auto content = TRY(read_bytes(seal, {place.column, key, place.about}, sealed));
    if (!content) return std::optional<Fields>();
    return std::optional(TRY(fields_of({reinterpret_cast<const char*>(content->data()), content->size()})));
}

}  // namespace doudi::casework
