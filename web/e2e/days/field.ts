// SPDX-License-Identifier: Apache-2.0
// A village worker's day: takes the round along, knocks where there is no net, comes back, and it has arrived once.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Walk, holds, type Day, type Stand } from '../day.ts'
import { Desk, dayFrom } from '../desk.ts'
import { goesAlong } from '../moves.ts'

const PIN = '480213'

interface Case {
  readonly state: string
  readonly events: readonly { readonly move: string; readonly fields: Readonly<Record<string, readonly string[]>> }[]
}

interface Prepared {
  readonly house: string
  readonly visit: string
  readonly survey: string
  readonly next: { readonly house: string; readonly visit: string }
  readonly colleague: string
}

/** Visits and a survey of one house, and a visit of another. */
async function prepare(stand: Stand): Promise<Prepared> {
  const village = await Desk.of(stand, 'village_worker')
  const township = await Desk.of(stand, 'township_officer')
  const county = await Desk.of(stand, 'county_caseworker')
  const [second = '', first = ''] = (await village.freeHouseholds()).slice(-2)
  const told = { due_on: dayFrom(0), to_unit: 'v001', note: '看看过冬的被褥和取暖' }
  const visit = await township.open('visit', first, told)
  const next = { house: second, visit: await township.open('visit', second, told) }
  const survey = await county.open('survey', first, { due_on: dayFrom(3), to_unit: 'v001' })
  return { house: first, visit, survey, next, colleague: stand.users['township_officer']?.name ?? '' }
}

async function takeAlong(walk: Walk): Promise<void> {
  // What is not due today is not taken along by itself.
  const boxes = walk.page.getByRole('checkbox', { name: /^带上/ })
  holds((await boxes.count()) >= 2, 'the two houses of today are not there')
  for (const box of await boxes.all()) holds(await box.isChecked(), 'a house of today is not taken along')
  await walk.page.getByRole('button', { name: /^带上选中的/ }).click()
  await walk.page.getByLabel('设一个 6 位以上的数字密码').fill(PIN)
  await walk.page.getByLabel('再输入一次').fill(PIN)
  await walk.see('pin')
  await walk.press('加密存到本机')
  await walk.reads(/户，加密存在本机/)
  await walk.see('taken')
  await walk.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
}

/** How many houses the phone says it holds. */
async function held(walk: Walk): Promise<number> {
  const said = await walk.page.locator('.phone [role=status]').textContent()
  return Number(/(\d+) 户/.exec(said ?? '')?.[1] ?? Number.NaN)
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
  await goesAlong(walk, colleague)
  await walk.page.getByLabel('情况记录').fill('本人在家，被褥够用，屋顶漏雨。')
  await walk.page.getByLabel('走访发现').fill('屋顶漏雨')
  await walk.page.getByLabel('状况好转').check()
  await walk.page.getByLabel('拍照或选图').setInputFiles(picture)
  await walk.reads(/\d (KB|MB)/)
  await walk.page.getByLabel('已在纸上签名').check()
  await walk.page.getByLabel('签名人姓名').fill('王某')
  await walk.see('door-filled')
  await walk.press('存到本机并发送')
  await walk.reads('1 份表单已存在本机，待发送')
  await walk.see('waiting')
}

/** At the next door the signature is drawn by hand, and the device tells where that was. */
async function signs(walk: Walk, { next, colleague }: Prepared): Promise<void> {
  const { page } = walk
  const { context } = walk.browser
  await context.grantPermissions(['geolocation'], { origin: walk.browser.base })
  await context.setGeolocation({ latitude: 24.101234, longitude: 115.256789, accuracy: 12 })
  await page.locator(`a[href="/round/${next.house}"]`).first().click()
  await goesAlong(walk, colleague)
  await page.getByLabel('情况记录').fill('本人在家，取暖用电正常。')
  await draw(walk)
  await page.getByText(/^✓ 已签名/).waitFor()
  await walk.press('记录当前位置')
  await page.waitForFunction(() =>
    [...document.querySelectorAll('input')].some((input) => input.value.includes('24.10123, 115.25679')),
  )
  await walk.see('signed-and-placed')
  await walk.press('存到本机并发送')
  await walk.reads(/^已送达 2/)
}

/** A hand goes over the pad. */
async function draw(walk: Walk): Promise<void> {
  const { page } = walk
  const pad = page.locator('canvas')
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  holds(box !== null, 'there is a pad to sign on')
  await page.mouse.move(box.x + 40, box.y + 60)
  await page.mouse.down()
  for (const [right, down] of [
    [90, 110],
    [130, 40],
    [170, 120],
    [220, 70],
  ] as const) {
    await page.mouse.move(box.x + right, box.y + down, { steps: 6 })
  }
  await page.mouse.up()
}

/** The record has where and when, and the signature is a picture of the case that can be looked at. */
async function signed(stand: Stand, { next }: Prepared): Promise<void> {
  const desk = await Desk.of(stand, 'township_officer')
  const found = await desk.get<Case>(`/api/v1/cases/${next.visit}`)
  const made = found.events.filter((event) => event.move === 'met')
  holds(made.length === 1, `${next.visit} has ${made.length} answers`)
  const told = JSON.stringify(made[0]?.fields)
  holds(told.includes('24.10123, 115.25679（误差约 12 米）'), `no place: ${told}`)
  holds(/到户时间 \d{4}-\d{2}-\d{2} \d{2}:\d{2}/.test(told), `no time: ${told}`)
  const [hash = ''] = made[0]?.fields['attachments'] ?? []
  const picture = await desk.picture(`/api/v1/cases/${next.visit}/attachments/${hash}`)
  holds(picture.type === 'image/png' && picture.bytes > 1000, `the signature is ${JSON.stringify(picture)}`)
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
    const prepared = await prepare(stand)
    const { house, visit, survey, colleague } = prepared
    const walk = await Walk.begin(stand, 'field', 'village_worker', { size: 'phone' })
    const picture = join(stand.shots, 'field', 'roof.jpg')
    await walk.see('round')
    writeFileSync(picture, await walk.page.screenshot({ type: 'jpeg' }))
    await takeAlong(walk)
    const taken = await held(walk)
    await walk.browser.context.setOffline(true)
    await knock(walk, house, colleague, picture)
    await walk.browser.context.setOffline(false)
    await walk.reads('没有待发送的表单')
    await walk.page.getByText(/^已送达 1/).click()
    await walk.see('received')
    const received = (await walk.page.locator('.received').textContent()) ?? ''
    holds(received.includes(house), `the receipt does not name ${house}: ${received}`)
    holds((await held(walk)) === taken - 1, 'the house did not leave the phone with its last task')
    holds((await walk.page.locator(`a[href="/round/${house}"]`).count()) === 0, `${house} is still walked to`)
    await arrived(stand, visit, survey)
    await signs(walk, prepared)
    await signed(stand, prepared)
    await walk.press('退出')
    await walk.reads('登录名')
    const left = await walk.page.evaluate(async () => (await indexedDB.databases()).map((one) => one.name))
    holds(left.length === 0, `the phone still holds ${left.join()}`)
    await walk.end()
  },
}
