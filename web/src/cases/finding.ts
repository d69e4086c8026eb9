// SPDX-License-Identifier: Apache-2.0
// What a case may say only after a determination: the move that finds, and those that follow what was found.
import type { Case } from './one_case'
import type { CaseMove } from './procedures'

/** The move by which the case is told what is due; undefined: not now, or not by this reader. */
export function findingMove(one: Case): CaseMove | undefined {
  return one.open_moves.find((move) => move.determines)
}

/** Whether a move follows a finding: it may say why it differs, wherever something can be found. */
function follows(move: CaseMove, finding: CaseMove): boolean {
  return move.may.includes('differs_because') && finding.from.every((state) => move.from.includes(state))
}

/** Whether a move has nothing to follow yet. Who goes to look anew makes void what was found before. */
export function waitsForFinding(one: Case, move: CaseMove): boolean {
  const finding = findingMove(one)
  if (!finding || !follows(move, finding)) return false
  const last = [...one.events].reverse().find((event) => event.move === finding.id || 'officers' in event.fields)
  return last?.move !== finding.id
}
