# SPDX-License-Identifier: Apache-2.0
"""What happens in the living county: paths through the machines of casework, each with who does what and how many days
after the step before. A case is left at each step of a path, so that every state has somebody to wait for it."""
import datetime
import itertools
from dataclasses import dataclass, field

TOWN, VILLAGE, COUNTY = "township_officer", "village_worker", "county_caseworker"
CLERK, FUND, HR, PROVIDER = "verification_clerk", "fund_clerk", "partner_department", "service_provider"
ZHANG, LI, QIAN, WANG, CHEN, LIN, FENG = "zhang", "li", "qian", "wang", "chen", "lin", "feng"
CITY = "city_monitor_officer"
HOME, FIRST, SECOND = "longchuan", "longchuan-100", "longchuan-102"
GRANT = "minimum_living_guarantee"
WHY = {"differs_because": "按入户核实的情况"}  # nobody determined what is due to households that nobody knows
LOOKED = {"officers": ["demo-township-officer", "zhang"], "note": "入户了解情况，与申报一致"}
LOOKED_AGAIN = {"officers": ["li", "zhang"], "note": "再次入户，逐项核对"}
# How long ago the last step of a case was: what is open hangs near its day, what is closed spreads over the months.
OPEN_FOR = (0, 1, 3, 5, 9, 2, 14, 6)
CLOSED_FOR = (2, 17, 36, 61, 88, 115)
decisions = itertools.count(8)  # of before: each is taken over once
rests = {False: itertools.cycle(OPEN_FOR), True: itertools.cycle(CLOSED_FOR)}


@dataclass
class Step:
    who: str
    move: str
    after: int  # days
    fields: dict = field(default_factory=dict)


@dataclass
class Path:
    machine: str
    who: str
    fields: dict
    steps: list
    least: int = 0  # the steps before are another path's
    ends: bool = True  # the last step closes the case
    where: str = "town"  # whose household: town, village, second; none
    person: bool = False
    rest: int = None  # days since its last step; none: as the others, in turn

    def walk(self, county, homes, last, parent=""):
        """Leaves one case after so many of the steps."""
        rest = next(rests[self.ends and last == len(self.steps)]) if self.rest is None else self.rest
        days = [step.after for step in self.steps[:last]]
        before = rest + sum(days)
        household = next(homes[self.where]) if self.where != "none" else ""
        person = county.member(household) if self.person else ""
        if self.machine in SIGNED_FOR:
            county.sign(self.who, household, before)
        number = county.opened(self.who, self.machine, before, self.told(county, before, self.fields), household,
                               parent, person)
        for step in self.steps[:last]:
            before -= step.after
            if step.move == SIGNED_FOR.get(self.machine):  # who came of age since signs too
                county.sign(self.who, household, before)
            county.moved(step.who, number, step.move, before, self.told(county, before, step.fields))
        return number

    @staticmethod
    def told(county, before, fields):
        """A day is told as so many from the step's own: "@+14"; "#" stands for the next decision's number."""
        day = county.today - datetime.timedelta(days=before)

        def one(value):
            if not isinstance(value, str):
                return value
            if value.startswith("@"):
                return (day + datetime.timedelta(days=int(value[1:]))).isoformat()
            return value.replace("#", str(next(decisions))) if "#" in value else value
        return {name: one(value) for name, value in fields.items()}

    def lasts(self):
        return range(self.least, len(self.steps) + 1)


SIGNED_FOR = {"application": "confirm", "temporary": "approve"}
FORM = {"channel": "window", "pledge": True, "authorised": True, "need": "患病后收入减少"}
# Paid since before this platform: one tells of the decision, another admits it.
EARLIER = {"category": GRANT, "amount": 42000, "basis": "earlier", "decided_on": "@-400",
           "decision_number": "样民确〔2024〕#号"}
ACCEPT = Step(TOWN, "accept", 1, {"relatives_of_staff": False})
SURVEY = Step(TOWN, "survey", 2, LOOKED)
REVIEW = Step(TOWN, "review", 2, {"category": GRANT, "opinion": "grant"})
POST = Step(TOWN, "post", 1, {"attachments": True})
SERVE = Step(TOWN, "serve", 2, {"served_how": "in_person"})
AID = {**FORM, "aid_cause": "illness", "need": "住院自付三万元，全家积蓄用尽"}
ASSESS = Step(TOWN, "review", 2, {"opinion": "grant", "aid_amount": 150000})
UNPOSTED = Step(LI, "skip_notice", 1, {"no_notice": "urgent", "reason": "成员住院待手术，等待救助"})
PATHS = [
    Path("application", TOWN, FORM, [
        Step(TOWN, "ask_papers", 1, {"missing": ["户口簿", "近一年银行流水"]}), Step(TOWN, "complete", 3), ACCEPT,
        Step(TOWN, "ask_check", 1), Step(CLERK, "report_check", 6, {"check_result": "within"}), SURVEY, REVIEW, POST,
        Step(TOWN, "end_notice", 16), Step(COUNTY, "confirm", 3, {"category": GRANT, "amount": 42000, **WHY}),
        Step(TOWN, "post_confirmed", 1, {"attachments": True}), SERVE]),
    Path("application", TOWN, FORM, [
        ACCEPT, SURVEY, REVIEW, POST, Step(TOWN, "object", 2, {"reason": "邻居反映家中有车"}),
        Step(LI, "appraise", 3, LOOKED_AGAIN)], least=5, ends=False),
    Path("application", TOWN, FORM, [
        ACCEPT, SURVEY, Step(TOWN, "review", 2, {"category": GRANT, "opinion": "refuse"}),
        UNPOSTED,
        Step(COUNTY, "refuse", 3, {"reason": "人均收入高于标准", **WHY}), SERVE], least=4),
    Path("application", TOWN, FORM, [
        Step(TOWN, "decline", 1, {"reason": "户籍不在本辖区"}), SERVE], least=1),
    Path("application", TOWN, FORM, [ACCEPT, Step(TOWN, "withdraw", 3, {"reason": "本人撤回"})], least=2),
    Path("allowance", COUNTY, EARLIER, [
        Step(WANG, "admit", 34), Step(WANG, "hold", 9, {"hold_cause": "objection"}),
        Step(COUNTY, "confirm_hold", 3, {"reason": "已核实，情况不清"}),
        Step(FUND, "propose_end", 8, {"end_proposed": "@+1", "reason": "家庭收入提高"}), Step(COUNTY, "admit_end", 1),
        Step(FUND, "settle", 3)]),
    Path("allowance", COUNTY, EARLIER, [
        Step(WANG, "admit", 34), Step(FUND, "propose_end", 18, {"end_proposed": "@+2", "reason": "死亡"}),
        Step(COUNTY, "admit_end", 2),
        Step(FUND, "propose_ask_back", 1, {
            "claim_proposed": 42000, "reason": "死亡后多发一个月", "claim_due": "@+21"}),
        Step(COUNTY, "admit_ask_back", 1),
        Step(FUND, "recovered", 12, {"amount": 42000})], least=4),
    Path("assistance", TOWN, {"to_unit": SECOND, "need": "本人在外镇居住，请代为入户", "due_on": "@+10"}, [
        Step(CHEN, "answer", 4, {"outcome": "true_", "officers": ["chen", "lin"], "note": "已入户，情况属实"})]),
    Path("assistance", TOWN, {"to_unit": SECOND, "need": "请核实租住情况"}, [
        Step(CHEN, "refuse", 3, {"reason": "查无此址"})], least=1),
    Path("assistance", TOWN, {"to_unit": SECOND, "need": "请代为入户"}, [
        Step(TOWN, "withdraw", 2, {"reason": "本人已返回本镇"})], least=1),
    Path("charity", TOWN, {"need": "孩子上学费用不足", "consent": True}, [
        Step(COUNTY, "offer", 3, {"donor": "样例慈善会", "offer": "助学金三千元"}),
        Step(COUNTY, "match", 2, {"donor": "样例慈善会"}), Step(COUNTY, "deliver", 4, {"amount": 300000, "consent": True}),
        Step(COUNTY, "report", 3, {"note": "已发放并回访"})]),
    Path("conference", COUNTY, {"reason": "两个名单都有，帮扶要衔接"}, [
        Step(COUNTY, "convene", 2, {"conference_kind": "joint_meeting", "agenda": "防返贫帮扶与低保衔接", "due_on": "@+9",
                                    "to_department": "agriculture"}),
        Step("agriculture_officer", "opine", 1, {"department_word": "同意安排公益性岗位"})], least=1, ends=False),
    Path("death", TOWN, {"death_source": ["卫健死亡登记"], "died_on": "@-3", "death_match": "exact"}, [
        Step(LI, "confirm", 2, {"death_proof": "visit"}), Step(COUNTY, "hold", 1),
        Step(COUNTY, "settle", 3, {"survivors": "redetermine"}), Step(COUNTY, "close", 5)], person=True),
    Path("disaster", TOWN, {"hit_on": "@-1", "loss": "collapsed", "need": "房屋倒塌，临时住在亲戚家"}, [
        Step(COUNTY, "help", 1, {"relief": "shelter"}),
        Step(COUNTY, "to_transition", 12, {"reason": "无房可住", "due_on": "@+60"}),
        Step(COUNTY, "to_winter", 20, {"reason": "冬令救助"}),
        Step(COUNTY, "to_rebuilding", 20, {"reason": "重建住房", "due_on": "@+90"}),
        Step(TOWN, "onward", 30, {"reason": "仍有困难"})]),
    Path("disaster", TOWN, {"hit_on": "@-1", "loss": "other", "need": "农作物受损"}, [
        Step(COUNTY, "help", 1, {"relief": "goods"}), Step(WANG, "close", 6, {"reason": "已恢复生产"})], least=2),
    Path("emergency", TOWN, {"need": "突发急病", "found_by": "hotline", "person_shown": "无证件男子", "place": "车站"}, [
        Step(TOWN, "pay_first", 0, {"amount": 50000, "paid_how": "goods"}),
        Step(TOWN, "explain", 5, {"note": "补充诊断材料"}), Step(COUNTY, "close", 2)], where="none"),
    Path("emergency", COUNTY, {"need": "流浪求助", "found_by": "department", "person_shown": "女子，约五十岁", "place": "广场"}, [
        Step(COUNTY, "hand_over", 1, {"reason": "转就近乡镇照护", "to_unit": SECOND}),
        Step(CHEN, "take_over", 1)], least=1, where="none"),
    Path("emergency", TOWN, {"need": "求助路费", "found_by": "applied", "person_shown": "男子，自称外地务工"}, [
        Step(TOWN, "decline", 1, {"reason": "不属急难情形"}), SERVE], least=1, where="none"),
    Path("objection", TOWN, {"reason": "认为核对结果有误"}, [
        Step(CLERK, "accept", 2), Step(COUNTY, "uphold", 5, {"reason": "核对无误", "served_how": "in_person"}),
        Step(COUNTY, "reconsider", 15, {"note": "向上一级申请复议"}), Step(COUNTY, "sue", 20, {"note": "不服复议"}),
        Step(WANG, "lost", 30, {"note": "驳回", "payment_effect": "none"})]),
    Path("objection", TOWN, {"reason": "认为少计了一名成员"}, [
        Step(CLERK, "accept", 2), Step(COUNTY, "correct", 4, {"reason": "数据有误", "payment_effect": "none"})], least=2),
    Path("order", TOWN, {"need": "失能，需上门护理", "consent": True}, [
        Step(TOWN, "order", 2, {"service": "上门护理", "times": 4, "amount": 80000, "to_unit": FIRST}),
        Step(PROVIDER, "take", 1), Step(PROVIDER, "attempt", 1, {"attempt": "not_at_home", "note": "敲门无人应"}),
        Step(PROVIDER, "serve", 2, {"attachments": True, "hours": 2}),
        Step(PROVIDER, "finish", 4, {"fewer_because": "老人短期住院，其余次数由亲属照料"}),
        Step(TOWN, "accept", 2, {"satisfied": True}), Step(COUNTY, "settle", 3, {
            "amount": 20000, "amount_because": "只服务一次，按次结算"})], where="assigned"),
    Path("order", TOWN, {"need": "需要助浴", "consent": True}, [
        Step(TOWN, "cancel", 2, {"reason": "已住院"})], least=1, where="assigned"),
    Path("referral", TOWN, {"kind": "job", "need": "登记失业，希望介绍工作", "note": "下午在家，普通话交流"}, [
        Step(TOWN, "send", 1, {"to_department": "hr", "to_unit": "longchuan-hr", "due_on": "@+14"}),
        Step(HR, "receive", 1), Step(HR, "accept", 2), Step(HR, "finish", 6, {"result": "helped"}),
        Step(TOWN, "close", 2)]),
    Path("referral", TOWN, {"kind": "verify", "need": "核实社会保险"}, [
        Step(TOWN, "send", 1, {"to_department": "hr", "to_unit": "longchuan-hr", "due_on": "@+10"}),
        Step(HR, "return", 2, {"reason": "请补充身份信息"})], least=2, ends=False),
    Path("reserve", COUNTY, {"to_unit": FIRST, "amount": 2000000}, [], where="none"),
    Path("reserve", COUNTY, {"to_unit": SECOND, "amount": 1000000}, [
        Step(COUNTY, "close", 90, {"note": "年终结账"})], least=1, where="none"),
    Path("review", TOWN, {"cause": "rhythm", "category": GRANT}, [
        Step(TOWN, "survey", 2, LOOKED), Step(TOWN, "propose", 2, {
            "proposal": "exit", "reason": "收入提高", "differs_because": "按入户核实的收入"}),
        Step(TOWN, "serve_letter", 1, {"served_how": "in_person"}), Step(TOWN, "no_reply", 18),
        Step(COUNTY, "decide", 2, {"decision_kind": "exit", "reason": "不再符合条件"}),
        Step(TOWN, "serve_exit", 2, {"served_how": "in_person"}),
        Step(TOWN, "stop_watch", 30, {"watch_ended": "moved"})]),
    Path("review", TOWN, {"cause": "report", "category": GRANT}, [
        Step(TOWN, "survey", 2, LOOKED), Step(TOWN, "propose", 2, {
            "proposal": "taper", "amount": 30000, "reason": "已就业", "differs_because": "按用工单位证明"}),
        Step(TOWN, "serve_letter", 1, {"served_how": "in_person"}), Step(TOWN, "reply", 3, {"reply": "无异议"}),
        Step(COUNTY, "decide", 2, {"decision_kind": "taper", "reason": "渐退"}),
        Step(TOWN, "start_taper", 1, {"served_how": "in_person"})], least=6, ends=False),
    Path("review", TOWN, {"cause": "rhythm", "category": GRANT}, [
        Step(TOWN, "survey", 2, LOOKED), Step(LI, "keep", 2, {"reason": "情况无变化，维持"})], least=2),
    Path("temporary", TOWN, AID, [
        Step(TOWN, "ask_papers", 1, {"missing": ["诊断证明"]}), Step(TOWN, "complete", 2), Step(TOWN, "accept", 1),
        Step(TOWN, "ask_check", 1), Step(CLERK, "report_check", 2, {"check_result": "within"}), SURVEY, ASSESS, POST,
        Step(TOWN, "end_notice", 16), Step(COUNTY, "approve", 1, {"aid_amount": 150000}),
        Step(WANG, "pay", 1, {"amount": 150000, "paid_how": "fund"}), SERVE]),
    Path("temporary", TOWN, AID, [
        Step(TOWN, "accept", 1), SURVEY, ASSESS, POST, Step(TOWN, "object", 2, {"reason": "邻居反映家中有车"}),
        Step(LI, "appraise", 3, LOOKED_AGAIN)], least=5, ends=False),
    Path("temporary", TOWN, AID, [
        Step(TOWN, "accept", 1), SURVEY, Step(TOWN, "review", 2, {"opinion": "refuse"}), UNPOSTED,
        Step(COUNTY, "refuse", 2, {"reason": "支出已由保险赔付"}), SERVE], least=5),
    Path("temporary", TOWN, AID, [
        Step(TOWN, "accept", 1), SURVEY, ASSESS, UNPOSTED,
        Step(QIAN, "approve_small", 1, {"aid_amount": 150000, **WHY}),
        Step(COUNTY, "record", 1, {"note": "已备案"})], least=5, ends=False),
    Path("temporary", TOWN, AID, [
        Step(TOWN, "accept", 1), SURVEY, ASSESS, UNPOSTED,
        Step(COUNTY, "discuss", 2, {"reason": "重大疾病，超过单次限额"})], least=5, ends=False),
    Path("temporary", TOWN, AID, [Step(TOWN, "decline", 1, {"reason": "同一事由已获救助"}), SERVE], least=1),
    Path("temporary", TOWN, AID, [Step(TOWN, "accept", 1), Step(TOWN, "withdraw", 3, {"reason": "本人撤回"})], least=2),
    Path("visit", VILLAGE, {"due_on": "@+4"}, [
        Step(VILLAGE, "met", 2, {"officers": ["demo-village-worker", "demo-township-officer"], "note": "见到本人，生活正常"})],
        where="village"),
    Path("watch", TOWN, {"watch_cause": "risk"}, [
        Step(TOWN, "look", 20, {"note": "暂无变化"}), Step(TOWN, "stop", 20, {"watch_ended": "taken_in"})]),
    # An objection that is none against a decision; what is more than one officer pays at once.
    Path("objection", TOWN, {"reason": "对邻居的待遇有意见"}, [
        Step(CLERK, "decline", 2, {"reason": "不是针对本人的决定"}), SERVE], least=1, rest=1),
    Path("emergency", TOWN, {"need": "重伤待手术", "found_by": "department", "person_shown": "昏迷男子", "place": "国道"}, [
        Step(TOWN, "propose", 0, {"sum_proposed": 600000, "reason": "手术押金"}),
        Step(COUNTY, "pay_agreed", 0, {"amount": 600000, "paid_how": "fund"}),
        Step(TOWN, "explain", 4, {"note": "补充病历和票据"}), Step(WANG, "close", 2)], least=1, where="none", rest=1),
    Path("disaster", TOWN, {"hit_on": "@-1", "loss": "displaced", "need": "房屋成危房，需租房过渡"}, [
        Step(COUNTY, "help", 1, {"relief": "shelter"}),
        Step(COUNTY, "propose_sum", 1, {"sum_for": "relief", "sum_proposed": 180000, "reason": "租房三个月"}),
        Step(WANG, "pay_sum", 2, {"amount": 180000})], least=2, ends=False, rest=1),
]
# Below a case of another kind.
SURVEYS = Path("survey", COUNTY, {"due_on": "@+20", "to_unit": FIRST}, [
    Step(TOWN, "fill", 3, {"survey_result": "worse", "note": "困难加重"}), Step(LI, "close", 2)])
TASKS = Path("task", COUNTY, {"to_unit": FIRST, "instruction": "落实会议决定的临时救助", "due_on": "@+7"}, [
    Step(TOWN, "report", 4, {"note": "已落实"}), Step(COUNTY, "close", 2)], where="none")
CONFERENCES = Path("conference", COUNTY, {"reason": "一户多难，情形复杂"}, [
    Step(COUNTY, "convene", 2, {"conference_kind": "case_conference", "agenda": "一户一策", "due_on": "@+5"}),
    Step(COUNTY, "hold", 4, {"attended": ["民政", "医保", "教育"], "minutes": "会议纪要", "decision": ["给予临时救助"]}),
    Step(COUNTY, "close", 30, {"left_because": "议定事项已当场落实"})])
CAMPAIGNS = Path("campaign", COUNTY, {"instruction": "年度集中排查", "due_on": "@+60"}, [
    Step(COUNTY, "start", 2, {"due_on": "@+60"}), Step(COUNTY, "sum", 30), Step(COUNTY, "close", 3, {"note": "完成"})],
    where="none")
DELEGATED = Path("application", CHEN, FORM, [
    Step(CHEN, "accept", 1, {"relatives_of_staff": False}),
    Step(CHEN, "survey", 2, {"officers": ["chen", "zhao"], "note": "入户核实"}),
    Step(CHEN, "review", 1, {"category": GRANT, "opinion": "grant"}),
    Step(LIN, "skip_notice", 1, {"no_notice": "urgent", "reason": "成员住院待手术，等待救助"}),
    Step(FENG, "confirm", 1, {"category": GRANT, "amount": 42000, **WHY})], least=5, ends=False, where="second")
# Visits by how many days ago they were due: a few are late, by a day and by weeks, so that each level to which an
# overdue case climbs is told of one whatever the calendar; some are due now and in the days to come.
LATE = (*range(-4, 12), 18)
OFFICES = ((TOWN, FIRST), (CHEN, SECOND), ("zhou", "longchuan-103"), ("xu", "longchuan-104"), ("he", "longchuan-105"))
RECHECKED = {"recheck_result": "upheld", "officers": ["demo-county-caseworker", "wang"], "note": "入户抽查，与确认一致"}


def walk_all(county, homes):
    """One case that stops at each step of each path, and what hangs below another."""
    for path in PATHS:
        for last in path.lasts():
            path.walk(county, homes, last)
    # What is paid is phased out by a review of the same household.
    home = {"town": itertools.repeat(next(homes["town"]))}
    Path("allowance", COUNTY, EARLIER, [Step(WANG, "admit", 60)], ends=False).walk(county, home, 1)
    taper = next(path for path in PATHS if path.steps and path.steps[-1].move == "start_taper")
    taper.walk(county, home, len(taper.steps))
    # What is asked for twice goes into the application that is under way.
    of = next(homes["town"])
    first = county.opened(TOWN, "application", 9, FORM, of)
    county.moved(TOWN, first, ACCEPT.move, 8, {**ACCEPT.fields, "beside_because": "另一名成员的申请"})
    again = county.opened(TOWN, "application", 4, FORM, of)
    county.moved(TOWN, again, "join", 3, {"joined_to": int(first), "reason": "同一事项"})
    conference = [CONFERENCES.walk(county, homes, last) for last in CONFERENCES.lasts()][2]
    for last in TASKS.lasts():
        TASKS.walk(county, homes, last, conference)
    campaign = [CAMPAIGNS.walk(county, homes, last) for last in CAMPAIGNS.lasts()][1]
    for last in SURVEYS.lasts():
        SURVEYS.walk(county, homes, last, campaign)
    draw_rechecks(county, homes)
    for late, (who, unit) in zip(LATE, itertools.cycle(OFFICES)):
        county.opened(who, "visit", late + 5, {"due_on": county.day(late)}, sorted(county.homes_of[unit])[late])


def draw_rechecks(county, homes):
    """A township that confirms by itself is drawn from; each of the drawn cases is looked at. One drawing is done with;
    of the other some cases still wait."""
    for _ in range(6):
        DELEGATED.walk(county, homes, len(DELEGATED.steps))
    for is_done in (True, False):
        drawn = county.opened(COUNTY, "drawing", 0, {
            "drawn_from": county.day(60), "drawn_until": county.day(0), "due_on": county.day(-20),
            "seed": f"{county.day(0)} {is_done}"})
        below = [one["id"] for one in county.people[COUNTY].get(f"/api/v1/cases/{drawn}").json["below"]]
        for last, number in enumerate(below if is_done else below[:3]):
            if is_done or last > 0:
                county.moved(COUNTY, number, "check", 0, RECHECKED)
            if is_done or last > 1:
                county.moved(COUNTY, number, "uphold", 0, {})
        if is_done:
            county.moved(COUNTY, drawn, "close", 0, {"note": "抽查完成，均维持"})

