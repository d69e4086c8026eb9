// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { draw, shapesOf } from './outline'

function square(west: number, south: number, size: number): number[][] {
  return [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ]
}
const FILE = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: { code: 441622100, name: '老隆镇' },
      geometry: { type: 'Polygon', coordinates: [square(115, 24, 0.2)] },
    },
    {
      type: 'Feature',
      properties: { code: '441622102', name: '义都镇' },
      geometry: { type: 'MultiPolygon', coordinates: [[square(115.3, 24, 0.1)], [square(115.5, 24.1, 0.2)]] },
    },
    { type: 'Feature', properties: { name: 'without a code' }, geometry: null },
  ],
}

describe('boundaries', () => {
  it('are read with their codes as text; what has none is left out', () => {
    expect(shapesOf(FILE)?.map((shape) => [shape.code, shape.rings.length])).toEqual([
      ['441622100', 1],
      ['441622102', 2],
    ])
  })
  it.each([null, [], 'text', { type: 'Feature' }, { type: 'FeatureCollection' }])('%j is none', (file) => {
    expect(shapesOf(file)).toBeNull()
  })
  it('are drawn into the box, north up, the number in the largest part', () => {
    const { width, height, outlines } = draw(shapesOf(FILE) ?? [])
    const numbers = outlines.flatMap((one) => (one.path.match(/[\d.]+/g) ?? []).map(Number))
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers)).toBeLessThanOrEqual(Math.max(width, height))
    const [first, second] = outlines
    expect(second?.at.x).toBeGreaterThan((first?.at.x ?? 0) + (width - (first?.at.x ?? 0)) / 2)
    expect(second?.at.y).toBeLessThan(first?.at.y ?? 0)
  })
  it('of nothing are an empty drawing', () => {
    expect(draw([]).outlines).toEqual([])
  })
})
