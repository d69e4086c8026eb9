// SPDX-License-Identifier: Apache-2.0
// What may be chosen in a field: offices, departments, members of the household, categories and benefits of the pack.
import { api, told, type Schema } from '../api/client'
import { say, type Words } from '../words/language'
import { readProcedures, type CaseField } from './procedures'

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

const elements = new Map<string, Promise<readonly Choice[]>>()
function readElements(section: string): Promise<readonly Choice[]> {
  let found = elements.get(section)
  if (!found) {
    found = readProcedures().then(async ({ pack }) => {
      const page = await told(api.GET('/api/v1/packs/{id}/elements', { params: { path: { id: pack } } }))
      return page.items
        .filter((item) => item.section === section)
        .map((item) => ({ id: item.id, title: titleOf(item) }))
    })
    found.catch(() => elements.delete(section))
    elements.set(section, found)
  }
  return found
}

function titleOf(item: Schema['Element']): string {
  const title = (item.values as Record<string, unknown>)['title']
  return typeof title === 'object' && title !== null && 'zh' in title ? say(title as Words) : item.id
}

async function members(household: string): Promise<readonly Choice[]> {
  if (!household) return []
  const body = await told(api.GET('/api/v1/households/{code}', { params: { path: { code: household } } }))
  return body.members.map((member) => ({
    id: member.id,
    title: [member.name ?? '***', member.relation].filter(Boolean).join('　'),
  }))
}

/** What a field of this type lets one choose; null: it is written freely. */
export async function choicesOf(field: CaseField, household: string): Promise<readonly Choice[] | null> {
  switch (field.type) {
    case 'word':
      return field.words.map((word) => ({ id: word.id, title: say(word.title) }))
    case 'unit':
      return (await readUnits()).map((unit) => ({ id: unit.code, title: unit.title }))
    case 'department':
    case 'departments':
      return departments(await readUnits())
    case 'person':
    case 'people':
      return members(household)
    case 'category':
      return readElements('categories')
    case 'benefit':
    case 'benefits':
      return readElements('benefits')
    case 'branch':
      return readElements('branches')
    default:
      return null
  }
}

function departments(units: readonly Unit[]): readonly Choice[] {
  const found = new Map<string, string>()
  for (const unit of units) if (unit.department && !found.has(unit.department)) found.set(unit.department, unit.title)
  return [...found].map(([id, title]) => ({ id, title }))
}
