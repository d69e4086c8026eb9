// SPDX-License-Identifier: Apache-2.0
// A social worker's day: only the households that were given to them; a visit is told at the door, somebody of theirs
// in trouble is reported; what is nobody's of theirs is not there.
import { holds, Walk, type Day, type Stand } from '../day.ts'
import { dayFrom, Desk } from '../desk.ts'
import { fillIn, goesAlong } from '../moves.ts'

interface Given {
  readonly mine: readonly [string, string]
  readonly visit: string
  readonly foreign: string
  readonly colleague: string
}
interface Told {
  readonly state: string
  readonly household: string
  readonly events: readonly { readonly move: string; readonly fields: Readonly<Record<string, readonly string[]>> }[]
}

/** Two households of the township are theirs, one of them is to be visited today; a third is not theirs. */
async function given(stand: Stand): Promise<Given> {
  const town = await Desk.of(stand, 'township_officer')
  const county = await Desk.of(stand, 'county_caseworker')
  const [one = '', other = '', foreign = ''] = await town.freeHouseholds()
  await county.post(
    '/api/v1/assignments',
    { account: stand.users['social_worker']?.name, households: [one, other], case: 'visit', from: dayFrom(-1) },
    `social-${Date.now()}`,
  )
  const told = { due_on: dayFrom(0), note: '独居，陪伴并看用药情况' }
  const visit = await town.open('visit', one, told, dayFrom(-2))
  await town.open('visit', foreign, told, dayFrom(-2))
  return { mine: [one, other], visit, foreign, colleague: stand.users['township_officer']?.name ?? '' }
}

async function visits(walk: Walk, stand: Stand, { mine, visit, foreign, colleague }: Given): Promise<void> {
  const { page } = walk
  await page.locator(`a[href="/round/${mine[0]}"]`).first().waitFor()
  holds((await page.locator(`a[href="/round/${foreign}"]`).count()) === 0, 'a household of nobody is on the round')
  await walk.see('round')
  await page.locator(`a[href="/round/${mine[0]}"]`).first().click()
  await walk.reads('这一户的任务')
  await goesAlong(walk, colleague)
  await page.getByLabel('情况记录').fill('药按时吃，晚上睡得不好。')
  await walk.see('door')
  await walk.press('提交')
  await walk.reads('办理结果')
  await walk.see('told')
  const found = await (await Desk.of(stand, 'township_officer')).get<Told>(`/api/v1/cases/${visit}`)
  const made = found.events.filter((event) => event.move === 'met')
  holds(made.length === 1, `${visit} has ${made.length} answers`)
  holds(made[0]?.fields['officers']?.length === 2, 'two went')
  await page.getByRole('link', { name: '返回' }).first().click()
}

async function reports(walk: Walk, stand: Stand, { mine }: Given): Promise<void> {
  const { page } = walk
  await page.getByRole('link', { name: '随手报' }).click()
  const offered = page.locator(`datalist option[value$="${mine[1]}"]`)
  await offered.first().waitFor({ state: 'attached' })
  holds((await page.locator('datalist option').count()) >= 2, 'their households are offered')
  await page.getByLabel('哪一户').fill((await offered.first().getAttribute('value')) ?? '')
  await fillIn(walk, page.locator('form'), { found_by: 'discovered', need: '断药三天' })
  await walk.press('提交')
  const told = page.getByText(/^已登记，编号 \d+/)
  await told.waitFor()
  await walk.see('reported')
  const id = /\d+/.exec(await told.innerText())?.[0] ?? ''
  const found = await (await Desk.of(stand, 'township_officer')).get<Told>(`/api/v1/cases/${id}`)
  holds(found.household === mine[1], `${id} is of ${found.household}`)
}

/** The office's pages show their households alone, and those of others not at all. */
async function looks(walk: Walk, { mine, foreign }: Given): Promise<void> {
  await walk.page.setViewportSize({ width: 1440, height: 900 })
  await walk.browser.go('/households')
  await walk.reads(mine[0])
  await walk.see('households')
  await walk.browser.go(`/households/${mine[0]}`)
  await walk.see('household')
  await walk.page.goto(`${walk.browser.base}/households/${foreign}`)
  await walk.page.getByRole('alert').or(walk.page.getByText('读取失败')).first().waitFor()
  const answer = await walk.page.request.get(`${walk.browser.base}/api/v1/households/${foreign}`)
  holds(answer.status() === 404, `a foreign household answers ${answer.status()}`)
}

export const day: Day = {
  name: 'social',
  async run(stand) {
    const all = await given(stand)
    const walk = await Walk.begin(stand, 'social', 'social_worker', { size: 'phone' })
    await visits(walk, stand, all)
    await reports(walk, stand, all)
    await looks(walk, all)
    await walk.end()
  },
}
