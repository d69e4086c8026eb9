// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest'
import { language, say } from './language'

afterEach(() => (language.value = 'zh'))
const LATE = { zh: '已超期 {n} 天', en: '{n} {n|day|days} late' }

it('puts a value where its name stands, and leaves a name that has none', () => {
  expect(say(LATE, { n: 3 })).toBe('已超期 3 天')
  expect(say(LATE)).toBe(LATE.zh)
})
it('counts one day as a day in English, told as a number or as its text', () => {
  language.value = 'en'
  expect([1, '1', 0, 2, '1,001'].map((n) => say(LATE, { n }))).toEqual([
    '1 day late',
    '1 day late',
    '0 days late',
    '2 days late',
    '1,001 days late',
  ])
})
