// SPDX-License-Identifier: Apache-2.0
// Offices as a tree, in the order in which the server tells them.
import type { Unit } from '../../cases/choices'

export interface Branch {
  readonly unit: Unit
  readonly depth: number
  readonly below: number
}

/** Every office behind the one that it stands under; one whose parent is not told stands at the root. */
export function branchesOf(units: readonly Unit[]): readonly Branch[] {
  const known = new Set(units.map((unit) => unit.code))
  const children = new Map<string, Unit[]>()
  for (const unit of units) {
    const parent = unit.parent !== null && known.has(unit.parent) ? unit.parent : ''
    children.set(parent, [...(children.get(parent) ?? []), unit])
  }
  const found: Branch[] = []
  const add = (code: string, depth: number): number => {
    let count = 0
    for (const unit of children.get(code) ?? []) {
      const at = found.length
      found.push({ unit, depth, below: 0 })
      const below = add(unit.code, depth + 1)
      found[at] = { unit, depth, below }
      count += below + 1
    }
    return count
  }
  add('', 0)
  return found
}

export function depthOf(unit: Unit, units: readonly Unit[]): number {
  let depth = 0
  const byCode = new Map(units.map((one) => [one.code, one]))
  for (
    let at = unit.parent ? byCode.get(unit.parent) : undefined;
    at;
    at = at.parent ? byCode.get(at.parent) : undefined
  )
    depth += 1
  return depth
}

/** Each department once, by the title of the first office that is of it. */
export function departmentsOf(units: readonly Unit[]): readonly { id: string; title: string }[] {
  const found = new Map<string, string>()
  for (const unit of units) if (unit.department && !found.has(unit.department)) found.set(unit.department, unit.title)
  return [...found].map(([id, title]) => ({ id, title }))
}
