// SPDX-License-Identifier: Apache-2.0
// The pack in force: its levels, indicators and categories by their titles. Read once.
import { shallowRef } from 'vue'
import { api, told, type Schema } from '../api/client'
import { readProcedures } from '../cases/procedures'
import { may } from '../people/session'
import { language, say, type Words } from '../words/language'

export type Pack = Schema['Pack']
export type Level = Schema['Level']

const kept = shallowRef<Pack | null>(null)
const categories = shallowRef<ReadonlyMap<string, Words>>(new Map())
let asked: Promise<Pack> | null = null

/** The pack by which this office works. */
export function readPack(): Promise<Pack> {
  asked ??= readProcedures()
    .then(({ pack }) => told(api.GET('/api/v1/packs/{id}', { params: { path: { id: pack } } })))
    .then(
      async (pack) => {
        kept.value = pack
        await readCategories(pack.id)
        return pack
      },
      (thrown: unknown) => {
        asked = null
        throw thrown
      },
    )
  return asked
}

/** Titles of categories stand in the pack's elements, which not everybody may read. */
async function readCategories(pack: string): Promise<void> {
  if (!may('read:pack')) return
  const page = await told(api.GET('/api/v1/packs/{id}/elements', { params: { path: { id: pack } } }))
  categories.value = new Map(
    page.items.filter((item) => item.section === 'categories').map((item) => [item.id, titleOf(item)]),
  )
}

/** The title of an element, whose values come with their paths (`title.zh`). */
export function titleOf(item: Schema['Element']): Words {
  return { zh: item.values['title.zh'] ?? item.id, en: item.values['title.en'] ?? item.id }
}

/** What was read; null until then. */
export const pack = kept

export const HIDDEN = '***'
const MASKED: Words = { zh: '已遮盖的指标', en: 'masked indicator' }

export function indicatorTitle(id: string): Words {
  if (id === HIDDEN) return MASKED
  return kept.value?.indicators.find((indicator) => indicator.id === id)?.title ?? { zh: id, en: id }
}
/** Indicators of a row in a line: each once, with how often; the masked ones last. */
export function toldIndicators(ids: readonly string[]): string {
  const often = new Map<string, number>()
  for (const id of ids) often.set(id, (often.get(id) ?? 0) + 1)
  return [...often]
    .sort(([one], [other]) => Number(one === HIDDEN) - Number(other === HIDDEN))
    .map(([id, n]) => say(indicatorTitle(id)) + (n > 1 ? ` ×${n}` : ''))
    .join(language.value === 'zh' ? '、' : ', ')
}
export function levelOf(id: string): Level | undefined {
  return kept.value?.levels.find((level) => level.id === id)
}
/** The category's title; its id where this reader is not told more. */
export function categoryTitle(id: string): Words {
  return categories.value.get(id) ?? { zh: id, en: id }
}
export function knownCategories(): readonly { id: string; title: Words }[] {
  return [...categories.value].map(([id, title]) => ({ id, title }))
}

const WORKING: Words = { zh: '{n} 个工作日内核查', en: 'to be verified within {n} working days' }
const TARGET: Words = { zh: '机关目标 {n} 个工作日', en: 'own target: {n} working days' }
const NOT_SET: Words = { zh: '期限由{who}设定，尚未设定', en: 'its term is set by {who}; not set yet' }
const NO_DAY: Words = { zh: '文件未定期限', en: 'the notice sets no day' }

/** The rule of time of a level as words and their values. */
export function ruleOf(level: Level): { words: Words; values: Readonly<Record<string, Words | number>> } {
  if (level.working_days !== null)
    return { words: level.target ? TARGET : WORKING, values: { n: level.working_days } }
  if (level.target && !level.target.is_set) return { words: NOT_SET, values: { who: level.target.set_by } }
  return { words: NO_DAY, values: {} }
}
