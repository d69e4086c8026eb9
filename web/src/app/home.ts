// SPDX-License-Identifier: Apache-2.0
// Where each person of the office begins the day.
import type { Session } from '../people/session'

const HOMES: readonly { role: string; path: string }[] = [
  { role: 'citizen', path: '/me' },
  { role: 'city_monitor_officer', path: '/overview' },
  { role: 'county_caseworker', path: '/overview' },
  { role: 'township_officer', path: '/todo' },
  { role: 'village_worker', path: '/round' },
  { role: 'social_worker', path: '/round' },
  { role: 'verification_clerk', path: '/todo' },
  { role: 'partner_department', path: '/department' },
  { role: 'agriculture_officer', path: '/department' },
  { role: 'service_provider', path: '/orders' },
  { role: 'fund_clerk', path: '/payroll' },
  { role: 'auditor', path: '/oversight' },
  { role: 'administrator', path: '/admin/accounts' },
]

export function homeOf(session: Session | null): string {
  if (session === null || session.stage !== 'full') return '/sign-in'
  return HOMES.find((home) => session.roles.some((role) => role.id === home.role))?.path ?? '/welcome'
}
