// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { layOut, RAMP, shadeOf } from './tiles'

function light(hex: string): number {
  const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe('the tile cartogram', () => {
  it('leaves squares where the office put them, begun at the corner', () => {
    const squares = layOut([
      { id: 'a', tile: { column: 4, row: 3 } },
      { id: 'b', tile: { column: 5, row: 2 } },
    ])
    expect(squares).toEqual([
      { id: 'a', column: 1, row: 2 },
      { id: 'b', column: 2, row: 1 },
    ])
  })
  it('puts each place once, no two on one square', () => {
    const places = Array.from({ length: 23 }, (_, n) => ({
      id: `p${n}`,
      tile: n % 4 === 0 ? { column: 1 + (n % 3), row: 1 } : null,
    }))
    const squares = layOut(places)
    expect(new Set(squares.map((square) => square.id)).size).toBe(23)
    expect(new Set(squares.map((square) => `${square.column},${square.row}`)).size).toBe(23)
  })
  it('of no place is empty', () => {
    expect(layOut([])).toEqual([])
  })
  it('has an ink of at least 7:1 on its ends and 4.5:1 on every shade', () => {
    for (const { ground, ink } of RAMP) {
      const [dark, bright] = [light(ground), light(ink)].sort((one, other) => one - other) as [number, number]
      expect((bright + 0.05) / (dark + 0.05)).toBeGreaterThan(4.5)
    }
  })
  it('shades by equal steps up to the most', () => {
    expect([0, 1, 25, 26, 100].map((value) => shadeOf(value, 100))).toEqual([0, 1, 1, 2, 4])
    expect(shadeOf(3, 0)).toBe(0)
  })
})
