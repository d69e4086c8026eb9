// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { MissingFact } from './answer'
import { caseOf, EMPTY, isUnreadable, NONE, toldOf, withAsked, withFact, withMembers } from './draft'

const said = { zh: 'x', en: 'x' }
function missing(
  fact: string,
  type: MissingFact['type'],
  cost: number,
  people: MissingFact['people'] = null,
): MissingFact {
  return {
    number: 1,
    fact,
    title: said,
    type,
    words: [],
    may_be_none: false,
    help: null,
    how: said,
    from: [],
    cost,
    people,
  }
}

describe('what is told of a fact', () => {
  it('is nothing where nothing stands, and none where "none" was said', () => {
    expect(toldOf('bool', '')).toBeUndefined()
    expect(toldOf('word', NONE)).toBeNull()
  })
  it('is an exact amount as text, and nothing else passes for one', () => {
    expect(toldOf('money', '1,894.5')).toBe('1894.5')
    expect(toldOf('money', '1894.555')).toBeUndefined()
    expect(isUnreadable('money', '一千')).toBe(true)
    expect(isUnreadable('money', '')).toBe(false)
  })
  it('is a whole number for a count', () => {
    expect(toldOf('int', '3')).toBe(3)
    expect(toldOf('int', '3.5')).toBeUndefined()
  })
})

describe('a draft', () => {
  const asked = withAsked(withMembers(EMPTY, 2), [
    missing('income_month', 'money', 4),
    missing('residence_kind', 'word', 1),
    missing('birth_date', 'date', 2, [[0, 1]]),
    missing('param.line', null, 1),
  ])
  it('asks what is cheapest first, and no figure that others set', () => {
    expect(asked.asked.map((one) => one.fact)).toEqual(['residence_kind', 'birth_date', 'income_month'])
  })
  it('keeps the order of what was asked when more is asked', () => {
    const more = withAsked(asked, [missing('cheap', 'bool', 1), missing('residence_kind', 'word', 1)])
    expect(more.asked.map((one) => one.fact)).toEqual(['residence_kind', 'birth_date', 'income_month', 'cheap'])
  })
  it('becomes a case that leaves out what was not told', () => {
    const told = withFact(withFact(asked, 'residence_kind', null, 'rural'), 'birth_date', 1, '1990-01-02')
    expect(caseOf(told, { region: '441622', day: '2025-06-30' }, ['成员1', '成员2'])).toEqual({
      region: '441622',
      as_of: '2025-06-30',
      household: { residence_kind: 'rural' },
      members: [{ name: '成员1' }, { name: '成员2', birth_date: '1990-01-02' }],
    })
  })
  it('forgets what is taken back', () => {
    const told = withFact(withFact(asked, 'residence_kind', null, 'rural'), 'residence_kind', null, '')
    expect(told.household).toEqual({})
  })
  it('tells the day of the authorisation once it was signed', () => {
    const signed = { ...asked, authorisedOn: '2025-06-18' }
    expect(caseOf(signed, { region: '44', day: '2025-06-30' }, [])['application']).toEqual({
      authorised_on: '2025-06-18',
    })
  })
})
