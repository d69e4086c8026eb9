// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { CaseField } from './procedures'
import { fenOf, neededNow, readForm, toldOf } from './values'

function field(id: string, type: string): CaseField {
  return { id, type, title: { zh: id, en: id }, words: [], least: 0, sensitive: false, fact: '' }
}

describe('an amount in yuan', () => {
  it.each([
    ['0', 0],
    ['1000', 100000],
    ['1,234.5', 123450],
    ['1，234.05', 123405],
    ['0.01', 1],
  ])('%s is %i fen', (written, fen) => {
    expect(fenOf(written)).toBe(fen)
  })
  it.each(['', '-1', '1.234', '1e3', '一千', '.5', '1234567890123'])('%s is none', (written) => {
    expect(fenOf(written)).toBeNull()
  })
})

describe('a field', () => {
  it('that is empty says nothing, which is not "no"', () => {
    expect(toldOf(field('pledge', 'flag'), '')).toBeUndefined()
    expect(toldOf(field('pledge', 'flag'), undefined)).toBeUndefined()
    expect(toldOf(field('pledge', 'flag'), 'false')).toBe(false)
  })
  it('of several colleagues takes commas, Chinese ones and spaces', () => {
    expect(toldOf(field('officers', 'users'), 'town，colleague、third')).toEqual(['town', 'colleague', 'third'])
  })
  it('of a text is told once it says something, and a list keeps the lines that do', () => {
    for (const nothing of [' ', '。', '……', '\u200b', '-'])
      expect(toldOf(field('note', 'text'), nothing)).toBeUndefined()
    expect(toldOf(field('note', 'text'), '　病重。 ')).toBe('病重。')
    expect(toldOf(field('missing', 'texts'), '户口簿\n。\n \n收入证明')).toEqual(['户口簿', '收入证明'])
  })
  it('of a count refuses what is no count', () => {
    expect(toldOf(field('attempt', 'count'), '2')).toBe(2)
    expect(toldOf(field('attempt', 'count'), '两次')).toBeNull()
  })
})

describe('a form', () => {
  const fields = [field('reason', 'text'), field('amount', 'money'), field('note', 'text')]
  it('tells what is missing and what cannot be read, and sends the rest', () => {
    expect(readForm({ needs: ['reason', 'amount'] }, fields, { amount: 'much', note: ' seen ' })).toEqual({
      fields: { note: 'seen' },
      missing: ['reason'],
      unreadable: ['amount'],
    })
  })
  it('that is whole has nothing missing', () => {
    expect(readForm({ needs: ['reason', 'amount'] }, fields, { reason: '住院', amount: '800' })).toEqual({
      fields: { reason: '住院', amount: 80000 },
      missing: [],
      unreadable: [],
    })
  })

  it('needs more of a form as it is filled in, of what the move takes', () => {
    const move = {
      may: ['amount', 'reason', 'need', 'matters'],
      needs_if: [
        {
          needs: ['reason'],
          only_if: [{ field: 'effect', words: ['goes_on', 'back_paid'] }],
          told: [],
          of_nobody: false,
        },
        {
          needs: ['amount', 'due_on'],
          only_if: [{ field: 'effect', words: ['back_paid'] }],
          told: [],
          of_nobody: false,
        },
        { needs: ['need'], only_if: [], told: ['matters'], of_nobody: false },
      ],
    }
    expect(neededNow(move, {})).toEqual([])
    expect(neededNow(move, { effect: 'none', matters: [] })).toEqual([])
    expect(neededNow(move, { effect: 'goes_on' })).toEqual(['reason'])
    expect(neededNow(move, { effect: 'back_paid' })).toEqual(['amount', 'reason'])
    expect(neededNow(move, { matters: ['work'] })).toEqual(['need'])
  })

  it('asks who it is where the case names nobody, and not where a household is known', () => {
    const move = {
      may: ['person_shown', 'place'],
      needs_if: [{ needs: ['person_shown'], only_if: [], told: [], of_nobody: true }],
    }
    expect(neededNow(move, {})).toEqual([])
    expect(neededNow(move, {}, false)).toEqual([])
    expect(neededNow(move, {}, true)).toEqual(['person_shown'])
  })

  it('by proxy asks who the proxy is', () => {
    const rule = { needs: ['proxy', 'proxy_relation'], told: [], of_nobody: false }
    const move = {
      may: ['proxy', 'proxy_relation', 'proxy_number'],
      needs_if: [{ ...rule, only_if: [{ field: 'channel', words: ['proxy'] }] }],
    }
    expect(neededNow(move, { channel: 'window' })).toEqual([])
    expect(neededNow(move, { channel: 'proxy' })).toEqual(['proxy', 'proxy_relation'])
  })
})
