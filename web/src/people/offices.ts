// SPDX-License-Identifier: Apache-2.0
// The offices within reach, by code and by region: where a household lives, in words.
import { shallowRef } from 'vue'
import { readUnits, type Unit } from '../cases/choices'
import { may, session } from './session'

const kept = shallowRef<readonly Unit[]>([])
let read: readonly Unit[] = []
let byRegion: ReadonlyMap<string, Unit> = new Map()
let byCode: ReadonlyMap<string, Unit> = new Map()

/** Reads them once, others' departments for their titles alone; whoever may not read offices sees the codes. */
export async function readOffices(): Promise<readonly Unit[]> {
  if (!may('read:unit')) return []
  const units = await readUnits()
  if (units !== read) {
    read = units
    byCode = new Map(units.map((unit) => [unit.code, unit]))
    const own = units.filter((unit) => unit.within)
    byRegion = new Map(own.filter(isPlace).map((unit) => [unit.region ?? '', unit]))
    kept.value = own
  }
  return kept.value
}

export const offices = kept

/** Offices that stand for a place: those of a department have the region of another. */
export function isPlace(unit: Unit): boolean {
  return unit.region !== null && unit.department === ''
}

export function officeTitle(code: string | null): string {
  if (!code) return ''
  void kept.value
  return byCode.get(code)?.title ?? code
}

const DIGITS = [12, 9, 6, 4, 2]

/** The offices in whose region a code lies, the widest first. */
export function officesOf(region: string): readonly Unit[] {
  void kept.value
  return DIGITS.filter((length) => length <= region.length)
    .map((length) => byRegion.get(region.slice(0, length)))
    .filter((unit): unit is Unit => unit !== undefined)
    .reverse()
}

/** Where a region is, as this reader would say it: without their own office and what is above it. */
export function placeOf(region: string): string {
  const own = session.value?.unit?.code
  const all = officesOf(region)
  const below = all.filter((unit) => unit.code !== own && !isAbove(unit, own))
  const told = (below.length ? below : all.slice(-1)).map((unit) => unit.title)
  // 老隆镇第1村 says its township by itself.
  return told.filter((title, n) => !told[n + 1]?.startsWith(title)).join(' ') || region
}

function isAbove(unit: Unit, code: string | undefined): boolean {
  for (let at = code ? byCode.get(code) : undefined; at?.parent; at = byCode.get(at.parent)) {
    if (at.parent === unit.code) return true
  }
  return false
}

/** The places right below the reader's own office: what a map of theirs shows. */
export function placesBelow(): readonly Unit[] {
  const own = session.value?.unit?.code
  return kept.value.filter((unit) => unit.parent === own && isPlace(unit))
}
