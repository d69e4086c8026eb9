// SPDX-License-Identifier: Apache-2.0
// The county's caseworker opens one household: sees a number whole for a case and a reason, records a paper, marks
// somebody as protected and ends it; goes through what no paper covers; the township hands a citizen a code.
import { holds, Walk, type Day } from '../day.ts'

/** The last quarter of which the sample county tells. */
const QUARTER = '2025-09-30'

export const day: Day = {
  name: 'household',
  async run(stand) {
    const walk = await Walk.begin(stand, 'household', 'county_caseworker')
    try {
      await fromTheList(walk)
      await seeWhole(walk)
      await recordPaper(walk)
      await protect(walk)
      await unsigned(walk)
    } finally {
      await walk.end()
    }
    const window = await Walk.begin(stand, 'household', 'township_officer')
    try {
      await handCode(window)
    } finally {
      await window.end()
    }
  },
}

async function fromTheList(walk: Walk): Promise<void> {
  const { page, browser } = walk
  await browser.go('/households')
  await walk.see('register')
  await page.locator('[role=row][data-at="2"]').focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/households\/.+/)
  await walk.see('file')
}

/** A telephone number stands whole, with a clock, until it is masked again. */
async function seeWhole(walk: Walk): Promise<void> {
  const { page, browser } = walk
  const cells = () => page.locator('table.plain tbody td:nth-child(5)').allTextContents()
  holds(
    (await cells()).every((phone) => !/\d{11}/.test(phone)),
    'a telephone number stands whole before it was asked for',
  )
  await walk.press('申请查看完整信息')
  await page.getByLabel('要看的信息').selectOption('phone')
  const number = page.getByLabel('办件编号或事由编号')
  if (await number.count()) await number.fill('2026-001')
  await page.getByLabel('理由').fill('预约入户时间')
  await walk.see('reveal')
  await page.locator('dialog button[type=submit]').click()
  await walk.reads(/还剩 1[45]:\d\d/)
  await browser.settled()
  holds(
    (await cells()).some((phone) => /\d{11}/.test(phone)),
    'no telephone number stands whole',
  )
  await walk.see('whole')
  await walk.press('现在就遮盖')
  await browser.settled()
}

async function recordPaper(walk: Walk): Promise<void> {
  const { page, browser } = walk
  await page.getByRole('tab', { name: '授权书' }).click()
  await browser.settled()
  await walk.see('papers')
  await page.locator('.holder', { hasText: '户主' }).getByRole('button', { name: '登记授权书' }).click()
  const today = new Date()
  const iso = (date: Date) => date.toISOString().slice(0, 10)
  await page.getByLabel('签署日期').fill(iso(today))
  await page.getByLabel('有效期至').fill(iso(new Date(today.getTime() + 90 * 86_400_000)))
  await page.getByLabel(/纸质授权书编号/).fill('授-2026-001')
  await walk.see('paper')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('dialog').waitFor({ state: 'detached' })
  await browser.settled()
  await page.getByText('授-2026-001').first().waitFor()
}

async function protect(walk: Walk): Promise<void> {
  const { page, browser } = walk
  await page.getByRole('tab', { name: '概况' }).click()
  await browser.settled()
  await page.getByRole('button', { name: '标记保护' }).last().click()
  await page.getByLabel('理由').fill('法院人身安全保护令')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('dialog').waitFor({ state: 'detached' })
  await page.locator('.tag', { hasText: '受保护' }).first().waitFor()
  await page.getByRole('tab', { name: '保护' }).click()
  await browser.settled()
  await walk.reads('法院人身安全保护令')
  await walk.see('protected')
  await walk.press('结束保护')
  await page.getByLabel('理由').fill('保护令到期')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('dialog').waitFor({ state: 'detached' })
  for (const tab of ['评分和预警', '办件', '户内变动', '谁看过']) {
    await page.getByRole('tab', { name: tab }).click()
    await walk.see(tab)
  }
  await walk.reads('本机关人员的查看')
  await walk.reads('家庭和成员')
}

/** Facts about means that no paper covers: whose, which, and what is missing; a row leads to the papers of its home. */
async function unsigned(walk: Walk): Promise<void> {
  const { page, browser } = walk
  await browser.go('/admin/kept-apart')
  await page.getByLabel('截至').fill(QUARTER)
  await page.waitForURL((url) => url.searchParams.get('day') === QUARTER)
  const first = page.locator('[role=row][data-at="0"]')
  await first.filter({ hasText: '没有签署授权书' }).waitFor()
  await walk.see('kept-apart')
  const told = await first.innerText()
  const code = /LC\d{6}/.exec(told)?.[0]
  if (!code) throw new Error(`the row names no household: ${told}`)
  holds(!told.includes('***'), `whose paper is missing is not named: ${told}`)
  holds(!/\d{17}[\dX]|\d+\.\d\d/.test(told), `what is kept apart is told: ${told}`)
  await first.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(`/households/${code}`))
  await browser.settled()
  await page.getByRole('tab', { name: '授权书' }).click()
  await walk.see('papers-that-are-missing')
}

async function handCode(walk: Walk): Promise<void> {
  const { page, browser } = walk
  await browser.go('/households')
  await page.locator('[role=row][data-at="0"]').click()
  await page.waitForURL(/\/households\/.+/)
  await browser.settled()
  await page.getByRole('button', { name: '发窗口代码' }).first().click()
  await page.getByLabel('查验了什么证件').fill('居民身份证')
  await page.locator('dialog button[type=submit]').click()
  await page.locator('.slip .code').waitFor()
  await walk.see('slip')
}
