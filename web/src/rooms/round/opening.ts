// SPDX-License-Identifier: Apache-2.0
import { openingMoves, type Machine } from '../../cases/procedures'

/**
 * Whether pictures may go with an opening: its form names them, and whoever opened it may add to the case afterwards.
 */
export function mayPicture(machine: Machine, roles: readonly string[]): boolean {
  const first = openingMoves(machine)[0]
  if (!first || ![...first.needs, ...first.may].includes('attachments')) return false
  return machine.moves.some((move) => move.from.includes(first.to) && move.by.some((role) => roles.includes(role)))
}
