# SPDX-License-Identifier: Apache-2.0
"""The means test in numpy: int64, masks for unknown and overflow, fractions by whole multiples.
    means_numpy.py FOLDER ANSWERS"""
import json
import sys
import time
from pathlib import Path

import numpy as np

NO, UNKNOWN, ERROR, YES = 0, 1, 2, 3
MOST = np.iinfo(np.int64).max


def load(folder: Path):
    columns = {}
    for path in folder.glob("*.i64"):
        lane = folder / f"{path.stem}.lane"
        state = None
        if lane.exists():
            state = np.where(np.fromfile(lane, np.uint8) == 2, UNKNOWN, YES).astype(np.uint8)
        columns[path.stem] = (np.fromfile(path, np.int64), state)
    return columns


def strict(a, b):
    """The lane of an operation on two facts: E, else U, else a value; None: every row has one."""
    if a is None or b is None:
        return b if a is None else a
    lower = np.minimum(a, b)
    return np.where((a == ERROR) | (b == ERROR), ERROR, lower).astype(np.uint8)


def times(a, b):
    number, state = a
    factor, other = b if isinstance(b, tuple) else (np.int64(b), None)
    with np.errstate(over="ignore"):
        product = number * factor
    bound = MOST // np.maximum(np.abs(factor), 1)
    overflow = np.abs(number) > bound
    state = strict(state, other)
    if overflow.any():
        state = np.full(len(number), YES, np.uint8) if state is None else state
        state = np.where(overflow & (state == YES), ERROR, state).astype(np.uint8)
    return product, state


def truth(holds, state):
    told = np.where(holds, YES, NO).astype(np.uint8)
    return told if state is None else np.where(state == YES, told, state)


def both(*conditions):
    return np.minimum.reduce(conditions)  # F < U < E < T


def either(a, b):
    yes = (a == YES) | (b == YES)
    unknown = (a == UNKNOWN) | (b == UNKNOWN)
    error = (a == ERROR) | (b == ERROR)
    return np.select([yes, unknown, error], [YES, UNKNOWN, ERROR], NO).astype(np.uint8)


def means_test(c):
    size, income, standard = c["size"], c["income"], c["standard"]
    line = times(standard, size)
    poor = truth(income[0] < line[0], strict(income[1], line[1]))
    modest_line, bound_line = times(times(standard, 24), size), times(times(standard, 36), size)
    modest = truth(c["property"][0] <= modest_line[0], strict(c["property"][1], modest_line[1]))
    bounded = truth(c["property"][0] <= bound_line[0], strict(c["property"][1], bound_line[1]))
    year = times(income, 12)
    average = times(c["disposable"], size)
    below = truth(year[0] < average[0], strict(year[1], average[1]))
    alone = truth(c["unable"][0] == size[0], None)
    supported = c["supported"]
    unsupported = truth(supported[0] == 0, supported[1])
    near = truth(less_share(income[0], line[0], 3, 2), strict(income[1], line[1]))
    heavy = truth(less_share(year[0], c["rigid"][0], 10, 6), strict(year[1], c["rigid"][1]))
    vehicles = c["vehicles"][0]
    severe = truth(c["severe"][0] > 0, None)
    twelve = times(standard, 12)
    costly = truth(c["rigid"][0] > twelve[0], strict(c["rigid"][1], twelve[1]))
    categories = [both(alone, unsupported, poor, modest), both(poor, modest, truth(vehicles == 0, None)),
                  both(near, bounded, truth(vehicles <= 1, None)), both(below, bounded, heavy),
                  both(below, either(severe, costly))]
    answer = np.zeros(len(vehicles), np.int8)
    open_rows = np.ones(len(vehicles), bool)
    for number, category in enumerate(categories, 1):
        for told, value in ((YES, number), (UNKNOWN, -1), (ERROR, -2)):
            answer[open_rows & (category == told)] = value
        open_rows &= category == NO
    return answer


def less_share(a, b, numerator, denominator):
    """a * denominator < b * numerator without leaving 64 bits: by quotient and remainder."""
    whole, rest = np.divmod(b, denominator)  # b = whole * denominator + rest
    # a < whole * numerator + rest * numerator / denominator
    small = np.abs(b) < MOST // 64
    line = np.where(small, whole, 0) * numerator
    part = rest * numerator  # over denominator
    limit = line + -(-part // denominator)  # the least whole number that is not below it
    return np.where(small, a < limit, a < b)


def main():
    folder, answers = Path(sys.argv[1]), Path(sys.argv[2])
    columns = load(folder)
    seconds = []
    for _ in range(9):
        begin = time.perf_counter()
        answer = means_test(columns)
        seconds.append(time.perf_counter() - begin)
    answers.write_bytes(answer.tobytes())
    print(json.dumps({"seconds": seconds}))


main()
