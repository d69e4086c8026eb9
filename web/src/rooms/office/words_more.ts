// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../../words/language'

export const TOKENS = {
  count: { zh: '{n} 个令牌', en: '{n} {n|token|tokens}' },
  issue: { zh: '发令牌', en: 'Issue a token' },
  hint: {
    zh: '部门的系统凭令牌报送数据、反馈转办。令牌只显示一次，撤销后立即失效。',
    en: 'A department’s system sends data and answers referrals with a token. Shown once; revoked at once.',
  },
  title: { zh: '用途', en: 'Purpose' },
  role: { zh: '角色', en: 'Role' },
  unit: { zh: '单位', en: 'Office' },
  department: { zh: '部门', en: 'Department' },
  from: { zh: '自', en: 'From' },
  until: { zh: '到此日为止（不含）', en: 'Until (exclusive)' },
  issued: { zh: '令牌“{title}”', en: 'Token "{title}"' },
  onceHint: {
    zh: '只显示这一次：请交给部门的技术人员，写入其系统的 Authorization: Bearer …。',
    en: 'Shown only once: give it to the department’s technicians for the header Authorization: Bearer ….',
  },
  revoke: { zh: '撤销', en: 'Revoke' },
  revokeAsk: { zh: '撤销令牌“{title}”', en: 'Revoke "{title}"' },
  revokeSaid: {
    zh: '该部门的系统立即不能再用，不能恢复，只能另发。',
    en: 'The department’s system loses access at once; it cannot be restored, only replaced by a new token.',
  },
  revoked: { zh: '已撤销', en: 'Revoked' },
  none: { zh: '还没有发过令牌', en: 'No tokens issued yet' },
  noneHint: {
    zh: '部门的系统要直接报送时，在这里发一个。',
    en: 'Issue one here when a department’s system needs to send data directly.',
  },
  id: { zh: '编号', en: 'Number' },
} satisfies Record<string, Words>

export const TOKEN_STATES: Readonly<Record<string, { words: Words; tone: string; mark: string }>> = {
  active: { words: { zh: '有效', en: 'Active' }, tone: 'green', mark: '✓' },
  not_yet: { words: { zh: '尚未生效', en: 'Not yet valid' }, tone: 'blue', mark: '…' },
  ended: { words: { zh: '已到期', en: 'Ended' }, tone: '', mark: '–' },
  revoked: { words: { zh: '已撤销', en: 'Revoked' }, tone: 'red', mark: '✕' },
}

export const AUDIT = {
  sub: {
    zh: '谁、何时、为何看了谁的数据；不含所看内容',
    en: 'Who viewed whose data, when and why; the data itself is not recorded',
  },
  user: { zh: '账号', en: 'Account' },
  unit: { zh: '单位（含下级）', en: 'Office and subordinates' },
  household: { zh: '户编号', en: 'Household' },
  person: { zh: '成员', en: 'Member' },
  verb: { zh: '动作', en: 'Action' },
  what: { zh: '内容开头', en: 'Content begins with' },
  doors: { zh: '登录类记录', en: 'Sign-in events' },
  anyDoors: { zh: '全部', en: 'All' },
  onlyDoors: { zh: '只看登录等', en: 'Sign-in events only' },
  noDoors: { zh: '不看登录等', en: 'Without sign-in events' },
  from: { zh: '自', en: 'From' },
  until: { zh: '至（含）', en: 'Until' },
  flagged: { zh: '只看有标记的', en: 'Flagged only' },
  apply: { zh: '查找', en: 'Search' },
  at: { zh: '时间', en: 'When' },
  who: { zh: '操作人', en: 'User' },
  done: { zh: '做了什么', en: 'Action' },
  whose: { zh: '涉及对象', en: 'Subject' },
  why: { zh: '目的', en: 'Purpose' },
  flag: { zh: '标记', en: 'Flag' },
  none: { zh: '没有这样的记录', en: 'No matching records' },
  record: { zh: '第 {n} 条记录', en: 'Record {n}' },
  role: { zh: '角色', en: 'Roles' },
  thing: { zh: '对象', en: 'Object' },
  case: { zh: '办件', en: 'Case' },
  reason: { zh: '理由', en: 'Reason' },
  place: { zh: '来源地址', en: 'Source address' },
  hash: { zh: '摘要', en: 'Hash' },
  persons: { zh: '成员', en: 'Persons' },
  personsCount: { zh: '{n} 人', en: '{n}' },
  ofPerson: { zh: '谁看过此人', en: 'Who viewed this person' },
  households: { zh: '户', en: 'Households' },
  full: { zh: '内容', en: 'Content' },
  line: { zh: '命令行或系统', en: 'command line or system' },
} satisfies Record<string, Words>

export const VERBS: readonly string[] = [
  'read',
  'query',
  'create',
  'change',
  'decide',
  'assign',
  'propose',
  'approve',
  'reveal',
  'export',
  'issue',
  'administer',
]

export const JOBS = {
  count: { zh: '{n} 个任务', en: '{n} in total' },
  kind: { zh: '任务', en: 'Job' },
  number: { zh: '编号', en: 'No.' },
  stage: { zh: '进度', en: 'Progress' },
  queued: { zh: '提交', en: 'Submitted' },
  ended: { zh: '结束', en: 'Ended' },
  attempts: { zh: '次数', en: 'Attempts' },
  none: { zh: '没有任务', en: 'No jobs' },
  noneHint: {
    zh: '导入、监测、名册维护等任务显示在这里。',
    en: 'Imports, monitoring runs, register upkeep and similar jobs appear here.',
  },
  unfinished: { zh: '未完成', en: 'Unfinished' },
  failed: { zh: '失败或中断', en: 'Failed or interrupted' },
  job: { zh: '任务 {id}', en: 'Job {id}' },
  asked: { zh: '任务参数', en: 'Parameters' },
  result: { zh: '结果', en: 'Result' },
  rows: { zh: '明细行', en: 'Detail rows' },
  noRows: { zh: '没有明细行', en: 'No detail rows' },
  cancel: { zh: '取消任务', en: 'Cancel the job' },
  cancelAsk: { zh: '取消任务 {id}', en: 'Cancel job {id}' },
  cancelSaid: {
    zh: '已经生效的部分保留，其余不再执行；之后可以重新运行。',
    en: 'What has taken effect stays; the rest is not carried out. It can be run again later.',
  },
  again: { zh: '重新运行', en: 'Run again' },
  region: { zh: '区划代码开头', en: 'Region code begins with' },
  member: { zh: '成员', en: 'Member' },
  step: { zh: '变化', en: 'Change' },
  cause: { zh: '原因', en: 'Cause' },
} satisfies Record<string, Words>

export const STEPS: Readonly<Record<string, Words>> = {
  entered: { zh: '进入', en: 'entered' },
  left: { zh: '退出', en: 'left' },
  became_unknown: { zh: '变为无法判断', en: 'became undetermined' },
  became_known: { zh: '变为可判断', en: 'became determined' },
}
