// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { comparedOf, placesTold } from './compared'

it('places that follow each other are a span', () => {
  expect(placesTold([17])).toBe('17')
  expect(placesTold([2, 3])).toBe('2–3')
  expect(placesTold([2, 7, 8, 9, 10, 18])).toBe('2、7–10、18')
})
it('a number that differs says where, one that does not says so', () => {
  const told = comparedOf({ name: true, number_at: [17, 18], phone: false })
  expect(told.name).toEqual({ same: true, words: '相同' })
  expect(told.identity_number).toEqual({ same: false, words: '第 17–18 位不同' })
  expect(told.phone).toEqual({ same: false, words: '不同' })
  expect(comparedOf({ name: null, number_at: [], phone: null }).identity_number?.same).toBe(true)
})
it('of what is not known nothing is said', () => {
  expect(comparedOf({ name: null, number_at: null, phone: null })).toEqual({
    name: null,
    identity_number: null,
    phone: null,
  })
})
