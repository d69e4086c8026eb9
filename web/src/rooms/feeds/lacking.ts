// SPDX-License-Identifier: Apache-2.0
import { api, told, type Schema } from '../../api/client'

/** Whom the register alone has, of one file's day. */
export async function lackingOf(arrival: string, limit: number, cursor?: string): Promise<Schema['LackingPage']> {
  const query = { limit, ...(cursor ? { cursor } : {}) }
  return await told(api.GET('/api/v1/arrivals/{id}/lacking', { params: { path: { id: arrival }, query } }))
}
