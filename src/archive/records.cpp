// SPDX-License-Identifier: Apache-2.0
#include "archive/records.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace doudi::archive {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 4> kinds{"catalogue", "paper", "attachment", "events"};

json::object words(const Text& text) {
    return {{"zh", text.zh}, {"en", text.en}};
}

// Throws what Boost throws where the text is not ours.
std::string text_at(const json::object& from, std::string_view name) {
    return std::string(from.at(name).as_string());
}
std::int64_t number_at(const json::object& from, std::string_view name) {
    return from.at(name).to_number<std::int64_t>();
}
Date day_at(const json::object& from, std::string_view name) {
    return Date::parse_iso(text_at(from, name)).value();
}
Text words_at(const json::object& from, std::string_view name) {
    const json::object& both = from.at(name).as_object();
    return {text_at(both, "zh"), text_at(both, "en")};
}

Item item_of(const json::object& from) {
    Item item;
    item.kind = item_kind(text_at(from, "kind")).value();
    item.event = static_cast<int>(number_at(from, "event"));
    item.id = text_at(from, "id");
    item.name = text_at(from, "name");
    item.title = words_at(from, "title");
    item.on = day_at(from, "on");
    item.author = text_at(from, "author");
    item.type = text_at(from, "type");
    item.pages = static_cast<std::size_t>(number_at(from, "pages"));
    item.first_page = static_cast<std::size_t>(number_at(from, "first_page"));
    item.bytes = static_cast<std::uint64_t>(number_at(from, "bytes"));
    item.sha256 = text_at(from, "sha256");
    item.sm3 = text_at(from, "sm3");
    return item;
}

Manifest manifest_of(const json::object& from) {
    Manifest manifest;
    manifest.of = casework::CaseId(static_cast<std::uint64_t>(number_at(from, "case")));
    manifest.number = static_cast<int>(number_at(from, "number"));
    manifest.machine = text_at(from, "machine");
    manifest.pack = text_at(from, "pack");
    manifest.pack_version = text_at(from, "pack_version");
    manifest.events = static_cast<int>(number_at(from, "events"));
    manifest.closed_on = day_at(from, "closed_on");
    manifest.sealed_at = instant_of(number_at(from, "sealed_at"));
    manifest.sealed_by = access::UserId(static_cast<std::uint32_t>(number_at(from, "sealed_by")));
    manifest.pages = static_cast<std::size_t>(number_at(from, "pages"));
    for (const json::value& one : from.at("items").as_array())
        manifest.items.push_back(item_of(one.as_object()));
    for (const json::value& one : from.at("left_out").as_array()) {
        const json::object& left = one.as_object();
        manifest.left_out.push_back(
            {static_cast<int>(number_at(left, "event")), text_at(left, "paper"), words_at(left, "why")});
    }
    return manifest;
}

}  // namespace

json::object item_json(const Item& item) {
    return {{"kind", name_of(item.kind)},
            {"event", item.event},
            {"id", item.id},
            {"name", item.name},
            {"title", words(item.title)},
            {"on", item.on.iso()},
            {"author", item.author},
            {"type", item.type},
            {"pages", item.pages},
            {"first_page", item.first_page},
            {"bytes", item.bytes},
            {"sha256", item.sha256},
            {"sm3", item.sm3}};
}

std::string_view name_of(ItemKind kind) {
    return kinds[static_cast<std::size_t>(kind)];
}

std::optional<ItemKind> item_kind(std::string_view name) {
    const auto found = std::ranges::find(kinds, name);
    if (found == kinds.end()) return std::nullopt;
    return static_cast<ItemKind>(found - kinds.begin());
}

std::string to_json(const Manifest& manifest) {
    json::array items;
    for (const Item& item : manifest.items) items.push_back(item_json(item));
    json::array left_out;
    for (const LeftOut& one : manifest.left_out)
        left_out.push_back(json::object{{"event", one.event}, {"paper", one.paper}, {"why", words(one.why)}});
    return json::serialize(json::object{{"case", manifest.of.value()},
                                        {"number", manifest.number},
                                        {"machine", manifest.machine},
                                        {"pack", manifest.pack},
                                        {"pack_version", manifest.pack_version},
                                        {"events", manifest.events},
                                        {"closed_on", manifest.closed_on.iso()},
                                        {"sealed_at", micros_of(manifest.sealed_at)},
                                        {"sealed_by", manifest.sealed_by.value()},
                                        {"pages", manifest.pages},
                                        {"items", std::move(items)},
                                        {"left_out", std::move(left_out)}});
}

Result<Manifest> read_manifest(std::string_view text) {
    try {
        return manifest_of(json::parse({text.data(), text.size()}).as_object());
    } catch (const std::exception&) {
        return fail(ErrorKind::unreadable, "archive_damaged",
                    {"案卷清单已损坏", "the manifest of the file is damaged"});
    }
}

}  // namespace doudi::archive
