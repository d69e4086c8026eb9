// SPDX-License-Identifier: Apache-2.0
// Oversight: a county opens what is overdue down to its cases and reminds; the auditor sees the reminder, flagged
// looks, the clocks of a case as of a day, and the roots of the log.
import { holds, Walk, type Day, type Stand } from '../day.ts'
import { someone } from '../sample.ts'

export const day: Day = {
  name: 'oversight',
  async run(stand) {
    const id = await county(stand)
    await auditor(stand, id)
  },
}

/** A task of the county that nobody took up in time. */
async function lateTask(walk: Walk): Promise<string> {
  return walk.page.evaluate(async () => {
    const read = async (path: string) => (await fetch(path)).json() as Promise<unknown>
    const { csrf } = (await read('/api/v1/session')) as { csrf: string }
    const list = (await read('/api/v1/households?limit=1')) as { items: { code: string }[] }
    const before = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
    const answer = await fetch('/api/v1/cases', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
      body: JSON.stringify({
        machine: 'task',
        household: list.items[0]?.code,
        on: before(40),
        fields: { to_unit: 'first', instruction: '核实住房', due_on: before(30) },
      }),
    })
    return ((await answer.json()) as { case: string }).case
  })
}

async function county(stand: Stand): Promise<string> {
  const walk = await Walk.begin(stand, 'oversight', 'county_caseworker')
  const { page } = walk
  const id = await lateTask(walk)
  await walk.browser.go('/oversight')
  await walk.reads('老隆镇')
  await walk.see('overdue')
  // A task that was told a day is past a target of the office, which stands beside what is late by law.
  // By keyboard: right from the row to what is late by law, to what is past a target; Escape goes back to the number.
  const row = page.getByRole('row').filter({ hasText: '尚无人经办' }).first()
  const number = row.getByRole('button').last()
  const count = Number((await number.textContent())?.trim())
  await row.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  holds(await number.evaluate((it) => it === document.activeElement), 'the focus is not back at the number')
  await page.keyboard.press('Space')
  const cases = page.getByRole('dialog').getByRole('grid')
  await cases.waitFor()
  holds(Number(await cases.getAttribute('aria-rowcount')) === count + 1, 'the number opens as many cases')
  await cases.getByRole('checkbox', { name: '选择此行' }).first().check()
  await walk.see('its-cases')
  await walk.press('督办选中的 1 件')
  await page.getByRole('dialog').last().getByRole('textbox').fill('请在三日内上门核实')
  await page.getByRole('dialog').last().getByRole('button', { name: '督办', exact: true }).click()
  await walk.tells('办成 1 件')
  await walk.browser.go('/oversight/reminders')
  await walk.reads('请在三日内上门核实')
  await walk.see('reminders')
  await walk.end()
  return id
}

async function auditor(stand: Stand, id: string): Promise<void> {
  const walk = await Walk.begin(stand, 'oversight', 'auditor')
  const { page } = walk
  await walk.browser.go('/oversight/reminders')
  await walk.reads('请在三日内上门核实')
  await walk.browser.go('/oversight/hits')
  await walk.reads('死亡后仍在发放')
  await walk.press('经办人员近亲属未登记备案')
  await walk.see('rule-hits')
  await walk.browser.go('/oversight/looks')
  await walk.press('全部查看记录')
  await walk.see('looks')
  await walk.browser.go('/oversight/replay')
  const clocks = page.locator('section').filter({ has: page.getByRole('heading', { name: '一件办件某天的时限' }) })
  await clocks.getByLabel('办件编号').fill(id)
  await clocks.getByRole('button', { name: '查看' }).click()
  await walk.reads('已超期')
  await walk.see('clocks-of-a-day')
  await looksAtOne(walk)
  await walk.browser.go('/admin/anchors')
  await walk.see('anchors')
  await walk.end()
}

/** Who looked at one person: found by name, which stands in no address; their number does. */
async function looksAtOne(walk: Walk): Promise<void> {
  const { page } = walk
  const { name } = someone(0)
  await walk.browser.go('/admin/audit')
  await page.getByLabel('成员', { exact: true }).fill(name)
  await page.keyboard.press('Enter')
  const found = page.locator('.found button').first()
  await found.waitFor()
  await walk.see('whom-the-log-is-asked-for')
  await found.press('Enter')
  await page.getByRole('button', { name: /^换一人/ }).waitFor()
  await page.locator('form.filters button[type=submit]').press('Enter')
  await page.waitForURL(/[?&]person=\d+/)
  holds(!decodeURIComponent(page.url()).includes(name), 'a name stands in the address')
  await walk.browser.settled()
  await walk.see('looks-at-one')
}
