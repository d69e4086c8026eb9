// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../../words/language'

export const SAID = {
  acceptance: { zh: '受理台', en: 'Acceptance' },
  acceptanceSub: {
    zh: '等本单位签收、受理或补正的件。',
    en: 'Cases waiting for this office to sign for, accept or take supplementary papers.',
  },
  checks: { zh: '核查台', en: 'Checks' },
  checksSub: {
    zh: '等本单位入户、核对、审核的件。',
    en: 'Cases waiting for this office to visit, verify or review.',
  },
  confirmation: { zh: '确认台', en: 'Confirmation' },
  confirmationSub: {
    zh: '等公示、确认、送达的件；确认权没有下放的，由县级确认。',
    en: 'Cases waiting for public notice, confirmation or service; the county confirms where not delegated.',
  },
  desks: { zh: '乡镇工作台', en: 'Township desks' },
  open: { zh: '在办', en: 'Open' },
  dueToday: { zh: '今天到期', en: 'Due today' },
  elsewhere: { zh: '另有 {n} 件在别的单位等这一步', en: '{n} more await this step at other offices' },
  calm: { zh: '这一台没有等办的件', en: 'No cases waiting at this desk' },
  calmHint: { zh: '有新的件会出现在这里。', en: 'New cases will appear here.' },
  toTodo: { zh: '到待办中成批办理', en: 'Handle several in To do' },
  one: { zh: '办件', en: 'Case' },
  opened: { zh: '发起日', en: 'Opened' },
  first: { zh: '先到期的 {n} 件，共 {all} 件', en: 'The first {n} due, of {all}' },

  month: { zh: '本月', en: 'The month' },
  monthSub: {
    zh: '{office}及下级单位{from}至{until}的办理情况，以办件记录为准。',
    en: 'What {office} and its subordinate offices did from {from} to {until}, by the case records.',
  },
  whichMonth: { zh: '月份', en: 'Month' },
  opens: { zh: '发起', en: 'Opened' },
  visits: { zh: '核查走访', en: 'Visits and checks' },
  decisions: { zh: '决定', en: 'Decisions' },
  closings: { zh: '办结', en: 'Closed' },
  overdueNow: { zh: '现在法定超期', en: 'Overdue by law now' },
  pastTargetNow: { zh: '现在超内部目标', en: 'Past an internal target now' },
  steps: { zh: '次数', en: 'Steps' },
  cases: { zh: '件数', en: 'Cases' },
  households: { zh: '户数', en: 'Households' },
  step: { zh: '环节', en: 'Step' },
  kind: { zh: '事项', en: 'Kind of case' },
  money: { zh: '金额', en: 'Money' },
  moneyHint: {
    zh: '各环节登记的金额，含核定、拨付、支出、退回，不可相加。',
    en: 'Amounts recorded at each step (granted, paid out, spent, returned); not to be added together.',
  },
  field: { zh: '项目', en: 'Item' },
  yuan: { zh: '元', en: 'Yuan' },
  nothing: { zh: '这个月没有办理记录', en: 'No casework recorded in this month' },
  nothingHint: { zh: '换一个月份试试。', en: 'Choose another month.' },
} satisfies Record<string, Words>
