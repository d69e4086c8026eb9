// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'
import { SAID } from './words'
import { ROLLS } from './words_rolls'

const READS = ['read:feed']
const SEES = ['city_monitor_officer', 'county_caseworker', 'auditor']

export const PLACES: readonly Place[] = [
  {
    path: '/feeds',
    title: SAID.title,
    screen: () => import('./Desk.vue'),
    rights: READS,
    roles: SEES,
    group: 'data',
    icon: 'upload',
    order: 40,
  },
  {
    path: '/feeds/arrivals',
    title: SAID.arrivals,
    screen: () => import('./Arrivals.vue'),
    rights: READS,
    roles: SEES,
  },
  {
    path: '/feeds/datasets',
    title: SAID.datasets,
    screen: () => import('./Datasets.vue'),
    rights: READS,
    roles: SEES,
  },
  {
    path: '/feeds/compare',
    title: ROLLS.compare,
    screen: () => import('./CompareLists.vue'),
    rights: READS,
    roles: SEES,
  },
  {
    path: '/feeds/matches',
    title: SAID.matches,
    screen: () => import('./Matches.vue'),
    rights: ['read:person'],
    roles: ['city_monitor_officer', 'county_caseworker', 'township_officer', 'auditor'],
  },
  { path: '/feeds/doubts', title: SAID.doubts, screen: () => import('./Doubts.vue'), rights: ['read:warning'] },
  { path: '/feeds/exits', title: SAID.exits, screen: () => import('./Exits.vue'), rights: ['read:warning'] },
]
