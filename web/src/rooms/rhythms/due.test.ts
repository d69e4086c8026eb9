// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { askedOf, filtersOf, keyOf, linesOf, mayOpen, type DueRow } from './due'

const row = (more: Partial<DueRow>): DueRow =>
  ({ household: 'LC1', category: 'margin', machine: 'review', due: 'overdue', ...more }) as DueRow

describe('the list of who is due', () => {
  it('asks for what is to be opened, unless the address says otherwise', () => {
    expect(askedOf(filtersOf({}))).toEqual({ due: 'proposed' })
    expect(askedOf(filtersOf({ due: 'nonsense', rhythm: 'r', household: ' LC1 ' }))).toEqual({
      due: 'proposed',
      rhythm: 'r',
      household: 'LC1',
    })
  })
  it('keeps what the number of another screen was cut by, so that it shows as many rows', () => {
    expect(askedOf(filtersOf({ due: 'all', seen: 'true', unit: 'first', machine: 'visit', other: 'x' }))).toEqual({
      due: 'all',
      seen: 'true',
      unit: 'first',
      machine: 'visit',
    })
  })
  it('opens nothing before its month, and nothing that has no case', () => {
    const open = ['overdue', 'month', 'perhaps', 'unknown'] as const
    expect(open.map((due) => mayOpen(row({ due })))).toEqual([true, true, true, true])
    expect(mayOpen(row({ due: 'later' }))).toBe(false)
    expect(mayOpen(row({ machine: '' }))).toBe(false)
  })
  it('names each row by household, category and kind: one household may be due twice', () => {
    expect(new Set([keyOf(row({})), keyOf(row({ category: 'single' })), keyOf(row({ machine: 'visit' }))]).size).toBe(
      3,
    )
    expect(linesOf([row({})])).toEqual([{ household: 'LC1', category: 'margin', machine: 'review' }])
  })
})
