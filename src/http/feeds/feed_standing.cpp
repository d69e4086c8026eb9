// SPDX-License-Identifier: Apache-2.0
#include "http/feeds/feed_standing.h"

#include <algorithm>

#include "http/feeds/arrivals.h"
#include "http/request/list_link.h"

namespace doudi::http {

namespace json = boost::json;

namespace {

std::string_view state_of(const FeedStanding& feed, Date today) {
    if (!feed.last) return "never";
    if (!feed.due_by) return "no_term";
    return *feed.due_by < today ? "late" : "fresh";
}

}  // namespace

Outcome<std::vector<FeedStanding>> feeds_standing(Call& call, const policy::Policy& law) {
    const auto arrivals = TRY(match::latest_arrivals(call.desk.data));
    const std::string& mine = call.who().department;
    const bool is_form_only = is_told_form_only(call);
    std::vector<FeedStanding> feeds;
    for (const policy::Dataset& dataset : law.catalogue.datasets) {
        if (!mine.empty() && dataset.department != mine) continue;
        FeedStanding feed{.dataset = &dataset, .last = std::nullopt, .due_by = std::nullopt, .state = {}};
        const auto last = std::ranges::find(arrivals, dataset.id, &match::LatestArrival::dataset);
        if (last != arrivals.end()) feed.last = *last;
        if (feed.last && dataset.max_age_days) feed.due_by = feed.last->as_of + *dataset.max_age_days;
        feed.state = state_of(feed, call.today());
        feed.is_form_only = is_form_only;
        feeds.push_back(std::move(feed));
    }
    return feeds;
}

json::object feed_json(const FeedStanding& feed) {
    const policy::Dataset& dataset = *feed.dataset;
    json::value last = nullptr;
    if (feed.last) {
        const ListLink files = ListLink("/api/v1/arrivals").with("dataset", dataset.id);
        const auto rows = static_cast<double>(feed.last->rows);
        json::value matched = nullptr;
        json::value rate = nullptr;
        if (!feed.is_form_only) matched = feed.last->matched;
        if (!feed.is_form_only && feed.last->rows != 0) rate = static_cast<double>(feed.last->matched) / rows;
        last = json::object{{"as_of", feed.last->as_of.iso()},
                            {"files", counted(feed.last->files, files.with("as_of", feed.last->as_of.iso()))},
                            {"rows", feed.last->rows},
                            {"matched", std::move(matched)},
                            {"matched_rate", std::move(rate)}};
    }
    return {{"dataset", dataset.id},
            {"title", words(dataset.title)},
            {"department", dataset.department},
            {"department_title", words(dataset.department_title)},
            {"last", std::move(last)},
            {"due_by", day_or_null(feed.due_by)},
            {"state", feed.state}};
}

}  // namespace doudi::http
