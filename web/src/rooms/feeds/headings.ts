// SPDX-License-Identifier: Apache-2.0
// A file's headings beside the fields of a dataset, and what a person says of those that nobody knows.
import type { Schema } from '../../api/client'
import type { Job } from '../../api/jobs'
import type { FileHeadings } from './results'

export interface FieldOf {
  readonly field: string
  readonly title: string
  readonly required: boolean
  /** The file's heading that is read as it already. */
  readonly heading: string | null
}
export type Said = Readonly<Record<string, string>> // heading by field

/** The fields of another dataset than the nearest: what it knows of the file's headings as they are written. */
export function fieldsOf(columns: readonly Schema['DatasetColumn'][], headings: readonly string[]): FieldOf[] {
  return columns.map((column) => ({
    field: column.field,
    title: column.headings[0] ?? column.field,
    required: column.required,
    heading: headings.find((heading) => column.headings.includes(heading)) ?? null,
  }))
}
export function headingsOf(file: FileHeadings): readonly string[] {
  return [...file.unknown, ...file.fields.flatMap((one) => (one.heading === null ? [] : [one.heading]))]
}

/** What was said before of the same headings, the latest first: shown as a proposal, a person still sends it. */
export function saidBefore(
  jobs: readonly Job[],
  dataset: string,
  fields: readonly FieldOf[],
  open: readonly string[],
): Said {
  const said: Record<string, string> = {}
  for (const job of jobs) {
    const map = 'headings' in job.parameters ? job.parameters.headings : null
    if (map?.dataset !== dataset) continue
    for (const { heading, field } of map.columns) {
      const lacks = fields.some((one) => one.field === field && one.heading === null)
      if (lacks && open.includes(heading) && said[field] === undefined) said[field] = heading
    }
  }
  return said
}

/** An empty table with the usual headings, as a spreadsheet program opens it; required fields first. */
export function templateOf({ columns }: Pick<Schema['Dataset'], 'columns'>): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text)
  const ordered = [...columns.filter((one) => one.required), ...columns.filter((one) => !one.required)]
  return `\uFEFF${ordered.map((one) => cell(one.headings[0] ?? one.field)).join(',')}\r\n`
}

/** What still lacks before the file can be read. */
export function lacking(fields: readonly FieldOf[], said: Said): readonly FieldOf[] {
  return fields.filter((one) => one.required && one.heading === null && !said[one.field])
}

/** All that is said of a file that was read: what was said before stays, unless something else is said of it now. */
export function wholeMap(before: Schema['HeadingMap'] | null, dataset: string, said: Said): Schema['HeadingMap'] {
  const now = mapOf(dataset, said)
  const fields = new Set(now.columns.flatMap((one) => [one.field, one.heading]))
  const kept = (before?.columns ?? []).filter((one) => !fields.has(one.field) && !fields.has(one.heading))
  return { dataset, columns: [...kept, ...now.columns] }
}

export function mapOf(dataset: string, said: Said): Schema['HeadingMap'] {
  const columns = Object.entries(said).filter(([, heading]) => heading !== '')
  return { dataset, columns: columns.map(([field, heading]) => ({ heading, field })) }
}
