// SPDX-License-Identifier: Apache-2.0
// Which rows of a file were taken, said beside those that were not: all others, as ranges of row numbers. Where the
// rows of data begin and end the list of what was refused does not say: the first and the last range are open.
export interface Range {
  /** Null: from the first row of data. */
  readonly from: number | null
  /** Null: to the last row. */
  readonly to: number | null
}

export function acceptedRanges(refused: readonly number[]): readonly Range[] {
  const rows = [...new Set(refused)].sort((one, other) => one - other)
  const ranges: Range[] = []
  let from: number | null = null
  for (const row of rows) {
    if (from === null || row - 1 >= from) ranges.push({ from, to: row - 1 })
    from = row + 1
  }
  return [...ranges, { from, to: null }]
}
