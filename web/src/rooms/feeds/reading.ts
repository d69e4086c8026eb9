// SPDX-License-Identifier: Apache-2.0
// An original that was read again: only to be looked at, or so that it counts (docs/api.md, Files).
import type { Schema } from '../../api/client'
import type { Job } from '../../api/jobs'
import { KINDS } from './results'

export type ReadingResult = Schema['ReadingResult']

/** What the desk shows of long work. */
export const DESK_KINDS: readonly string[] = [...KINDS, 'reading']

export function readingOf({ result }: Pick<Job, 'result'>): ReadingResult | null {
  return result && 'before' in result ? result : null
}
