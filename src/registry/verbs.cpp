// SPDX-License-Identifier: Apache-2.0
#include "registry/verbs.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
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
        case RegisterFault::household_ended:
            return "household_ended";
        case RegisterFault::member_left:
            return "member_left";
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
        case RegisterFault::household_ended:
            return {
                fmt::format("户 {} 已经合并或终止，未载入（如有误，请办理更正）", value),
                fmt::format("household {} was merged or has ended: not taken (if that is wrong, correct it "
                            "by a case)",
                            value)};
        case RegisterFault::member_left:
            return {
                fmt::format("成员（{}）已经去世或迁出名册，未载入（如有误，请办理更正）", value),
                fmt::format("the member ({}) died or left the register: not taken (if that is wrong, correct "
                            "it by a case)",
                            value)};
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
    // The keys came from a file that is still good, or they did not.
    State(store::DataFolder& the_folder, PublishId the_publish, RegisterIndex index, Laying laying,
          bool keys_are_kept)
        : folder(the_folder),
          publish(the_publish),
          kept(keys_are_kept),
          first_new{HouseholdId(index.household_ids()), PersonId(index.member_ids())},
          records(the_folder, the_publish, laying, first_new),
          merge(std::move(index), records) {}
    State(const State&) = delete;  // the merge has the address of the records
    State& operator=(const State&) = delete;
    ~State() = default;

    store::DataFolder& folder;
    PublishId publish;
    bool kept;             // the keys came from a file that is still good
    bool changed = false;  // by this load
    NextIds first_new;
    StagedRegister records;
    RegisterMerge merge;
};

namespace {

// A file of some places says nothing of the others.
Result<std::vector<HouseholdId>> absent_households(store::DataFolder& folder, const RegisterMerge& merge) {
    std::vector<HouseholdId> silent = merge.silent_households();
    if (silent.empty() || merge.regions().empty()) return std::vector<HouseholdId>();
    const auto regions = TRY(regions_of(folder, folder.current(), silent));
    std::vector<HouseholdId> absent;
    for (std::size_t i = 0; i < silent.size(); ++i) {
        if (merge.regions().contains(regions[i])) absent.push_back(silent[i]);
    }
    return absent;
}

// Of whom nobody else in the household came either is missed only where members of its place came: a file of
// households alone, or of other places' members, says nothing of them.
Result<std::vector<AbsentMember>> absent_members(store::DataFolder& folder, const RegisterMerge& merge) {
    const std::vector<SilentMember> silent = merge.silent_members();
    const auto is_alone = [](const SilentMember& one) { return !one.others_came; };
    RegisterMerge::Regions told;
    std::vector<HouseholdId> alone;
    if (std::ranges::any_of(silent, is_alone)) {
        const auto households = merge.index().households_with_members_told();
        for (auto& region : TRY(regions_of(folder, folder.current(), households)))
            told.insert(std::move(region));
        told.erase("");  // of those that are new
        for (const SilentMember& one : silent | std::views::filter(is_alone)) alone.push_back(one.household);
        std::ranges::sort(alone);
        alone.erase(std::ranges::unique(alone).begin(), alone.end());
    }
    const auto regions = TRY(regions_of(folder, folder.current(), alone));
    std::vector<AbsentMember> absent;
    for (const SilentMember& one : silent) {
        const auto at = std::ranges::lower_bound(alone, one.household);
        const bool missed =
            one.others_came || told.contains(regions[static_cast<std::size_t>(at - alone.begin())]);
        if (missed) absent.push_back({one.person, one.household});
    }
    return absent;
}

RegisterIndex with_reserved(RegisterIndex index, const NextIds& next) {
    index.reserve_ids(next.household.value(), next.person.value());
    return index;
}

}  // namespace

RegisterLoader::RegisterLoader(std::unique_ptr<State> state) : state_(std::move(state)) {}
RegisterLoader::RegisterLoader(RegisterLoader&&) noexcept = default;
RegisterLoader::~RegisterLoader() = default;

Result<RegisterLoader> RegisterLoader::begin(store::DataFolder& folder, PublishId publish, unsigned threads,
                                             Laying laying) {
    const NextIds next = TRY(next_ids(folder.database()));
    auto kept = TRY(read_kept_index(folder));
    const bool is_kept = kept.has_value();
    RegisterIndex before = is_kept ? std::move(*kept) : TRY(read_index(folder, folder.current(), threads));
    return RegisterLoader(
        std::make_unique<State>(folder, publish, with_reserved(std::move(before), next), laying, is_kept));
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
    RegisterLoad& load = state_->merge.load();
    state_->changed = load.changes_anything();
    load.absent_households = TRY(absent_households(state_->folder, state_->merge));
    load.absent_members = TRY(absent_members(state_->folder, state_->merge));
    return std::move(state_->merge.load());
}

Result<void> RegisterLoader::withdraw() {
    return state_->records.withdraw();
}

Result<void> RegisterLoader::keep_keys() {
    if (state_->kept && !state_->changed) return {};
    return keep_index(state_->folder, state_->publish, state_->merge.index());
}

NextIds RegisterLoader::first_new() const {
    return state_->first_new;
}

std::vector<MemberKeys> RegisterLoader::take_members() {
    std::vector<MemberKeys> members = state_->merge.take_members();
    state_.reset();  // the rest is not needed beside what is made of them
    return members;
}

}  // namespace doudi::registry
