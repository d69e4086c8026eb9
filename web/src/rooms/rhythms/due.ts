// SPDX-License-Identifier: Apache-2.0
// The list of who is due: its filters in the address, and what is sent when rows are chosen.
import type { LocationQuery } from 'vue-router'
import type { Schema } from '../../api/client'

export type DueRow = Schema['DueHousehold']
export type Part = 'proposed' | DueRow['due'] | 'all'

export const PARTS_SHOWN: readonly Part[] = ['proposed', 'overdue', 'month', 'perhaps', 'unknown', 'later']

export interface DueFilters {
  readonly due: Part
  readonly rhythm: string
  readonly household: string
  /** What a number of another screen opened: kept as it came. */
  readonly more: Readonly<Record<string, string>>
}

const KEPT = ['machine', 'category', 'unit', 'at', 'seen', 'day'] as const

export function filtersOf(query: LocationQuery): DueFilters {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '')
  const due = text('due') as Part
  const more = Object.fromEntries(KEPT.map((name) => [name, text(name)]).filter(([, value]) => value !== ''))
  return {
    due: due === 'all' || PARTS_SHOWN.includes(due) ? due : 'proposed',
    rhythm: text('rhythm'),
    household: text('household').trim(),
    more: more as Record<string, string>,
  }
}

/** As the list is asked for, and as the address says it: what is empty is left out. */
export function askedOf(filters: DueFilters): Record<string, string> {
  const { due, rhythm, household, more } = filters
  return Object.fromEntries(Object.entries({ ...more, due, rhythm, household }).filter(([, value]) => value !== ''))
}

export function keyOf(row: DueRow): string {
  return [row.household, row.category, row.machine].join(' ')
}

/** A row is opened in its month or later, or where its day is unknown. */
export function mayOpen(row: DueRow): boolean {
  return row.due !== 'later' && row.machine !== ''
}

export function linesOf(rows: readonly DueRow[]): Schema['OpenDue']['lines'] {
  return rows.map(({ household, category, machine }) => ({ household, category, machine }))
}
