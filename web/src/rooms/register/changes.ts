// SPDX-License-Identifier: Apache-2.0
// Fields that a case changes, put together by whom they are about.
import type { Schema } from '../../api/client'
import { lastOf } from '../../parts/last'

export type Field = Schema['ChangedField']
export interface Subject {
  readonly of: 'household' | 'person'
  readonly isNew: boolean
  readonly id: string | null
  readonly fields: readonly Field[]
}

/** Somebody new has no number: where a field comes again, the next person begins. */
export function subjectsOf(changes: readonly Field[]): readonly Subject[] {
  const found: { of: 'household' | 'person'; isNew: boolean; id: string | null; fields: Field[] }[] = []
  for (const one of changes) {
    const last = lastOf(found)
    const same = last && last.of === one.of && last.id === one.id && last.isNew === one.is_new
    if (same && !last.fields.some((field) => field.field === one.field)) last.fields.push(one)
    else found.push({ of: one.of, isNew: one.is_new, id: one.id, fields: [one] })
  }
  return found
}
