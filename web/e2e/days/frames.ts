// SPDX-License-Identifier: Apache-2.0
// What stands around every screen: where the keyboard is behind a dialog, a list to its very end and on paper, a server
// that is lost and comes back, and a screen that is not one's own.
import type { Page } from 'playwright-core'
import { holds, Walk, type Day, type Stand } from '../day.ts'

const PAGE = 200 // rows of a page of warnings
const rowsShown = (page: Page) => page.locator('[role=grid] .space > [role=row]')
const focused = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-rowindex') ?? document.activeElement?.textContent?.trim(),
  )

export const day: Day = {
  name: 'frames',
  async run(stand) {
    await keyboard(stand)
    await lists(stand)
    await rights(stand)
  },
}

async function keyboard(stand: Stand): Promise<void> {
  const walk = await Walk.begin(stand, 'frames', 'administrator')
  await walk.browser.go('/admin/holds')
  const opener = walk.page.locator('.actions .btn.pri')
  const words = (await opener.innerText()).trim()
  await opener.focus()
  await walk.page.keyboard.press('Enter')
  const dialog = walk.page.getByRole('dialog')
  await dialog.getByLabel('类别（不选：全部类别）').selectOption({ index: 1 })
  await dialog.getByLabel('理由').fill('诉讼期间')
  await dialog.locator('button[type=submit]').click()
  await dialog.waitFor({ state: 'detached' })
  await walk.browser.settled()
  holds((await focused(walk.page)) === words, `the focus is at ${await focused(walk.page)}, not at what opened it`)
  await walk.see('hold')
  await walk.browser.go('/admin/roles')
  await walk.page.getByLabel('涉及').selectOption({ label: '人员' })
  await walk.reads('本单位及下级')
  await walk.see('roles')
  await walk.end()
}

async function lists(stand: Stand): Promise<void> {
  const walk = await Walk.begin(stand, 'frames', 'city_monitor_officer')
  const { page } = walk
  const answer = await page.request.get(`${stand.base}/api/v1/warnings/counts`)
  const { total } = (await answer.json()) as { total: number }
  holds(total > PAGE, `${total} warnings are one page`)
  await walk.browser.go('/warnings')

  // A page that does not come: the rows before it stay.
  await page.route(/\/api\/v1\/warnings\?.*cursor=/, (route) => route.abort())
  await rowsShown(page).first().focus()
  await page.keyboard.press('End')
  await page.getByRole('alert').getByText('连不上服务器').waitFor()
  holds((await focused(page)) === String(PAGE + 1), 'the last row that was read has the focus')
  await walk.reads('当前显示的是先前读取的内容')
  // A row that is half below the headings cannot be judged.
  await page.keyboard.press('Home')
  await walk.see('page-lost')
  await page.unroute(/\/api\/v1\/warnings\?.*cursor=/)
  await page.getByRole('alert').getByRole('button', { name: '重试' }).click()
  await page.getByText('当前显示的是先前读取的内容').waitFor({ state: 'detached' })
  await rowsShown(page).last().focus()
  await page.keyboard.press('End')
  await page.waitForFunction((last) => document.activeElement?.getAttribute('aria-rowindex') === last, `${total + 1}`)

  // On paper the whole list stands, under who printed it and when.
  await walk.browser.go('/warnings')
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', 'yes')
  })
  await page.keyboard.press('Control+p')
  await page.waitForSelector('body[data-printed]')
  await page.evaluate(() => void window.dispatchEvent(new Event('beforeprint')))
  await page.emulateMedia({ media: 'print' })
  holds((await rowsShown(page).count()) === total, `${await rowsShown(page).count()} of ${total} rows are printed`)
  const session = await page.request.get(`${stand.base}/api/v1/session`)
  const name = ((await session.json()) as { full_name: string }).full_name
  holds((await page.locator('main > .paper-head').innerText()).includes(name), 'the paper says who printed it')
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate(() => void window.dispatchEvent(new Event('afterprint')))

  // Of an open drawer, the drawer.
  await rowsShown(page).first().click()
  await page.getByRole('dialog').getByText('为什么预警').waitFor()
  await page.evaluate(() => void window.dispatchEvent(new Event('beforeprint')))
  await page.locator('.paper-sheet').getByText('为什么预警').waitFor({ state: 'attached' })
  await page.emulateMedia({ media: 'print' })
  holds(!(await page.locator('#app').isVisible()), 'the list below the drawer is not printed with it')
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate(() => void window.dispatchEvent(new Event('afterprint')))
  holds((await page.locator('.paper-sheet').count()) === 0, 'the sheet is gone')

  // The net goes and comes back.
  await walk.browser.go('/warnings')
  await walk.browser.context.setOffline(true)
  await walk.reads('当前显示的是先前读取的内容')
  holds((await rowsShown(page).count()) > 0, 'what was read stays')
  await walk.browser.context.setOffline(false)
  await page.getByText('当前显示的是先前读取的内容').waitFor({ state: 'detached' })
  await walk.end()
}

async function rights(stand: Stand): Promise<void> {
  const walk = await Walk.begin(stand, 'frames', 'fund_clerk')
  for (const path of ['/apply', '/department/query', '/admin/accounts']) {
    await walk.browser.go(path)
    await walk.reads('您的角色无权查看本页')
    holds(new URL(walk.page.url()).pathname === path, 'the address stays')
    holds((await walk.page.locator('main form').count()) === 0, 'no form is shown')
  }
  await walk.see('no-right')
  await walk.end()
}
