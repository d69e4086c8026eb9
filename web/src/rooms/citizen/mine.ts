// SPDX-License-Identifier: Apache-2.0
// What a citizen may see of their own home, and what its words are.
import { api, told, type Schema } from '../../api/client'
import type { Words } from '../../words/language'
import { selfOf } from './own'

export interface Home {
  readonly household: Schema['Household'] | null
  /** Whoever is signed in, among its members. */
  readonly self: Schema['Member'] | null
  readonly category: Words | null
  readonly window: Schema['ServiceWindow'] | null
}

export async function readHome(): Promise<Home> {
  const page = await told(api.GET('/api/v1/households', { params: { query: { limit: 1 } } }))
  const first = page.items[0]
  if (!first) return { household: null, self: null, category: null, window: null }
  const household = await told(api.GET('/api/v1/households/{code}', { params: { path: { code: first.code } } }))
  const rules = await told(api.POST('/api/v1/self-checks', { body: { region: household.region, people: 1 } }))
  return {
    household,
    self: selfOf(household.members),
    category: rules.categories.find((one) => one.id === household.category)?.title ?? null,
    window: rules.window,
  }
}

export async function readMyCases(): Promise<readonly Schema['ListedCase'][]> {
  const query = { closed: 'all', limit: 50 } as const
  const page = (await told(api.GET('/api/v1/cases', { params: { query } }))) as Schema['CasePage']
  return [...page.items].sort((one, other) => other.opened_on.localeCompare(one.opened_on))
}
