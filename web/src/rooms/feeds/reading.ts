// SPDX-License-Identifier: Apache-2.0
// An original that was read again: only to be looked at, or so that it counts (docs/api.md, Files).
import type { Schema } from '../../api/client'
import type { Job } from '../../api/jobs'
import { KINDS, type Buckets, type FileResult } from './results'

export interface ReadingResult {
  readonly as_of: string
  readonly arrival: string
  readonly counts: boolean
  readonly before: {
    readonly rows: number
    readonly headings: Schema['HeadingMap'] | null
    readonly buckets?: Buckets
  }
  readonly file: FileResult
}

/** What the desk shows of long work. */
export const DESK_KINDS: readonly string[] = [...KINDS, 'reading']

export function readingOf(job: Job): ReadingResult | null {
  return job.kind === 'reading' && job.result ? (job.result as unknown as ReadingResult) : null
}
