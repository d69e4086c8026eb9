// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../../words/language'

export const TERMS = {
  sub: {
    zh: '每类数据保存多久、依据什么；到期的列出来，由人决定删除',
    en: 'How long each class of data is kept, and why; what is due is listed, and a person decides on deletion',
  },
  class: { zh: '类别', en: 'Data class' },
  purpose: { zh: '用途', en: 'Purpose' },
  term: { zh: '期限', en: 'Period' },
  days: { zh: '{n} 天', en: '{n} {n|day|days}' },
  counted: { zh: '自{from}起', en: 'from {from}' },
  basis: { zh: '依据', en: 'Basis' },
  unchecked: { zh: '依据尚未经法律核对', en: 'basis not yet legally reviewed' },
  due: { zh: '到期', en: 'Due' },
  held: { zh: '停删', en: 'Held' },
  before: { zh: '{day}以前', en: 'before {day}' },
  list: { zh: '到期清单（{day}）', en: 'Due for deletion ({day})' },
  dueSum: { zh: '到期 {n} 项，停删 {held} 项', en: '{n} due, {held} on hold' },
  noList: { zh: '还没有到期清单', en: 'No list yet' },
  noListHint: {
    zh: '服务器每天列一次；有到期的才有清单。',
    en: 'The server lists once a day, when anything is due.',
  },
  nothingDue: { zh: '没有到期的', en: 'Nothing is due' },
  run: { zh: '执行这份清单', en: 'Carry out this list' },
  runAsk: { zh: '删除 {n} 项到期内容', en: 'Delete {n} due items' },
  runSaid: {
    zh: '删除后不能恢复；每类留一份删除证明。请先确认已有备份，删除后另做新备份。',
    en: 'Cannot be undone; each class leaves a proof of deletion. Make sure of a backup first, and renew it after.',
  },
  word: { zh: '删除', en: 'remove' },
  running: { zh: '正在执行的清单', en: 'In progress' },
  removed: { zh: '已删 {n}', en: '{n} removed' },
} satisfies Record<string, Words>

export const HOLDS = {
  sub: { zh: '诉讼、审计期间停止删除', en: 'Deletion is suspended during lawsuits and audits' },
  add: { zh: '决定停删', en: 'Place a hold' },
  class: { zh: '类别（不选：全部类别）', en: 'Data class (blank: all)' },
  household: { zh: '户编号（不填：全部家庭）', en: 'Household number (blank: all)' },
  allClasses: { zh: '全部类别', en: 'All classes' },
  allHouseholds: { zh: '全部家庭', en: 'All households' },
  oneOfTwo: {
    zh: '类别、户至少写一项；都写则只停该户的该类。',
    en: 'Enter a class, a household, or both; with both, only that class of that household is held.',
  },
  since: { zh: '自', en: 'Since' },
  lift: { zh: '解除停删', en: 'Lift' },
  lifted: { zh: '已解除', en: 'Lifted' },
  placed: { zh: '已停删', en: 'Hold placed' },
  none: { zh: '没有停删', en: 'No holds' },
  noneHint: {
    zh: '接到诉讼、审计通知时，在这里决定停删。',
    en: 'Place a hold here when a lawsuit or audit is announced.',
  },
} satisfies Record<string, Words>

export const PROOFS = {
  sub: {
    zh: '删了什么、多少、何时、何人，所删内容主键的摘要',
    en: 'What was deleted, how much, when, by whom, and a hash of its keys',
  },
  number: { zh: '编号', en: 'No.' },
  before: { zh: '截至', en: 'Before' },
  removed: { zh: '删除项数', en: 'Removed' },
  hash: { zh: '主键摘要', en: 'Key hash' },
  done: { zh: '已完成', en: 'Done' },
  begun: { zh: '已开始', en: 'Begun' },
  none: { zh: '还没有删除证明', en: 'No proofs of deletion' },
  noneHint: {
    zh: '按到期清单或本人请求删除后，在这里查看证明。',
    en: 'Proofs appear here once a due list or an erasure request has been carried out.',
  },
} satisfies Record<string, Words>

export const ANCHORS = {
  sub: {
    zh: '每天为访问记录生成校验码，交上级单位保存，用来发现事后改动',
    en: 'A checksum of each day’s access log, kept by the office above so that tampering is found',
  },
  day: { zh: '日期', en: 'Day' },
  unit: { zh: '交给', en: 'Sent to' },
  seq: { zh: '记录数', en: 'Records' },
  line: { zh: '存证行', en: 'Line' },
  late: { zh: '补存', en: 'late' },
  made: { zh: '生成于', en: 'Made' },
  copy: { zh: '复制', en: 'Copy' },
  copied: { zh: '已复制', en: 'Copied' },
  verify: {
    zh: '这里对照存证和记录里同一序号的校验码；核对整条记录链，请系统管理员在服务器上运行“doudi audit verify --anchors”。',
    en: 'Compares an anchor with its own record; “doudi audit verify --anchors” on the server checks the chain.',
  },
  check: { zh: '对照记录', en: 'Compare with log' },
  same: { zh: '一致', en: 'identical' },
  differs: { zh: '不一致', en: 'differs' },
  notSeen: { zh: '记录中没有看到这一条', en: 'not found in the log' },
  none: { zh: '没有交给本单位的存证', en: 'No anchors are sent to this office' },
  noneHint: {
    zh: '下级单位每天的存证交给最上级单位的审计人员。',
    en: 'Anchors of subordinate offices go to auditors of the topmost office each day.',
  },
} satisfies Record<string, Words>

export const SEEN = {
  sub: {
    zh: '每类事件哪些人看得到；在册人员查看本人信息也以此为准',
    en: 'Who can see each kind of event; what registered people see of themselves follows it',
  },
  kind: { zh: '事件', en: 'Event' },
  yes: { zh: '可见', en: 'visible' },
  no: { zh: '不可见', en: 'hidden' },
  protected: { zh: '涉及受保护的人', en: 'Concerns a protected person' },
} satisfies Record<string, Words>

export const READERS: readonly {
  id: 'person' | 'adult' | 'minor' | 'village' | 'department' | 'internal' | 'auditor' | 'other_citizen'
  title: Words
}[] = [
  { id: 'person', title: { zh: '本人', en: 'The person' } },
  { id: 'adult', title: { zh: '家中成年人', en: 'Adults in the household' } },
  { id: 'minor', title: { zh: '家中未成年人', en: 'Minors in the household' } },
  { id: 'village', title: { zh: '村（社区）', en: 'Village' } },
  { id: 'department', title: { zh: '转办部门', en: 'Department' } },
  { id: 'internal', title: { zh: '民政部门', en: 'Civil affairs' } },
  { id: 'auditor', title: { zh: '审计', en: 'Auditors' } },
  { id: 'other_citizen', title: { zh: '其他群众', en: 'Other citizens' } },
]
