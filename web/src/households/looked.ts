// SPDX-License-Identifier: Apache-2.0
// What a record of the log of looks was of, in words. The log keeps a short English name of the page or the change
// (the `looked` of each route); one that is not known here is told by its verb and thing.
import type { Schema } from '../api/client'
import { titleOf } from '../law/titles'
import { number } from '../words/form'
import { say, type Words } from '../words/language'
import { comma } from '../words/marks'
import { CLASSES } from './words'

const LOOKED: readonly (readonly [RegExp, Words])[] = [
  [/^household$/, { zh: '家庭和成员', en: 'Household and members' }],
  [/^households$/, { zh: '家庭名单', en: 'List of households' }],
  [/^households\.by_name$/, { zh: '按姓名查找', en: 'Search by name' }],
  [/^household\.facts$/, { zh: '事实和来源', en: 'Facts and their sources' }],
  [/^household\.why$/, { zh: '评分和预警', en: 'Score and warnings' }],
  [/^household\.visibility$/, { zh: '救助链', en: 'Chain of help' }],
  [/^household\.looks$/, { zh: '查看记录', en: 'Access log' }],
  [/^event row /, { zh: '预警依据的数据行', en: 'Row of data behind a warning' }],
  [/^authorisations$/, { zh: '授权书', en: 'Authorisations' }],
  [/^authorisation \d+ recorded/, { zh: '登记授权书', en: 'Recorded an authorisation' }],
  [/^authorisation \d+ revoked/, { zh: '撤销授权书', en: 'Revoked an authorisation' }],
  [/^protections$/, { zh: '保护标记', en: 'Protection' }],
  [/^protect$/, { zh: '标记保护', en: 'Marked as protected' }],
  [/^end protection$/, { zh: '结束保护', en: 'Ended protection' }],
  [/^(reveal|field) /, { zh: '完整信息', en: 'Unmasked details' }],
  [/^arrival \d+ rows$/, { zh: '部门文件的逐行结果', en: 'Rows of a department’s file' }],
  [/^arrival \d+ lacking$/, { zh: '只在民政名册的家庭', en: 'Households only on the register' }],
  [/^warnings$/, { zh: '预警清单', en: 'List of warnings' }],
  [/^cases$/, { zh: '办件清单', en: 'List of cases' }],
  [/^case$/, { zh: '办件', en: 'Case' }],
  [/^case\.late$/, { zh: '迟到的表单', en: 'Late forms' }],
  [/^case\.attachment/, { zh: '附件', en: 'Attachment' }],
  [/^case\.papers$/, { zh: '文书清单', en: 'List of papers' }],
  [/^case\.paper /, { zh: '文书', en: 'Paper' }],
  [/^case\.notice_preview$/, { zh: '公示预览', en: 'Preview of a public notice' }],
  [/^case\.determinations?$/, { zh: '认定和核算', en: 'Assessments of a case' }],
  [/^case\.replay$/, { zh: '复算', en: 'Recalculation' }],
  [/^case\.roll_up$/, { zh: '进度汇总', en: 'Progress of a campaign' }],
  [/^case\.file/, { zh: '案卷', en: 'Case file' }],
  [/^case\.list_(draft|drawn)/, { zh: '拟定名单', en: 'Drawing up a list' }],
  [/^case\.reminder$/, { zh: '督办', en: 'Reminder' }],
  [/^determination$/, { zh: '资格判定', en: 'Determination' }],
  [/^doubts$/, { zh: '存疑事件', en: 'Doubtful events' }],
  [/^exits$/, { zh: '自然减员', en: 'Natural exits' }],
  [/^(matches|match )/, { zh: '身份核对', en: 'Matches' }],
  [/^kept apart$/, { zh: '未授权未采用的信息', en: 'Unauthorised data' }],
  [/^register\./, { zh: '名册变动', en: 'Register changes' }],
  [/^termination$/, { zh: '部门终止告知', en: 'Notice that a department ended assistance' }],
  [/^workbook/, { zh: '工作簿', en: 'Workbook' }],
  [/^(assign |end assignment |assignments )/, { zh: '分派', en: 'Assignments' }],
  [/^reminders$/, { zh: '督办记录', en: 'Reminders' }],
  [/^rule_hits?\b/, { zh: '规则命中', en: 'Rule findings' }],
  [/^audit$/, { zh: '访问记录', en: 'Access log' }],
  [/^audit\.anchors$/, { zh: '每日存证', en: 'Daily anchors' }],
  [/^closings$/, { zh: '批量办结预警', en: 'Closing of many warnings' }],
  [/^holds$/, { zh: '停删', en: 'Holds' }],
  [/^job\.rows$/, { zh: '任务明细', en: 'Rows of a job' }],
  [/^exchange\.differences$/, { zh: '与对方名册的差异', en: 'Differences from another platform’s register' }],
  [/^signed in /, { zh: '登录', en: 'Signed in' }],
  [/^rhythms\./, { zh: '定期复核', en: 'Periodic reviews' }],
  [/^category\.query$/, { zh: '救助类别查询', en: 'Question about a category' }],
  [/^payroll\.lines$/, { zh: '发放清册', en: 'Payroll' }],
  [/^payroll\.closed$/, { zh: '已结账的清册', en: 'Closed payrolls' }],
  [/^payroll\.bank_list$/, { zh: '交银行的发放清单', en: 'List for the bank' }],
  [/^payroll\.returns$/, { zh: '银行退回文件', en: 'Bank returns' }],
  [/^first_requests?\b/, { zh: '首次申请登记', en: 'First requests' }],
  [/^month$/, { zh: '本月办理情况', en: 'The month' }],
  [/^overdue$/, { zh: '超期办件', en: 'Overdue cases' }],
  [/^batch\.rows$/, { zh: '批量办理的结果', en: 'Results of a batch' }],
  [/^signed out$/, { zh: '退出登录', en: 'Signed out' }],
  [/^my\./, { zh: '本人页面', en: 'The person’s own page' }],
]
const TAKEN: Words = { zh: '{what}（导出）', en: '{what} (exported)' }
const EXPORT = /\.export$/
/** What was seen whole by a reveal stands behind the page's name. */
const WHOLE = / (\w+)=whole/g
const SEEN_WHOLE: Words = { zh: '{what}（完整显示：{fields}）', en: '{what} (unmasked: {fields})' }
const REVEALED: Words = { zh: '查看完整信息：{field}', en: 'Unmasked: {field}' }
interface LookOf {
  readonly what: string
  readonly verb: string
  readonly thing: string
}
const plainOf = ({ what }: LookOf): string => what.replace(WHOLE, '').replace(EXPORT, '')
const knownOf = (look: LookOf): Words | undefined => LOOKED.find(([pattern]) => pattern.test(plainOf(look)))?.[1]

/** A reveal is named by what it shows. */
const revealedOf = ({ what, verb }: LookOf): Words | undefined => (verb === 'reveal' ? CLASSES[what] : undefined)

/** The page or the change by its name; what has none as the log has it. */
export function whatTold(look: LookOf): string {
  return knownOf(look) || revealedOf(look) ? lookedTold(look) : look.what
}

export function lookedTold(look: LookOf): string {
  const revealed = revealedOf(look)
  if (revealed) return say(REVEALED, { field: say(revealed) })
  const known = knownOf(look)
  const words = known ? say(known) : `${say(titleOf('verbs', look.verb))} ${say(titleOf('things', look.thing))}`
  const fields = [...look.what.matchAll(WHOLE)].map(([, field = '']) =>
    CLASSES[field] ? say(CLASSES[field]) : field,
  )
  const page = EXPORT.test(look.what.replace(WHOLE, '')) ? say(TAKEN, { what: words }) : words
  return fields.length > 0 ? say(SEEN_WHOLE, { what: page, fields: fields.join(comma()) }) : page
}

const HOMES = {
  gone: { zh: '已不在辖区或名册', en: 'no longer in your area or on the register' },
  manyGone: {
    zh: '{n} 户，已不在辖区或名册',
    en: '{n} {n|household|households}, no longer in your area or on the register',
  },
  count: { zh: '{n} 户', en: '{n} {n|household|households}' },
  andMore: { zh: '{codes} 等 {n} 户', en: '{codes} and others, {n} {n|household|households}' },
} satisfies Record<string, Words>

/** Whose data it was, by the numbers of the households as far as the reader's area reaches; else how many. */
export function homesTold(look: Pick<Schema['Look'], 'homes' | 'homes_total'>, most = Infinity): string {
  const { homes, homes_total: total } = look
  if (total === 0) return ''
  if (!homes) return say(HOMES.count, { n: number(total) })
  if (homes.length === 0) return say(total === 1 ? HOMES.gone : HOMES.manyGone, { n: number(total) })
  const codes = homes.slice(0, most).join(comma())
  return Math.min(homes.length, most) < total ? say(HOMES.andMore, { codes, n: number(total) }) : codes
}
