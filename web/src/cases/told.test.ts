// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { CaseField } from './procedures'
import { NO_NAMES, wordsOf } from './told'

function field(type: string, words: CaseField['words'] = []): CaseField {
  return { id: 'x', type, title: { zh: 'x', en: 'x' }, words, least: 0, sensitive: false, fact: '' }
}

describe('what an event was told', () => {
  it('says words of the pack by their titles and keeps what it does not know', () => {
    const outcome = field('word', [{ id: 'true_', title: { zh: '属实', en: 'True' } }])
    expect(wordsOf(outcome, ['true_', 'later'])).toEqual(['属实', 'later'])
  })
  it('says fen as yuan, days as days, yes and no', () => {
    expect(wordsOf(field('money'), ['80000'])).toEqual(['800.00 元'])
    expect(wordsOf(field('date'), ['2025-06-30'])).toEqual(['2025年6月30日'])
    expect(wordsOf(field('flag'), ['true', 'false'])).toEqual(['是', '否'])
  })
  it('leaves a masked amount masked', () => {
    expect(wordsOf(field('money'), ['***'])).toEqual(['***'])
  })
  it('names offices and members where it may, and else their number', () => {
    const names = { ...NO_NAMES, units: new Map([['first', '老隆镇']]), people: new Map([['7', '甲']]) }
    expect(wordsOf(field('unit'), ['first', 'far'], names)).toEqual(['老隆镇', 'far'])
    expect(wordsOf(field('people'), ['7', '8'], names)).toEqual(['甲', '8'])
  })
  it('says levels and what monitoring saw by the titles of the pack', () => {
    const names = {
      ...NO_NAMES,
      law: new Map([
        ['green', '绿色预警'],
        ['disability_change', '残疾变化'],
      ]),
    }
    expect(wordsOf(field('text'), ['green', 'disability_change/1/2025-05-29', 'moon/1'], names)).toEqual([
      '绿色预警',
      '残疾变化（2025年5月29日）',
      'moon/1',
    ])
  })
  it('of a field of another pack is told as it came', () => {
    expect(wordsOf(undefined, ['as it came'])).toEqual(['as it came'])
  })
})
