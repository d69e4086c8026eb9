// SPDX-License-Identifier: Apache-2.0
// A village worker's day: takes the round along, knocks where there is no net, comes back, and it has arrived once.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Walk, holds, type Day, type Stand } from '../day.ts'
import { Desk, dayFrom } from '../desk.ts'

const PIN = '480213'

interface Shown {
  readonly items: readonly { readonly id: string; readonly code: string; readonly household: string }[]
}
interface Case {
  readonly state: string
  readonly events: readonly { readonly move: string; readonly fields: Readonly<Record<string, readonly string[]>> }[]
}

/** Visits and a survey of one house, and a visit of another. */
async function prepare(stand: Stand): Promise<{ house: string; visit: string; survey: string; colleague: string }> {
  const village = await Desk.of(stand, 'village_worker')
  const township = await Desk.of(stand, 'township_officer')
  const county = await Desk.of(stand, 'county_caseworker')
  const houses = await village.get<Shown>('/api/v1/households?limit=200')
  const busy = await village.get<Shown>('/api/v1/cases?limit=200')
  const free = houses.items.filter((one) => !busy.items.some((other) => other.household === one.code))
  const [first, second] = [free[free.length - 1]?.code ?? '', free[free.length - 2]?.code ?? '']
  const told = { due_on: dayFrom(0), to_unit: 'v001', note: '看看过冬的被褥和取暖' }
  const visit = await township.open('visit', first, told)
  await township.open('visit', second, told)
  const survey = await county.open('survey', first, { due_on: dayFrom(3), to_unit: 'v001' })
  return { house: first, visit, survey, colleague: stand.users['township_officer']?.name ?? '' }
}

async function takeAlong(walk: Walk): Promise<void> {
  await walk.page.getByRole('button', { name: /^带上选中的/ }).click()
  await walk.page.getByLabel('设一个 6 位以上的数字密码').fill(PIN)
  await walk.page.getByLabel('再输入一次').fill(PIN)
  await walk.see('pin')
  await walk.press('加密存到本机')
  await walk.reads(/户，加密存在本机/)
  await walk.see('taken')
  await walk.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
}

async function knock(walk: Walk, house: string, colleague: string, picture: string): Promise<void> {
  await walk.page.goto(`${walk.browser.base}/round`)
  await walk.reads('本机存有任务，已锁定')
  await walk.see('locked-offline')
  await walk.page.getByLabel('数字密码').fill('000000')
  await walk.press('打开')
  await walk.reads('密码不对，还可以试 4 次')
  await walk.page.getByLabel('数字密码').fill(PIN)
  await walk.press('打开')
  await walk.reads(/户，加密存在本机/)
  await walk.page.locator(`a[href="/round/${house}"]`).first().click()
  await walk.reads('这一户的任务')
  await walk.see('door-empty')
  await walk.press('存到本机并发送')
  await walk.reads(/还差 \d 处/)
  await walk.page.getByLabel('同行人员').fill(colleague)
  await walk.page.getByLabel('情况记录').fill('本人在家，被褥够用，屋顶漏雨。')
  await walk.page.getByLabel('走访发现').fill('屋顶漏雨')
  await walk.page.getByLabel('状况好转').check()
  await walk.page.getByLabel('拍照或选图').setInputFiles(picture)
  await walk.reads(/KiB|MiB/)
  await walk.page.getByLabel('已在纸上签名').check()
  await walk.page.getByLabel('签名人姓名').fill('王某')
  await walk.see('door-filled')
  await walk.press('存到本机并发送')
  await walk.reads('1 份表单已存在本机，待发送')
  await walk.see('waiting')
}

async function arrived(stand: Stand, visit: string, survey: string): Promise<void> {
  const desk = await Desk.of(stand, 'township_officer')
  for (const [id, move] of [
    [visit, 'met'],
    [survey, 'fill'],
  ] as const) {
    const found = await desk.get<Case>(`/api/v1/cases/${id}`)
    const made = found.events.filter((event) => event.move === move)
    holds(made.length === 1, `${id} has ${made.length} answers`)
    holds((made[0]?.fields['attachments'] ?? []).length === 1, `${id} has no picture`)
    holds(made[0]?.fields['note']?.[0]?.includes('签名：王某') === true, `${id} lacks who signed`)
  }
}

export const day: Day = {
  name: 'field',
  async run(stand) {
    const { house, visit, survey, colleague } = await prepare(stand)
    const walk = await Walk.begin(stand, 'field', 'village_worker', { size: 'phone' })
    const picture = join(stand.shots, 'field', 'roof.jpg')
    await walk.see('round')
    writeFileSync(picture, await walk.page.screenshot({ type: 'jpeg' }))
    await takeAlong(walk)
    await walk.browser.context.setOffline(true)
    await knock(walk, house, colleague, picture)
    await walk.browser.context.setOffline(false)
    await walk.reads('没有待发送的表单')
    await walk.page.getByText(/^已送达 1/).click()
    await walk.see('received')
    await arrived(stand, visit, survey)
    await walk.press('退出')
    await walk.reads('登录名')
    const left = await walk.page.evaluate(async () => (await indexedDB.databases()).map((one) => one.name))
    holds(left.length === 0, `the phone still holds ${left.join()}`)
    await walk.end()
  },
}
