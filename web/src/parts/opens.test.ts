// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { targetOf } from './opens'

describe('a number with its list', () => {
  it('opens the screen of that list with the same filters', () => {
    expect(targetOf('/api/v1/warnings?level=red%2Corange&unit=t102')).toEqual({
      path: '/warnings',
      query: { level: 'red,orange', unit: 't102' },
    })
    expect(targetOf('/api/v1/cases')).toEqual({ path: '/todo', query: {} })
  })
  it('opens nothing where no screen shows it', () => {
    expect(targetOf('/api/v1/anchors?x=1')).toBeNull()
  })
})
