// SPDX-License-Identifier: Apache-2.0
import { api, Fault, told, type Schema } from '../../api/client'

export type Overview = Schema['Overview']

export function readOverview(): Promise<Overview> {
  return told(api.GET('/api/v1/overview'))
}

/** The office's own boundaries; null where none were brought, or this reader may not see them. */
export async function readBoundaries(): Promise<Schema['BoundaryPack'] | null> {
  try {
    return await told(api.GET('/api/v1/boundaries'))
  } catch (thrown) {
    if (thrown instanceof Fault && (thrown.status === 404 || thrown.status === 403)) return null
    throw thrown
  }
}
