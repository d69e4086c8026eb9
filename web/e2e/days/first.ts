// SPDX-License-Identifier: Apache-2.0
// Somebody whose family was never registered writes down, without signing in, what they need; the township calls and
// opens a case of it in one step, or says why not; another is written down at the window.
import { holds, Walk, withFolder, type Day, type Stand } from '../day.ts'
import { fill as fillForm, numberOf, stands } from '../moves.ts'
import { fillIn, sendBack, takeAlong, takeAll } from '../sheets.ts'

const NUMBER = '110101199003070038'

export const day: Day = {
  name: 'first',
  async run(stand) {
    const receipt = await writesDown(stand)
    const town = await Walk.begin(stand, 'first', 'township_officer')
    await opens(town, receipt)
    await atTheWindow(town)
    await withoutNet(town)
    await town.end()
  },
}

async function fill(walk: Walk, name: string, need: string): Promise<void> {
  const { page } = walk
  await page.getByLabel('姓名').fill(name)
  await page.getByLabel('身份证号').fill(NUMBER)
  await page.getByLabel('电话').fill('13800000000')
  await page.getByLabel('住在哪个乡镇（街道）').selectOption({ index: 1 })
  await page.getByLabel(/遇到了什么困难/).fill(need)
}

/** Gives the receipt. */
async function writesDown(stand: Stand): Promise<string> {
  const walk = await Walk.begin(stand, 'first', null)
  const { page } = walk
  await walk.browser.go('/first')
  await walk.see('first-request')
  await walk.press('提交')
  await walk.reads('请把姓名、身份证号、电话、住地写全。')
  await fill(walk, '周样例', '生病后没有收入')
  await walk.press('提交')
  await walk.reads('同意的请打上勾，才能提交。')
  await page.getByLabel(/我同意把这些信息/).check()
  await walk.press('提交')
  await walk.reads('已经交给')
  await walk.see('receipt')
  const told = await page.getByText(/回执号：/).innerText()
  const receipt = /回执号：([0-9a-f]+)/.exec(told)?.[1] ?? ''
  holds(receipt !== '', `a receipt: ${told}`)
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }))
  holds(!kept.includes('周样例'), 'nothing of it stays here')
  await walk.end()
  return receipt
}

async function opens(town: Walk, receipt: string): Promise<void> {
  const { page } = town
  await town.browser.go('/apply/first')
  const row = page.getByRole('row').filter({ hasText: receipt })
  await row.getByText('110101********0038').waitFor()
  await town.see('first-requests')
  await row.getByRole('button', { name: '发起办件' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('办理日期').waitFor()
  holds(
    (await dialog.getByRole('radio', { checked: true }).count()) === 0,
    'nobody has pledged or authorised for them',
  )
  await town.see('opening')
  await fillForm(town, dialog, { channel: 'online', pledge: 'true', authorised: 'true' })
  await dialog.getByRole('button', { name: '发起', exact: true }).click()
  await numberOf(town)
  await stands(town, '已登记')
  await town.browser.go('/apply/first')
  holds((await page.getByText(receipt).count()) === 0, 'it waits no more')
}

async function writtenDown(town: Walk, name: string, need: string): Promise<void> {
  const { page } = town
  await town.press('窗口登记')
  await page.getByRole('dialog').getByLabel('姓名').waitFor()
  await fill(town, name, need)
  await page.getByLabel('本人已同意').check()
  await page.getByRole('dialog').getByRole('button', { name: '提交' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

async function atTheWindow(town: Walk): Promise<void> {
  const { page } = town
  await writtenDown(town, '窗口样例', '丈夫去世')
  const row = page.getByRole('row').filter({ hasText: '窗口样例' })
  await row.getByRole('button', { name: '不予办理' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('理由').fill('户籍不在本辖区，已告知去处')
  await dialog.getByRole('button', { name: '确认' }).click()
  await dialog.waitFor({ state: 'detached' })
  await town.press('全部')
  await town.reads('户籍不在本辖区，已告知去处')
  await town.see('declined')
}

/** The list is taken along, filled in and sent back: the row says why not, and is settled when it is taken. */
async function withoutNet(town: Walk): Promise<void> {
  const { page } = town
  const why = '已由女儿赡养，电话告知本人'
  await town.browser.go('/apply/first')
  await writtenDown(town, '离线样例', '独居老人')
  const row = page.getByRole('row').filter({ hasText: '离线样例' })
  const receipt = /[0-9a-f]{10}/.exec(await row.innerText())?.[0] ?? ''
  await withFolder(async (folder) => {
    const taken = await takeAlong(town, folder)
    const filled = fillIn(taken, '首次申请登记', receipt, { 处理: '不予办理', 不予办理的理由: why })
    await sendBack(town, '/apply/first', filled)
  })
  await town.reads(`回执号 ${receipt}`)
  await town.reads(why)
  await town.see('first-workbook')
  await takeAll(town, 1)
  await town.browser.go('/apply/first')
  holds((await page.getByText(receipt).count()) === 0, 'it waits no more')
}
