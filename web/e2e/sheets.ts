// SPDX-License-Identifier: Apache-2.0
// Work lists in the hands of whoever has no net: taken along, written into by another program, sent back.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { holds, type Walk } from './day.ts'

const FILLS = fileURLToPath(new URL('../../tests/web/filled.py', import.meta.url))

/** The workbook of the list on the screen. */
export async function takeAlong(walk: Walk, folder: string): Promise<string> {
  const leaves = walk.page.waitForEvent('download')
  await walk.page.getByRole('link', { name: '下载工作簿' }).click()
  const download = await leaves
  holds(download.suggestedFilename().endsWith('.xlsx'), `it leaves as ${download.suggestedFilename()}`)
  const taken = join(folder, 'taken.xlsx')
  await download.saveAs(taken)
  return taken
}

/** A cell is written by the tests' own tool, which is no program of ours. `row`: of which case, or household. */
export function fillIn(taken: string, sheet: string, row: string, cells: Readonly<Record<string, string>>): string {
  const filled = taken.replace('taken', `filled-${row}`)
  const told = Object.entries(cells).map(([heading, text]) => `${heading}=${text}`)
  execFileSync('python3', ['-B', FILLS, taken, filled, sheet, row, ...told])
  return filled
}

/** From the screen that it was taken along from; what came back stands on a page of its own. */
export async function sendBack(walk: Walk, screen: string, filled: string): Promise<void> {
  await walk.browser.go(screen)
  await walk.page.locator('input[type=file][accept*=xlsx]').setInputFiles(filled)
  await walk.page.waitForURL((url) => /^\/workbooks\/./.test(url.pathname))
  await walk.browser.settled()
}

/** All that waits, as a job of the server: it says how many it made. */
export async function takeAll(walk: Walk, made: number): Promise<void> {
  await walk.press('全部采用')
  await walk.reads(/每行是一件办件的一个动作/)
  await walk.page.getByRole('dialog').getByRole('button', { name: '确认' }).click()
  await walk.tells(`办成 ${made} 件，未办成 0 件`)
  await walk.reads(`已办 ${made}`)
}
