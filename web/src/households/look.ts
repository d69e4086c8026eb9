// SPDX-License-Identifier: Apache-2.0
// For which case a household is looked at: it goes into the log of looks, and a reveal holds for it alone.
export type Looked = Readonly<Record<string, string>>

export function lookedAt(caseId: string | null | undefined, purpose?: string): Looked {
  return {
    ...(caseId ? { 'X-Case': encodeURIComponent(caseId) } : {}),
    ...(purpose ? { 'X-Purpose': purpose } : {}),
  }
}
