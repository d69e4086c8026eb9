# SPDX-License-Identifier: Apache-2.0
"""The steps that DuckDB is given: remember (the quarter before, not timed), match (measure A), arrive (measure B)."""
import json
from pathlib import Path

from . import match_sql as sql
from .feeds import MEMBER_COLUMNS, MEMBERS, QUARTERS, feeds_of

HERE = Path(__file__).parent
DIALECT = sql.Duck()


def memory_steps(state: Path | None) -> list[dict]:
    if state is None:
        return [dict(duty="memory", sql=f"CREATE TEMP TABLE mem_{name}({columns})") for name,
            columns in sql.MEMORY.items()]
    return [dict(duty="memory", sql=f"CREATE TEMP TABLE mem_{name} AS FROM "
        f"'{state}/{name}.parquet'") for name in sql.MEMORY]


def save_steps(out: Path) -> list[dict]:
    saved = []
    for name, columns in sql.MEMORY_COLUMNS.items():
        saved.append(dict(duty="remember", sql=f"COPY (SELECT {columns} FROM next_{name}) TO '{out}/{name}.parquet' "
            f"(FORMAT parquet)"))
    return saved + [dict(duty="remember", sync=[f"{out}/{name}.parquet" for name in sql.MEMORY])]


def candidate_steps(feeds, source_of, day) -> list[dict]:
    return candidate_steps_of({feed: sql.verified_rows(DIALECT, feed, source_of(feed), day) for feed in feeds})


def candidate_steps_of(rows: dict) -> list[dict]:
    one = " UNION ALL ".join(body for feed, body in rows.items() if len(feed.persons) == 1)
    two = " UNION ALL ".join(body for feed, body in rows.items() if len(feed.persons) == 2)
    # The feeds stream past a table built of the roster: without statistics of a CSV file the planner may turn
    # that round, which would also lose the file's order.
    return [dict(duty="read and match", sql="SET disabled_optimizers = 'join_order,build_side_probe_side'"),
            dict(duty="read and match", sql=f"CREATE TEMP TABLE cand AS {sql.candidates_of_one(DIALECT, one)}"),
            dict(duty="read and match", sql=f"CREATE TEMP TABLE cand2 AS {sql.candidates_of_two(DIALECT, two)}"),
            dict(duty="read and match", sql="SET disabled_optimizers = ''")]


def roster_step(data: Path, day: str, table="CREATE TEMP TABLE roster AS") -> dict:
    source = DIALECT.read(data / MEMBERS, MEMBER_COLUMNS)
    return dict(duty="roster", sql=f"{table} {sql.roster(DIALECT, source, day)}")


def outcome_steps(feeds, quarter, out: Path) -> list[dict]:
    steps = [dict(duty="hits", sql=text) for text in sql.hits(DIALECT, quarter.day)]
    steps += [dict(duty="hits", sql=text) for text in sql.occurrences(DIALECT, feeds, quarter.day)]
    steps += [dict(duty="score", sql=text) for text in sql.score(DIALECT, HERE, quarter)]
    steps.append(dict(duty="warnings", sql=f"COPY ({sql.WARNINGS}) TO '{out}/warnings.csv' (FORMAT csv, HEADER)"))
    steps.append(dict(duty="warnings", sync=[f"{out}/warnings.csv"]))
    return steps


def law_steps(quarter) -> list[dict]:
    return [dict(duty="law", sql=text) for text in sql.law(DIALECT, quarter)]


def quality_step(quarter, out: Path) -> dict:
    return dict(duty="quality", sql=f"COPY ({sql.QUALITY.format(day=quarter.day)}) TO '{out}/quality.csv' (FORMAT "
        f"csv, HEADER)")


def remember(data: Path, out: Path, threads: int) -> dict:
    """The first quarter's cycle, and its closing: what the second one remembers."""
    quarter = QUARTERS[0]
    feeds = feeds_of(data, quarter.name)
    closed = f"(SELECT household_id FROM {DIALECT.read(data / f'close-{quarter.name}.csv', ['household_id'])})"
    steps = law_steps(quarter) + memory_steps(None) + [roster_step(data, quarter.day)]
    steps += candidate_steps(feeds, lambda f: DIALECT.read(data / f.path(quarter.name), f.columns), quarter.day)
    steps += outcome_steps(feeds, quarter, out) + [quality_step(quarter, out)]
    steps.append(dict(duty="close", sql=f"DELETE FROM next_open WHERE hh IN {closed}"))
    steps.append(dict(duty="close", sql=f"UPDATE next_event SET live = false WHERE hh IN {closed}"))
    return dict(threads=threads, steps=steps + save_steps(out))


def match(data: Path, state: Path, out: Path, threads: int, with_quality: bool) -> dict:
    quarter = QUARTERS[1]
    feeds = feeds_of(data, quarter.name)
    steps = law_steps(quarter) + memory_steps(state) + [roster_step(data, quarter.day)]
    steps += candidate_steps(feeds, lambda f: DIALECT.read(data / f.path(quarter.name), f.columns), quarter.day)
    steps += outcome_steps(feeds, quarter, out) + save_steps(out)
    return dict(threads=threads, steps=steps + ([quality_step(quarter, out)] if with_quality else []))


def arrive(data: Path, state: Path, out: Path, threads: int) -> dict:
    """Each file is hashed and copied, its verified rows land as parquet, and matching runs over what landed."""
    quarter = QUARTERS[1]
    feeds = feeds_of(data, quarter.name)
    files = [data / MEMBERS] + [data / feed.path(quarter.name) for feed in feeds]
    steps = [dict(duty="hash and keep", keep=[dict(**{"from": str(path)}, to=f"{out}/{i}.original") for i,
        path in enumerate(files)])]
    steps += law_steps(quarter) + memory_steps(state)
    steps.append(roster_step(data, quarter.day, table="CREATE TABLE roster AS"))
    landed = {}
    for feed in feeds:
        source = DIALECT.read(data / feed.path(quarter.name), feed.columns)
        rows = sql.verified_rows(DIALECT, feed, source, quarter.day)
        target = f"{out}/{feed.number}.parquet"
        steps.append(dict(duty="land", sql=f"COPY ({rows}) TO '{target}' (FORMAT parquet)"))
        landed[feed] = f"SELECT * FROM '{target}'"
    steps.append(dict(duty="land", sync=[f"{out}/{feed.number}.parquet" for feed in feeds]))
    steps += candidate_steps_of(landed) + outcome_steps(feeds, quarter, out)
    steps.append(dict(duty="publish", sql="CREATE TABLE warnings AS FROM next_open"))
    steps += [dict(duty="publish", sql=f"CREATE TABLE {name} AS SELECT {columns} FROM next_{name}")
              for name, columns in sql.MEMORY_COLUMNS.items() if name != "open"]
    steps.append(dict(duty="publish", sql="CHECKPOINT"))
    return dict(threads=threads, database=f"{out}/arrival.duckdb", steps=steps)


def write(plan: dict, path: Path) -> Path:
    path.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    return path
