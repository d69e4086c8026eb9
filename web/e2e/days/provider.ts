// SPDX-License-Identifier: Apache-2.0
// A service provider's day, on the phone: an order is declined, given again and taken; each visit is signed with a
// photograph; it is done again, accepted by the township and settled by the county. The provider sees the order alone.
import { holds, Walk, type Day, type Stand } from '../day.ts'
import { Desk } from '../desk.ts'
import { move, numberOf, open, stands } from '../moves.ts'
import { isStranger } from '../partner.ts'

const NEED = '独居失能，需上门助浴'
const ORDER = { service: '上门助浴', times: '2', to_unit: 'first', amount: '400' }

export const day: Day = {
  name: 'provider',
  async run(stand) {
    const [other = '', household = ''] = (await (await Desk.of(stand, 'township_officer')).freeHouseholds()).slice(-5)
    const town = await Walk.begin(stand, 'provider', 'township_officer')
    const anothers = await ordered(town, other)
    const id = await ordered(town, household)
    await assigned(town, stand, household, id)
    const walk = await Walk.begin(stand, 'provider', 'service_provider', { size: 'phone' })
    await declines(walk, id)
    await move(town, id, 'order.order', ORDER, 'ordered')
    await serves(walk, id)
    await checks(town, walk, id)
    await settles(stand, id)
    await walk.browser.go(`/cases/${id}`)
    await stands(walk, '已结算')
    await walk.reads('380.00 元')
    await walk.see('settled')
    await seesNoMore(walk, [anothers, household])
    await town.end()
    await walk.end()
  },
}

async function ordered(town: Walk, household: string): Promise<string> {
  const id = await open(town, 'order', household, { need: NEED, consent: 'true' })
  await move(town, id, 'order.order', ORDER, 'ordered')
  return id
}

/** The household is the provider's to see for this order, by the township's word. */
async function assigned(town: Walk, stand: Stand, household: string, id: string): Promise<void> {
  const { page } = town
  await town.browser.go('/admin/assignments')
  await town.press('分派家庭')
  const provider = stand.users['service_provider']?.name ?? ''
  const account = page.locator('#new-account')
  // All, the village's people, others: once the colleagues were read.
  await account.locator('option').nth(2).waitFor({ state: 'attached' })
  if ((await account.locator(`option[value="${provider}"]`).count()) > 0) {
    await account.selectOption(provider)
  } else {
    // Of another office: in no list, and written.
    await account.selectOption({ label: '其他账号…' })
    await page.fill('#new-account-login', provider)
  }
  await page.fill('#new-households', household)
  await page.fill('#new-case', id)
  await page.getByRole('dialog').getByRole('button', { name: '分派家庭' }).click()
  await town.reads('已分派 1 户')
}

async function declines(walk: Walk, id: string): Promise<void> {
  const { page } = walk
  holds(new URL(page.url()).pathname === '/orders', 'a provider begins at its orders')
  await walk.reads(`办件 ${id}`)
  holds((await page.locator('a.row').count()) === 1, 'the one order that is its own')
  await walk.see('orders')
  await page.locator('a.row').click()
  await numberOf(walk)
  await walk.reads(NEED)
  await walk.see('order')
  await move(walk, id, 'order.decline', { reason: '本周人手不足' }, 'needed')
}

async function serves(walk: Walk, id: string): Promise<void> {
  await move(walk, id, 'order.take', {}, 'serving')
  await walk.press('上门服务签到')
  await walk.see('sign-in-form')
  await walk.press('取消')
  await move(walk, id, 'order.attempt', { attempt: 'not_at_home', note: '敲门无人应' }, 'serving')
  for (const note of ['第一次：助浴，量血压正常', '第二次：助浴、理发']) {
    await move(walk, id, 'order.serve', { attachments: 'photo', hours: '2', note }, 'serving')
  }
  await walk.reads('第二次：助浴、理发')
  await walk.see('visits-signed')
  await move(walk, id, 'order.finish', {}, 'finished')
}

/** The township reads each visit with its photograph; it has one done again before it accepts. */
async function checks(town: Walk, walk: Walk, id: string): Promise<void> {
  await town.browser.go(`/cases/${id}`)
  const visits = town.page.locator('.timeline > li', { hasText: '上门服务签到' })
  holds((await visits.count()) === 2, 'both visits are told')
  holds((await visits.first().getByRole('link').count()) > 0, 'a visit has its photograph')
  await town.see('to-accept')
  await move(town, id, 'order.again', { reason: '第二次未满两小时，请补足' }, 'serving')
  await walk.browser.go(`/cases/${id}`)
  await walk.reads('第二次未满两小时，请补足')
  await move(walk, id, 'order.serve', { attachments: 'photo', hours: '1', note: '补足一小时' }, 'serving')
  await move(walk, id, 'order.finish', {}, 'finished')
  await move(town, id, 'order.accept', { satisfied: 'true' }, 'accepted')
}

async function settles(stand: Stand, id: string): Promise<void> {
  const county = await Walk.begin(stand, 'provider', 'county_caseworker')
  await county.browser.go('/boards/order')
  await county.see('board')
  await move(county, id, 'order.settle', { amount: '380', amount_because: '补做一次未满两小时' }, 'settled')
  await county.see('county-settled')
  await county.end()
}

/** Orders of other households, the register, warnings: nothing of it is the provider's. */
async function seesNoMore(walk: Walk, [anothers = '', household = '']: readonly string[]): Promise<void> {
  const { page } = walk
  await walk.browser.go(`/cases/${anothers}`)
  await page.getByRole('alert').waitFor()
  await walk.see('not-its-own')
  await isStranger(walk, [`/api/v1/households/${household}`, '/api/v1/warnings', '/api/v1/cases?machine=warning'])
}
