// SPDX-License-Identifier: Apache-2.0
#include "registry/verbs.h"

#include <fmt/format.h>

#include <utility>

#include "registry/register_merge.h"
#include "registry/repository.h"
#include "registry/staged_register.h"

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

struct RegisterLoader::State {
    State(store::DataFolder& the_folder, PublishId the_publish, RegisterIndex index, bool keys_are_kept)
        : folder(the_folder),
          publish(the_publish),
          kept(keys_are_kept),
          records(the_folder, the_publish),
          merge(std::move(index), records) {}
    State(const State&) = delete;  // the merge has the address of the records
    State& operator=(const State&) = delete;
    ~State() = default;

    store::DataFolder& folder;
    PublishId publish;
    bool kept;             // the keys came from a file that is still good
    bool changed = false;  // by this load
    StagedRegister records;
    RegisterMerge merge;
};

RegisterLoader::RegisterLoader(std::unique_ptr<State> state) : state_(std::move(state)) {}
RegisterLoader::RegisterLoader(RegisterLoader&&) noexcept = default;
RegisterLoader::~RegisterLoader() = default;

Result<RegisterLoader> RegisterLoader::begin(store::DataFolder& folder, PublishId publish, unsigned threads) {
    auto kept = TRY(read_kept_index(folder));
    if (kept) return RegisterLoader(std::make_unique<State>(folder, publish, std::move(*kept), true));
    RegisterIndex before = TRY(read_index(folder, folder.current(), threads));
    return RegisterLoader(std::make_unique<State>(folder, publish, std::move(before), false));
}

Result<void> RegisterLoader::add(const HouseholdRow& row, const HouseholdRowKeys& keys) {
    return state_->merge.add(row, keys);
}
Result<void> RegisterLoader::add(const MemberRow& row, const MemberRowKeys& keys) {
    return state_->merge.add(row, keys);
}
void RegisterLoader::prefetch(const MemberRowKeys& keys) const {
    state_->merge.prefetch(keys);
}

Result<RegisterLoad> RegisterLoader::finish() {
    TRY_VOID(state_->records.flush());
    state_->changed = state_->merge.load().changes_anything();
    return std::move(state_->merge.load());
}

Result<void> RegisterLoader::withdraw() {
    return state_->records.withdraw();
}

Result<void> RegisterLoader::keep_keys() {
    if (state_->kept && !state_->changed) return {};
    return keep_index(state_->folder, state_->publish, state_->merge.index());
}

std::vector<MemberKeys> RegisterLoader::take_members() {
    std::vector<MemberKeys> members = state_->merge.take_members();
    state_.reset();  // the rest is not needed beside what is made of them
    return members;
}

}  // namespace doudi::registry
