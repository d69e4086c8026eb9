// SPDX-License-Identifier: Apache-2.0
// Kinds of change as the office's own rules have them, and what this session may do with each. Read once.
import { shallowRef } from 'vue'
import { api, told, type Schema } from '../../api/client'
import { categoryTitle } from '../../law/pack'
import { officeTitle } from '../../people/offices'
import { say } from '../../words/language'
import { relationTold, sexTold } from '../../words/register'
import { FIELDS } from './words'

export type Kind = Schema['ChangeKind']
export const kinds = shallowRef<readonly Kind[]>([])
let asked: Promise<readonly Kind[]> | null = null

export function readKinds(): Promise<readonly Kind[]> {
  asked ??= told(api.GET('/api/v1/register/kinds')).then(
    (answer) => (kinds.value = answer.items),
    (thrown: unknown) => {
      asked = null
      throw thrown
    },
  )
  return asked
}
export function kindOf(id: string): Kind | undefined {
  return kinds.value.find((kind) => kind.id === id)
}
export function kindTitle(id: string): string {
  const kind = kindOf(id)
  return kind ? say(kind.title) : id
}
/** Questions are put by an import alone, and an undo begins at the change that it takes back. */
export function proposable(): readonly Kind[] {
  return kinds.value.filter((kind) => kind.may_propose && kind.answers.length === 0 && kind.may.length > 0)
}
export function fieldTitle(id: string): string {
  const words = FIELDS[id]
  return words ? say(words) : id
}
/** What stands in a field, as its reader reads it: null where it is masked. */
export function valueTold(field: string, value: string | null): string {
  if (value === null) return '***'
  if (value === '') return '—'
  if (field === 'unit') return officeTitle(value)
  if (field === 'relation') return relationTold(value)
  if (field === 'sex') return sexTold(value)
  return field === 'category' ? say(categoryTitle(value)) : value
}
