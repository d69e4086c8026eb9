// SPDX-License-Identifier: Apache-2.0
#include "http/feeds/kept_headings.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/feeds/heading_map.h"
#include "http/register/asked_person.h"
#include "intake/recognise.h"

namespace doudi::http {

namespace json = boost::json;
using match::KeptHeading;

namespace {

bool is_same(std::string_view one, std::string_view other) {
    return intake::normal_heading(one) == intake::normal_heading(other);
}

// Kept by an office for whose files, or for whose lower offices' files, it would mean two things.
bool is_in_line(const Call& call, std::uint32_t one, std::uint32_t other) {
    const access::UnitId left(one);
    const access::UnitId right(other);
    return call.units->within(left, right, call.today()) || call.units->within(right, left, call.today());
}

void check_kept(const Call& call, const HeadingsPayload& payload, std::span<const KeptHeading> kept,
                BodyFields& fields) {
    const auto& catalogue = call.services.policy.catalogue;
    const int at = catalogue.index_of(payload.dataset);
    if (at < 0) return;
    const policy::Dataset& dataset = catalogue.datasets[static_cast<std::size_t>(at)];
    for (std::size_t n = 0; n < payload.columns.size(); ++n) {
        const HeadingsPayload::Column& column = payload.columns[n];
        const std::string where = fmt::format("headings/columns/{}/heading", n);
        const bool is_known = std::ranges::any_of(dataset.columns, [&](const policy::DatasetColumn& one) {
            return std::ranges::any_of(one.headings,
                                       [&](const auto& known) { return is_same(known, column.heading); });
        });
        const bool is_kept = std::ranges::any_of(kept, [&](const KeptHeading& one) {
            return one.dataset == payload.dataset && is_same(one.heading, column.heading) &&
                   is_in_line(call, one.unit, payload.unit);
        });
        const bool is_own = std::ranges::any_of(kept, [&](const KeptHeading& one) {
            return one.unit == payload.unit && one.dataset == payload.dataset &&
                   one.heading == column.heading && one.field == column.field;
        });
        if (payload.keeps && is_known)
            fields.fault(where, "heading_known",
                         {"数据集本来就认识这个表头", "the dataset knows this heading by itself"});
        if (payload.keeps && is_kept)
            fields.fault(where, "heading_kept",
                         {"本单位或上下级单位已保留这个表头的对照",
                          "this office, one above or one below keeps this heading already"});
        if (!payload.keeps && !is_own)
            fields.fault(where, "heading_not_kept",
                         {"本单位没有保留这个表头的对照", "the office does not keep this heading so"});
    }
}

std::vector<KeptHeading> rows_of(const HeadingsPayload& payload, std::uint64_t proposal, Instant at) {
    std::vector<KeptHeading> rows;
    for (const HeadingsPayload::Column& one : payload.columns)
        rows.push_back({0, payload.unit, payload.dataset, one.heading, one.field,
                        static_cast<std::int64_t>(proposal), at});
    return rows;
}

}  // namespace

Result<std::vector<KeptHeading>> headings_kept_for(store::Database& database, access::UnitId unit, Date day) {
    auto kept = TRY(match::kept_headings(database));
    if (kept.empty()) return kept;
    const access::UnitTree units = TRY(access::read_units(database));
    std::erase_if(kept, [&](const KeptHeading& one) {
        const access::UnitId holder(one.unit);
        if (unit != access::UnitId()) return !units.within(unit, holder, day);
        const access::UnitPlace* place = units.place(holder, day);
        return place == nullptr || place->parent != access::UnitId();
    });
    return kept;
}

Outcome<ProposalPayload> headings_asked(Call& call, BodyFields& fields, FieldFaults& faults) {
    HeadingsPayload payload;
    payload.unit = office_above(call).value();  // itself, unless a department proposes
    payload.keeps = fields.flag("keep", true);
    const json::value map = heading_map_given(call, fields, 1);
    if (map.is_null() && faults.empty())
        fields.fault("headings", "missing", {"请写明哪个表头是哪一项", "say which heading is which field"});
    if (!faults.empty()) return payload;
    payload.dataset = map.at("dataset").as_string();
    for (const json::value& one : map.at("columns").as_array())
        payload.columns.push_back(
            {std::string(one.at("heading").as_string()), std::string(one.at("field").as_string())});
    check_kept(call, payload, TRY(match::kept_headings(call.desk.database)), fields);
    return payload;
}

Outcome<void> put_headings(Call& call, const access::Proposal& proposal, const HeadingsPayload& payload) {
    // What was kept since it was proposed is seen again: what is approved must not mean two things.
    FieldFaults faults;
    const json::value nothing = json::object{};
    BodyFields fields(nothing, faults);
    check_kept(call, payload, TRY(match::kept_headings(call.desk.database)), fields);
    if (!faults.empty())
        return std::unexpected(Failure(409, "headings_changed",
                                       {"提请之后，表头的对照已有变化：请重新提请",
                                        "which headings are kept has changed since: propose it anew"}));
    const Instant now = call.services.clock.now();
    store::Database& database = call.desk.database;
    TRY_VOID(database.write([&]() -> Result<void> {
        TRY_VOID(access::use_proposal_within(database, call.services.rules, call.services.clock, proposal.id,
                                             proposal.thing, proposal.payload));
        const auto rows = rows_of(payload, proposal.id, now);
        return payload.keeps ? match::keep_headings(database, rows) : match::end_headings(database, rows);
    }));
    return {};
}

json::array headings_changes(const Call& call, const HeadingsPayload& payload) {
    const auto& catalogue = call.services.policy.catalogue;
    const int at = catalogue.index_of(payload.dataset);
    const policy::Dataset* dataset = at < 0 ? nullptr : &catalogue.datasets[static_cast<std::size_t>(at)];
    const Text title = dataset == nullptr ? Text{payload.dataset, payload.dataset} : dataset->title;
    const auto* unit = call.units->find(access::UnitId(payload.unit));
    const std::string office = unit == nullptr ? std::string() : unit->title;
    json::array said;
    for (const HeadingsPayload::Column& one : payload.columns) {
        const std::string_view field =
            dataset == nullptr ? std::string_view(one.field) : field_title(*dataset, one.field);
        said.push_back(words(
            payload.keeps
                ? Text{fmt::format("{}及下级以后导入的“{}”，表头“{}”按“{}”读取", office, title.zh,
                                   one.heading, field),
                       fmt::format("in files of \"{}\" that {} and those below it import from now on, \"{}\" "
                                   "is read as {}",
                                   title.en, office, one.heading, one.field)}
                : Text{fmt::format("{}不再把“{}”的表头“{}”按“{}”读取；已经读入的不变", office, title.zh,
                                   one.heading, field),
                       fmt::format("{} no longer reads \"{}\" of \"{}\" as {}; what was read stays", office,
                                   one.heading, title.en, one.field)}));
    }
    return said;
}

}  // namespace doudi::http
