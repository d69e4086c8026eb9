// SPDX-License-Identifier: Apache-2.0
// One case as the server tells it, with the version that a move of it has to name.
import { api, answered, type Schema } from '../api/client'

export type Case = Schema['Case']
export type CaseEvent = Schema['CaseEvent']
export type CaseClock = Schema['CaseClock']
export type ListedCase = Schema['ListedCase']

export interface SeenCase {
  readonly body: Case
  readonly version: string
}

export async function readCase(id: string, day?: string): Promise<SeenCase> {
  const params = { path: { id }, query: day ? { day } : {} }
  return answered(api.GET('/api/v1/cases/{id}', { params }))
}

/** What was done since a version was seen. */
export function eventsSince(one: Case, version: string): CaseEvent[] {
  const seen = Number(/\d+/.exec(version)?.[0] ?? NaN)
  return Number.isNaN(seen) ? [] : one.events.filter((event) => event.number > seen)
}
