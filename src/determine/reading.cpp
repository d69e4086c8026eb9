// SPDX-License-Identifier: Apache-2.0
#include "determine/reading.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/result.h"

namespace doudi::determine {

using expr::NodeId;
using expr::StepKind;

Reading::Path Reading::Path::with(const std::string& local, std::uint32_t element,
                                  const expr::Value& item) const {
    Path inside = *this;
    inside.elements.push_back(element);
    const bool member = item.is(expr::TypeKind::structure);
    inside.members.push_back(member ? fmt::format("{}={}", local, item.as_structure().row)
                                    : fmt::format("{}={}", local, item.text()));
    return inside;
}

Reading::Reading(const Facts& facts, const expr::Program& program, int member, bool of_sets)
    : facts_(facts), program_(program), scope_(facts, member, of_sets) {
    expr::Trace trace;
    static_cast<void>(expr::evaluate(program, facts, trace));
    is_cut_ = trace.is_cut;
    for (expr::TraceEntry& entry : trace.entries)
        values_.insert_or_assign({entry.node, std::move(entry.members)}, std::move(entry.value));
}

const expr::Value& Reading::value(NodeId node, const Path& path) const {
    const auto found = values_.find({node, path.elements});
    ensure(found != values_.end(), "a trace holds every node");
    return found->second;
}

bool Reading::is_unknown(NodeId node, const Path& path) const {
    const auto found = values_.find({node, path.elements});
    return found != values_.end() && found->second.is_unknown();
}

Named Reading::named(NodeId node, const Path& path) const {
    const expr::Step& one = step(node);
    if (one.kind == StepKind::variable || one.kind == StepKind::field_of) return facts_.named(one.ref);
    if (one.kind != StepKind::member_field) return {};
    const expr::Value& owner = value(child(node, 0), path);
    if (!owner.is(expr::TypeKind::structure)) return {};
    return facts_.named(owner.as_structure(), one.member.field);
}

std::string Reading::text(NodeId node) const {
    const expr::Node& one = program_.ast().node(node);
    const std::string_view written =
        std::string_view(program_.ast().source).substr(one.begin, one.end - one.begin);
    std::string even;
    for (const char c : written) {
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!space) even += c;
        if (space && !even.empty() && even.back() != ' ') even += ' ';
    }
    while (even.ends_with(' ')) even.pop_back();
    return even;
}

std::string Reading::whose(const Path& path) const {
    return fmt::format("|{}|{}|{}", facts_.scope_member(), facts_.scope_of_sets() ? "set" : "",
                       fmt::join(path.members, ","));
}

std::vector<Named> Reading::all_names() const {
    std::vector<Named> names;
    for (const expr::FieldRef ref : program_.referenced_fields()) names.push_back(facts_.named(ref));
    for (const expr::MemberField one : program_.referenced_members())
        for (int member = 0; member < facts_.members(); ++member)
            names.push_back(facts_.named({one.structure, static_cast<std::uint64_t>(member)}, one.field));
    return names;
}

}  // namespace doudi::determine
