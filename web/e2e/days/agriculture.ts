// SPDX-License-Identifier: Apache-2.0
// The agriculture officer's day: the roll of those watched against relapse is sent and held against the register; the
// category that is agriculture's to confirm; a hardship that a conference handed on; and what it may ask.
import { holds, Walk, type Day, type Stand } from '../day.ts'
import { Desk, toConfirm, WHY } from '../desk.ts'
import { daysAgo, fill, move, numberOf, open, stands } from '../moves.ts'
import { asksAbout, isStranger, sendsRows } from '../partner.ts'
import { nobodysNumber, someone } from '../sample.ts'

const RELAPSE = 'relapse_monitored'
const FILE = '防返贫监测名单.csv'
const AGENDA = '与农业农村部门商定公益性岗位'
const WORD = '护林员岗位有空额，可以安排'
const ON_BOTH = 3

export const day: Day = {
  name: 'agriculture',
  async run(stand) {
    const { household, application } = await prepare(stand)
    const county = await Walk.begin(stand, 'agriculture', 'county_caseworker')
    const conference = await convened(county, household)
    const walk = await Walk.begin(stand, 'agriculture', 'agriculture_officer')
    await sendsItsRoll(walk)
    await readsTheDifference(walk)
    await seesWhomItLacks(walk)
    await officeSeesTheSame(county)
    await says(walk, conference)
    await confirms(walk, application)
    await helps(walk, await decided(county, conference))
    await move(county, conference, 'conference.close', { left_because: '已交农业农村部门帮扶，另行跟踪' }, 'closed')
    await asks(walk)
    await isStranger(walk)
    await walk.end()
    await county.end()
    await served(stand, application)
  },
}

/** The township has surveyed and reviewed; agriculture is left to confirm. */
async function prepare(stand: Stand): Promise<{ household: string; application: string }> {
  const household = (await (await Desk.of(stand, 'township_officer')).freeHouseholds())[1] ?? ''
  const to = { to_department: 'agriculture', to_unit: 'agri' }
  return { household, application: await toConfirm(stand, household, RELAPSE, to) }
}

/** The county convenes a conference with the department. */
async function convened(county: Walk, household: string): Promise<string> {
  const id = await open(county, 'conference', household, { reason: '两个名单都有，帮扶要衔接' })
  const asked = {
    conference_kind: 'joint_meeting',
    agenda: AGENDA,
    due_on: daysAgo(0),
    to_department: 'agriculture',
    to_unit: 'agri',
  }
  await move(county, id, 'conference.convene', asked, 'convened')
  return id
}

/** What was decided is handed on below it. */
async function decided(county: Walk, id: string): Promise<string> {
  await county.browser.go(`/cases/${id}`)
  await county.reads(WORD)
  const minutes = { attended: ['民政', '农业农村'], minutes: '同意衔接', decision: ['安排公益性岗位'] }
  await move(county, id, 'conference.hold', minutes, 'held')
  await county.page.getByRole('button', { name: '部门转办', exact: true }).first().click()
  const dialog = county.page.getByRole('dialog')
  await fill(county, dialog, { kind: 'aid', need: '需要稳定收入' })
  await dialog.getByRole('button', { name: '发起', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  const referral = await numberOf(county)
  const instruction = '一事一议议定：安排公益性岗位'
  const to = { to_department: 'agriculture', to_unit: 'agri', due_on: daysAgo(-15), instruction }
  await move(county, referral, 'referral.send', to, 'sent')
  return referral
}

/** Three who are on the register as well, one who is not, one whose number is none. */
async function sendsItsRoll(walk: Walk): Promise<void> {
  const known = Array.from({ length: ON_BOTH }, (_, at) => someone(at + 5))
  const rows = [
    '户主姓名,户主身份证号码,监测对象类别,识别时间,风险是否消除',
    ...known.map((one) => `${one.name},${one.number},突发严重困难户,2025-08-01,否`),
    `名册外,${nobodysNumber('19700101', '001')},边缘易致贫户,2025-08-15,否`,
    '写错了,12345,边缘易致贫户,2025-08-15,否',
  ]
  await sendsRows(walk, FILE, rows, '5 行，1 行未收')
  await walk.see('roll-sent')
}

/** Every row stands in one part of the difference of the two lists. */
async function readsTheDifference(walk: Walk): Promise<void> {
  const { page } = walk
  await walk.browser.go('/department/compare')
  const row = page.getByRole('row').filter({ hasText: FILE }).first()
  const parts = (await row.locator('td.num:not(.ours)').allInnerTexts()).map((text) =>
    Number(text.replaceAll(',', '')),
  )
  holds(parts.join() === `${ON_BOTH},1,0,1`, `the difference is ${parts.join()}`)
  await walk.see('two-lists')
  await row.getByRole('button', { name: '核对单', exact: true }).click()
  await page.getByRole('dialog').getByText('不是一个身份证号码').waitFor()
  await page.keyboard.press('Escape')
}

/** Whom the register alone has: as many households as the number says, none of them with its identity number. */
async function seesWhomItLacks(walk: Walk): Promise<void> {
  const { page } = walk
  await walk.browser.go('/department/compare')
  const button = page.getByRole('row').filter({ hasText: FILE }).first().locator('td.ours button')
  await button.filter({ hasText: /^[\d,]+$/ }).waitFor()
  const count = Number((await button.innerText()).replaceAll(',', ''))
  holds(count > 0, 'the register has more of them than a roll of five rows')
  await button.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('row').nth(1).waitFor()
  const told = await dialog.locator('tbody tr').count()
  holds(told === Math.min(count, 100), `${told} of ${count} households are listed`)
  holds(!/\d{17}[\dX]/.test(await dialog.innerText()), 'no number is whole')
  await walk.see('only-on-the-register')
  await page.keyboard.press('Escape')
}

/** The office of civil affairs has the same list, by keyboard: the number opens it, Escape goes back to the number, and
 *  a household leads to its page. */
async function officeSeesTheSame(county: Walk): Promise<void> {
  const { page } = county
  await county.browser.go('/feeds/compare')
  const button = page.getByRole('row').filter({ hasText: FILE }).first().locator('td.ours button')
  await button.filter({ hasText: /^[\d,]+$/ }).waitFor()
  const count = Number((await button.innerText()).replaceAll(',', ''))
  await county.see('two-lists-of-the-office')
  await button.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.locator('tbody tr').first().waitFor()
  const told = await dialog.locator('tbody tr').count()
  holds(count > 0 && told === Math.min(count, 100), `${told} of ${count} households are listed`)
  await county.see('register-alone-of-the-office')
  await page.keyboard.press('Escape')
  holds(await button.evaluate((it) => it === document.activeElement), 'the focus is not back at the number')
  await page.keyboard.press('Enter')
  const link = dialog.locator('tbody th a').first()
  const code = (await link.innerText()).trim()
  await link.press('Enter')
  await page.waitForURL(new RegExp(`/households/${code}`))
}

/** A joint case: what is asked and by when, and the department's own word; why and the minutes are the county's. */
async function says(walk: Walk, conference: string): Promise<void> {
  const { page } = walk
  await walk.browser.go('/department/joint')
  await walk.see('joint-cases')
  await page.locator(`a.row[href="/cases/${conference}"]`).click()
  await numberOf(walk)
  await walk.reads(AGENDA)
  holds(!(await page.locator('main').innerText()).includes('帮扶要衔接'), 'why it was called stays inside')
  await move(walk, conference, 'conference.opine', { department_word: WORD }, 'convened')
  await walk.see('its-word')
}

async function confirms(walk: Walk, application: string): Promise<void> {
  const { page } = walk
  await walk.browser.go('/department/joint')
  const row = page.locator(`a.row[href="/cases/${application}"]`)
  await row.click()
  await numberOf(walk)
  await walk.reads('拟确认')
  await walk.see('to-confirm')
  await move(walk, application, 'application.confirm', { category: RELAPSE, ...WHY }, 'confirmed')
  await walk.see('confirmed')
}

async function helps(walk: Walk, referral: string): Promise<void> {
  await walk.browser.go('/department')
  await walk.reads(`办件 ${referral}`)
  await walk.see('inbox')
  await move(walk, referral, 'referral.receive', {}, 'received')
  await walk.reads('一事一议议定：安排公益性岗位')
  await move(walk, referral, 'referral.accept', {}, 'accepted')
  await move(walk, referral, 'referral.finish', { result: 'helped', amount: '800', note: '护林员岗位' }, 'done')
  await walk.see('helped')
}

async function asks(walk: Walk): Promise<void> {
  await walk.browser.go('/department/query')
  await asksAbout(walk, someone(6), '防返贫监测名单比对')
  await walk.reads('是低收入人口：')
}

/** The township serves what agriculture confirmed. */
async function served(stand: Stand, application: string): Promise<void> {
  const town = await Walk.begin(stand, 'agriculture', 'township_officer')
  await town.browser.go(`/cases/${application}`)
  await stands(town, '已确认')
  await move(town, application, 'application.post_confirmed', { attachments: 'photo' }, 'confirmed')
  await move(town, application, 'application.serve', { served_how: 'in_person' }, 'served')
  await town.see('served')
  await town.end()
}
