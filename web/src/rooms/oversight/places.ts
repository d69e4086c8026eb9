// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'

const READS = ['read:warning', 'read:application', 'read:task']

export const PLACES: readonly Place[] = [
  {
    path: '/oversight',
    title: { zh: '超期督办', en: 'Overdue' },
    screen: () => import('./Overdue.vue'),
    rights: READS,
    roles: ['auditor', 'county_caseworker', 'city_monitor_officer'],
    group: 'office',
    icon: 'flag',
    order: 600,
  },
  {
    path: '/oversight/reminders',
    title: { zh: '已发督办', en: 'Reminders' },
    screen: () => import('./Reminders.vue'),
    rights: READS,
    roles: ['auditor', 'county_caseworker', 'city_monitor_officer'],
  },
  {
    path: '/oversight/hits',
    title: { zh: '规则命中', en: 'Rule findings' },
    screen: () => import('./RuleHits.vue'),
    rights: ['read:rule_hit'],
    roles: ['auditor'],
    group: 'office',
    icon: 'flag',
    order: 605,
  },
  {
    path: '/oversight/looks',
    title: { zh: '异常查看', en: 'Unusual access' },
    screen: () => import('./FlaggedLooks.vue'),
    rights: ['read:audit'],
    roles: ['auditor', 'administrator'],
    group: 'office',
    icon: 'eye',
    order: 610,
  },
  {
    path: '/oversight/replay',
    title: { zh: '复算', en: 'Recalculation' },
    screen: () => import('./Replay.vue'),
    rights: ['create:application', 'read:application'],
    roles: ['auditor', 'county_caseworker'],
    group: 'office',
    icon: 'clock',
    order: 620,
  },
]
