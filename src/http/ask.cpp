// SPDX-License-Identifier: Apache-2.0
#include "http/ask.h"

#include <fmt/format.h>

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

}  // namespace doudi::http
