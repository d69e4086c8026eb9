# SPDX-License-Identifier: Apache-2.0
"""The means test of bench/rules_law.cel from the same files with pandas and numpy: read_csv, sums by household, masks
for unknown.
    means_pandas.py FOLDER ANSWERS"""
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

NO, UNKNOWN, YES = 0, 1, 3  # ordered as the language orders them; these files hold nothing that is an error
TODAY = 20250630
CHILD, CHILDREN = 16, 2


def read(folder: Path):
    """Only the columns that count; amounts as float64, which holds every fen of these files exactly when rounded."""
    households = pd.read_csv(folder / "households.csv", engine="c",
                             usecols=["户编号", "区划代码", "家庭财产", "机动车辆", "年刚性支出", "法定赡养抚养扶养人"],
                             dtype={"户编号": str, "区划代码": np.int64, "家庭财产": np.float64, "机动车辆": np.int64,
                                    "年刚性支出": np.float64, "法定赡养抚养扶养人": "category"})
    members = pd.read_csv(folder / "members.csv", engine="c",
                          usecols=["户编号", "身份证号码", "劳动能力", "残疾等级", "残疾类别", "月收入"],
                          dtype={"户编号": str, "身份证号码": str, "劳动能力": "category", "残疾等级": np.float64,
                                 "残疾类别": "category", "月收入": np.float64})
    return households, members, pd.read_csv(folder / "parameters.csv", index_col=0)


def money(column):
    """Fen and whether they are told."""
    yuan = column.to_numpy()
    known = ~np.isnan(yuan)
    return np.rint(np.where(known, yuan, 0) * 100).astype(np.int64), known


def ages(numbers):
    """Digits 7 to 14 of the identity numbers, without a Python object a row."""
    digits = numbers.to_numpy().astype("S18").view(np.uint8).reshape(-1, 18)[:, 6:14].astype(np.int64) - ord("0")
    return (TODAY - digits @ (10 ** np.arange(7, -1, -1))) // 10_000


def truth(holds, known):
    return np.where(known, np.where(holds, YES, NO), UNKNOWN).astype(np.uint8)


def both(*conditions):
    return np.minimum.reduce(conditions)


def either(*conditions):
    return np.maximum.reduce(conditions)  # without errors F < U < T


def means_test(households, members, parameters):
    count = len(households)
    owner = pd.Index(households["户编号"]).get_indexer(members["户编号"])
    per = lambda mask: np.bincount(owner, mask, count)
    income, told = money(members["月收入"])
    size = np.bincount(owner, minlength=count)
    income, told = per(income).astype(np.int64), per(~told) == 0  # sums below 2^53: exact
    unable = truth(per((members["劳动能力"] != "无").to_numpy()) == 0, True)
    level = members["残疾等级"].to_numpy()
    mind = members["残疾类别"].isin(["智力", "精神"]).to_numpy()
    severe = truth(per((level == 1) | (level == 2) | ((level == 3) & mind)) > 0, True)
    children = truth(per(ages(members["身份证号码"]) < CHILD) >= CHILDREN, True)

    region = households["区划代码"].to_numpy() // 1_000
    at = pd.Index(parameters.index).get_indexer(region)
    figures = (parameters.to_numpy() * 100).astype(np.int64)
    standard, disposable = figures[at, 0], figures[at, 1]
    owned, owned_told = money(households["家庭财产"])
    rigid, rigid_told = money(households["年刚性支出"])
    vehicles = households["机动车辆"].to_numpy()
    alone = truth((households["法定赡养抚养扶养人"] == "无").to_numpy(), True)

    line = standard * size
    poor = truth(income < line, told)
    modest, bounded = truth(owned <= line * 24, owned_told), truth(owned <= line * 36, owned_told)
    near = truth(income * 2 < line * 3, told)
    below = truth(income * 12 < disposable * size, told)
    heavy = truth(rigid * 10 > income * 72, told & rigid_told)
    costly = truth(rigid > standard * 12, rigid_told)
    categories = [both(unable, alone, poor, modest), both(poor, modest, truth(vehicles == 0, True)),
                  both(near, bounded, truth(vehicles <= 1, True)), both(below, bounded, heavy),
                  both(below, either(severe, children, costly))]
    answer = np.full(count, "0")
    for number in range(len(categories), 0, -1):
        answer[categories[number - 1] == UNKNOWN] = "?"
        answer[categories[number - 1] == YES] = str(number)
    return answer


def main():
    folder, answers = Path(sys.argv[1]), Path(sys.argv[2])
    begin, cpu = time.perf_counter(), time.process_time()  # imports are not counted
    households, members, parameters = read(folder)
    after_read = time.perf_counter()
    answer = means_test(households, members, parameters)
    after_judge = time.perf_counter()
    pd.DataFrame({"household": households["户编号"], "answer": answer}).to_csv(answers, header=False, index=False)
    end = time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"seconds": [end - begin], "cpu": time.process_time() - cpu, "read": after_read - begin,
                      "judge": after_judge - after_read, "write": end - after_judge,
                      "mib": used.ru_maxrss / 1024}))


main()
