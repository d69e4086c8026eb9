// SPDX-License-Identifier: Apache-2.0
// Lists that the server names, and what is overdue put under its offices.
import type { Schema } from '../../api/client'

export type OverdueOf = Schema['OverdueOf']

/** The query of a list's address, as the client takes it. */
export function queryOf(list: string): Record<string, string> {
  const at = list.indexOf('?')
  return at < 0 ? {} : Object.fromEntries(new URLSearchParams(list.slice(at + 1)))
}

/** An office with what is overdue there in all, or one of its officers. */
export interface OverdueLine {
  readonly key: string
  readonly title: string
  /** Past a day that the law sets. */
  readonly law: number
  /** Past a target of the office alone. */
  readonly target: number
  /** Null: the office's own line. */
  readonly of: OverdueOf | null
}

/** Each office above its officers; the one with most overdue by law first, its officers likewise. The counts are the
 *  server's. */
export function linesOf(rows: readonly OverdueOf[]): readonly OverdueLine[] {
  const found = new Map<string, OverdueOf[]>()
  for (const row of rows) {
    const unit = row.unit ?? ''
    const there = found.get(unit)
    if (there) there.push(row)
    else found.set(unit, [row])
  }
  const byCount = (one: OverdueLine, other: OverdueLine) => other.law - one.law || other.target - one.target
  const officer = (of: OverdueOf): OverdueLine => ({
    key: `${of.unit ?? ''}/${of.officer ?? ''}`,
    title: of.officer ?? '',
    law: of.overdue_by_law.count,
    target: of.past_target.count,
    of,
  })
  return [...found]
    .map(([unit, all]) => {
      const law = all.reduce((sum, row) => sum + row.overdue_by_law.count, 0)
      const target = all.reduce((sum, row) => sum + row.past_target.count, 0)
      return { office: { key: unit, title: all[0]?.title ?? unit, law, target, of: null }, rows: all }
    })
    .sort((one, other) => byCount(one.office, other.office))
    .flatMap(({ office, rows: all }) => [office, ...all.map(officer).sort(byCount)])
}
