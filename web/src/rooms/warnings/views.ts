// SPDX-License-Identifier: Apache-2.0
// Saved views: a name and a filter, kept by the browser. No household, no person stands in one.
import { ref } from 'vue'
import type { Words } from '../../words/language'
import { addressOf, filterOf, type Filter } from './filters'

export interface SavedView {
  readonly name: string
  readonly filter: Filter
}
export interface GivenView {
  readonly id: string
  readonly title: Words
  readonly filter: Filter
}

const KEPT_AS = 'doudi.views.warnings'
const MOST = 20
const LONGEST = 24

/** What is kept, as far as it can be read. */
export function readViews(kept: string | null): readonly SavedView[] {
  try {
    const list: unknown = JSON.parse(kept ?? '[]')
    if (!Array.isArray(list)) return []
    return list.flatMap((one: unknown) => viewOf(one)).slice(0, MOST)
  } catch {
    return []
  }
}

function viewOf(one: unknown): SavedView[] {
  if (typeof one !== 'object' || one === null || !('name' in one) || !('filter' in one)) return []
  const { name, filter } = one
  if (typeof name !== 'string' || name === '' || typeof filter !== 'object' || filter === null) return []
  return [{ name: name.slice(0, LONGEST), filter: filterOf(filter as Readonly<Record<string, unknown>>) }]
}

export function writeViews(views: readonly SavedView[]): string {
  return JSON.stringify(views.map((view) => ({ name: view.name, filter: addressOf(view.filter) })))
}

/** With one more; one of the same name is replaced. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  const name = view.name.trim().slice(0, LONGEST)
  if (name === '') return views
  return [...views.filter((one) => one.name !== name), { ...view, name }].slice(-MOST)
}

export const views = ref<readonly SavedView[]>([])
/** What this browser keeps; read when the list opens. */
export function recallViews(): void {
  views.value = readViews(localStorage.getItem(KEPT_AS))
}
export function keepViews(now: readonly SavedView[]): void {
  views.value = now
  localStorage.setItem(KEPT_AS, writeViews(now))
}

const OVERDUE: GivenView = { id: 'overdue', title: { zh: '已超期', en: 'Overdue' }, filter: { overdue: true } }

/** The views that everybody begins with: what is late, what is due today, and what the role looks at first. */
export function givenViews(today: string, soon: string, highest: string | undefined): readonly GivenView[] {
  return [
    OVERDUE,
    { id: 'today', title: { zh: '今天到期', en: 'Due today' }, filter: { dueFrom: today, dueUntil: today } },
    { id: 'week', title: { zh: '七天内到期', en: 'Due within a week' }, filter: { dueFrom: today, dueUntil: soon } },
    ...(highest
      ? [
          {
            id: 'highest',
            title: { zh: '最高等级已超期', en: 'Highest level, overdue' },
            filter: { level: highest, overdue: true },
          },
        ]
      : []),
  ]
}

/** Which of them stand first for a role. */
export function orderedFor(given: readonly GivenView[], township: boolean): readonly GivenView[] {
  const first = township ? ['today', 'week', 'overdue'] : ['overdue', 'highest', 'today']
  const rank = (view: GivenView) => {
    const at = first.indexOf(view.id)
    return at < 0 ? first.length : at
  }
  return [...given].sort((one, other) => rank(one) - rank(other))
}
