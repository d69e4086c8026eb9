// SPDX-License-Identifier: Apache-2.0
#include "http/request/ask.h"

#include <fmt/format.h>

#include <charconv>

namespace doudi::http {

namespace json = boost::json;

Outcome<Response> ask_for(Call& call, std::string kind, const json::object& parameters) {
    constexpr int accepted = 202;
    jobs::JobId id = 0;
    auto outcome = make_once(call, [&](store::Database& database) -> Outcome<Response> {
        id = TRY(call.services.board.add(database, {.kind = kind,
                                                    .parameters = json::serialize(parameters),
                                                    .asked_by = call.asker(),
                                                    .unit = std::to_string(call.who().unit.value())}));
        Response response = json_answer(json::object{{"job", std::to_string(id)}}, accepted);
        response.headers.add("Location", fmt::format("/api/v1/jobs/{}", id));
        return response;
    });
    if (id != 0 && outcome) call.services.board.wake(id);
    return outcome;
}

Failure no_such_job() {
    return {404, "no_such_job", {"没有这个任务", "there is no such job"}};
}

Outcome<jobs::Job> job_in_path(Call& call) {
    const std::string& text = call.parameter("id");
    jobs::JobId id = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (failure != std::errc() || end != text.data() + text.size()) return std::unexpected(no_such_job());
    return TRY(call.services.board.find(id));
}

Outcome<jobs::Job> own_job(Call& call, std::string_view kind) {
    auto job = job_in_path(call);
    if (job && (job->kind != kind || job->asked_by != call.asker())) return std::unexpected(no_such_job());
    return job;
}

}  // namespace doudi::http
