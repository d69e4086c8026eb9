// SPDX-License-Identifier: Apache-2.0
#include "http/feeds/reading_work.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "http/feeds/arrivals.h"
#include "http/feeds/heading_map.h"
#include "http/feeds/import_json.h"
#include "http/feeds/kept_headings.h"
#include "http/feeds/read_rows.h"
#include "match/import.h"

namespace doudi::http {

namespace json = boost::json;

namespace {

constexpr std::size_t part_bytes = std::size_t{1} << 20U;

struct Asked {
    std::string arrival;
    json::value headings;
    bool counts = false;
    bool form_only = false;

    static Asked of(const jobs::Job& job) {
        const json::value body = json::parse(job.parameters);  // we wrote it
        return {std::string(body.at("arrival").as_string()), body.at("headings"), body.at("counts").as_bool(),
                body.at("form_only").as_bool()};
    }
};

Result<match::StoredArrival> standing_arrival(WorkPlace& place, const std::string& id) {
    const auto all = TRY(match::list_arrivals(place.writer, AsOf{access::forever}, match::Readings::all));
    const auto found = std::ranges::find_if(
        all, [&](const match::StoredArrival& one) { return std::to_string(one.id.value()) == id; });
    if (found == all.end())
        return fail(ErrorKind::not_found, "no_such_arrival", {"没有这个文件", "there is no such file"});
    TRY_VOID(check_readable(*found, place.policy.catalogue));
    return *found;
}

Result<void> copy_original(const column::ByteSource& from, store::DurableFile& to) {
    std::vector<std::byte> part(part_bytes);
    for (std::uint64_t at = 0; at < from.size(); at += part.size()) {
        const auto wanted = std::min<std::uint64_t>(part.size(), from.size() - at);
        const std::span<std::byte> bytes(part.data(), static_cast<std::size_t>(wanted));
        TRY_VOID(from.read(at, bytes));
        TRY_VOID(to.append(bytes));
    }
    return {};
}

json::object before_json(const match::StoredArrival& arrival, bool form_only) {
    json::object body{{"rows", arrival.buckets.rows}, {"headings", map_of(arrival.arrival.headings)}};
    if (form_only) return body;
    json::object buckets;
    for (const auto& [bucket, name] : bucket_names) buckets[name] = arrival.buckets[bucket];
    body["buckets"] = std::move(buckets);
    return body;
}

// The number of the reading that stands instead; null: it was only looked at, or refused.
Result<json::value> new_arrival(WorkPlace& place, const match::StoredArrival& before) {
    for (const auto& one : TRY(match::list_arrivals(place.writer, before.arrival.as_of)))
        if (one.arrival.replaces == before.id.value()) return json::value(std::to_string(one.id.value()));
    return json::value(nullptr);
}

Result<std::string> reading_work(WorkPlace& place, const jobs::Job& job, jobs::Progress& progress) {
    const Asked asked = Asked::of(job);
    const auto arrival = TRY(standing_arrival(place, asked.arrival));
    const AsOf as_of = arrival.arrival.as_of;
    const auto original = TRY(place.writer.open_blob(store::Shelf::originals, arrival.arrival.sha256));
    const auto lent = TRY(place.uploads->lend_written(
        arrival.arrival.file_name, fmt::format("job{}", job.id),
        [&](store::DurableFile& file) { return copy_original(*original, file); }));
    policy::Policy law = *TRY(law_of(place, as_of));
    add_headings(law.catalogue, asked.headings);
    auto kept = TRY(headings_kept_for(place.writer.database(), access::UnitId(unit_of(job)),
                                      civil_day(place.clock.now())));
    progress.stage({"正在重新读取", "reading again"});
    match::ImportSettings settings{
        .as_of = as_of,
        .threads = place.threads,
        .progress = [&](std::uint64_t done, std::uint64_t total) { progress.count(done, total); },
        .stop = progress.stop()};
    settings.kept = std::move(kept);
    settings.headings = map_text(asked.headings);
    settings.again = match::ReadAgain{arrival.id, arrival.arrival.dataset, !asked.counts};
    const int dataset = law.catalogue.index_of(arrival.arrival.dataset);
    if (!asked.counts && !asked.form_only && dataset >= 0)
        settings.again->shown = [&](const match::ShownFile& shown) {
            progress.stage({"正在写入逐行结果", "writing the rows behind the numbers"});
            return keep_read_rows(place.writer, law.catalogue.datasets[static_cast<std::size_t>(dataset)],
                                  shown, as_of, progress);
        };
    const auto report = TRY(match::import_files(place.writer, law, lent.paths(), settings));
    if (asked.counts) place.desks.published();
    const match::FileReport& file = report.files.front();
    json::object body = file_json(file, asked.form_only);
    body["arrival"] = TRY(new_arrival(place, arrival));
    body["headings"] =
        file.headings ? json::value(headings_json(*file.headings, law.catalogue)) : json::value(nullptr);
    body["upload"] = nullptr;
    for (const Text& said : headings_said(asked.headings, law.catalogue))
        body["remarks"].as_array().push_back(words(said));
    return json::serialize(json::object{{"as_of", as_of.date.iso()},
                                        {"arrival", asked.arrival},
                                        {"counts", asked.counts},
                                        {"before", before_json(arrival, asked.form_only)},
                                        {"file", std::move(body)}});
}

}  // namespace

Result<void> check_readable(const match::StoredArrival& arrival, const policy::DatasetCatalogue& catalogue) {
    const int at = catalogue.index_of(arrival.arrival.dataset);
    if (at < 0 || catalogue.datasets[static_cast<std::size_t>(at)].kind != policy::DatasetKind::feed)
        return fail(
            ErrorKind::conflict, "not_a_feed",
            {"只有部门数据的原件可以重新读取", "only an original of a department's data is read again"});
    if (arrival.replaced_by != FileId())
        return fail(
            ErrorKind::conflict, "arrival_replaced",
            {"这份原件已重新读取过：请看现在的那一次", "it was read again since: look at that reading"});
    if (arrival.original_removal != 0)
        return fail(ErrorKind::not_found, "original_deleted",
                    {fmt::format("原件已到保存期限并删除（证明 {} 号）", arrival.original_removal),
                     fmt::format("the original was older than its term and is deleted (proof {})",
                                 arrival.original_removal)});
    if (arrival.rows_removal != 0)
        return fail(ErrorKind::conflict, "arrival_rows_deleted",
                    {fmt::format("其中的行已到期删除（证明 {} 号），不能再读回来", arrival.rows_removal),
                     fmt::format("rows of it were removed by their term (proof {}) and do not come back",
                                 arrival.rows_removal)});
    return {};
}

jobs::Kind reading_kind(WorkPlace& place) {
    return {.name = std::string(reading_name),
            .lane = jobs::Lane::publishing,
            .title = {"重新读取原件", "Reading an original again"},
            .work = [&place](const jobs::Job& job,
                             jobs::Progress& progress) { return reading_work(place, job, progress); },
            .fresh = "imported"};
}

}  // namespace doudi::http
