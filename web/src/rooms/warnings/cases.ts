// SPDX-License-Identifier: Apache-2.0
// The cases that answer the warnings of the list, as their rows tell them, and the moves that many take at once.
import { computed } from 'vue'
import type { Schema } from '../../api/client'
import { procedures } from '../../cases/procedures'
import { hasRole } from '../../people/session'

export type WarningCase = Schema['AnsweringCase'] & { readonly household: string }
export const MACHINE = 'warning'

/** Cases within reach, by household. */
export function casesOf(rows: readonly Schema['Warning'][]): ReadonlyMap<string, WarningCase> {
  return new Map(
    rows.flatMap((row) => (row.case ? [[row.household, { ...row.case, household: row.household }] as const] : [])),
  )
}

/** Moves that send a warning to another office and that this role makes: what may be done to many at once. */
export const handingMoves = computed(() => {
  const machine = procedures.value?.machines.find((one) => one.id === MACHINE)
  return (machine?.moves ?? []).filter(
    (move) => move.from.length > 0 && move.needs.includes('to_unit') && hasRole(...move.by),
  )
})
