// SPDX-License-Identifier: Apache-2.0
// The screen that shows a list of the server: a number that comes with its list opens the same rows.
const SCREENS: Readonly<Record<string, string>> = {
  '/api/v1/warnings': '/warnings',
  '/api/v1/cases': '/todo',
  '/api/v1/households': '/households',
  '/api/v1/arrivals': '/feeds/arrivals',
  '/api/v1/rhythms/due': '/rhythms/due',
}

export interface Target {
  readonly path: string
  readonly query: Record<string, string>
}

/** Null where no screen shows that list. */
export function targetOf(list: string): Target | null {
  const [path = '', query = ''] = list.split('?')
  const screen = SCREENS[path]
  return screen ? { path: screen, query: Object.fromEntries(new URLSearchParams(query)) } : null
}
