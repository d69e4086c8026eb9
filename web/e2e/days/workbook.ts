// SPDX-License-Identifier: Apache-2.0
// A work list goes out without a net and comes back: the township takes a workbook along, another program writes into
// it, it is sent back, read as a difference, and each row becomes a step of its case by the word of a person.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { holds, Walk, withFolder, type Day, type Stand } from '../day.ts'
import { Desk, dayFrom, twoOf } from '../desk.ts'
import { stands } from '../moves.ts'

const FILLS = fileURLToPath(new URL('../../../tests/web/filled.py', import.meta.url))
const SHEET = '预警核查处置'
const BOARD = '/boards/warning?state=accepted'

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
      await comesBack(walk, written(taken, first, visit))
      await takes(walk, first)
      await refuses(walk, written(taken, second, { 办理事项: '入户核查', 办理日期: '某日' }))
    })
    await walk.browser.go('/workbooks')
    await walk.see('what-came-back')
    await walk.end()
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
  const { page } = walk
  await walk.browser.go(BOARD)
  await walk.see('board')
  const leaves = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载工作簿' }).click()
  const download = await leaves
  holds(download.suggestedFilename().endsWith('.xlsx'), `it leaves as ${download.suggestedFilename()}`)
  const taken = join(folder, 'taken.xlsx')
  await download.saveAs(taken)
  return taken
}

/** A cell is written by the tests' own tool, which is no program of ours. */
function written(taken: string, number: string, cells: Readonly<Record<string, string>>): string {
  const filled = taken.replace('taken', `filled-${number}`)
  const told = Object.entries(cells).map(([heading, text]) => `${heading}=${text}`)
  execFileSync('python3', ['-B', FILLS, taken, filled, SHEET, number, ...told])
  return filled
}

async function sendBack(walk: Walk, filled: string): Promise<void> {
  await walk.browser.go(BOARD)
  await walk.page.locator('input[type=file][accept*=xlsx]').setInputFiles(filled)
  await walk.page.waitForURL((url) => /^\/workbooks\/./.test(url.pathname))
  await walk.browser.settled()
}

/** What it would change stands beside what is there; nothing has changed yet. */
async function comesBack(walk: Walk, filled: string): Promise<void> {
  await sendBack(walk, filled)
  await walk.reads('户主住院，医疗支出大')
  await walk.reads('待审批 1')
  await walk.see('difference')
}

async function takes(walk: Walk, number: string): Promise<void> {
  await walk.press('全部采用')
  await walk.reads(/每行是一件办件的一个动作/)
  await walk.page.getByRole('dialog').getByRole('button', { name: '确认' }).click()
  await walk.reads('办成 1 件，未办成 0 件')
  await walk.reads('已办 1')
  await walk.see('taken')
  await walk.browser.go(`/cases/${number}`)
  await stands(walk, '已核查待反馈')
  await walk.reads('户主住院，医疗支出大')
}

/** A row that cannot be read says where and why, and is not to be taken. */
async function refuses(walk: Walk, filled: string): Promise<void> {
  await sendBack(walk, filled)
  await walk.reads('不能采用 1')
  await walk.reads(new RegExp(`${SHEET}![A-Z]+\\d+`))
  await walk.see('refused-row')
  holds((await walk.page.getByRole('button', { name: '全部采用' }).count()) === 0, 'nothing waits to be taken')
}
