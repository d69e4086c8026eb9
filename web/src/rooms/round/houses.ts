// SPDX-License-Identifier: Apache-2.0
// Which cases are asked at a door, and the houses in the order in which they are walked: by due day, then by village.
import type { Schema } from '../../api/client'
import type { CaseMove, Machine } from '../../cases/procedures'
import type { Bag, House } from './model'

export type Listed = Schema['ListedCase']
const OFFICERS = 'officers'
export const ATTEMPT = 'attempt'

/** A move that is made by people who stand at the door. */
export function isDoorMove(move: CaseMove): boolean {
  return move.needs.includes(OFFICERS) || move.may.includes(OFFICERS) || move.needs.includes(ATTEMPT)
}

/** Whether one with these roles has something to do at the door of a case in this state. */
export function isForDoor(listed: Listed, machines: readonly Machine[], roles: readonly string[]): boolean {
  if (listed.household === '' || listed.closed) return false
  const moves = machines.find((machine) => machine.id === listed.machine)?.moves ?? []
  return moves.some(
    (move) => isDoorMove(move) && move.from.includes(listed.state) && move.by.some((role) => roles.includes(role)),
  )
}

export interface Stop {
  readonly code: string
  readonly village: string
  readonly due: string | null
  readonly overdue: boolean
  readonly cases: readonly Listed[]
}

function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}
function inOrder(one: Stop, other: Stop): number {
  const [a, b] = [one.due ?? '9999', other.due ?? '9999']
  if (a !== b) return a < b ? -1 : 1
  return one.village.localeCompare(other.village, 'zh') || one.code.localeCompare(other.code)
}

/** Cases by their house, in the order of the round. */
export function stopsOf(cases: readonly Listed[]): Stop[] {
  const stops = new Map<string, Stop>()
  for (const one of cases) {
    const before = stops.get(one.household)
    stops.set(one.household, {
      code: one.household,
      village: before?.village || (one.unit ?? ''),
      due: before ? earlier(before.due, one.due_on) : one.due_on,
      overdue: one.overdue || (before?.overdue ?? false),
      cases: [...(before?.cases ?? []), one],
    })
  }
  return [...stops.values()].sort(inOrder)
}

export interface Leg {
  readonly due: string | null
  readonly stops: readonly Stop[]
}
/** The round by days; what is overdue stands on its own day. */
export function legsOf(stops: readonly Stop[]): Leg[] {
  const legs: Leg[] = []
  for (const stop of stops) {
    const last = legs[legs.length - 1]
    if (last && last.due === stop.due) legs[legs.length - 1] = { due: last.due, stops: [...last.stops, stop] }
    else legs.push({ due: stop.due, stops: [stop] })
  }
  return legs
}

/** A house that was taken along, as it stands in the round. */
export function stopOfHouse(house: House): Stop {
  const dues = house.tasks.map((task) => task.due)
  return {
    code: house.code,
    village: house.village,
    due: dues.reduce(earlier, null),
    overdue: house.tasks.some((task) => task.overdue),
    cases: [],
  }
}
export function housesInOrder(houses: readonly House[]): readonly House[] {
  const order = houses
    .map((house) => ({ house, stop: stopOfHouse(house) }))
    .sort((one, other) => inOrder(one.stop, other.stop))
  return order.map((one) => one.house)
}

/**
 * What is left of the bag once these cases are done with: a task that was received goes, and a house with its names,
 * address and telephones when its last one did; unless a form of it still waits, which may have to be mended.
 */
export function withoutDone(bag: Bag, done: readonly string[], waiting: readonly string[]): Bag {
  const left = (house: House) => house.tasks.filter((task) => !done.includes(task.id))
  const houses = bag.houses.flatMap((house) => {
    if (waiting.includes(house.code)) return [house]
    const tasks = left(house)
    return tasks.length > 0 ? [{ ...house, tasks }] : []
  })
  return { ...bag, houses }
}

/** Whether the round of this day goes there by itself: something is due today, or was due before. */
export function isOfToday(stop: Stop, today: string): boolean {
  return stop.due !== null && stop.due <= today
}
