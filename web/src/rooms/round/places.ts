// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'

const ROLES = ['village_worker', 'township_officer', 'social_worker']

export const PLACES: readonly Place[] = [
  {
    path: '/round',
    title: { zh: '今日走访', en: 'Today’s visits' },
    screen: () => import('./Round.vue'),
    rights: ['create:visit'],
    roles: ROLES,
    group: 'work',
    icon: 'phone',
    order: 30,
    bare: true,
  },
  {
    path: '/round/report',
    title: { zh: '随手报', en: 'Quick report' },
    screen: () => import('./Report.vue'),
    rights: ['create:application'],
    roles: ROLES,
    bare: true,
  },
  {
    path: '/round/apply',
    title: { zh: '代办申请', en: 'Proxy application' },
    screen: () => import('./Apply.vue'),
    rights: ['create:application'],
    roles: ['village_worker', 'township_officer'],
    bare: true,
  },
  {
    path: '/round/:household',
    title: { zh: '入户记录', en: 'Home visit' },
    screen: () => import('./Knock.vue'),
    rights: ['create:visit'],
    roles: ROLES,
    bare: true,
  },
]
