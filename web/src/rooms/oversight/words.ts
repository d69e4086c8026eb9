// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../../words/language'

export const SAID = {
  room: { zh: '监督', en: 'Oversight' },
  overdue: { zh: '超期督办', en: 'Overdue' },
  overdueSub: {
    zh: '按乡镇和经办人看超期件，点开数字就是这些办件。法定超期与超内部目标分开计数，后者不是违反规定。',
    en: 'By township and officer; select a number to see its cases. Passing an internal target breaks no law.',
  },
  officeOrOfficer: { zh: '单位和经办人', en: 'Office and officer' },
  share: { zh: '与最多的单位相比', en: 'Compared with the highest' },
  untaken: { zh: '尚无人经办', en: 'Not yet assigned' },
  oldest: { zh: '最早法定到期', en: 'Earliest due by law' },
  late: { zh: '最长法定超期', en: 'Longest overdue by law' },
  lateLess: { zh: '不足 1 个工作日', en: 'less than a working day' },
  lateDays: { zh: '{n} 个工作日', en: '{n} working {n|day|days}' },
  none: { zh: '没有超期件', en: 'Nothing is overdue' },
  noneHint: { zh: '辖区内的办件都在期限内。', en: 'All cases in the area are within their time limits.' },
  total: {
    zh: '法定超期 {law} 件，超内部目标 {target} 件',
    en: '{law} overdue by law, {target} past an internal target',
  },
  lists: { zh: '{who}：已过期限的办件', en: 'Past due: {who}' },
  listsByLaw: { zh: '{who}：法定超期的办件', en: 'Overdue by law: {who}' },
  listsPastTarget: { zh: '{who}：超内部目标的办件', en: 'Past an internal target: {who}' },
  case: { zh: '办件', en: 'Case' },
  dueOn: { zh: '到期日', en: 'Due' },
  toldTo: { zh: '已上报到', en: 'Escalated to' },
  remind: { zh: '督办', en: 'Send reminder' },
  remindThese: { zh: '督办选中的 {n} 件', en: 'Send reminder for {n} {n|case|cases}' },
  remindHint: {
    zh: '督办会记入办件，承办单位看得到。请写明要求和期限。',
    en: 'Recorded in the case, where the responsible office sees it. State what is required and by when.',
  },
  reminders: { zh: '已发督办', en: 'Reminders sent' },
  remindersSub: { zh: '谁在什么时候就哪一件督办了谁。', en: 'Who reminded whom about which case, and when.' },
  to: { zh: '督办对象', en: 'Reminded' },
  by: { zh: '督办人', en: 'Reminded by' },
  at: { zh: '时间', en: 'Time' },
  text: { zh: '要求', en: 'Requirement' },
  noReminders: { zh: '还没有发过督办', en: 'No reminders sent yet' },
  noRemindersHint: {
    zh: '在“超期督办”点开件数，选中办件即可督办。',
    en: 'Select a number under “Overdue”, then the cases to send a reminder for.',
  },
  looks: { zh: '异常查看', en: 'Unusual access' },
  looksSub: {
    zh: '不是本人承办、成批查看、反复输错号码等情形，程序标出，由人判断。',
    en: 'Access outside one’s own cases, in bulk or by guessing numbers: flagged by the program, judged by people.',
  },
  byLooker: { zh: '最近 30 天，按查看人和标记', en: 'Last 30 days, by account and flag' },
  byLookerCut: { zh: '只计最近 {n} 次', en: 'the latest {n} only' },
  looksCount: { zh: '次数', en: 'Looks' },
  homesCount: { zh: '户数', en: 'Households' },
  lastLook: { zh: '最近一次', en: 'Latest' },
  ofLooker: { zh: '只看{who}', en: '{who} only' },
  flag: { zh: '标记', en: 'Flag' },
  who: { zh: '查看人', en: 'Viewed by' },
  whom: { zh: '查看对象', en: 'Subject' },
  purpose: { zh: '目的', en: 'Purpose' },
  what: { zh: '操作', en: 'Action' },
  noLooks: { zh: '没有标出的查看', en: 'No flagged access' },
  all: { zh: '全部查看记录', en: 'Full access log' },
  flagged: { zh: '只看标出的', en: 'Flagged only' },
  replay: { zh: '复算', en: 'Recalculation' },
  replaySub: {
    zh: '按当时生效的规则重新核算：案卷和规则相同，结论应当一致。',
    en: 'Recalculated by the rules of the time: the same case file and rules should give the same conclusion.',
  },
  ofFile: { zh: '用案卷数据复算', en: 'From the data of a case' },
  caseFile: { zh: '案卷（JSON）', en: 'Case (JSON)' },
  caseHint: {
    zh: '一户案情的数据文件，格式见软件所附说明“formats/case”；可以选文件，也可以粘贴',
    en: 'The data of one case; its format is “formats/case” of the manuals. Choose a file or paste the text',
  },
  enactment: { zh: '规则截至哪一号生效记录', en: 'As of enactment no.' },
  latest: { zh: '现行', en: 'current' },
  compute: { zh: '复算', en: 'Recalculate' },
  verdict: { zh: '结论', en: 'Verdict' },
  stamp: { zh: '复算凭据', en: 'Recalculation reference' },
  recorded: { zh: '办件的历次核算', en: 'Determinations of a case' },
  recordedSub: {
    zh: '用留存的情况和当时的规则再算一遍，与当时的结论逐项对照；不需要当时的文件。',
    en: 'Recalculated from what was kept and the rules of the time, item by item; the original file is not needed.',
  },
  noneRecorded: { zh: '这件办件没有核算过', en: 'No determinations in this case' },
  notKept: { zh: '未留存，不能复算', en: 'not kept: cannot be recalculated' },
  then: { zh: '当时', en: 'At the time' },
  now: { zh: '复算', en: 'Recalculated' },
  otherLaw: { zh: '规则与当时不同：', en: 'The rules differ from those of the time:' },
  differences: { zh: '不同之处', en: 'Differences' },
  place: { zh: '位置', en: 'Place' },
  leftOff: { zh: '另有 {n} 处未列出', en: '{n} more are not listed' },
  clocksOf: { zh: '一件办件某天的时限', en: 'Time limits of a case on a given day' },
  clocksSub: {
    zh: '期限都由办理事件推出：选一天，就看到那天的状态。',
    en: 'All time limits follow from the case’s events: choose a day to see the state on that day.',
  },
  day: { zh: '日期', en: 'Day' },
  caseNumber: { zh: '办件编号', en: 'Case number' },
  show: { zh: '查看', en: 'Show' },
  clock: { zh: '时限', en: 'Time limit' },
} satisfies Record<string, Words>

export const VERDICTS: Readonly<Record<string, Words & { tone: string }>> = {
  yes: { zh: '符合', en: 'met', tone: 'green' },
  no: { zh: '不符合', en: 'not met', tone: '' },
  unknown: { zh: '不详', en: 'unknown', tone: 'orange' },
  fault: { zh: '出错', en: 'fault', tone: 'red' },
}
export const OUTCOMES: Readonly<Record<'equal' | 'differs' | 'cannot', Words & { tone: string }>> = {
  equal: { zh: '与当时一致', en: 'same as at the time', tone: 'green' },
  differs: { zh: '与当时不一致', en: 'differs from the time', tone: 'red' },
  cannot: { zh: '无法复算', en: 'cannot be recalculated', tone: 'orange' },
}
/** What a determination found (found_kind). */
export const FOUND: Readonly<Record<string, Words>> = {
  keep: { zh: '维持', en: 'keep' },
  change: { zh: '调整', en: 'change' },
  exit: { zh: '退出', en: 'exit' },
  grant: { zh: '符合', en: 'grant' },
  refuse: { zh: '不符合', en: 'refuse' },
  unknown: { zh: '不详', en: 'unknown' },
}
export const CLOCKS: Readonly<Record<string, Words & { tone: string }>> = {
  running: { zh: '进行中', en: 'running', tone: 'blue' },
  nearly_due: { zh: '即将到期', en: 'due soon', tone: 'orange' },
  due: { zh: '今天到期', en: 'due today', tone: 'orange' },
  overdue: { zh: '已超期', en: 'overdue', tone: 'red' },
  paused: { zh: '中止', en: 'paused', tone: '' },
  met: { zh: '按时完成', en: 'met on time', tone: 'green' },
  missed: { zh: '超期完成', en: 'closed late', tone: 'red' },
  unset: { zh: '未定', en: 'not set', tone: '' },
  replaced: { zh: '已被取代', en: 'replaced', tone: '' },
  passed: { zh: '日期已过', en: 'passed', tone: '' },
}

/** Kinds of offices, as units have them. */
export const OFFICES: Readonly<Record<string, Words>> = {
  village: { zh: '村（社区）', en: 'the village' },
  township: { zh: '乡镇（街道）', en: 'the township' },
  county: { zh: '县级', en: 'the county' },
  city: { zh: '市级', en: 'the city' },
  province: { zh: '省级', en: 'the province' },
}

export const HITS = {
  title: { zh: '规则命中', en: 'Rule findings' },
  sub: {
    zh: '只是线索：按办件中已有的记录比对出来，由人核实，不停发、不扣减。',
    en: 'Leads only, found by comparing case records; a person checks them. No payment is stopped or cut.',
  },
  rules: {
    dead_paid: {
      zh: '死亡日期之前定下的发放，至今没有暂停、调整或停发。',
      en: 'A payment decided before the date of death that has not been held, changed or ended since.',
    },
    paid_twice: {
      zh: '同一户同时发放同一类别，或同时发放只能享受其一的两类；指明为不同两人的除外。',
      en: 'A household is paid one category twice, or two that exclude each other, with no two persons named.',
    },
    relative_unlisted: {
      zh: '申请声明有经办人员或村（居）委会成员近亲属，但没有单独登记。',
      en: 'An application declares a relative among staff or village committee members who is not recorded separately.',
    },
    same_account: {
      zh: '两户以上的发放进入同一个账户，且都没有写明是共用、监护人代领或机构账户。',
      en: 'Two or more households are paid into one account not named as shared, a guardian’s or an institution’s.',
    },
  },
  unknown: {
    zh: '另有 {n} 笔发放没有登记账号，未参与比对。',
    en: '{n} more payments have no account on record and were not compared.',
  },
  withLooked: { zh: '含已核实', en: 'Including checked ones' },
  stands: { zh: '依据', en: 'Basis' },
  look: { zh: '核实情况', en: 'Findings' },
  open: { zh: '尚未核实', en: 'Not yet checked' },
  say: { zh: '写明核实情况', en: 'Record findings' },
  sayHint: {
    zh: '写明核实经过和结论；与姓名、时间一同留存。',
    en: 'How it was checked and the conclusion; kept with your name and the time.',
  },
  looked: { zh: '已记录核实情况', en: 'Recorded' },
  month: { zh: '每月 {n} 元', en: '{n} yuan a month' },
  none: { zh: '没有命中', en: 'Nothing found' },
  noneHint: { zh: '在您的辖区内，按这条规则没有比对出线索。', en: 'This rule finds nothing within your area.' },
}
