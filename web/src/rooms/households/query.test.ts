// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { isWholeCode, queryOf } from './query'

describe('a query of the register', () => {
  it('has what the server knows, and nothing else', () => {
    expect(queryOf({ code: ' LC0001 ', region: '', tab: 'cases', category: ['a', 'b'], at: 't102' })).toEqual({
      code: 'LC0001',
      at: 't102',
    })
  })
  it('opens a household by its whole number alone', () => {
    expect(isWholeCode('lc000133', 'LC000133')).toBe(true)
    expect(isWholeCode('LC00013', 'LC000133')).toBe(false)
    expect(isWholeCode(undefined, 'LC000133')).toBe(false)
  })
})
