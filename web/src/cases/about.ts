// SPDX-License-Identifier: Apache-2.0
// Whom and what a listed case is about, in words: beside the number of a household nobody knows who is meant.
import { titleOf } from '../law/titles'
import { say } from '../words/language'
import { comma } from '../words/marks'
import type { ListedCase } from './one_case'
import { fieldOf, procedures } from './procedures'

/** Number and name, as far as this reader is told them. */
export function householdOf(row: ListedCase): string {
  return [row.household || '—', row.name].filter(Boolean).join(' ')
}
/** Of the household on the register; empty: of none. */
export function categoryOf(row: ListedCase): string {
  return row.category ? say(titleOf('categories', row.category)) : ''
}
/** The department to which it is addressed. */
export function departmentOf(row: ListedCase): string {
  void procedures.value
  if (!row.department) return ''
  const title = fieldOf('to_department')?.words.find((word) => word.id === row.department)?.title
  return title ? say(title) : row.department
}
/** What is wanted, where the list was asked for it. */
export function needOf(row: ListedCase): string {
  return row.need?.join(comma()) ?? ''
}
