// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { firstPassword } from './first_password'

describe('a first password', () => {
  it('has four groups of signs that are not taken for one another', () => {
    expect(firstPassword()).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/)
  })
  it('is another each time', () => {
    expect(new Set(Array.from({ length: 50 }, () => firstPassword())).size).toBe(50)
  })
  it('takes every sign as often as another: 32 divides 256', () => {
    const seen = new Map<string, number>()
    for (let byte = 0; byte < 256; byte += 1) {
      const sign = firstPassword((into) => into.fill(byte))[0] ?? ''
      seen.set(sign, (seen.get(sign) ?? 0) + 1)
    }
    expect([...seen.values()]).toEqual(Array(32).fill(8))
  })
})
