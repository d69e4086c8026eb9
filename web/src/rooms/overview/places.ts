// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'

const LOOKS = ['read:statistics']
const LIVES = ['city_monitor_officer', 'county_caseworker', 'township_officer', 'auditor']

export const PLACES: readonly Place[] = [
  {
    path: '/overview',
    title: { zh: '监测总览', en: 'Overview' },
    screen: () => import('./Overview.vue'),
    rights: LOOKS,
    roles: LIVES,
    group: 'work',
    icon: 'board',
    order: 10,
  },
  {
    path: '/overview/wall',
    title: { zh: '投屏', en: 'Wall screen' },
    screen: () => import('./Wall.vue'),
    rights: LOOKS,
    roles: LIVES,
    bare: true,
  },
  {
    path: '/overview/brief',
    title: { zh: '监测简报', en: 'Brief' },
    screen: () => import('./Brief.vue'),
    rights: LOOKS,
    roles: LIVES,
  },
  {
    path: '/overview/boundaries',
    title: { zh: '边界图', en: 'Boundaries' },
    screen: () => import('./Boundaries.vue'),
    rights: ['change:unit'],
    group: 'office',
    icon: 'flag',
    order: 95,
  },
]
