// SPDX-License-Identifier: Apache-2.0
// What is said of a household wherever it is shown.
import type { Words } from '../words/language'

export const TOLD = {
  version: { zh: '（版本 {n}）', en: '(version {n})' },
  why: { zh: '为什么预警', en: 'Reasons for the warning' },
  nobody: { zh: '没有在册成员', en: 'No registered members' },
  noWarning: { zh: '没有未办结的预警', en: 'No open warnings' },
  noWarningHint: { zh: '有新的预警时会显示在这里。', en: 'New warnings appear here.' },
  score: { zh: '累计 {n} 分', en: '{n} {n|point|points}' },
  line: { zh: '达到 {line} 分即为{level}', en: '{level} from {line} points' },
  issued: { zh: '{day} 发出', en: 'issued {day}' },
  closed: { zh: '{day} 办结：{why}', en: 'closed {day}: {why}' },
  clock: { zh: '自 {from} 起 {n} 个工作日', en: '{n} working {n|day|days} from {from}' },
  ownTarget: { zh: '机关自定目标，不是文件期限', en: 'the office’s own target, not a time limit of the notice' },
  notSet: {
    zh: '{title}尚未设定（由{who}设定），没有到期日',
    en: '{title}: not set yet (to be set by {who}), so no due day',
  },
  noDay: { zh: '文件没有定期限', en: 'The notice sets no time limit' },
  withheld: { zh: '另有 {n} 个事件不向您显示', en: '{n} more events are not shown to you' },
  maskedClasses: {
    zh: '被遮盖的内容：{classes}。可以说明事由申请查看。',
    en: 'Masked: {classes}. You can request access, giving a reason.',
  },
  event: { zh: '事件', en: 'Event' },
  on: { zh: '发生日期', en: 'Date' },
  points: { zh: '分值', en: 'Points' },
  who: { zh: '成员', en: 'Member' },
  source: { zh: '来源（文件 · 行）', en: 'Source (file · row)' },
  row: { zh: '{file} · 第 {row} 行', en: '{file} · row {row}' },
  openRow: { zh: '看这一行的内容', en: 'Show the row' },
  hideRow: { zh: '收起', en: 'Hide' },
  noValues: { zh: '这一行除人员和日期外没有其他内容', en: 'This row holds only a person and a date' },
  proof: { zh: '原件已按证明 {n} 删除', en: 'original deleted, proof {n}' },
  probable: { zh: '按姓名等推定为同一人', en: 'matched by similarity' },
  doubts: { zh: '存疑的事件（未计分，待人核对）', en: 'Doubtful events (not scored; need manual review)' },
  possible: { zh: '可能成立', en: 'possible' },
  review: { zh: '待核对', en: 'to review' },
  exit: { zh: '建议自然减员：依据下列死亡信息', en: 'Natural exit proposed because of these deaths' },
  by: { zh: '规则', en: 'Rules' },
  profile: { zh: '{title}：{standing}', en: '{title}: {standing}' },
  family: { zh: '家庭成员', en: 'Family members' },
  chain: { zh: '救助链', en: 'Chain of help' },
  chainEmpty: { zh: '还没有记录', en: 'Nothing recorded yet' },
  seenAs: { zh: '换一种身份看', en: 'View as' },
  seenByAll: { zh: '本机关看到的全部', en: 'Everything this office sees' },
  hiddenOf: { zh: '对这类人不显示 {n} 条', en: '{n} not shown to this reader' },
  toldBy: { zh: '{who}提供', en: 'from {who}' },
  protected: { zh: '受保护', en: 'under protection' },
  protectedHint: { zh: '住处和联系方式不予显示', en: 'address and contact details withheld' },
  income: { zh: '月人均收入', en: 'Monthly income per person' },
  yuan: { zh: '{n} 元', en: '{n} yuan' },
  enrolled: { zh: '纳入日期', en: 'Enrolled on' },
  relation: { zh: '与户主关系', en: 'Relation to head' },
  sex: { zh: '性别', en: 'Sex' },
  reveal: { zh: '申请查看完整信息', en: 'Request full details' },
} satisfies Record<string, Words>

export const EVENT_STATES: Readonly<Record<string, Words>> = {
  counted: { zh: '计分', en: 'counted' },
  beyond_count: { zh: '同类已计，不再计', en: 'already counted' },
  taken_back: { zh: '部门已撤回', en: 'withdrawn' },
  cancelled: { zh: '因死亡等不计', en: 'not counted because of another event' },
}

export const CLOSED_WHY: Readonly<Record<string, Words>> = {
  settled: { zh: '已办结', en: 'settled' },
  taken_back: { zh: '事件全部撤回', en: 'all events withdrawn' },
  natural_exit: { zh: '自然减员', en: 'natural exit' },
  forgotten: { zh: '该户信息已删除', en: 'household data erased' },
  merged: { zh: '该户终止，随之办结', en: 'closed with its household' },
  carried: { zh: '该户终止，转入人员去往的户', en: 'carried over to the household its members joined' },
}

export const CLASSES: Readonly<Record<string, Words>> = {
  identity_number: { zh: '证件号码', en: 'identity numbers' },
  phone: { zh: '电话', en: 'telephone numbers' },
  means: { zh: '收入财产', en: 'income and property' },
  illness: { zh: '疾病', en: 'illness' },
  marriage: { zh: '婚姻变动', en: 'change in marital status' },
  account: { zh: '收款账号', en: 'bank account' },
}

/** Kinds of readers of the chain, as the server names them. */
export const READERS = [
  { id: 'person', title: { zh: '本人', en: 'The person themselves' } },
  { id: 'adult', title: { zh: '同户成年人', en: 'Adult in the household' } },
  { id: 'minor', title: { zh: '同户未成年人', en: 'Minor in the household' } },
  { id: 'village', title: { zh: '村（社区）协理员', en: 'Village worker' } },
  { id: 'department', title: { zh: '协同部门', en: 'Partner department' } },
  { id: 'internal', title: { zh: '民政经办', en: 'Civil affairs' } },
  { id: 'auditor', title: { zh: '审计监督', en: 'Auditor' } },
  { id: 'other_citizen', title: { zh: '其他群众', en: 'Other citizens' } },
] as const satisfies readonly { id: string; title: Words }[]

/** Why someone should look at a look at a household. */
export const FLAGS: Readonly<Record<string, Words>> = {
  no_case: { zh: '没有写明办件', en: 'no case given' },
  not_assigned: { zh: '不在承办范围', en: 'not assigned to them' },
  own_case: { zh: '只凭自己发起的办件', en: 'by a case of their own alone' },
  many_queries: { zh: '查询过多', en: 'too many queries' },
  unknown: { zh: '未能判断', en: 'could not be judged' },
}
