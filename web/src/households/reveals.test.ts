// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { clockTold, secondsUntil, stillHeld } from './reveals'

const NOW = Date.parse('2026-11-27T04:00:00Z')

describe('what is shown whole', () => {
  it('holds until the instant the server told, and not in it', () => {
    const one = { field: 'phone', caseId: '7', until: '2026-11-27T04:15:00Z' }
    expect(stillHeld([one], NOW)).toEqual([one])
    expect(stillHeld([one], NOW + 15 * 60_000)).toEqual([])
  })
  it.each([
    [900, '15:00'],
    [59.9, '0:59'],
    [0, '0:00'],
    [-5, '0:00'],
  ])('%d seconds are told as %s', (seconds, told) => {
    expect(clockTold(seconds)).toBe(told)
  })
  it('counts seconds whatever the zone in which the instant is written', () => {
    expect(secondsUntil('2026-11-27T12:00:10+08:00', NOW)).toBe(10)
  })
})
