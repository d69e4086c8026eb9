// SPDX-License-Identifier: Apache-2.0
// The city's monitor officer looks at what stands, opens why, dispatches two warnings, and reads who is proposed for
// natural exit and why; by keyboard where a hand would stay on it.
import { holds, Walk, type Day } from '../day.ts'

export const day: Day = {
  name: 'monitor',
  async run(stand) {
    const walk = await Walk.begin(stand, 'monitor', 'city_monitor_officer')
    try {
      await cardsEqualTheirLists(walk)
      await sameFilters(walk)
      await whyByKeyboard(walk)
      await viewsStay(walk)
      await dispatchTwo(walk)
      await exitsByTheirEvents(walk)
    } finally {
      await walk.end()
    }
  },
}

/** Each card of the cockpit opens as many rows as it says, and its late warnings are those of the list. */
async function cardsEqualTheirLists(walk: Walk): Promise<void> {
  const { browser } = walk
  await browser.go('/overview')
  await walk.see('overview')
  await opensAsMany(walk, '.cards .figure a')
  await opensAsMany(walk, '.cards [data-figure=warnings-overdue] a')
  await browser.go('/overview/wall')
  await walk.see('wall')
  await browser.go('/overview/brief')
  await walk.see('brief')
}

async function opensAsMany(walk: Walk, figures: string): Promise<void> {
  const { page, browser } = walk
  const cards = page.locator(figures)
  const told = await cards.allTextContents()
  holds(told.length > 0, `no ${figures} opens a list`)
  for (let n = 0; n < told.length; n++) {
    await cards.nth(n).click()
    await browser.settled()
    await walk.reads(new RegExp(`当前筛选 ${/[\d,]+/.exec(told[n] ?? '')?.[0] ?? '?'} 条`))
    await page.goBack()
    await browser.settled()
  }
}

async function sameFilters(walk: Walk): Promise<void> {
  const { page, browser } = walk
  await browser.go('/warnings')
  await walk.see('warnings')
  const red = page.locator('.chips .chip', { hasText: '红色' })
  const count = (await red.locator('.count').textContent())?.trim() ?? ''
  await red.click()
  await browser.settled()
  await walk.reads(`当前筛选 ${count} 条`)
  holds(new URL(page.url()).searchParams.get('level') === 'red', 'the filter does not stand in the address')
}

/** Arrows to a row, Enter for why, on to the next, Escape back to the table. */
async function whyByKeyboard(walk: Walk): Promise<void> {
  const { page, browser } = walk
  await page.locator('[role=row][data-at="0"]').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await browser.settled()
  await walk.reads('为什么预警')
  await walk.see('why')
  const evidence = page.getByRole('button', { name: '看这一行的内容' })
  if (await evidence.count()) {
    // Of illness and marriage a monitor officer sees nothing before a reveal.
    await evidence.first().press('Enter')
    await browser.settled()
    holds((await page.locator('.events .row dd').count()) > 0, 'the row behind an event tells nothing')
    await walk.see('why-row')
  }
  const first = new URL(page.url()).searchParams.get('open')
  await page.keyboard.press('Alt+ArrowDown')
  await page.waitForFunction((code) => !location.search.includes(`open=${code}`), first)
  await browser.settled()
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => !location.search.includes('open='))
  const focused = await page.evaluate(() => document.activeElement?.getAttribute('role'))
  holds(focused === 'row', `the focus went to ${focused ?? 'nothing'}, not back to the table`)
}

async function viewsStay(walk: Walk): Promise<void> {
  const { page, browser } = walk
  await walk.press('最高等级已超期')
  await browser.settled()
  await page.locator('.filters select').first().selectOption({ index: 1 })
  await browser.settled()
  await walk.press('保存为视图')
  await page.getByLabel('视图名称').fill('本县红色超期')
  await page.locator('dialog button[type=submit]').click()
  await page.getByRole('button', { name: '本县红色超期', exact: true }).waitFor() // the server has it
  await browser.go('/warnings')
  await walk.press('本县红色超期')
  await browser.settled()
  holds(page.url().includes('level=red'), 'the saved view did not bring its filter back')
}

async function dispatchTwo(walk: Walk): Promise<void> {
  const { page, browser } = walk
  await browser.go('/warnings')
  await page.getByRole('button', { name: /选中“待下发”/ }).waitFor()
  const rows = page.locator('[role=row][data-at]', { hasText: '待下发' })
  const at = await rows.first().getAttribute('data-at')
  await rows.first().focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await walk.reads(/已选 2 条/)
  await walk.press(/批量下发/)
  await page.locator('dialog select').selectOption({ label: '样例县' })
  await walk.see('batch')
  await page.locator('dialog button[type=submit]').click()
  await walk.tells(/办成 [12] 件/)
  await walk.see('batch-answers')
  await page.reload() // the answers are the server's: they are there again
  await walk.reads(/办成 [12] 件/)
  const answers = page.getByRole('region', { name: '批量办理' })
  await answers.getByRole('button', { name: '关闭' }).click()
  await page.locator(`[role=row][data-at="${at ?? '0'}"]`, { hasText: '已下发' }).waitFor({ timeout: 15_000 })
}

/** Each proposal of natural exit says of whom, what and when; a row opens the household that it names. */
async function exitsByTheirEvents(walk: Walk): Promise<void> {
  const { page, browser } = walk
  await browser.go('/feeds/exits')
  const first = page.locator('[role=row][data-at="0"]')
  await first.waitFor()
  await walk.see('exits')
  const told = await first.innerText()
  const code = /LC\d{6}/.exec(told)?.[0]
  if (!code) throw new Error(`the row names no household: ${told}`)
  holds(/\d{4}年\d{1,2}月\d{1,2}日/.test(told), `the row tells no day of what ended: ${told}`)
  holds(!/\d{17}[\dX]/.test(told), 'a number stands whole')
  await first.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(`/households/${code}`))
  await walk.reads(code)
  await walk.see('household-of-an-exit')
}
