// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { fitted } from './pictures'
import { placeTold, signedTold, timeTold } from './place'

describe('a picture', () => {
  it('is made smaller in proportion and never larger', () => {
    expect(fitted(4000, 3000, 2000)).toEqual({ width: 2000, height: 1500 })
    expect(fitted(3000, 4000, 2000)).toEqual({ width: 1500, height: 2000 })
    expect(fitted(640, 480, 2000)).toEqual({ width: 640, height: 480 })
    expect(fitted(9000, 1, 2000)).toEqual({ width: 2000, height: 1 })
  })
})

describe('the evidence', () => {
  it('says place, time and a paper signature in the words of the record', () => {
    expect(placeTold({ latitude: 24.1234567, longitude: 115.2, metres: 18 })).toBe(
      '位置 24.12346, 115.20000（误差约 18 米）',
    )
    expect(timeTold(new Date(2026, 10, 27, 9, 5))).toBe('到户时间 2026-11-27 09:05')
    expect(signedTold('王秀英')).toContain('王秀英')
  })
})
