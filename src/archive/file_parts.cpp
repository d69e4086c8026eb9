// SPDX-License-Identifier: Apache-2.0
#include "archive/file_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "archive/fill.h"
#include "casework/kept/attachments.h"
#include "casework/kept/attachments_repository.h"
#include "store/sha256.h"
#include "vault/digest.h"
#include "vault/secret.h"

namespace doudi::archive {
namespace {

using casework::CaseEvent;
using casework::CaseView;
namespace json = boost::json;

constexpr std::string_view catalogue_paper = "catalogue";
constexpr const char* pdf = "application/pdf";

json::array texts(const std::vector<std::string>& from) {
    json::array all;
    for (const std::string& one : from) all.emplace_back(one);
    return all;
}

json::object event_json(const CaseEvent& event) {
    json::object fields;
    for (const auto& [id, values] : event.fields) fields[id] = texts(values);
    json::object body{
        {"number", event.number},      {"move", event.move},           {"to", event.to},
        {"on", event.on.iso()},        {"at", micros_of(event.at)},    {"by", event.by.value()},
        {"unit", event.unit.value()},  {"fields", std::move(fields)},  {"forgotten", event.forgotten},
        {"marks", texts(event.marks)}, {"papers", texts(event.papers)}};
    // Left out where there are none: a file that was sealed before there were any stays what it was.
    if (!event.numbers.empty()) body["numbers"] = json::value_from(event.numbers);
    return body;
}

std::string_view ending_of(std::string_view type) {
    if (type == pdf) return "pdf";
    return type.substr(type.find('/') + 1);
}

std::string number_of(const CaseView& view, const Item& item) {
    if (item.kind != ItemKind::paper) return {};
    const auto event = std::ranges::find(view.events, item.event, &CaseEvent::number);
    if (event == view.events.end()) return {};
    const auto number = event->numbers.find(item.id);
    return number == event->numbers.end() ? std::string() : number->second;
}

print::Row catalogue_row(const CaseView& view, const Item& item) {
    print::Row row;
    const auto put = [&row](const char* column, std::string text) {
        if (!text.empty()) row.values.emplace(column, print::Value{std::move(text)});
    };
    put("number", number_of(view, item));
    put("author", item.author);
    put("title", item.title.zh);
    row.values.emplace("date", print::Value{item.on});
    if (item.pages == 1) put("pages", std::to_string(item.first_page));
    if (item.pages > 1) put("pages", fmt::format("{}-{}", item.first_page, item.first_page + item.pages - 1));
    if (item.kind == ItemKind::attachment) put("remark", item.type == pdf ? "PDF" : "图片");
    if (item.kind == ItemKind::events) put("remark", "数据");
    return row;
}

class Gatherer {
  public:
    Gatherer(const Setting& setting, Press& press, const CaseView& view, int file_number)
        : setting_(setting), press_(press), view_(view), file_number_(file_number) {}

    Result<Parts> gather() {
        attached_ = TRY(casework::repository::list_attachments(setting_.desk.shelf, view_.head.id));
        const auto papers = TRY(papers_of(setting_, press_, view_));
        for (const CaseEvent& event : view_.events) {
            for (const CasePaper& paper : papers)
                if (paper.event == event.number) TRY_VOID(add_paper(event, paper));
            TRY_VOID(add_attachments(event));
        }
        // What was sent and that no event names.
        for (const auto& one : attached_)
            if (!taken_.contains(one.hash)) TRY_VOID(add_attachment(view_.events.back(), one));
        add_events();
        TRY_VOID(add_catalogue());
        return std::move(parts_);
    }

  private:
    [[nodiscard]] std::string author(const CaseEvent& event) const {
        const access::Unit* unit =
            setting_.units.find(event.unit == access::UnitId() ? view_.head.unit : event.unit);
        return unit == nullptr ? std::string() : unit->title;
    }

    void add(Part part, std::string_view content) {
        const Hashes hashes = hashes_of(content);
        part.item.bytes = content.size();
        part.item.sha256 = hashes.sha256;
        part.item.sm3 = hashes.sm3;
        if (part.item.pages > 0) {
            part.item.first_page = parts_.pages + 1;
            parts_.pages += part.item.pages;
        }
        parts_.all.push_back(std::move(part));
    }

    Result<void> add_paper(const CaseEvent& event, const CasePaper& paper) {
        if (paper.state != PaperState::ready) {
            parts_.left_out.push_back({paper.event, paper.paper, paper.why});
            return {};
        }
        auto made = TRY(make_paper(setting_, press_, view_, event.number, paper.paper));
        Part part;
        part.item = {.kind = ItemKind::paper,
                     .event = event.number,
                     .id = paper.paper,
                     .name = fmt::format("papers/{:03}-{}.pdf", event.number, paper.paper),
                     .title = paper.title,
                     .on = event.on,
                     .author = author(event),
                     .type = pdf,
                     .pages = made.printed.pages,
                     .sha256 = {},
                     .sm3 = {}};
        part.content = std::move(made.printed.pdf);
        const std::string content = part.content;
        add(std::move(part), content);
        return {};
    }

    Result<void> add_attachments(const CaseEvent& event) {
        for (const auto& [id, values] : event.fields) {
            const policy::FieldRule* field = view_.pack->law.procedures.field(id);
            if (field == nullptr || field->type != policy::FieldRule::Type::attachments) continue;
            for (const std::string& hash : values) {
                const auto found =
                    std::ranges::find(attached_, hash, &casework::repository::ListedAttachment::hash);
                if (found != attached_.end() && !taken_.contains(hash))
                    TRY_VOID(add_attachment(event, *found));
            }
        }
        return {};
    }

    Result<void> add_attachment(const CaseEvent& event, const casework::repository::ListedAttachment& one) {
        taken_.insert(one.hash);
        const auto attachment = TRY(casework::read_attachment(setting_.desk, view_.head.id, one.hash));
        constexpr std::size_t digits = 16;
        const int number = static_cast<int>(taken_.size());
        Part part;
        part.item = {.kind = ItemKind::attachment,
                     .event = event.number,
                     .id = one.hash,
                     .name = fmt::format("attachments/{:03}-{}.{}", event.number, one.hash.substr(0, digits),
                                         ending_of(one.type)),
                     .title = {fmt::format("附件{}", number), fmt::format("Attachment {}", number)},
                     .on = event.on,
                     .author = author(event),
                     .type = one.type,
                     .pages = 1,
                     .sha256 = {},
                     .sm3 = {}};
        const auto& bytes = attachment.content;
        add(std::move(part), {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
        return {};
    }

    void add_events() {
        Part part;
        part.item = {.kind = ItemKind::events,
                     .event = 0,
                     .id = {},
                     .name = "events.json",
                     .title = {"办理过程记录", "Events of the case"},
                     .on = view_.events.back().on,
                     .author = author(view_.events.back()),
                     .type = "application/json",
                     .sha256 = {},
                     .sm3 = {}};
        part.content = events_text(view_, view_.state.events);
        const std::string content = part.content;
        add(std::move(part), content);
    }

    Result<void> add_catalogue() {
        const auto plates = TRY(press_.of(view_.head.pack));
        const print::Paper* paper = TRY(plates->library.need(catalogue_paper));
        const CaseEvent& last = view_.events.back();
        const print::Fields fields = TRY(catalogue_fields(setting_, *plates, view_, parts_, file_number_));
        auto printed = TRY(press_.print(view_.head.pack, catalogue_paper, fields, last.on));
        const Hashes hashes = hashes_of(printed.pdf);
        Part part;
        part.item = {.kind = ItemKind::catalogue,
                     .event = 0,
                     .id = std::string(catalogue_paper),
                     .name = "catalogue.pdf",
                     .title = paper->title,
                     .on = last.on,
                     .author = author(last),
                     .type = pdf,
                     .pages = printed.pages,
                     .bytes = printed.pdf.size(),
                     .sha256 = hashes.sha256,
                     .sm3 = hashes.sm3};
        part.content = std::move(printed.pdf);
        parts_.all.insert(parts_.all.begin(), std::move(part));
        return {};
    }

    const Setting& setting_;
    Press& press_;
    const CaseView& view_;
    int file_number_;
    std::vector<casework::repository::ListedAttachment> attached_;
    std::set<std::string, std::less<>> taken_;
    Parts parts_;
};

}  // namespace

std::string events_text(const CaseView& view, int events) {
    json::array all;
    for (const CaseEvent& event : view.events)
        if (event.number <= events) all.push_back(event_json(event));
    return json::serialize(json::object{{"case", view.head.id.value()},
                                        {"machine", view.head.machine},
                                        {"pack", view.head.pack},
                                        {"pack_version", view.head.pack_version},
                                        {"opened_on", view.head.opened_on.iso()},
                                        {"events", std::move(all)}});
}

Result<print::Fields> catalogue_fields(const Setting& setting, const Press::Plates& plates,
                                       const CaseView& view, const Parts& parts, int file_number) {
    const print::Paper* paper = TRY(plates.library.need(catalogue_paper));
    print::Fields fields =
        fill(plates.sources, *paper, TRY(CaseFacts::at(setting, view, view.events.back())));
    std::vector<print::Row> rows;
    for (const Part& part : parts.all)
        if (part.item.kind != ItemKind::catalogue) rows.push_back(catalogue_row(view, part.item));
    fields.values.insert_or_assign("archive_rows", print::Value{std::move(rows)});
    fields.values.insert_or_assign("archive_number",
                                   print::Value{fmt::format("{}-{}", view.head.id.value(), file_number)});
    if (!setting.kept_for.empty())
        fields.values.insert_or_assign("retention", print::Value{setting.kept_for});
    return fields;
}

Hashes hashes_of(std::string_view content) {
    const auto bytes = vault::bytes_of(content);
    store::Sha256 sha256;
    sha256.add(bytes);
    return {sha256.hex(), vault::hex_of(vault::sm3(bytes))};
}

Result<Parts> parts_of(const Setting& setting, Press& press, const CaseView& view, int file_number) {
    return Gatherer(setting, press, view, file_number).gather();
}

}  // namespace doudi::archive
