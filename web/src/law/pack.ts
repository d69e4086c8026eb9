// SPDX-License-Identifier: Apache-2.0
// The pack in force: its levels with their rules of time, and its indicators and categories in words. Read once.
import { shallowRef } from 'vue'
import { api, Fault, told, type Schema } from '../api/client'
import { say, type Words } from '../words/language'
import { comma } from '../words/marks'
import { allTitles, packInForce, readTitles, titleOf } from './titles'

export type Pack = Schema['Pack']
export type Level = Schema['Level']

const kept = shallowRef<Pack | null>(null)
let asked: Promise<Pack | null> | null = null

/** The pack by which this office works, as far as this reader is told of it; its titles are told to everybody. */
export function readPack(): Promise<Pack | null> {
  asked ??= readTitles()
    .then(() => told(api.GET('/api/v1/packs/{id}', { params: { path: { id: packInForce() } } })))
    .then(
      (pack) => (kept.value = pack),
      (thrown: unknown) => {
        // A pack that keeps its points to itself is not there for whoever may not read packs.
        if (thrown instanceof Fault && (thrown.status === 404 || thrown.status === 403)) return null
        asked = null
        throw thrown
      },
    )
  return asked
}

/** What was read; null until then. */
export const pack = kept

export const HIDDEN = '***'
const MASKED: Words = { zh: '已遮盖的指标', en: 'Masked indicator' }

export function indicatorTitle(id: string): Words {
  if (id === HIDDEN) return MASKED
  return titleOf('indicators', id)
}
/** Indicators of a row in a line: each once, with how often; the masked ones last. */
export function toldIndicators(ids: readonly string[]): string {
  const often = new Map<string, number>()
  for (const id of ids) often.set(id, (often.get(id) ?? 0) + 1)
  return [...often]
    .sort(([one], [other]) => Number(one === HIDDEN) - Number(other === HIDDEN))
    .map(([id, n]) => say(indicatorTitle(id)) + (n > 1 ? ` ×${n}` : ''))
    .join(comma())
}
export function levelOf(id: string): Level | undefined {
  return kept.value?.levels.find((level) => level.id === id)
}
export function categoryTitle(id: string): Words {
  return titleOf('categories', id)
}
export function knownCategories(): readonly { id: string; title: Words }[] {
  return allTitles('categories')
}

const WORKING: Words = { zh: '{n} 个工作日内核查', en: 'within {n} working {n|day|days}' }
const TARGET: Words = { zh: '机关目标 {n} 个工作日', en: 'own target: {n} working {n|day|days}' }
const NOT_SET: Words = { zh: '期限由{who}设定，尚未设定', en: 'its term is set by {who}; not set yet' }
const NO_DAY: Words = { zh: '文件未定期限', en: 'the notice sets no day' }

/** Its days are a target of the office: the law sets none. */
export function isTarget(id: string): boolean {
  return Boolean(levelOf(id)?.target)
}

/** The rule of time of a level as words and their values. */
export function ruleOf(level: Level): { words: Words; values: Readonly<Record<string, Words | number>> } {
  if (level.working_days !== null)
    return { words: level.target ? TARGET : WORKING, values: { n: level.working_days } }
  if (level.target && !level.target.is_set) return { words: NOT_SET, values: { who: level.target.set_by } }
  return { words: NO_DAY, values: {} }
}
