// SPDX-License-Identifier: Apache-2.0
// What an import, a cycle and a raising say when they are done (docs/api.md, Jobs).
import type { Job } from '../../api/jobs'
import type { Words } from '../../words/language'
import type { BucketId } from './words'

export type Buckets = Readonly<Record<BucketId, number>>
/** How the file's headings were read, where a person may say more of them. */
export interface FileHeadings {
  readonly row: number
  readonly dataset: string
  readonly dataset_title: Words
  readonly unknown: readonly string[]
  readonly fields: readonly {
    readonly field: string
    readonly title: string
    readonly required: boolean
    readonly heading: string | null
  }[]
}
export interface FileResult {
  readonly file: string
  readonly dataset: string
  readonly is_register: boolean
  readonly known_already: boolean
  readonly refused: { readonly code: string; readonly text: Words; readonly where: string } | null
  readonly rows: number
  readonly rejected: number
  readonly findings: number
  readonly remarks: readonly Words[]
  /** Not there for who is told of the form alone. */
  readonly buckets?: Buckets
  readonly added?: number
  readonly changed?: number
  readonly unchanged?: number
  /** Not there in what was imported by an older version. */
  readonly headings?: FileHeadings | null
  /** The upload that waits for somebody to say what its headings mean. */
  readonly upload?: string | null
}
export interface ImportResult {
  readonly as_of: string
  readonly files: readonly FileResult[]
  readonly remarks: readonly Words[]
  readonly any_refused: boolean
  readonly households_placed: number
  readonly proposal: { readonly id: string; readonly accepted: boolean; readonly overtaken: number } | null
  readonly register_unchanged: boolean
  readonly households_asked_about: number
  readonly members_asked_about: number
}
export interface CycleResult {
  readonly as_of: string
  readonly warnings_opened: number
  readonly warnings_closed: number
  readonly warnings_open: number
  readonly events_possible: number
  readonly events_to_review: number
  readonly exits_proposed: number
  readonly provisional_dues: number
  readonly levels: readonly { readonly level: string; readonly open: number }[]
}
export interface RaiseResult {
  readonly opened: number
  readonly joined: number
  readonly withdrawn: number
  readonly nowhere: number
}

export const KINDS: readonly string[] = ['import', 'cycle', 'raise']

export function importOf(job: Job): ImportResult | null {
  return job.kind === 'import' && job.result ? (job.result as unknown as ImportResult) : null
}
export function cycleOf(job: Job): CycleResult | null {
  return job.kind === 'cycle' && job.result ? (job.result as unknown as CycleResult) : null
}
export function raiseOf(job: Job): RaiseResult | null {
  return (job.kind as string) === 'raise' && job.result ? (job.result as unknown as RaiseResult) : null
}

/** The day that a job is about. */
export function dayOf(job: Job): string {
  const day: unknown = (job.parameters as Record<string, unknown>)['as_of']
  return typeof day === 'string' ? day : ''
}
