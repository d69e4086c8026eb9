// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../words/language'

/** A column of a table. `width` in px at normal print; one column without a width takes what is left. */
export interface Column<Row> {
  readonly id: string
  readonly title: Words
  readonly width?: number
  readonly number?: boolean
  /** Plain text of a cell; a slot of the column's id shows more. */
  readonly text?: (row: Row) => string
  /** On a phone a row is a card: what stands in its first line, shares one, has one (so if unsaid) or two, or none. */
  readonly card?: 'head' | 'half' | 'line' | 'deep' | 'none'
}

/** Where a cell stands in the card: line from 1, how many lines, first of twelve columns, how many of them. */
export interface CardPlace {
  readonly line: number
  readonly deep: 1 | 2
  readonly from: number
  readonly span: number
}
const COLUMNS = 12
const WIDE = 240 // of a column without a width

const NORMAL_PRINT = 14 // px, at which widths are told
/** In em, so that widths grow in large print. */
const em = (px: number) => `${px / NORMAL_PRINT}em`

/** The columns of a row's grid: each at least as wide as it says, what is left over shared out by width. */
export function gridOf(columns: readonly Told[], selectable: boolean, printing: boolean): string {
  const widths = columns.map((column) => column.width ?? WIDE)
  const cells = widths.map((width) => `minmax(${printing ? '0' : em(width)}, ${width}fr)`)
  return [...(selectable ? ['44px'] : []), ...cells].join(' ')
}
export function narrowestOf(columns: readonly Told[], selectable: boolean): string {
  return em(columns.reduce((sum, column) => sum + (column.width ?? WIDE), selectable ? 48 : 0))
}

type Told = Pick<Column<never>, 'id' | 'width' | 'card'>

/** The lines of a card; where nothing is said, the first column is its head. In large print (`roomy`) there is no room
 *  for two halves beside each other. */
export function cardOf(
  columns: readonly Told[],
  roomy = false,
): { lines: number; places: ReadonlyMap<string, CardPlace> } {
  const places = new Map<string, CardPlace>()
  const said = columns.filter((column) => column.card === 'head')
  const heads = said.length > 0 ? said : columns.slice(0, 1)
  const whole = heads.reduce((sum, column) => sum + (column.width ?? WIDE), 0)
  const deep = heads.some((column) => column.card === 'deep') ? 2 : 1
  let from = 1
  heads.forEach((column, n) => {
    const share = Math.max(2, Math.floor((COLUMNS * (column.width ?? WIDE)) / whole))
    const span = n === heads.length - 1 ? COLUMNS + 1 - from : share
    places.set(column.id, { line: 1, deep, from, span })
    from += span
  })
  let line = heads.length > 0 ? deep : 0
  let half = false
  for (const column of columns) {
    if (heads.includes(column) || column.card === 'none') continue
    const isHalf = column.card === 'half' && !roomy
    const second: boolean = isHalf && half
    if (!second) line += 1
    const span = isHalf ? COLUMNS / 2 : COLUMNS
    const lines = column.card === 'deep' ? 2 : 1
    places.set(column.id, { line, deep: lines, from: second ? COLUMNS / 2 + 1 : 1, span })
    line += lines - 1
    half = isHalf && !second
  }
  // A half that is left alone has its line.
  const onLine = (at: number) => [...places.values()].filter((place) => place.line === at).length
  for (const [id, place] of places) {
    if (place.span === COLUMNS / 2 && onLine(place.line) === 1) places.set(id, { ...place, span: COLUMNS })
  }
  return { lines: line, places }
}
