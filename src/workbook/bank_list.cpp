// SPDX-License-Identifier: Apache-2.0
#include "workbook/bank_list.h"

#include <algorithm>

#include "policy/faults.h"
#include "policy/folder.h"
#include "policy/yaml_reader.h"

namespace doudi::workbook {

std::expected<BankList, std::vector<Error>> BankList::load(const std::filesystem::path& file) {
    const auto text = policy::read_whole_file(file);
    if (!text) return std::unexpected(std::vector<Error>{text.error()});
    return read(*text, "access/" + file.filename().string());
}

std::expected<BankList, std::vector<Error>> BankList::read(const std::string& yaml, std::string shown) {
    policy::Faults faults;
    BankList list;
    const auto file = policy::read_yaml_text(yaml, std::move(shown), faults);
    const auto top = file ? file->record({"columns"}) : std::nullopt;
    const policy::YamlValue* columns = top ? top->need("columns") : nullptr;
    for (const policy::YamlValue& item :
         columns == nullptr ? std::vector<policy::YamlValue>{} : columns->list()) {
        const auto one = item.record({"is", "heading"});
        const policy::YamlValue* is = one ? one->need("is") : nullptr;
        const policy::YamlValue* heading = one ? one->need("heading") : nullptr;
        if (is == nullptr || heading == nullptr) continue;
        const auto what = is->one_of<Is>({{"payment", Is::payment},
                                          {"household", Is::household},
                                          {"name", Is::name},
                                          {"account", Is::account},
                                          {"amount", Is::amount},
                                          {"category", Is::category}});
        if (what) list.columns.push_back({*what, heading->text().value_or("")});
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take());
    return list;
}

bool BankList::has(Is is) const {
    return std::ranges::find(columns, is, &Column::is) != columns.end();
}

}  // namespace doudi::workbook
