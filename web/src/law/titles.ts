// SPDX-License-Identifier: Apache-2.0
// What the law in force calls its levels, categories, benefits, indicators, datasets and facts, and why somebody looks:
// no screen shows an id where a person expects a word. Read once, by whoever is signed in.
import { shallowRef } from 'vue'
import { api, told, type Schema } from '../api/client'
import type { Words } from '../words/language'

export type Titled = Exclude<keyof Schema['Titles'], 'pack' | 'pack_title' | 'offices'>
const KINDS: readonly Titled[] = [
  'levels',
  'categories',
  'benefits',
  'datasets',
  'facts',
  'purposes',
  'verbs',
  'things',
  'indicators',
]

const kept = shallowRef<ReadonlyMap<Titled, ReadonlyMap<string, Words>>>(new Map())
let asked: Promise<void> | null = null
/** While they come nothing is known to have no title. */
const coming = shallowRef(false)
const WAITING: Words = { zh: '…', en: '…' }
let offices: Schema['Titles']['offices'] = []
let inForce = ''

/** Where things are, for whoever is not told by the list of offices; once the titles were read. */
export function officesTold(): Schema['Titles']['offices'] {
  return offices
}

/** The id of the pack by which this office works; once the titles were read. */
export function packInForce(): string {
  return inForce
}

export function readTitles(): Promise<void> {
  coming.value = kept.value.size === 0
  asked ??= told(api.GET('/api/v1/titles')).then(
    (answer) => {
      offices = answer.offices
      inForce = answer.pack
      kept.value = new Map(KINDS.map((kind) => [kind, new Map(answer[kind].map((one) => [one.id, one.title]))]))
      coming.value = false
    },
    (thrown: unknown) => {
      coming.value = false
      asked = null
      throw thrown
    },
  )
  return asked
}

/** For a screen that shows ids as well where there are none. */
export function wantTitles(): void {
  readTitles().catch(() => undefined)
}

/** The title; the id itself where the law in force no longer has such a thing, and never before that is known. */
export function titleOf(kind: Titled, id: string): Words {
  return kept.value.get(kind)?.get(id) ?? (coming.value ? WAITING : { zh: id, en: id })
}

export function allTitles(kind: Titled): readonly { id: string; title: Words }[] {
  return [...(kept.value.get(kind) ?? [])].map(([id, title]) => ({ id, title }))
}
