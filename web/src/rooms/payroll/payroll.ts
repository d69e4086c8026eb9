// SPDX-License-Identifier: Apache-2.0
// The payroll of a month as the screen asks for it: month and part in the address.
import type { LocationQuery } from 'vue-router'
import type { Schema } from '../../api/client'

export type PayrollLine = Schema['PayrollLine']
export type PayrollMonth = Schema['PayrollMonth']
export type Part = keyof PayrollMonth['parts'] | 'all'

/** As the tabs stand: what is not as before comes first. */
export const PARTS_SHOWN: readonly Part[] = [
  'differences',
  'twice',
  'started',
  'gone',
  'changed',
  'held',
  'resumed',
  'back_pay',
  'account',
  'on_hold',
  'same',
  'all',
]

export interface PayrollFilters {
  /** YYYY-MM; empty: this one. */
  readonly month: string
  readonly part: Part
  readonly category: string
}

export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text)
}

export function filtersOf(query: LocationQuery): PayrollFilters {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '')
  const part = text('part') as Part
  return {
    month: isMonth(text('month')) ? text('month') : '',
    part: PARTS_SHOWN.includes(part) ? part : 'differences',
    category: text('category'),
  }
}

/** As the list is asked for, and as the address says it: what is empty is left out. */
export function askedOf(filters: PayrollFilters): Record<string, string> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''))
}

/** How many lines a tab has. */
export function countOf(month: PayrollMonth, part: Part): number {
  return part === 'all' ? month.lines : month.parts[part]
}

/** The month after or before, as far as the calendar goes. */
export function monthBeside(month: string, step: 1 | -1): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + step, 1)).toISOString().slice(0, 7)
}

/** More or less a month than before, in fen; of what is on hold or gone, what no longer goes out. */
export function changeOf(line: PayrollLine): number {
  const before = line.was === 'paid' ? line.was_amount : 0
  return line.pays - before
}
