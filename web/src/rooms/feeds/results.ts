// SPDX-License-Identifier: Apache-2.0
// What an import, a cycle and a raising say when they are done (docs/api.md, Jobs).
import type { Schema } from '../../api/client'
import type { Job } from '../../api/jobs'

export type Buckets = Schema['RowBuckets']
export type FileHeadings = Schema['FileHeadings']
export type FileResult = Schema['ImportedFile']
export type ImportResult = Schema['ImportResult']
export type CycleResult = Schema['CycleResult']
export type RaiseResult = Schema['RaiseResult']

export const KINDS: readonly string[] = ['import', 'cycle', 'raise']

/** Each kind's result by what it alone says. */
export function importOf({ result }: Pick<Job, 'result'>): ImportResult | null {
  return result && 'files' in result ? result : null
}
export function cycleOf({ result }: Pick<Job, 'result'>): CycleResult | null {
  return result && 'rows_streamed' in result ? result : null
}
export function raiseOf({ result }: Pick<Job, 'result'>): RaiseResult | null {
  return result && 'settled' in result ? result : null
}

/** The day that a job is about; empty: of none. */
export function dayOf({ parameters }: Pick<Job, 'parameters'>): string {
  return 'as_of' in parameters ? parameters.as_of : ''
}
