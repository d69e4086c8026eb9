// SPDX-License-Identifier: Apache-2.0
import type { Case } from '../../cases/one_case'

/** What a field was told last. */
export function lastTold(one: Pick<Case, 'events'>, field: string): readonly string[] {
  return [...one.events].reverse().find((event) => event.fields[field]?.length)?.fields[field] ?? []
}

export interface Rollup {
  readonly all: number
  readonly done: number
  readonly states: readonly { machine: string; state: string; count: number }[]
}
/** How far the cases below are: those that are closed, and how many stand in each state. */
export function rollUp(below: Case['below']): Rollup {
  const states = new Map<string, { machine: string; state: string; count: number }>()
  for (const one of below) {
    const key = `${one.machine}.${one.state}`
    const known = states.get(key) ?? { machine: one.machine, state: one.state, count: 0 }
    known.count += 1
    states.set(key, known)
  }
  return { all: below.length, done: below.filter((one) => one.closed).length, states: [...states.values()] }
}

/** Household numbers as somebody pastes them: a line, a comma, a space between; each once. */
export function codesOf(written: string): string[] {
  return [...new Set(written.split(/[\s,，、;；]+/).filter(Boolean))]
}
