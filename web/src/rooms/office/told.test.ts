// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { linesOf } from './told'

describe('what a job tells', () => {
  it('is told in lines, words in the reader’s language, lists beside each other', () => {
    const told = {
      as_of: '2025-06-30',
      proposal: null,
      title: { zh: '导入', en: 'Import' },
      households: ['A', 'B'],
      files: [{ rows: 3 }],
    }
    expect(linesOf(told, 'zh')).toEqual([
      { name: 'as_of', depth: 0, text: '2025-06-30' },
      { name: 'proposal', depth: 0, text: '—' },
      { name: 'title', depth: 0, text: '导入' },
      { name: 'households', depth: 0, text: 'A、B' },
      { name: 'files', depth: 0, text: '' },
      { name: '0', depth: 1, text: '' },
      { name: 'rows', depth: 2, text: '3' },
    ])
  })
  it('may be nothing', () => {
    expect(linesOf(null, 'en')).toEqual([])
  })
})
