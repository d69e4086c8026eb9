// SPDX-License-Identifier: Apache-2.0
// Mutants of a pack: its files with one thing changed (one fen, < to <=, an `unless` dropped, an order
// swapped, a day added), to see whether its golden cases notice. Texts for people and citations decide
// nothing and are left alone.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"

namespace doudi::determine {

struct Mutant {
    enum class Edit : std::uint8_t { set, drop, swap };

    std::string file;     // below the pack's folder: "versions/2021-06-11/categories.yaml"
    int line = 0;         // from 1, of what is changed
    std::string element;  // its id; empty outside of elements
    std::string key;      // "when.0.if"
    std::string before;   // as written; of a swap both
    std::string after;    // empty: dropped
    // How to make it: keys and indices from the top of the file, what is done there, the new text of `set`.
    std::vector<std::string> path;
    Edit edit = Edit::set;
};

// The words that stand under a key anywhere in the packs: by them another word is chosen that the key may
// have. Nothing here knows a word of the law.
class KeyWords {
  public:
    void add(const std::string& key, const std::string& word) { words_[key].insert(word); }
    // Another word for the same key, else one of a key that has this word too; empty if there is none.
    [[nodiscard]] std::string other_than(const std::string& key, const std::string& word) const;

  private:
    std::map<std::string, std::set<std::string>> words_;
};

// A file of a pack that decides something.
struct LawFile {
    std::string name;  // below the pack's folder
    std::string text;
};
// Those of a folder packs/<id>, with its dated versions; without coverage.yaml, cases/ and the procedures of
// casework.
[[nodiscard]] Result<std::vector<LawFile>> law_files_of(const std::filesystem::path& pack_folder);

// The file must be YAML that loads.
void gather_words(const LawFile& file, KeyWords& words);
[[nodiscard]] std::vector<Mutant> mutants_of(const LawFile& file, const KeyWords& words);
// The file's text with the mutant's change; comments are lost.
[[nodiscard]] std::string text_with(const std::string& file_text, const Mutant& mutant);

// A condition or an expression with one operator or number changed each; it need not be one that loads.
[[nodiscard]] std::vector<std::string> expression_mutants(const std::string& source);
// One unit of the last digit more: 12 -> 13, 0.59 -> 0.60, 1000.00 -> 1000.01. Empty if it is no number.
[[nodiscard]] std::string one_more(const std::string& number);

}  // namespace doudi::determine
