// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'
import { READS_CASES } from '../../cases/rights'

/** Who both takes lists along and moves cases: a workbook that comes back is made of steps. */
const MOVERS = [
  'city_monitor_officer',
  'county_caseworker',
  'township_officer',
  'fund_clerk',
  'partner_department',
  'agriculture_officer',
]

export const PLACES: readonly Place[] = [
  {
    path: '/boards',
    title: { zh: '业务看板', en: 'Boards' },
    screen: () => import('./Boards.vue'),
    rights: READS_CASES,
    group: 'work',
    icon: 'board',
    order: 40,
  },
  {
    path: '/boards/:machine',
    title: { zh: '业务看板', en: 'Board' },
    screen: () => import('./Board.vue'),
    rights: READS_CASES,
  },
  {
    path: '/conferences',
    title: { zh: '一事一议', en: 'Conferences' },
    screen: () => import('./Conferences.vue'),
    rights: ['read:conference'],
    roles: ['county_caseworker', 'township_officer', 'auditor'],
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
    roles: MOVERS,
    group: 'work',
    icon: 'upload',
    order: 70,
  },
  {
    path: '/workbooks/:id',
    title: { zh: '回传工作簿', en: 'Workbook' },
    screen: () => import('./WorkbookPage.vue'),
    rights: ['export:list'],
    roles: MOVERS,
  },
]
