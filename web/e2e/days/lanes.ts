// SPDX-License-Identifier: Apache-2.0
// Lanes of their own, through the screens: an emergency is paid first out of the township's reserve and explained
// afterwards, and goes to the household that papers show; help after a disaster goes by stages, with a sum that two
// people pay, and on to regular help; a death is taken as one by two sources and
// holds what is paid; what was confirmed is rechecked, once rightly and once not.
import { holds, Walk, type Day, type Stand } from '../day.ts'
import { Desk, dayFrom, toConfirm, WHY } from '../desk.ts'
import { daysAgo, fill, move, numberOf, open, stands } from '../moves.ts'

interface Desks {
  readonly county: Walk
  readonly town: Walk
}
const GUARANTEE = 'minimum_living_guarantee'
/** What the county would set before it hands a reserve down. */
const FIGURES = { fast_aid_cap: '1000.00', reserve_fund_case_cap: '800.00' }

export const day: Day = {
  name: 'lanes',
  async run(stand) {
    const homes = (await (await Desk.of(stand, 'township_officer')).freeHouseholds()).slice(6)
    const begin = (role: string) => Walk.begin(stand, 'lanes', role)
    const desks: Desks = { county: await begin('county_caseworker'), town: await begin('township_officer') }
    await figures(stand)
    await emergency(desks, homes[0] ?? '')
    await disaster(desks, homes[0] ?? '')
    const fund = await begin('fund_clerk')
    await death(desks, fund, homes[1] ?? '')
    await fund.end()
    await recheck(stand, desks, homes.slice(2))
    await desks.county.end()
    await desks.town.end()
  },
}

/** Proposed by the county, approved by the city. */
async function figures(stand: Stand): Promise<void> {
  const [county, city] = [await Desk.of(stand, 'county_caseworker'), await Desk.of(stand, 'city_monitor_officer')]
  const all = Object.entries(FIGURES).map(([parameter, value]) => {
    return { parameter, value, region: '441622', from: '2025-01-01', sample: true, source: '虚构数据' }
  })
  const asked = { kind: 'figures', reason: '备用金', figures: all }
  const { id, payload_hash } = await county.post<{ id: string; payload_hash: string }>('/api/v1/proposals', asked)
  await city.post(`/api/v1/proposals/${id}/decision`, { approved: true, payload_hash })
  await county.post(`/api/v1/proposals/${id}/execution`)
}

/** Whoever it is and wherever it happens: no household is asked for. */
async function emergency({ county, town }: Desks, household: string): Promise<void> {
  const told = { need: '突发急病倒在车站', found_by: 'hotline', person_shown: '无证件男子', place: '老隆车站' }
  const ledger = await open(county, 'reserve', '', { to_unit: 'first', amount: '1000' })
  const id = await open(town, 'emergency', '', told)
  await town.see('emergency-reported')
  await beyondTheCap(town, id)
  await move(town, id, 'emergency.pay_first', { amount: '700', paid_how: 'reserve' }, 'paid')
  await county.browser.go(`/cases/${ledger}`)
  await county.reads('300.00 元')
  await county.see('what-the-reserve-holds')
  await move(town, id, 'emergency.explain', { note: '医院证明和票据已补' }, 'explained')
  await town.see('emergency-explained')
  await move(county, id, 'emergency.close', {}, 'closed')
  const own = await open(town, 'emergency', household, { need: '家中起火', found_by: 'applied' })
  await isTheirs(county, id, household, own)
}

/** Papers came: the officer sees whose household it is before it is tied, and what goes on for it already. */
async function isTheirs(county: Walk, id: string, household: string, own: string): Promise<void> {
  const { page } = county
  await county.browser.go(`/cases/${id}`)
  await county.press('归入名册家庭')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('户编号').fill(household)
  await dialog.getByRole('button', { name: '查对' }).click()
  await dialog.getByText('✓').waitFor()
  await fill(county, dialog, { shown_by: 'id_card', tied_because: '核对了本人身份证和户口簿' })
  await dialog.getByRole('button', { name: '归入名册家庭', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  await county.reads('本户另有在办救助')
  await page.getByRole('link', { name: `急难救助 ${own}` }).waitFor()
  await county.see('emergency-tied')
}

/** More than the county lets the township give at once is refused, and what was written stays. */
async function beyondTheCap(town: Walk, id: string): Promise<void> {
  const { page } = town
  await town.browser.go(`/cases/${id}`)
  await town.press('先行救助')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('金额').fill('900')
  await dialog.getByLabel('乡镇备用金').check()
  await dialog.getByRole('button', { name: '先行救助', exact: true }).click()
  await dialog.locator('.fault, .note.bad').first().waitFor()
  await town.see('beyond-the-cap')
  holds((await dialog.getByLabel('金额').inputValue()) === '900', 'what was written is kept')
  await dialog.getByRole('button', { name: '取消' }).click()
}

async function disaster({ county, town }: Desks, household: string): Promise<void> {
  const hit = { hit_on: daysAgo(12), loss: 'collapsed', need: '山洪冲塌两间正房' }
  const id = await open(town, 'disaster', household, hit, daysAgo(11))
  await move(county, id, 'disaster.help', { relief: 'shelter', note: '安置到村小学' }, 'emergency', daysAgo(11))
  const wait = { reason: '房屋倒塌，暂无住处', due_on: daysAgo(-60) }
  await move(county, id, 'disaster.to_transition', wait, 'transition', daysAgo(9))
  await county.see('disaster-transition')
  const build = { reason: '纳入重建计划', due_on: daysAgo(-150) }
  await move(county, id, 'disaster.to_rebuilding', build, 'rebuilding', daysAgo(5))
  const sum = { sum_for: 'rebuilding', sum_proposed: '30000', reason: '按倒塌重建标准' }
  await move(town, id, 'disaster.propose_sum', sum, 'rebuilding', daysAgo(4))
  await move(county, id, 'disaster.pay_sum', { amount: '30000' }, 'rebuilding', daysAgo(4))
  await county.reads('30,000.00 元')
  await move(town, id, 'disaster.onward', { reason: '重建后生活仍有困难' }, 'onward')
  await town.press('救助申请审核确认')
  const dialog = town.page.getByRole('dialog')
  await dialog.getByText(`在办件 ${id} 之下发起`).waitFor()
  await town.see('on-to-regular-help')
  await dialog.getByRole('button', { name: '取消' }).click()
}

/** Told by one source, by another; the county confirms it by a certificate, and the fund clerk holds the payments. */
async function death({ county, town }: Desks, fund: Walk, household: string): Promise<void> {
  const told = { death_source: ['公安户籍注销'], died_on: daysAgo(6), death_match: 'exact' }
  const id = await open(town, 'death', household, told, daysAgo(5), true)
  await move(town, id, 'death.add_source', { death_source: ['民政火化登记'], death_match: 'exact' }, 'told')
  await town.see('death-two-sources')
  await move(county, id, 'death.confirm', { death_proof: 'certificate' }, 'confirmed')
  await move(fund, id, 'death.hold', {}, 'held')
  await move(town, id, 'death.settle', { survivors: 'redetermine', note: '老伴独居' }, 'handled')
  await town.browser.go(`/cases/${id}`)
  const review = town.page.getByRole('link', { name: /^资格复核 \d+/ })
  await review.waitFor()
  await town.see('death-opens-a-review')
  await move(county, id, 'death.close', {}, 'closed')
}

/** Two confirmations are looked at again: one stands, one is wrong and is reviewed. */
async function recheck(stand: Stand, { county }: Desks, homes: readonly string[]): Promise<void> {
  const officers = ['county_caseworker', 'township_officer'].map((role) => stand.users[role]?.name ?? '')
  const list = async (household: string) => {
    const about = await confirmed(stand, household)
    return open(county, 'recheck', household, { about_case: about, due_on: daysAgo(-20) })
  }
  const right = await list(homes[0] ?? '')
  await county.see('recheck-listed')
  const found = { officers, note: '入户抽查，情况属实', recheck_result: 'upheld' }
  await move(county, right, 'recheck.check', found, 'checked')
  await move(county, right, 'recheck.uphold', {}, 'closed')
  const wrong = await list(homes[1] ?? '')
  await move(county, wrong, 'recheck.check', { ...found, note: '另有工资收入', recheck_result: 'wrong' }, 'checked')
  await move(county, wrong, 'recheck.correct', { reason: '收入超过标准' }, 'closed')
  await county.browser.go(`/cases/${wrong}`)
  await county.page.getByRole('link', { name: /^资格复核 \d+/ }).click()
  await numberOf(county)
  await stands(county, '待复核')
  await county.see('recheck-opens-a-review')
}

/** An application that the county has confirmed. */
async function confirmed(stand: Stand, household: string): Promise<string> {
  const id = await toConfirm(stand, household, GUARANTEE)
  const county = await Desk.of(stand, 'county_caseworker')
  await county.move(id, 'confirm', { category: GUARANTEE, amount: 42000, ...WHY }, dayFrom(-15))
  return id
}
