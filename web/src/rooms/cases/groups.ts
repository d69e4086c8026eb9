// SPDX-License-Identifier: Apache-2.0
// The to-do by the day on which it is due: each group is a filter of the list, so its count is that of its rows.
import type { Words } from '../../words/language'

export type GroupId = 'all' | 'overdue' | 'today' | 'week' | 'later' | 'undated' | 'waiting'
export interface Group {
  readonly id: GroupId
  readonly title: Words
  readonly tone: 'red' | 'orange' | 'blue' | 'grey'
}

export const GROUPS: readonly Group[] = [
  { id: 'all', title: { zh: '全部在办', en: 'All open' }, tone: 'grey' },
  { id: 'overdue', title: { zh: '已超期', en: 'Overdue' }, tone: 'red' },
  { id: 'today', title: { zh: '今天到期', en: 'Due today' }, tone: 'orange' },
  { id: 'week', title: { zh: '七天内', en: 'Within 7 days' }, tone: 'blue' },
  { id: 'later', title: { zh: '七天以后', en: 'Later' }, tone: 'grey' },
  { id: 'undated', title: { zh: '期限未定', en: 'No due day yet' }, tone: 'grey' },
  { id: 'waiting', title: { zh: '等待补正或回复', en: 'Awaiting documents or reply' }, tone: 'grey' },
]

export function isGroup(id: unknown): id is GroupId {
  return GROUPS.some((group) => group.id === id)
}

function shifted(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

export interface DueSpan {
  readonly due_from?: string
  readonly due_until?: string
  readonly due?: 'none'
  readonly waiting?: 'true'
}

/** How the server is asked for a group. What waits for somebody outside may be due on any day, or on none. */
export function spanOf(group: GroupId, today: string): DueSpan {
  switch (group) {
    case 'overdue':
      return { due_until: shifted(today, -1) }
    case 'today':
      return { due_from: today, due_until: today }
    case 'week':
      return { due_from: shifted(today, 1), due_until: shifted(today, 7) }
    case 'later':
      return { due_from: shifted(today, 8) }
    case 'undated':
      return { due: 'none' }
    case 'waiting':
      return { waiting: 'true' }
    default:
      return {}
  }
}

export type Counts = Readonly<Record<GroupId, number>>
