// SPDX-License-Identifier: Apache-2.0
#include "access/retention.h"

#include <fmt/format.h>

#include <algorithm>

#include "access/retention_repository.h"
#include "access/secrets.h"
#include "base/said.h"
#include "policy/faults.h"
#include "policy/folder.h"
#include "policy/yaml_reader.h"

namespace doudi::access {

using policy::YamlValue;

namespace {

constexpr int longest_days = 36525;

void read_class(const YamlValue& item, const std::vector<store::KeptClass>& kept,
                std::vector<RetentionClass>& classes) {
    const auto record = item.record({"class", "title", "purpose", "days", "basis", "checked"});
    if (!record) return;
    RetentionClass one;
    one.id = record->need_id("class");
    one.title = record->need_bilingual("title");
    one.purpose = record->need_bilingual("purpose");
    one.days = record->need_integer("days", 1, longest_days);
    one.basis = record->need_bilingual("basis");
    one.checked = record->flag("checked");
    const YamlValue* id = record->find("class");
    if (id != nullptr && std::ranges::find(kept, one.id, &store::KeptClass::id) == kept.end()) {
        std::vector<std::string> known;
        for (const store::KeptClass& other : kept) known.push_back(other.id);
        id->unknown_name("retention_class", "数据类别", "class", one.id, {known.begin(), known.end()});
    }
    if (std::ranges::find(classes, one.id, &RetentionClass::id) != classes.end())
        item.fault("retention_twice", "“" + one.id + "”重复", "'" + one.id + "' stands twice");
    classes.push_back(std::move(one));
}

struct Found {
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

bool is_held(const std::vector<Hold>& holds, std::string_view id, const store::Ended& ended) {
    return std::ranges::any_of(holds, [&](const Hold& hold) {
        if (!hold.id_of_class.empty() && hold.id_of_class != id) return false;
        return !hold.household || ended.of_many || hold.household->value() == ended.household;
    });
}

Result<Found> find_due(store::DataFolder& folder, const RetentionTable& table, const RetentionClass& one,
                       const std::vector<Hold>& holds, Instant now) {
    Found found;
    const Instant before = now - std::chrono::days(one.days);
    auto all = TRY(table.kept(one.id).ended(folder, before));
    for (store::Ended& ended : all) {
        if (!is_held(holds, one.id, ended)) found.keys.push_back(std::move(ended.key));
    }
    found.removal = removal_of(one.id, before, found.keys);
    found.removal.held = all.size() - found.keys.size();
    return found;
}

std::string proposal_body(std::span<const Removal> due) {
    std::string items;
    for (const Removal& one : due) {
        if (one.rows == 0) continue;
        items +=
            fmt::format(R"({}{{"class":"{}","before":"{}","due":{},"held":{}}})", items.empty() ? "" : ",",
                        one.id, civil_day(one.before).iso(), one.rows, one.held);
    }
    return items.empty() ? std::string() : "[" + items + "]";
}

Look retention_look(const Session& who, std::string what, const std::string& reason) {
    Look look;
    look.who = who;
    look.verb = Verb::administer;
    look.thing = Thing::retention;
    look.what = std::move(what);
    look.reason = reason;
    return look;
}

std::string name_of(const Session& who) {
    return who.user_name;
}

}  // namespace

std::vector<store::KeptClass> kept_classes() {
    std::vector<store::KeptClass> classes;
    for (const std::string_view id : repository::retention_classes()) {
        classes.push_back(
            {.id = std::string(id),
             .counted_from = repository::counted_from(id),
             .ended = [id](
                          store::DataFolder& folder,
                          Instant before) { return repository::select_ended(folder.database(), id, before); },
             .remove =
                 [id](store::DataFolder& folder, std::span<const std::string> keys, std::int64_t) {
                     return store::remove_in_parts(folder.database(), keys, [&](auto part) {
                         return repository::delete_rows(folder.database(), id, part);
                     });
                 }});
    }
    return classes;
}

std::expected<RetentionTable, std::vector<Error>> RetentionTable::load(const std::filesystem::path& file,
                                                                       std::vector<store::KeptClass> kept) {
    const auto text = policy::read_whole_file(file);
    if (!text) return std::unexpected(std::vector<Error>{text.error()});
    return read(*text, "access/" + file.filename().string(), std::move(kept));
}

std::expected<RetentionTable, std::vector<Error>> RetentionTable::read(const std::string& yaml,
                                                                       std::string shown,
                                                                       std::vector<store::KeptClass> kept) {
    policy::Faults faults;
    RetentionTable table;
    table.kept_ = std::move(kept);
    const auto file = policy::read_yaml_text(yaml, std::move(shown), faults);
    if (const auto top = file ? file->record({"classes"}) : std::nullopt) {
        if (const YamlValue* classes = top->need("classes")) {
            for (const YamlValue& item : classes->list()) read_class(item, table.kept_, table.classes_);
        }
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return table;
}

const store::KeptClass& RetentionTable::kept(std::string_view id) const {
    const auto at = std::ranges::find(kept_, id, &store::KeptClass::id);
    ensure(at != kept_.end(), "a class that retention.yaml was held to");
    return *at;
}

Removal removal_of(std::string id, Instant before, std::span<const std::string> keys) {
    Removal removal;
    removal.id = std::move(id);
    removal.before = before;
    removal.rows = keys.size();
    std::string lines;
    for (const std::string& key : keys) lines += key + "\n";
    removal.keys_hash = in_groups(sm3_hex(lines));
    return removal;
}

Result<std::vector<Removal>> due_removals(store::DataFolder& folder, const RetentionTable& table,
                                          const Clock& clock) {
    const auto holds = TRY(open_holds(folder.database()));
    std::vector<Removal> due;
    for (const RetentionClass& one : table.classes())
        due.push_back(TRY(find_due(folder, table, one, holds, clock.now())).removal);
    return due;
}

Result<std::int64_t> remove_with_proof(store::DataFolder& folder, AuditLog& log, const Clock& clock,
                                       const Session& who, const Removal& removal, const std::string& reason,
                                       const std::function<Result<void>(std::int64_t proof)>& carry_out) {
    store::Database& database = folder.database();
    std::int64_t proof = 0;
    TRY_VOID(database.write([&]() -> Result<void> {
        proof = TRY(repository::insert_removal(database, removal, clock.now(), name_of(who)));
        return {};
    }));
    // First the proof: what goes without one would be a gap that nobody can explain. Killed between the two,
    // it is still there and goes next time, with a proof of its own.
    TRY_VOID(log.append(
        retention_look(who,
                       fmt::format("removed {} of {} before {}: {} (proof {})", removal.rows, removal.id,
                                   civil_day(removal.before).iso(), removal.keys_hash, proof),
                       reason)));
    TRY_VOID(carry_out(proof));
    TRY_VOID(database.write([&] { return repository::end_removal(database, proof, clock.now()); }));
    return proof;
}

Result<std::vector<Removal>> remove_due(store::DataFolder& folder, AuditLog& log, const RetentionTable& table,
                                        const Clock& clock, const Session& who, std::string_view only) {
    const auto holds = TRY(open_holds(folder.database()));
    std::vector<Removal> removed;
    bool any = false;
    for (const RetentionClass& one : table.classes()) {
        if (!only.empty() && one.id != only) continue;
        Found found = TRY(find_due(folder, table, one, holds, clock.now()));
        if (!found.keys.empty()) {
            any = true;
            found.removal.proof =
                TRY(remove_with_proof(folder, log, clock, who, found.removal, {}, [&](std::int64_t proof) {
                    return table.kept(one.id).remove(folder, found.keys, proof);
                }));
        }
        removed.push_back(std::move(found.removal));
    }
    if (any) TRY_VOID(folder.settle_deletions());
    return removed;
}

Result<std::vector<Proof>> proofs(store::Database& database, std::int64_t before, int most) {
    return repository::select_removals(database, before, most);
}

Result<std::optional<Proof>> proof_of(store::Database& database, const Removal& removal) {
    return repository::select_removal_of(database, removal);
}

// --- holds

Result<std::int64_t> place_hold(store::Database& database, AuditLog& log, const RetentionTable& table,
                                const Clock& clock, const Session& who, const Hold& asked) {
    Hold hold = asked;
    const auto& classes = table.classes();
    if (!hold.id_of_class.empty() &&
        std::ranges::find(classes, hold.id_of_class, &RetentionClass::id) == classes.end()) {
        return fail(ErrorKind::usage, "retention_class",
                    {fmt::format("没有数据类别“{}”", hold.id_of_class),
                     fmt::format("there is no class '{}'", hold.id_of_class)});
    }
    if (!says_something(hold.reason)) {
        return fail(ErrorKind::usage, "hold_reason",
                    {"停删须写明事由（案号、审计通知）", "a hold needs a reason: the case, the audit"});
    }
    hold.placed_by = name_of(who);
    Look look = retention_look(
        who, fmt::format("hold on {}", hold.id_of_class.empty() ? "every class" : hold.id_of_class),
        hold.reason);
    if (hold.household) look.households.push_back(*hold.household);
    TRY_VOID(log.append(look));
    std::int64_t id = 0;
    TRY_VOID(database.write_beside([&]() -> Result<void> {
        id = TRY(repository::insert_hold(database, hold, clock.now()));
        return {};
    }));
    return id;
}

Result<void> lift_hold(store::Database& database, AuditLog& log, const Clock& clock, const Session& who,
                       std::int64_t id, const std::string& reason) {
    if (!says_something(reason)) {
        return fail(ErrorKind::usage, "hold_reason", {"解除停删须写明事由", "who lifts a hold says why"});
    }
    TRY_VOID(log.append(retention_look(who, fmt::format("lift hold {}", id), reason)));
    return database.write_beside(
        [&] { return repository::end_hold(database, id, name_of(who), clock.now()); });
}

Result<std::vector<Hold>> open_holds(store::Database& database) {
    return repository::select_holds(database);
}

// --- proposals

Result<std::optional<RetentionProposal>> propose_removals(store::DataFolder& folder,
                                                          store::Database& database,
                                                          const RetentionTable& table, const Clock& clock) {
    const std::string body = proposal_body(TRY(due_removals(folder, table, clock)));
    std::optional<RetentionProposal> made;
    if (body.empty()) return made;
    made = RetentionProposal{0, civil_day(clock.now()), body};
    TRY_VOID(database.write_beside([&]() -> Result<void> {
        made->id = TRY(repository::insert_proposal(database, made->made_on, body));
        return {};
    }));
    return made;
}

Result<std::optional<RetentionProposal>> open_proposal(store::Database& database) {
    return repository::select_open_proposal(database);
}

Result<void> close_proposal(store::Database& database, const Clock& clock, const Session& who,
                            std::int64_t id) {
    return database.write_beside(
        [&] { return repository::end_proposal(database, id, name_of(who), clock.now()); });
}

}  // namespace doudi::access
