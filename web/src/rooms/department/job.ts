// SPDX-License-Identifier: Apache-2.0
// The import that this window asked for last: its number alone, so that a reload goes on showing it.

const KEPT_AS = 'doudi.department.job'

export function keptJob(): string {
  return sessionStorage.getItem(KEPT_AS) ?? ''
}
export function keepJob(id: string): void {
  sessionStorage.setItem(KEPT_AS, id)
}
