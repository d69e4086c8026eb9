// SPDX-License-Identifier: Apache-2.0
// What a place is compared by; the figures are the server's.
import type { Schema } from '../../api/client'
import type { Words } from '../../words/language'
import { SAID } from './words'

export type OverviewUnit = Schema['OverviewUnit']
export type MeasureId = 'rate' | 'open' | 'late' | 'target'

export interface Measure {
  readonly id: MeasureId
  readonly title: Words
  readonly of: (unit: OverviewUnit) => number | null
  /** The list that the figure's rows stand in. */
  readonly list: (unit: OverviewUnit) => string | null
}

export const MEASURES: readonly Measure[] = [
  {
    id: 'rate',
    title: SAID.urgentRate,
    of: (unit) => unit.warnings?.urgent_per_thousand ?? null,
    list: (unit) => unit.warnings?.urgent.list ?? null,
  },
  {
    id: 'open',
    title: SAID.open,
    of: (unit) => unit.warnings?.open.count ?? null,
    list: (unit) => unit.warnings?.open.list ?? null,
  },
  {
    id: 'late',
    title: SAID.late,
    of: (unit) => unit.cases?.overdue_by_law.count ?? null,
    list: (unit) => unit.cases?.overdue_by_law.list ?? null,
  },
  {
    id: 'target',
    title: SAID.pastTargets,
    of: (unit) => unit.cases?.past_target.count ?? null,
    list: (unit) => unit.cases?.past_target.list ?? null,
  },
]

/** Measures of which anything is told. */
export function toldMeasures(units: readonly OverviewUnit[]): readonly Measure[] {
  return MEASURES.filter((measure) => units.some((unit) => measure.of(unit) !== null))
}

/** One decimal where it is a rate. */
export function figure(value: number | null): string {
  if (value === null) return '—'
  return Number.isInteger(value) ? String(value) : value.toFixed(1)
}

/** What is a place: a department has no area of its own. */
export function isPlace(unit: OverviewUnit): boolean {
  return !unit.own && unit.kind !== 'department'
}

/** Places, the highest first; then offices that are none, and only those where anything stands. */
export function ranked(units: readonly OverviewUnit[], measure: Measure): readonly OverviewUnit[] {
  const below = units.filter(isPlace)
  const others = units.filter((unit) => !isPlace(unit) && hasAny(unit))
  const value = (unit: OverviewUnit) => measure.of(unit) ?? -1
  return [...[...below].sort((one, other) => value(other) - value(one)), ...others]
}

function hasAny(unit: OverviewUnit): boolean {
  return [unit.households?.count, unit.warnings?.open.count, unit.cases?.open.count].some((count) => (count ?? 0) > 0)
}

/** Work that is due, overdue or nearly due; what is late by law stands first, what is past a target alone behind it. */
export function pressing(due: readonly Schema['OverviewDue'][]): readonly Schema['OverviewDue'][] {
  return due
    .filter((one) => one.overdue.count + one.due_today.count + one.near.count > 0)
    .sort(
      (one, other) =>
        other.overdue_by_law.count - one.overdue_by_law.count ||
        other.past_target.count - one.past_target.count ||
        other.due_today.count - one.due_today.count ||
        other.near.count - one.near.count,
    )
}
