// SPDX-License-Identifier: Apache-2.0
#include "registry/verbs.h"

#include <fmt/format.h>

#include <utility>

#include "registry/register_merge.h"
#include "registry/repository.h"

namespace doudi::registry {

const char* code_of(RegisterFault fault) {
    switch (fault) {
        case RegisterFault::household_without_code:
            return "household_without_code";
        case RegisterFault::household_contradiction:
            return "household_contradiction";
        case RegisterFault::member_without_name:
            return "member_without_name";
        case RegisterFault::member_of_nobody:
            return "member_of_nobody";
        case RegisterFault::member_twice:
            return "member_twice";
        case RegisterFault::number_unusable:
            return "number_unusable";
    }
    ensure(false, "a fault of the register");
    return "";
}

namespace {

Text what_is_wrong(const RegisterFinding& finding, const Text& earlier) {
    const std::string& value = finding.value;
    switch (finding.fault) {
        case RegisterFault::household_without_code:
            return {"没有户编号，未载入", "no household number: not taken"};
        case RegisterFault::household_contradiction:
            return {fmt::format("户 {} 与{}内容不一致，以先出现的为准", value, earlier.zh),
                    fmt::format("household {} differs from {}: the first stands", value, earlier.en)};
        case RegisterFault::member_without_name:
            return {fmt::format("户 {} 的成员没有姓名，未载入", value),
                    fmt::format("a member of {} without a name: not taken", value)};
        case RegisterFault::member_of_nobody:
            return {fmt::format("名册中没有户 {}，该成员未载入", value),
                    fmt::format("the register has no household {}: the member was not taken", value)};
        case RegisterFault::member_twice:
            return {fmt::format("成员（{}）与{}重复而内容不一致，以先出现的为准", value, earlier.zh),
                    fmt::format("the member ({}) stands in {} with other data: the first stands", value,
                                earlier.en)};
        case RegisterFault::number_unusable:
            return {fmt::format("身份证号 {} 不可用，按无证件号载入", value),
                    fmt::format("the identity number {} cannot be used: taken without a number", value)};
    }
    ensure(false, "a fault of the register");
    return {};
}

}  // namespace

Text describe(const RegisterFinding& finding, const Text& row, const Text& earlier) {
    const Text what = what_is_wrong(finding, earlier);
    return {fmt::format("{}：{}", row.zh, what.zh), fmt::format("{}: {}", row.en, what.en)};
}

RegisterLoader::RegisterLoader(store::DataFolder& folder, std::unique_ptr<RegisterMerge> merge)
    : folder_(&folder), merge_(std::move(merge)) {}
RegisterLoader::RegisterLoader(RegisterLoader&&) noexcept = default;
RegisterLoader::~RegisterLoader() = default;

Result<RegisterLoader> RegisterLoader::begin(store::DataFolder& folder) {
    Register before = TRY(read_register(folder, folder.current()));
    return RegisterLoader(folder, std::make_unique<RegisterMerge>(std::move(before)));
}

void RegisterLoader::add(const HouseholdRow& row) {
    merge_->add(row);
}
void RegisterLoader::add(const MemberRow& row) {
    merge_->add(row);
}

Result<RegisterLoad> RegisterLoader::stage(PublishId publish) {
    TRY_VOID(stage_households(*folder_, publish, merge_->take_households_to_stage()));
    TRY_VOID(stage_members(*folder_, publish, merge_->take_members_to_stage()));
    return std::move(merge_->load());
}

}  // namespace doudi::registry
