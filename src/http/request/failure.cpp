// SPDX-License-Identifier: Apache-2.0
#include "http/request/failure.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <string_view>

namespace doudi::http {
namespace {

struct Titled {
    int status;
    const char* zh;
    const char* en;
};
constexpr std::array<Titled, 18> titles{{{400, "请求有误", "Bad Request"},
                                         {401, "需要登录", "Unauthorized"},
                                         {403, "没有权限", "Forbidden"},
                                         {404, "没有找到", "Not Found"},
                                         {405, "不支持的操作", "Method Not Allowed"},
                                         {406, "没有可接受的格式", "Not Acceptable"},
                                         {409, "与现状冲突", "Conflict"},
                                         {411, "需要说明长度", "Length Required"},
                                         {412, "内容已被他人修改", "Precondition Failed"},
                                         {413, "内容过大", "Content Too Large"},
                                         {414, "地址过长", "URI Too Long"},
                                         {415, "不支持的内容格式", "Unsupported Media Type"},
                                         {422, "内容不符合要求", "Unprocessable Content"},
                                         {428, "需要说明所依据的版本", "Precondition Required"},
                                         {429, "请求过于频繁", "Too Many Requests"},
                                         {431, "请求头过大", "Request Header Fields Too Large"},
                                         {500, "服务器内部错误", "Internal Server Error"},
                                         {503, "服务暂时不可用", "Service Unavailable"}}};

// Codes whose status their kind does not tell.
struct Special {
    std::string_view code;
    int status;
    std::optional<int> retry_after = std::nullopt;
};
constexpr int busy_retry = 2;
constexpr int sign_in_retry = 60;
constexpr int outside_retry = 10;
constexpr std::array<Special, 24> specials{{{"not_allowed", 403},
                                            {"change_role", 403},
                                            {"change_own", 403},
                                            {"change_not_own", 403},
                                            {"out_of_scope", 404},
                                            {"session_ended", 401},
                                            {"sign_in_refused", 401},
                                            {"sign_in_wait", 429, sign_in_retry},
                                            {"busy", 503, busy_retry},
                                            {"store_busy", 503, busy_retry},
                                            {"disk_full", 503, sign_in_retry},
                                            {"store_connection_lost", 503, busy_retry},
                                            {"store_no_server", 503, busy_retry},
                                            {"store_cannot_open", 503, busy_retry},
                                            {"store_connections", 503, busy_retry},
                                            {"store_commit_unknown", 503},
                                            {"outside_state", 401},
                                            {"outside_unreachable", 503, outside_retry},
                                            {"outside_answer", 503, outside_retry},
                                            {"invitation_refused", 401},
                                            {"account_changed", 412},
                                            {"upload_too_long", 413},
                                            {"no_case", 422},
                                            {"no_reason", 422}}};

int status_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage:
        case ErrorKind::invalid:
        case ErrorKind::limit:
            return 422;
        case ErrorKind::not_found:
            return 404;
        case ErrorKind::conflict:
            return 409;
        case ErrorKind::cancelled:
            return 503;
        case ErrorKind::unreadable:
        case ErrorKind::io:
            return 500;
    }
    return 500;
}

}  // namespace

Text status_title(int status) {
    const auto found = std::ranges::find(titles, status, &Titled::status);
    return found == titles.end() ? Text{"出错", "Error"} : Text{found->zh, found->en};
}

Failure::Failure(const Error& error)
    : status(status_of(error.kind)), code(error.code), text(error.text), for_log(error.message(Lang::en)) {
    if (const auto special = std::ranges::find(specials, error.code, &Special::code);
        special != specials.end()) {
        status = special->status;
        retry_after = special->retry_after;
    } else if (error.kind == ErrorKind::io || error.kind == ErrorKind::unreadable) {
        code = "internal";
        text = {"服务器处理时出错，请稍后再试；如再次出现，请把编号告诉管理员",
                "the server failed at this; try again later, and if it stays, tell its id to who runs it"};
    }
}

Failure of_sent_file(const Error& error) {
    if (error.kind != ErrorKind::unreadable) return error;
    return {status_of(ErrorKind::invalid), error.code, error.text};
}

Response problem(const Failure& failure, Lang lang, const std::string& request_id) {
    boost::json::object body{{"type", "urn:doudi:problem:" + failure.code},
                             {"title", status_title(failure.status).in(lang)},
                             {"status", failure.status},
                             {"detail", failure.text.in(lang)},
                             {"code", failure.code},
                             {"request_id", request_id}};
    if (!failure.fields.empty()) {
        boost::json::array fields;
        for (const FieldFault& fault : failure.fields)
            fields.push_back(boost::json::object{{"in", fault.in},
                                                 {"pointer", fault.pointer},
                                                 {"code", fault.code},
                                                 {"detail", fault.detail.in(lang)}});
        body["errors"] = std::move(fields);
    }
    Response response;
    response.status = failure.status;
    response.headers.add("Content-Type", "application/problem+json; charset=utf-8");
    response.headers.add("Content-Language", lang == Lang::zh ? "zh-CN" : "en");
    response.headers.add("Cache-Control", "no-store");
    if (failure.retry_after) response.headers.add("Retry-After", std::to_string(*failure.retry_after));
    response.body = boost::json::serialize(body);
    response.log_code = failure.code;
    return response;
}

}  // namespace doudi::http
