// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "exchange/channel.h"
#include "exchange/content.h"
#include "policy/faults.h"
#include "policy/folder.h"
#include "policy/yaml_reader.h"
#include "registry/fields.h"

namespace doudi::exchange {

namespace fs = std::filesystem;
using policy::YamlRecord;
using policy::YamlValue;

namespace {

std::vector<std::string> texts_of(const YamlRecord& record, std::string_view key, bool required) {
    const YamlValue* value = required ? record.need(key) : record.find(key);
    return value == nullptr ? std::vector<std::string>() : value->texts();
}

std::string text_of(const YamlRecord& record, std::string_view key) {
    const YamlValue* value = record.find(key);
    return value == nullptr ? std::string() : value->text().value_or("");
}

std::vector<YamlValue> list_of(const YamlRecord& record, std::string_view key, bool required) {
    const YamlValue* value = required ? record.need(key) : record.find(key);
    return value == nullptr ? std::vector<YamlValue>() : value->list();
}

CodeTable read_table(const YamlRecord& record) {
    CodeTable table{record.need_id("id"), record.need_text("standard"), {}};
    const YamlValue* pairs = record.need("pairs");
    if (pairs == nullptr) return table;
    for (const policy::YamlEntry& entry : pairs->entries())
        table.pairs.emplace_back(entry.key, entry.value.text().value_or(""));
    return table;
}

// A field whose table is not there would send words in the clear where codes are meant.
int table_named(const Channel& channel, const YamlRecord& record) {
    const YamlValue* value = record.find("code");
    if (value == nullptr) return -1;
    const std::string name = value->text().value_or("");
    const auto found = std::ranges::find(channel.codes, name, &CodeTable::id);
    if (found != channel.codes.end()) return static_cast<int>(found - channel.codes.begin());
    std::vector<std::string_view> known;
    for (const CodeTable& table : channel.codes) known.push_back(table.id);
    value->unknown_name("code_unknown", "代码表", "table of codes", name, known);
    return -1;
}

std::vector<FieldRule> read_fields(const Channel& channel, const YamlRecord& record) {
    std::vector<FieldRule> fields;
    for (const YamlValue& item : list_of(record, "fields", true)) {
        const auto field =
            item.record({"ours", "rather", "theirs", "code", "with", "as", "required", "many"});
        if (!field) continue;
        FieldRule rule;
        rule.ours = field->need_text("ours");
        rule.rather = text_of(*field, "rather");
        rule.theirs = text_of(*field, "theirs");
        if (rule.theirs.empty()) rule.theirs = rule.ours;
        rule.table = table_named(channel, *field);
        rule.with = text_of(*field, "with");
        if (!rule.with.empty() && rule.table < 0)
            item.fault("with_no_code", "with 须与 code 同用", "takes code where it takes with");
        rule.required = field->flag("required");
        rule.many = field->flag("many");
        if (const YamlValue* as = field->find("as"))
            rule.form = as->one_of<Form>({{"text", Form::text},
                                          {"date", Form::date},
                                          {"day", Form::day},
                                          {"month", Form::month}})
                            .value_or(Form::text);
        if (std::ranges::find(fields, rule.theirs, &FieldRule::theirs) != fields.end())
            item.fault("field_twice", "对方的这个字段写了两次", "this field of theirs stands twice");
        fields.push_back(std::move(rule));
    }
    return fields;
}

void read_case(const YamlRecord& record, MessageRule& rule, bool is_sent) {
    using enum MessageRule::Whose;
    if (const YamlValue* machines = record.need("machine")) {
        for (const YamlValue& one : machines->one_or_list())
            if (auto name = one.text()) rule.machines.push_back(std::move(*name));
    }
    rule.opens = text_of(record, "opens");
    rule.opens_late = record.flag("opens_late");
    rule.moves = texts_of(record, "moves", is_sent || rule.opens.empty());
    const YamlValue* whose = is_sent ? record.need("whose") : record.find("whose");
    if (whose != nullptr)
        rule.whose = whose
                         ->one_of<MessageRule::Whose>(
                             {{"theirs", theirs}, {"asked", asked}, {"ours", ours}, {"upwards", upwards}})
                         .value_or(theirs);
}

// Without these a message that comes could not be followed by anything.
void check_case(const YamlValue& item, const MessageRule& rule, bool is_sent) {
    const auto has = [&](std::string_view ours) {
        return std::ranges::find(rule.fields, ours, &FieldRule::ours) != rule.fields.end();
    };
    if (!has("case.move") || !has("case.on"))
        item.fault("case_fields", "办件消息须有 case.move 和 case.on",
                   "takes case.move and case.on among its fields");
    if (rule.machines.empty() || (!rule.opens.empty() && rule.machines.size() > 1))
        item.fault("case_machines", "machine 须写明办件种类，可立案的消息只能有一种",
                   "names its machines, and one alone where it opens cases");
    if (rule.opens_late && rule.opens.empty())
        item.fault("opens_late", "opens_late 须与 opens 同用", "takes opens where it takes opens_late");
    if (is_sent) return;
    if (!rule.opens.empty() && (!has("case.asked") || !has("case.household")))
        item.fault("case_fields", "可立案的消息须有 case.asked 和 case.household",
                   "one that opens a case takes case.asked and case.household");
    if (rule.opens.empty() && !has("case.number") && !has("case.asked"))
        item.fault("case_fields", "须有 case.number 或 case.asked", "takes case.number or case.asked");
}

// Of one that comes: without these it could not be kept, or not be answered.
void check_request(const YamlValue& item, const MessageRule& rule, bool is_sent) {
    const auto has = [&](std::string_view ours) {
        return std::ranges::any_of(
            rule.fields, [&](const FieldRule& field) { return field.ours == ours && field.required; });
    };
    const std::vector<std::string_view> needed =
        is_sent ? std::vector<std::string_view>{case_answers, request_receipt, request_state}
                : std::vector<std::string_view>{case_asked,        "machine", "name",
                                                "identity_number", "phone",   "region"};
    const bool has_all = std::ranges::all_of(needed, has);
    if (has_all && rule.members_as.empty()) return;
    item.fault("request_fields",
               is_sent ? "须有必填的 case.answers、request.receipt、request.state，没有成员"
                       : "须有必填的 case.asked、machine、name、identity_number、phone、region，没有成员",
               is_sent
                   ? "takes case.answers, request.receipt and request.state as required, and no members"
                   : "takes case.asked, machine, name, identity_number, phone and region as required, and "
                     "no members");
}

// What the register does not have cannot be told of it, nor taken.
void check_register_fields(const YamlValue& item, const std::vector<FieldRule>& rules,
                           std::span<const std::string_view> fields) {
    const std::vector<std::string_view> known(fields.begin(), fields.end());
    for (const FieldRule& rule : rules) {
        if (rule.ours == "code" || std::ranges::find(known, rule.ours) != known.end()) continue;
        item.unknown_name("field_unknown", "名册字段", "field of the register", rule.ours, known);
    }
}

void check_household(const YamlValue& item, const MessageRule& rule) {
    check_register_fields(item, rule.fields, registry::household_fields());
    check_register_fields(item, rule.members, registry::member_fields());
    const auto code = std::ranges::find(rule.fields, "code", &FieldRule::ours);
    if (code == rule.fields.end() || !code->required)
        item.fault("household_code", "须有必填的 code（户编号）",
                   "takes code, the household's number, as required");
}

// Whom a case is about is told as the register has them; of those who come the case is told in a field.
void check_case_members(const YamlValue& item, const MessageRule& rule, bool is_sent) {
    if (rule.members_as.empty()) return;
    check_register_fields(item, rule.members, registry::member_fields());
    if (is_sent != rule.members_into.empty())
        item.fault("members_into", "收到的办件消息的成员须有 into，其他消息没有",
                   "takes into with the members of a case that comes, and with no others");
}

// Facts are known of households that we tell of.
void check_parted(const YamlValue& item, const MessageRule& rule, bool is_sent) {
    const auto has_with = [](const std::vector<FieldRule>& fields) {
        return std::ranges::any_of(fields, [](const FieldRule& field) { return !field.with.empty(); });
    };
    const bool may = is_sent && rule.about == MessageRule::About::household;
    if (has_with(rule.members) || (!may && has_with(rule.fields)))
        item.fault("with_not_sent", "with 只用于上报名册的户字段",
                   "takes with only in fields of households that are sent");
}

MessageRule read_message(const Channel& channel, const YamlValue& item, const YamlRecord& record,
                         bool is_sent) {
    using enum MessageRule::About;
    MessageRule rule;
    rule.id = record.need_id("id");
    rule.title = record.need_bilingual("title");
    rule.fields = read_fields(channel, record);
    const YamlValue* about = record.need("about");
    if (about != nullptr)
        rule.about = about
                         ->one_of<MessageRule::About>(
                             {{"household", household}, {"case", case_}, {"request", request}})
                         .value_or(household);
    if (rule.about == case_) {
        read_case(record, rule, is_sent);
        check_case(item, rule, is_sent);
    }
    const YamlValue* members = record.find("members");
    const auto inner = members == nullptr ? std::nullopt : members->record({"theirs", "into", "fields"});
    if (inner) {
        rule.members_as = inner->need_text("theirs");
        rule.members_into = text_of(*inner, "into");
        rule.members = read_fields(channel, *inner);
    }
    if (rule.about == household) check_household(item, rule);
    if (rule.about == household && !rule.members_into.empty())
        item.fault("members_into", "名册消息的成员没有 into", "takes no into with members of the register");
    if (rule.about == case_) check_case_members(item, rule, is_sent);
    if (rule.about == request) check_request(item, rule, is_sent);
    check_parted(item, rule, is_sent);
    return rule;
}

std::vector<MessageRule> read_messages(const Channel& channel, const YamlRecord& record,
                                       std::string_view key) {
    std::vector<MessageRule> rules;
    for (const YamlValue& item : list_of(record, key, false)) {
        const auto message = item.record({"id", "title", "about", "whose", "machine", "moves", "opens",
                                          "opens_late", "fields", "members"});
        if (!message) continue;
        MessageRule rule = read_message(channel, item, *message, key == "sends");
        if (std::ranges::find(rules, rule.id, &MessageRule::id) != rules.end())
            item.fault("message_twice", "消息标识重复", "its id stands twice");
        rules.push_back(std::move(rule));
    }
    return rules;
}

void read_retry(const YamlRecord& record, Channel& channel) {
    constexpr int longest = 7 * 86400;
    constexpr int most = 10000;
    const YamlValue* value = record.need("retry");
    const auto retry = value == nullptr ? std::nullopt : value->record({"after_seconds", "give_up_after"});
    if (!retry) return;
    for (const YamlValue& item : list_of(*retry, "after_seconds", true))
        channel.pauses.emplace_back(item.integer(1, longest).value_or(1));
    if (channel.pauses.empty())
        value->fault("retry_none", "after_seconds 至少一项", "after_seconds takes at least one");
    channel.give_up_after = retry->need_integer("give_up_after", 1, most);
}

Channel read_channel(const YamlRecord& record) {
    Channel channel;
    channel.id = record.need_id("id");
    channel.title = record.need_bilingual("title");
    for (const YamlValue& item : list_of(record, "codes", false)) {
        const auto table = item.record({"id", "standard", "pairs"});
        if (table) channel.codes.push_back(read_table(*table));
    }
    channel.sends = read_messages(channel, record, "sends");
    channel.takes = read_messages(channel, record, "takes");
    const YamlValue* receipts = record.need("receipts");
    const auto words = receipts == nullptr ? std::nullopt : receipts->record({"kept", "taken", "refused"});
    if (words) {
        channel.kept = texts_of(*words, "kept", false);
        channel.taken = texts_of(*words, "taken", true);
        channel.refused = texts_of(*words, "refused", true);
    }
    read_retry(record, channel);
    return channel;
}

}  // namespace

std::expected<std::vector<Channel>, std::vector<Error>> load_channels(const fs::path& folder) {
    policy::Faults faults;
    std::vector<Channel> channels;
    for (const fs::path& file : policy::yaml_files(folder, faults)) {
        const auto yaml = policy::read_yaml_file(file, policy::shown_name(folder, file), faults);
        const auto record =
            yaml ? yaml->record({"id", "title", "codes", "sends", "takes", "receipts", "retry"})
                 : std::nullopt;
        if (!record) continue;
        Channel channel = read_channel(*record);
        if (std::ranges::find(channels, channel.id, &Channel::id) != channels.end())
            yaml->fault("channel_twice", "通道标识重复", "its id stands twice");
        channels.push_back(std::move(channel));
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return channels;
}

}  // namespace doudi::exchange
