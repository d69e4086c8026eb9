// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'
import { READS_CASES } from '../../cases/rights'

export const PLACES: readonly Place[] = [
  {
    path: '/todo',
    title: { zh: '待办', en: 'To do' },
    screen: () => import('./Todo.vue'),
    rights: READS_CASES,
    group: 'work',
    icon: 'todo',
    order: 20,
  },
  {
    path: '/cases/:id',
    title: { zh: '办件', en: 'Case' },
    screen: () => import('./CasePage.vue'),
    rights: READS_CASES,
  },
]
