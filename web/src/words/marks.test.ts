// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest'
import { language } from './language'
import { aside, colon, comma } from './marks'

afterEach(() => (language.value = 'zh'))

it('writes Chinese marks in Chinese and English ones in English', () => {
  language.value = 'zh'
  expect(['甲', '乙'].join(comma()) + colon() + aside(3)).toBe('甲、乙：（3）')
  language.value = 'en'
  expect(`${['a', 'b'].join(comma())}${aside(3)}${colon()}`).toBe('a, b (3): ')
})
