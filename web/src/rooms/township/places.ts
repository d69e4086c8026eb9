// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'
import { SAID } from './words'

const DESK = { rights: ['change:application'], roles: ['township_officer'], group: 'work' } as const

export const PLACES: readonly Place[] = [
  {
    path: '/desks/acceptance',
    title: SAID.acceptance,
    screen: () => import('./Desk.vue'),
    ...DESK,
    icon: 'inbox',
    order: 21,
  },
  {
    path: '/desks/checks',
    title: SAID.checks,
    screen: () => import('./Desk.vue'),
    ...DESK,
    icon: 'search',
    order: 22,
  },
  {
    path: '/desks/confirmation',
    title: SAID.confirmation,
    screen: () => import('./Desk.vue'),
    ...DESK,
    icon: 'scales',
    order: 23,
  },
  {
    path: '/month',
    title: SAID.month,
    screen: () => import('./Month.vue'),
    rights: ['read:task'],
    roles: ['township_officer', 'county_caseworker'],
    group: 'work',
    icon: 'book',
    order: 24,
  },
]
