// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { Schema } from '../../api/client'
import { lackingOf, shownFacts } from './facts'

type Fact = Schema['HouseholdFact']
const words = { zh: '', en: '' }
function fact(id: string, standing: Fact['standing'], person: string | null = '1'): Fact {
  return {
    fact: id,
    title: words,
    person,
    value: words,
    source: { dataset: 'd', title: words, department: words },
    visit: null,
    file: null,
    row: null,
    as_of: '2025-06-30',
    good_until: null,
    standing,
    why: null,
    unsigned_by: null,
  }
}

describe('facts as they are read', () => {
  const told = [fact('job', 'counts'), fact('job', 'stale'), fact('home', 'stale'), fact('job', 'superseded', '2')]
  it('leave out what no longer counts where something does', () => {
    expect(shownFacts(told, false).map((one) => [one.fact, one.standing])).toEqual([
      ['job', 'counts'],
      ['home', 'stale'],
    ])
  })
  it('keep what a visit found beside what a department tells', () => {
    const both = [fact('job', 'counts'), fact('job', 'beside'), fact('job', 'stale')]
    expect(shownFacts(both, false).map((one) => one.standing)).toEqual(['counts', 'beside'])
  })
  it('are all there on request', () => {
    expect(shownFacts(told, true)).toHaveLength(4)
  })
})

describe('what is missing', () => {
  const lacks = (person: string | null, why: 'never_told' | 'stale') =>
    ({ kind: 'fact', fact: 'job', title: words, person, why, how: words }) as const
  it('stands once for several people, and apart where the reason differs', () => {
    const told = lackingOf([lacks('1', 'never_told'), lacks('2', 'never_told'), lacks('3', 'stale')])
    expect(told.map((one) => one.people)).toEqual([['1', '2'], ['3']])
  })
})
