// SPDX-License-Identifier: Apache-2.0
// What a village worker tells beside the round: somebody in trouble whom no register has, and an application for
// somebody who cannot come. Both stand at the township at once.
import { holds, Walk, type Day, type Stand } from '../day.ts'
import { Desk } from '../desk.ts'
import { fillIn } from '../moves.ts'

interface Told {
  readonly machine: string
  readonly household: string
  readonly state: string
  readonly events: readonly { readonly fields: Readonly<Record<string, readonly string[]>> }[]
}

/** Sends the form and gives the number of its case. */
async function sends(walk: Walk): Promise<string> {
  await walk.press('提交')
  const told = walk.page.getByText(/^已登记，编号 \d+/)
  await told.waitFor({ timeout: 10_000 }).catch(async () => {
    throw new Error(`it was not taken: ${await walk.page.locator('main, .round').first().innerText()}`)
  })
  return /\d+/.exec(await told.innerText())?.[0] ?? ''
}

async function reports(walk: Walk, stand: Stand): Promise<void> {
  await walk.page.getByRole('link', { name: '随手报' }).click()
  await walk.reads('哪一户')
  await walk.see('report-empty')
  await walk.press('提交')
  await walk.page.getByText('还没有填').first().waitFor()
  await walk.see('report-lacks')
  const form = walk.page.locator('form')
  await fillIn(walk, form, { found_by: 'hotline', need: '路边老人摔伤，没有亲属', person_shown: '约七十岁男子' })
  await walk.see('report-filled')
  const id = await sends(walk)
  await walk.see('reported')
  const found = await (await Desk.of(stand, 'township_officer')).get<Told>(`/api/v1/cases/${id}`)
  const [first] = found.events
  holds(found.machine === 'emergency' && found.household === '', `${id} is ${JSON.stringify(found)}`)
  holds(first?.fields['found_by']?.[0] === 'hotline', 'the way by which it was found is one of the words')
  await walk.page.getByRole('link', { name: '返回' }).first().click()
}

async function applies(walk: Walk, stand: Stand, house: string): Promise<void> {
  await walk.page.getByRole('link', { name: '代办申请' }).click()
  await walk.reads('哪一户')
  const form = walk.page.locator('form')
  await fillIn(walk, form, { pledge: 'true', authorised: 'true', need: '行动不便，委托村里代办' })
  await walk.press('提交')
  await walk.page.getByText('还没有填').first().waitFor() // who the proxy is
  await walk.see('apply-proxy-lacks')
  await fillIn(walk, form, { proxy: '何村医', proxy_relation: '村干部' })
  await walk.press('提交')
  await walk.page.getByRole('alert').getByText('请先选择户').waitFor()
  await walk.see('apply-lacks')
  // The list offers each house by name and number.
  const offered = walk.page.locator(`datalist option[value$="${house}"]`)
  await offered.first().waitFor({ state: 'attached' })
  await walk.page.getByLabel('哪一户').fill((await offered.first().getAttribute('value')) ?? '')
  await walk.see('apply-filled')
  const id = await sends(walk)
  await walk.see('applied')
  const found = await (await Desk.of(stand, 'township_officer')).get<Told>(`/api/v1/cases/${id}`)
  const fields = found.events[0]?.fields
  holds(found.machine === 'application' && found.household === house, `${id} is ${JSON.stringify(found)}`)
  holds(fields?.['channel']?.[0] === 'proxy', `it came by ${fields?.['channel']?.join() ?? 'no way'}`)
  holds(fields?.['proxy_relation']?.[0] === '村干部', 'the proxy says whose they are')
  holds(fields?.['pledge']?.[0] === 'true', 'the pledge was made')
}

export const day: Day = {
  name: 'village',
  async run(stand) {
    const [house = ''] = await (await Desk.of(stand, 'village_worker')).freeHouseholds()
    const walk = await Walk.begin(stand, 'village', 'village_worker', { size: 'phone' })
    await reports(walk, stand)
    await applies(walk, stand, house)
    await walk.end()
  },
}
