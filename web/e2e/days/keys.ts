// SPDX-License-Identifier: Apache-2.0
// One whole case by the keyboard alone, from the door to its end: Tab, Enter, Space, arrows and letters. Nothing here
// clicks, fills or gives the focus.
import type { Locator } from 'playwright-core'
import { holds, Walk, type Day } from '../day.ts'
import { Desk, twoOf } from '../desk.ts'
import { numberOf, stands } from '../moves.ts'

/** More steps of Tab than any screen here has. */
const MOST = 160

const isFocused = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement)

/** Tabs on until the keyboard stands at it. */
async function reach(walk: Walk, target: Locator): Promise<void> {
  await target.waitFor({ state: 'attached', timeout: 10_000 })
  for (let step = 0; step < MOST; step += 1) {
    if (await isFocused(target)) return
    await walk.page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not come to ${String(target)}`)
}
async function enter(walk: Walk, target: Locator): Promise<void> {
  await reach(walk, target)
  await walk.page.keyboard.press('Enter')
}
async function write(walk: Walk, target: Locator, text: string): Promise<void> {
  await reach(walk, target)
  await walk.page.keyboard.type(text)
}
async function tick(walk: Walk, target: Locator): Promise<void> {
  await reach(walk, target)
  await walk.page.keyboard.press('Space')
  holds(await target.isChecked(), 'Space ticks it')
}

/** What is skipped to is the page itself, past its side. */
async function toContent(walk: Walk): Promise<void> {
  await enter(walk, walk.page.locator('a.skip'))
  holds(await isFocused(walk.page.locator('#main')), 'the skip link leads to what the page is about')
}

async function opens(walk: Walk, household: string): Promise<string> {
  const { page } = walk
  await walk.browser.go('/boards/visit')
  await toContent(walk)
  await enter(walk, page.getByRole('button', { name: '发起', exact: true }))
  const dialog = page.getByRole('dialog')
  await write(walk, dialog.getByLabel('户编号'), household)
  await page.keyboard.press('Enter')
  await dialog.getByText('✓').waitFor()
  await walk.see('found')
  await enter(walk, dialog.getByRole('button', { name: '发起', exact: true }))
  return numberOf(walk)
}

/** A step of the case whose page is open: its form, filled by `fills`, and sent. */
async function makes(walk: Walk, title: string, fills: (dialog: Locator) => Promise<void>): Promise<void> {
  const step = { name: title, exact: true }
  await enter(walk, walk.page.getByRole('group', { name: '可办的步骤' }).getByRole('button', step))
  const dialog = walk.page.getByRole('dialog')
  await dialog.getByLabel('办理日期').waitFor()
  await fills(dialog)
  await enter(walk, dialog.getByRole('button', step))
  await dialog.waitFor({ state: 'detached', timeout: 10_000 })
  await walk.browser.settled()
}

export const day: Day = {
  name: 'keys',
  async run(stand) {
    const user = stand.users['township_officer']
    holds(user !== undefined, 'there is a township officer')
    const [household = ''] = await (await Desk.of(stand, 'township_officer')).freeHouseholds()
    const walk = await Walk.begin(stand, 'keys', null)
    const { page } = walk
    const both = async (dialog: Locator): Promise<void> => {
      const group = dialog.getByRole('group', { name: '入户人员' })
      for (const one of twoOf(stand)) await tick(walk, group.locator(`input[value="${one}"]`))
    }
    await walk.browser.go('/sign-in')
    await write(walk, page.locator('#name'), user.name)
    await write(walk, page.locator('#password'), user.password)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
    await opens(walk, household)
    await makes(walk, '走访未成', async (dialog) => {
      const why = dialog.getByLabel('未成原因')
      await reach(walk, why)
      for (let word = 0; word < 4; word += 1) await page.keyboard.press('ArrowDown')
      holds((await why.inputValue()) === 'hospital', `the arrows chose ${await why.inputValue()}`)
      await both(dialog)
      await walk.see('in-vain')
    })
    await stands(walk, '待走访')
    await makes(walk, '入户见面', async (dialog) => {
      // Sent with nothing in it: the keyboard stands at the first of what is lacking.
      await enter(walk, dialog.getByRole('button', { name: '入户见面', exact: true }))
      await page.waitForFunction(() => {
        const first = document.querySelector('dialog .fault')?.closest('.field')
        return first?.contains(document.activeElement) ?? false
      })
      await walk.see('first-fault')
      await both(dialog)
      await write(walk, dialog.getByLabel('情况记录'), '户主已出院，见到本人')
    })
    await stands(walk, '已走访')
    await walk.reads('户主已出院，见到本人')
    await walk.see('visited')
    await walk.end()
  },
}
