// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { columnsOf } from './columns'

const AT_1440 = 1440 - 232 - 36 // px: without the side and the edges, in large print
const LARGE = 18 / 14

describe('the list of warnings in large print', () => {
  const widthOf = (large: boolean) => columnsOf(true, false, large).reduce((sum, one) => sum + (one.width ?? 0), 48)
  it('has its status within a window of 1440 px', () => {
    expect(widthOf(true) * LARGE).toBeLessThanOrEqual(AT_1440)
    expect(columnsOf(true, false, true).map((one) => one.id)).toContain('standing')
  })
  it('says more where there is room for it', () => {
    expect(widthOf(false) * LARGE).toBeGreaterThan(AT_1440)
    for (const large of [true, false]) {
      const ids = columnsOf(false, true, large).map((one) => one.id)
      expect([ids.includes('at'), ids.includes('issued'), ids.includes('caseDue')]).toEqual([true, true, true])
    }
  })
})
