// SPDX-License-Identifier: Apache-2.0
// The fund clerk's day: what was confirmed begins to be paid; the month's payroll shows it against the month before
// with its step, is taken along and closed once; what the bank sends back is answered row by row and put on hold by the
// clerk's own word.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { holds, Walk, withFolder, type Day, type Stand } from '../day.ts'
import { Desk, dayFrom, toConfirm, WHY } from '../desk.ts'
import { move, stands } from '../moves.ts'

const GUARANTEE = 'minimum_living_guarantee'
const FEN = 42000
/** Long enough ago that the month after has begun. */
const EARLIER = 40

export const day: Day = {
  name: 'fund',
  async run(stand) {
    const payment = await confirmed(stand)
    const walk = await Walk.begin(stand, 'fund', 'fund_clerk')
    await begins(walk, payment)
    await differs(walk, payment)
    await takesAlong(walk, payment)
    await closes(walk)
    await withFolder((folder) => comesBack(walk, folder, payment))
    await walk.browser.go('/payroll/closed')
    await walk.reads(dayFrom(0).slice(0, 7))
    await walk.see('closed-payrolls')
    await walk.end()
  },
}

/** A payment that a confirmation has put on the roll. */
async function confirmed(stand: Stand): Promise<string> {
  const homes = await (await Desk.of(stand, 'township_officer')).freeHouseholds()
  const county = await Desk.of(stand, 'county_caseworker')
  const id = await toConfirm(stand, homes[homes.length - 1] ?? '', GUARANTEE, undefined, EARLIER)
  await county.move(id, 'confirm', { category: GUARANTEE, amount: FEN, ...WHY }, dayFrom(-15 - EARLIER))
  const { below } = await county.get<{ below: readonly { id: string; machine: string }[] }>(`/api/v1/cases/${id}`)
  const payment = below.find((one) => one.machine === 'allowance')?.id
  holds(payment !== undefined, 'a confirmation puts on the roll')
  return payment
}

/** The day begins at the payroll; the board has the sums. */
async function begins(walk: Walk, payment: string): Promise<void> {
  holds(new URL(walk.page.url()).pathname === '/payroll', `the day begins at ${walk.page.url()}`)
  await walk.see('payroll')
  await walk.browser.go('/boards/allowance?view=table')
  await walk.reads('420.00')
  await walk.see('board-with-sums')
  await move(walk, payment, 'allowance.start', { amount: '420' }, 'paying')
}

async function differs(walk: Walk, payment: string): Promise<void> {
  await walk.browser.go('/payroll?part=started')
  const row = walk.page.getByRole('row').filter({ has: walk.page.getByRole('link', { name: payment, exact: true }) })
  await row.getByText('开始发放').waitFor()
  await row.getByText('+420.00').waitFor()
  holds((await row.getByText('420.00', { exact: true }).count()) >= 2, 'what is set goes out')
  await walk.see('new-this-month')
}

/** The file has each payment's number: by it the bank tells what came back. */
async function takesAlong(walk: Walk, payment: string): Promise<void> {
  await walk.browser.go('/payroll?part=all')
  await withFolder(async (folder) => {
    const leaves = walk.page.waitForEvent('download')
    await walk.page.getByRole('link', { name: '导出 CSV' }).first().click()
    const file = join(folder, 'payroll.csv')
    await (await leaves).saveAs(file)
    const line = readFileSync(file, 'utf8')
      .split('\n')
      .find((one) => one.startsWith(`${payment},`))
    holds(line?.includes('420.00') ?? false, `the file has the payment: ${line}`)
  })
}

async function closes(walk: Walk): Promise<void> {
  await walk.press('结账')
  const dialog = walk.page.getByRole('dialog')
  await dialog.getByText('结账后这份清册不再变').waitFor()
  await walk.see('before-closing')
  await dialog.getByRole('button', { name: '结账' }).click()
  await dialog.waitFor({ state: 'detached' })
  await walk.reads('号清册')
  holds((await walk.page.getByRole('button', { name: '结账' }).count()) === 0, 'it is closed once')
  await walk.see('closed')
}

async function comesBack(walk: Walk, folder: string, payment: string): Promise<void> {
  const { page } = walk
  const file = join(folder, 'returns.csv')
  writeFileSync(file, `发放编号,退回金额,退回原因\n${payment},420.00,账号不存在\n999999999,1.00,查无此户\n`)
  const give = async () => {
    await walk.browser.go('/payroll')
    await page.locator('input[type=file][accept*=csv]').setInputFiles(file)
    await page.waitForURL((url) => /^\/workbooks\/./.test(url.pathname))
    await walk.browser.settled()
  }
  await give()
  await walk.reads('待审批 1')
  await walk.reads('不能采用 1')
  await walk.reads('不在这份发放清册之内')
  await page.getByRole('cell', { name: '银行退回', exact: true }).waitFor()
  await walk.see('answered-row-by-row')
  const before = page.url()
  await give()
  holds(page.url() === before, 'the same file is the same')
  await walk.press('全部采用')
  await page.getByRole('dialog').getByRole('button', { name: '确认' }).click()
  await walk.tells('办成 1 件，未办成 0 件')
  await walk.browser.go(`/cases/${payment}`)
  await stands(walk, '暂停发放')
  await walk.reads('账号不存在')
  await walk.see('on-hold')
  await walk.browser.go('/payroll')
  await walk.reads('returns.csv')
}
