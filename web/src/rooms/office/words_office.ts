// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../../words/language'

export const EXCHANGE = {
  sub: { zh: '与上级和其他平台的数据交换情况', en: 'State of exchange with superior and other platforms' },
  round: { zh: '立即交换一轮', en: 'Exchange now' },
  begun: { zh: '已开始与 {n} 个平台交换', en: 'Exchange with {n} {n|platform|platforms} started' },
  none: { zh: '没有配置交换的平台', en: 'No exchange platforms configured' },
  noneHint: {
    zh: '服务器配置交换平台（--peers 文件）并重启后，这里列出各平台。',
    en: 'Platforms appear here once the server is started with a --peers file.',
  },
  calls: { zh: '由我方发起连接', en: 'we call them' },
  called: { zh: '由对方发起连接', en: 'they call us' },
  heard: { zh: '最近一次收到对方消息', en: 'Last heard from' },
  never: { zh: '从未', en: 'never' },
  failing: { zh: '接连 {n} 次未成：{why}', en: '{n} consecutive failures: {why}' },
  good: { zh: '正常', en: 'Normal' },
  untried: { zh: '尚未连通', en: 'Not connected yet' },
  arrives: { zh: '对方消息送到', en: 'Messages arrive at' },
  numbers: {
    zh: '我方消息编到第 {sent} 号；收到对方第 {arrived} 号，处理到第 {settled} 号',
    en: 'Ours are numbered up to {sent}; received up to no. {arrived}, processed up to no. {settled}',
  },
  missing: { zh: '缺 {list}，正在索要', en: '{list} missing, requested' },
  out: { zh: '发出', en: 'Sent' },
  in: { zh: '收到', en: 'Received' },
  messages: { zh: '{peer}：消息', en: '{peer}: messages' },
  look: { zh: '查看消息', en: 'View messages' },
  number: { zh: '序号', en: 'No.' },
  tells: { zh: '内容', en: 'Content' },
  made: { zh: '生成', en: 'Made' },
  came: { zh: '到达', en: 'Came' },
  outcome: { zh: '结果', en: 'Outcome' },
  why: { zh: '原因', en: 'Why' },
  retry: { zh: '重发', en: 'Resend' },
  retried: { zh: '已列入重发', en: 'Queued for resending' },
  retryAsk: { zh: '重发第 {n} 号消息', en: 'Resend message {n}' },
  retrySaid: { zh: '请先改正被退回的字段，再重发。', en: 'Correct the refused fields first, then resend.' },
  noMessages: { zh: '没有这样的消息', en: 'No matching messages' },
  differences: { zh: '与对方名册不一致', en: 'Differences between registers' },
  noDifferences: { zh: '没有待处理的差异', en: 'No differences to handle' },
  noDifferencesHint: {
    zh: '对方说的与名册一致，或已处理。',
    en: 'The other platforms agree with the register, or differences have been handled.',
  },
  peer: { zh: '平台', en: 'Platform' },
  at: { zh: '时间', en: 'When' },
  decide: { zh: '核对提请', en: 'Review proposal' },
  settle: { zh: '标为已处理', en: 'Mark as handled' },
  settled: { zh: '已标明', en: 'Marked' },
  settleAsk: { zh: '{household}：标为已处理', en: '{household}: mark as handled' },
  settleSaid: {
    zh: '名册不变，这条差异不再列出。',
    en: 'The register is unchanged; this difference is no longer listed.',
  },
} satisfies Record<string, Words>

type Look = { words: Words; tone: string; mark: string }
export const MESSAGE_STATES: Readonly<Record<string, Look>> = {
  queued: { words: { zh: '待发', en: 'Queued' }, tone: '', mark: '…' },
  sent: { words: { zh: '已送达', en: 'Delivered' }, tone: 'blue', mark: '▸' },
  receipted: { words: { zh: '对方已办', en: 'Processed by recipient' }, tone: 'green', mark: '✓' },
  refused: { words: { zh: '被退回', en: 'Returned' }, tone: 'red', mark: '✕' },
  given_up: { words: { zh: '放弃', en: 'Given up' }, tone: 'orange', mark: '!' },
  held: { words: { zh: '待改正', en: 'To be corrected' }, tone: 'orange', mark: '!' },
  kept: { words: { zh: '已收到', en: 'Received' }, tone: 'blue', mark: '▸' },
  taken: { words: { zh: '已采用', en: 'Accepted' }, tone: 'green', mark: '✓' },
}
export const DIFFERENCES: Readonly<Record<string, Words>> = {
  new: { zh: '对方新增', en: 'new on their side' },
  changed: { zh: '对方有变', en: 'changed on their side' },
  conflict: { zh: '双方都改过', en: 'changed on both sides' },
  ended: { zh: '对方已终止', en: 'ended on their side' },
}

export const ASSIGN = {
  sub: {
    zh: '家庭分派给谁，谁才是其日常经办',
    en: 'Households are handled day to day by whoever they are assigned to',
  },
  account: { zh: '账号', en: 'Account' },
  look: { zh: '查看', en: 'View' },
  of: { zh: '{account} 的家庭', en: 'Households of {account}' },
  mine: { zh: '本人', en: 'Myself' },
  choose: { zh: '请选择', en: 'Choose' },
  add: { zh: '分派家庭', en: 'Assign households' },
  households: { zh: '户编号（一行一户，或用逗号隔开）', en: 'Household numbers (one per line, or comma-separated)' },
  case: { zh: '因何办件', en: 'For which case' },
  from: { zh: '自', en: 'From' },
  until: { zh: '至（可不填）', en: 'Until (optional)' },
  assigned: { zh: '已分派 {n} 户', en: '{n} {n|household|households} assigned' },
  end: { zh: '结束分派', en: 'End assignment' },
  endAsk: { zh: '结束 {n} 户的分派', en: 'End {n} {n|assignment|assignments}' },
  on: { zh: '结束日期', en: 'Effective from' },
  ended: { zh: '已结束 {n} 户', en: '{n} ended' },
  none: { zh: '没有分派给该账号的家庭', en: 'No households assigned to this account' },
  noneHint: {
    zh: '分派由他人办理，不能分派给自己。',
    en: 'Assignments are made by someone else: you cannot assign to yourself.',
  },
  now: { zh: '至今', en: 'present' },
} satisfies Record<string, Words>

export const APART = {
  sub: {
    zh: '没有授权书覆盖的财产收入信息：不采用，也不丢失，补签后计入',
    en: 'Income and property data not covered by an authorisation: not used but not lost; counted once it is signed',
  },
  day: { zh: '截至', en: 'As of' },
  fact: { zh: '信息', en: 'Information' },
  told: { zh: '数据日期', en: 'Data date' },
  answer: { zh: '缺什么', en: 'What is missing' },
  from: { zh: '来源行', en: 'Row' },
  row: { zh: '{file} 第 {row} 行', en: '{file}, row {row}' },
  none: { zh: '没有未采用的信息', en: 'No unused data' },
  noneHint: { zh: '每一条都有授权书覆盖。', en: 'Every item is covered by an authorisation.' },
} satisfies Record<string, Words>

export const CLOSE = {
  sub: {
    zh: '一次办结多户的预警；逐户办理请到“预警处置”',
    en: 'Closes warnings of many households at once; single ones are closed in the warning centre',
  },
  day: { zh: '办结日', en: 'Closing date' },
  households: { zh: '户编号（一行一户，或用逗号隔开）', en: 'Household numbers (one per line, or comma-separated)' },
  drop: { zh: '或把户编号清单拖到这里', en: 'Or drag a list of household numbers here' },
  dropHint: { zh: 'CSV 或文本，取每行第一列', en: 'CSV or text: the first column of each row' },
  count: { zh: '{n} 户', en: '{n} {n|household|households}' },
  send: { zh: '办结 {n} 户', en: 'Close {n} {n|household|households}' },
  ask: { zh: '办结 {n} 户的预警', en: 'Close the warnings of {n} {n|household|households}' },
  said: {
    zh: '这些户的预警在 {day} 办结，下一次监测不再计入已办事项。',
    en: 'Warnings of these households close on {day}; the next monitoring run does not count them again.',
  },
  closed: { zh: '已办结 {n} 户', en: '{n} closed' },
  notOpen: { zh: '没有未办结预警：{list}', en: 'No open warning: {list}' },
  unknown: { zh: '没有这些户：{list}', en: 'No such household: {list}' },
  before: { zh: '最近的批量办结', en: 'Recent batch closings' },
  noHouseholds: { zh: '请先填写户编号', en: 'Enter household numbers first' },
} satisfies Record<string, Words>
