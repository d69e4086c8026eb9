// SPDX-License-Identifier: Apache-2.0
// One first request, of somebody who is on no register, read again.
import { api, Fault, listed, type Schema } from '../api/client'

export type FirstRequest = Schema['FirstRequest']

/** Refused since somebody settled it: while the form was written, or at the very same moment. */
export function isSettledMeanwhile(fault: Fault): boolean {
  return fault.code === 'first_request_settled' || fault.errors.some((one) => one.code === 'no_such_first_request')
}

/** As it stands now; null: it is no longer kept. */
export async function readFirstRequest(id: string): Promise<FirstRequest | null> {
  const all = await listed(api.GET('/api/v1/first-requests', { params: { query: { state: 'all' } } }))
  return all.items.find((one) => one.id === id) ?? null
}
