// SPDX-License-Identifier: Apache-2.0
// What a job was asked and what came of it, as lines that a person reads: whatever the server tells, nothing left out.
import { comma } from '../../words/marks'

export interface Line {
  readonly name: string
  readonly depth: number
  readonly text: string
}
type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value }

const LONGEST = 200

/** Words in both languages are one value. */
function isWords(value: Value): value is { zh: string; en: string } {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value
}

export function linesOf(value: unknown, language: 'zh' | 'en', depth = 0): Line[] {
  if (typeof value !== 'object' || value === null) return []
  const found: Line[] = []
  for (const [name, one] of Object.entries(value as Record<string, Value>)) {
    if (found.length > LONGEST) break
    if (typeof one !== 'object' || one === null) found.push({ name, depth, text: one === null ? '—' : String(one) })
    else if (isWords(one)) found.push({ name, depth, text: one[language] })
    else if (Array.isArray(one) && one.every((part) => typeof part !== 'object'))
      found.push({ name, depth, text: one.length ? one.join(comma()) : '—' })
    else found.push({ name, depth, text: '' }, ...linesOf(one, language, depth + 1))
  }
  return found
}
