// SPDX-License-Identifier: Apache-2.0
// What is asked of the log of looks, as it stands in the address of the screen.
import type { LocationQuery } from 'vue-router'
import type { Schema } from '../../api/client'
import type { Choice } from '../../cases/choices'
import { FLAGS } from '../../households/words'
import { say } from '../../words/language'
import { aside } from '../../words/marks'

export interface Wish {
  readonly user: string
  readonly unit: string
  readonly household: string
  readonly person: string
  readonly verb: string
  readonly what: string
  readonly doors: '' | 'true' | 'false'
  readonly from: string
  readonly until: string
  readonly flagged: boolean
}

export function wishOf(query: LocationQuery): Wish {
  const text = (name: string): string => {
    const value = query[name]
    return typeof value === 'string' ? value : ''
  }
  const doors = text('doors')
  return {
    user: text('user'),
    unit: text('unit'),
    household: text('household'),
    person: /^\d{1,9}$/.test(text('person')) ? text('person') : '',
    verb: text('verb'),
    what: text('what'),
    doors: doors === 'true' || doors === 'false' ? doors : '',
    from: text('from'),
    until: text('until'),
    flagged: text('flagged') === 'true',
  }
}

export interface Query {
  user?: string
  unit?: string
  household?: string
  person?: number
  verb?: string
  what?: string
  doors?: 'true' | 'false'
  from?: string
  until?: string
  flagged?: 'true'
}
/** The same as the server takes it: what is empty is not asked. */
export function askedOf(wish: Wish): Query {
  const { person, doors, flagged, ...texts } = wish
  const told = Object.entries(texts).filter(([, value]) => value.trim() !== '')
  return {
    ...(Object.fromEntries(told) as Query),
    ...(person ? { person: Number(person) } : {}),
    ...(doors ? { doors } : {}),
    ...(flagged ? { flagged: 'true' } : {}),
  }
}
/** And as text, for the address and for the file. */
export function queryOf(wish: Wish): Record<string, string> {
  return Object.fromEntries(Object.entries(askedOf(wish)).map(([name, value]) => [name, String(value)]))
}

export function flagTitle(flag: string): string {
  const words = FLAGS[flag]
  return words ? say(words) : flag
}

/** Who looked, by name, behind whom one knows already; programs have none and are written. */
export function lookersOf(looks: readonly Schema['Look'][], known: readonly Choice[] = []): readonly Choice[] {
  const all = new Map(known.map((one) => [one.id, one]))
  for (const { user, user_name: name, unit_title: office } of looks) {
    if (name) all.set(user, { id: user, title: `${name}${aside(office ?? '')}` })
  }
  return [...all.values()]
}
