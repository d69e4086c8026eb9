// SPDX-License-Identifier: Apache-2.0
// The administrator's day: a token is shown once, works until it is revoked; a file of units is tried, read as a
// difference and loaded; an identity of outside is linked to an account and taken off; the log's daily roots.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { holds, Walk, withFolder, type Day } from '../day.ts'
import { dayFrom } from '../desk.ts'

const CLERK = 'demo-fund-clerk'

export const day: Day = {
  name: 'office',
  async run(stand) {
    const walk = await Walk.begin(stand, 'office', 'administrator')
    await token(walk)
    await withFolder((folder) => units(walk, folder))
    await outside(walk)
    await roots(walk)
    await walk.end()
  },
}

async function token(walk: Walk): Promise<void> {
  const { page } = walk
  const title = `人社接口 ${Date.now().toString(36)}`
  await walk.browser.go('/admin/tokens')
  await walk.press('发令牌')
  await page.fill('#token-title', title)
  await page.selectOption('#token-unit', 'hr')
  await page.fill('#token-until', dayFrom(30))
  await walk.see('new-token')
  await page.getByRole('dialog').getByRole('button', { name: '发令牌' }).click()
  const secret = await page.locator('code.secret').innerText()
  await walk.see('shown-once')
  await page.getByText('已经记下，关闭后不再显示').click()
  await page.getByRole('button', { name: '完成' }).click()
  holds(!(await page.content()).includes(secret), 'it is nowhere any more')
  const machine = async () => {
    const headers = { Authorization: `Bearer ${secret}` }
    return (await fetch(`${walk.browser.base}/api/v1/cases?machine=referral`, { headers })).status
  }
  holds((await machine()) === 200, 'the token opens the inbox of its department')
  const row = page.getByRole('row').filter({ hasText: title })
  const number = /编号 (\S+)/.exec(await row.innerText())?.[1] ?? ''
  await row.getByRole('button', { name: '撤销' }).click()
  const asked = page.getByRole('dialog')
  holds(await asked.getByRole('button', { name: '撤销' }).isDisabled(), 'the number has to be written first')
  await asked.getByRole('textbox').fill(number)
  await walk.see('revoke')
  await asked.getByRole('button', { name: '撤销' }).click()
  await row.getByText('已撤销').waitFor()
  await walk.see('revoked')
  holds((await machine()) === 401, 'a revoked token opens nothing')
}

/** A wrong file is told by its row; a right one is a difference first. */
async function units(walk: Walk, folder: string): Promise<void> {
  const { page } = walk
  const code = `v${Date.now().toString().slice(-6)}`
  const wrong = join(folder, '单位_错.csv')
  writeFileSync(wrong, `code,title,kind,parent,region,from\n${code},第九村,village,nowhere,441622100009,2026-01-01\n`)
  const right = join(folder, '单位.csv')
  writeFileSync(right, `code,title,kind,parent,region,from\n${code},第九村,village,first,441622100009,2026-01-01\n`)
  await walk.browser.go('/admin/units')
  await walk.press('导入单位文件')
  const drawer = page.getByRole('dialog')
  await drawer.locator('input[type=file]').first().setInputFiles(wrong)
  await drawer.getByText(/^第 1 行：/).waitFor()
  await walk.see('wrong-file')
  await drawer.locator('input[type=file]').first().setInputFiles(right)
  await drawer.getByText(/新增 1，变更 0，迁移 0/).waitFor()
  await walk.see('difference')
  await walk.press('确认导入')
  const asked = page.getByRole('dialog').last()
  await asked.getByRole('textbox').fill('导入')
  await asked.getByRole('button', { name: '确认导入' }).click()
  await walk.reads('已导入：新增 1，变更 0，迁移 0')
  await page.getByRole('searchbox').last().fill(code)
  await walk.reads('第九村')
  await walk.see('loaded')
}

async function outside(walk: Walk): Promise<void> {
  const { page } = walk
  await walk.browser.go('/admin/accounts')
  await page.getByRole('row', { name: new RegExp(CLERK) }).click()
  const drawer = page.getByRole('dialog').first()
  const subject = `id-${Date.now().toString(36)}`
  await drawer.locator('#link-subject').fill(subject)
  await drawer.getByRole('button', { name: '关联', exact: true }).click()
  await drawer.locator('code', { hasText: subject }).waitFor()
  // As high as all of it: nothing is cut at the edge of the drawer.
  await page.setViewportSize({ width: 1440, height: 1200 })
  await walk.see('linked')
  await page.setViewportSize({ width: 1440, height: 900 })
  await drawer.getByRole('button', { name: '解除' }).click()
  const asked = page.getByRole('dialog').last()
  await asked.getByRole('textbox').fill(CLERK)
  await asked.getByRole('button', { name: '解除' }).click()
  await drawer.getByText('没有关联').waitFor()
  await walk.press('发邀请码')
  await page.locator('code.secret').waitFor()
  await walk.see('invited')
  await page.getByText('已经记下，关闭后不再显示').click()
  await page.getByRole('button', { name: '完成' }).click()
}

async function roots(walk: Walk): Promise<void> {
  await walk.browser.go('/admin/anchors')
  await walk.see('roots')
  await walk.browser.go('/admin/proofs')
  await walk.see('proofs')
}
