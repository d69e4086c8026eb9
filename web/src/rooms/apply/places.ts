// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'

export const PLACES: readonly Place[] = [
  {
    path: '/apply',
    title: { zh: '受理申请', en: 'New application' },
    screen: () => import('./ApplyPage.vue'),
    rights: ['create:application'],
    group: 'work',
    icon: 'form',
    order: 30,
  },
  {
    path: '/apply/first',
    title: { zh: '首次申请登记', en: 'First requests' },
    screen: () => import('./FirstRequests.vue'),
    rights: ['create:application'],
    roles: ['township_officer', 'county_caseworker'],
    group: 'work',
    icon: 'inbox',
    order: 31,
  },
]
