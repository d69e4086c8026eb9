// SPDX-License-Identifier: Apache-2.0
// Two packs side by side: what the server found to differ, and on wish what is alike, by section and element.
import type { Schema } from '../../api/client'
import type { Language } from '../../words/language'
import { isShown, titleOf, type Element } from './elements'

export type Difference = Schema['Difference']
export interface Row {
  readonly key: string
  readonly before: string | null
  readonly after: string | null
  readonly clauseBefore: string
  readonly clauseAfter: string
  readonly same: boolean
}
export interface Compared {
  readonly id: string
  readonly title: string
  /** Where it stands: in both, or in one alone. */
  readonly only: 'both' | 'before' | 'after'
  readonly rows: readonly Row[]
}
export interface ComparedSection {
  readonly section: string
  readonly differing: number
  readonly elements: readonly Compared[]
}

interface Side {
  readonly elements: readonly Element[]
}

function keyOf(section: string, id: string): string {
  return `${section}/${id}`
}
function index(side: Side): ReadonlyMap<string, Element> {
  return new Map(side.elements.map((element) => [keyOf(element.section, element.id), element]))
}

function differingRows(differences: readonly Difference[], language: Language): Row[] {
  return differences
    .filter((one) => isShown(one.key, language))
    .map((one) => ({
      key: one.key,
      before: one.before?.value ?? null,
      after: one.after?.value ?? null,
      clauseBefore: one.before?.clause ?? '',
      clauseAfter: one.after?.clause ?? '',
      same: false,
    }))
}

function alikeRows(element: Element, other: Element, differing: ReadonlySet<string>, language: Language): Row[] {
  return Object.entries(element.values)
    .filter(([key, value]) => isShown(key, language) && !differing.has(key) && other.values[key] === value)
    .map(([key, value]) => ({
      key,
      before: value,
      after: value,
      clauseBefore: element.clause,
      clauseAfter: other.clause,
      same: true,
    }))
}

/** Of two days of one pack, of which the elements of today are known: who stood on which of them. What only one of the
 *  days states at all stood on that day alone. */
export function sidesOf(
  differences: readonly Difference[],
  elements: readonly Element[],
): { readonly before: Side; readonly after: Side } {
  const lacksIn = (day: 'before' | 'after') => {
    const stated = new Map<string, boolean>()
    for (const one of differences) {
      const at = keyOf(one.section, one.id)
      stated.set(at, (stated.get(at) ?? false) || one[day] !== null)
    }
    return (element: Element) => stated.get(keyOf(element.section, element.id)) === false
  }
  const [newer, gone] = [lacksIn('before'), lacksIn('after')]
  return {
    before: { elements: elements.filter((element) => !newer(element)) },
    after: { elements: elements.filter((element) => !gone(element)) },
  }
}

/** By section in the order of the packs; with `all` also what is alike. */
export function compare(
  differences: readonly Difference[],
  before: Side,
  after: Side,
  language: Language,
  all: boolean,
): readonly ComparedSection[] {
  const left = index(before)
  const right = index(after)
  const found = new Map<string, Difference[]>()
  for (const one of differences) {
    const at = keyOf(one.section, one.id)
    found.set(at, [...(found.get(at) ?? []), one])
  }
  const names = new Set([...(all ? [...left.keys(), ...right.keys()] : []), ...found.keys()])
  const sections = new Map<string, Compared[]>()
  for (const name of names) {
    const one = compared(name, found.get(name) ?? [], left.get(name), right.get(name), language, all)
    if (one.rows.length === 0) continue
    const section = name.slice(0, name.indexOf('/'))
    sections.set(section, [...(sections.get(section) ?? []), one])
  }
  return [...sections].map(([section, elements]) => ({
    section,
    differing: elements.filter((one) => one.rows.some((row) => !row.same)).length,
    elements,
  }))
}

function compared(
  name: string,
  differences: readonly Difference[],
  before: Element | undefined,
  after: Element | undefined,
  language: Language,
  all: boolean,
): Compared {
  const rows = differingRows(differences, language)
  const keys = new Set(differences.map((one) => one.key))
  if (all && before && after) rows.push(...alikeRows(before, after, keys, language))
  const shown = after ?? before
  const id = name.slice(name.indexOf('/') + 1)
  return {
    id,
    title: shown ? titleOf(shown, language) : id,
    only: before && after ? 'both' : before ? 'before' : 'after',
    rows,
  }
}
