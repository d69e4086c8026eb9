// SPDX-License-Identifier: Apache-2.0
// The papers of a pack before it is in force: which there are, and each filled with samples. Of nobody's
// case; for whoever reads packs.
#include <fmt/format.h>

#include "archive/sample.h"
#include "http/cases/case_law.h"
#include "http/request/listed.h"
#include "http/request/routes.h"
#include "http/rules/pack_shelf.h"

namespace doudi::http {
namespace {

using access::Thing;
namespace json = boost::json;

constexpr const char* pdf = "application/pdf";

Outcome<Response> list_papers(Call& call) {
    const std::string& id = call.parameter("id");
    const auto pack = call.services.packs.get(id);
    if (!pack) return std::unexpected(pack.error());
    auto asked = whole_asked(call);
    if (!asked) return std::unexpected(std::move(asked).error());
    const auto plates = TRY(call.services.case_law.press().of(id));
    json::array items;
    for (const print::Paper& paper : plates->library.papers) {
        items.push_back(json::object{{"paper", paper.id},
                                     {"title", words(paper.title)},
                                     {"posted", paper.is_public},
                                     {"clause", paper.cite},
                                     {"href", fmt::format("/api/v1/packs/{}/papers/{}", id, paper.id)}});
    }
    return listed(call, *asked, "pack-papers", {{"paper"}, {"title"}, {"clause"}}, std::move(items));
}

Outcome<Response> get_paper(Call& call) {
    constexpr int not_found = 404;
    const std::string& id = call.parameter("id");
    const std::string& paper = call.parameter("paper");
    const auto pack = call.services.packs.get(id);
    if (!pack) return std::unexpected(pack.error());
    archive::Press& press = call.services.case_law.press();
    const auto plates = TRY(press.of(id));
    if (plates->library.find(paper) == nullptr)
        return std::unexpected(
            Failure(not_found, "no_such_paper", {"没有这种文书", "there is no such paper"}));
    auto printed = TRY(archive::sample_paper(press, id, paper, call.today()));
    Response response;
    response.body = std::move(printed.pdf);
    response.headers.add("Content-Type", pdf);
    response.headers.add("Content-Disposition",
                         fmt::format("inline; filename=\"sample-{}-{}.pdf\"", id, paper));
    return response;
}

}  // namespace

std::vector<Route> sample_paper_routes() {
    constexpr std::chrono::seconds long_enough{60};
    return {{.method = "GET",
             .path = "/api/v1/packs/{id}/papers",
             .operation = "listPackPapers",
             .handler = list_papers,
             .thing = Thing::pack},
            {.method = "GET",
             .path = "/api/v1/packs/{id}/papers/{paper}",
             .operation = "getPackPaper",
             .handler = get_paper,
             .thing = Thing::pack,
             .response_type = pdf,
             .deadline = long_enough}};
}

}  // namespace doudi::http
