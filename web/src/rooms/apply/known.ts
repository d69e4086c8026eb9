// SPDX-License-Identifier: Apache-2.0
// What the office knows already of a household: a question that comes up for the first time has the known answer in it,
// with whose word it is; the officer lets it stand or writes another. What is masked, stale, in conflict or without a
// paper is no answer: it is asked.
import type { Schema } from '../../api/client'
import { withFact, NONE, type Asked, type Draft } from './draft'

export type Known = Schema['HouseholdFact']

/** The value as the form writes it; empty: it cannot be read as an answer. */
export function writtenOf(asked: Asked, known: Known): string {
  const told = known.value?.zh.trim() ?? ''
  if (told === '' || known.standing !== 'counts') return ''
  if (told === '无') return asked.may_be_none ? NONE : ''
  switch (asked.type) {
    case 'bool':
      return told === '是' ? 'true' : told === '否' ? 'false' : ''
    case 'word':
      return asked.words.find((word) => word.title.zh === told)?.id ?? ''
    case 'money':
    case 'amount':
      return /^([\d,]+(?:\.\d{1,2})?) 元$/.exec(told)?.[1]?.replace(/,/g, '') ?? ''
    case 'int':
      return /^\d{1,9}$/.test(told) ? told : ''
    case 'ratio':
      return /^\d{1,6}(\.\d{1,6})?$/.test(told) ? told : ''
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(told) ? told : ''
    default:
      return ''
  }
}

/** Of the household as a whole (null), or of the member at that place. */
export function knownOf(
  known: readonly Known[],
  persons: readonly (string | null)[],
  asked: Asked,
  place: number | null,
): Known | undefined {
  const person = place === null ? null : persons[place]
  if (person === undefined || (place !== null && person === null)) return undefined
  return known.find((one) => one.fact === asked.fact && one.person === person && writtenOf(asked, one) !== '')
}

/** Each known answer is offered once: what the officer then takes out stays out. */
export function withKnown(draft: Draft, known: readonly Known[], persons: readonly (string | null)[]): Draft {
  let now = draft
  const offered = new Set(draft.offered)
  for (const asked of draft.asked) {
    const places = asked.ofPeople ? draft.members.map((_, place) => place) : [null]
    for (const place of places) {
      const key = `${place ?? ''}/${asked.fact}`
      const found = knownOf(known, persons, asked, place)
      if (!found || offered.has(key)) continue
      offered.add(key)
      const told = place === null ? now.household : now.members[place]
      if (told?.[asked.fact] === undefined) now = withFact(now, asked.fact, place, writtenOf(asked, found))
    }
  }
  return offered.size === draft.offered.length ? draft : { ...now, offered: [...offered] }
}

/** Without the answers that were put in: another household has its own, and they need not lie in the tab. */
export function withoutKnown(draft: Draft): Draft {
  let now: Draft = { ...draft, offered: [] }
  for (const key of draft.offered) {
    const at = key.indexOf('/')
    now = withFact(now, key.slice(at + 1), at === 0 ? null : Number(key.slice(0, at)), '')
  }
  return now
}
