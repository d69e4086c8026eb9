// SPDX-License-Identifier: Apache-2.0
// What may be chosen in a field: offices, departments, members of the household, categories and benefits of the pack.
import { api, Fault, told, type Schema } from '../api/client'
import { say } from '../words/language'
import type { CaseField } from './procedures'

export interface Choice {
  readonly id: string
  readonly title: string
}

export type Unit = Schema['Unit']
let units: Promise<readonly Unit[]> | null = null

/** Every office within reach, in the order of the tree. */
export function readUnits(): Promise<readonly Unit[]> {
  units ??= told(api.GET('/api/v1/units'))
    .then((page) => page.items)
    .catch((thrown: unknown) => {
      units = null
      throw thrown
    })
  return units
}

async function members(household: string): Promise<readonly Choice[]> {
  if (!household) return []
  const body = await told(api.GET('/api/v1/households/{code}', { params: { path: { code: household } } }))
  return body.members.map((member) => ({
    id: member.id,
    title: [member.name ?? '***', member.relation].filter(Boolean).join('　'),
  }))
}

/** Offices as one may choose them; null: this role may not read them, so their code is written. */
async function offices(): Promise<readonly Choice[] | null> {
  try {
    return (await readUnits()).map((unit) => ({ id: unit.code, title: unit.title }))
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.status === 403) return null
    throw thrown
  }
}

/** What a field lets one choose; null: it is written freely. Words of the law come with the field. */
export async function choicesOf(field: CaseField, household: string): Promise<readonly Choice[] | null> {
  if (field.words.length) return field.words.map((word) => ({ id: word.id, title: say(word.title) }))
  switch (field.type) {
    case 'unit':
      return offices()
    case 'person':
    case 'people':
      return household ? members(household) : null
    default:
      return null
  }
}
