// SPDX-License-Identifier: Apache-2.0
#include "determine/cone.h"

#include <algorithm>
#include <array>
#include <map>
#include <queue>
#include <unordered_map>

namespace doudi::determine {

namespace {

using Kind = FormulaNode::Kind;

// Beyond so many atoms tried both ways the rest is taken as independent.
constexpr int deepest_trial = 12;

// F beats U beats E beats T (semantics 8), or T beats U beats E beats F (semantics 9).
Outcomes joined(Outcomes left, Outcomes right, const std::array<Outcome, 4>& order) {
    Outcomes result = 0;
    for (std::size_t a = 0; a < order.size(); ++a) {
        if ((left & order[a]) == 0) continue;
        for (std::size_t b = 0; b < order.size(); ++b) {
            if ((right & order[b]) != 0) result = static_cast<Outcomes>(result | order[std::min(a, b)]);
        }
    }
    return result;
}

constexpr std::array all_order{is_false, is_unknown, is_error, is_true};
constexpr std::array any_order{is_true, is_unknown, is_error, is_false};

std::array<Outcomes, 1024> table_of(const std::array<Outcome, 4>& order) {
    std::array<Outcomes, 1024> table{};
    for (std::size_t left = 0; left < 32; ++left)
        for (std::size_t right = 0; right < 32; ++right)
            table[left * 32 + right] =
                joined(static_cast<Outcomes>(left), static_cast<Outcomes>(right), order);
    return table;
}

const std::array<Outcomes, 1024>& table(Kind kind) {
    static const std::array<Outcomes, 1024> all_table = table_of(all_order);
    static const std::array<Outcomes, 1024> any_table = table_of(any_order);
    return kind == Kind::all ? all_table : any_table;
}

Outcomes opposite_of(Outcomes child) {
    Outcomes result = child & (is_unknown | is_error);
    if ((child & is_false) != 0) result |= is_true;
    if ((child & is_true) != 0) result |= is_false;
    return result;
}

Outcomes when_known(Outcomes child, Outcomes then) {
    Outcomes result = child & (is_unknown | is_error);
    if ((child & (is_known | is_true | is_false)) != 0) result |= then;
    return result;
}

}  // namespace

Cone::Cone(const Formulas& formulas, FormulaId root) {
    take(formulas, root);
    values_.resize(nodes_.size());
    count_paths();
    group_facts();
}

void Cone::take(const Formulas& formulas, FormulaId root) {
    std::priority_queue<FormulaId> open;
    open.push(root);
    std::vector<FormulaId> found;  // parents first, each once
    while (!open.empty()) {
        const FormulaId id = open.top();
        open.pop();
        if (!found.empty() && found.back() == id) continue;
        found.push_back(id);
        for (const FormulaId child : formulas.children(id)) open.push(child);
    }
    std::ranges::reverse(found);
    for (const FormulaId id : found) {
        Part part{.node = formulas.node(id), .children = {}};
        for (const FormulaId child : formulas.children(id)) {
            const auto place = std::ranges::lower_bound(found, child);
            part.children.push_back(static_cast<std::uint32_t>(place - found.begin()));
        }
        nodes_.push_back(std::move(part));
    }
}

// An atom that the root reaches in two ways, or that stands in two nodes, is one truth and not two.
void Cone::count_paths() {
    std::vector<int> paths(nodes_.size());
    paths.back() = 1;
    std::unordered_map<std::uint32_t, int> of_atom;
    for (std::size_t i = nodes_.size(); i-- > 0;) {
        const Part& part = nodes_[i];
        for (const std::uint32_t child : part.children) paths[child] = std::min(2, paths[child] + paths[i]);
        if (part.node.kind == Kind::atom) of_atom[part.node.number] += paths[i];
        if (part.node.kind == Kind::choice || part.node.kind == Kind::presence) is_plain_ = false;
    }
    for (Part& part : nodes_) {
        if (part.node.kind != Kind::atom || of_atom[part.node.number] < 2) continue;
        part.repeated = true;
        is_plain_ = false;
    }
}

void Cone::group_facts() {
    std::vector<std::vector<std::uint32_t>> parents(nodes_.size());
    for (std::size_t i = 0; i < nodes_.size(); ++i)
        for (const std::uint32_t child : nodes_[i].children)
            parents[child].push_back(static_cast<std::uint32_t>(i));
    std::map<std::vector<std::uint32_t>, std::uint32_t> group_of;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        Part& part = nodes_[i];
        if (part.node.kind != Kind::need) continue;
        const bool joint = !parents[i].empty() && std::ranges::all_of(parents[i], [&](std::uint32_t parent) {
            return nodes_[parent].node.kind == Kind::strict;
        });
        const auto next = static_cast<std::uint32_t>(groups_.size());
        part.group = joint ? group_of.emplace(parents[i], next).first->second : next;
        if (part.group == next) groups_.emplace_back();
        groups_[part.group].push_back(part.node.number);
    }
}

Outcomes Cone::outcomes_of(const Part& part, const std::vector<char>& chosen) const {
    const auto child = [&](std::size_t i) { return values_[part.children[i]]; };
    switch (part.node.kind) {
        case Kind::constant:
            return part.node.outcomes;
        case Kind::need:
            return chosen[part.group] != 0 ? is_known : is_unknown;
        case Kind::strict: {
            Outcomes any = 0;
            bool can_be_known = true;
            for (const std::uint32_t one : part.children) {
                any |= values_[one];
                can_be_known = can_be_known && (values_[one] & (is_known | is_true | is_false)) != 0;
            }
            const Outcomes known = can_be_known ? is_known : 0;
            return static_cast<Outcomes>((any & (is_unknown | is_error)) | known);
        }
        case Kind::atom:
            return when_known(child(0), part.assigned != 0 ? part.assigned : is_true | is_false);
        case Kind::presence:
            return when_known(child(0), is_true);
        case Kind::all:
        case Kind::any: {
            const auto& joint = table(part.node.kind);
            Outcomes result = child(0);
            for (std::size_t i = 1; i < part.children.size(); ++i)
                result = joint[std::size_t{result} * 32 + child(i)];
            return result;
        }
        case Kind::opposite:
            return opposite_of(child(0));
        case Kind::choice: {
            Outcomes result = child(0) & (is_unknown | is_error);
            if ((child(0) & is_true) != 0) result |= child(1);
            if ((child(0) & is_false) != 0) result |= child(2);
            return result;
        }
    }
    return is_unknown;
}

Outcomes Cone::evaluate(const std::vector<char>& chosen, std::int64_t& work) {
    for (std::size_t i = 0; i < nodes_.size(); ++i) values_[i] = outcomes_of(nodes_[i], chosen);
    work += static_cast<std::int64_t>(nodes_.size());
    return values_.back();
}

std::optional<std::uint32_t> Cone::next_atom() const {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        const Part& part = nodes_[i];
        if (!part.repeated || part.assigned != 0) continue;
        if ((values_[i] & (is_true | is_false)) != 0) return part.node.number;
    }
    return std::nullopt;
}

bool Cone::all_branches(const std::vector<char>& chosen, std::int64_t& work, int depth) {
    const Outcomes now = evaluate(chosen, work);
    if ((now & is_unknown) == 0) return true;
    if (now == is_unknown) return false;
    const auto atom = next_atom();
    gave_up_ = gave_up_ || (atom && depth == 0);
    if (!atom || depth == 0) return false;
    const auto assign = [&](Outcomes value) {
        for (Part& part : nodes_)
            if (part.node.kind == Kind::atom && part.node.number == *atom) part.assigned = value;
    };
    bool settled = true;
    for (const Outcome value : {is_false, is_true}) {
        assign(value);
        settled = settled && all_branches(chosen, work, depth - 1);
    }
    assign(0);
    return settled;
}

bool Cone::any_branch(const std::vector<char>& chosen, std::int64_t& work, int depth) {
    const Outcomes now = evaluate(chosen, work);
    if (now == is_unknown) return false;
    if ((now & is_unknown) == 0) return true;
    const auto atom = next_atom();
    if (!atom || depth == 0) return true;
    const auto assign = [&](Outcomes value) {
        for (Part& part : nodes_)
            if (part.node.kind == Kind::atom && part.node.number == *atom) part.assigned = value;
    };
    bool settled = false;
    for (const Outcome value : {is_false, is_true}) {
        assign(value);
        settled = settled || any_branch(chosen, work, depth - 1);
    }
    assign(0);
    return settled;
}

bool Cone::settles(const std::vector<char>& chosen, std::int64_t& work) {
    return all_branches(chosen, work, deepest_trial);
}

bool Cone::can_settle(const std::vector<char>& chosen, std::int64_t& work) {
    return any_branch(chosen, work, deepest_trial);
}

}  // namespace doudi::determine
