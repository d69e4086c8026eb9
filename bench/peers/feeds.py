# SPDX-License-Identifier: Apache-2.0
"""The county's files as the SQL engines have to know them: columns in their order, who is named, what counts.

A second reading of samples/README.md and of what `doudi synth --style csv` writes, on purpose: nothing here comes from
datasets/ or packs/, so that a slip there shows as another warnings file.
"""
from dataclasses import dataclass

MEMBERS = "registry/低收入人口_成员.csv"
MEMBER_COLUMNS = ("hh", "name", "id", "relation", "sex", "phone")


@dataclass(frozen=True)
class Feed:
    number: int
    stem: str
    indicator: str
    columns: tuple[str, ...]
    persons: tuple[tuple[str, str], ...] = (("id", "name"),)  # the columns of number and name, the first counts first
    detail: str = ""          # what tells events of one person and day apart
    status: str = ""
    counts: tuple[str, ...] = ()
    takes_back: tuple[str, ...] = ()
    by_month: bool = False    # dates are YYYYMM
    phone: str = ""           # a number that is missing may be found by name and phone
    only_first: bool = False  # of two persons that match, the first one's household

    def path(self, quarter: str) -> str:
        return f"{quarter}/{self.stem}.csv"


def _feeds(*rows):
    return tuple(Feed(number, **row) for number, row in enumerate(rows))


FEEDS = _feeds(
    dict(stem="残联_残疾人证名册", indicator="disability_change",
         columns=("name", "id", "certificate", "kind", "grade", "date")),
    dict(stem="医保_慢特病与重大疾病备案", indicator="chronic_or_major_illness",
         columns=("name", "id", "disease", "kind", "date"), detail="disease"),
    dict(stem="教育_新生入学名单", indicator="school_entry", columns=("name", "id", "stage", "school", "date")),
    dict(stem="教育_高校录取名单", indicator="college_admission",
         columns=("name", "id", "college", "degree", "form", "date"), status="form", counts=("全日制",)),
    dict(stem="公安_意外事故", indicator="accident", columns=("name", "id", "kind", "date", "place")),
    dict(stem="公安_意外事故_补报", indicator="accident", columns=("name", "id", "kind", "date", "place")),
    dict(stem="应急_受灾家庭", indicator="disaster",
         columns=("name", "id", "village", "disaster", "date", "damage"), detail="disaster"),
    dict(stem="人社_失业登记", indicator="unemployment_registration", columns=("name", "id", "date", "state", "reason"),
         status="state", counts=("有效",), takes_back=("注销",)),
    dict(stem="人社_社保停缴", indicator="social_insurance_stopped",
         columns=("name", "id", "insurance", "date", "payment"), detail="insurance", by_month=True,
         status="payment", counts=("暂停缴费", "终止缴费"), takes_back=("注销",)),
    dict(stem="公安_死亡注销", indicator="death", columns=("name", "id", "date", "closed")),
    dict(stem="卫健_死亡医学证明", indicator="death", columns=("name", "id", "date", "cause")),
    dict(stem="民政_火化登记", indicator="death", columns=("name", "id", "date", "home")),
    dict(stem="卫健_出生医学证明", indicator="birth",
         columns=("child", "certificate", "mother", "mother_id", "father", "father_id", "date"),
         persons=(("mother_id", "mother"), ("father_id", "father")), detail="certificate", only_first=True),
    dict(stem="民政_婚姻登记", indicator="marriage_change",
         columns=("kind", "husband", "husband_id", "wife", "wife_id", "date"),
         persons=(("husband_id", "husband"), ("wife_id", "wife"))),
    dict(stem="信访_来访线索", indicator="petition_lead", columns=("name", "id", "phone", "home", "appeal", "date"),
         phone="phone"),
)


def feeds_of(data, quarter: str) -> list[Feed]:
    """Those whose file is there."""
    return [feed for feed in FEEDS if (data / feed.path(quarter)).exists()]


@dataclass(frozen=True)
class Quarter:
    name: str
    day: str                 # of import and of the cycle
    due: dict[str, str]      # level -> day, by the State Council's calendar


BASELINE = "2025-03-31"
# name, points, how often it counts in a warning
INDICATORS = (
    ("disability_change", 4, "person"), ("chronic_or_major_illness", 4, "person"), ("school_entry", 2, "person"),
    ("college_admission", 4, "person"), ("accident", 4, "person"), ("disaster", 4, "household"),
    ("unemployment_registration", 4, "person"), ("social_insurance_stopped", 3, "person"), ("death", 6, "person"),
    ("birth", 2, "event"), ("marriage_change", 1, "household"), ("petition_lead", 6, "household"),
)
# name, from, to; the lowest first
LEVELS = (("green", 1, 5), ("blue", 6, 6), ("yellow", 7, 7), ("orange", 8, 8), ("red", 9, 1000000))
QUARTERS = (
    Quarter("2025Q2", "2025-06-30",
            {"red": "2025-07-03", "orange": "2025-07-07", "yellow": "2025-07-09", "blue": "2025-07-14"}),
    # Off from October 1 to 8, at work on Saturday the 11th.
    Quarter("2025Q3", "2025-09-30",
            {"red": "2025-10-11", "orange": "2025-10-14", "yellow": "2025-10-16", "blue": "2025-10-21"}),
)
