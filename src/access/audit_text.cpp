// SPDX-License-Identifier: Apache-2.0
#include "access/audit_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "access/secrets.h"
#include "base/id_number.h"
#include "vault/digest.h"
#include "vault/secret.h"

namespace doudi::access {

template <class IdType>
std::string write_ids(std::vector<IdType> ids) {
    std::ranges::sort(ids);
    const auto [repeated, end] = std::ranges::unique(ids);
    ids.erase(repeated, end);
    std::vector<std::uint32_t> numbers;
    for (const IdType id : ids) numbers.push_back(id.value());
    return fmt::format("{}", fmt::join(numbers, ","));
}
template std::string write_ids(std::vector<PersonId> ids);
template std::string write_ids(std::vector<HouseholdId> ids);

std::vector<std::uint32_t> read_ids(std::string_view text) {
    std::vector<std::uint32_t> ids;
    while (!text.empty()) {
        std::uint32_t id = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
        if (read.ec == std::errc{}) ids.push_back(id);
        const std::size_t comma = text.find(',');
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    }
    return ids;
}

namespace {

std::string_view word_of(SessionKind kind) {
    switch (kind) {
        case SessionKind::staff:
            return "staff";
        case SessionKind::citizen:
            return "citizen";
        case SessionKind::token:
            return "token";
        case SessionKind::machine:
            return "machine";
    }
    ensure(false, "a kind of session");
    return {};
}

void add_field(std::string& bytes, std::string_view text) {
    bytes += fmt::format("{}:", text.size());
    bytes += text;
}

}  // namespace

std::string without_numbers(std::string_view text) {
    constexpr std::size_t shortest_number = 11;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
        if (end - at >= shortest_number) {
            out += mask_text(text.substr(at, end - at));
        } else {
            end = std::max(end, at + 1);
            out += text.substr(at, end - at);
        }
        at = end;
    }
    return out;
}

AuditRecord record_of(const Look& look, Instant at) {
    AuditRecord record;
    record.at = at;
    record.kind = word_of(look.who.kind);
    record.user = look.who.user;
    record.user_name = look.who.user_name;
    record.unit = look.who.unit;
    record.roles = fmt::format("{}", fmt::join(look.who.roles, ","));
    record.purpose = look.who.why.purpose;
    record.case_ref = without_numbers(look.who.why.case_ref);
    record.verb = name_of(look.verb);
    record.thing = name_of(look.thing);
    record.persons = write_ids(look.persons);
    record.households = write_ids(look.households);
    record.what = without_numbers(look.what);
    record.reason = without_numbers(look.reason);
    record.flag = look.flag;
    record.from = look.who.from;
    return record;
}

std::string hash_of(const AuditRecord& record, std::string_view key) {
    std::string bytes;
    bytes.reserve(512);
    for (const std::uint64_t number :
         {record.seq, static_cast<std::uint64_t>(micros_of(record.at)), std::uint64_t{record.user.value()},
          std::uint64_t{record.unit.value()}}) {
        add_field(bytes, std::to_string(number));
    }
    for (const std::string* text :
         {&record.kind, &record.user_name, &record.roles, &record.purpose, &record.case_ref, &record.verb,
          &record.thing, &record.persons, &record.households, &record.what, &record.reason, &record.flag,
          &record.from, &record.previous}) {
        add_field(bytes, *text);
    }
    if (key.empty()) return sm3_hex(bytes);
    return vault::hex_of(vault::hmac_sm3(vault::bytes_of(key), vault::bytes_of(bytes)));
}

std::string first_hash() {
    return std::string(64, '0');
}

}  // namespace doudi::access
