// SPDX-License-Identifier: Apache-2.0
#include "rekey/read_export.h"

#include "base/id_number.h"
#include "base/shown_name.h"
#include "intake/register_reader.h"
#include "registry/keys.h"

namespace doudi::rekey {
namespace {

class Taker final : public intake::RegisterRowSink {
  public:
    Taker(Export& out, std::string file) : out_(out), file_(std::move(file)) {}

    void begin_sheet(std::string_view name) override { sheet_ = name; }
    std::unique_ptr<Part> process(intake::RegisterRows&) const override { return nullptr; }
    Result<void> commit(intake::RegisterRows& rows, std::unique_ptr<Part>) override {
        for (const registry::HouseholdRow& row : rows.households.rows()) {
            if (row.code.empty()) {
                refuse(row.row, {}, {"没有户编号", "it has no number of a household"});
            } else {
                out_.households.push_back({row, place(row.row)});
            }
        }
        for (const registry::MemberRow& row : rows.members.rows()) {
            if (row.name.empty()) {
                refuse(row.row, mask_text(row.id_text), {"没有姓名", "it has no name"});
                continue;
            }
            if (registry::keys_of(row).number_unusable)
                refuse(row.row, mask_text(row.id_text),
                       {"身份证号码无法使用，按户和姓名比对",
                        "its identity number cannot be used: compared by household and name"});
            out_.members.push_back({row, place(row.row)});
        }
        return {};
    }

  private:
    [[nodiscard]] Place place(std::uint32_t row) const { return {file_, sheet_, row}; }
    void refuse(std::uint32_t row, std::string value, Text why) {
        out_.unreadable.push_back({place(row), {}, std::move(value), std::move(why)});
    }
    Export& out_;
    std::string file_;
    std::string sheet_;
};

// The dataset's column of a field of the register.
std::string_view column_of(std::string_view field) {
    if (field == "code") return "household_number";
    if (field == "region") return "region_code";
    if (field == "head_number") return "head_id";
    return field;
}

void state_headings(policy::Dataset& dataset, const std::vector<TemplateColumn>& stated) {
    for (policy::DatasetColumn& column : dataset.columns) {
        std::vector<std::string> headings;
        for (const TemplateColumn& one : stated)
            if (column_of(one.field) == column.field) headings.push_back(one.heading);
        if (headings.empty()) {
            column.required = false;
        } else {
            column.headings = std::move(headings);
        }
    }
}

}  // namespace

policy::DatasetCatalogue with_headings(const policy::DatasetCatalogue& catalogue, const Template& form) {
    if (form.exported_households.empty() && form.exported_members.empty()) return catalogue;
    policy::DatasetCatalogue stated;
    for (policy::Dataset dataset : catalogue.datasets) {
        if (dataset.kind == policy::DatasetKind::feed) continue;
        const bool of_households = dataset.kind == policy::DatasetKind::register_households;
        const auto& headings = of_households ? form.exported_households : form.exported_members;
        if (headings.empty()) continue;  // the platform exports no such table
        state_headings(dataset, headings);
        stated.datasets.push_back(std::move(dataset));
    }
    return stated;
}

Result<Export> read_export(std::span<const std::filesystem::path> files,
                           const policy::DatasetCatalogue& catalogue) {
    Export out;
    for (const std::filesystem::path& path : files) {
        const std::string name = shown_file_name(path.filename().string());
        Taker taker(out, name);
        auto read = intake::read_register(path, catalogue, taker);
        if (!read) {
            Error error = std::move(read).error();
            error.where = path.string();
            return std::unexpected(std::move(error));
        }
        for (const intake::Finding& finding : read->findings)
            out.unreadable.push_back({{name, finding.sheet, finding.row},
                                      finding.column,
                                      finding.value,
                                      intake::describe(finding.code)});
        out.remarks.insert(out.remarks.end(), read->remarks.begin(), read->remarks.end());
    }
    return out;
}

}  // namespace doudi::rekey
