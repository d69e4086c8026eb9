// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { acceptedRanges } from './accepted'

describe('rows that were taken', () => {
  it('are all others, as ranges', () => {
    expect(acceptedRanges([12, 5, 5])).toEqual([
      { from: null, to: 4 },
      { from: 6, to: 11 },
      { from: 13, to: null },
    ])
  })
  it('leave no range between two that follow each other', () => {
    expect(acceptedRanges([5, 6])).toEqual([
      { from: null, to: 4 },
      { from: 7, to: null },
    ])
  })
  it('are the whole file where none was refused', () => {
    expect(acceptedRanges([])).toEqual([{ from: null, to: null }])
  })
})
