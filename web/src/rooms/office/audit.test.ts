// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { askedOf, queryOf, wishOf } from './audit'

describe('what is asked of the log', () => {
  it('comes from the address and goes back as it was', () => {
    const query = { user: 'town', doors: 'false', person: '12', flagged: 'true', from: '2025-07-01' }
    expect(queryOf(wishOf(query))).toEqual(query)
    expect(askedOf(wishOf(query))).toEqual({ ...query, person: 12 })
  })
  it('leaves out what is empty or nothing', () => {
    expect(queryOf(wishOf({ user: '', doors: 'maybe', person: 'x', flagged: 'no', what: ' ' }))).toEqual({})
    expect(queryOf(wishOf({ user: ['a', 'b'] }))).toEqual({})
  })
})
