// SPDX-License-Identifier: Apache-2.0
// No style is younger than the oldest browser that is promised (docs/web.md: Chrome 88), where a page would fall apart
// without it. What is only nicer with it (accent-color) may stay.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SRC = fileURLToPath(new URL('..', import.meta.url))
const YOUNG = [
  String.raw`:has\(`,
  String.raw`@(layer|container|scope)\b`,
  String.raw`\b(color-mix|oklch|round)\(`,
  String.raw`\d[dsl]v[hwb]\b`,
  String.raw`^\s*&`,
  'text-wrap:',
  'subgrid',
  ':popover-open',
]
const TOO_YOUNG = new RegExp(YOUNG.join('|'), 'm')

function stylesOf(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return stylesOf(path)
    if (name.endsWith('.css')) return [[path, readFileSync(path, 'utf8')] as const]
    if (!name.endsWith('.vue')) return []
    return [[path, /<style[^>]*>([^]*)<\/style>/.exec(readFileSync(path, 'utf8'))?.[1] ?? ''] as const]
  })
}

describe('styles', () => {
  it('are as old as the browsers that are promised', () => {
    const styles = stylesOf(SRC)
    expect(styles.length).toBeGreaterThan(100)
    expect(styles.filter(([, text]) => TOO_YOUNG.test(text)).map(([path]) => path.slice(SRC.length))).toEqual([])
  })
  it('would be found out', () => {
    for (const young of ['main:has(table) {', '.a { width: 50dvh; }', '@container (min-width: 1px)'])
      expect(TOO_YOUNG.test(young)).toBe(true)
    for (const old of ['.a:hover {', '.a { height: 74vh; }', '@media print {', '.a { inset: 0; }'])
      expect(TOO_YOUNG.test(old)).toBe(false)
  })
})
