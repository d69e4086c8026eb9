// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'

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
    path: '/boards',
    title: { zh: '业务看板', en: 'Boards' },
    screen: () => import('./Boards.vue'),
    rights: READS,
    group: 'work',
    icon: 'board',
    order: 40,
  },
  {
    path: '/boards/:machine',
    title: { zh: '业务看板', en: 'Board' },
    screen: () => import('./Board.vue'),
    rights: READS,
  },
  {
    path: '/conferences',
    title: { zh: '一事一议', en: 'Conferences' },
    screen: () => import('./Conferences.vue'),
    rights: ['read:conference'],
    group: 'together',
    icon: 'talk',
    order: 60,
  },
  {
    path: '/campaigns',
    title: { zh: '集中排查', en: 'Campaigns' },
    screen: () => import('./Campaigns.vue'),
    rights: ['read:task'],
    group: 'work',
    icon: 'flag',
    order: 60,
  },
  {
    path: '/workbooks',
    title: { zh: '回传工作簿', en: 'Workbooks' },
    screen: () => import('./Workbooks.vue'),
    rights: ['export:list'],
    group: 'work',
    icon: 'upload',
    order: 70,
  },
  {
    path: '/workbooks/:id',
    title: { zh: '回传工作簿', en: 'Workbook' },
    screen: () => import('./WorkbookPage.vue'),
    rights: ['export:list'],
  },
]
