// SPDX-License-Identifier: Apache-2.0
// A work list goes out without a net and comes back: the township takes a workbook along, another program writes into
// it, it is sent back, read as a difference, and each row becomes a step of its case by the word of a person.
import { holds, Walk, withFolder, type Day, type Stand } from '../day.ts'
import { Desk, dayFrom, twoOf } from '../desk.ts'
import { move, stands } from '../moves.ts'
import { fillIn, sendBack, takeAlong, takeAll } from '../sheets.ts'

const SHEET = '预警核查处置'
const BOARD = '/boards/warning?state=accepted'
const DUE = '/rhythms/due?machine=review'
const WHY_NOT = '户主外出务工，月底返乡后再复核'
const ANSWER = '已介绍到物业公司做保洁'

export const day: Day = {
  name: 'workbook',
  async run(stand) {
    const [first = '', second = ''] = await accepted(stand)
    const walk = await Walk.begin(stand, 'workbook', 'township_officer')
    await withFolder(async (folder) => {
      const taken = await takesAlong(walk, folder)
      const visit = {
        办理事项: '入户核查',
        办理日期: dayFrom(0),
        核查结果: '属实',
        '入户人员（多项用；分隔）': twoOf(stand).join('；'),
        情况记录: '户主住院，医疗支出大',
      }
      await comesBack(walk, fillIn(taken, SHEET, first, visit))
      await takes(walk, first)
      await refuses(walk, fillIn(taken, SHEET, second, { 办理事项: '入户核查', 办理日期: '某日' }))
    })
    await dueList(walk)
    await walk.browser.go('/workbooks')
    await walk.see('what-came-back')
    await walk.end()
    await department(stand)
  },
}

/** Two warnings that the township has taken up. */
async function accepted(stand: Stand): Promise<string[]> {
  const [city, town] = [await Desk.of(stand, 'city_monitor_officer'), await Desk.of(stand, 'township_officer')]
  const homes = new Set(
    (await town.get<{ items: { code: string }[] }>('/api/v1/households?limit=200')).items.map((one) => one.code),
  )
  const raised = await city.get<{ items: { id: string; household: string }[] }>(
    '/api/v1/cases?machine=warning&state=raised&limit=200',
  )
  const two = raised.items.filter((one) => homes.has(one.household)).slice(0, 2)
  for (const { id } of two) {
    await city.move(id, 'dispatch', { to_unit: 'first' })
    await town.move(id, 'accept')
  }
  return two.map((one) => one.id)
}

async function takesAlong(walk: Walk, folder: string): Promise<string> {
  await walk.browser.go(BOARD)
  await walk.see('board')
  return takeAlong(walk, folder)
}

/** What it would change stands beside what is there; nothing has changed yet. */
async function comesBack(walk: Walk, filled: string): Promise<void> {
  await sendBack(walk, BOARD, filled)
  await walk.reads('户主住院，医疗支出大')
  await walk.reads('待审批 1')
  await walk.see('difference')
  const shown = await walk.page.locator('main tbody').first().innerText()
  holds(!shown.includes('demo-'), `people are told by their sign-in names: ${shown}`)
}

async function takes(walk: Walk, number: string): Promise<void> {
  await takeAll(walk, 1)
  await walk.see('taken')
  await walk.browser.go(`/cases/${number}`)
  await stands(walk, '已核查待反馈')
  await walk.reads('户主住院，医疗支出大')
}

/** A row that cannot be read says where and why, and is not to be taken. */
async function refuses(walk: Walk, filled: string): Promise<void> {
  await sendBack(walk, BOARD, filled)
  await walk.reads('不能采用 1')
  await walk.reads(new RegExp(`${SHEET}![A-Z]+\\d+`))
  await walk.see('refused-row')
  holds((await walk.page.getByRole('button', { name: '全部采用' }).count()) === 0, 'nothing waits to be taken')
}

/** Who is due for review: of two households one is opened, of the other it is written why not yet. */
async function dueList(walk: Walk): Promise<void> {
  const { page } = walk
  await walk.browser.go(DUE)
  await walk.see('due')
  const codes = [...new Set(await page.locator('tbody a[href^="/households/"]').allInnerTexts())]
  const [opened = '', later = ''] = codes
  holds(later !== '', 'two households are due')
  await withFolder(async (folder) => {
    const taken = await takeAlong(walk, folder)
    const half = fillIn(taken, '到期复核', opened, { 处理: '发起办理' })
    const filled = fillIn(half, '到期复核', later, { 处理: '暂不发起', '理由（暂不发起的）': WHY_NOT })
    await sendBack(walk, DUE, filled)
  })
  await walk.reads('待审批 2')
  await walk.reads(WHY_NOT)
  await walk.see('due-difference')
  await takeAll(walk, 2)
  await walk.browser.go(`${DUE}&household=${later}`)
  await walk.reads(WHY_NOT)
  await walk.see('due-not-yet')
  await walk.browser.go(`${DUE}&household=${opened}`)
  await walk.reads('没有到期的户')
}

/** A department answers its referrals by a workbook, each row in its own name; the office confirms what it reads. */
async function department(stand: Stand): Promise<void> {
  const [town, hr] = [await Desk.of(stand, 'township_officer'), await Desk.of(stand, 'partner_department')]
  const [household = ''] = await town.freeHouseholds()
  const need = '想找保洁工作，请介绍岗位'
  const id = await town.open('referral', household, { kind: 'job', need, job_intention: 'wants_job' })
  await town.move(id, 'send', { to_department: 'hr', to_unit: 'hr', due_on: dayFrom(10), instruction: '请按期反馈' })
  await hr.move(id, 'receive')
  await hr.move(id, 'accept')
  const walk = await Walk.begin(stand, 'workbook', 'partner_department')
  await withFolder(async (folder) => {
    await walk.browser.go('/department')
    const taken = await takeAlong(walk, folder)
    const answer = { 办理事项: '反馈办理结果', 办理日期: dayFrom(0), 办理结果: '已救助', 情况记录: ANSWER }
    await sendBack(walk, '/department', fillIn(taken, '部门转办', id, answer))
  })
  await walk.reads('待审批 1')
  await walk.reads(ANSWER)
  await walk.see('department-difference')
  await takeAll(walk, 1)
  await walk.see('department-taken')
  await walk.end()
  const office = await Walk.begin(stand, 'workbook', 'county_caseworker')
  await office.browser.go(`/cases/${id}`)
  await stands(office, '已办理待反馈确认')
  await office.reads(ANSWER)
  await move(office, id, 'referral.close', {}, 'closed')
  await office.see('office-confirmed')
  await office.end()
}
