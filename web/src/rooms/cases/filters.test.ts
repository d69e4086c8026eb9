// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { askedOf, filtersOf, queryOf, valueTold } from './filters'

describe('filters of the to-do', () => {
  it('come from the address and go back into it', () => {
    const query = { group: 'overdue', machine: 'warning', told_to: 'county' }
    expect(queryOf(filtersOf(query))).toEqual(query)
  })
  it('of a group that there is none are those of all', () => {
    expect(filtersOf({ group: 'moon' }).group).toBe('all')
    expect(queryOf(filtersOf({ group: 'moon' }))).toEqual({})
  })
  it('ask the server by the days of the group and by nothing that is not filtered', () => {
    expect(askedOf(filtersOf({ group: 'today', machine: 'order' }), '2025-03-01')).toEqual({
      machine: 'order',
      due_from: '2025-03-01',
      due_until: '2025-03-01',
    })
  })
  it('pass on what a card of another screen asked by, and nothing that is no filter', () => {
    const query = { due_until: '2025-03-05', unit: 'first', moon: 'full' }
    expect(askedOf(filtersOf(query), '2025-03-01')).toEqual({ due_until: '2025-03-05', unit: 'first' })
    expect(queryOf(filtersOf(query))).toEqual({ due_until: '2025-03-05', unit: 'first' })
  })
  it('of a sum of what is late are told in words, and not as the server calls them', () => {
    expect(filtersOf({ due: 'overdue', due_by: 'law' }).more).toEqual({ due: 'overdue', due_by: 'law' })
    expect(valueTold('due', 'overdue').zh).toBe('已过')
    expect(valueTold('due_by', 'law').zh).toBe('法定期限')
    expect(valueTold('due_by', 'target').zh).toBe('内部目标')
    expect(valueTold('untaken', 'true').zh).toBe('')
    expect(valueTold('officer', 'town').zh).toBe('town')
  })
})
