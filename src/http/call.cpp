// SPDX-License-Identifier: Apache-2.0
#include "http/call.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

#include "http/compress.h"
#include "jobs/repository.h"

namespace doudi::http {
namespace {

constexpr int bad_request = 400;
constexpr int precondition_failed = 412;
constexpr int unprocessable = 422;
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

Outcome<Response> make_once(Call& call, const std::function<Outcome<Response>(store::Database&)>& make) {
    const auto key = call.request.headers.find("idempotency-key");
    constexpr std::size_t longest_key = 200;
    if (key && (key->empty() || key->size() > longest_key || !is_plain_text(*key))) {
        Failure failure(bad_request, "bad_key", {"Idempotency-Key 无效", "the Idempotency-Key is none"});
        failure.fields.push_back({"header", "/Idempotency-Key", "bad_key", failure.text});
        return std::unexpected(std::move(failure));
    }
    const jobs::UserNumber account = call.asker();
    const std::string asked =
        sha256_hex(fmt::format("{} {}\n{}", call.route.method, call.request.target, call.request.body));
    Outcome<Response> outcome = Response{};
    bool replayed = false;
    // A failure of the maker's own is carried out of the transaction, which it ends.
    const auto done = call.services.board.write([&](store::Database& database) -> Result<void> {
        if (key) {
            if (const auto stored = TRY(jobs::find_answer(database, account, *key))) {
                replayed = true;
                if (stored->asked != asked) {
                    outcome = std::unexpected(Failure(unprocessable, "key_reused",
                                                      {"这个 Idempotency-Key 已用于另一个请求",
                                                       "this Idempotency-Key was used for another request"}));
                    return {};
                }
                outcome->status = stored->status;
                outcome->body = stored->body;
                const auto headers = parse_json(stored->headers);
                if (headers && headers->is_object()) {
                    for (const auto& [name, value] : headers->get_object())
                        outcome->headers.add(std::string(name), std::string(value.as_string()));
                }
                outcome->headers.add("Idempotency-Replayed", "true");
                return {};
            }
        }
        outcome = make(database);
        if (!outcome) return fail(ErrorKind::cancelled, "not_made", {"未创建", "not made"});
        if (!key) return {};
        boost::json::object headers;
        for (const auto& [name, value] : outcome->headers) headers[name] = value;
        return jobs::insert_answer(
            database, account, *key,
            {asked, outcome->status, boost::json::serialize(headers), std::get<std::string>(outcome->body)},
            micros_of(call.services.clock.now()));
    });
    if (!outcome) return outcome;
    if (!done) return std::unexpected(Failure(done.error()));
    return outcome;
}

}  // namespace doudi::http
