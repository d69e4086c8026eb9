// SPDX-License-Identifier: Apache-2.0
// What the server's planner knows of our tables. By itself the server looks once a minute: until then lists
// of a county that has just arrived are planned as if their tables were empty, ten times as slow.
#include <fmt/format.h>
#include <libpq-fe.h>

#include "store/postgres_connection.h"

namespace doudi::store {

namespace {

// A session tells its counts once a second at most; this makes the last transaction's count now.
constexpr const char* tell_counts = "select pg_stat_force_next_flush()";
// The server's own rule for when to look again, without its minute.
constexpr const char* tables_that_changed =
    "select quote_ident(relname) from pg_stat_user_tables where schemaname = current_schema()"
    " and n_mod_since_analyze > current_setting('autovacuum_analyze_threshold')::bigint +"
    " current_setting('autovacuum_analyze_scale_factor')::double precision * n_live_tup order by 1";

}  // namespace

void PostgresConnection::gather_statistics() {
    if (in_transaction_ || !make_ready() || !ask(tell_counts)) return;
    const auto changed = ask(tables_that_changed);
    if (!changed) return;
    for (int row = 0; row < PQntuples(changed->get()); ++row) {
        if (!ask(fmt::format("analyze {}", PQgetvalue(changed->get(), row, 0)))) return;
    }
}

}  // namespace doudi::store
