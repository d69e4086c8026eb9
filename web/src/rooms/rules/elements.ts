// SPDX-License-Identifier: Apache-2.0
// What a pack states, as a person reads it. Elements come as keys and texts ("when.0.say.zh").
import type { Schema } from '../../api/client'
import type { Language, Words } from '../../words/language'

export type Element = Schema['Element']

export interface Line {
  readonly say: string
  readonly text: string
  readonly cite: string
}
export interface Stated {
  readonly key: string
  readonly value: string
}
export interface Shape {
  readonly title: string
  readonly lines: readonly Line[]
  readonly others: readonly Stated[]
}

/** A pair of words that stands under one key, in one language; undefined where it is in neither. */
export function wordsAt(
  values: Readonly<Record<string, string>>,
  key: string,
  language: Language,
): string | undefined {
  return values[`${key}.${language}`] ?? values[`${key}.zh`]
}
export function titleOf(element: Element, language: Language): string {
  return wordsAt(element.values, 'title', language) ?? element.id
}

/** Keys of the other language are left out, and what every card shows anyhow. */
export function isShown(key: string, language: Language): boolean {
  const other = language === 'zh' ? '.en' : '.zh'
  return !key.endsWith(other) && !['id', 'inherit', 'cite'].includes(key)
}

function linesOf(values: Readonly<Record<string, string>>, language: Language): Line[] {
  const lines: Line[] = []
  for (let at = 0; ; at += 1) {
    const text = values[`when.${at}.if`]
    if (text === undefined) break
    lines.push({
      say: wordsAt(values, `when.${at}.say`, language) ?? text,
      text,
      cite: values[`when.${at}.cite`] ?? '',
    })
  }
  return lines
}

export function shapeOf(element: Element, language: Language): Shape {
  const lines = linesOf(element.values, language)
  return {
    title: titleOf(element, language),
    lines,
    others: Object.entries(element.values)
      .filter(([key]) => isShown(key, language) && !key.startsWith('title.'))
      .filter(([key, value]) => value !== '' && !(lines.length > 0 && key.startsWith('when.')))
      .map(([key, value]) => ({ key, value })),
  }
}

/** Whether an element says something of what is sought: in any key, in both languages. */
export function says(element: Element, sought: string): boolean {
  const wanted = sought.trim().toLowerCase()
  if (wanted === '') return true
  return [element.id, element.clause, ...Object.values(element.values)].some((text) =>
    text.toLowerCase().includes(wanted),
  )
}

export interface Section {
  readonly id: string
  readonly elements: readonly Element[]
}

/** Elements by their section, in the order in which the pack has them. */
export function bySection(elements: readonly Element[]): readonly Section[] {
  const found = new Map<string, Element[]>()
  for (const element of elements) {
    const there = found.get(element.section)
    if (there) there.push(element)
    else found.set(element.section, [element])
  }
  return [...found].map(([id, all]) => ({ id, elements: all }))
}

/** What a line of coverage names ("category" "mlg") among the elements ("categories" "mlg"); undefined: it is none. */
export function elementNamed(elements: readonly Element[], kind: string, id: string): Element | undefined {
  const plural = kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : kind.endsWith('ch') ? `${kind}es` : `${kind}s`
  return elements.find((one) => one.id === id && (one.section === plural || one.section === kind))
}

const SECTIONS: Readonly<Record<string, Words>> = {
  pack: { zh: '政策包', en: 'The pack' },
  categories: { zh: '救助类别', en: 'Categories' },
  determination: { zh: '认定次序', en: 'Order of determination' },
  benefits: { zh: '救助项目', en: 'Benefits' },
  parameters: { zh: '数值', en: 'Figures' },
  facts: { zh: '事实', en: 'Facts' },
  indicators: { zh: '预警指标', en: 'Indicators' },
  levels: { zh: '预警等级', en: 'Levels' },
  switches: { zh: '监测开关', en: 'Switches of monitoring' },
  machines: { zh: '办件种类', en: 'Kinds of cases' },
  states: { zh: '办理状态', en: 'States' },
  moves: { zh: '办理步骤', en: 'Moves' },
  fields: { zh: '填报项', en: 'Fields' },
  papers: { zh: '文书', en: 'Papers' },
  clocks: { zh: '时限', en: 'Clocks' },
  pauses: { zh: '时限中止', en: 'Pauses' },
  escalations: { zh: '超期上报', en: 'Escalations' },
  reminders: { zh: '提醒', en: 'Reminders' },
  rhythms: { zh: '定期工作', en: 'Rhythms' },
  departments: { zh: '部门职责', en: 'Departments' },
  authorities: { zh: '确认机关', en: 'Authorities' },
  branches: { zh: '处置分支', en: 'Branches' },
  conference: { zh: '会议', en: 'Conferences' },
  transfers: { zh: '转入', en: 'Transfers' },
  watches: { zh: '跟踪', en: 'Watches' },
  phase_outs: { zh: '渐退', en: 'Phasing out' },
  reporting_groups: { zh: '统计口径', en: 'Reporting groups' },
  stages: { zh: '阶段', en: 'Stages' },
}
export function sectionWords(id: string): Words {
  return SECTIONS[id] ?? { zh: id, en: id }
}

const KEYS: Readonly<Record<string, Words>> = {
  title: { zh: '名称', en: 'title' },
  subject: { zh: '对象', en: 'of whom' },
  unless: { zh: '除外', en: 'unless' },
  covers: { zh: '覆盖', en: 'covers' },
  becomes: { zh: '按此类', en: 'becomes' },
  confirmed_by: { zh: '确认机关', en: 'confirmed by' },
  valid_months: { zh: '有效期（月）', en: 'valid, months' },
  register_words: { zh: '名册写法', en: 'words of registers' },
  layer: { zh: '层次', en: 'layer' },
  for: { zh: '面向类别', en: 'for' },
  department: { zh: '部门', en: 'department' },
  channel: { zh: '办理渠道', en: 'channel' },
  type: { zh: '类型', en: 'type' },
  by_residence: { zh: '分城乡', en: 'by residence' },
  set_by: { zh: '由谁设定', en: 'set by' },
  values: { zh: '数值', en: 'values' },
  help: { zh: '说明', en: 'help' },
  ask: { zh: '问法', en: 'asked as' },
  how: { zh: '如何取得', en: 'how' },
  from: { zh: '自', en: 'from' },
  to: { zh: '到', en: 'to' },
  cost: { zh: '取得难度', en: 'cost' },
  max_age_days: { zh: '有效天数', en: 'fresh for, days' },
  points: { zh: '分值', en: 'points' },
  dimension: { zh: '维度', en: 'dimension' },
  working_days: { zh: '工作日', en: 'working days' },
  duties: { zh: '职责', en: 'duties' },
  amount: { zh: '金额', en: 'amount' },
  share: { zh: '比例', en: 'share' },
  every: { zh: '周期', en: 'every' },
  if: { zh: '条件式', en: 'condition' },
  say: { zh: '条件', en: 'in words' },
  cite: { zh: '依据', en: 'clause' },
  months: { zh: '月', en: 'months' },
  days: { zh: '天数', en: 'days' },
  kind: { zh: '种类', en: 'kind' },
  level: { zh: '层级', en: 'level' },
  of: { zh: '属于', en: 'of' },
  by: { zh: '由谁办理', en: 'by whom' },
  needs: { zh: '须填', en: 'needs' },
  may: { zh: '可填', en: 'may take' },
  is: { zh: '推算', en: 'derived' },
  every_months: { zh: '每几个月', en: 'every, months' },
  within: { zh: '时限', en: 'within' },
  grants: { zh: '给付', en: 'grants' },
  get: { zh: '来源', en: 'source' },
  when: { zh: '条件', en: 'when' },
  words: { zh: '取值', en: 'words' },
}

/** "grants.0.every" as "给付 1 · 周期": only the words of the form; what they hold is the pack's. */
export function keyWords(key: string): Words {
  const parts = key.split('.').filter((part) => part !== 'zh' && part !== 'en')
  const said = (language: Language) =>
    parts
      .map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : (KEYS[part]?.[language] ?? part)))
      .join(' · ')
  return { zh: said('zh'), en: said('en') }
}
