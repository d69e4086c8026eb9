// SPDX-License-Identifier: Apache-2.0
// Chinese sets a blank beside figures and Latin letters, and none beside words: not beside what stands for one.
import { describe, expect, it } from 'vitest'

const SOURCES = import.meta.glob<string>(['../**/*.{ts,vue}', '!../**/*.test.ts', '!../api/schema.d.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const WORD = '\\{(?:who|by|kind|fact|rules|unit|level|benefit|category|state|title|move|office)\\}'
const STRAY = new RegExp(`[\u4e00-\u9fff] ${WORD}|${WORD} [\u4e00-\u9fff]`)

function strayIn(text: string): string[] {
  return text.split('\n').filter((line) => STRAY.test(line))
}

describe('a sentence in Chinese', () => {
  it('has no blank beside a word that is put into it', () => {
    expect(Object.keys(SOURCES).length).toBeGreaterThan(100)
    expect(
      Object.entries(SOURCES).flatMap(([file, text]) => strayIn(text).map((line) => `${file}: ${line}`)),
    ).toEqual([])
  })
  it('would be found with one, and may have one beside a figure or a day', () => {
    expect(strayIn("zh: '由 {who} 确认'")).toHaveLength(1)
    expect(strayIn("zh: '{kind} 第 {n} 号'")).toHaveLength(1)
    expect(strayIn("zh: '由{who}于 {day} 确认，共 {n} 件'")).toEqual([])
  })
})
