// SPDX-License-Identifier: Apache-2.0
// What the register is asked, as the address says it: the same names as the server's.
const NAMES = ['code', 'region', 'category', 'unit', 'at'] as const

export type HouseholdQuery = Partial<Record<(typeof NAMES)[number], string>>

export function queryOf(query: Readonly<Record<string, unknown>>): HouseholdQuery {
  const read: HouseholdQuery = {}
  for (const name of NAMES) {
    const value = query[name]
    if (typeof value === 'string' && value.trim() !== '') read[name] = value.trim()
  }
  return read
}

/** Whether what was sought is the whole number of the one household that was found. */
export function isWholeCode(sought: string | undefined, code: string): boolean {
  return sought !== undefined && sought.toUpperCase() === code.toUpperCase()
}
