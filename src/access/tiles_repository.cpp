// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "access/tiles.h"

namespace doudi::access {

Result<Tiles> read_tiles(store::Database& database) {
    auto query = TRY(database.prepare("select unit, tile_column, tile_row from unit_tile order by unit"));
    Tiles tiles;
    while (TRY(query.step()))
        tiles.emplace(UnitId(static_cast<std::uint32_t>(query.integer(0))),
                      Tile{static_cast<int>(query.integer(1)), static_cast<int>(query.integer(2))});
    return tiles;
}

Result<void> put_tiles(store::Database& database, std::span<const UnitTile> tiles) {
    if (tiles.empty()) return {};
    return database.write([&]() -> Result<void> {
        for (const UnitTile& one : tiles) {
            auto find = TRY(database.prepare("select id from unit where code = $1"));
            if (!TRY(find.bind(1, std::string_view(one.code)).step()))
                return fail(
                    ErrorKind::invalid, "unit_unknown",
                    {fmt::format("没有单位“{}”", one.code), fmt::format("there is no unit '{}'", one.code)});
            auto put = TRY(
                database.prepare("insert into unit_tile (unit, tile_column, tile_row) values ($1, $2, $3) on "
                                 "conflict (unit) do update"
                                 " set tile_column = excluded.tile_column, tile_row = excluded.tile_row"));
            put.bind(1, find.integer(0)).bind(2, std::int64_t{one.tile.column});
            TRY_VOID(put.bind(3, std::int64_t{one.tile.row}).run());
        }
        return {};
    });
}

}  // namespace doudi::access
