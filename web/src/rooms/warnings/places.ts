// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'

export const PLACES: readonly Place[] = [
  {
    path: '/warnings',
    title: { zh: '预警处置', en: 'Warnings' },
    screen: () => import('./Warnings.vue'),
    rights: ['read:warning'],
    group: 'work',
    icon: 'bell',
    order: 15,
  },
]
