// SPDX-License-Identifier: Apache-2.0
// The month's headlines out of its lines. What a step is, its marks say: they are the pack's.
import type { Schema } from '../../api/client'
import { SAID } from './words'

type Line = Schema['MonthLine']
const marked = (line: Line, ...marks: readonly string[]) => line.marks.some((mark) => marks.includes(mark))

export const HEADLINES = [
  { id: 'opens', title: SAID.opens, holds: (line: Line) => line.opens },
  {
    id: 'visits',
    title: SAID.visits,
    holds: (line: Line) => marked(line, 'survey', 'verified', 'attempted', 'rechecked'),
  },
  { id: 'decisions', title: SAID.decisions, holds: (line: Line) => marked(line, 'decision', 'confirmed', 'granted') },
  { id: 'closings', title: SAID.closings, holds: (line: Line) => marked(line, 'closed') },
] as const

/** How many steps of the month are such. */
export function stepsOf(lines: readonly Line[], holds: (line: Line) => boolean): number {
  return lines.filter(holds).reduce((sum, line) => sum + line.steps, 0)
}

export interface MoneyLine {
  readonly line: Line
  readonly amount: Line['amounts'][number]
}
/** Each amount beside the step that told it. */
export function moneyOf(lines: readonly Line[]): readonly MoneyLine[] {
  return lines.flatMap((line) => line.amounts.filter((one) => one.fen !== 0).map((amount) => ({ line, amount })))
}

/** Lines of one kind of case together, the kind with most steps first. */
export function byKind(lines: readonly Line[]): readonly (readonly Line[])[] {
  const kinds = new Map<string, Line[]>()
  for (const line of lines) kinds.set(line.machine, [...(kinds.get(line.machine) ?? []), line])
  const all = (kind: readonly Line[]) => stepsOf(kind, () => true)
  return [...kinds.values()].sort((one, other) => all(other) - all(one))
}
