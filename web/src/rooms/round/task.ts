// SPDX-License-Identifier: Apache-2.0
import { WORDS } from '../../words/common'
import { say } from '../../words/language'
import type { House, Task } from './model'

/** Two visits to one house are told apart by their numbers. */
export function taskTold(task: Task, house: House): string {
  const alike = house.tasks.filter((one) => one.title.zh === task.title.zh)
  return alike.length > 1 ? `${say(task.title)} ${say(WORDS.caseNumber, { id: task.id })}` : say(task.title)
}
