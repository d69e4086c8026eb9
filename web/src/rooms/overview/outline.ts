// SPDX-License-Identifier: Apache-2.0
// A bureau's own boundaries drawn as SVG paths: fitted to a box, north up, with a place for each number.
export interface Outline {
  readonly code: string
  readonly name: string
  readonly path: string
  readonly at: { readonly x: number; readonly y: number }
}
export interface Drawing {
  readonly width: number
  readonly height: number
  readonly outlines: readonly Outline[]
}

type Point = readonly [number, number]
type Ring = readonly Point[]
interface Shape {
  readonly code: string
  readonly name: string
  readonly rings: readonly Ring[]
}

const WIDTH = 600
const HIGHEST = 460
const MARGIN = 6

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
function isPoint(value: unknown): value is Point {
  return Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number'
}
function ringsOf(geometry: unknown): readonly Ring[] {
  if (!isRecord(geometry) || !Array.isArray(geometry['coordinates'])) return []
  const coordinates: readonly unknown[] = geometry['coordinates']
  const polygons = geometry['type'] === 'MultiPolygon' ? coordinates : [coordinates]
  return polygons
    .flatMap((polygon) => (Array.isArray(polygon) ? (polygon as readonly unknown[]) : []))
    .filter((ring): ring is Ring => Array.isArray(ring) && ring.length > 3 && ring.every(isPoint))
}

/** The shapes of a FeatureCollection; null where it is none. */
export function shapesOf(file: unknown): readonly Shape[] | null {
  if (!isRecord(file) || file['type'] !== 'FeatureCollection' || !Array.isArray(file['features'])) return null
  return (file['features'] as readonly unknown[]).flatMap((feature) => {
    if (!isRecord(feature) || !isRecord(feature['properties'])) return []
    const { code, name } = feature['properties']
    const rings = ringsOf(feature['geometry'])
    if ((typeof code !== 'string' && typeof code !== 'number') || rings.length === 0) return []
    return [{ code: String(code), name: typeof name === 'string' ? name : '', rings }]
  })
}

/** Draws shapes into a box: degrees of longitude are as short as they are at that latitude. */
export function draw(shapes: readonly Shape[]): Drawing {
  const points = shapes.flatMap((shape) => shape.rings.flat())
  if (points.length === 0) return { width: WIDTH, height: HIGHEST, outlines: [] }
  const [west, east] = ends(points.map(([x]) => x))
  const [south, north] = ends(points.map(([, y]) => y))
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const wide = Math.max((east - west) * squeeze, 1e-9)
  const high = Math.max(north - south, 1e-9)
  const scale = Math.min((WIDTH - 2 * MARGIN) / wide, (HIGHEST - 2 * MARGIN) / high)
  const place = ([x, y]: Point): Point => [
    round((x - west) * squeeze * scale + MARGIN),
    round((north - y) * scale + MARGIN),
  ]
  return {
    width: round(wide * scale + 2 * MARGIN),
    height: round(high * scale + 2 * MARGIN),
    outlines: shapes.map((shape) => {
      const rings = shape.rings.map((ring) => ring.map(place))
      return {
        code: shape.code,
        name: shape.name,
        path: rings.map((ring) => `M${ring.map(([x, y]) => `${x} ${y}`).join('L')}Z`).join(''),
        at: middleOf(rings),
      }
    }),
  }
}

function ends(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  )
}
const round = (value: number) => Math.round(value * 10) / 10

/** The centre of the largest ring: where its number stands. */
function middleOf(rings: readonly Ring[]): { x: number; y: number } {
  let best = { area: -1, x: 0, y: 0 }
  for (const ring of rings) {
    const found = centreOf(ring)
    if (found.area > best.area) best = found
  }
  return { x: round(best.x), y: round(best.y) }
}

function centreOf(ring: Ring): { area: number; x: number; y: number } {
  let twice = 0
  let x = 0
  let y = 0
  ring.forEach(([x1, y1], n) => {
    const [x2, y2] = ring[(n + 1) % ring.length] ?? [x1, y1]
    const cross = x1 * y2 - x2 * y1
    twice += cross
    x += (x1 + x2) * cross
    y += (y1 + y2) * cross
  })
  if (Math.abs(twice) < 1e-9) return { area: 0, x: ring[0]?.[0] ?? 0, y: ring[0]?.[1] ?? 0 }
  return { area: Math.abs(twice / 2), x: x / (3 * twice), y: y / (3 * twice) }
}
