// SPDX-License-Identifier: Apache-2.0
// A list that a screen needs whole, page after page.
import type { Page } from './list'

export async function allPages<Row>(
  page: (cursor: string | undefined) => Promise<Page<Row>>,
): Promise<readonly Row[]> {
  const found: Row[] = []
  let cursor: string | null | undefined
  do {
    const now = await page(cursor ?? undefined)
    found.push(...now.items)
    cursor = now.next
  } while (cursor !== null)
  return found
}
