// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { figureText, tells, valueText, VERDICTS } from './shown'

describe('a value of a determination', () => {
  it.each([
    ['1894.00', '1894.00'],
    ['2025-06-30', '2025年6月30日'],
    [true, '是'],
    [null, '无'],
    [{ unknown: true }, '不详'],
    [{ about: '631.33', exact: '189400/3' }, '≈ 631.33'],
  ])('%j is read as %s', (value, text) => {
    expect(valueText(value)).toBe(text)
  })
})

describe('a verdict', () => {
  it('is a yes or a no of a category, met or not of a condition: both are shown alike', () => {
    expect([VERDICTS.yes, VERDICTS.no]).toEqual([VERDICTS.met, VERDICTS.not_met])
  })
})

describe('a figure', () => {
  const figure = { text: 'income <= param.line', left: '631.00', right: '632.00', verdict: 'met' } as const
  it('stands against its line by the sign of the condition', () => {
    expect(figureText(figure)).toBe('631.00 ≤ 632.00')
  })
  it('of which neither side is known tells nothing', () => {
    expect(tells(figure)).toBe(true)
    expect(tells({ ...figure, left: { unknown: true } })).toBe(true)
    expect(tells({ ...figure, left: { unknown: true }, right: { unknown: true } })).toBe(false)
  })
})
