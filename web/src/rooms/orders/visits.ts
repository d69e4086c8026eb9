// SPDX-License-Identifier: Apache-2.0
// What was served of an order, as its events tell it: one signed visit a row, and the hours of all.
import type { Case } from '../../cases/one_case'
import { lastOf } from '../../parts/last'

const SERVED = 'serve'
const ORDERED = 'order'

export interface Visit {
  readonly number: number
  readonly on: string
  readonly hours: number | null
  readonly note: string
  readonly pictures: readonly string[]
}
export interface Served {
  /** How often it was ordered; null: it was not, or that is withheld. */
  readonly ordered: number | null
  readonly visits: readonly Visit[]
  /** Null where one of them does not tell its own. */
  readonly hours: number | null
}

function countOf(values: readonly string[] | undefined): number | null {
  const [first = ''] = values ?? []
  return /^\d+$/.test(first) ? Number(first) : null
}

export function servedOf(events: Case['events']): Served {
  const visits = events
    .filter((event) => event.move === SERVED)
    .map((event, at) => ({
      number: at + 1,
      on: event.on,
      hours: countOf(event.fields['hours']),
      note: (event.fields['note'] ?? []).join('\n'),
      pictures: event.fields['attachments'] ?? [],
    }))
  const last = lastOf(events.filter((event) => event.move === ORDERED))
  return {
    ordered: countOf(last?.fields['times']),
    visits,
    hours: visits.reduce<number | null>((sum, { hours }) => (sum === null || hours === null ? null : sum + hours), 0),
  }
}
