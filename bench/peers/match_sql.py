# SPDX-License-Identifier: Apache-2.0
"""What the SQL engines are given to match rows with persons: the same duties, in each engine's own best words.

Every row's number is normalised and its check character and birth date verified, and its date read, before the join.
cand holds the rows that hit the roster or have a wrong check character (or, for petitions, none); hits says how they
matched.
"""
from .feeds import BASELINE, INDICATORS, LEVELS, MEMBER_COLUMNS, QUARTERS, Feed, Quarter

# The sum of GB 11643 by quotients k / 10^i alone: 10 is -1 modulo 11, so digit weights w(i) become w(i) + w(i-1).
CHECK_COEFFICIENTS = [2] + [3 * 2**i % 11 for i in range(1, 17)]
# Of each digit from the last: 10 to its place, and by what a wrong sum is to be multiplied to mend this digit alone.
PLACES = ", ".join(f"(CAST({10**i} AS BIGINT), {pow(2, -(i + 1), 11)})" for i in range(17))


def text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


class Dialect:
    temp = ""
    fence = ""  # keeps a planner from folding a subquery into the one around it

    def divide(self, value: str, by: int | str) -> str:
        raise NotImplementedError

    def weighted_sum(self, k: str) -> str:
        """The weighted sum of GB 11643, modulo 11."""
        parts = [f"{c} * {self.divide(k, 10**i)}" if i else f"{c} * {k}" for i, c in enumerate(CHECK_COEFFICIENTS)]
        return f"CAST(({' + '.join(parts)}) % 11 AS INTEGER)"

    def is_wrong(self, c: str, total: str) -> str:
        """The check character (* of a number of old, which has none) is not that of the weighted sum."""
        return f"{c} <> substr('10X98765432', 1 + {total}, 1) AND {c} <> '*'"

    def wanted_sum(self, c: str) -> str:
        """The weighted sum that has this check character."""
        return f"CAST(strpos('10X98765432', {c}) AS INTEGER) - 1"

    def birth_holds(self, ymd: str, day: str) -> str:
        year, month, date = self.divide(ymd, 10000), f"({self.divide(ymd, 100)} % 100)", f"({ymd} % 100)"
        leap = f"({year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0))"
        return (f"({ymd} BETWEEN 19000101 AND {day.replace('-', '')} AND {month} BETWEEN 1 AND 12"
                f" AND {date} BETWEEN 1 AND 31 AND ({date} <= 28 OR {date} <= CASE WHEN {month} IN (4, 6, 9, 11) "
                    f"THEN 30"
                f" WHEN {month} <> 2 THEN 31 WHEN {leap} THEN 29 ELSE 28 END))")

    def clean_number(self, column: str) -> str:
        wide = f"translate({column}, '０１２３４５６７８９ＸｘX　', '0123456789XXX ')"
        return f"upper(regexp_replace({wide}, '[[:space:]''\"‘’“”`]', '', 'g'))"

    def fold_name(self, column: str) -> str:
        inside = f"regexp_replace({column}, '[（(\\[【〔][^）)\\]】〕]*[）)\\]】〕]', '', 'g')"
        return f"regexp_replace({inside}, '[[:space:]　·•・‧∙⋅･.]', '', 'g')"


class Duck(Dialect):
    temp = "TEMP"

    def divide(self, value, by):
        return f"({value} // {by})"

    def read(self, path, columns) -> str:
        types = ", ".join(f"{text(column)}: 'VARCHAR'" for column in columns)
        return (f"read_csv({text(str(path))}, header = true, auto_detect = false, delim = ',', quote = '\"', escape "
            f"= '\"', "
                f"new_line = '\\n', parallel = true, columns = {{{types}}})")

    def plain_digits(self, column):
        return f"CASE WHEN strlen({column}) = 18 THEN TRY_CAST(left({column}, 17) AS BIGINT) END"

    def date(self, feed, column):
        if feed.by_month:
            return f"TRY_CAST(left({column}, 4) || '-' || substr({column}, 5) || '-01' AS DATE)"
        return f"TRY_CAST({column} AS DATE)"

    def matches(self, value, pattern):
        return f"regexp_full_match({value}, '{pattern}')"

    def calendar_join(self, feed, column):
        return ""

    order = "rowid"


class Postgres(Dialect):
    temp = "UNLOGGED"
    fence = " OFFSET 0"

    def divide(self, value, by):
        return f"({value} / {by})"

    # All in integers. A plain number is read once: of eighteen digits the whole, of seventeen and X the seventeen,
    # negative. The check character is its value, 10 for X; -1 of a number of old, which has none.
    def packed(self, column):
        return (f"CASE WHEN octet_length({column}) = 18 THEN CASE ltrim({column}, '0123456789') WHEN '' THEN "
                f"CAST({column} AS BIGINT) WHEN 'X' THEN -CAST(left({column}, 17) AS BIGINT) "
                f"WHEN 'x' THEN -CAST(left({column}, 17) AS BIGINT) END END")

    def is_wrong(self, c, total):
        return f"{c} >= 0 AND ({total} + {c}) % 11 <> 1"

    def wanted_sum(self, c):
        return f"(12 - {c}) % 11"

    def digits(self, i, with_blank):
        """k, c: of the odd ones the cleaned text is made anew wherever it is asked for, for they are few."""
        clean = self.clean_number(f"id{i}")
        eighteen, fifteen = f"{clean} ~ '^[0-9]{{17}}[0-9X]$'", f"{clean} ~ '^[0-9]{{15}}$'"
        yield f"name{i}"
        yield (f"CASE WHEN q{i} > 0 THEN q{i} / 10 WHEN q{i} < 0 THEN -q{i} WHEN {eighteen} THEN "
               f"CAST(left({clean}, 17) AS BIGINT) WHEN {fifteen} THEN "
               f"CAST(left({clean}, 6) || '19' || substr({clean}, 7) AS BIGINT) END AS k{i}")
        yield (f"CASE WHEN q{i} > 0 THEN CAST(q{i} % 10 AS INTEGER) WHEN q{i} < 0 THEN 10 WHEN {eighteen} THEN "
               f"strpos('0123456789X', substr({clean}, 18, 1)) - 1 ELSE -1 END AS c{i}")
        if with_blank:
            yield f"q{i} IS NULL AND COALESCE({clean}, '') = '' AS blank{i}"

    def date(self, feed, column):
        return "day_of.day"

    def matches(self, value, pattern):
        return f"{value} ~ '^{pattern}$'"

    def calendar_join(self, feed, column):
        # There is no cast that may fail: a table of every day, as it is written, says whether there is such a day.
        return f" LEFT JOIN day_of ON day_of.written = {column}"

    order = "rn"


def law(dialect: Dialect, quarter: Quarter) -> list[str]:
    indicators = ", ".join(f"('{name}', {points}, '{per}')" for name, points, per in INDICATORS)
    levels = ", ".join(
        f"('{name}', {rank}, {least}, {most}, {'DATE ' + text(quarter.due[name]) if name in quarter.due else 'NULL'})"
        for rank, (name, least, most) in enumerate(LEVELS, 1))
    kind = dialect.temp
    return [
        f"CREATE {kind} TABLE indicator(ind TEXT, points INTEGER, per TEXT)", f"INSERT INTO indicator VALUES "
            f"{indicators}",
        f"CREATE {kind} TABLE level(name TEXT, rank INTEGER, least INTEGER, most INTEGER, due DATE)",
        f"INSERT INTO level VALUES {levels}",
    ]


# Each step in a subquery of its own, so that nothing is worked out twice. A number stands in id<i> and becomes
# q<i>: the first seventeen digits of a plain one; w<i>: any other, cleaned; k<i>: the seventeen digits; c<i>: the check
# character as written, * if the number had fifteen digits; state<i>: 0 no usable number, 1 verified, 2 a wrong check
# character.
def number_steps(dialect: Dialect, source: str, carried: str, persons: int, day: str,
    keep_written: bool = False) -> str:
    def level(columns, inside: str) -> str:
        wanted = ", ".join(column for i in range(persons) for column in columns(i))
        return f"SELECT {carried}, {wanted} FROM ({inside}{dialect.fence}) AS s"

    def cleaned(i):
        return [f"id{i}", f"name{i}", f"q{i}", f"CASE WHEN q{i} IS NULL THEN {dialect.clean_number(f'id{i}')} END "
            f"AS w{i}"]

    def digits(i):
        seventeen, fifteen = (dialect.matches(f"w{i}", pattern) for pattern in ("[0-9]{17}[0-9X]", "[0-9]{15}"))
        yield f"name{i}"
        if keep_written:
            yield f"w{i}"
        yield (f"CASE WHEN q{i} IS NOT NULL THEN q{i} WHEN {seventeen} THEN CAST(left(w{i}, 17) AS BIGINT) "
               f"WHEN {fifteen} THEN CAST(left(w{i}, 6) || '19' || substr(w{i}, 7) AS BIGINT) END AS k{i}")
        yield (f"CASE WHEN q{i} IS NOT NULL THEN upper(substr(id{i}, 18, 1)) WHEN {seventeen} THEN substr(w{i}, 18, 1) "
               f"WHEN {fifteen} THEN '*' END AS c{i}")

    def summed(i):
        yield f"name{i}"
        if keep_written:
            yield f"w{i}"
        yield from (f"k{i}", f"c{i}", f"{dialect.weighted_sum(f'k{i}')} AS sum{i}")
        yield f"CAST({dialect.divide(f'k{i}', 1000)} % 100000000 AS INTEGER) AS born{i}"

    def judged(i):
        yield f"name{i}"
        if keep_written:
            yield f"w{i}"
        yield from (f"k{i}", f"c{i}", f"sum{i}")
        yield (f"CASE WHEN k{i} IS NULL THEN 0 WHEN {dialect.is_wrong(f'c{i}', f'sum{i}')} THEN 2 WHEN"
               f" {dialect.birth_holds(f'born{i}', day)} THEN 1 ELSE 0 END AS state{i}")

    def plain(i):
        return [f"id{i}", f"name{i}", f"{dialect.plain_digits(f'id{i}')} AS q{i}"]
    for columns in (plain, cleaned, digits, summed, judged):
        source = level(columns, source)
    return source


def status_say(feed: Feed, column: str) -> str:
    if not feed.status:
        return "1"
    back = f" WHEN {column} IN ({', '.join(map(text, feed.takes_back))}) THEN -1" if feed.takes_back else ""
    return f"CASE WHEN {column} IN ({', '.join(map(text, feed.counts))}) THEN 1{back} ELSE 0 END"


def postgres_steps(dialect: Postgres, source: str, carried: str, persons: int, day: str, blank=False,
    rejected="false") -> str:
    """The same in integers and in fewer steps; source has q<i> beside id<i>. Gives k, c, name and state."""
    def level(columns, inside: str) -> str:
        wanted = ", ".join(column for i in range(persons) for column in columns(i))
        return f"SELECT {carried}, {wanted} FROM ({inside}{dialect.fence}) AS s"

    def summed(i):
        yield from (f"k{i}", f"c{i}", f"name{i}", f"{dialect.weighted_sum(f'k{i}')} AS sum{i}")
        yield f"CAST({dialect.divide(f'k{i}', 1000)} % 100000000 AS INTEGER) AS born{i}"
        if blank:
            yield f"blank{i}"

    def judged(i):
        none = f"CASE WHEN blank{i} THEN 3 ELSE 0 END" if blank else "0"
        yield from (f"k{i}", f"c{i}", f"name{i}")
        yield (f"CASE WHEN {rejected} THEN 0 WHEN k{i} IS NULL THEN {none} WHEN {dialect.is_wrong(f'c{i}', f'sum{i}')} "
               f"THEN 2 WHEN {dialect.birth_holds(f'born{i}', day)} THEN 1 ELSE 0 END AS state{i}")
    for columns in (lambda i: dialect.digits(i, blank), summed, judged):
        source = level(columns, source)
    return source


def verified_rows(dialect: Dialect, feed: Feed, source: str, day: str) -> str:
    """One row a row of the file: every number verified and the date read. No join with the roster yet.

    A row without a usable date is rejected, whatever its number; state 3: a petition without a number.
    """
    persons = range(len(feed.persons))
    detail = f"COALESCE({feed.detail}, '')" if feed.detail else "''"
    carried = "file, day, detail, say, phone"
    packed = isinstance(dialect, Postgres)
    rows = (f"SELECT {feed.number} AS file, {dialect.date(feed, 'date')} AS day, {detail} AS detail, "
            f"{status_say(feed, feed.status)} AS say, {feed.phone or 'NULL'} AS phone, "
            + ", ".join(f"{feed.persons[i][0]} AS id{i}, {feed.persons[i][1]} AS name{i}"
                        + (f", {dialect.packed(feed.persons[i][0])} AS q{i}" if packed else "") for i in persons)
            + f" FROM {source} AS f{dialect.calendar_join(feed, 'f.date')}")
    if packed:
        judged = postgres_steps(dialect, rows, carried, len(feed.persons), day, bool(feed.phone), "day IS NULL")
        keys = ", ".join(f"CASE WHEN state{i} = 1 THEN k{i} END AS key{i}, state{i}, k{i}, c{i}, name{i}"
                         for i in persons)
        return f"SELECT {carried}, {keys} FROM ({judged}{dialect.fence}) AS judged"
    judged = number_steps(dialect, rows, carried, len(feed.persons), day, keep_written=bool(feed.phone))
    nameless = "WHEN state0 = 0 AND COALESCE(w0, '') = '' AND k0 IS NULL THEN 3 " if feed.phone else ""
    return f"SELECT {carried}, " + ", ".join(
        f"CASE WHEN state{i} = 1 AND day IS NOT NULL THEN k{i} END AS key{i}, "
        f"CASE WHEN day IS NULL THEN 0 {nameless}ELSE state{i} END AS state{i}, k{i}, c{i}, name{i}" for i in persons
    ) + f" FROM ({judged}{dialect.fence}) AS judged"


def roster(dialect: Dialect, source: str, day: str) -> str:
    if isinstance(dialect, Postgres):
        members = f"SELECT hh, phone, id AS id0, name AS name0, {dialect.packed('id')} AS q0 FROM {source} AS m"
        steps = postgres_steps(dialect, members, "hh, phone", 1, day)
    else:
        members = f"SELECT hh, phone, id AS id0, name AS name0 FROM {source} AS m"
        steps = number_steps(dialect, members, "hh, phone", 1, day)
    return (f"SELECT CAST(row_number() OVER () AS INTEGER) AS pid, hh, {dialect.fold_name('name0')} AS name, phone, "
            f"k0 AS k FROM ({steps}) AS r")


def candidates_of_one(dialect: Dialect, rows: str) -> str:
    """Rows that name one person: those that hit, and those that may still be somebody's."""
    return ("SELECT file, day, detail, say, v.phone, state0 AS state, k0 AS k, c0 AS c, name0 AS name, r.pid, r.hh, "
        "r.name AS rname "
            f"FROM ({rows}) AS v LEFT JOIN roster AS r ON r.k = v.key0 WHERE r.pid IS NOT NULL OR v.state0 >= 2")


def candidates_of_two(dialect: Dialect, rows: str) -> str:
    return ("SELECT file, day, detail, say, state0, k0, c0, name0, a.pid AS pid0, a.hh AS hh0, a.name AS rname0, "
            "state1, k1, c1, name1, b.pid AS pid1, b.hh AS hh1, b.name AS rname1 "
            f"FROM ({rows}) AS v LEFT JOIN roster AS a ON a.k = v.key0 LEFT JOIN roster AS b ON b.k = v.key1 "
            "WHERE a.pid IS NOT NULL OR b.pid IS NOT NULL OR v.state0 = 2 OR v.state1 = 2")


def hits(dialect: Dialect, day: str) -> list[str]:
    """cand, cand2 -> hits(file, rn, role, pid, hh, day, detail, say, grade); grade 0 exact, 1 probable, 2 review."""
    temp, order = dialect.temp, dialect.order
    wrong_one = ("SELECT file, {rn} AS rn, 0 AS role, day, detail, say, k, c, name FROM cand "
                 "WHERE state = 2 AND pid IS NULL")
    wrong_two = ("SELECT file, {rn} AS rn, {i} AS role, day, detail, say, k{i} AS k, c{i} AS c, name{i} AS name "
        "FROM cand2 "
                 "WHERE state{i} = 2")
    sources = [wrong_one.format(rn=order)] + [wrong_two.format(rn=order, i=i) for i in (0, 1)]
    # The numbers that differ in one character and whose check character is right are at most eighteen, and each is
    # found in the roster by its key: the check character was wrong, or one of seventeen digits, each of which can be
    # mended in one way at most. Namesakes compared one by one would be a square of the county's size.
    judged = (f"SELECT *, {dialect.fold_name('name')} AS folded, {dialect.wanted_sum('c')} + 11 - "
              f"{dialect.weighted_sum('k')} AS off FROM ({' UNION ALL '.join(sources)}) AS w")
    digit = f"({dialect.divide('k', 'power')} % 10)"
    mended = (f"SELECT file, rn, role, day, detail, say, folded, k AS key FROM judged UNION ALL "
              f"SELECT file, rn, role, day, detail, say, folded, k + (mended - digit) * power FROM "
              f"(SELECT j.*, power, {digit} AS digit, ({digit} + off * inverse) % 11 AS mended FROM judged AS j "
              f"CROSS JOIN (VALUES {PLACES}) AS p(power, inverse)) AS m WHERE mended < 10")
    lookalikes = (f"WITH judged AS ({judged}) SELECT c.file, c.rn, c.role, c.day, c.detail, c.say, min(r.pid) AS pid, "
                  f"min(r.hh) AS hh FROM ({mended}) AS c JOIN roster AS r ON r.k = c.key AND r.name = c.folded "
                  "GROUP BY 1, 2, 3, 4, 5, 6 HAVING count(*) = 1")
    by_phone = (f"SELECT c.file, c.rn, 0 AS role, c.day, c.detail, c.say, min(r.pid) AS pid, min(r.hh) AS hh FROM "
                f"(SELECT file, {order} AS rn, day, detail, say, phone, {dialect.fold_name('name')} AS folded FROM "
                    f"cand "
                "WHERE state = 3) AS c JOIN roster AS r ON r.name = c.folded AND r.phone = c.phone "
                "GROUP BY 1, 2, 3, 4, 5, 6 HAVING count(*) = 1")

    def grade(i=""):
        name = f"name{i}"
        return (f"CASE WHEN {name} = rname{i} OR {dialect.fold_name(name)} = rname{i} THEN 0 ELSE 2 END")
    return [
        f"CREATE {temp} TABLE probable AS ({lookalikes}) UNION ALL {by_phone}",
        f"CREATE {temp} TABLE hits AS "
        f"SELECT file, {order} AS rn, 0 AS role, pid, hh, day, detail, say, {grade()} AS grade FROM cand WHERE pid "
            f"IS NOT NULL "
        + "".join(f"UNION ALL SELECT file, {order}, {i}, pid{i}, hh{i}, day, detail, say, {grade(i)} FROM cand2 "
                  f"WHERE pid{i} IS NOT NULL " for i in (0, 1))
        + "UNION ALL SELECT file, rn, role, pid, hh, day, detail, say, 1 FROM probable",
        # A duplicate: an earlier row of the file has the same person, day and detail. What is dated later is held.
        f"CREATE {temp} TABLE repeated AS SELECT DISTINCT file, rn FROM (SELECT file, rn, min(rn) OVER "
        f"(PARTITION BY file, pid, day, detail) AS first_rn FROM hits WHERE day <= DATE '{day}') AS w WHERE "
            f"first_rn < rn",
    ]


def occurrences(dialect: Dialect, feeds, day: str) -> list[str]:
    temp = dialect.temp
    indicator = "CASE h.file " + " ".join(f"WHEN {f.number} THEN '{f.indicator}'" for f in feeds) + " END"
    first = [str(f.number) for f in feeds if f.only_first] or ["-1"]
    # Both are joins: a condition about h within the second keeps it from being asked row by row.
    fit = (f"h.grade < 2 AND NOT EXISTS (SELECT 1 FROM repeated AS d WHERE d.file = h.file AND d.rn = h.rn) "
           f"AND NOT EXISTS (SELECT 1 FROM hits AS o WHERE o.file = h.file AND o.rn = h.rn AND o.role = 0 "
           f"AND o.grade < 2 AND h.role = 1 AND h.file IN ({', '.join(first)}))")
    columns = f"{indicator} AS ind, h.pid, h.hh, h.day, h.detail, h.say, h.grade = 0 AS sure"
    return [
        f"CREATE {temp} TABLE occ AS SELECT {columns} FROM hits AS h WHERE h.day <= DATE '{day}' AND {fit} "
        f"UNION ALL SELECT ind, pid, hh, day, detail, say, sure FROM mem_held WHERE day <= DATE '{day}'",
        f"CREATE {temp} TABLE next_held AS SELECT {columns} FROM hits AS h WHERE h.day > DATE '{day}' AND {fit} "
        f"UNION ALL SELECT ind, pid, hh, day, detail, say, sure FROM mem_held WHERE day > DATE '{day}'",
    ]


MEMORY = {
    "event": "ind TEXT, pid INTEGER, hh TEXT, day DATE, detail TEXT, live BOOLEAN",
    "open": "hh TEXT, issued DATE, due DATE, rank INTEGER",
    "dead": "pid INTEGER, sure BOOLEAN",
    "exit": "hh TEXT",
    "held": "ind TEXT, pid INTEGER, hh TEXT, day DATE, detail TEXT, say INTEGER, sure BOOLEAN",
}
MEMORY_COLUMNS = {name: ", ".join(part.split()[0] for part in columns.split(", ")) for name, columns in MEMORY.items()}

WARNINGS = ("SELECT hh AS household_id, score, level, issued AS issued_on, due AS due_on, indicators "
            "FROM next_open ORDER BY hh")
QUALITY = ("SELECT h.file, b.bucket, count(*) AS rows FROM (SELECT file, rn, CASE WHEN EXISTS (SELECT 1 FROM "
    "repeated AS d "
           "WHERE d.file = hits.file AND d.rn = hits.rn) THEN 3 ELSE min(CASE grade WHEN 2 THEN 2 ELSE grade END) "
               "END AS b "
           "FROM hits WHERE day <= DATE '{day}' GROUP BY file, rn) AS h JOIN (VALUES (0, 'exact'), (1, 'probable'), "
           "(2, 'review'), (3, 'duplicate')) AS b(b, bucket) ON b.b = h.b GROUP BY 1, 2 ORDER BY 1, 2")


def score(dialect: Dialect, folder, quarter: Quarter) -> list[str]:
    body = (folder / "score.sql").read_text(encoding="utf-8")
    body = "\n".join(line for line in body.splitlines() if not line.lstrip().startswith("--"))
    filled = body.format(temp=dialect.temp, day=quarter.day, baseline=BASELINE)
    return [part.strip() for part in filled.split(";\n") if part.strip()]
