// SPDX-License-Identifier: Apache-2.0
// A township's desks: what waits for acceptance, checks and confirmation stands there with its number, a case goes from
// one desk to the next; the month counts what was done; the wizard begins with what the office knows.
import { holds, Walk, type Day, type Stand } from '../day.ts'
import { dayFrom, Desk, toConfirm, twoOf } from '../desk.ts'

const FORM = { channel: 'window', pledge: true, authorised: true }
const link = (walk: Walk, id: string) => walk.page.locator(`main a[href="/cases/${id}"]`)

export const day: Day = {
  name: 'township',
  async run(stand) {
    const walk = await Walk.begin(stand, 'township', 'township_officer')
    const house = await desks(walk, stand)
    await month(walk, stand)
    await wizard(walk, house)
    await walk.end()
  },
}

/** Gives a household that nothing is told of. */
async function desks(walk: Walk, stand: Stand): Promise<string> {
  const { page, browser } = walk
  const town = await Desk.of(stand, 'township_officer')
  const [house = '', other = '', free = ''] = await town.freeHouseholds()
  await town.sign(house)
  // Those due first are shown: one that was told long ago is among them.
  const id = await town.open('application', house, FORM, dayFrom(-40))
  await browser.go('/desks/acceptance')
  await link(walk, id).waitFor()
  await walk.see('acceptance')
  await town.move(id, 'accept', { relatives_of_staff: false, beside_because: '另一名成员的申请' }, dayFrom(-39))
  await browser.go('/desks/acceptance')
  holds((await link(walk, id).count()) === 0, `${id} was accepted and waits for it still`)
  await page.getByRole('link', { name: '核查台' }).first().click()
  await link(walk, id).waitFor()
  await walk.see('checks')
  await town.move(id, 'survey', { officers: twoOf(stand), note: '入户核实' }, dayFrom(-38))
  // Whoever confirms, the township sees that it waits.
  const waiting = await toConfirm(stand, other, 'minimum_living_guarantee')
  await browser.go('/desks/confirmation')
  await link(walk, waiting).waitFor()
  await walk.see('confirmation')
  return free
}

async function month(walk: Walk, stand: Stand): Promise<void> {
  const { page, browser } = walk
  const town = await Desk.of(stand, 'township_officer')
  const told = await town.get<{ items: readonly { opens: boolean; steps: number }[] }>('/api/v1/month')
  const opened = told.items.filter((one) => one.opens).reduce((sum, one) => sum + one.steps, 0)
  await browser.go('/month')
  const shown = page.locator('.sums > div', { hasText: '发起' }).locator('dd')
  holds((await shown.innerText()).replace(/,/g, '') === String(opened), `${await shown.innerText()}, not ${opened}`)
  await walk.see('month')
  const file = await page.request.get(
    browser.base + ((await page.getByRole('link', { name: '导出 CSV' }).getAttribute('href')) ?? ''),
  )
  holds((await file.text()).trim().split('\n').length === told.items.length + 1, 'the file has a line for each step')
}

async function wizard(walk: Walk, house: string): Promise<void> {
  const { page, browser } = walk
  await browser.go('/apply')
  await page.getByLabel('户编号', { exact: true }).fill(house)
  await page.getByRole('button', { name: '查对' }).click()
  await page.getByText('✓').first().waitFor()
  await page.getByRole('button', { name: '询问情况' }).click()
  // Of the register at least: who counts as a member, when somebody was born.
  await walk.reads(/已知：/)
  await walk.see('known')
}
