// SPDX-License-Identifier: Apache-2.0
// Files that arrived. The server tells them in the order in which they came.
import { api, told, type Schema } from '../../api/client'

export type Arrival = Schema['Arrival']
const PAGE = 200

/** All of one day, or of every day; the newest first. */
export async function arrivalsOf(day?: string, dataset?: string): Promise<readonly Arrival[]> {
  const found: Arrival[] = []
  let cursor: string | null = null
  do {
    const page: Schema['ArrivalPage'] = await told(
      api.GET('/api/v1/arrivals', {
        params: {
          query: {
            limit: PAGE,
            ...(day ? { as_of: day } : {}),
            ...(dataset ? { dataset } : {}),
            ...(cursor ? { cursor } : {}),
          },
        },
      }),
    )
    found.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return found.reverse()
}
