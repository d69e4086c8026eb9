// SPDX-License-Identifier: Apache-2.0
// A due day in words. The server reckons due days and states; here they are only worded.
import { daysUntil, today } from '../words/form'
import { say, type Words } from '../words/language'

export type DueTone = 'red' | 'orange' | 'grey'
export interface DueTold {
  readonly tone: DueTone
  readonly text: string
}

const UNSET: Words = { zh: '未定', en: 'not set' }
const OVER: Words = { zh: '已超期 {n} 天', en: '{n} {n|day|days} late' }
const TODAY: Words = { zh: '今天到期', en: 'due today' }
const TOMORROW: Words = { zh: '明天到期', en: 'due tomorrow' }
const LEFT: Words = { zh: '还有 {n} 天', en: '{n} {n|day|days} left' }
const SOON_DAYS = 3 // of the wording alone: nothing depends on it

const OVER_WORKING: Words = { zh: '已超期 {n} 个工作日', en: '{n} working {n|day|days} overdue' }
const LEFT_WORKING: Words = { zh: '还有 {n} 个工作日', en: '{n} working {n|day|days} left' }

/**
 * `working`: days until it as the server counted them, of a clock that counts working days; otherwise natural ones. On
 * days off after a due day no working day is late yet: those are told as natural days too.
 */
export function dueTold(due: string | null | undefined, working?: number | null, from = today()): DueTold {
  if (!due) return { tone: 'grey', text: say(UNSET) }
  const left = daysUntil(due, from)
  const counted = typeof working === 'number' ? working : 0
  if (left < 0) {
    return { tone: 'red', text: counted < 0 ? say(OVER_WORKING, { n: -counted }) : say(OVER, { n: -left }) }
  }
  if (left === 0) return { tone: 'orange', text: say(TODAY) }
  if (left === 1) return { tone: 'orange', text: say(TOMORROW) }
  const told = counted > 0 ? counted : left
  return {
    tone: told <= SOON_DAYS ? 'orange' : 'grey',
    text: say(counted > 0 ? LEFT_WORKING : LEFT, { n: told }),
  }
}

/** The same in working days, as the server counted them. */
export function workingDaysTold(left: number, state: string): DueTold {
  if (state === 'overdue' || left < 0) return { tone: 'red', text: say(OVER_WORKING, { n: Math.abs(left) }) }
  if (state === 'due' || left === 0) return { tone: 'orange', text: say(TODAY) }
  return { tone: state === 'nearly_due' ? 'orange' : 'grey', text: say(LEFT_WORKING, { n: left }) }
}
