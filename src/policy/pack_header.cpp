// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "policy/pack_parts.h"

namespace doudi::policy {

namespace {

void read_effective(const YamlRecord& top, Pack& pack) {
    const YamlValue* value = top.need("effective");
    if (value == nullptr) return;
    const auto record = value->record({"from", "to"});
    if (!record) return;
    if (const YamlValue* from = record->need("from")) pack.effective_from = from->date().value_or(Date());
    if (const YamlValue* to = record->find("to")) pack.effective_to = to->date();
    if (pack.effective_to && *pack.effective_to < pack.effective_from) {
        value->fault("effective_reversed", "施行止日早于起日", "the pack ends before it begins");
    }
}

void read_scope(const YamlRecord& top, Pack& pack) {
    const YamlValue* value = top.find("region_scope");
    if (value == nullptr) return;
    pack.region_scope = value->text().value_or("");
    const bool digits = std::ranges::all_of(pack.region_scope, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || pack.region_scope.size() > 12) {
        value->fault("bad_region_scope", fmt::format("区划前缀“{}”应为至多 12 位数字", pack.region_scope),
                     fmt::format("the region prefix '{}' must be at most 12 digits", pack.region_scope));
    }
}

// What a pack and a profile both say of themselves.
void read_names(const YamlRecord& top, Pack& pack) {
    pack.id = top.need_id("id");
    pack.version = top.need_text("version");
    pack.title = top.need_bilingual("title");
    pack.source = top.need_text("source");
    if (const YamlValue* open = top.need("public")) pack.is_public = open->flag().value_or(false);
}

}  // namespace

PackHeader read_pack_header(const YamlValue& file) {
    PackHeader header;
    Pack& pack = header.pack;
    const auto top = file.record({"id", "version", "title", "source", "extends", "monitors_by",
                                  "region_scope", "effective", "public"});
    if (!top) return header;
    read_names(*top, pack);
    if (const YamlValue* extends = top->find("extends")) {
        if (extends->text()) header.extends = *extends;
    }
    if (const YamlValue* profile = top->find("monitors_by")) header.monitors_by = *profile;
    read_scope(*top, pack);
    read_effective(*top, pack);
    return header;
}

PackHeader read_profile_header(const YamlValue& file) {
    PackHeader header;
    header.pack.is_profile = true;
    const auto top = file.record({"id", "version", "title", "source", "standing", "public"});
    if (!top) return header;
    read_names(*top, header.pack);
    header.pack.profile.emplace().standing = top->need_bilingual("standing");
    return header;
}

Citation read_citation(const YamlRecord& record, const PackName& pack) {
    const YamlValue* cite = record.find("cite");
    if (cite == nullptr) {
        record.self().fault("missing_citation", "缺少依据条款“cite”",
                            "'cite', the clause it stands on, is missing");
        return {pack.id, pack.version, {}};
    }
    return {pack.id, pack.version, cite->text().value_or("")};
}

}  // namespace doudi::policy
