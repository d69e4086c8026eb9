// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { Schema } from '../../api/client'
import { askedOf, flagTitle, lookersOf, queryOf, wishOf } from './audit'

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

describe('who may be asked for', () => {
  const look = (user: string, user_name: string | null, unit_title: string | null) =>
    ({ user, user_name, unit_title }) as Schema['Look']
  it('is everybody who was read of, by name and office, once; no program', () => {
    const first = lookersOf([
      look('town', '陈立', '第一镇'),
      look('town', '陈立', '第一镇'),
      look('nightly', null, null),
    ])
    expect(first).toEqual([{ id: 'town', title: '陈立（第一镇）' }])
    expect(lookersOf([look('root', '周全', null)], first).map((one) => one.title)).toEqual(['陈立（第一镇）', '周全'])
  })
})

it('every flag that the server sets is told in words', () => {
  const set = ['no_case', 'not_assigned', 'own_case', 'many_queries', 'unknown']
  expect(set.map(flagTitle).filter((title) => /[a-z_]/.test(title))).toEqual([])
  expect(flagTitle('of_another_version')).toBe('of_another_version')
})
