// SPDX-License-Identifier: Apache-2.0
#include "http/request/once.h"

#include <fmt/format.h>

#include "jobs/repository.h"

namespace doudi::http {
namespace {

constexpr int bad_request = 400;
constexpr int conflict = 409;
constexpr int unprocessable = 422;
constexpr int claimed = 0;  // no answer yet

struct Asked {
    std::string key;
    std::string request;  // SHA-256 of method, target and body
};

// Without a key: nothing.
Outcome<std::optional<Asked>> asked_with_key(const Call& call) {
    constexpr std::size_t longest_key = 200;
    const auto key = call.request.headers.find("idempotency-key");
    if (!key) return std::optional<Asked>();
    if (key->empty() || key->size() > longest_key || !is_plain_text(*key)) {
        Failure failure(bad_request, "bad_key", {"Idempotency-Key 无效", "the Idempotency-Key is none"});
        failure.fields.push_back({"header", "/Idempotency-Key", "bad_key", failure.text});
        return std::unexpected(std::move(failure));
    }
    const std::string all =
        fmt::format("{} {}\n{}", call.route.method, call.request.target, call.request.body);
    return std::optional(Asked{std::string(*key), sha256_hex(all)});
}

// An answer may hold people's data: it is sealed where the folder is.
std::string place_of(const Call& call, const Asked& asked) {
    return fmt::format("stored_answer.body {} {}", call.asker(), asked.key);
}
Result<std::string> as_kept(const Call& call, const Asked& asked, const std::string& body) {
    if (body.empty() || call.desk.data.seal() == nullptr) return body;
    return call.services.accounts.sealer.seal(body, place_of(call, asked));
}
Result<std::string> as_given(const Call& call, const Asked& asked, const std::string& kept) {
    // An older program kept it as it was.
    const bool is_plain = kept.empty() || kept.starts_with('{') || kept.starts_with('[');
    if (is_plain || call.desk.data.seal() == nullptr) return kept;
    return call.services.accounts.sealer.open(kept, place_of(call, asked));
}

Result<jobs::StoredAnswer> answer_to_keep(const Call& call, const Asked& asked, const Response& response) {
    jobs::StoredAnswer answer{asked.request, response.status, "{}", {}};
    if (call.route.secret) return answer;
    boost::json::object headers;
    for (const auto& [name, value] : response.headers) headers[name] = value;
    answer.headers = boost::json::serialize(headers);
    answer.body = TRY(as_kept(call, asked, std::get<std::string>(response.body)));
    return answer;
}

Failure not_again(int status, std::string code, Text text) {
    return {status, std::move(code), std::move(text)};
}

Outcome<Response> given_again(const Call& call, const Asked& asked, const jobs::StoredAnswer& stored) {
    if (stored.asked != asked.request)
        return std::unexpected(not_again(
            unprocessable, "key_reused",
            {"这个 Idempotency-Key 已用于另一个请求", "this Idempotency-Key was used for another request"}));
    if (stored.status == claimed)
        return std::unexpected(
            not_again(conflict, "key_in_use",
                      {"同一请求正在办理，或在办理时中断：请先查看是否已办成",
                       "this request is being done, or was interrupted: look whether it is there"}));
    if (call.route.secret)
        return std::unexpected(not_again(conflict, "made_already",
                                         {"已经办成，结果只显示一次", "it was made, and is shown once"}));
    Response response;
    response.status = stored.status;
    response.body = TRY(as_given(call, asked, stored.body));
    const auto headers = parse_json(stored.headers);
    if (headers && headers->is_object()) {
        for (const auto& [name, value] : headers->get_object())
            response.headers.add(std::string(name), std::string(value.as_string()));
    }
    response.headers.add("Idempotency-Replayed", "true");
    return response;
}

}  // namespace

Outcome<Response> make_once(Call& call, const std::function<Outcome<Response>(store::Database&)>& make) {
    auto asked = asked_with_key(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    if (call.route.claims_key) asked->reset();  // once_around() has it
    const std::optional<Asked>& key = *asked;
    Outcome<Response> outcome = Response{};
    // A failure of the maker's own is carried out of the transaction, which it ends.
    const auto done = call.services.board.write([&](store::Database& database) -> Result<void> {
        if (key) {
            if (const auto stored = TRY(jobs::find_answer(database, call.asker(), key->key))) {
                outcome = given_again(call, *key, *stored);
                return {};
            }
        }
        outcome = make(database);
        if (!outcome) return fail(ErrorKind::cancelled, "not_made", {"未创建", "not made"});
        if (!key) return {};
        return jobs::insert_answer(database, call.asker(), key->key,
                                   TRY(answer_to_keep(call, *key, *outcome)),
                                   micros_of(call.services.clock.now()));
    });
    if (!outcome) return outcome;
    if (!done) return std::unexpected(Failure(done.error()));
    return outcome;
}

Outcome<Response> once_around(Call& call) {
    auto asked = asked_with_key(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    if (!*asked) return call.route.handler(call);
    const Asked& key = **asked;
    std::optional<jobs::StoredAnswer> stored;
    TRY_VOID(call.services.board.write([&](store::Database& database) -> Result<void> {
        stored = TRY(jobs::find_answer(database, call.asker(), key.key));
        if (stored) return {};
        return jobs::insert_answer(database, call.asker(), key.key, {key.request, claimed, "{}", {}},
                                   micros_of(call.services.clock.now()));
    }));
    if (stored) {
        call.looked(fmt::format("{} answered again", call.route.operation));
        return given_again(call, key, *stored);
    }
    Outcome<Response> outcome = call.route.handler(call);
    TRY_VOID(call.services.board.write([&](store::Database& database) -> Result<void> {
        if (!outcome) return jobs::delete_answer(database, call.asker(), key.key);
        return jobs::put_answer(database, call.asker(), key.key, TRY(answer_to_keep(call, key, *outcome)));
    }));
    return outcome;
}

}  // namespace doudi::http
