// SPDX-License-Identifier: Apache-2.0
#include "identity/provider_file.h"

#include <sys/stat.h>

#include <algorithm>

#include "identity/fetch.h"
#include "policy/faults.h"
#include "policy/folder.h"
#include "policy/yaml_reader.h"

namespace doudi::identity {

namespace fs = std::filesystem;
using policy::YamlRecord;
using policy::YamlValue;
using std::chrono::seconds;

namespace {

constexpr int longest_seconds = 86400;
constexpr int largest_answer = 16 << 20;

std::string need_url(const YamlRecord& record, std::string_view key) {
    std::string url = record.need_text(key);
    const YamlValue* value = record.find(key);
    if (value != nullptr && !url.empty() && !is_callable(url)) {
        value->fault("provider_url", "须为 https 地址（http 只用于本机），且不含用户名和 #",
                     "takes an https address (http for this machine alone) without a user and without #");
    }
    return url;
}

// Relative to the file that names it.
fs::path path_of(const fs::path& folder, const std::string& text) {
    const fs::path path = text;
    return path.is_absolute() ? path : folder / path;
}

std::string read_secret(const YamlRecord& record, const fs::path& folder) {
    constexpr std::size_t longest = 4096;
    const std::string name = record.need_text("client_secret_file");
    const YamlValue* value = record.find("client_secret_file");
    if (value == nullptr || name.empty()) return {};
    const fs::path file = path_of(folder, name);
    struct stat found{};
    if (::stat(file.c_str(), &found) == 0 && (found.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        value->fault("secret_open", "这个文件别人也能读取：请 chmod 600",
                     "others may read this file too: chmod 600");
        return {};
    }
    auto text = policy::read_whole_file(file);
    std::string secret = text ? *text : std::string();
    while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
    if (secret.empty() || secret.size() > longest) {
        value->fault("secret_file", "这个文件不存在、打不开、为空或过长",
                     "this file is not there, cannot be read, is empty or too long");
    }
    return secret;
}

void read_limits(const YamlRecord& record, ProviderRules& rules) {
    const YamlValue* value = record.need("limits");
    const auto limits = value == nullptr
                            ? std::nullopt
                            : value->record({"seconds", "bytes", "skew", "fresh", "fresh_keys", "at_once"});
    if (!limits) return;
    constexpr int longest_call = 60;
    constexpr int widest_skew = 600;
    constexpr int most_at_once = 64;
    rules.time = seconds(limits->need_integer("seconds", 1, longest_call));
    rules.bytes = static_cast<std::size_t>(limits->need_integer("bytes", 1024, largest_answer));
    rules.skew = seconds(limits->need_integer("skew", 0, widest_skew));
    rules.fresh = seconds(limits->need_integer("fresh", 1, longest_seconds));
    rules.fresh_keys = seconds(limits->need_integer("fresh_keys", 1, longest_seconds));
    rules.at_once = limits->need_integer("at_once", 1, most_at_once);
}

void read_who(const YamlRecord& record, ProviderRules& rules) {
    enum class Holder : std::uint8_t { staff, citizen };
    const YamlValue* value = record.need("for");
    if (value == nullptr) return;
    for (const YamlValue& item : value->list()) {
        const auto who = item.one_of<Holder>({{"staff", Holder::staff}, {"citizen", Holder::citizen}});
        if (!who) continue;
        (*who == Holder::staff ? rules.for_staff : rules.for_citizens) = true;
    }
    if (const YamlValue* claim = record.find("number_claim")) rules.number_claim = claim->text().value_or("");
    if (rules.for_citizens && rules.number_claim.empty()) {
        value->fault("provider_number", "供群众使用时须写 number_claim（哪一项是公民身份号码）",
                     "for citizens it must say number_claim: which claim holds the identity number");
    }
}

void read_scopes(const YamlRecord& record, ProviderRules& rules) {
    const YamlValue* value = record.need("scopes");
    if (value == nullptr) return;
    rules.scopes = value->texts();
    if (std::ranges::find(rules.scopes, "openid") == rules.scopes.end())
        value->fault("provider_scopes", "必须含有 openid", "must hold openid");
}

ProviderRules read_provider(const YamlRecord& record, const fs::path& folder) {
    ProviderRules rules;
    rules.id = record.need_id("id");
    rules.title = record.need_bilingual("title");
    rules.issuer = need_url(record, "issuer");
    rules.client = record.need_text("client_id");
    rules.secret = read_secret(record, folder);
    rules.return_to = need_url(record, "return_to");
    read_scopes(record, rules);
    read_who(record, rules);
    if (const YamlValue* where = record.find("secret_in"))
        rules.secret_in_body = where->one_of<bool>({{"header", false}, {"body", true}}).value_or(false);
    if (const YamlValue* ca = record.find("ca_file")) {
        rules.ca_file = path_of(folder, ca->text().value_or(""));
        std::error_code failure;
        if (!fs::is_regular_file(rules.ca_file, failure))
            ca->fault("ca_file", "没有这个证书文件", "there is no such file of certificates");
    }
    read_limits(record, rules);
    return rules;
}

}  // namespace

std::expected<std::vector<ProviderRules>, std::vector<Error>> load_providers(const fs::path& file) {
    policy::Faults faults;
    std::vector<ProviderRules> all;
    const auto yaml = policy::read_yaml_file(file, file.filename().string(), faults);
    const auto top = yaml ? yaml->record({"providers"}) : std::nullopt;
    const YamlValue* list = top ? top->need("providers") : nullptr;
    const std::vector<YamlValue> items = list == nullptr ? std::vector<YamlValue>() : list->list();
    for (const YamlValue& item : items) {
        const auto record =
            item.record({"id", "title", "issuer", "client_id", "client_secret_file", "return_to", "scopes",
                         "for", "number_claim", "secret_in", "ca_file", "limits"});
        if (!record) continue;
        ProviderRules rules = read_provider(*record, file.parent_path());
        const auto same = [&](const ProviderRules& other) {
            return other.id == rules.id || other.issuer == rules.issuer;
        };
        if (std::ranges::any_of(all, same))
            item.fault("provider_twice", "标识或 issuer 重复", "its id or its issuer stands twice");
        all.push_back(std::move(rules));
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return all;
}

}  // namespace doudi::identity
