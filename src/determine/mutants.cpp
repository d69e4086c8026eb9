// SPDX-License-Identifier: Apache-2.0
#include "determine/mutants.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

#include "base/date.h"
#include "policy/folder.h"

namespace doudi::determine {

namespace fs = std::filesystem;

namespace {

// Keys that name or explain and decide nothing.
constexpr std::array<std::string_view, 18> explaining{
    "id",      "cite",    "source", "title",          "help",   "say",
    "how",     "channel", "action", "settles",        "set_by", "version",
    "extends", "inherit", "words",  "register_words", "status", "open_rule"};
// Keys whose text is an expression, in any file.
constexpr std::array<std::string_view, 6> expressions{"if", "when", "unless", "covers", "amount", "share"};

template <class List>
bool is_among(const List& list, std::string_view key) {
    return std::ranges::find(list, key) != list.end();
}

bool is_index(const std::string& step) {
    return std::ranges::all_of(step, [](char c) { return c >= '0' && c <= '9'; });
}

std::string joined(const std::vector<std::string>& steps, std::size_t from) {
    std::string text;
    for (std::size_t i = from; i < steps.size(); ++i) text += (text.empty() ? "" : ".") + steps[i];
    return text;
}

// A scalar or a list item of a file, with what stands around it.
struct Spot {
    YAML::Node node;
    std::vector<std::string> path;
    std::string element;
    std::size_t element_depth = 0;  // how many steps of the path lead to the element

    [[nodiscard]] const std::string& key() const {
        static const std::string none;
        const auto named =
            std::find_if(path.rbegin(), path.rend(), [](const std::string& step) { return !is_index(step); });
        return named == path.rend() ? none : *named;
    }
};

class Walk {
  public:
    using Visit = std::function<void(const Spot&)>;
    // `on_scalar`: each scalar that decides; `on_list`: each list below an element.
    Walk(Visit on_scalar, Visit on_list) : on_scalar_(std::move(on_scalar)), on_list_(std::move(on_list)) {}

    void go(const Spot& spot) {
        if (spot.node.IsMap()) {
            go_map(spot);
        } else if (spot.node.IsSequence()) {
            if (!spot.element.empty()) on_list_(spot);
            for (std::size_t i = 0; i < spot.node.size(); ++i)
                go(below(spot, spot.node[i], std::to_string(i)));
        } else if (spot.node.IsScalar() || spot.node.IsNull()) {
            on_scalar_(spot);
        }
    }

  private:
    static Spot below(const Spot& spot, const YAML::Node& node, const std::string& step) {
        Spot inner{node, spot.path, spot.element, spot.element_depth};
        inner.path.push_back(step);
        return inner;
    }

    void go_map(const Spot& spot) {
        Spot self{spot.node, spot.path, spot.element, spot.element_depth};
        if (spot.node["zh"]) return;  // a text for people
        const YAML::Node id = spot.node["id"];
        // Switches and the orders have no id but their key.
        const bool is_keyed = spot.node["value"] && spot.node["cite"] && !spot.path.empty();
        if (self.element.empty() && !spot.path.empty() && ((id && id.IsScalar()) || is_keyed)) {
            self.element = is_keyed && !id ? spot.path.back() : id.Scalar();
            self.element_depth = spot.path.size();
        }
        for (const auto& pair : spot.node) {
            const std::string& key = pair.first.Scalar();
            if (!is_among(explaining, key)) go(below(self, pair.second, key));
        }
    }

    Visit on_scalar_, on_list_;
};

// "routes.branches.to": by which words are gathered.
std::string word_key(const LawFile& file, const Spot& spot) {
    std::string key = fs::path(file.name).stem().string();
    for (const std::string& step : spot.path)
        if (!is_index(step)) key += "." + step;
    return key;
}

class Maker {
  public:
    Maker(const LawFile& file, const KeyWords& words) : file_(file), words_(words) {}

    std::vector<Mutant> make(const YAML::Node& root) {
        Walk([&](const Spot& spot) { scalar(spot); }, [&](const Spot& spot) { list(spot); })
            .go({root, {}, {}, 0});
        return std::move(made_);
    }

  private:
    bool is_expression(const Spot& spot) const {
        const bool derives = spot.key() == "is" && fs::path(file_.name).filename() == "facts.yaml";
        return derives || is_among(expressions, spot.key());
    }

    Mutant& add(const Spot& spot, Mutant::Edit edit, std::string before, std::string after) {
        made_.push_back({file_.name, spot.node.Mark().line + 1, spot.element,
                         joined(spot.path, spot.element_depth), std::move(before), std::move(after),
                         spot.path, edit});
        return made_.back();
    }
    void set(const Spot& spot, std::string after) {
        add(spot, Mutant::Edit::set, spot.node.Scalar(), std::move(after));
    }

    void scalar(const Spot& spot) {
        if (spot.node.IsNull()) {
            add(spot, Mutant::Edit::drop, "null", "");
        } else if (is_expression(spot)) {
            expression(spot);
        } else if (spot.node.Scalar() == "true" || spot.node.Scalar() == "false") {
            set(spot, spot.node.Scalar() == "true" ? "false" : "true");
        } else if (const auto date = Date::parse_iso(spot.node.Scalar())) {
            set(spot, (*date + 1).iso());
        } else if (const std::string more = one_more(spot.node.Scalar()); !more.empty()) {
            set(spot, more);
        } else if (!is_index(spot.path.back())) {
            const std::string other = words_.other_than(word_key(file_, spot), spot.node.Scalar());
            if (!other.empty()) set(spot, other);
        }
    }

    void expression(const Spot& spot) {
        const std::string& text = spot.node.Scalar();
        for (std::string& other : expression_mutants(text)) set(spot, std::move(other));
        if (spot.key() == "unless") add(spot, Mutant::Edit::drop, text, "");
        // A line of `when` that is not asked.
        const bool is_line = spot.path.size() > 1 && spot.key() == "if" && is_index(spot.path.end()[-2]);
        if ((is_line || spot.key() == "when") && text != "true") set(spot, "true");
    }

    void list(const Spot& spot) {
        for (std::size_t i = 0; i < spot.node.size(); ++i) {
            if (spot.key() == "when") continue;  // its lines are made true
            Spot item{spot.node[i], spot.path, spot.element, spot.element_depth};
            item.path.push_back(std::to_string(i));
            const std::string before = text_of(spot.node[i]);
            add(item, Mutant::Edit::drop, before, "");
            if (i + 1 < spot.node.size())
                add(item, Mutant::Edit::swap, before, text_of(spot.node[i + 1]) + ", " + before);
        }
    }

    static std::string text_of(const YAML::Node& node) {
        if (node.IsScalar()) return node.Scalar();
        YAML::Emitter out;
        out.SetMapFormat(YAML::Flow);
        out.SetSeqFormat(YAML::Flow);
        out << node;
        return out.c_str();
    }

    const LawFile& file_;
    const KeyWords& words_;
    std::vector<Mutant> made_;
};

// The node one step below, without making one.
YAML::Node step_below(const YAML::Node& node, const std::string& step) {
    return node.IsSequence() ? node[std::stoul(step)] : node[step];
}

YAML::Node without(const YAML::Node& list, std::size_t index) {
    YAML::Node rest(YAML::NodeType::Sequence);
    for (std::size_t i = 0; i < list.size(); ++i)
        if (i != index) rest.push_back(list[i]);
    return rest;
}

YAML::Node swapped(const YAML::Node& list, std::size_t index) {
    YAML::Node other(YAML::NodeType::Sequence);
    for (std::size_t i = 0; i < list.size(); ++i)
        other.push_back(list[i == index ? i + 1 : i == index + 1 ? index : i]);
    return other;
}

// `edit` at the end of the path; answers what stands at `at` then.
YAML::Node edited(const YAML::Node& node, const Mutant& mutant, std::size_t depth) {
    const std::string& step = mutant.path[depth];
    if (depth + 1 < mutant.path.size() || mutant.edit == Mutant::Edit::set) {
        const YAML::Node inner = depth + 1 < mutant.path.size()
                                     ? edited(step_below(node, step), mutant, depth + 1)
                                     : YAML::Node(mutant.after);
        YAML::Node self = node;
        if (node.IsSequence()) {
            self[std::stoul(step)] = inner;
        } else {
            self[step] = inner;
        }
        return self;
    }
    if (mutant.edit == Mutant::Edit::swap) return swapped(node, std::stoul(step));
    if (node.IsSequence()) return without(node, std::stoul(step));
    YAML::Node self = node;
    self.remove(step);
    return self;
}

Result<void> take_files(const fs::path& folder, const std::string& prefix, std::vector<LawFile>& files) {
    policy::Faults faults;
    for (const fs::path& path : policy::yaml_files(folder, faults)) {
        const std::string name = path.filename().string();
        // Golden cases determine; how a case is handled is held by the scripts of casework
        // (tests/api/year_test.py).
        if (name == "coverage.yaml" || name == "procedures.yaml") continue;
        auto text = policy::read_whole_file(path);
        if (!text) return std::unexpected(text.error());
        files.push_back({prefix + name, std::move(*text)});
    }
    if (!faults.none()) return std::unexpected(std::move(faults).take().front());
    return {};
}

}  // namespace

std::string KeyWords::other_than(const std::string& key, const std::string& word) const {
    const auto next = [&](const std::set<std::string>& words) -> std::string {
        if (words.size() < 2) return {};
        const auto after = words.upper_bound(word);
        return after == words.end() ? *words.begin() : *after;
    };
    const auto own = words_.find(key);
    if (own != words_.end()) {
        if (std::string other = next(own->second); !other.empty()) return other;
    }
    for (const auto& [name, words] : words_) {
        if (!words.contains(word)) continue;
        if (std::string other = next(words); !other.empty()) return other;
    }
    return {};
}

Result<std::vector<LawFile>> law_files_of(const fs::path& pack_folder) {
    std::vector<LawFile> files;
    if (const auto taken = take_files(pack_folder, "", files); !taken) return std::unexpected(taken.error());
    std::vector<fs::path> versions;
    std::error_code ended;
    for (fs::directory_iterator at(pack_folder / "versions", ended), end; !ended && at != end;
         at.increment(ended))
        versions.push_back(at->path());
    std::ranges::sort(versions);
    for (const fs::path& version : versions) {
        const auto taken = take_files(version, "versions/" + version.filename().string() + "/", files);
        if (!taken) return std::unexpected(taken.error());
    }
    return files;
}

void gather_words(const LawFile& file, KeyWords& words) {
    Walk(
        [&](const Spot& spot) {
            if (spot.node.IsScalar()) words.add(word_key(file, spot), spot.node.Scalar());
        },
        [](const Spot&) {})
        .go({YAML::Load(file.text), {}, {}, 0});
}

std::vector<Mutant> mutants_of(const LawFile& file, const KeyWords& words) {
    return Maker(file, words).make(YAML::Load(file.text));
}

std::string text_with(const std::string& file_text, const Mutant& mutant) {
    YAML::Emitter out;
    out << edited(YAML::Load(file_text), mutant, 0);
    return out.c_str();
}

}  // namespace doudi::determine
