// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { askedOf, changeOf, countOf, filtersOf, monthBeside, type PayrollLine, type PayrollMonth } from './payroll'

const month = {
  lines: 9,
  parts: {
    started: 1,
    gone: 2,
    held: 1,
    resumed: 0,
    changed: 1,
    on_hold: 1,
    same: 3,
    back_pay: 4,
    account: 2,
    twice: 2,
    differences: 7,
  },
} as PayrollMonth
const line = (more: Partial<PayrollLine>): PayrollLine =>
  ({ was: 'paid', was_amount: 42000, pays: 42000, ...more }) as PayrollLine

describe('the payroll of a month', () => {
  it('shows what is not as before unless the address says otherwise', () => {
    expect(askedOf(filtersOf({}))).toEqual({ part: 'differences' })
    expect(askedOf(filtersOf({ month: '2025-13', part: 'nonsense' }))).toEqual({ part: 'differences' })
    expect(askedOf(filtersOf({ month: '2025-06', part: 'held', category: 'single', other: 'x' }))).toEqual({
      month: '2025-06',
      part: 'held',
      category: 'single',
    })
  })
  it('counts each part as the server does', () => {
    expect([
      countOf(month, 'all'),
      countOf(month, 'gone'),
      countOf(month, 'differences'),
      countOf(month, 'account'),
      countOf(month, 'twice'),
    ]).toEqual([9, 2, 7, 2, 2])
  })
  it('goes from month to month over the turn of the year', () => {
    expect([monthBeside('2025-12', 1), monthBeside('2025-01', -1), monthBeside('2025-06', 1)]).toEqual([
      '2026-01',
      '2024-12',
      '2025-07',
    ])
  })
  it('says by how much more or less goes out', () => {
    expect(changeOf(line({}))).toBe(0)
    expect(changeOf(line({ pays: 0 }))).toBe(-42000)
    expect(changeOf(line({ was: 'held', pays: 42000 }))).toBe(42000)
    expect(changeOf(line({ was: 'none', was_amount: 0, pays: 50000 }))).toBe(50000)
  })
})
