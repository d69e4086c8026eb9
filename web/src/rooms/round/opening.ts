// SPDX-License-Identifier: Apache-2.0
import { openingMoves, type Machine } from '../../cases/procedures'

/** Whether pictures may go with an opening: its form names them. They follow it, sent by whoever opened it. */
export function mayPicture(machine: Machine): boolean {
  const first = openingMoves(machine)[0]
  return first !== undefined && [...first.needs, ...first.may].includes('attachments')
}
