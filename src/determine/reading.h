// SPDX-License-Identifier: Apache-2.0
// One condition evaluated in one scope with the value of each of its nodes at hand, and what each name in it
// stands for.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "determine/facts.h"

namespace doudi::determine {

class Reading {
  public:
    // Inside of comprehensions: which elements of which lists, from the outermost.
    struct Path {
        std::vector<std::uint32_t> elements;
        std::vector<std::string> members;  // each as "m=3": the local name and the member that it stands for

        [[nodiscard]] Path with(const std::string& local, std::uint32_t element,
                                const expr::Value& item) const;
    };

    // Sets the scope of `facts` while it lives.
    Reading(const Facts& facts, const expr::Program& program, int member, bool of_sets);

    [[nodiscard]] const expr::Program& program() const { return program_; }
    [[nodiscard]] const expr::Step& step(expr::NodeId node) const { return program_.step(node); }
    [[nodiscard]] expr::NodeId child(expr::NodeId node, std::size_t i) const {
        return program_.ast().child(node, i);
    }
    [[nodiscard]] std::span<const expr::NodeId> children(expr::NodeId node) const {
        return program_.ast().children_of(node);
    }
    // Some node was not remembered: the condition can only be taken as a whole.
    [[nodiscard]] bool is_cut() const { return is_cut_; }
    [[nodiscard]] const expr::Value& value(expr::NodeId node, const Path& path) const;
    // Names that are part of a field or of has() have no value of their own and are not unknown.
    [[nodiscard]] bool is_unknown(expr::NodeId node, const Path& path) const;
    // What a variable, a field or a member's field stands for; `nothing` for other nodes.
    [[nodiscard]] Named named(expr::NodeId node, const Path& path) const;
    // The comparison, call or name as written, with white space evened out.
    [[nodiscard]] std::string text(expr::NodeId node) const;
    // The same text with this behind it is the same question: whose it is, in which members, of sets or not.
    [[nodiscard]] std::string whose(const Path& path) const;
    // Everything that the condition may read, wherever it stands in it; members' facts for every member.
    [[nodiscard]] std::vector<Named> all_names() const;

  private:
    const Facts& facts_;
    const expr::Program& program_;
    Facts::Scope scope_;
    std::map<std::pair<expr::NodeId, std::vector<std::uint32_t>>, expr::Value> values_;
    bool is_cut_ = false;
};

}  // namespace doudi::determine
