// SPDX-License-Identifier: Apache-2.0
// What may be done with several cases at once.
import type { ListedCase } from '../../cases/one_case'
import type { CaseMove, Machine } from '../../cases/procedures'

/** Whether all are of one kind and in one state. */
export function isAlike(rows: readonly ListedCase[]): boolean {
  const [first] = rows
  return first !== undefined && rows.every((row) => row.machine === first.machine && row.state === first.state)
}

/** Each case has a household of its own to go to, or to leave. */
const OF_ONE = ['tied_to', 'untied_because']
/** Steps of this state that are for one of the roles and ask for nothing of one case alone, as a photograph is. */
export function commonMoves(
  machine: Machine | undefined,
  rows: readonly ListedCase[],
  roles: readonly string[],
  isFile: (field: string) => boolean,
): CaseMove[] {
  const [first] = rows
  if (!machine || !first || !isAlike(rows)) return []
  return machine.moves.filter(
    (move) =>
      move.from.includes(first.state) &&
      move.by.some((role) => roles.includes(role)) &&
      !move.needs.some((field) => OF_ONE.includes(field) || isFile(field)),
  )
}
