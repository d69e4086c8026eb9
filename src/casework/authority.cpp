// SPDX-License-Identifier: Apache-2.0
#include "casework/authority.h"

#include <fmt/format.h>

#include <algorithm>

namespace doudi::casework {

namespace {

using policy::RouteElement;

constexpr std::string_view category_field = "category";

// Null: the law has no such figure.
const policy::Parameter* parameter_of(const policy::Law& law, std::string_view written) {
    constexpr std::string_view prefix = "param.";
    if (written.starts_with(prefix)) written.remove_prefix(prefix.size());
    const int at = law.parameter_of(written);
    return at < 0 ? nullptr : &law.parameters[static_cast<std::size_t>(at)];
}

// Figures of the place where the household lives; of no household, of the actor's own.
std::string_view home_of(const MoveQuestion& question, const Actor& actor) {
    return question.region.empty() ? std::string_view(actor.region) : question.region;
}

class Power {
  public:
    Power(const MoveQuestion& question, const Actor& actor, const policy::Move& move,
          const RouteElement& authority)
        : question_(question), actor_(actor), move_(move), authority_(authority) {}

    std::optional<MoveFault> against() const {
        const std::string* department = authority_.field("department");
        if (actor_.department != (department == nullptr ? std::string() : *department)) return elsewhere();
        const std::string* level = authority_.field("level");
        const std::string* lower = authority_.field("delegated_to");
        if (level != nullptr && *level == actor_.level) {
            if (lower != nullptr && is_given_away() && is_delegated(home_of(question_, actor_)))
                return handed_down();
            return std::nullopt;
        }
        if (lower != nullptr && *lower == actor_.level && is_delegated(actor_.region)) return std::nullopt;
        return elsewhere();
    }

  private:
    // Without a parameter every office of that level has it.
    bool is_delegated(std::string_view region) const {
        const std::string* by = authority_.field("delegated");
        if (by == nullptr) return true;
        const policy::Parameter* figure = parameter_of(question_.law, *by);
        const policy::ParameterValue* value =
            figure == nullptr ? nullptr : policy::value_of(*figure, region, "", question_.today);
        return value != nullptr && value->value.kind() == expr::TypeKind::boolean &&
               value->value.as_boolean();
    }

    // Whether who has the power now makes this move alone.
    bool is_given_away() const {
        const std::vector<std::string>* alone = authority_.list("delegated_alone");
        const std::string id = question_.machine.id + "." + move_.id;
        return alone != nullptr && std::ranges::find(*alone, id) != alone->end();
    }

    MoveFault elsewhere() const {
        return {"",
                "move_authority",
                {fmt::format("“{}”由{}办理", move_.title.zh, authority_.title.zh),
                 fmt::format("'{}' is for: {}", move_.title.en, authority_.title.en)}};
    }

    MoveFault handed_down() const {
        return {
            "",
            "move_delegated",
            {fmt::format("“{}”的权限已下放（{}），由受权单位办理；本级可随机抽查，收回权限后方可办理",
                         move_.title.zh, authority_.cite.text()),
             fmt::format("the power to '{}' was handed down ({}): this level rechecks at random, or takes "
                         "the power back first",
                         move_.title.en, authority_.cite.text())}};
    }

    const MoveQuestion& question_;
    const Actor& actor_;
    const policy::Move& move_;
    const RouteElement& authority_;
};

MoveFault unknown() {
    return {std::string(category_field),
            "authority_unknown",
            {"办理类别未定，或政策包未写明由谁确认",
             "no category is settled, or the pack does not say who confirms it"}};
}

MoveFault unset(const policy::Category& category, const policy::Parameter& figure, const policy::Move& move) {
    return {std::string(category_field),
            "authority_unset",
            {fmt::format(
                 "文件未写明“{}”由谁确认，本地尚未设定“{}”（由{}确定，在“数值”中提请、另一人核准后生效），"
                 "不能“{}”",
                 category.title.zh, figure.title.zh, figure.set_by.zh, move.title.zh),
             fmt::format("the notice does not say who confirms '{}', and '{}' is not set here (by: {}; asked "
                         "for under figures and approved by a second person): '{}' is not open",
                         category.title.en, figure.title.en, figure.set_by.en, move.title.en)}};
}

}  // namespace

std::optional<MoveFault> check_role(const Actor& actor, const policy::Move& move) {
    if (std::ranges::find_first_of(move.by, actor.roles) != move.by.end()) return std::nullopt;
    return MoveFault{"",
                     "move_role",
                     {fmt::format("您的岗位不能“{}”", move.title.zh),
                      fmt::format("your role may not '{}'", move.title.en)}};
}

std::optional<MoveFault> check_authority(const MoveQuestion& question, const Actor& actor,
                                         const policy::Move& move, const std::string& track) {
    const policy::Law& law = question.law;
    const int at = law.category_of(track);
    if (at < 0) return unknown();
    const policy::Category& category = law.categories[static_cast<std::size_t>(at)];
    const RouteElement* authority = law.route_of("authorities", category.confirmed_by);
    if (authority == nullptr) return unknown();
    if (const std::string* by = authority->field("named_by")) {
        const policy::Parameter* figure = parameter_of(law, *by);
        if (figure == nullptr) return unknown();
        const auto* named = policy::value_of(*figure, home_of(question, actor), "", question.today);
        authority = named == nullptr ? nullptr : law.route_of("authorities", named->value.as_text());
        if (authority == nullptr) return unset(category, *figure, move);
    }
    return Power(question, actor, move, *authority).against();
}

}  // namespace doudi::casework
