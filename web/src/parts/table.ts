// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../words/language'

/** A column of a table. `width` in px at normal print; one column without a width takes what is left. */
export interface Column<Row> {
  readonly id: string
  readonly title: Words
  readonly width?: number
  readonly number?: boolean
  /** Plain text of a cell; a slot of the column's id shows more. */
  readonly text?: (row: Row) => string
}
