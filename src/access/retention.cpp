// SPDX-License-Identifier: Apache-2.0
#include "access/retention.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/retention_repository.h"
#include "access/secrets.h"
#include "policy/faults.h"
#include "policy/folder.h"
#include "policy/yaml_reader.h"

namespace doudi::access {

using policy::YamlValue;

namespace {

constexpr int longest_days = 36525;

void read_class(const YamlValue& item, std::vector<RetentionClass>& classes) {
    const auto record = item.record({"class", "title", "purpose", "days", "basis", "checked"});
    if (!record) return;
    RetentionClass one;
    one.id = record->need_id("class");
    one.title = record->need_bilingual("title");
    one.purpose = record->need_bilingual("purpose");
    one.days = record->need_integer("days", 1, longest_days);
    one.basis = record->need_bilingual("basis");
    one.checked = record->flag("checked");
    const auto known = repository::retention_classes();
    const YamlValue* id = record->find("class");
    if (id != nullptr && std::ranges::find(known, std::string_view(one.id)) == known.end())
        id->unknown_name("retention_class", "数据类别", "class", one.id, {known.begin(), known.end()});
    if (std::ranges::find(classes, one.id, &RetentionClass::id) != classes.end())
        item.fault("retention_twice", "“" + one.id + "”重复", "'" + one.id + "' stands twice");
    classes.push_back(std::move(one));
}

struct Ended {
    Removal removal;
    std::vector<std::string> keys;
};

// In groups of eight: eleven digits in a row would be taken for a person's number, and the log hides those.
std::string in_groups(std::string_view hex) {
    constexpr std::size_t group = 8;
    std::string out(hex.substr(0, group));
    for (std::size_t at = group; at < hex.size(); at += group)
        out += fmt::format("-{}", hex.substr(at, group));
    return out;
}

Result<Ended> ended_of(store::Database& database, const RetentionClass& one, Instant now) {
    Ended ended;
    ended.removal.id = one.id;
    ended.removal.before = now - std::chrono::days(one.days);
    ended.keys = TRY(repository::select_ended(database, one.id, ended.removal.before));
    ended.removal.rows = ended.keys.size();
    std::string lines;
    for (const std::string& key : ended.keys) lines += key + "\n";
    ended.removal.keys_hash = in_groups(sm3_hex(lines));
    return ended;
}

}  // namespace

std::expected<RetentionTable, std::vector<Error>> RetentionTable::load(const std::filesystem::path& file) {
    const auto text = policy::read_whole_file(file);
    if (!text) return std::unexpected(std::vector<Error>{text.error()});
    return read(*text, "access/" + file.filename().string());
}

std::expected<RetentionTable, std::vector<Error>> RetentionTable::read(const std::string& yaml,
                                                                       std::string shown) {
    policy::Faults faults;
    RetentionTable table;
    const auto file = policy::read_yaml_text(yaml, std::move(shown), faults);
    if (const auto top = file ? file->record({"classes"}) : std::nullopt) {
        if (const YamlValue* classes = top->need("classes")) {
            for (const YamlValue& item : classes->list()) read_class(item, table.classes_);
        }
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return table;
}

Result<std::vector<Removal>> due_removals(store::Database& database, const RetentionTable& table,
                                          const Clock& clock) {
    std::vector<Removal> due;
    for (const RetentionClass& one : table.classes())
        due.push_back(TRY(ended_of(database, one, clock.now())).removal);
    return due;
}

Result<std::vector<Removal>> remove_due(store::Database& database, AuditLog& log, const RetentionTable& table,
                                        const Clock& clock, const Session& who) {
    std::vector<Removal> removed;
    for (const RetentionClass& one : table.classes()) {
        const Ended ended = TRY(ended_of(database, one, clock.now()));
        if (!ended.keys.empty()) {
            // First the proof: a row that goes without one would be a gap that nobody can explain. Killed
            // between the two, the rows are still there and go next time, with a proof of their own.
            Look look;
            look.who = who;
            look.verb = Verb::administer;
            look.thing = Thing::retention;
            look.what = fmt::format("removed {} of {} before {}: {}", ended.removal.rows, one.id,
                                    civil_day(ended.removal.before).iso(), ended.removal.keys_hash);
            TRY_VOID(log.append(look));
            TRY_VOID(database.write([&] { return repository::delete_rows(database, one.id, ended.keys); }));
        }
        removed.push_back(ended.removal);
    }
    return removed;
}

}  // namespace doudi::access
