// SPDX-License-Identifier: Apache-2.0
// Buttons do not go to paper. What one says of the page itself (a number of a table, a name) does: such a button is
// marked `told`, and its words are printed as plain ones.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const SRC = fileURLToPath(new URL('..', import.meta.url))
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.vue'))
  .map((name) => join(SRC, name))

interface Button {
  readonly file: string
  readonly classes: readonly string[]
  readonly says: string
}
function buttonsOf(file: string): readonly Button[] {
  const template = /<template>[^]*<\/template>/.exec(readFileSync(file, 'utf8'))?.[0] ?? ''
  return [...template.matchAll(/<button((?:[^>"]|"[^"]*")*)(?<!\/)>([^]*?)<\/button>/g)].map(
    ([, given = '', says = '']) => ({
      file: relative(SRC, file),
      classes: (/\sclass="([^"]*)"/.exec(given)?.[1] ?? '').split(' '),
      says: says.trim(),
    }),
  )
}

it('a button that tells something of the page is printed as what it tells', () => {
  const all = files.flatMap(buttonsOf).filter((one) => one.classes.includes('btn'))
  const tells = (one: Button) => /\{\{|<Officer/.test(one.says) && !/say\(|language/.test(one.says)
  expect(all.filter((one) => one.classes.includes('told')).length).toBeGreaterThan(6)
  const left = all.filter((one) => tells(one) && !one.classes.some((name) => name === 'told' || name === 'no-print'))
  expect(left.map((one) => `${one.file}: ${one.says}`)).toEqual([])
  const paper = readFileSync(join(SRC, 'style/paper.css'), 'utf8')
  expect(paper).toContain('.btn:not(.told)')
})
