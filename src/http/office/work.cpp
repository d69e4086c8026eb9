// SPDX-License-Identifier: Apache-2.0
#include "http/office/work.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "access/units.h"
#include "base/shown_name.h"
#include "http/cases/batch.h"
#include "http/cases/case_work.h"
#include "http/cases/whatif_work.h"
#include "http/feeds/heading_map.h"
#include "http/feeds/import_json.h"
#include "http/feeds/kept_headings.h"
#include "http/feeds/reading_work.h"
#include "http/lists/list_draft.h"
#include "http/register/forget_work.h"
#include "http/register/register_work.h"
#include "http/request/call.h"
#include "http/request/payload.h"
#include "match/import.h"
#include "match/repository.h"
#include "monitor/verbs.h"

namespace doudi::http {
namespace {

namespace json = boost::json;

json::object parameters_of(const jobs::Job& job) {
    return json::parse(job.parameters).as_object();  // we wrote it
}

std::vector<std::string> texts_of(const json::object& object, std::string_view name) {
    std::vector<std::string> texts;
    for (const auto& item : object.at({name.data(), name.size()}).as_array())
        texts.emplace_back(item.as_string());
    return texts;
}

AsOf day_of(const json::object& object) {
    return AsOf{Date::parse_iso(text_of(object, "as_of")).value_or(Date())};
}

// --- import
// ---------------------------------------------------------------------------------------------------------

json::object error_json(const Error& error) {
    return {{"code", error.code}, {"text", words(error.text)}, {"where", error.where}};
}

// The number by which the file's rows and refusals are asked for; null: it was refused, or is of the
// register.
json::value arrival_of(const match::FileReport& file, AsOf as_of,
                       const std::vector<match::StoredArrival>& arrivals) {
    json::value number = nullptr;
    for (const match::StoredArrival& one : arrivals) {
        if (one.arrival.file_name == file.file_name && one.arrival.dataset == file.dataset &&
            one.arrival.as_of == as_of && !file.is_register)
            number = std::to_string(one.id.value());
    }
    return number;
}

}  // namespace

json::object file_json(const match::FileReport& file, bool form_only) {
    using match::Bucket;
    json::array remarks;
    for (const auto& remark : file.remarks) remarks.push_back(words(remark));
    json::object body{{"file", shown_file_name(file.file_name)},
                      {"dataset", file.dataset},
                      {"is_register", file.is_register},
                      {"known_already", file.known_already},
                      {"refused", nullptr},
                      {"rows", file.buckets.rows},
                      {"rejected", form_only ? file.refused_rows : file.buckets[Bucket::rejected]},
                      {"findings", file.findings},
                      {"remarks", std::move(remarks)}};
    if (file.refused) body["refused"] = error_json(*file.refused);
    if (file.is_register) {
        body["added"] = file.added;
        body["changed"] = file.changed;
        body["unchanged"] = file.unchanged;
    } else if (!form_only) {
        body["buckets"] = json::object{{"exact", file.buckets[Bucket::exact]},
                                       {"probable", file.buckets[Bucket::probable]},
                                       {"off_roster", file.buckets[Bucket::off_roster]},
                                       {"review", file.buckets[Bucket::review]},
                                       {"held", file.buckets[Bucket::held]},
                                       {"rejected", file.buckets[Bucket::rejected]},
                                       {"duplicate", file.buckets[Bucket::duplicate]}};
    }
    return body;
}

std::uint32_t unit_of(const jobs::Job& job) {
    std::uint32_t unit = 0;
    for (const char digit : job.unit) unit = unit * 10 + static_cast<std::uint32_t>(digit - '0');
    return unit;
}

namespace {

// Households that are new belong to an office from now on: by their region, else to the one whose file it
// was.
Result<std::uint64_t> place_new(WorkPlace& place, const jobs::Job& job, AsOf as_of) {
    auto desk = TRY(place.desks.take());
    const auto placed =
        TRY(access::place_new_households(desk->database, access::UnitId(unit_of(job)), as_of.date));
    return placed.by_region + placed.by_file;
}

}  // namespace

Result<std::shared_ptr<const policy::Policy>> law_of(WorkPlace& place, AsOf as_of) {
    auto desk = TRY(place.desks.take());
    return place.law.of_run(desk->database, as_of.date);
}

namespace {

// The proposal that a register's files are; null: the first register, files that say what the register says
// already ("register_unchanged"), or none at all.
json::value proposal_of(const match::ImportReport& report) {
    if (!report.proposed || report.proposed->proposal == PublishId()) return nullptr;
    return json::object{{"id", std::to_string(report.proposed->proposal.value())},
                        {"accepted", report.proposed->accepted},
                        {"overtaken", report.proposed->decided.overtaken}};
}

bool is_unchanged(const match::ImportReport& report) {
    return report.proposed && report.proposed->proposal == PublishId();
}

// What a person said of the file's headings, for this import alone.
json::value headings_of(const json::object& parameters) {
    const json::value* map = parameters.if_contains("headings");
    return map == nullptr ? json::value(nullptr) : *map;
}

// The upload that is still there for it; null: none.
json::value upload_of(const match::FileReport& file, const std::vector<std::string>& ids,
                      const std::vector<std::string>& taken, std::span<const std::filesystem::path> paths) {
    for (std::size_t n = 0; n < ids.size(); ++n) {
        if (file.file_name == paths[n].filename().string() && std::ranges::find(taken, ids[n]) == taken.end())
            return json::value(ids[n]);
    }
    return nullptr;
}

// A file that was refused for its headings is kept until its term: a person may say what they mean.
std::vector<std::string> taken_of(const std::vector<std::string>& ids, const match::ImportReport& report,
                                  std::span<const std::filesystem::path> paths) {
    std::vector<std::string> taken;
    for (std::size_t n = 0; n < ids.size(); ++n) {
        const bool waits = std::ranges::any_of(report.files, [&](const match::FileReport& file) {
            return file.refused && file.headings && file.file_name == paths[n].filename().string();
        });
        if (!waits) taken.push_back(ids[n]);
    }
    return taken;
}

Result<std::string> import_work(WorkPlace& place, const jobs::Job& job, jobs::Progress& progress) {
    const auto parameters = parameters_of(job);
    const auto ids = texts_of(parameters, "uploads");
    const AsOf as_of = day_of(parameters);
    TRY_VOID(take_due_changes(place, as_of));
    upkeep::Asked asked;
    match::RegisterTerms terms{
        .accept = parameters.at("accept").as_bool(),
        .by = {static_cast<std::uint32_t>(job.asked_by), text_of(parameters, "by_name")},
        .unit = unit_of(job),
        .at = place.clock.now()};
    terms.left_out = [&](const match::RegisterProposed& proposed) -> Result<void> {
        asked = TRY(ask_about_absent(place, proposed, terms, as_of));
        return {};
    };
    const auto lent = TRY(place.uploads->lend(ids, fmt::format("job{}", job.id)));
    progress.stage({"正在导入", "importing"});
    const auto headings = headings_of(parameters);
    policy::Policy law = *TRY(law_of(place, as_of));
    add_headings(law.catalogue, headings);
    auto kept =
        TRY(headings_kept_for(place.writer.database(), access::UnitId(unit_of(job)), civil_day(terms.at)));
    const auto report = match::import_files(
        place.writer, law, lent.paths(),
        {.as_of = as_of,
         .threads = place.threads,
         .progress = [&](std::uint64_t done, std::uint64_t total) { progress.count(done, total); },
         .stop = progress.stop(),
         .terms = terms,
         .kept = std::move(kept),
         .headings = map_text(headings)});
    place.desks.published();  // a register that came first stays also when the rest failed
    if (!report) return std::unexpected(report.error());
    progress.stage({"正在归属到单位", "placing households in their offices"});
    const auto placed = TRY(place_new(place, job, as_of));
    const auto taken = taken_of(ids, *report, lent.paths());
    TRY_VOID(place.uploads->used(taken));
    const bool form_only = parameters.at("form_only").as_bool();
    const auto arrivals = TRY(match::list_arrivals(place.writer, as_of));
    json::array files;
    for (const auto& file : report->files) {
        json::object body = file_json(file, form_only);
        body["arrival"] = arrival_of(file, as_of, arrivals);
        body["headings"] =
            file.headings ? json::value(headings_json(*file.headings, law.catalogue)) : json::value(nullptr);
        body["upload"] = upload_of(file, ids, taken, lent.paths());
        for (const Text& said : headings_said(headings, law.catalogue))
            body["remarks"].as_array().push_back(words(said));
        files.push_back(std::move(body));
    }
    json::array remarks;
    for (const auto& remark : report->remarks) remarks.push_back(words(remark));
    return json::serialize(json::object{{"as_of", as_of.date.iso()},
                                        {"files", std::move(files)},
                                        {"remarks", std::move(remarks)},
                                        {"any_refused", report->any_refused()},
                                        {"households_placed", placed},
                                        {"proposal", proposal_of(*report)},
                                        {"register_unchanged", is_unchanged(*report)},
                                        {"households_asked_about", asked.households},
                                        {"members_asked_about", asked.members}});
}

// --- cycle and closing
// ----------------------------------------------------------------------------------------------

Result<std::string> cycle_work(WorkPlace& place, const jobs::Job& job, jobs::Progress& progress) {
    const AsOf as_of = day_of(parameters_of(job));
    progress.stage({"正在比对", "comparing"});
    TRY_VOID(take_due_changes(place, as_of));
    TRY_VOID(settle_warnings(place, as_of));
    const auto law = TRY(law_of(place, as_of));
    const auto report = TRY(monitor::run_cycle(
        place.writer, *law, as_of,
        {.threads = place.threads,
         .progress = [&](std::uint64_t rows, std::uint64_t total) { progress.count(rows, total); },
         .stop = progress.stop()}));
    place.desks.published();
    json::object cases = TRY(raise_cases(place));
    json::array levels;
    const auto& pack = law->pack;
    for (std::size_t i = 0; i < pack.levels.size() && i < report.open_by_level.size(); ++i)
        levels.push_back(json::object{{"level", pack.levels[i].id}, {"open", report.open_by_level[i]}});
    return json::serialize(json::object{{"as_of", as_of.date.iso()},
                                        {"happened_before", report.happened_before},
                                        {"files_streamed", report.files_streamed},
                                        {"files_again", report.files_again},
                                        {"rows_streamed", report.rows_streamed},
                                        {"events_scored", report.events_scored},
                                        {"events_taken_back", report.events_taken_back},
                                        {"events_possible", report.events_possible},
                                        {"events_to_review", report.events_to_review},
                                        {"warnings_opened", report.warnings_opened},
                                        {"warnings_closed", report.warnings_closed},
                                        {"warnings_open", report.warnings_open},
                                        {"exits_proposed", report.exits_proposed},
                                        {"provisional_dues", report.provisional_dues},
                                        {"levels", std::move(levels)},
                                        {"cases", std::move(cases)}});
}

// What a person had carried out of the list that the daily round made; each class by its proof.
Result<std::string> retention_work(WorkPlace& place, const jobs::Job& job, jobs::Progress& progress) {
    const auto parameters = parameters_of(job);
    access::Session who;
    who.user = access::UserId(static_cast<std::uint32_t>(job.asked_by));
    who.user_name = text_of(parameters, "user");
    who.from = text_of(parameters, "from");
    who.why.purpose = "upkeep";
    const std::int64_t proposal = parameters.at("proposal").as_int64();
    const auto open = TRY(access::open_proposal(place.writer.database()));
    if (!open || open->id != proposal)
        return fail(ErrorKind::conflict, "no_such_proposal",
                    {"这份到期清单已被替换或已执行：请看最新的一份",
                     "this list was replaced or carried out meanwhile: look at the newest one"});
    progress.stage({"正在删除到期内容", "removing what is older than its term"});
    const auto removed = access::remove_due(place.writer, place.audit, place.retention, place.clock, who);
    place.desks.published();  // what went may be part of what some look at
    if (!removed) return std::unexpected(removed.error());
    // Interrupted before here, the list stays open and the job can be run again.
    TRY_VOID(access::close_proposal(place.writer.database(), place.clock, who, proposal));
    json::array classes;
    for (const auto& one : *removed) {
        if (one.rows + one.held == 0) continue;
        classes.push_back(json::object{{"class", one.id},
                                       {"before", civil_day(one.before).iso()},
                                       {"removed", one.rows},
                                       {"held", one.held},
                                       {"proof", one.proof},
                                       {"keys_hash", one.keys_hash}});
    }
    return json::serialize(json::object{{"classes", std::move(classes)}});
}

Result<std::string> close_work(WorkPlace& place, const jobs::Job& job, jobs::Progress& progress) {
    const auto parameters = parameters_of(job);
    progress.stage({"正在办结", "closing"});
    const auto codes = texts_of(parameters, "households");
    const auto report = TRY(monitor::close_warnings(place.writer, day_of(parameters), codes));
    place.desks.published();
    return json::serialize(json::object{{"closed", texts_json(report.closed)},
                                        {"not_open", texts_json(report.not_open)},
                                        {"unknown", texts_json(report.unknown)}});
}

}  // namespace

AsOf day_of_job(const jobs::Job& job) {
    return day_of(parameters_of(job));
}

std::vector<jobs::Kind> all_kinds(WorkPlace& place) {
    using jobs::Job;
    using jobs::Lane;
    using jobs::Progress;
    return {
        {.name = "import",
         .lane = Lane::publishing,
         .title = {"导入数据", "Import"},
         .work = [&place](const Job& job, Progress& progress) { return import_work(place, job, progress); },
         .fresh = "imported"},
        reading_kind(place),
        {.name = "cycle",
         .lane = Lane::publishing,
         .title = {"监测", "Monitoring cycle"},
         .work = [&place](const Job& job, Progress& progress) { return cycle_work(place, job, progress); },
         .fresh = "monitored"},
        {.name = "close",
         .lane = Lane::publishing,
         .title = {"办结预警", "Closing of warnings"},
         .work = [&place](const Job& job, Progress& progress) { return close_work(place, job, progress); },
         .fresh = "closed"},
        {.name = "raise",
         .lane = Lane::publishing,
         .title = {"生成预警办件", "Cases of warnings"},
         .work = [&place](const Job& job, Progress& progress) { return raise_work(place, job, progress); },
         .fresh = "raised"},
        register_kind(place),
        forget_kind(place),
        batch_kind(place),
        list_draft_kind(place),
        {.name = "retention",
         .lane = Lane::publishing,
         .title = {"删除到期内容", "Removal of what is older than its term"},
         .work = [&place](const Job& job,
                          Progress& progress) { return retention_work(place, job, progress); },
         .fresh = {}},
        {.name = "whatif",
         .lane = Lane::reading,
         .title = {"试算", "What if"},
         .work = [&place](const Job& job, Progress& progress) { return whatif_work(place, job, progress); },
         .fresh = {}}};
}

}  // namespace doudi::http
