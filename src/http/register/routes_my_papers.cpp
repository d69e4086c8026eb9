// SPDX-License-Identifier: Apache-2.0
// Papers that an office addressed to a household, as one of its people fetches them: as far as they may see
// the step that issued each, and never what offices write for themselves.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "archive/papers.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_eye.h"
#include "http/cases/case_files.h"
#include "http/cases/case_law.h"
#include "http/cases/case_routes.h"
#include "http/register/own_household.h"
#include "http/request/lists.h"

namespace doudi::http {
namespace {

namespace repository = casework::repository;
namespace json = boost::json;

constexpr const char* pdf = "application/pdf";
constexpr std::size_t most_cases = 500;

// What one of a household may be told of a case.
class OwnCase {
  public:
    OwnCase(Call& call, const repository::ListedCase& listed, const casework::CaseView& view)
        : call_(call), view_(view), eye_(call, view, listed.household) {}

    [[nodiscard]] Result<archive::PaperWish> theirs() const {
        auto plates = TRY(call_.services.case_law.press().of(view_.head.pack));
        return archive::PaperWish([this, plates](const casework::CaseEvent& event, const std::string& paper) {
            return plates->sources.is_to_household(paper) && eye_.sees(event);
        });
    }
    // No citizen is told an officer's name: a copy leaves it to be written.
    [[nodiscard]] archive::Setting setting(casework::Desk& desk) const {
        archive::Setting setting = setting_of_reader(call_, desk);
        setting.user_name = [](access::UserId) { return std::string(); };
        return setting;
    }

  private:
    Call& call_;
    const casework::CaseView& view_;
    CaseEye eye_;
};

json::object paper_json(const casework::CaseView& view, const archive::CasePaper& one) {
    const std::string of = std::to_string(view.head.id.value());
    return {{"case", of},
            {"matter", words(view.machine->title)},
            {"event", one.event},
            {"on", one.on.iso()},
            {"paper", one.paper},
            {"title", words(one.title)},
            {"number", one.number},
            {"href", fmt::format("/api/v1/my/papers/{}/{}/{}", of, one.event, one.paper)}};
}

Result<void> add_papers(Call& call, const repository::ListedCase& listed, json::array& items) {
    auto desk = case_desk(call);
    const auto view = TRY(casework::read_case(desk, listed.row.head.id, call.today()));
    const OwnCase own(call, listed, view);
    const archive::Setting setting = own.setting(desk);
    const archive::PaperWish wish = TRY(own.theirs());
    for (const auto& one : TRY(archive::papers_of(setting, call.services.case_law.press(), view, wish)))
        if (one.state == archive::PaperState::ready) items.push_back(paper_json(view, one));
    return {};
}

Outcome<Response> my_papers(Call& call) {
    auto placed = own_household(call);
    if (!placed) return std::unexpected(std::move(placed).error());
    json::array items;
    if (*placed) {
        auto readable = readable_cases(call);
        if (!readable) return std::unexpected(std::move(readable).error());
        repository::CaseFilter filter;
        filter.household = (*placed)->id;
        for (const auto& one :
             TRY(repository::list_cases(call.desk.database, *readable, filter, {}, most_cases)))
            TRY_VOID(add_papers(call, one, items));
        call.looked("my.papers").households.push_back((*placed)->id);
    }
    return json_answer(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

Failure no_such_paper() {
    return {404,
            "paper_unknown",
            {"没有送达您家的这份文书", "there is no such paper addressed to your household"}};
}

Outcome<Response> my_paper(Call& call) {
    auto placed = own_household(call);
    if (!placed) return std::unexpected(std::move(placed).error());
    auto found = case_in_reach(call, call.parameter("id"));
    if (!found || !*placed || found->row.head.household != (*placed)->id)
        return std::unexpected(no_such_paper());
    int number = 0;
    const std::string& text = call.parameter("event");
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::unexpected(no_such_paper());
    auto desk = case_desk(call);
    const auto view = TRY(casework::read_case(desk, found->row.head.id, call.today()));
    const auto event = std::ranges::find(view.events, number, &casework::CaseEvent::number);
    const OwnCase own(call, *found, view);
    const std::string& paper = call.parameter("paper");
    const archive::PaperWish wish = TRY(own.theirs());
    if (event == view.events.end() || !wish(*event, paper)) return std::unexpected(no_such_paper());
    auto made =
        TRY(archive::make_paper(own.setting(desk), call.services.case_law.press(), view, number, paper));
    auto& look = call.looked(fmt::format("my.paper {} of event {}", paper, number));
    look.households.push_back((*placed)->id);
    look.persons = std::move(made.shown);
    Response response;
    response.body = std::move(made.printed.pdf);
    response.headers.add("Content-Type", pdf);
    response.headers.add("Content-Disposition", fmt::format("inline; filename=\"{}-{}-{}.pdf\"",
                                                            call.parameter("id"), number, paper));
    return response;
}

}  // namespace

std::vector<Route> my_paper_routes() {
    Route one{.method = "GET",
              .path = "/api/v1/my/papers/{id}/{event}/{paper}",
              .operation = "getMyPaper",
              .handler = my_paper,
              .who = Who::signed_in};
    one.response_type = pdf;
    one.deadline = std::chrono::seconds(60);
    return {{.method = "GET",
             .path = "/api/v1/my/papers",
             .operation = "listMyPapers",
             .handler = my_papers,
             .who = Who::signed_in},
            one};
}

}  // namespace doudi::http
