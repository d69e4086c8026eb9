// SPDX-License-Identifier: Apache-2.0
#include "match/register_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "intake/register_reader.h"
#include "match/repository.h"
#include "registry/verbs.h"

namespace doudi::match {
namespace {

std::vector<registry::HouseholdRow> households_of(const intake::RegisterRows& rows) {
    std::vector<registry::HouseholdRow> out;
    out.reserve(rows.households.size());
    for (const auto& from : rows.households) {
        out.push_back({.row = from.row,
                       .code = from.code,
                       .region = from.region,
                       .address = from.address,
                       .head_name = from.head_name,
                       .category = from.category,
                       .enrolled_on = from.enrolled_on,
                       .income_per_head_month = from.income_per_head_month});
    }
    return out;
}

std::vector<registry::MemberRow> members_of(const intake::RegisterRows& rows) {
    std::vector<registry::MemberRow> out;
    out.reserve(rows.members.size());
    for (const auto& from : rows.members) {
        out.push_back({.row = from.row,
                       .household_code = from.household_code,
                       .name = from.name,
                       .id_text = from.id_text,
                       .relation = from.relation,
                       .sex = from.sex,
                       .phone = from.phone});
    }
    return out;
}

// The register writes a category in its own words; the pack knows which of its categories that is. A word
// that no pack knows stays.
void name_categories(std::vector<registry::HouseholdRow>& rows, const policy::Pack& pack) {
    for (auto& row : rows) {
        const auto known = std::ranges::find_if(pack.categories, [&](const policy::Category& category) {
            return std::ranges::find(category.register_words, row.category) != category.register_words.end();
        });
        if (known != pack.categories.end()) row.category = known->id;
    }
}

Result<std::string> keep_original(store::DataFolder& store, const std::filesystem::path& path) {
    auto blob = TRY(store.new_blob(store::Shelf::originals));
    std::ifstream file(path, std::ios::binary);
    std::vector<char> buffer(1U << 20U);
    while (file) {
        file.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        const auto got = static_cast<std::size_t>(file.gcount());
        if (got != 0) TRY_VOID(blob.write(std::as_bytes(std::span(buffer).first(got))));
    }
    if (!file.eof())
        return fail(ErrorKind::io, "cannot_read", {"读文件出错", "cannot read the file"},
                    path.filename().string());
    return blob.seal();
}

void note(FileReport& report, const registry::RegisterLoad& load, const intake::RegisterRows& rows) {
    const bool of_households = rows.kind == policy::DatasetKind::register_households;
    const auto& counts = of_households ? load.households : load.members;
    report.buckets.rows = counts.rows;
    report.buckets[Bucket::rejected] = counts.refused;
    report.added = counts.added;
    report.changed = counts.changed;
    report.unchanged = counts.unchanged;
    report.remarks = rows.remarks;
    for (const auto& finding : rows.findings) {
        const Text what = intake::describe(finding.code);
        report.remarks.push_back(
            {fmt::format("第 {} 行“{}”：{}（{}）", finding.row, finding.column, what.zh, finding.value),
             fmt::format("row {}, \"{}\": {} ({})", finding.row, finding.column, what.en, finding.value)});
    }
    for (const auto& finding : load.findings) {
        const Text what = registry::describe(finding);
        report.remarks.push_back({fmt::format("第 {} 行：{}", finding.row, what.zh),
                                  fmt::format("row {}: {}", finding.row, what.en)});
    }
}

std::string manifest(const policy::Policy& policy, AsOf as_of) {
    return fmt::format(R"({{"kind":"register","as_of":"{}","datasets_hash":"{}"}})", as_of.date.iso(),
                       policy.catalogue.content_hash);
}

Result<FileReport> import_one(store::DataFolder& store, const policy::Policy& policy,
                              const intake::FeedFile& file, AsOf as_of) {
    const auto& dataset = policy.catalogue.datasets[static_cast<std::size_t>(file.dataset)];
    FileReport report;
    report.file_name = file.file_name;
    report.dataset = dataset.id;
    report.is_register = true;
    auto rows = intake::read_register(file.path, policy.catalogue);
    if (!rows) {
        report.refused = std::move(rows).error();
        return report;
    }
    const PublishId publish = TRY(store.begin_publish("register", as_of, manifest(policy, as_of)));
    const std::string sha256 = TRY(keep_original(store, file.path));
    if (TRY(has_arrived(store.database(), sha256, as_of))) {
        report.known_already = true;
        return report;
    }
    auto households = households_of(*rows);
    name_categories(households, policy.pack);
    note(report, TRY(registry::load_register(store, publish, households, members_of(*rows))), *rows);
    const intake::Arrival arrival{.file_name = file.file_name,
                                  .sha256 = sha256,
                                  .bytes = file.bytes,
                                  .dataset = dataset.id,
                                  .as_of = as_of,
                                  .encoding = rows->encoding,
                                  .rows = report.buckets.rows,
                                  .refused = report.buckets[Bucket::rejected]};
    auto staged = stage_arrival(store.database(), publish, arrival, report.buckets, {}, {}, dataset);
    if (!staged) return std::unexpected(std::move(staged).error());
    TRY_VOID(store.publish(publish));
    return report;
}

}  // namespace

Result<std::vector<FileReport>> import_register_files(store::DataFolder& store, const policy::Policy& policy,
                                                      std::span<const intake::FeedFile> files, AsOf as_of) {
    std::vector<FileReport> reports;
    for (const auto kind :
         {policy::DatasetKind::register_households, policy::DatasetKind::register_members}) {
        for (const auto& file : files) {
            if (policy.catalogue.datasets[static_cast<std::size_t>(file.dataset)].kind != kind) continue;
            reports.push_back(TRY(import_one(store, policy, file, as_of)));
        }
    }
    return reports;
}

}  // namespace doudi::match
