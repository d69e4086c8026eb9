// SPDX-License-Identifier: Apache-2.0
import type { Case } from '../../cases/one_case'

/** What a field was told last. */
export function lastTold(one: Pick<Case, 'events'>, field: string): readonly string[] {
  return [...one.events].reverse().find((event) => event.fields[field]?.length)?.fields[field] ?? []
}

/** Household numbers as somebody pastes them: a line, a comma, a space between; each once. */
export function codesOf(written: string): string[] {
  return [...new Set(written.split(/[\s,，、;；]+/).filter(Boolean))]
}
