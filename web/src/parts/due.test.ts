// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { dueTold } from './due'

// 2026-11-27 is a Friday.
const FRIDAY = '2026-11-27'

describe('a due day in words', () => {
  it('is told in working days where the server counted those', () => {
    expect(dueTold('2026-12-02', 3, FRIDAY)).toEqual({ tone: 'orange', text: '还有 3 个工作日' })
    expect(dueTold('2026-12-03', 4, FRIDAY)).toEqual({ tone: 'grey', text: '还有 4 个工作日' })
    expect(dueTold('2026-11-25', -2, FRIDAY)).toEqual({ tone: 'red', text: '已超期 2 个工作日' })
  })
  it('is told in natural days where the law counts those', () => {
    expect(dueTold('2026-12-02', null, FRIDAY).text).toBe('还有 5 天')
    expect(dueTold('2026-11-25', undefined, FRIDAY)).toEqual({ tone: 'red', text: '已超期 2 天' })
  })
  it('is today or tomorrow by either', () => {
    expect(dueTold(FRIDAY, 0, FRIDAY).text).toBe('今天到期')
    expect(dueTold('2026-11-28', null, FRIDAY).text).toBe('明天到期')
  })
  it('is late on the day off after it, though no working day is', () => {
    expect(dueTold(FRIDAY, 0, '2026-11-28')).toEqual({ tone: 'red', text: '已超期 1 天' })
  })
  it('is not set where there is none', () => {
    expect(dueTold(null, null, FRIDAY)).toEqual({ tone: 'grey', text: '未定' })
  })
})
