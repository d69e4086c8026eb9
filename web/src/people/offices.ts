// SPDX-License-Identifier: Apache-2.0
// The offices within reach, by code and by region: where a household lives, in words.
import { shallowRef } from 'vue'
import { readUnits, type Unit } from '../cases/choices'
import { officesTold, readTitles } from '../law/titles'
import { may, session } from './session'

const kept = shallowRef<readonly Unit[]>([])
/** While they come, a code is no name: a row says … instead. */
const coming = shallowRef(false)
const WAITING = '…'
let from: readonly Unit[] | null = null
let beside: readonly Unit[] = []
let read: readonly Unit[] = []
let byRegion: ReadonlyMap<string, Unit> = new Map()
let byCode: ReadonlyMap<string, Unit> = new Map()

/**
 * With others' for their titles: departments to which cases are handed, and those that the law's titles bring: to
 * whoever does not read the list of offices, and to departments.
 */
export async function readEveryOffice(): Promise<readonly Unit[]> {
  coming.value = from === null
  try {
    return await readAll()
  } finally {
    coming.value = false
  }
}
async function readAll(): Promise<readonly Unit[]> {
  const [units] = await Promise.all([may('read:unit') ? readUnits() : [], readTitles()])
  if (units === from && officesTold() === beside) return read
  from = units
  beside = officesTold()
  const known = new Set(units.map((unit) => unit.code))
  read = [...units, ...beside.filter((unit) => !known.has(unit.code))]
  byCode = new Map(read.map((unit) => [unit.code, unit]))
  byRegion = new Map(read.filter(isPlace).map((unit) => [unit.region ?? '', unit]))
  kept.value = read.filter((unit) => unit.within)
  return read
}

/** Those of one's own, read once. */
export async function readOffices(): Promise<readonly Unit[]> {
  await readEveryOffice()
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
  return byCode.get(code)?.title ?? (coming.value ? WAITING : code)
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
  return told.filter((title, n) => !told[n + 1]?.startsWith(title)).join(' ') || (coming.value ? WAITING : region)
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
