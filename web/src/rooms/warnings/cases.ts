// SPDX-License-Identifier: Apache-2.0
// The cases that answer the warnings of the list, as their rows tell them, and moves of many at once.
import { computed } from 'vue'
import { api, told, type Schema } from '../../api/client'
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

export interface RowAnswer {
  readonly household: string
  readonly outcome: string
  readonly faults: readonly Schema['CaseFault'][]
}

const TOGETHER = 50

/** Makes one move of many cases, some at a time, so that answers show as they come. Sent again, each is made once. */
export async function moveMany(
  cases: readonly WarningCase[],
  move: { id: string; on: string; fields: Schema['NewMoves']['fields']; key: string },
  heard: (answers: readonly RowAnswer[]) => void,
): Promise<void> {
  const households = new Map(cases.map((one) => [one.id, one.household]))
  for (let at = 0; at < cases.length; at += TOGETHER) {
    const some = cases.slice(at, at + TOGETHER)
    const answer = await told(
      api.POST('/api/v1/moves', {
        body: {
          cases: some.map((one) => one.id),
          move: move.id,
          on: move.on,
          fields: move.fields,
          client_key: `${move.key}-${at}`,
        },
      }),
    )
    heard(
      answer.items.map((item) => ({
        household: households.get(item.case) ?? item.case,
        outcome: item.outcome,
        faults: item.faults,
      })),
    )
  }
}
