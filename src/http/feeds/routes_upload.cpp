// SPDX-License-Identifier: Apache-2.0
// Files in pieces: announced, sent piece by piece at the offset that is reached, completed. An upload belongs
// to who began it.
#include <charconv>

#include "base/shown_name.h"
#include "http/request/call.h"
#include "http/request/routes.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

constexpr int bad_request = 400;
constexpr int created = 201;
constexpr int not_found = 404;
constexpr std::uint64_t largest_piece = std::uint64_t{8} << 20U;

Response upload_answer(const jobs::Upload& upload, int status) {
    Response response = json_answer(json::object{{"id", upload.id},
                                                 {"file", shown_file_name(upload.file_name)},
                                                 {"bytes", upload.bytes},
                                                 {"received", upload.received},
                                                 {"state", upload.state},
                                                 {"largest_piece", largest_piece}},
                                    status);
    response.headers.add("Upload-Offset", std::to_string(upload.received));
    response.headers.add("Upload-Length", std::to_string(upload.bytes));
    return response;
}

bool is_sha256(std::string_view text) {
    constexpr std::size_t digits = 64;
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Outcome<Response> begin(Call& call) {
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    jobs::NewUpload wanted;
    wanted.file_name = fields.text("file", {.most = jobs::Uploads::longest_name});
    if (!wanted.file_name.empty() && !jobs::Uploads::is_good_name(wanted.file_name))
        fields.fault("file", "bad_name",
                     {"文件名不能含目录或控制字符", "a plain file name, without folders"});
    wanted.bytes = static_cast<std::uint64_t>(
        fields.number("bytes", 0, static_cast<std::int64_t>(jobs::Uploads::most_bytes)));
    wanted.sha256 = fields.optional_text("sha256");
    if (wanted.sha256 && !is_sha256(*wanted.sha256))
        fields.fault("sha256", "not_a_hash", {"应为 64 位小写十六进制", "takes 64 lower-case hex digits"});
    wanted.made_by = call.asker();
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    return make_once(call, [&](store::Database& database) -> Outcome<Response> {
        const auto upload = TRY(call.services.uploads.begin(database, wanted));
        Response response = upload_answer(upload, created);
        response.headers.add("Location", "/api/v1/uploads/" + upload.id);
        return response;
    });
}

Outcome<jobs::Upload> own(Call& call) {
    auto upload = TRY(call.services.uploads.find(call.parameter("id")));
    if (upload.made_by != call.asker())
        return std::unexpected(
            Failure(not_found, "no_such_upload", {"没有这个上传", "there is no such upload"}));
    return upload;
}

Outcome<Response> look(Call& call) {
    const auto upload = own(call);
    if (!upload) return std::unexpected(upload.error());
    return upload_answer(*upload, 200);
}

Outcome<Response> append(Call& call) {
    const auto upload = own(call);
    if (!upload) return std::unexpected(upload.error());
    const std::string_view text = call.request.headers.get("upload-offset");
    std::uint64_t offset = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), offset);
    if (text.empty() || failure != std::errc() || end != text.data() + text.size()) {
        Failure fault(bad_request, "upload_offset",
                      {"缺少 Upload-Offset", "Upload-Offset is missing or none"});
        fault.fields.push_back({"header", "/Upload-Offset", "missing", fault.text});
        return std::unexpected(std::move(fault));
    }
    return upload_answer(TRY(call.services.uploads.append(upload->id, offset, call.request.body)), 200);
}

Outcome<Response> complete(Call& call) {
    const auto upload = own(call);
    if (!upload) return std::unexpected(upload.error());
    return upload_answer(TRY(call.services.uploads.complete(upload->id)), 200);
}

Outcome<Response> abandon(Call& call) {
    const auto upload = own(call);
    if (!upload) return std::unexpected(upload.error());
    TRY_VOID(call.services.uploads.abandon(upload->id));
    return no_content();
}

}  // namespace

std::vector<Route> upload_routes() {
    constexpr std::chrono::seconds long_enough{120};  // hashing the whole of a large file
    return {
        {.method = "POST",
         .path = "/api/v1/uploads",
         .operation = "beginUpload",
         .handler = begin,
         .verb = Verb::create,
         .thing = Thing::feed,
         .creates = true,
         .request_type = "application/json"},
        {.method = "GET",
         .path = "/api/v1/uploads/{id}",
         .operation = "getUpload",
         .handler = look,
         .verb = Verb::create,
         .thing = Thing::feed},
        {.method = "PATCH",
         .path = "/api/v1/uploads/{id}",
         .operation = "appendToUpload",
         .handler = append,
         .verb = Verb::create,
         .thing = Thing::feed,
         .request_type = "application/offset+octet-stream",
         .body_limit = largest_piece},
        {.method = "POST",
         .path = "/api/v1/uploads/{id}/complete",
         .operation = "completeUpload",
         .handler = complete,
         .verb = Verb::create,
         .thing = Thing::feed,
         .deadline = long_enough},
        {.method = "DELETE",
         .path = "/api/v1/uploads/{id}",
         .operation = "abandonUpload",
         .handler = abandon,
         .verb = Verb::create,
         .thing = Thing::feed},
    };
}

}  // namespace doudi::http
