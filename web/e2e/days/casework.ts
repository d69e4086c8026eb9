// SPDX-License-Identifier: Apache-2.0
// Casework through the screens: a warning from the city to the door and back, an application on public notice that the
// county confirms, a referral to a department and back, a conference whose decision is a task, a review that phases
// help out, a campaign with its list; what two officers do at once; the file of what is closed.
import { holds, Walk, type Day, type Stand } from '../day.ts'
import { Desk, twoOf, WHY } from '../desk.ts'
import { daysAgo, fill, move, numberOf, open, stands } from '../moves.ts'

interface Desks {
  readonly city: Walk
  readonly county: Walk
  readonly town: Walk
  readonly clerk: Walk
  readonly hr: Walk
}

const GUARANTEE = 'minimum_living_guarantee'
const CAMPAIGN = '原建档立卡对象复核，老隆镇两户'
const TOWNSHIP = '老隆镇'
async function aHousehold(walk: Walk): Promise<string> {
  const answer = await walk.page.request.get(`${walk.browser.base}/api/v1/households?limit=50`)
  const { items } = (await answer.json()) as { items: { code: string }[] }
  const found = items[Math.floor(items.length / 2)]
  holds(found !== undefined, 'the township has households')
  return found.code
}

async function warning(stand: Stand, { city, town, county }: Desks): Promise<void> {
  await city.browser.go('/todo?machine=warning&state=raised')
  await city.see('city-todo')
  await city.page.locator('.row.openable').first().press('Enter')
  const id = await numberOf(city)
  await move(city, id, 'warning.dispatch', { to_unit: 'first' }, 'dispatched')
  await move(town, id, 'warning.accept', {}, 'accepted')
  await town.see('warning-accepted')
  const seen = { outcome: 'true_', officers: twoOf(stand), note: '入户核查，户主住院' }
  await move(town, id, 'warning.visit', seen, 'verified')
  await move(town, id, 'warning.feed_back', {}, 'fed_back')
  await move(county, id, 'warning.handle', { branch: 'push' }, 'handling')
  await pushed(stand, id)
  await move(county, id, 'warning.close', { reason: '已转办' }, 'closed')
  await county.press('核验')
  await county.reads('与归档时一致')
  await county.see('warning-closed')
}

/** What the branch says is done below the warning: it goes to the department. */
async function pushed(stand: Stand, warningId: string): Promise<void> {
  const desk = await Desk.of(stand, 'county_caseworker')
  const body = {
    machine: 'referral',
    parent: Number(warningId),
    on: daysAgo(0),
    fields: { kind: 'job', need: '户主失业，希望介绍工作' },
  }
  const { case: id } = await desk.post<{ case: string }>('/api/v1/cases', body, `pushed-${warningId}`)
  await desk.move(id, 'send', { to_department: 'hr', to_unit: 'hr' })
}

async function application(stand: Stand, { town, county, clerk }: Desks, household: string): Promise<void> {
  await (await Desk.of(stand, 'township_officer')).sign(household)
  const form = { channel: 'window', pledge: 'true', authorised: 'true' }
  const id = await open(town, 'application', household, form, daysAgo(60))
  const accepts = { relatives_of_staff: 'false', beside_because: '另一名成员的申请' }
  await move(town, id, 'application.accept', accepts, 'accepted', daysAgo(59))
  const as = { category: GUARANTEE, reason: '按低保办理' }
  await move(town, id, 'application.switch', as, 'accepted', daysAgo(58))
  await move(town, id, 'application.ask_check', {}, 'accepted', daysAgo(57))
  await town.see('application-check-asked')
  await move(clerk, id, 'application.report_check', { check_result: 'within' }, 'accepted', daysAgo(50))
  const home = { officers: twoOf(stand), note: '入户调查' }
  await move(town, id, 'application.survey', home, 'surveyed', daysAgo(49))
  await move(town, id, 'application.review', { category: GUARANTEE, opinion: 'grant' }, 'reviewed', daysAgo(48))
  await move(town, id, 'application.post', { attachments: 'photo' }, 'noticed', daysAgo(47))
  await move(town, id, 'application.end_notice', {}, 'to_confirm', daysAgo(30))
  await move(
    county,
    id,
    'application.confirm',
    { category: GUARANTEE, amount: '420', ...WHY },
    'confirmed',
    daysAgo(25),
  )
  await county.see('application-confirmed')
  await move(town, id, 'application.post_confirmed', { attachments: 'photo' }, 'confirmed', daysAgo(25))
  await move(town, id, 'application.serve', { served_how: 'in_person' }, 'served', daysAgo(24))
}

async function referral({ town, county, hr }: Desks, household: string): Promise<void> {
  const id = await open(town, 'referral', household, { kind: 'verify', need: '核实就业情况' })
  const to = { to_department: 'hr', to_unit: 'hr', due_on: daysAgo(-20) }
  await move(town, id, 'referral.send', to, 'sent')
  await hr.browser.go('/todo')
  await hr.see('department-todo')
  await move(hr, id, 'referral.receive', {}, 'received')
  await move(hr, id, 'referral.accept', {}, 'accepted')
  await move(hr, id, 'referral.finish', { result: 'eligible' }, 'done')
  await move(county, id, 'referral.close', {}, 'closed')
}

async function conference({ county, town }: Desks, household: string): Promise<void> {
  const id = await open(county, 'conference', household, { reason: '情形复杂，一户一策' })
  const convene = { conference_kind: 'mechanism', agenda: '一户一策', due_on: daysAgo(0) }
  await move(county, id, 'conference.convene', convene, 'convened')
  const minutes = { attended: ['民政', '医保'], minutes: '会议同意', decision: ['给予临时救助', '联系医院'] }
  await move(county, id, 'conference.hold', minutes, 'held')
  await county.browser.go('/conferences')
  await county.reads('给予临时救助')
  await county.see('conferences')
  const decision = county.page.locator('li.decision', { hasText: '给予临时救助' }).last()
  await decision.getByRole('button', { name: '督办事项', exact: true }).click()
  const dialog = county.page.getByRole('dialog')
  await fill(county, dialog, { to_unit: 'first', due_on: daysAgo(-7) })
  await dialog.getByRole('button', { name: '发起', exact: true }).click()
  const task = await numberOf(county)
  await county.reads('给予临时救助')
  await move(town, task, 'task.report', { note: '已发放' }, 'done')
  await move(county, task, 'task.close', {}, 'closed')
}

async function review(stand: Stand, { town, county }: Desks, household: string): Promise<void> {
  const id = await open(town, 'review', household, { cause: 'rhythm', category: GUARANTEE })
  await move(town, id, 'review.survey', { officers: twoOf(stand), note: '收入提高' }, 'surveyed')
  await determined(town)
  await givenAgain(stand, id)
  const why = { reason: '收入提高', amount: '300.00', differs_because: '核对报告尚未回来，按家庭告知的收入提出' }
  await move(town, id, 'review.propose', { proposal: 'taper', ...why }, 'proposed')
  await move(town, id, 'review.serve_letter', { served_how: 'in_person' }, 'letter_served')
  await move(county, id, 'review.reply', { reply: '无异议' }, 'to_decide')
  await move(county, id, 'review.decide', { decision_kind: 'taper', reason: '渐退' }, 'decided')
  await move(town, id, 'review.start_taper', { served_how: 'in_person' }, 'tapering')
  await town.see('review-tapering')
}

/** A proposal waits until what is due was worked out, and the page says so; it is worked out beside the case. */
async function determined(town: Walk): Promise<void> {
  const { page } = town
  const steps = page.getByRole('group', { name: '可办的步骤' })
  const proposal = steps.getByRole('button', { name: '提出调整或停止意见' })
  holds(await proposal.isDisabled(), 'a proposal waits for what is due')
  await town.reads('请先“核算待遇”')
  await town.see('review-waits')
  await steps.getByRole('button', { name: '核算待遇' }).click()
  await page
    .getByRole('group', { name: /城乡类别/ })
    .getByRole('combobox')
    .selectOption({ label: '农村' })
  await page
    .getByRole('group', { name: /城乡类别/ })
    .getByRole('combobox')
    .waitFor()
  await town.see('review-what-is-due')
  await town.press('把核算结果记入办件')
  await town.reads('核算结果已记入办件')
  await town.reads('尚不能算出')
  holds(await proposal.isEnabled(), 'then it may be proposed')
  await town.see('review-determined')
}

/** The auditor has it given again from what was kept, item by item as it was. */
async function givenAgain(stand: Stand, id: string): Promise<void> {
  const walk = await Walk.begin(stand, 'casework', 'auditor')
  await walk.browser.go(`/oversight/replay?case=${id}`)
  const recorded = walk.page
    .locator('section')
    .filter({ has: walk.page.getByRole('heading', { name: '办件的历次核算' }) })
  await recorded.getByRole('button', { name: '复算' }).click()
  await recorded.getByText('与当时一致').waitFor()
  await walk.see('given-again')
  await walk.end()
}

/** A campaign from its plan to its end: the list is drawn up by a fact, a person says who of those of whom it is not
 *  known is on it, the township fills in each form and the county settles it. */
async function campaign({ county, town }: Desks): Promise<void> {
  const plan = { instruction: CAMPAIGN, due_on: daysAgo(-40), survey_form: 'card_holders' }
  const id = await open(county, 'campaign', '', plan)
  await move(county, id, 'campaign.start', { due_on: daysAgo(-40) }, 'running')
  await listed(county)
  const card = county.page.getByRole('article').filter({ hasText: CAMPAIGN })
  const links = card.getByRole('link', { name: /^排查入户 \d+ 号$/ })
  await links.nth(1).waitFor({ timeout: 10_000 })
  const homes = await links.allInnerTexts()
  holds(homes.length === 2, `two households are on the list: ${homes.join(' ')}`)
  const found = { survey_result: 'no_change', single_member_holds: 'holds', note: '仍重残，情况属实' }
  for (const home of homes) {
    const survey = home.replace(/\D/g, '')
    await move(town, survey, 'survey.fill_card_holder', found, 'filled')
    await move(county, survey, 'survey.close', {}, 'closed')
  }
  await county.browser.go('/campaigns')
  await county.reads('2/2 户已完成')
  await county.see('campaign-done')
  await move(county, id, 'campaign.sum', {}, 'summed')
  await move(county, id, 'campaign.close', { note: '两户均已复核' }, 'closed')
  await county.browser.go('/campaigns')
  await county.press('已办结')
  await county.reads(CAMPAIGN)
}

/** No roll of former card holders came: it is unknown of everybody, and nobody is on the list by that. */
async function listed(county: Walk): Promise<void> {
  const { page } = county
  await county.browser.go('/campaigns')
  const card = page.getByRole('article').filter({ hasText: CAMPAIGN })
  await card.getByRole('button', { name: '列入名单' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('按事实或条件拟定名单').click()
  await dialog.getByLabel('事实（本户或户中任一人）').selectOption('former_card_holder')
  await dialog.getByRole('button', { name: '试算', exact: true }).click()
  await county.tells(/不明 [\d,]+ 户/)
  const ours = dialog.locator('.rows tbody tr', { hasText: TOWNSHIP })
  for (const place of [-1, -2]) await ours.nth(place).getByRole('checkbox').check()
  await dialog.getByRole('button', { name: '填入所选的 2 户' }).click()
  const codes = (await dialog.getByLabel(/^户编号/).inputValue()).split('\n')
  holds(codes.length === 2, `what was chosen is taken over: ${codes.join(' ')}`)
  await county.see('campaign-list')
  await fill(county, dialog, { due_on: daysAgo(-20), to_unit: 'first' })
  await dialog.getByRole('button', { name: '列入名单' }).click()
  await county.tells('办成 2 件')
  await county.reads('0/2 户已完成')
}

/** The second of two at once is shown what the first did, and keeps what was written. */
async function atOnce({ town, county }: Desks, household: string): Promise<void> {
  const id = await open(town, 'charity', household, { need: '助学', consent: 'true' })
  await county.browser.go(`/cases/${id}`)
  const offer = { name: '登记捐助意向', exact: true }
  await county.page.getByRole('button', offer).click()
  const dialog = county.page.getByRole('dialog')
  await fill(county, dialog, { donor: '样例基金会', offer: '助学金' })
  await move(town, id, 'charity.withdraw', { reason: '本人撤回' }, 'closed')
  await dialog.getByRole('button', offer).click()
  await county.reads('别人已经办理了这件')
  await county.see('moved-meanwhile')
  holds((await dialog.getByLabel('捐助内容').inputValue()) === '助学金', 'what was written is kept')
  await dialog.getByRole('button', { name: '取消' }).click()
  await stands(county, '已办结')
}

/** Facts with source and day, what visits found, and what is missing with how to get it. */
async function known({ town }: Desks, household: string): Promise<void> {
  await town.browser.go(`/households/${household}?tab=facts`)
  await town.reads('已掌握的事实')
  await town.reads('怎样取得')
  await town.reads('入户调查')
  await town.see('household-facts')
}

export const day: Day = {
  name: 'casework',
  async run(stand) {
    const begin = (role: string) => Walk.begin(stand, 'casework', role)
    const desks: Desks = {
      city: await begin('city_monitor_officer'),
      county: await begin('county_caseworker'),
      town: await begin('township_officer'),
      clerk: await begin('verification_clerk'),
      hr: await begin('partner_department'),
    }
    try {
      const household = await aHousehold(desks.town)
      await warning(stand, desks)
      await application(stand, desks, household)
      await referral(desks, household)
      await conference(desks, household)
      await review(stand, desks, household)
      await campaign(desks)
      await atOnce(desks, household)
      await known(desks, household)
    } finally {
      for (const walk of Object.values(desks) as Walk[]) await walk.browser.close()
    }
    for (const walk of Object.values(desks) as Walk[]) {
      holds(walk.browser.faults.length === 0, walk.browser.faults.join('\n    '))
    }
  },
}
