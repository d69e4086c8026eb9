// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { EMPTY, NONE, withFact, withMembers, type Asked } from './draft'
import { knownOf, withKnown, withoutKnown, writtenOf, type Known } from './known'

const said = { zh: 'x', en: 'x' }
function asked(fact: string, type: Asked['type'], more: Partial<Asked> = {}): Asked {
  return {
    fact,
    title: said,
    help: null,
    how: said,
    type,
    words: [],
    may_be_none: false,
    cost: 1,
    ofPeople: false,
    ...more,
  }
}
function known(fact: string, zh: string | null, more: Partial<Known> = {}): Known {
  const value = zh === null ? null : { zh, en: zh }
  return { fact, title: said, person: null, value, standing: 'counts', as_of: '2026-08-01', ...more } as Known
}

describe('what the office knows', () => {
  it('is written as the form writes it, by its kind', () => {
    const words = [{ id: 'rural', title: { zh: '农村', en: 'rural' } }]
    expect(writtenOf(asked('a', 'bool'), known('a', '否'))).toBe('false')
    expect(writtenOf(asked('a', 'word', { words }), known('a', '农村'))).toBe('rural')
    expect(writtenOf(asked('a', 'money'), known('a', '1,686.50 元'))).toBe('1686.50')
    expect(writtenOf(asked('a', 'int', { may_be_none: true }), known('a', '无'))).toBe(NONE)
  })
  it('is no answer where it is masked, stale, or of no kind that was asked', () => {
    expect(writtenOf(asked('a', 'bool'), known('a', null))).toBe('')
    expect(writtenOf(asked('a', 'bool'), known('a', '是', { standing: 'stale' }))).toBe('')
    expect(writtenOf(asked('a', 'word'), known('a', '农村'))).toBe('')
    expect(writtenOf(asked('a', 'int'), known('a', '无'))).toBe('')
  })
  it('is of the member at that place, and of nobody who is not on the register', () => {
    const facts = [known('a', '是', { person: '7' })]
    const one = asked('a', 'bool', { ofPeople: true })
    expect(knownOf(facts, ['5', '7'], one, 1)?.person).toBe('7')
    expect(knownOf(facts, ['5', '7'], one, 0)).toBeUndefined()
    expect(knownOf([known('a', '是')], [null], one, 0)).toBeUndefined()
  })
})

describe('a draft with what is known', () => {
  const draft = { ...withMembers(EMPTY, 2), asked: [asked('a', 'bool'), asked('b', 'bool', { ofPeople: true })] }
  const facts = [known('a', '是'), known('b', '否', { person: '7' })]
  const now = withKnown(draft, facts, ['5', '7'])

  it('has known answers in their places', () => {
    expect([now.household, now.members]).toEqual([{ a: 'true' }, [{}, { b: 'false' }]])
  })
  it('has none of them for another household, only what was told', () => {
    const told = withFact(now, 'c', 1, 'own')
    expect(withoutKnown(told)).toEqual({ ...draft, members: [{}, { c: 'own' }] })
  })
  it('keeps what was told, and what was taken out stays out', () => {
    expect(withKnown(withFact(draft, 'a', null, 'false'), facts, ['5', '7']).household).toEqual({ a: 'false' })
    const out = withFact(now, 'a', null, '')
    expect(withKnown(out, facts, ['5', '7'])).toBe(out)
  })
})
