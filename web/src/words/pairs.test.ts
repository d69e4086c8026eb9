// SPDX-License-Identifier: Apache-2.0
// What is said stands in both languages: neither is empty, both take the same values, and English has no Chinese in it.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const SRC = fileURLToPath(new URL('..', import.meta.url))
const PAIR = /zh:\s*(['"])((?:\\.|(?!\1)[^\\])*)\1,\s*en:\s*(['"])((?:\\.|(?!\3)[^\\])*)\3/g
const pairs = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name) && !/\.(test|d)\.ts$/.test(name))
  .flatMap((name) =>
    [...readFileSync(join(SRC, name), 'utf8').matchAll(PAIR)].map(([, , zh = '', , en = '']) => ({
      file: relative(SRC, join(SRC, name)),
      zh,
      en,
    })),
  )
const values = (text: string): string =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name)
    .sort()
    .join()
const told = (wrong: typeof pairs): string[] => wrong.map(({ file, zh, en }) => `${file}: ${zh} | ${en}`)

it('pairs of words are found', () => {
  expect(pairs.length).toBeGreaterThan(1500)
})
it('both languages say something', () => {
  expect(told(pairs.filter(({ zh, en }) => zh.trim() === '' || en.trim() === ''))).toEqual([])
})
it('both take the same values', () => {
  const each = (text: string) => [...new Set(values(text).split(','))].join()
  expect(told(pairs.filter(({ zh, en }) => each(zh) !== each(en)))).toEqual([])
})
it('English is written without Chinese letters and marks', () => {
  // A map approval number is entered as it is printed, in any language.
  const asPrinted = 'GS(2024)0650号'
  const chinese = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/
  expect(told(pairs.filter(({ en }) => chinese.test(en.replace(asPrinted, ''))))).toEqual([])
})
it('Chinese is written with its own marks', () => {
  const half = /[\u4e00-\u9fff][,;:?!](?!\/)|[\u4e00-\u9fff]\.(?![a-z])/
  expect(told(pairs.filter(({ zh }) => half.test(zh)))).toEqual([])
})
