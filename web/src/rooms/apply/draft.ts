// SPDX-License-Identifier: Apache-2.0
// What is being asked at the desk. Members stand by their place, never by name or number: so it may lie in this tab
// until it is sent or thrown away, and nobody is named by it.
import type { MissingFact } from './answer'

/** How a fact is asked: as the server says it. */
export type Asked = Pick<
  MissingFact,
  'fact' | 'title' | 'help' | 'how' | 'type' | 'words' | 'may_be_none' | 'cost'
> & {
  /** Of each member, or of the household as a whole. */
  readonly ofPeople: boolean
}

/** "None" is told; an empty text is nothing told. */
export const NONE = '\u2205'

export interface Draft {
  readonly authorisedOn: string
  readonly asked: readonly Asked[]
  readonly household: Readonly<Record<string, string>>
  readonly members: readonly Readonly<Record<string, string>>[]
  /** Known answers that were put into the form, by place and fact. */
  readonly offered: readonly string[]
}
export const EMPTY: Draft = { authorisedOn: '', asked: [], household: {}, members: [{}], offered: [] }

export function readDraft(key: string): Draft {
  const kept = sessionStorage.getItem(key)
  if (kept === null) return EMPTY
  try {
    return { ...EMPTY, ...(JSON.parse(kept) as Partial<Draft>) }
  } catch {
    return EMPTY
  }
}
export function keepDraft(key: string, draft: Draft): void {
  sessionStorage.setItem(key, JSON.stringify(draft))
}
export function dropDraft(key: string): void {
  sessionStorage.removeItem(key)
}

/** As many members as there are, each with what was told of it. */
export function withMembers(draft: Draft, count: number): Draft {
  const members = Array.from({ length: Math.max(1, count) }, (_, n) => draft.members[n] ?? {})
  return { ...draft, members }
}

export function withFact(draft: Draft, fact: string, place: number | null, written: string): Draft {
  const set = (facts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries({ ...facts, [fact]: written }).filter(([, value]) => value !== ''))
  if (place === null) return { ...draft, household: set(draft.household) }
  return { ...draft, members: draft.members.map((facts, n) => (n === place ? set(facts) : facts)) }
}

/** New questions stand behind those that were asked before: nothing moves under the hand. */
export function withAsked(draft: Draft, missing: readonly MissingFact[]): Draft {
  const known = new Set(draft.asked.map((one) => one.fact))
  const fresh = missing
    .filter((one) => one.type !== null && !known.has(one.fact))
    .map((one): Asked => ({
      fact: one.fact,
      title: one.title,
      help: one.help,
      how: one.how,
      type: one.type,
      words: one.words,
      may_be_none: one.may_be_none,
      cost: one.cost,
      ofPeople: one.people !== null,
    }))
    .sort((one, other) => one.cost - other.cost)
  return fresh.length ? { ...draft, asked: [...draft.asked, ...fresh] } : draft
}

type Told = string | number | boolean | null
/** A value as a case tells it; undefined: nothing was told, or it cannot be read. */
export function toldOf(type: Asked['type'], written: string): Told | undefined {
  const text = written.trim()
  if (text === '') return undefined
  if (text === NONE) return null
  if (type === 'bool') return text === 'true'
  if (type === 'int') return /^\d{1,9}$/.test(text) ? Number(text) : undefined
  if (type === 'money' || type === 'amount') {
    const plain = text.replace(/[,，\s]/g, '')
    return /^\d{1,12}(\.\d{1,2})?$/.test(plain) ? plain : undefined
  }
  if (type === 'ratio') return /^\d{1,6}(\.\d{1,6})?$/.test(text) ? text : undefined
  return text
}

/** Whether something stands there that cannot be read. */
export function isUnreadable(type: Asked['type'], written: string): boolean {
  return written.trim() !== '' && toldOf(type, written) === undefined
}

export interface Place {
  readonly region: string
  readonly day: string
}

/** The case as the server determines it. `labels`: what members are called, which is never their name. */
export function caseOf(draft: Draft, place: Place, labels: readonly string[]): Record<string, unknown> {
  const types = new Map(draft.asked.map((one) => [one.fact, one.type]))
  const told = (facts: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(facts)
        .map(([fact, written]) => [fact, toldOf(types.get(fact) ?? 'word', written)] as const)
        .filter(([, value]) => value !== undefined),
    )
  return {
    region: place.region,
    as_of: place.day,
    household: told(draft.household),
    members: draft.members.map((facts, n) => ({ name: labels[n] ?? `${n + 1}`, ...told(facts) })),
    ...(draft.authorisedOn ? { application: { authorised_on: draft.authorisedOn } } : {}),
  }
}

/** Where drafts lie in the tab: the one at the desk, and that of a case that was registered. */
export const DESK_KEY = 'doudi.apply.desk'
export function caseKey(id: string): string {
  return `doudi.apply.case.${id}`
}
