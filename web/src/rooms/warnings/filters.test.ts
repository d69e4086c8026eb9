// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { addressOf, askedOf, filterOf, hasLevel, isEmpty, isSame, withoutLevel } from './filters'

const TODAY = '2026-03-01'

describe('a filter', () => {
  it('comes back from its address as it was', () => {
    const filter = { level: 'red', region: '441622104', dueFrom: '2026-01-01', dueUntil: '2026-02-28', overdue: true }
    expect(filterOf(addressOf(filter))).toEqual(filter)
  })
  it('leaves out what cannot be read', () => {
    expect(filterOf({ region: '44x', due_until: 'tomorrow', overdue: 'maybe', level: '' })).toEqual({})
    expect(isEmpty(filterOf({}))).toBe(true)
  })
  it('"overdue" is due until yesterday, also where a month begins', () => {
    expect(askedOf({ overdue: true }, TODAY)).toEqual({ due_until: '2026-02-28' })
  })
  it('"overdue" takes the earlier of two last days', () => {
    expect(askedOf({ overdue: true, dueUntil: '2026-01-15' }, TODAY)).toEqual({ due_until: '2026-01-15' })
    expect(askedOf({ overdue: true, dueUntil: '2026-05-15' }, TODAY)).toEqual({ due_until: '2026-02-28' })
  })
  it('carries what a number elsewhere opened, by the server’s own names', () => {
    const query = { level: 'red,orange', unit: 'county', issued_from: '2026-01-01', open: 'LC000001' }
    const filter = filterOf(query)
    expect(askedOf(filter, TODAY)).toEqual({ level: 'red,orange', unit: 'county', issued_from: '2026-01-01' })
    expect(hasLevel(filter, 'orange')).toBe(true)
    expect(hasLevel(filter, 'or')).toBe(false)
  })
  it('of the chips is that of the list but for the level', () => {
    expect(withoutLevel({ level: 'red', region: '44' })).toEqual({ region: '44' })
  })
  it('is the same whatever the order in which it was written', () => {
    expect(isSame({ level: 'red', region: '44' }, { region: '44', level: 'red' })).toBe(true)
    expect(isSame({ level: 'red' }, {})).toBe(false)
  })
})
