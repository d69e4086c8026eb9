// SPDX-License-Identifier: Apache-2.0
// Where each unit lies in the office's own picture of its area, one square for each: the default view of the
// cockpit, which needs no boundary of anybody's. Data of the office (units.yaml, `tile`), told beside the
// units.
#pragma once
#include <expected>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "access/units.h"

namespace doudi::access {

// From 1, left to right and top to bottom.
struct Tile {
    int column = 0;
    int row = 0;
    friend bool operator==(Tile, Tile) = default;
};
inline constexpr int last_tile = 99;

struct UnitTile {
    std::string code;  // of the unit
    Tile tile;
};
// Those that a YAML file of units names (`tile: {column: 3, row: 2}`); every fault with its place.
[[nodiscard]] std::expected<std::vector<UnitTile>, std::vector<Error>> read_unit_tiles(
    const std::filesystem::path& file);

using Tiles = std::map<UnitId, Tile>;
[[nodiscard]] Result<Tiles> read_tiles(store::Database& database);
// What is not named stays where it was. "unit_unknown". One transaction.
[[nodiscard]] Result<void> put_tiles(store::Database& database, std::span<const UnitTile> tiles);

}  // namespace doudi::access
