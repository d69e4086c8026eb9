# SPDX-License-Identifier: Apache-2.0
"""What the auditor of the living county finds: of each rule two cases on which it stands (paid on after a death, paid
twice, a relative of staff who was never listed, one account for two households), one of which turned out to be no
fault."""
from living_cases import COUNTY, EARLIER, FIRST, FORM, SECOND, TOWN, WANG, Path, Step
from office import wait_for

# What the auditor says of the first of each.
NO_FAULT = {"dead_paid": "误报：死亡日期录错，应为次月，已请乡镇更正",
            "paid_twice": "误报：迁入当月的发放已按日折算，不重复",
            "relative_unlisted": "误报：申报时误选，经查不是近亲属",
            "same_account": "误报：两户委托同一监护人代领，已补公证书"}
EACH = 2
# Invented, of two cards; what the last of each pair should have told is that it is shared.
SHARED = ("6217990000000000121", "6228480000000000018")
RELATIVE = Path("application", TOWN, FORM, [Step(TOWN, "accept", 1, {"relatives_of_staff": True})], ends=False,
                where="here")


def leave_findings(county):
    homes = unpaid_homes(county, FIRST)
    for _ in range(EACH):
        pay_after_death(county, next(homes))
        pay_twice(county, next(homes), next(homes))
        RELATIVE.walk(county, {"here": homes}, 1)
    beyond = unpaid_homes(county, SECOND)
    for account in SHARED:
        share_account(county, account, next(beyond), next(beyond))
    look_at_some(county)


def unpaid_homes(county, township):
    """Households of a township, of two and more, of whom no case is open: what is found is what was left."""
    for code in sorted(county.homes_of[township]):
        page = county.people[COUNTY].get(f"/api/v1/cases?household={code}&limit=1").json
        members = county.people[COUNTY].get(f"/api/v1/households/{code}").json["members"]
        if not page["items"] and len(members) > 1:
            yield code


def pay(county, household, person=""):
    number = county.opened(COUNTY, "allowance", 60, Path.told(county, 60, EARLIER), household, person=person)
    county.moved(WANG, number, "admit", 40, {})
    return number


def share_account(county, account, one, other):
    """Each household said that it is its own; told by one person, admitted by another."""
    for household in (one, other):
        number = pay(county, household)
        county.moved(COUNTY, number, "propose_payee", 39, {
            "payee_proposed": "本人", "reason": "登记收款账号", "account": account, "account_of": "own"})
        county.moved(WANG, number, "admit_payee", 38, {})


def pay_after_death(county, household):
    """Told of, and nobody has held the payment since."""
    pay(county, household)
    county.opened(TOWN, "death", 3, {"death_source": ["卫健死亡登记"], "died_on": county.day(9), "death_match": "exact"},
                  household, person=county.member(household))


def pay_twice(county, left, joined):
    """Each household was paid; then one, who was paid in their own name, married into the other."""
    who = county.member(left)
    pay(county, left, who)
    pay(county, joined)
    path = "/api/v1/register/cases"
    case = county.asked(TOWN, path, {
        "kind": "marriage", "effective_on": county.day(6), "paper": "结婚证",
        "persons": [{"id": who, "household": joined, "fields": {"relation": "之媳"}}]})["case"]
    wait_for(county.asked(COUNTY, f"{path}/{case}/confirm")["job"], county.people[COUNTY])


def look_at_some(county):
    """An auditor's look is a word of theirs beside a finding; no case is changed by it."""
    for rule, reason in NO_FAULT.items():
        first, *_ = county.people["auditor"].get(f"/api/v1/rule-hits?rule={rule}").json["items"]
        county.asked("auditor", "/api/v1/rule-hits/looks", {"key": first["key"], "reason": reason})
