// SPDX-License-Identifier: Apache-2.0
// What is read of one household. Each look names the case for which it is made, where there is one.
import { api, listed, told, type Schema } from '../api/client'
import { session } from '../people/session'
import { lookedAt } from './look'

const PAGE = 200

export function readHousehold(code: string, caseId?: string): Promise<Schema['Household']> {
  return told(api.GET('/api/v1/households/{code}', { params: { path: { code } }, headers: lookedAt(caseId) }))
}

export function readWhy(code: string, caseId?: string): Promise<Schema['Why']> {
  return told(
    api.GET('/api/v1/households/{code}/why', { params: { path: { code } }, headers: lookedAt(caseId, 'monitoring') }),
  )
}

/** Facts with source, day and freshness; what visits found and what is missing. */
export function readFacts(code: string, caseId?: string): Promise<Schema['HouseholdFacts']> {
  return told(
    api.GET('/api/v1/households/{code}/facts', {
      params: { path: { code } },
      headers: lookedAt(caseId, 'verification'),
    }),
  )
}

/** The chain, the newest at the end as it comes. */
export async function readChain(code: string, caseId?: string): Promise<readonly Schema['ChainPreviewItem'][]> {
  const preview = await told(
    api.GET('/api/v1/households/{code}/visibility', { params: { path: { code } }, headers: lookedAt(caseId) }),
  )
  return preview.items
}

/** Its cases, the closed ones too. Named none, the server takes the one of them that is the reader's own office's. */
export async function readCases(code: string, caseId?: string): Promise<readonly Schema['ListedCase'][]> {
  const query = { household: code, closed: 'all', limit: PAGE } as const
  const page = await listed(api.GET('/api/v1/cases', { params: { query }, headers: lookedAt(caseId) }))
  return page.items
}

/** The open case at the reader's own office. */
export function ownCase(cases: readonly Schema['ListedCase'][]): Schema['ListedCase'] | undefined {
  return cases.find((one) => !one.closed && one.unit !== null && one.unit === session.value?.unit?.title)
}

/** The open case of its warning, if there is one. */
export function warningCase(cases: readonly Schema['ListedCase'][]): Schema['ListedCase'] | undefined {
  return cases.find((one) => one.machine === 'warning' && !one.closed)
}
