// SPDX-License-Identifier: Apache-2.0
// What those outside of civil affairs have in common: they send a file, ask about one person at a time, and are
// strangers to all that is not theirs.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { holds, withFolder, type Walk } from './day.ts'
import type { Someone } from './sample.ts'

/** Sends rows as a file of a department, of the quarter's last day, and waits for what became of them. */
export async function sendsRows(walk: Walk, name: string, rows: readonly string[], became: string): Promise<void> {
  const { page } = walk
  await withFolder(async (folder) => {
    const file = join(folder, name)
    writeFileSync(file, `\uFEFF${rows.join('\r\n')}\r\n`)
    await walk.browser.go('/department/files')
    await page.locator('.drop input[type=file]').first().setInputFiles(file)
    await walk.reads('已上传，校验一致')
    await page.fill('#feed-day', '2025-09-30')
    await walk.press('导入 1 个文件')
    await walk.tells(became)
  })
}

/** Asks at the open form whether somebody is low-income. */
export async function asksAbout(walk: Walk, who: Someone, why: string): Promise<void> {
  const { page } = walk
  await page.getByLabel('姓名').fill(who.name)
  await page.getByLabel('公民身份号码').fill(who.number)
  await page.getByLabel('查询事由').fill(why)
  await page.getByRole('button', { name: '查询', exact: true }).click()
}

/** Lists of the offices of civil affairs. */
const OFFICES_OWN = ['/api/v1/households', '/api/v1/warnings', '/api/v1/matches', '/api/v1/register/cases']

/** Holds that the server gives none of it, and that the side of the page leads to none. */
export async function isStranger(walk: Walk, to: readonly string[] = OFFICES_OWN): Promise<void> {
  for (const path of to) {
    const answer = await walk.page.request.get(walk.browser.base + path)
    const body = (await answer.json()) as { items?: unknown[] }
    holds(answer.status() >= 400 || body.items?.length === 0, `${path} answers ${answer.status()}`)
  }
  const sides = await walk.page.locator('nav a[href^="/"]').allTextContents()
  holds(!sides.some((side) => /家庭|预警|名册/.test(side)), `its side shows ${sides.join('、')}`)
}
