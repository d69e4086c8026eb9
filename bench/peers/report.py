# SPDX-License-Identifier: Apache-2.0
"""The table. No ratio is told of engines whose warnings differ."""
import json
import platform
import time
from pathlib import Path
from statistics import median

from .feeds import QUARTERS, feeds_of

# measure, peer, what of, at least (or at most, for the read)
AIMS = (("match", "duckdb", 8), ("match", "postgres", 20), ("arrival", "duckdb-arrival", 3))
MOST_TIMES_READ, MOST_ANON_MIB = 3, 150
MOST_TIMES_PLAIN = (("doudi-arrival", 1.5), ("doudi-arr-sm4", 6))   # SM4 goes at a fortieth of AES's speed


def by_engine(runs) -> dict:
    found = {}
    for run in runs:
        found.setdefault(run.engine, []).append(run)
    return found


def differences(runs, truth: Path) -> list[str]:
    """What is wrong with any run's warnings, against the truth that was planted."""
    wanted = truth.read_text(encoding="utf-8").splitlines()
    told, bad = [], set()
    for run in runs:
        if run.measure == "read" or run.engine in bad:
            continue
        got = run.warnings.read_text(encoding="utf-8").splitlines()
        if got == wanted:
            continue
        bad.add(run.engine)
        missing, surplus = sorted(set(wanted) - set(got)), sorted(set(got) - set(wanted))
        told.append(f"{run.engine}: {len(missing)} lines missing, {len(surplus)} too many")
        told += [f"  should be {line}" for line in missing[:5]] + [f"  is        {line}" for line in surplus[:5]]
    return told


def line_of(runs, rows: int) -> dict:
    first = runs[0]
    wall, cpu = median(run.wall for run in runs), median(run.cpu for run in runs)
    duties = {duty: round(median(run.duties.get(duty, 0) for run in runs), 3) for duty in first.duties}
    return dict(engine=first.engine, measure=first.measure, rounds=len(runs), wall=round(wall, 3),
        least=round(min(r.wall for r in runs), 3),
                cpu=round(cpu, 3), rows_per_second=round(rows / wall) if rows else 0,
                    peak_mib=round(max(r.peak_kib for r in runs) / 1024),
                anon_mib=round(max(r.anon_kib for r in runs) / 1024), duties=duties)


def ratios(lines: dict) -> list[dict]:
    found = []

    def compare(name, ours, peer, aim, at_most=False, kinds=("wall", "cpu")):
        value = {kind: ours[kind] / peer[kind] if at_most else peer[kind] / ours[kind] for kind in kinds}
        reached = all(v <= aim if at_most else v >= aim for v in value.values())
        found.append(dict(name=name, aim=aim, at_most=at_most, reached=reached, **{k: round(v, 2) for k,
            v in value.items()}))

    for measure, peer, aim in AIMS:
        ours = lines.get("doudi" if measure == "match" else "doudi-arrival")
        peers = [line for name, line in lines.items() if line["measure"] == measure and name.startswith(peer)]
        if ours and peers:
            best = min(peers, key=lambda line: line["wall"])
            compare(f"{measure}: {best['engine']} / {ours['engine']}", ours, best, aim)
    for sealed, most in MOST_TIMES_PLAIN:
        if sealed in lines and "doudi-arr-plain" in lines:
            compare(f"arrival: {sealed} / not sealed", lines[sealed], lines["doudi-arr-plain"], most, at_most=True)
    if "doudi" in lines and "read" in lines:
        compare("match: doudi / warm read", lines["doudi"], lines["read"], MOST_TIMES_READ, at_most=True,
                kinds=("wall",))
    return found


def table(lines, compared) -> str:
    out = [f"{'engine':<16}{'n':>3}{'wall s':>9}{'(least)':>9}{'CPU s':>9}{'Mrow/s':>9}{'peak MiB':>10}{'RssAnon':>9}"
           "  seconds a duty"]
    for line in lines.values():
        duties = ", ".join(f"{duty} {seconds:.2f}" for duty, seconds in line["duties"].items())
        anon = f"{line['anon_mib']:>9}" if line["anon_mib"] else f"{'':>9}"
        out.append(f"{line['engine']:<16}{line['rounds']:>3}{line['wall']:>9.2f}{line['least']:>9.2f}"
                   f"{line['cpu']:>9.2f}"
                   f"{line['rows_per_second'] / 1e6:>9.2f}{line['peak_mib']:>10}{anon}  {duties}")
    out.append("")
    for ratio in compared:
        figures = ", ".join(f"{kind} {ratio[kind]:.1f}" for kind in ("wall", "cpu") if kind in ratio)
        aim = f"{'at most' if ratio['at_most'] else 'at least'} {ratio['aim']}"
        out.append(f"{ratio['name']:<44} {figures:<26} aim {aim}: {'reached' if ratio['reached'] else 'NOT reached'}")
    return "\n".join(out)


def tell(runs, data: Path, out: Path, before, after, chosen) -> int:
    quarter = QUARTERS[1]
    paths = [data / feed.path(quarter.name) for feed in feeds_of(data, quarter.name)]
    size = sum(path.stat().st_size for path in paths)
    wrong = differences(runs, data / "truth" / f"warnings-{quarter.name}.csv")
    rows = next((run.notes["rows"] for run in runs if "rows" in run.notes), 0)
    lines = {name: line_of(found, rows) for name, found in by_engine(runs).items()}
    compared = [] if wrong else ratios(lines)
    # Each measure of ours has anonymous memory of its own.
    compared_anon = [] if wrong else [
        dict(engine=name, mib=line["anon_mib"], aim=MOST_ANON_MIB, reached=line["anon_mib"] <= MOST_ANON_MIB)
        for name, line in lines.items() if name.startswith("doudi")]
    load = f"load {' '.join(f'{x:.1f}' for x in before)} before, {' '.join(f'{x:.1f}' for x in after)} after"
    print(f"\n{rows} feed rows, {size / 1e9:.2f} GB, {chosen.threads} threads; {load}\n")
    print(table(lines, compared))
    for one in compared_anon:
        print(f"{one['engine'] + ': RssAnon':<44} {one['mib']} MiB{'':<19} aim at most {MOST_ANON_MIB}: "
              f"{'reached' if one['reached'] else 'NOT reached'}")
    if wrong:
        print("\nThe warnings are not those that were planted; no ratio is told:")
        print("\n".join(wrong))
    else:
        print(f"\nEvery run wrote the same warnings, those of the truth: md5 "
            f"{next((r.md5 for r in runs if r.md5), '')}")
    out.mkdir(exist_ok=True)
    record = dict(when=time.strftime("%Y-%m-%dT%H:%M:%S%z"), rows=rows, bytes=size, threads=chosen.threads,
        load_before=before,
                  load_after=after, machine=platform.machine(), engines=list(lines.values()), ratios=compared,
                      anon=compared_anon,
                  wrong=wrong, runs=[dict(engine=r.engine, wall=r.wall, cpu=r.cpu, peak_kib=r.peak_kib,
                      anon_kib=r.anon_kib, md5=r.md5,
                                          duties=r.duties, notes=r.notes) for r in runs])
    path = out / f"cycle-{time.strftime('%Y%m%d-%H%M%S')}.json"
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"details: {path}")
    return 1 if wrong else 0
