// SPDX-License-Identifier: Apache-2.0
// A kept original read again by what a person says of its headings: asked for twice, first to see what it
// would come to, then to let that count as it was seen. By one person, for one file; what is said stands with
// the job and with the arrival.
#include <fmt/format.h>

#include "http/feeds/arrivals.h"
#include "http/feeds/heading_map.h"
#include "http/feeds/read_rows.h"
#include "http/feeds/reading_work.h"
#include "http/office/desk_routes.h"
#include "http/request/ask.h"

namespace doudi::http {
namespace {

using access::Thing;
using access::Verb;
namespace json = boost::json;

Outcome<Response> read_again(Call& call) {
    auto arrival = arrival_named(call, call.parameter("id"));
    if (!arrival) return std::unexpected(std::move(arrival).error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    const auto seen = fields.optional_text("seen");
    json::value headings = heading_map_given(call, fields, 1, true);
    if (faults.empty() && seen.has_value() != headings.is_null())
        fields.fault("headings", "one_of_two",
                     {"先用 headings 看结果，再用 seen 写明看过的任务（二者之一）",
                      "look with headings first, then name the job that was seen: one of the two"});
    if (faults.empty() && !headings.is_null() &&
        headings.at("dataset").as_string() != std::string_view(arrival->arrival.dataset))
        fields.fault("headings/dataset", "other_dataset",
                     {"这份文件是另一个数据集的", "the file is of another dataset"});
    fields.finish();
    if (faults.empty() && seen) {
        auto shown = reading_shown(call, *seen, call.parameter("id"));
        if (!shown) return std::unexpected(std::move(shown).error());
        if (*shown) headings = json::parse((*shown)->parameters).at("headings");  // we wrote it
        if (!*shown)
            fields.fault("seen", "no_such_reading",
                         {"没有您看过的这次读取", "there is no such reading that you have seen"});
    }
    if (!faults.empty()) return std::unexpected(faults.failure());
    TRY_VOID(check_readable(*arrival, call.services.policy.catalogue));
    auto& look = call.looked(fmt::format("arrival {} {}", call.parameter("id"), seen ? "reread" : "preview"));
    look.verb = Verb::create;
    return ask_for(call, std::string(reading_name),
                   {{"arrival", call.parameter("id")},
                    {"as_of", arrival->arrival.as_of.date.iso()},
                    {"headings", std::move(headings)},
                    {"counts", seen.has_value()},
                    {"form_only", is_told_form_only(call)}});
}

}  // namespace

std::vector<Route> reading_routes() {
    return {{.method = "POST",
             .path = "/api/v1/arrivals/{id}/readings",
             .operation = "readArrivalAgain",
             .handler = read_again,
             .verb = Verb::create,
             .thing = Thing::feed,
             .creates = true,
             .request_type = "application/json"}};
}

}  // namespace doudi::http
