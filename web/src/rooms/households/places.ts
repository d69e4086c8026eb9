// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'

const OFFICE = [
  'city_monitor_officer',
  'county_caseworker',
  'verification_clerk',
  'township_officer',
  'village_worker',
  'social_worker',
  'fund_clerk',
  'auditor',
]

export const PLACES: readonly Place[] = [
  {
    path: '/households',
    title: { zh: '一户一档', en: 'Households' },
    screen: () => import('./Households.vue'),
    rights: ['read:household'],
    roles: OFFICE,
    group: 'people',
    icon: 'house',
    order: 10,
  },
  {
    path: '/households/:code',
    title: { zh: '一户一档', en: 'Household' },
    screen: () => import('./Household.vue'),
    rights: ['read:household'],
    roles: OFFICE,
  },
]
