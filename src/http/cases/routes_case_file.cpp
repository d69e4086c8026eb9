// SPDX-License-Identifier: Apache-2.0
// Papers of cases, each as its event left the case, and the sealed files of closed ones.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>

#include "archive/notice_preview.h"
#include "archive/papers.h"
#include "archive/seal.h"
#include "http/cases/case_desk.h"
#include "http/cases/case_files.h"
#include "http/cases/case_law.h"
#include "http/cases/case_reach.h"
#include "http/cases/case_routes.h"
#include "http/request/lists.h"

namespace doudi::http {
namespace {

using access::Verb;
using casework::repository::ListedCase;
namespace json = boost::json;

constexpr const char* pdf = "application/pdf";
constexpr const char* zip = "application/zip";

// A case in reach of somebody of the offices of civil affairs.
Outcome<ListedCase> case_of_office(Call& call) {
    auto found = case_in_reach(call, call.parameter("id"));
    if (!found) return found;
    if (auto may = require_office(call); !may) return std::unexpected(std::move(may).error());
    return found;
}

// The case as far as its reader reaches whom it is about: its papers say no more.
Result<casework::CaseView> view_of(Call& call, casework::Desk& desk, const ListedCase& found) {
    auto whole = TRY(casework::read_case(desk, found.row.head.id, call.today()));
    auto reached = TRY(reached_case(call, found, std::move(whole)));
    return std::move(reached.view);
}

access::Look& look_at(Call& call, std::string what, const ListedCase& one, Verb verb = Verb::read) {
    auto& look = call.looked(std::move(what));
    look.verb = verb;
    if (one.row.head.household) look.households.push_back(*one.row.head.household);
    if (one.row.head.person) look.persons.push_back(*one.row.head.person);
    return look;
}

// A file is one whole, sealed: whoever may not read all of the case gets none of it.
Outcome<ListedCase> filed_case_of_office(Call& call) {
    auto found = case_of_office(call);
    if (!found) return found;
    auto desk = case_desk(call);
    auto whole = TRY(casework::read_case(desk, found->row.head.id, call.today()));
    if (!TRY(reached_case(call, *found, std::move(whole))).is_cut) return found;
    look_at(call, "case.file refused", *found);
    return std::unexpected(TRY(household_out_of_reach(call, found->row.head)));
}

json::array texts(const std::vector<std::string>& from) {
    json::array all;
    for (const std::string& one : from) all.emplace_back(one);
    return all;
}

// --- papers

json::array blank_ids(const archive::CasePaper& one) {
    json::array all;
    for (const auto& blank : one.blanks) all.emplace_back(blank.field);
    return all;
}

// Of each field that is left to be written who supplies it.
json::array blanks_json(const archive::CasePaper& one) {
    json::array all;
    for (const auto& blank : one.blanks)
        all.push_back(
            json::object{{"field", blank.field}, {"title", words(blank.title)}, {"by", words(blank.by)}});
    return all;
}

json::object paper_json(const archive::CasePaper& one, std::string_view of) {
    const bool ready = one.state == archive::PaperState::ready;
    return {
        {"event", one.event},
        {"on", one.on.iso()},
        {"paper", one.paper},
        {"title", words(one.title)},
        {"state", archive::name_of(one.state)},
        {"why", ready ? json::value(nullptr) : json::value(words(one.why))},
        {"filled", texts(one.filled)},
        {"blanks", blank_ids(one)},
        {"supplied_by", blanks_json(one)},
        {"number", one.number},
        {"href", ready ? json::value(fmt::format("/api/v1/cases/{}/papers/{}/{}", of, one.event, one.paper))
                       : json::value(nullptr)}};
}

Outcome<Response> list_papers(Call& call) {
    auto found = case_of_office(call);
    if (!found) return std::unexpected(std::move(found).error());
    auto desk = case_desk(call);
    const auto view = TRY(view_of(call, desk, *found));
    const archive::Setting setting = setting_of_reader(call, desk);
    json::array items;
    for (const auto& one : TRY(archive::papers_of(setting, call.services.case_law.press(), view)))
        items.push_back(paper_json(one, call.parameter("id")));
    look_at(call, "case.papers", *found);
    return json_answer(json::object{{"items", std::move(items)}});
}

Outcome<Response> get_paper(Call& call) {
    auto found = case_of_office(call);
    if (!found) return std::unexpected(std::move(found).error());
    int event = 0;
    const std::string& text = call.parameter("event");
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), event);
    if (error != std::errc() || end != text.data() + text.size()) event = 0;
    const std::string& paper = call.parameter("paper");
    auto desk = case_desk(call);
    const auto view = TRY(view_of(call, desk, *found));
    const archive::Setting setting = setting_of_reader(call, desk);
    auto made = TRY(archive::make_paper(setting, call.services.case_law.press(), view, event, paper));
    auto& look = look_at(call, fmt::format("case.paper {} of event {}", paper, event), *found);
    look.persons.insert(look.persons.end(), made.shown.begin(), made.shown.end());
    Response response;
    response.body = std::move(made.printed.pdf);
    response.headers.add("Content-Type", pdf);
    response.headers.add("Content-Disposition", fmt::format("inline; filename=\"{}-{}-{}.pdf\"",
                                                            call.parameter("id"), event, paper));
    response.headers.add("X-Blank-Fields", fmt::format("{}", fmt::join(made.printed.blanks, ", ")));
    return response;
}

// --- the public notice, before it hangs

json::array posted_json(const std::vector<archive::PostedValue>& said) {
    json::array all;
    for (const archive::PostedValue& one : said)
        all.push_back(json::object{{"field", one.field}, {"title", words(one.title)}, {"text", one.text}});
    return all;
}

json::object preview_json(const archive::NoticePreview& preview, const std::string& of) {
    const bool ready = preview.paper.state == archive::PaperState::ready;
    json::array rows;
    for (const auto& row : preview.rows) rows.push_back(posted_json(row));
    json::array left_out;
    for (const archive::NotPosted& one : preview.left_out)
        left_out.push_back(json::object{{"title", words(one.title)}, {"why", words(one.why)}});
    return {{"case", of},
            {"move", preview.move},
            {"move_title", words(preview.move_title)},
            {"paper", preview.paper.paper},
            {"title", words(preview.paper.title)},
            {"on", preview.paper.on.iso()},
            {"state", archive::name_of(preview.paper.state)},
            {"why", ready ? json::value(nullptr) : json::value(words(preview.paper.why))},
            {"said", posted_json(preview.said)},
            {"rows", std::move(rows)},
            {"left_out", std::move(left_out)},
            {"supplied_by", ready ? blanks_json(preview.paper) : json::array()},
            {"href",
             ready ? json::value(fmt::format("/api/v1/cases/{}/notice/sheet", of)) : json::value(nullptr)}};
}

Outcome<Response> preview_notice(Call& call) {
    auto found = case_of_office(call);
    if (!found) return std::unexpected(std::move(found).error());
    auto desk = case_desk(call);
    const auto view = TRY(view_of(call, desk, *found));
    const archive::Setting setting = setting_of_reader(call, desk);
    const auto preview =
        TRY(archive::preview_notice(setting, call.services.case_law.press(), view, call.today()));
    look_at(call, "case.notice_preview", *found);
    return json_answer(preview_json(preview, call.parameter("id")));
}

Outcome<Response> print_notice(Call& call) {
    auto found = case_of_office(call);
    if (!found) return std::unexpected(std::move(found).error());
    auto desk = case_desk(call);
    const auto view = TRY(view_of(call, desk, *found));
    const archive::Setting setting = setting_of_reader(call, desk);
    auto made = TRY(archive::print_notice(setting, call.services.case_law.press(), view, call.today()));
    auto& look = look_at(call, "case.notice_preview", *found);
    look.persons.insert(look.persons.end(), made.shown.begin(), made.shown.end());
    Response response;
    response.body = std::move(made.printed.pdf);
    response.headers.add("Content-Type", pdf);
    response.headers.add("Content-Disposition",
                         fmt::format("inline; filename=\"{}-notice-preview.pdf\"", call.parameter("id")));
    return response;
}

// --- files

// What it is known by inside of the file is nobody's business outside.
json::object shown_item(const archive::Item& item) {
    json::object body = archive::item_json(item);
    body.erase("id");
    return body;
}

json::object file_json(const archive::SealedFile& file) {
    const archive::Manifest& manifest = file.manifest;
    json::array items;
    for (const auto& item : manifest.items) items.push_back(shown_item(item));
    json::array left_out;
    for (const auto& one : manifest.left_out)
        left_out.push_back(json::object{{"event", one.event}, {"paper", one.paper}, {"why", words(one.why)}});
    return {{"case", std::to_string(manifest.of.value())},
            {"number", manifest.number},
            {"events", manifest.events},
            {"closed_on", manifest.closed_on.iso()},
            {"sealed_at", time_text(micros_of(manifest.sealed_at))},
            {"pages", manifest.pages},
            {"items", std::move(items)},
            {"left_out", std::move(left_out)},
            {"sha256", file.sha256},
            {"sm3", file.sm3},
            {"released_by", file.released == 0 ? json::value(nullptr) : json::value(file.released)}};
}

// The newest file. A closed case that has none of all its events gets one now: it need not wait for the
// night.
Result<archive::SealedFile> file_of(Call& call, const archive::Setting& setting, casework::CaseId of) {
    auto sealed = archive::seal_case(setting, call.services.case_law.press(), of, access::UserId());
    if (sealed || sealed.error().code != "case_open") return sealed;
    return archive::sealed_file(setting, of);
}

Outcome<Response> seal(Call& call) {
    auto found = filed_case_of_office(call);
    if (!found) return std::unexpected(std::move(found).error());
    auto desk = case_desk(call);
    const auto& head = found->row.head;
    TRY_VOID(call.services.roles.require(call.who(), Verb::change, TRY(thing_of_case(desk, head))));
    const archive::Setting setting = setting_of_file(call, desk);
    const auto file =
        TRY(archive::seal_case(setting, call.services.case_law.press(), head.id, call.who().user));
    look_at(call, named_in_log(file), *found, Verb::change);
    return json_answer(file_json(file));
}

Outcome<Response> get_file(Call& call) {
    auto found = filed_case_of_office(call);
    if (!found) return std::unexpected(std::move(found).error());
    auto desk = case_desk(call);
    const archive::Setting setting = setting_of_file(call, desk);
    const auto file = TRY(file_of(call, setting, found->row.head.id));
    look_at(call, named_in_log(file), *found);
    return json_answer(file_json(file));
}

Outcome<Response> verify(Call& call) {
    auto found = filed_case_of_office(call);
    if (!found) return std::unexpected(std::move(found).error());
    auto desk = case_desk(call);
    const archive::Setting setting = setting_of_file(call, desk);
    (void)TRY(file_of(call, setting, found->row.head.id));
    const auto verified = TRY(archive::verify(setting, found->row.head.id));
    json::array items;
    for (std::size_t n = 0; n < verified.items.size(); ++n)
        items.push_back(json::object{{"name", verified.file.manifest.items[n].name},
                                     {"check", archive::name_of(verified.items[n])}});
    look_at(call, "case.file verified", *found);
    return json_answer(json::object{{"sound", verified.is_sound()},
                                    {"number", verified.file.manifest.number},
                                    {"manifest_whole", verified.manifest_whole},
                                    {"events_whole", verified.events_whole},
                                    {"events_since", verified.events_since},
                                    {"items", std::move(items)}});
}

// The whole leaves the house: it takes the right to export, and bears the name of who took it.
Outcome<Response> export_file(Call& call) {
    auto found = filed_case_of_office(call);
    if (!found) return std::unexpected(std::move(found).error());
    auto desk = case_desk(call);
    const archive::Setting setting = setting_of_file(call, desk);
    const auto file = TRY(file_of(call, setting, found->row.head.id));
    TRY_VOID(call.services.roles.require(call.who(), Verb::export_, access::Thing::list));
    if (!sees_files_whole(call, found->row.head))
        return std::unexpected(Failure(403, "not_allowed",
                                       {"案卷含姓名和住址，您没有查看全部内容的权限",
                                        "the file bears names and addresses that you may not see whole"}));
    const FileBody whole = temporary_file(call, ".zip");
    TRY_VOID(archive::write_zip(setting, file, whole.path));
    look_at(call, named_in_log(file) + " exported", *found, Verb::export_);
    Response response;
    response.body = whole;
    response.headers.add("Content-Type", zip);
    response.headers.add("Content-Disposition", fmt::format("attachment; filename=\"case-{}-{}-by-{}.zip\"",
                                                            file.manifest.of.value(), file.manifest.number,
                                                            percent_encoded(call.who().user_name)));
    return response;
}

}  // namespace

std::vector<Route> case_file_routes() {
    constexpr std::chrono::seconds long_enough{60};
    Route paper =
        reads("/api/v1/cases/{id}/papers/{event}/{paper}", "getCasePaper", get_paper, Who::signed_in);
    paper.response_type = pdf;
    paper.deadline = long_enough;
    Route sheet =
        reads("/api/v1/cases/{id}/notice/sheet", "printNoticePreview", print_notice, Who::signed_in);
    sheet.response_type = pdf;
    sheet.deadline = long_enough;
    Route sealing = reads("/api/v1/cases/{id}/file", "sealCaseFile", seal, Who::signed_in);
    sealing.method = "POST";
    sealing.deadline = long_enough;
    Route whole = reads("/api/v1/cases/{id}/archive", "exportCaseFile", export_file, Who::signed_in);
    whole.response_type = zip;
    whole.deadline = long_enough;
    Route manifest = reads("/api/v1/cases/{id}/file", "getCaseFile", get_file, Who::signed_in);
    manifest.deadline = long_enough;
    Route verification =
        reads("/api/v1/cases/{id}/file/verification", "verifyCaseFile", verify, Who::signed_in);
    verification.deadline = long_enough;
    return {reads("/api/v1/cases/{id}/papers", "listCasePapers", list_papers, Who::signed_in),
            paper,
            reads("/api/v1/cases/{id}/notice", "previewNotice", preview_notice, Who::signed_in),
            sheet,
            manifest,
            sealing,
            verification,
            whole};
}

}  // namespace doudi::http
