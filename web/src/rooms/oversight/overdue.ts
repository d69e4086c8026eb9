// SPDX-License-Identifier: Apache-2.0
// Lists that the server names, and what is overdue put under its offices.
import type { Schema } from '../../api/client'

export type OverdueOf = Schema['OverdueOf']

/** The query of a list's address, as the client takes it. */
export function queryOf(list: string): Record<string, string> {
  const at = list.indexOf('?')
  return at < 0 ? {} : Object.fromEntries(new URLSearchParams(list.slice(at + 1)))
}

export interface Office {
  readonly unit: string
  readonly title: string
  readonly kind: string
  readonly count: number
  readonly rows: readonly OverdueOf[]
}

/** By office, the one with most first; its officers likewise. The counts are the server's. */
export function byOffice(rows: readonly OverdueOf[]): readonly Office[] {
  const found = new Map<string, OverdueOf[]>()
  for (const row of rows) found.set(row.unit ?? '', [...(found.get(row.unit ?? '') ?? []), row])
  return [...found]
    .map(([unit, all]) => ({
      unit,
      title: all[0]?.title ?? unit,
      kind: all[0]?.kind ?? '',
      count: all.reduce((sum, row) => sum + row.overdue.count, 0),
      rows: [...all].sort((one, other) => other.overdue.count - one.overdue.count),
    }))
    .sort((one, other) => other.count - one.count)
}
