// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { saysSomething } from './said'

describe('what must be told', () => {
  it('says nothing with blanks, marks of punctuation and what is not seen alone', () => {
    for (const text of [
      '',
      ' ',
      '　',
      '\n\t',
      '。',
      '……——',
      '-',
      '（）',
      '\u200b',
      '\ufeff ',
      '\u3164',
      '👍',
      '★',
      '×',
    ])
      expect(saysSomething(text), JSON.stringify(text)).toBe(false)
  })
  it('says something with one letter or digit of any script', () => {
    for (const text of ['病', ' 病。', '〇', '𠮷', 'a', '7', '９', 'ཀ', 'ئ', '\ue800'])
      expect(saysSomething(text), JSON.stringify(text)).toBe(true)
  })
})
