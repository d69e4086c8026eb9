// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "determine/case_reader.h"
#include "determine/case_text.h"
#include "determine/golden.h"
#include "policy/folder.h"

namespace doudi::determine {

namespace fs = std::filesystem;
using policy::YamlEntry;
using policy::YamlRecord;
using policy::YamlValue;
using Kind = Expected::Kind;

namespace {

constexpr std::array<std::string_view, 4> verdict_words{"yes", "no", "unknown", "fault"};

// Reads one `expect`.
class ExpectReader {
  public:
    ExpectReader(const policy::Law& law, const Case& told) : law_(law), case_(told) {}

    std::vector<Expected> read(const YamlValue& value) {
        const auto record = value.record({"categories", "covers", "sets", "benefits", "shares", "amounts",
                                          "missing", "ask_first", "transfer", "watch", "sample", "rules"});
        if (!record) return {};
        by_member(*record, "categories", Kind::category, true, true);
        by_member(*record, "benefits", Kind::benefit, false, true);
        by_member(*record, "shares", Kind::share, false, false);
        by_member(*record, "amounts", Kind::amount, false, false);
        read_covers(*record);
        read_sets(*record);
        read_missing(*record);
        if (const YamlValue* one = record->find("ask_first")) add({Kind::ask_first, {}, {}, texts(*one)});
        read_transfer(*record);
        if (const YamlValue* list = record->find("watch")) {
            for (const YamlEntry& entry : list->entries())
                add({Kind::watch, entry.key, {}, texts(entry.value)});
        }
        if (const YamlValue* one = record->find("sample")) {
            if (const auto flag = one->flag()) add({Kind::sample, {}, {}, {*flag ? "true" : "false"}});
        }
        if (const YamlValue* list = record->find("rules")) {
            for (const YamlEntry& entry : list->entries())
                add({Kind::rule, entry.key, {}, texts(entry.value)});
        }
        return std::move(found_);
    }

  private:
    void add(Expected one) {
        if (!one.values.empty() || one.kind == Kind::covers || one.kind == Kind::set ||
            one.kind == Kind::missing || one.kind == Kind::transfer)
            found_.push_back(std::move(one));
    }

    static std::vector<std::string> texts(const YamlValue& value) {
        if (value.is_list()) return value.texts();
        const auto text = value.text();
        return text ? std::vector{*text} : std::vector<std::string>{};
    }

    template <class Elements>
    bool is_known(const YamlEntry& entry, const Elements& elements, const char* zh, const char* en) const {
        std::vector<std::string_view> known;
        for (const auto& one : elements) {
            if (one.id == entry.key) return true;
            known.push_back(one.id);
        }
        entry.key_value.unknown_name("golden_unknown_name", zh, en, entry.key, known);
        return false;
    }
    bool is_category(const YamlEntry& entry) const {
        return is_known(entry, law_.categories, "类别", "category");
    }
    bool is_benefit(const YamlEntry& entry) const {
        return is_known(entry, law_.benefits, "救助", "benefit");
    }
    bool is_member(const YamlEntry& entry) const {
        std::vector<std::string_view> known;
        for (const CaseMember& member : case_.members) {
            if (member.name == entry.key) return true;
            known.push_back(member.name);
        }
        entry.key_value.unknown_name("golden_unknown_member", "成员", "member", entry.key, known);
        return false;
    }

    void add_plain(Kind kind, const std::string& id, const std::string& member, const YamlValue& value,
                   bool is_verdict) {
        Expected one{kind, id, member, texts(value)};
        const bool wrong =
            is_verdict && !one.values.empty() &&
            std::ranges::find(verdict_words, std::string_view(one.value())) == verdict_words.end();
        if (wrong) {
            value.unknown_name("golden_verdict", "取值", "value", one.value(),
                               {verdict_words.begin(), verdict_words.end()});
            return;
        }
        add(std::move(one));
    }

    // {id: value} or {id: {member: value}}
    void by_member(const YamlRecord& record, std::string_view key, Kind kind, bool of_category,
                   bool is_verdict) {
        const YamlValue* list = record.find(key);
        if (list == nullptr) return;
        for (const YamlEntry& entry : list->entries()) {
            if (of_category ? !is_category(entry) : !is_benefit(entry)) continue;
            if (!entry.value.is_mapping()) {
                add_plain(kind, entry.key, {}, entry.value, is_verdict);
                continue;
            }
            for (const YamlEntry& of : entry.value.entries())
                if (is_member(of)) add_plain(kind, entry.key, of.key, of.value, is_verdict);
        }
    }

    void read_covers(const YamlRecord& record) {
        const YamlValue* list = record.find("covers");
        if (list == nullptr) return;
        for (const YamlEntry& entry : list->entries())
            if (is_category(entry)) add({Kind::covers, entry.key, {}, entry.value.texts()});
    }

    void read_sets(const YamlRecord& record) {
        const YamlValue* list = record.find("sets");
        if (list == nullptr) return;
        for (const YamlEntry& entry : list->entries())
            if (is_member(entry)) add({Kind::set, {}, entry.key, entry.value.texts()});
    }

    void read_missing(const YamlRecord& record) {
        const YamlValue* list = record.find("missing");
        if (list == nullptr) return;
        for (const YamlEntry& entry : list->entries()) {
            if (law_.benefit_of(entry.key) < 0 && !is_category(entry)) continue;
            if (!entry.value.is_mapping()) {
                add({Kind::missing, entry.key, {}, entry.value.texts()});
                continue;
            }
            for (const YamlEntry& of : entry.value.entries())
                if (is_member(of)) add({Kind::missing, entry.key, of.key, of.value.texts()});
        }
    }

    void read_transfer(const YamlRecord& record) {
        const YamlValue* value = record.find("transfer");
        if (value == nullptr) return;
        if (!value->is_mapping()) {
            if (value->one_of<bool>({{"none", true}})) add({Kind::transfer, "none", {}, {}});
            return;
        }
        const auto fields = value->record({"to", "from", "consent"});
        if (!fields) return;
        for (const YamlEntry& entry : fields->entries())
            add({Kind::transfer, entry.key, {}, texts(entry.value)});
    }

    const policy::Law& law_;
    const Case& case_;
    std::vector<Expected> found_;
};

class FileReader {
  public:
    FileReader(const policy::Law& law, std::string only_pack) : law_(law), only_pack_(std::move(only_pack)) {}

    std::vector<GoldenCase> read(const YamlValue& file) {
        const auto top = file.record({"base", "cases"});
        if (!top) return {};
        CaseDraft base(law_);
        if (const YamlValue* value = top->find("base")) base.take(*value);
        if (const YamlValue* cases = top->need("cases"))
            for (const YamlValue& item : cases->list()) read_case(item, base);
        return std::move(found_);
    }

  private:
    void read_case(const YamlValue& item, const CaseDraft& base) {
        const auto record = item.record({"id", "pack", "says", "cite", "shows", "set", "expect"});
        if (!record) return;
        GoldenCase golden{.id = record->need_id("id"), .where = item.place().text()};
        if (const YamlValue* pack = record->find("pack")) golden.pack = pack->text().value_or("");
        if (!only_pack_.empty() && golden.pack != only_pack_) return;
        golden.says = record->need_bilingual("says");
        golden.cite = record->need_text("cite");
        if (const YamlValue* shows = record->find("shows")) golden.shows = shows->text().value_or("");
        CaseDraft draft = base;
        if (const YamlValue* changes = record->find("set"))
            for (const YamlEntry& entry : changes->entries()) draft.set(entry);
        std::optional<Case> told = draft.read(item);
        if (!told) return;
        golden.told = std::move(*told);
        golden.told.id = golden.id;
        if (const YamlValue* expect = record->need("expect"))
            golden.expected = ExpectReader(law_, golden.told).read(*expect);
        found_.push_back(std::move(golden));
    }

    const policy::Law& law_;
    std::string only_pack_;
    std::vector<GoldenCase> found_;
};

// What stands wrong in the base of a file is found again by each of its cases.
std::vector<Error> once(std::vector<Error> errors) {
    std::vector<Error> kept;
    for (Error& error : errors) {
        const bool same = std::ranges::any_of(kept, [&](const Error& earlier) {
            return earlier.where == error.where && earlier.text == error.text;
        });
        if (!same) kept.push_back(std::move(error));
    }
    return kept;
}

void read_into(std::vector<GoldenCase>& all, const fs::path& file, std::string shown, const policy::Law& law,
               const std::string& only_pack, policy::Faults& faults) {
    const Result<std::string> text = policy::read_whole_file(file);
    if (!text) {
        faults.add(text.error().code, text.error().text, {std::move(shown), 0, 0});
        return;
    }
    const auto value = policy::read_yaml_text(*text, std::move(shown), faults);
    if (!value) return;
    for (GoldenCase& golden : FileReader(law, only_pack).read(*value)) all.push_back(std::move(golden));
}

void refuse_same_ids(const std::vector<GoldenCase>& all, policy::Faults& faults) {
    std::set<std::string> ids;
    for (const GoldenCase& golden : all) {
        if (ids.insert(golden.id).second) continue;
        faults.add(
            "duplicate_id",
            {fmt::format("标识“{}”重复", golden.id), fmt::format("the id '{}' is given twice", golden.id)},
            {golden.where, 0, 0});
    }
}

}  // namespace

std::expected<std::vector<GoldenCase>, std::vector<Error>> read_golden_file(const fs::path& file,
                                                                            std::string shown,
                                                                            const policy::Law& law,
                                                                            const std::string& only_pack) {
    policy::Faults faults;
    std::vector<GoldenCase> all;
    read_into(all, file, std::move(shown), law, only_pack, faults);
    refuse_same_ids(all, faults);
    if (!faults.none()) return std::unexpected(once(std::move(faults).take()));
    return all;
}

std::expected<std::vector<GoldenCase>, std::vector<Error>> read_golden_cases(const fs::path& folder,
                                                                             const policy::Law& law) {
    policy::Faults faults;
    std::vector<GoldenCase> all;
    std::error_code ignored;
    if (!fs::exists(folder, ignored)) return all;
    const std::string name = folder.parent_path().filename().string();
    for (const fs::path& file : policy::yaml_files(folder, faults)) {
        read_into(all, file, "packs/" + name + "/cases/" + file.filename().string(), law, {}, faults);
    }
    refuse_same_ids(all, faults);
    if (!faults.none()) return std::unexpected(once(std::move(faults).take()));
    return all;
}

}  // namespace doudi::determine
