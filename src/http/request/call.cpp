// SPDX-License-Identifier: Apache-2.0
#include "http/request/call.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

#include "http/server/compress.h"

namespace doudi::http {
namespace {

constexpr int bad_request = 400;
constexpr int forbidden = 403;
constexpr int precondition_failed = 412;
constexpr int precondition_required = 428;

}  // namespace

Result<std::shared_ptr<const access::UnitTree>> UnitsNow::get(store::Database& database) {
    constexpr std::chrono::seconds fresh{10};
    const std::lock_guard lock(mutex_);
    if (!tree_ || SteadyClock::now() - read_at_ > fresh) {
        tree_ = std::make_shared<const access::UnitTree>(TRY(access::read_units(database)));
        read_at_ = SteadyClock::now();
    }
    return tree_;
}

void UnitsNow::changed() {
    const std::lock_guard lock(mutex_);
    tree_.reset();
}

access::Scope Call::scope(access::Verb verb, access::Thing thing) const {
    return access::Scope::of(services.roles, *units, who(), verb, thing, today());
}

access::Look& Call::looked(std::string what) {
    look = access::Look{.who = who(), .verb = route.verb, .thing = route.thing, .what = std::move(what)};
    return *look;
}

Outcome<QueryFields> query_of(const Call& call, FieldFaults& faults) {
    auto pairs = query_pairs(call.request.raw_query());
    if (!pairs)
        return std::unexpected(
            Failure(bad_request, "bad_query", {"地址中的参数编码有误", "the query holds a broken escape"}));
    return QueryFields(std::move(*pairs), faults);
}

Outcome<boost::json::value> body_of(const Call& call) {
    return parse_json(call.request.body);
}

Outcome<void> require_staff(const Call& call) {
    if (call.who().kind == access::SessionKind::staff) return {};
    return std::unexpected(Failure(forbidden, "not_allowed", {"仅限工作人员", "for staff only"}));
}

Response json_answer(const boost::json::value& body, int status) {
    Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/json; charset=utf-8");
    response.body = boost::json::serialize(body);
    return response;
}

Response no_content() {
    constexpr int status = 204;
    Response response;
    response.status = status;
    return response;
}

boost::json::object words(const Text& text) {
    return {{"zh", text.zh}, {"en", text.en}};
}

boost::json::array texts_json(const std::vector<std::string>& texts) {
    boost::json::array all;
    for (const std::string& text : texts) all.emplace_back(text);
    return all;
}

std::string text_or_empty(const boost::json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : std::string();
}

boost::json::value day_or_null(const std::optional<Date>& day) {
    return day ? boost::json::value(day->iso()) : boost::json::value(nullptr);
}

std::string time_text(std::int64_t micros) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(instant_of(micros));
    const auto part = (instant_of(micros) - seconds).count();
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:06}Z",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)), part);
}

std::string etag_of(std::string_view body) {
    constexpr std::size_t digits = 32;
    return fmt::format("\"{}\"", sha256_hex(body).substr(0, digits));
}

Outcome<void> require_match(const Call& call, std::string_view etag) {
    const auto given = call.request.headers.find("if-match");
    if (!given)
        return std::unexpected(Failure(precondition_required, "if_match",
                                       {"修改时须用 If-Match 说明所依据的版本（查询时返回的 ETag）",
                                        "a change names the version it changes: If-Match, with the ETag that "
                                        "was read"}));
    if (*given == "*" || given->find(etag) != std::string_view::npos ||
        given->find(packed_tag(etag)) != std::string_view::npos)
        return {};
    return std::unexpected(Failure(
        precondition_failed, "changed_since",
        {"内容在您查询之后已被修改，请重新查询后再改", "it was changed after you read it: read it again"}));
}

}  // namespace doudi::http
