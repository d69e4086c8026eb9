// SPDX-License-Identifier: Apache-2.0
// The rule desk's day: read a pack, compare two cities, try another standard, propose figures; another person sees in
// words what would change, approves, and it is in force.
import { holds, Walk, type Day, type Stand } from '../day.ts'

export const day: Day = {
  name: 'rules',
  async run(stand) {
    await reads(stand)
    await proposes(stand)
    await approves(stand)
    await tries(stand)
  },
}

async function reads(stand: Stand): Promise<void> {
  const walk = await Walk.begin(stand, 'rules', 'city_monitor_officer')
  const { page } = walk
  await walk.browser.go('/rules')
  await walk.reads('本单位现行')
  await walk.see('packs')
  await walk.browser.go('/rules/guangdong-2021')
  await walk.reads('红色')
  await walk.see('levels')
  await walk.browser.go('/rules/guangdong-2021?tab=coverage')
  await walk.see('coverage')
  await walk.browser.go('/rules/national?tab=versions')
  await walk.reads('最早一版')
  await walk.see('versions')
  await page
    .getByRole('button', { name: /^改了 \d+ 处$/ })
    .first()
    .click()
  await walk.reads(/起改了什么$/)
  await walk.see('what-a-version-changed')
  // Papers of a pack that is not in force, filled with samples.
  await walk.browser.go('/rules/jinan-2024?tab=papers')
  await walk.reads('样张')
  const sheet = await page.request.get(
    walk.browser.base +
      ((await page.getByRole('link', { name: '打开样张（PDF）' }).first().getAttribute('href')) ?? ''),
  )
  holds(sheet.ok() && (await sheet.body()).subarray(0, 4).toString() === '%PDF', `a sample is ${sheet.status()}`)
  await walk.see('samples')
  await walk.browser.go('/rules/guangdong-2021?tab=elements')
  await page.getByRole('searchbox').last().fill('单人保')
  await walk.see('search')
  await walk.browser.go('/compare?a=guangdong-2021&b=jinan-2024')
  await walk.reads('仅此有')
  await walk.press(/^救助类别/)
  await walk.see('differences')
  await walk.end()
}

async function proposes(stand: Stand): Promise<void> {
  const walk = await Walk.begin(stand, 'rules', 'county_caseworker')
  const { page } = walk
  await walk.browser.go('/figures')
  const row = page.getByRole('row').filter({ hasText: '低保标准（月）' }).first()
  await row.getByRole('button', { name: '提请设定' }).click()
  for (const [residence, value] of [
    ['urban', '868.00'],
    ['rural', '632.00'],
  ] as const) {
    await page.selectOption('#f-parameter', 'mlg_standard_month')
    await page.selectOption('#f-residence', residence)
    await page.fill('#f-value', value)
    await page.fill('#f-region', '441622')
    await page.fill('#f-from', '2025-01-01')
    await page.fill('#f-source', '虚构数据')
    await page.getByRole('dialog').getByRole('checkbox').setChecked(true)
    await walk.press('加入这次提请')
  }
  await page.fill('#f-reason', '本年度标准')
  await walk.see('basket')
  await walk.press('提请审批')
  await page.waitForURL((url) => url.pathname === '/proposals')
  await walk.reads('自己提请的由别人审批')
  await walk.see('my-proposal')
  await walk.end()
}

async function approves(stand: Stand): Promise<void> {
  const walk = await Walk.begin(stand, 'rules', 'city_monitor_officer')
  const { page } = walk
  await walk.browser.go('/proposals')
  await walk.press(/^等我审批/)
  await page.getByRole('row').filter({ hasText: '本年度标准' }).getByRole('button').first().click()
  await walk.reads('868.00')
  await walk.see('what-it-would-change')
  await page.getByRole('button', { name: '批准', exact: true }).click()
  await page.getByRole('dialog').last().getByRole('textbox').fill('与文件一致')
  await page.getByRole('dialog').last().getByRole('button', { name: '批准', exact: true }).click()
  await page.getByRole('button', { name: '执行', exact: true }).first().click()
  await page.getByRole('dialog').last().getByRole('button', { name: '执行', exact: true }).click()
  await walk.reads(/第 \d+ 号生效记录/)
  await walk.browser.go('/figures')
  await walk.reads('868.00')
  await walk.reads('示例数字')
  await walk.see('in-force')
  await walk.end()
}

async function tries(stand: Stand): Promise<void> {
  const walk = await Walk.begin(stand, 'rules', 'city_monitor_officer')
  const { page } = walk
  await walk.browser.go('/whatif')
  await page.locator('.change select').first().selectOption('mlg_standard_month')
  await page.locator('.change input').fill('10')
  await page.fill('#day', '2025-09-30')
  await walk.see('question')
  await walk.press('开始试算')
  await page.waitForURL((url) => url.pathname.startsWith('/whatif/'))
  await walk.reads('有变化的户')
  await page.reload()
  await walk.reads('有变化的户')
  await walk.see('answer')
  const entered = page.getByRole('row').filter({ hasText: '低保对象' }).first().getByRole('button').first()
  const count = (await entered.textContent())?.trim() ?? ''
  await entered.click()
  await page.getByRole('heading', { name: `明细（${count}）` }).waitFor()
  holds(count !== '' && count !== '0', 'somebody would enter, and the list has as many rows')
  await page.evaluate(() => document.querySelector('main')?.scrollTo(0, 0))
  await walk.see('rows')
  await walk.end()
}
