// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../../words/language'

export const SAID = {
  room: { zh: '定期工作', en: 'Periodic duties' },
  due: { zh: '到期复核', en: 'Due for review' },
  dueSub: {
    zh: '按政策规定的周期和有效期列出应复核、走访的户；由您选定发起，系统不自动发起。',
    en: 'Households due for review or a visit by the intervals and terms of policy. You choose which cases to open.',
  },
  rhythms: { zh: '定期工作', en: 'Periodic duties' },
  rhythmsSub: {
    zh: '按周期必须做的事：上次何时、下次何时、依据哪一条。',
    en: 'Recurring duties: when each was last done, when it is next due, and under which clause.',
  },
  head: { zh: '户主', en: 'Head' },
  rhythm: { zh: '周期', en: 'Interval' },
  allRhythms: { zh: '全部周期', en: 'All intervals' },
  last: { zh: '上次', en: 'Last' },
  day: { zh: '到期日', en: 'Due' },
  standing: { zh: '情况', en: 'Status' },
  unknownDay: { zh: '不明', en: 'Unknown' },
  choose: { zh: '选择 {code}', en: 'Select {code}' },
  chooseAll: { zh: '选择本页全部', en: 'Select all shown' },
  chosen: { zh: '已选 {n} 户', en: '{n} selected' },
  open: { zh: '发起办理', en: 'Open cases' },
  opened: { zh: '已发起 {n} 件', en: '{n} {n|case|cases} opened' },
  notOpened: { zh: '{n} 户未发起', en: '{n} were not opened' },
  openHint: {
    zh: '将为每户发起一件办件，交户所在单位办理，写明原因和依据。',
    en: 'One case is opened for each household at its own office, with the reason and the clause.',
  },
  putOff: { zh: '暂不发起', en: 'Not yet' },
  forgotten: { zh: '理由已按规定删除', en: 'the reason was deleted as required' },
  noneDue: { zh: '没有到期的户', en: 'No household is due' },
  noneDueHint: {
    zh: '清单每夜更新；已在办理的户不再列出。',
    en: 'Updated every night; households already being handled are left out.',
  },
  every: { zh: '每 {n} 个月', en: 'Every {n} {n|month|months}' },
  byValidity: { zh: '按类别的有效期', en: 'By the category’s term of validity' },
  unset: { zh: '未设定', en: 'Not set' },
  office: { zh: '单位开展', en: 'By the office' },
  households: { zh: '逐户', en: 'For each household' },
  what: { zh: '事项', en: 'Duty' },
  how: { zh: '周期', en: 'Interval' },
  next: { zh: '下次到期', en: 'Due next' },
  seen: { zh: '有记录', en: 'On record' },
} satisfies Record<string, Words>

/** How a household stands, as the list is asked for it. */
export const PARTS: Readonly<Record<string, Words>> = {
  proposed: { zh: '待发起', en: 'To be opened' },
  overdue: { zh: '超期', en: 'Overdue' },
  month: { zh: '本月到期', en: 'Due this month' },
  perhaps: { zh: '可能到期', en: 'Possibly due' },
  unknown: { zh: '日期不明', en: 'Day unknown' },
  later: { zh: '未到期', en: 'Later' },
}

/** Why a chosen household was not opened. */
export const OUTCOMES: Readonly<Record<string, Words>> = {
  already_there: { zh: '已发起过', en: 'was opened before' },
  not_due: { zh: '尚未到期', en: 'is not due yet' },
  not_there: { zh: '已在办理或不在辖区内', en: 'is being handled, or is out of your area' },
  refused: { zh: '不能发起', en: 'was refused' },
}

export const STATES: Readonly<Record<string, { tone: string; title: Words }>> = {
  overdue: { tone: 'red', title: { zh: '超期', en: 'Overdue' } },
  due: { tone: 'orange', title: { zh: '到期', en: 'Due' } },
  never: { tone: 'orange', title: { zh: '尚无记录', en: 'Never recorded' } },
  later: { tone: '', title: { zh: '未到期', en: 'Not yet due' } },
  unset: { tone: '', title: { zh: '周期未设定', en: 'Not set' } },
  unrecorded: { tone: '', title: { zh: '无记录来源', en: 'Not recorded here' } },
}
