// SPDX-License-Identifier: Apache-2.0
#include "http/request/app.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <span>

#include "http/request/once.h"
#include "http/server/compress.h"
#include "jobs/repository.h"

namespace doudi::http {
namespace {

constexpr int bad_request = 400;
constexpr int not_found = 404;
constexpr int method_not_allowed = 405;
constexpr int not_acceptable = 406;
constexpr int length_required = 411;
constexpr int unsupported_media = 415;
constexpr int too_many = 429;
constexpr int unavailable = 503;

bool is_loopback(std::string_view address) {
    return address.starts_with("127.") || address == "::1";
}

bool is_read(std::string_view method) {
    return method == "GET" || method == "HEAD";
}

std::string_view media_type(std::string_view header) {
    header = header.substr(0, header.find(';'));
    while (header.ends_with(' ')) header.remove_suffix(1);
    return header;
}

Failure no_such_place() {
    return {not_found, "no_such_path", {"没有这个地址", "there is nothing at this address"}};
}

Failure wrong_method(const std::vector<std::string_view>& allowed) {
    return {method_not_allowed,
            "method",
            {fmt::format("这个地址只支持：{}", fmt::join(allowed, ", ")),
             fmt::format("this address takes: {}", fmt::join(allowed, ", "))}};
}

Failure too_often() {
    Failure failure(too_many, "too_many_requests",
                    {"请求过于频繁，请稍后再试", "too many requests: try again in a moment"});
    failure.retry_after = 1;
    return failure;
}

Failure try_later(const char* code, Text text) {
    Failure failure(unavailable, code, std::move(text));
    failure.retry_after = 2;
    return failure;
}

Response allow(const std::vector<std::string_view>& methods) {
    Response response = no_content();
    response.headers.add("Allow", fmt::format("{}, OPTIONS", fmt::join(methods, ", ")));
    return response;
}

// The same content as the one that is held there already. A packed answer is another content than the plain
// one, with a tag of its own.
void answer_unchanged(Response& response, const Request& request, bool packed) {
    constexpr int ok = 200;
    constexpr int not_modified = 304;
    const auto* body = std::get_if<std::string>(&response.body);
    if (response.status != ok || !is_read(request.method) || body == nullptr) return;
    auto tag = response.headers.find("etag");
    std::string made = tag ? std::string(*tag) : etag_of(*body);
    if (packed) made = packed_tag(made);
    response.headers.set("ETag", made);
    if (request.headers.get("if-none-match").find(made) == std::string_view::npos) return;
    response.status = not_modified;
    response.body = std::string();
}

// Unchanged, packed, or as it is.
void settle(Response& response, const Request& request, const Route& route) {
    const bool packable = may_be_packed(response, route);
    if (packable) response.headers.add("Vary", "Accept-Encoding");
    const bool packed = packable && takes_encoding(request.headers.get("accept-encoding"), "gzip");
    answer_unchanged(response, request, packed);
    auto* body = std::get_if<std::string>(&response.body);
    if (!packed || body == nullptr || body->empty()) return;
    *body = gzip(*body);
    response.headers.add("Content-Encoding", "gzip");
}

}  // namespace

Response App::refuse(const Failure& failure, const Request& request) {
    if (!failure.for_log.empty() && failure.status >= 500)
        telemetry_.note(Telemetry::Level::error, "failure", failure.for_log, request.id);
    return problem(failure, language_of(request.headers.get("accept-language")), request.id);
}

Response App::finished(Response response, const Request& request, const Route* route) const {
    if (route != nullptr) response.operation = route->operation;
    add_security_headers(response, request.secure);
    response.headers.set("X-Request-Id", request.id);
    if (!response.headers.find("cache-control")) response.headers.add("Cache-Control", "no-store");
    return response;
}

// --- on an I/O thread
// -----------------------------------------------------------------------------------------------

std::variant<Admission, Response> App::admit(const Request& head) {
    const auto path = head.raw_path();
    if (!path.starts_with('/')) {
        return finished(
            refuse(Failure(bad_request, "bad_target", {"请求地址无效", "the target is no path"}), head), head,
            nullptr);
    }
    if (path == "/healthz") {
        Response alive;
        alive.operation = "health";
        alive.headers.add("Content-Type", "text/plain; charset=utf-8");
        alive.body = "ok\n";
        return finished(std::move(alive), head, nullptr);
    }
    if (!addresses_.allows(head.peer, SteadyClock::now()))
        return finished(refuse(too_often(), head), head, nullptr);
    if (path == "/readyz" || path == "/metrics") {
        constexpr std::chrono::seconds soon{5};
        return Admission{0, soon, "probe"};
    }
    if (!path.starts_with("/api/")) {
        if (!is_read(head.method)) {
            Response refused = refuse(wrong_method({"GET", "HEAD"}), head);
            refused.headers.add("Allow", "GET, HEAD");
            return finished(std::move(refused), head, nullptr);
        }
        if (auto file = files_.find(head)) return finished(std::move(*file), head, nullptr);
        return finished(refuse(no_such_place(), head), head, nullptr);
    }
    const Found found = routes_.find(head.method, path);
    if (found.allowed.empty()) return finished(refuse(no_such_place(), head), head, nullptr);
    if (head.method == "OPTIONS") return finished(allow(found.allowed), head, nullptr);
    if (found.route == nullptr) {
        Response refused = refuse(wrong_method(found.allowed), head);
        refused.headers.add("Allow", fmt::format("{}, OPTIONS", fmt::join(found.allowed, ", ")));
        return finished(std::move(refused), head, nullptr);
    }
    auto admission = admit_to(head, *found.route);
    if (!admission) return finished(refuse(admission.error(), head), head, found.route);
    return std::move(*admission);
}

Outcome<Admission> App::admit_to(const Request& head, const Route& route) {
    if (!accepts(head.headers.get("accept"), route.response_type) &&
        !accepts(head.headers.get("accept"), "application/problem+json"))
        return std::unexpected(Failure(not_acceptable, "not_acceptable",
                                       {fmt::format("只能以 {} 回答", route.response_type),
                                        fmt::format("this is answered as {} only", route.response_type)}));
    const auto length = head.headers.find("content-length");
    const bool has_none = !head.headers.find("transfer-encoding") && (!length || *length == "0");
    if (!route.request_type.empty() && !(route.body_optional && has_none)) {
        const bool has_length = head.headers.find("content-length") || head.headers.find("transfer-encoding");
        if (!has_length)
            return std::unexpected(
                Failure(length_required, "length_required",
                        {"请求须带 Content-Length", "the request needs a Content-Length"}));
        if (!same_header(media_type(head.headers.get("content-type")), route.request_type))
            return std::unexpected(Failure(unsupported_media, "content_type",
                                           {fmt::format("Content-Type 应为 {}", route.request_type),
                                            fmt::format("takes Content-Type {}", route.request_type)}));
    }
    if (head.headers.find("content-encoding"))
        return std::unexpected(Failure(unsupported_media, "content_encoding",
                                       {"不支持压缩的请求正文", "a compressed body is not taken"}));
    return Admission{route.request_type.empty() ? 0 : route.body_limit, route.deadline,
                     std::string(route.operation)};
}

Response App::answer(Fault fault, const Request& request) {
    const auto failure = [&]() -> Failure {
        switch (fault) {
            case Fault::bad_request:
                return {bad_request, "bad_http", {"不是有效的 HTTP 请求", "this is no HTTP"}};
            case Fault::head_too_large:
                return {431, "head_too_large", {"请求头过大", "the head is too large"}};
            case Fault::target_too_long:
                return {414, "target_too_long", {"请求地址过长", "the target is too long"}};
            case Fault::body_too_large:
                return {413,
                        "body_too_large",
                        {"请求正文超过了这里允许的大小", "the body is larger than may come here"}};
            case Fault::overloaded:
                return try_later("overloaded",
                                 {"服务繁忙，请稍后再试", "the server is busy: try again in a moment"});
            case Fault::out_of_time:
                return try_later("out_of_time",
                                 {"未能在限定时间内完成，请稍后再试", "it was not done in time: try again"});
            case Fault::stopping:
                return try_later("stopping", {"服务正在停止", "the server is about to stop"});
            case Fault::internal:
                break;
        }
        return {500,
                "internal",
                {"服务器内部错误；如再次出现，请把编号告诉管理员",
                 "the server failed at this; if it stays, tell its id to who runs it"}};
    };
    const Found found = routes_.find(request.method, request.raw_path());
    return finished(refuse(failure(), request), request, found.route);
}

void App::answered(const Request& request, const Response& response, std::int64_t bytes,
                   SteadyClock::duration took) {
    telemetry_.answered(request, response, bytes, took);
}

// --- on a worker
// ----------------------------------------------------------------------------------------------------

Outcome<Response> App::probe(const Request& request) {
    Response response;
    response.operation = "probe";
    response.headers.add("Content-Type", "text/plain; charset=utf-8");
    if (request.raw_path() == "/metrics") {
        if (!is_loopback(request.peer)) return std::unexpected(no_such_place());
        response.headers.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        response.body = telemetry_.metrics(counts_ ? counts_() : ServerCounts{});
        return response;
    }
    // Ready is who can read what is published and write what must be remembered.
    auto desk = TRY(services_.desks.take());
    TRY_VOID(services_.board.read([](store::Database& database) -> Result<void> {
        (void)TRY(jobs::last_event(database));
        return {};
    }));
    response.body = "ready\n";
    return response;
}

void App::answer(Request& request, Reply reply) {
    std::optional<access::Look> look;
    Response response = work(request, look);
    if (!look) return reply(std::move(response));
    // A worker does not wait for the disk: the answer leaves from the log's thread.
    const auto held = std::make_shared<Response>(std::move(response));
    services_.audit.append_later(std::span(&*look, 1), [this, &request, held, reply](Result<void> durable) {
        if (durable) return reply(std::move(*held));
        const Found found = routes_.find(request.method, request.raw_path());
        reply(finished(refuse(Failure(durable.error()), request), request, found.route));
    });
}

Response App::work(Request& request, std::optional<access::Look>& look) {
    // Whatever happens in here, there is an answer.
    try {
        if (!request.raw_path().starts_with("/api/")) {
            auto probed = probe(request);
            return finished(probed ? std::move(*probed) : refuse(probed.error(), request), request, nullptr);
        }
        Found found = routes_.find(request.method, request.raw_path());
        ensure(found.route != nullptr, "admitted requests have a route");
        const Route* route = found.route;
        auto outcome = handle(request, std::move(found), look);
        return finished(outcome ? std::move(*outcome) : refuse(outcome.error(), request), request, route);
    } catch (const std::exception& error) {
        telemetry_.note(Telemetry::Level::error, "exception", error.what(), request.id);
    } catch (...) {
        telemetry_.note(Telemetry::Level::error, "exception", "of an unknown type", request.id);
    }
    return answer(Fault::internal, request);
}

Outcome<Response> App::handle(Request& request, Found found, std::optional<access::Look>& look) {
    const Route& route = *found.route;
    auto desk = TRY(services_.desks.take());
    Call call{.services = services_,
              .request = request,
              .route = route,
              .parameters = std::move(found.parameters),
              .lang = language_of(request.headers.get("accept-language")),
              .desk = *desk,
              .units = TRY(services_.units.get(desk->database)),
              .session = std::nullopt,
              .token = {},
              .look = std::nullopt};
    if (route.who != Who::anyone) {
        if (auto in = let_in(call); !in) return std::unexpected(std::move(in).error());
        if (!accounts_.allows(fmt::format("{}/{}", call.who().user.value(), call.who().id.value()),
                              SteadyClock::now()))
            return std::unexpected(too_often());
    }
    auto outcome = route.claims_key ? once_around(call) : route.handler(call);
    settle_look(call);
    look = std::move(call.look);
    if (outcome) settle(*outcome, request, route);
    return outcome;
}

}  // namespace doudi::http
