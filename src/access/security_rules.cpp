// SPDX-License-Identifier: Apache-2.0
#include "access/security_rules.h"

#include <algorithm>

#include "base/text_fold.h"
#include "policy/faults.h"
#include "policy/folder.h"
#include "policy/yaml_reader.h"

namespace doudi::access {

using policy::YamlRecord;
using policy::YamlValue;
using std::chrono::seconds;

seconds LockOut::wait_after(int failures) const {
    if (failures < free) return seconds(0);
    seconds wait = first;
    for (int i = free; i < failures && wait < most; ++i) wait *= 2;
    return std::min(wait, most);
}

namespace {

constexpr int longest_seconds = 366 * 86400;
constexpr int largest_count = 1 << 30;

seconds need_seconds(const YamlRecord& record, std::string_view key) {
    return seconds(record.need_integer(key, 1, longest_seconds));
}

int need_count(const YamlRecord& record, std::string_view key) {
    return record.need_integer(key, 1, largest_count);
}

void read_lock(const YamlRecord& record, std::string_view key, LockOut& lock) {
    const YamlValue* value = record.need(key);
    const auto figures = value == nullptr ? std::nullopt : value->record({"free", "first", "most", "forget"});
    if (!figures) return;
    lock.free = need_count(*figures, "free");
    lock.first = need_seconds(*figures, "first");
    lock.most = need_seconds(*figures, "most");
    lock.forget = need_seconds(*figures, "forget");
}

void read_span(const YamlRecord& record, std::string_view key, seconds& idle, seconds& end) {
    const YamlValue* value = record.need(key);
    const auto figures = value == nullptr ? std::nullopt : value->record({"idle", "end"});
    if (!figures) return;
    idle = need_seconds(*figures, "idle");
    end = need_seconds(*figures, "end");
}

void read_password(const YamlValue& value, SecurityRules& rules) {
    const auto record =
        value.record({"least", "most", "distinct", "kibibytes", "passes", "at_once", "waiting"});
    if (!record) return;
    rules.password_least = need_count(*record, "least");
    rules.password_most = need_count(*record, "most");
    rules.password_distinct = need_count(*record, "distinct");
    rules.password_kibibytes = need_count(*record, "kibibytes");
    rules.password_passes = need_count(*record, "passes");
    rules.password_at_once = need_count(*record, "at_once");
    rules.password_waiting = need_count(*record, "waiting");
}

void read_authorisation(const YamlValue& value, SecurityRules& rules) {
    const auto record = value.record({"longest_months", "basis"});
    if (!record) return;
    rules.authorisation_longest_months = need_count(*record, "longest_months");
    rules.authorisation_basis = record->need_bilingual("basis");
}

void read_rules(const YamlRecord& top, SecurityRules& rules) {
    if (const YamlValue* password = top.need("password")) read_password(*password, rules);
    const YamlValue* locks = top.need("lock_out");
    if (const auto record = locks == nullptr ? std::nullopt : locks->record({"account", "address"})) {
        read_lock(*record, "account", rules.account);
        read_lock(*record, "address", rules.address);
    }
    const YamlValue* session = top.need("session");
    if (const auto record = session == nullptr ? std::nullopt : session->record({"staff", "citizen"})) {
        read_span(*record, "staff", rules.session_idle, rules.session_end);
        read_span(*record, "citizen", rules.citizen_idle, rules.citizen_end);
    }
    const YamlValue* code = top.need("window_code");
    if (const auto record = code == nullptr ? std::nullopt : code->record({"term", "tries"})) {
        rules.window_code_term = need_seconds(*record, "term");
        rules.window_code_tries = need_count(*record, "tries");
    }
    const YamlValue* outside = top.need("outside");
    if (const auto record = outside == nullptr ? std::nullopt : outside->record({"attempt", "invitation"})) {
        rules.outside_attempt_term = need_seconds(*record, "attempt");
        rules.invitation_term = need_seconds(*record, "invitation");
    }
    const YamlValue* reveal = top.need("reveal");
    if (const auto record =
            reveal == nullptr ? std::nullopt : reveal->record({"term", "a_day", "reason_least"})) {
        rules.reveal_term = need_seconds(*record, "term");
        rules.reveals_a_day = need_count(*record, "a_day");
        rules.reason_least = need_count(*record, "reason_least");
    }
    const YamlValue* query = top.need("query");
    if (const auto record = query == nullptr ? std::nullopt : query->record({"a_day", "alarm"})) {
        rules.queries_a_day = need_count(*record, "a_day");
        rules.queries_alarm = need_count(*record, "alarm");
    }
    const YamlValue* strangers = top.need("first_request");
    if (const auto record =
            strangers == nullptr ? std::nullopt : strangers->record({"in_a_row", "a_minute"})) {
        rules.strangers_in_a_row = need_count(*record, "in_a_row");
        rules.strangers_a_minute = need_count(*record, "a_minute");
    }
    if (const YamlValue* papers = top.need("authorisation")) read_authorisation(*papers, rules);
    rules.recovery_codes = need_count(top, "recovery_codes");
    rules.proposal_term = need_seconds(top, "proposal_term");
    rules.token_longest_days = need_count(top, "token_longest_days");
    rules.adult_years = need_count(top, "adult_years");
}

void read_common(const std::filesystem::path& file, policy::Faults& faults, SecurityRules& rules) {
    const auto text = policy::read_whole_file(file);
    if (!text) {
        faults.add(text.error().code, text.error().text, {"access/common_passwords.txt", 0, 0});
        return;
    }
    std::string_view rest = *text;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        if (const std::string_view word = trim(rest.substr(0, end)); !word.empty())
            rules.common_passwords.emplace(word);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

}  // namespace

std::expected<SecurityRules, std::vector<Error>> SecurityRules::load(const std::filesystem::path& folder) {
    policy::Faults faults;
    SecurityRules rules;
    if (const auto file = policy::read_yaml_file(folder / "security.yaml", "access/security.yaml", faults)) {
        const auto top = file->record({"password", "lock_out", "session", "window_code", "outside", "query",
                                       "first_request", "authorisation", "recovery_codes", "reveal",
                                       "proposal_term", "token_longest_days", "adult_years"});
        if (top) read_rules(*top, rules);
    }
    read_common(folder / "common_passwords.txt", faults, rules);
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return rules;
}

}  // namespace doudi::access
