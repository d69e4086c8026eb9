// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { language } from './language'
import { relationTold, sexTold } from './register'

describe('words of the register', () => {
  afterEach(() => {
    language.value = 'zh'
  })
  it('stand as they were written for a Chinese reader', () => {
    expect([relationTold('之女'), sexTold('女')]).toEqual(['之女', '女'])
  })
  it('are English for an English one: 女 is a daughter of the head, and female', () => {
    language.value = 'en'
    expect(['户主', '子', '女', '之子', '配偶'].map(relationTold)).toEqual([
      'head',
      'son',
      'daughter',
      'son',
      'spouse',
    ])
    expect(['男', '女'].map(sexTold)).toEqual(['male', 'female'])
  })
  it('that nobody knows stay as they are', () => {
    language.value = 'en'
    expect(relationTold('寄养')).toBe('寄养')
    expect(sexTold('')).toBe('')
  })
})
