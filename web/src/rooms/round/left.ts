// SPDX-License-Identifier: Apache-2.0
import { today } from '../../words/form'
import type { Task } from './model'

/** Working days left, as long as the day stands on which they were counted. */
export function leftOf({ left }: Task, on = today()): number | null {
  return left?.on === on ? left.days : null
}
