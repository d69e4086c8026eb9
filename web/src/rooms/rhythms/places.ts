// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'

const LIVES = ['county_caseworker', 'township_officer', 'city_monitor_officer', 'auditor']

export const PLACES: readonly Place[] = [
  {
    path: '/rhythms/due',
    title: { zh: '到期复核', en: 'Due for review' },
    screen: () => import('./Due.vue'),
    rights: ['read:household'],
    roles: LIVES,
    group: 'work',
    icon: 'clock',
    order: 25,
  },
  {
    path: '/rhythms',
    title: { zh: '定期工作', en: 'Periodic duties' },
    screen: () => import('./Rhythms.vue'),
    rights: ['read:household'],
    roles: LIVES,
  },
]
