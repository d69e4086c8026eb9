// SPDX-License-Identifier: Apache-2.0
// Lists of cases, by the day on which they are due.
import { api, Fault, told, type Schema } from '../api/client'
import type { Page } from '../api/list'
import type { paths } from '../api/schema'

export type ListedCase = Schema['ListedCase']
export type CaseQuery = NonNullable<paths['/api/v1/cases']['get']['parameters']['query']>

export async function readCases(query: CaseQuery): Promise<Page<ListedCase>> {
  const answer = await told(api.GET('/api/v1/cases', { params: { query } }))
  // The same address gives files too; a page was asked for.
  if (typeof answer === 'string') throw new Fault(200, { code: 'unexpected' })
  return answer
}
