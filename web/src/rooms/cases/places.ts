// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'

/** Whoever may read one kind of case. */
const READS = [
  'read:warning',
  'read:application',
  'read:referral',
  'read:order',
  'read:conference',
  'read:task',
  'read:visit',
  'read:objection',
  'read:award',
]

export const PLACES: readonly Place[] = [
  {
    path: '/todo',
    title: { zh: '待办', en: 'To do' },
    screen: () => import('./Todo.vue'),
    rights: READS,
    group: 'work',
    icon: 'todo',
    order: 20,
  },
  {
    path: '/cases/:id',
    title: { zh: '办件', en: 'Case' },
    screen: () => import('./CasePage.vue'),
    rights: READS,
  },
]
