// SPDX-License-Identifier: Apache-2.0
// What is said of facts: whether one counts, and why what is missing is missing.
import type { Schema } from '../../api/client'
import type { Words } from '../../words/language'

export type Fact = Schema['HouseholdFact']

export const FACTS = {
  title: { zh: '已掌握的事实', en: 'Known facts' },
  sub: { zh: '按 {day} 衡量', en: 'assessed as of {day}' },
  who: { zh: '谁', en: 'Person' },
  household: { zh: '全户', en: 'Whole household' },
  fact: { zh: '事实', en: 'Fact' },
  value: { zh: '情况', en: 'Value' },
  source: { zh: '来源', en: 'Source' },
  asOf: { zh: '截至', en: 'As of' },
  stands: { zh: '是否有效', en: 'Status' },
  roll: { zh: '整本名单查得', en: 'from the complete roll' },
  row: { zh: '{file} 第 {row} 行', en: '{file}, row {row}' },
  visit: { zh: '第 {case} 号办件', en: 'case {case}' },
  until: { zh: '到 {day} 有效', en: 'valid until {day}' },
  over: { zh: '{day} 后失效', en: 'expired after {day}' },
  notShown: { zh: '***', en: '***' },
  whose: { zh: '缺{who}的授权书', en: 'authorisation of {who} is missing' },
  none: { zh: '部门数据里还没有这一户的事实', en: 'No department data for this household yet' },
  noneHint: {
    zh: '数据到齐后会显示在这里；也可以上门核实，或请本人提供材料。',
    en: 'Facts appear here once department data arrives; a home visit or their own documents also count.',
  },
  register: { zh: '名册登记', en: 'Recorded on the register' },
  since: { zh: '{day} 起', en: 'since {day}' },
  notOnRegister: { zh: '没有登记', en: 'not recorded' },
  findings: { zh: '走访发现', en: 'Visit findings' },
  noFindings: { zh: '还没有走访记录', en: 'No visit recorded yet' },
  missing: {
    zh: '还缺什么（认定类别所需，最省事的在前）',
    en: 'Missing for the category decision, easiest first',
  },
  noMissing: { zh: '认定类别所需的都已掌握', en: 'Everything needed for the category decision is known' },
  how: { zh: '怎样取得', en: 'How to obtain it' },
  old: { zh: '含已失效和被取代的', en: 'Include expired and superseded' },
} satisfies Record<string, Words>

interface Standing {
  readonly words: Words
  readonly tone: string
  readonly mark: string
}
export const STANDINGS: Readonly<Record<Fact['standing'], Standing>> = {
  counts: { words: { zh: '有效', en: 'valid' }, tone: 'green', mark: '✓' },
  superseded: { words: { zh: '已有更新', en: 'superseded' }, tone: '', mark: '·' },
  conflict: { words: { zh: '说法不一，待核实', en: 'sources disagree, to be verified' }, tone: 'red', mark: '≠' },
  stale: { words: { zh: '已失效，按不详处理', en: 'expired, treated as unknown' }, tone: 'yellow', mark: '!' },
  beside: {
    words: { zh: '与部门数据不同，以部门数据为准', en: 'differs from department data, which is used' },
    tone: 'blue',
    mark: '‖',
  },
  not_authorised: {
    words: { zh: '没有授权，不得使用', en: 'not authorised, must not be used' },
    tone: 'orange',
    mark: '✕',
  },
}

export const WHY_MISSING: Readonly<Record<string, Words>> = {
  never_told: { zh: '没有人提供过', en: 'never provided' },
  stale: { zh: '提供过，已过期', en: 'provided, now expired' },
  conflict: { zh: '说法不一', en: 'sources disagree' },
  not_authorised: { zh: '还没有授权书', en: 'no authorisation yet' },
}

export const MISSING_KINDS: Readonly<Record<string, Words>> = {
  paper: { zh: '授权书', en: 'authorisation' },
  figure: { zh: '本地标准', en: 'local figure' },
  rule: { zh: '本地规则', en: 'local rule' },
}
