// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import {
  askedOf,
  NONE,
  NOTHING_TOLD,
  peopleOf,
  readAnswer,
  sortOutcome,
  UNKNOWN,
  withAnswer,
  type Answer,
  type Question,
} from './check'

function question(fact: string, of: Question['of'], members: number[] = []): Question {
  const said = { zh: fact, en: fact }
  return {
    fact,
    of,
    title: said,
    ask: said,
    help: null,
    how: said,
    type: 'bool',
    words: [],
    may_be_none: false,
    members,
  }
}
function category(id: string, member: number | null, verdict: 'may' | 'no' | 'unknown') {
  const title = { zh: id, en: id }
  return { id, title, member, verdict, clause: '', lines: [], missing: [], sample: false, bring: [], checks: [] }
}

describe('an answer', () => {
  it('of who does not know is an answer, and none is not unknown', () => {
    expect(readAnswer({ type: 'money' }, UNKNOWN)).toEqual({ unknown: true })
    expect(readAnswer({ type: 'word' }, NONE)).toBeNull()
  })
  it.each([
    ['money', '1,200元', '1200'],
    ['money', '1200.5', '1200.5'],
    ['int', '4', 4],
    ['date', '1956-03-01', '1956-03-01'],
    ['bool', 'false', false],
    ['word', 'rural', 'rural'],
  ] as const)('of type %s takes %s', (type, written, told) => {
    expect(readAnswer({ type }, written)).toBe(told)
  })
  it.each([
    ['money', '很少'],
    ['money', '-5'],
    ['money', '1.234'],
    ['int', '2.5'],
    ['date', '1956年'],
    ['bool', ''],
  ] as const)('of type %s that is "%s" is none', (type, written) => {
    expect(readAnswer({ type }, written)).toBeUndefined()
  })
})

describe('the answers so far', () => {
  it('keep what was said of the place, the home and each of its people apart', () => {
    let told = withAnswer(NOTHING_TOLD, question('region', 'place'), new Map([[0, '441622100']]))
    told = withAnswer(told, question('people', 'place'), new Map([[0, 2]]))
    told = withAnswer(told, question('income_month', 'household'), new Map([[0, '900']]))
    told = withAnswer(told, question('orphan', 'person', [1]), new Map([[1, false]]))
    told = withAnswer(
      told,
      question('employed', 'person', [0, 1]),
      new Map<number, Answer>([
        [0, true],
        [1, { unknown: true }],
      ]),
    )
    expect(told).toEqual({
      region: '441622100',
      people: 2,
      household: { income_month: '900' },
      members: [{ employed: true }, { orphan: false, employed: { unknown: true } }],
      application: {},
    })
  })
  it('do not change what was there before: one can go back', () => {
    const before = withAnswer(NOTHING_TOLD, question('a', 'household'), new Map([[0, true]]))
    withAnswer(before, question('b', 'household'), new Map([[0, true]]))
    expect(before.household).toEqual({ a: true })
  })
  it('are asked of the people that a question names', () => {
    expect(askedOf(question('orphan', 'person', [1, 2]))).toEqual([1, 2])
    expect(askedOf(question('income_month', 'household'))).toEqual([0])
  })
})

describe('the outcome', () => {
  const all = [
    category('x', 0, 'no'),
    category('x', 1, 'may'),
    category('y', null, 'unknown'),
    category('z', 0, 'no'),
  ]
  it('tells a category once, by the best that is true of anybody', () => {
    const sorted = sortOutcome(all)
    expect(sorted.may.map((one) => one.id)).toEqual(['x'])
    expect(sorted.unknown.map((one) => one.id)).toEqual(['y'])
    expect(sorted.no.map((one) => one.id)).toEqual(['z'])
  })
  it('says of whom', () => {
    expect(peopleOf(all, 'x')).toEqual([1])
    expect(peopleOf(all, 'y')).toEqual([])
  })
})
