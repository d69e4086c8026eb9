// SPDX-License-Identifier: Apache-2.0
// Views that whoever is signed in keeps of a list: theirs alone, on whichever computer they sit.
#include <algorithm>
#include <set>

#include "access/saved_views.h"
#include "http/office/desk_routes.h"
#include "http/request/call.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

constexpr std::size_t most_views = 20;
constexpr std::size_t longest_name = 100;
constexpr std::size_t longest_query = 1000;

// Lists that have views: 404 of any other.
Outcome<std::string> list_named(const Call& call) {
    const std::string& list = call.parameter("list");
    if (list != "warnings")
        return std::unexpected(
            Failure(404, "no_such_list", {"这个列表没有常用视图", "this list has no saved views"}));
    if (call.who().kind != access::SessionKind::staff)
        return std::unexpected(
            Failure(403, "not_allowed", {"只有工作人员可以保存视图", "only accounts of staff keep views"}));
    return list;
}

json::object views_json(const std::vector<access::SavedView>& views) {
    json::array items;
    for (const auto& view : views) items.push_back(json::object{{"name", view.name}, {"query", view.query}});
    return {{"items", std::move(items)}};
}

Outcome<Response> get(Call& call) {
    const auto list = list_named(call);
    if (!list) return std::unexpected(list.error());
    return json_answer(views_json(TRY(access::read_saved_views(call.desk.database, call.who().user, *list))));
}

Outcome<Response> put(Call& call) {
    const auto list = list_named(call);
    if (!list) return std::unexpected(list.error());
    auto body = body_of(call);
    if (!body) return std::unexpected(std::move(body).error());
    FieldFaults faults;
    BodyFields fields(*body, faults);
    std::vector<access::SavedView> views;
    std::set<std::string> names;
    const auto* told = fields.value("items");
    const auto* items = told != nullptr ? told->if_array() : nullptr;
    if (told != nullptr && (items == nullptr || items->size() > most_views))
        fields.fault("items", "not_a_list", {"应为列表，最多 20 个视图", "takes a list of at most 20 views"});
    const std::size_t count = items == nullptr ? 0 : std::min(items->size(), most_views);
    for (std::size_t n = 0; n < count; ++n) {
        BodyFields one((*items)[n], faults, "/items/" + std::to_string(n));
        access::SavedView view{one.text("name", {.most = longest_name}),
                               one.text("query", {.most = longest_query})};
        one.finish();
        if (!names.insert(view.name).second)
            fields.fault("items/" + std::to_string(n) + "/name", "twice",
                         {"已有同名视图", "there is a view of this name"});
        views.push_back(std::move(view));
    }
    fields.finish();
    if (!faults.empty()) return std::unexpected(faults.failure());
    TRY_VOID(access::put_saved_views(call.desk.database, call.who().user, *list, views));
    return json_answer(views_json(views));
}

}  // namespace

std::vector<Route> saved_view_routes() {
    return {{.method = "GET",
             .path = "/api/v1/saved-views/{list}",
             .operation = "listSavedViews",
             .handler = get,
             .who = Who::signed_in},
            {.method = "PUT",
             .path = "/api/v1/saved-views/{list}",
             .operation = "putSavedViews",
             .handler = put,
             .who = Who::signed_in,
             .request_type = "application/json"}};
}

}  // namespace doudi::http
