// SPDX-License-Identifier: Apache-2.0
// What is asked in the benchmark of the API, the same for both sides: who reads, which households there are,
// and how often what is asked. A plan is a text that bench/api writes: lines of fields divided by tabs.
#pragma once
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "base/result.h"

namespace doudi::bench {

enum class ReaderKind : std::uint8_t { county, township, monitor, citizen };

struct Reader {
    ReaderKind kind = ReaderKind::county;
    std::string cookie, csrf;
    std::string region;        // what lies below is within reach
    std::uint32_t person = 0;  // a citizen's own
    int reveals = 0;           // that are left of the day's
};

struct Plan {
    std::vector<Reader> officers, citizens;
    Reader monitor;                                      // who may send files
    std::vector<std::string> households;                 // codes
    std::vector<std::vector<std::uint32_t>> of_officer;  // households within reach, by officer
    std::vector<std::string> levels, categories;         // ids
};
[[nodiscard]] Result<Plan> read_plan(const std::filesystem::path& file);

enum class Asking : std::uint8_t {
    household,   // one with its members
    warnings,    // a page of fifty, and the next one by its cursor
    counts,      // of warnings by level
    households,  // a page of a search
    why,         // a household's warnings with their events
    looks,       // a citizen's: who looked at them
    upload,      // begun, one piece, complete
    reveal,      // a phone, for a case and a reason
};
inline constexpr int asking_count = 8;
[[nodiscard]] const char* name_of(Asking asking);

// What one client asks next; the same seed asks the same.
struct Question {
    Asking asking{};
    std::size_t reader = 0;  // of officers, or of citizens for looks
    std::string household;
    std::string level, category, code;  // filters; empty: none
};
class Questions {
  public:
    Questions(Plan& plan, std::uint64_t seed) : plan_(&plan), dice_(seed) {}
    [[nodiscard]] Question next();

  private:
    [[nodiscard]] std::size_t pick(std::size_t count) { return dice_() % count; }
    Plan* plan_;
    std::mt19937_64 dice_;
};

}  // namespace doudi::bench
