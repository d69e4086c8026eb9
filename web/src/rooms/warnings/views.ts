// SPDX-License-Identifier: Apache-2.0
// Saved views: a name and a filter, kept with the account. No household, no person stands in one.
import { ref } from 'vue'
import { api, told, type Schema } from '../../api/client'
import type { Words } from '../../words/language'
import { addressOf, filterOf, isEmpty, type Filter } from './filters'

export interface SavedView {
  readonly name: string
  readonly filter: Filter
}
export interface GivenView {
  readonly id: string
  readonly title: Words
  readonly filter: Filter
}

const MOST = 20
const LONGEST = 24

/** What the server keeps, as far as it can be read: a filter alone, whatever else stands beside it. */
export function viewsOf(kept: readonly Schema['SavedView'][]): readonly SavedView[] {
  return kept
    .map(({ name, query }) => ({ name, filter: filterOf(Object.fromEntries(new URLSearchParams(query))) }))
    .filter((view) => !isEmpty(view.filter))
}
export function keptOf(views: readonly SavedView[]): Schema['SavedView'][] {
  return views.map((view) => ({ name: view.name, query: new URLSearchParams(addressOf(view.filter)).toString() }))
}

/** With one more; one of the same name is replaced. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  const name = view.name.trim().slice(0, LONGEST)
  if (name === '') return views
  return [...views.filter((one) => one.name !== name), { ...view, name }].slice(-MOST)
}

export const views = ref<readonly SavedView[]>([])
const path = { list: 'warnings' } as const
/** What this account keeps; read when the list opens. */
export async function recallViews(): Promise<void> {
  views.value = []
  views.value = viewsOf((await told(api.GET('/api/v1/saved-views/{list}', { params: { path } }))).items)
}
/** Shown once the server has them. */
export async function keepViews(now: readonly SavedView[]): Promise<void> {
  const body = { items: keptOf(now) }
  views.value = viewsOf((await told(api.PUT('/api/v1/saved-views/{list}', { params: { path }, body }))).items)
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
