// SPDX-License-Identifier: Apache-2.0
// A partner department's day: what was handed to it, with a clock; one is taken up and answered with an amount, one
// goes back; a file is sent and answered by its form alone; is this person low-income; help that ended. It sees its
// own and no more.
import { holds, Walk, type Day, type Stand } from '../day.ts'
import { Desk, dayFrom } from '../desk.ts'
import { daysAgo, move, numberOf, stands } from '../moves.ts'
import { asksAbout, isStranger, sendsRows } from '../partner.ts'
import { someone } from '../sample.ts'

const FILE = '社保停缴_补报.csv'

interface Sent {
  readonly late: string
  readonly fresh: string
  readonly wrong: string
}

export const day: Day = {
  name: 'department',
  async run(stand) {
    const sent = await prepare(stand)
    const walk = await Walk.begin(stand, 'department', 'partner_department')
    await looksIn(walk, sent)
    await answers(walk, sent)
    await sends(walk)
    await saysHeadings(walk)
    await asks(walk)
    await tellsOfAnEnd(walk)
    await isStranger(walk)
    await walk.end()
    await comesBack(stand, sent)
  },
}

/** The township hands three on: one long ago, whose day is over. */
async function prepare(stand: Stand): Promise<Sent> {
  const town = await Desk.of(stand, 'township_officer')
  const [household = ''] = await town.freeHouseholds()
  const to = { to_department: 'hr', to_unit: 'hr' }
  const hand = async (need: string, due: number, on: number) => {
    const id = await town.open('referral', household, { kind: 'job', need, job_intention: 'wants_job' }, dayFrom(on))
    await town.move(id, 'send', { ...to, due_on: dayFrom(due), instruction: '请按期反馈' }, dayFrom(on))
    return id
  }
  return {
    late: await hand('下岗后想找保安、保洁一类工作', -3, -20),
    fresh: await hand('想学电工，请安排技能培训', 10, 0),
    wrong: await hand('问社保卡补办', 5, 0),
  }
}

/** Every one with its clock; those that are late are told. */
async function looksIn(walk: Walk, { late, fresh, wrong }: Sent): Promise<void> {
  const { page } = walk
  await walk.browser.go('/department')
  for (const id of [late, fresh, wrong]) await walk.reads(`办件 ${id}`)
  await walk.reads(/已超期 \d+ (天|个工作日)/)
  await walk.reads(/^超内部目标 \d+$/)
  await walk.see('inbox')
  const first = page.locator('.rows a.row').first()
  holds((await first.innerText()).includes(`办件 ${late}`), 'what is due first stands first')
  await first.focus()
  await page.keyboard.press('Enter')
  holds((await numberOf(walk)) === late, 'the row opens its case')
  await walk.reads('请按期反馈')
  await walk.see('case')
}

async function answers(walk: Walk, { late, fresh, wrong }: Sent): Promise<void> {
  await move(walk, late, 'referral.receive', {}, 'received')
  await move(walk, late, 'referral.accept', {}, 'accepted')
  await walk.press('反馈办理结果')
  await walk.see('feedback-form')
  await walk.press('取消')
  const result = {
    result: 'helped',
    amount: '1,500.50',
    paid_on: daysAgo(1),
    note: '已介绍到物业公司，发放一次性求职补贴',
  }
  await move(walk, late, 'referral.finish', result, 'done')
  await walk.reads('1,500.50 元')
  await walk.see('answered')
  await move(walk, wrong, 'referral.return', { reason: '社保卡由银行网点补办，不属本部门' }, 'returned')
  await move(walk, fresh, 'referral.receive', {}, 'received')
  await walk.browser.go('/department')
  await walk.press(/^已接收 \d+/)
  await walk.reads(`办件 ${fresh}`)
  await walk.see('received')
}

/** A row whose number is not one, and one without a day: each is told, and nobody who is on the register. */
async function sends(walk: Walk): Promise<void> {
  const { page } = walk
  const known = someone(2)
  const rows = [
    '姓名,社会保障号码,险种,停缴年月,缴费状态',
    `${known.name},${known.number},企业职工基本养老保险,202509,暂停缴费`,
    '某甲,12345,企业职工基本养老保险,202509,暂停缴费',
    `${known.name},${known.number},失业保险,,终止缴费`,
  ]
  await sendsRows(walk, FILE, rows, '3 行，2 行未收')
  await walk.see('sent')
  holds(!/命中|在册|名册外/.test(await page.locator('main').innerText()), 'whom the register knows is not told')
  await page.locator('li', { hasText: FILE }).last().getByRole('button', { name: '核对单' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.locator('tbody tr').nth(1).waitFor()
  const refused = drawer.locator('tbody tr', { has: page.locator('.tag.red') }).locator('td:first-child')
  const told = new Set(await refused.allInnerTexts())
  holds([...told].join() === '3,4', `rows ${[...told].join()} are told`)
  await walk.see('what-was-refused')
  await page.keyboard.press('Escape')
}

/** A heading that nobody knows: the department says what it means for this file, and asks for later ones. */
async function saysHeadings(walk: Walk): Promise<void> {
  const { page } = walk
  const known = someone(3)
  const rows = [
    '姓名,参保号,险种,停缴年月,缴费状态',
    `${known.name},${known.number},企业职工基本养老保险,202508,暂停缴费`,
  ]
  await sendsRows(walk, '社保停缴_表头不同.csv', rows, '有不认识的表头')
  await walk.see('headings-unknown')
  await walk.press('对照表头')
  await page.locator('dialog select[aria-label]').first().waitFor()
  await page.locator('dialog tbody tr', { hasText: '必须有' }).locator('select').first().selectOption('参保号')
  await walk.see('headings')
  await walk.press('以后也这样读…')
  const asked = page.getByRole('dialog').last()
  await asked.getByRole('textbox').fill('新系统的表头固定如此')
  await asked.getByRole('button', { name: '确认' }).click()
  await walk.tells('已提请，等待另一人批准')
  await walk.press('按此读取这个文件')
  await walk.tells('人工对照：“参保号”')
  await walk.reads('等待民政批准')
  await page.locator('summary', { hasText: '社保停缴人员' }).click()
  await walk.see('headings-said')
}

/** One by one, for a reason, counted; a name that does not go with the number is answered as nobody. */
async function asks(walk: Walk): Promise<void> {
  const { page } = walk
  const known = someone(0)
  await walk.browser.go('/department/query')
  const used = async () => Number(/今天已查 (\d+) 次/.exec(await page.locator('main').innerText())?.[1])
  await asksAbout(walk, known, '申请公益性岗位')
  await walk.reads('是低收入人口：')
  const before = await used()
  await walk.see('is-one')
  await walk.press('清空')
  await asksAbout(walk, { name: '另一人', number: known.number }, '申请公益性岗位')
  await walk.reads('不是在册低收入人口，或姓名与号码不符')
  holds((await used()) === before + 1, 'each question counts')
  await walk.see('is-none')
  await asksAbout(walk, { name: known.name, number: '123' }, '申请公益性岗位')
  await page.locator('.field', { hasText: '公民身份号码' }).locator('.fault').waitFor()
  await walk.see('not-a-number')
}

async function tellsOfAnEnd(walk: Walk): Promise<void> {
  const { page } = walk
  const known = someone(0)
  await walk.browser.go('/department/ended')
  await page.getByLabel('姓名').fill(known.name)
  await page.getByLabel('公民身份号码').fill(known.number)
  await page.getByLabel('终止的救助项目').selectOption({ index: 1 })
  await page.getByLabel('终止日期').fill(daysAgo(2))
  await page.getByLabel('终止原因').fill('已稳定就业，停发求职补贴')
  await walk.see('ended')
  await walk.press('告知')
  await walk.reads(/将告知民政：/)
  await page.getByRole('dialog').getByRole('button', { name: '告知' }).click()
  await walk.reads('已收到，格式无误')
  await walk.see('taken')
}

/** The county reads the answer with its amount and closes; the township has the other one back. */
async function comesBack(stand: Stand, { late, wrong }: Sent): Promise<void> {
  const county = await Walk.begin(stand, 'department', 'county_caseworker')
  await county.browser.go(`/cases/${late}`)
  await county.reads('1,500.50 元')
  await county.reads('已救助')
  await move(county, late, 'referral.close', {}, 'closed')
  await county.see('county-closed')
  await county.browser.go('/boards/ended_help')
  await county.page.locator('a[href^="/cases/"]').first().click()
  await numberOf(county)
  await county.reads('已稳定就业，停发求职补贴')
  await county.see('county-was-told')
  await county.end()
  const town = await Walk.begin(stand, 'department', 'township_officer')
  await town.browser.go(`/cases/${wrong}`)
  await stands(town, '已退回')
  await town.reads('社保卡由银行网点补办，不属本部门')
  await town.end()
}
