// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { linesOf, queryOf, type OverdueOf } from './overdue'

function row(unit: string, officer: string | null, law: number, target = 0): OverdueOf {
  const counted = (count: number) => ({ count, list: `/api/v1/cases?at=${unit}` })
  return {
    unit,
    title: unit,
    kind: 'township',
    officer,
    officer_name: officer,
    overdue: counted(law + target),
    overdue_by_law: counted(law),
    past_target: counted(target),
    oldest_due_on: '2026-03-01',
    working_days_late: 3,
    oldest_due_by_law: law ? '2026-03-01' : null,
    working_days_late_by_law: law ? 3 : null,
  }
}

describe('a list that the server names', () => {
  it('is asked for by its own filters', () => {
    expect(queryOf('/api/v1/cases?at=first&officer=%E7%8E%8B&due=overdue')).toEqual({
      at: 'first',
      officer: '王',
      due: 'overdue',
    })
    expect(queryOf('/api/v1/cases')).toEqual({})
  })
})

describe('what is overdue', () => {
  it('stands under its office, the most first', () => {
    const lines = linesOf([row('a', 'x', 1), row('b', null, 5), row('a', 'y', 2)])
    expect(lines.map((line) => [line.key, line.law, line.of?.officer])).toEqual([
      ['b', 5, undefined],
      ['b/', 5, null],
      ['a', 3, undefined],
      ['a/y', 2, 'y'],
      ['a/x', 1, 'x'],
    ])
  })
  it('by law stands before what is past a target of the office alone, each counted for itself', () => {
    const lines = linesOf([row('a', 'x', 0, 7), row('b', 'y', 1, 2), row('b', null, 0, 3)])
    expect(lines.map((line) => [line.key, line.law, line.target])).toEqual([
      ['b', 1, 5],
      ['b/y', 1, 2],
      ['b/', 0, 3],
      ['a', 0, 7],
      ['a/x', 0, 7],
    ])
  })
})
