// SPDX-License-Identifier: Apache-2.0
#include "ruledesk/repository.h"

namespace doudi::ruledesk::repository {
namespace {

std::int64_t signed_of(std::uint64_t number) {
    return static_cast<std::int64_t>(number);
}

Enactment enactment_of(const store::Statement& row) {
    Enactment one;
    one.number = static_cast<std::uint64_t>(row.integer(0));
    one.kind =
        row.text_view(1) == name_of(EnactmentKind::pack) ? EnactmentKind::pack : EnactmentKind::figures;
    one.pack = row.text(2);
    one.version = row.text(3);
    one.content = row.text(4);
    one.from = row.date(5).value_or(Date());
    one.proposal = static_cast<std::uint64_t>(row.integer(6));
    one.enacted_by = access::UserId(static_cast<std::uint32_t>(row.integer(7)));
    one.enacted_at = instant_of(row.integer(8));
    return one;
}

}  // namespace

Result<std::vector<Enactment>> select_enactments(store::Database& database) {
    auto query = TRY(
        database.prepare("select id, kind, pack, version, content, from_on, proposal, enacted_by, enacted_at"
                         " from enactment order by id"));
    std::vector<Enactment> found;
    while (TRY(query.step())) found.push_back(enactment_of(query));
    return found;
}

Result<std::vector<Figure>> select_figures(store::Database& database, std::uint64_t known) {
    auto query = TRY(database.prepare(
        "select parameter, region, residence, from_on, to_on, value, sample, source from enacted_figure"
        " where enactment <= $1 order by enactment, n"));
    query.bind(1, signed_of(known));
    std::vector<Figure> found;
    while (TRY(query.step())) {
        found.push_back({query.text(0), query.text(1), query.text(2), query.date(3).value_or(Date()),
                         query.date(4), query.text(5), query.integer(6) != 0, query.text(7)});
    }
    return found;
}

Result<std::vector<PackFile>> select_files(store::Database& database, std::uint64_t enactment) {
    auto query =
        TRY(database.prepare("select path, body from enacted_file where enactment = $1 order by path"));
    query.bind(1, signed_of(enactment));
    std::vector<PackFile> found;
    while (TRY(query.step())) found.push_back({query.text(0), query.text(1)});
    return found;
}

Result<std::uint64_t> insert_enactment(store::Database& database, const Enactment& enactment) {
    auto last = TRY(database.prepare("select coalesce(max(id), 0) + 1 from enactment"));
    ensure(TRY(last.step()), "an aggregate has a row");
    const std::int64_t number = last.integer(0);
    auto insert =
        TRY(database.prepare("insert into enactment (id, kind, pack, version, content, from_on, proposal,"
                             " enacted_by, enacted_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"));
    insert.bind(1, number).bind(2, name_of(enactment.kind)).bind(3, std::string_view(enactment.pack));
    insert.bind(4, std::string_view(enactment.version)).bind(5, std::string_view(enactment.content));
    insert.bind(6, enactment.from).bind(7, signed_of(enactment.proposal));
    insert.bind(8, std::int64_t{enactment.enacted_by.value()});
    TRY_VOID(insert.bind(9, micros_of(enactment.enacted_at)).run());
    return static_cast<std::uint64_t>(number);
}

Result<void> insert_figures(store::Database& database, std::uint64_t enactment,
                            std::span<const Figure> figures) {
    std::int64_t n = 0;
    for (const Figure& figure : figures) {
        auto insert = TRY(database.prepare(
            "insert into enacted_figure (enactment, n, parameter, region, residence, from_on, to_on, value,"
            " sample, source) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"));
        insert.bind(1, signed_of(enactment)).bind(2, ++n).bind(3, std::string_view(figure.parameter));
        insert.bind(4, std::string_view(figure.region)).bind(5, std::string_view(figure.residence));
        insert.bind(6, figure.from).bind(7, figure.to).bind(8, std::string_view(figure.value));
        TRY_VOID(insert.bind(9, std::int64_t{figure.sample ? 1 : 0})
                     .bind(10, std::string_view(figure.source))
                     .run());
    }
    return {};
}

Result<void> insert_files(store::Database& database, std::uint64_t enactment,
                          std::span<const PackFile> files) {
    for (const PackFile& file : files) {
        auto insert =
            TRY(database.prepare("insert into enacted_file (enactment, path, body) values ($1, $2, $3)"));
        insert.bind(1, signed_of(enactment)).bind(2, std::string_view(file.path));
        TRY_VOID(insert.bind(3, std::string_view(file.body)).run());
    }
    return {};
}

}  // namespace doudi::ruledesk::repository
