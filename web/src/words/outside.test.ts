// SPDX-License-Identifier: Apache-2.0
// An English screen has Chinese in it where data is Chinese, and nowhere else: what the app itself says stands in pairs
// of words. What stands outside of them is named here, with why.
import { expect, it } from 'vitest'

const SOURCES = import.meta.glob<string>(
  ['../**/*.{ts,vue}', '!../**/*.test.ts', '!../api/schema.d.ts', '!./register.ts'],
  { query: '?raw', import: 'default', eager: true },
)
const OUTSIDE: Readonly<Record<string, string>> = {
  'app/Shell.vue': 'a language is named in itself',
  'rooms/citizen/CitizenFrame.vue': 'a language is named in itself',
  'rooms/round/RoundFrame.vue': 'a language is named in itself',
  'rooms/sign_in/DoorFrame.vue': 'a language is named in itself',
  'rooms/apply/household.ts': 'what members are called at the server',
  'rooms/apply/known.ts': 'values as the register writes them, which are read',
  'rooms/citizen/check.ts': 'a sum as people type it, which is read',
  'rooms/rules/whatif.ts': 'a sum as people type it, which is read',
  'rooms/households/Household.vue': 'a heading in both languages, of a name',
  'rooms/overview/FlowTable.vue': 'a month, told otherwise in English',
  'words/form.ts': 'a day and a month, told otherwise in English',
  'rooms/overview/words.ts': 'a map’s approval, as it is printed',
  'rooms/round/place.ts': 'what goes into the record of a knock',
}
const COMMENT = /<!--[^]*?-->|\/\*[^]*?\*\/|(?<=^|\s)\/\/.*$/gm
const PAIRED = /zh:\s*(['"`])(?:\\.|(?!\1)[^\\])*\1/g
const isOutside = (text: string): boolean => /[\u4e00-\u9fff]/.test(text.replace(COMMENT, '').replace(PAIRED, ''))

it('Chinese stands in pairs of words, or is named here', () => {
  expect(Object.keys(SOURCES).length).toBeGreaterThan(300)
  const found = Object.entries(SOURCES)
    .filter(([, text]) => isOutside(text))
    .map(([file]) => file.replace(/^\.\.\/|^\.\//, (start) => (start === './' ? 'words/' : '')))
  expect(found.sort()).toEqual(Object.keys(OUTSIDE).sort())
})
it('would be found in a template and in a script', () => {
  expect(isOutside('<p>没有数据</p>')).toBe(true)
  expect(isOutside("const title = '标题'")).toBe(true)
  expect(isOutside("const t = { zh: '标题', en: 'Title' } // 标题\n<!-- 说明 -->")).toBe(false)
})
