// SPDX-License-Identifier: Apache-2.0
// What may be chosen in a field: offices, departments, colleagues, members of the household, words of
// the law.
import { api, Fault, told, type Schema } from '../api/client'
import { lookedAt } from '../households/look'
import { session } from '../people/session'
import { say } from '../words/language'
import { aside, comma } from '../words/marks'
import { relationTold } from '../words/register'
import type { CaseField } from './procedures'

export interface Choice {
  readonly id: string
  readonly title: string
}

export type Unit = Schema['Unit']
let units: Promise<readonly Unit[]> | null = null

/** Every office within reach, in the order of the tree, and the departments to which cases are handed. */
export function readUnits(): Promise<readonly Unit[]> {
  units ??= told(api.GET('/api/v1/units'))
    .then((page) => page.items)
    .catch((thrown: unknown) => {
      units = null
      throw thrown
    })
  return units
}

async function members(household: string, caseId: string): Promise<readonly Choice[]> {
  if (!household) return []
  const body = await told(
    api.GET('/api/v1/households/{code}', {
      params: { path: { code: household } },
      headers: lookedAt(caseId),
    }),
  )
  return body.members.map((member) => ({
    id: member.id,
    title: [member.name ?? '***', relationTold(member.relation)].filter(Boolean).join(' · '),
  }))
}

/** Where a move may hand the case: a department's office has what is sent to it. Outside of one, one's own. */
function takesUnit(unit: Unit, handsTo: readonly string[] | undefined): boolean {
  if (!handsTo) return unit.within
  if (unit.department !== '') return handsTo.includes('department')
  return handsTo.includes('anywhere') || (handsTo.includes('below') && unit.within)
}

/** Offices as one may choose them; null: this role may not read them, so their code is written. */
async function offices(handsTo: readonly string[] | undefined): Promise<readonly Choice[] | null> {
  try {
    const units = await readUnits()
    return units.filter((unit) => takesUnit(unit, handsTo)).map((unit) => ({ id: unit.code, title: unit.title }))
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.status === 403) return null
    throw thrown
  }
}

type People = readonly Choice[] | null
/** By whom they were read: whoever signs in next at this window is told of others. */
const people = new Map<string, Promise<People>>()
const keyOf = (where: string): string => `${session.value?.user ?? ''} ${where}`

async function readPeople(where: 'here' | 'below'): Promise<People> {
  const key = keyOf(where)
  try {
    const query = where === 'below' ? { below: 'true' as const } : {}
    const page = await told(api.GET('/api/v1/colleagues', { params: { query } }))
    return page.items.map((one) => ({
      id: one.name,
      title:
        (one.full_name || one.name) + aside([one.unit, ...one.roles.map((role) => say(role.title))].join(comma())),
    }))
  } catch (thrown) {
    people.delete(key)
    if (thrown instanceof Fault && thrown.status === 403) return null
    throw thrown
  }
}
function readPeopleOnce(where: 'here' | 'below'): Promise<People> {
  const key = keyOf(where)
  const reading = people.get(key) ?? readPeople(where)
  people.set(key, reading)
  return reading
}
/** Who sits at the same office, by the name that a move takes; null: this role is told of nobody. */
export const readColleaguesOnce = (): Promise<People> => readPeopleOnce('here')
/** Those of the offices below too, to whom work is handed; null: this role hands none out. */
export const readBelowOnce = (): Promise<People> => readPeopleOnce('below')

/** What a field lets one choose; null: it is written freely. Words of the law come with the field. */
export async function choicesOf(
  field: CaseField,
  household: string,
  handsTo?: readonly string[],
  caseId = '',
): Promise<readonly Choice[] | null> {
  if (field.words.length) return field.words.map((word) => ({ id: word.id, title: say(word.title) }))
  switch (field.type) {
    case 'unit':
      return offices(handsTo)
    case 'user':
    case 'users':
      return readColleaguesOnce()
    case 'person':
    case 'people':
      return household ? members(household, caseId) : null
    default:
      return null
  }
}
