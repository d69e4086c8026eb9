// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { Schema } from '../../api/client'
import { byLooker } from './looks'

function look(user: string, flag: string, at: string, ...households: string[]): Schema['Look'] {
  return { user, flag, at, households, unit: 'town', persons: [] } as unknown as Schema['Look']
}

describe('flagged looks by who looked', () => {
  it('counts looks and households once, whoever looked at most households first', () => {
    const found = byLooker([
      look('a', 'no_case', '2026-01-01', '1'),
      look('a', 'no_case', '2026-01-03', '1'),
      look('a', 'no_case', '2026-01-02', '1'),
      look('b', 'no_case', '2026-01-01', '1', '2'),
      look('a', 'own_case', '2026-01-01', '3'),
      look('c', '', '2026-01-01', '4', '5', '6'),
    ])
    expect(found.map(({ user, flag, looks, households }) => [user, flag, looks, households])).toEqual([
      ['b', 'no_case', 1, 2],
      ['a', 'no_case', 3, 1],
      ['a', 'own_case', 1, 1],
    ])
    expect(found[1]?.last).toBe('2026-01-03')
  })
})
