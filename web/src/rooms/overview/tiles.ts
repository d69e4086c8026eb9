// SPDX-License-Identifier: Apache-2.0
// The tile cartogram: one square for each place, where its office put it, else in a tidy grid.
export interface Placed {
  readonly id: string
  readonly tile: { readonly column: number; readonly row: number } | null
}
export interface Square {
  readonly id: string
  readonly column: number
  readonly row: number
}

const WIDER = 1.5 // a grid somewhat wider than high

/** Squares from column and row 1 on; no two on one. Places without a square of their own follow in rows below. */
export function layOut(places: readonly Placed[]): readonly Square[] {
  const own = places.filter((place) => place.tile !== null)
  const taken = new Set<string>()
  const squares: Square[] = []
  const left = Math.min(...own.map((place) => place.tile?.column ?? 1))
  const top = Math.min(...own.map((place) => place.tile?.row ?? 1))
  const without: Placed[] = places.filter((place) => place.tile === null)
  for (const place of own) {
    const column = (place.tile?.column ?? 1) - left + 1
    const row = (place.tile?.row ?? 1) - top + 1
    if (taken.has(`${column},${row}`)) without.push(place)
    else squares.push({ id: place.id, column, row })
    taken.add(`${column},${row}`)
  }
  const below = squares.reduce((most, square) => Math.max(most, square.row), 0)
  const widest = squares.reduce((most, square) => Math.max(most, square.column), 0)
  const columns = Math.max(widest, Math.ceil(Math.sqrt(without.length * WIDER)))
  without.forEach((place, n) => {
    squares.push({ id: place.id, column: (n % columns) + 1, row: below + Math.floor(n / columns) + 1 })
  })
  return squares
}

/** Five shades of one blue; each with an ink that can be read on it. */
export const RAMP: readonly { readonly ground: string; readonly ink: string }[] = [
  { ground: '#eaf2fc', ink: '#1b2430' },
  { ground: '#c4daf4', ink: '#1b2430' },
  { ground: '#8fb8e8', ink: '#10233f' },
  { ground: '#2b66b5', ink: '#ffffff' },
  { ground: '#0b3a78', ink: '#ffffff' },
]

/** Which shade: of equal steps up to the most; nothing has the lightest. */
export function shadeOf(value: number, most: number): number {
  if (value <= 0 || most <= 0) return 0
  return Math.min(RAMP.length - 1, Math.ceil((value / most) * (RAMP.length - 1)))
}
