// SPDX-License-Identifier: Apache-2.0
// The cases of the warnings: which household's warning stands where. They come page by page beside the list.
import { computed, onBeforeUnmount, shallowRef, type ShallowRef } from 'vue'
import { api, listed, told, type Schema } from '../../api/client'
import { procedures } from '../../cases/procedures'
import { hasRole } from '../../people/session'

export type WarningCase = Schema['ListedCase']
export const MACHINE = 'warning'
const PAGE = 200

export interface WarningCases {
  readonly of: ShallowRef<ReadonlyMap<string, WarningCase>>
  load: () => Promise<void>
}

/** All open cases of warnings within reach, by household. */
export function useWarningCases(): WarningCases {
  const of = shallowRef<ReadonlyMap<string, WarningCase>>(new Map())
  let turn = 0
  onBeforeUnmount(() => (turn += 1))
  return {
    of,
    async load() {
      const mine = ++turn
      const found = new Map<string, WarningCase>()
      let cursor: string | undefined
      do {
        const page: Schema['CasePage'] = await listed(
          api.GET('/api/v1/cases', {
            params: { query: { machine: MACHINE, limit: PAGE, ...(cursor ? { cursor } : {}) } },
          }),
        )
        if (mine !== turn) return
        for (const item of page.items) found.set(item.household, item)
        of.value = new Map(found)
        cursor = page.next ?? undefined
      } while (cursor)
    },
  }
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
