// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../../words/language'

export const EXCHANGE = {
  sub: { zh: '与上级和其他平台交换到哪一步', en: 'Where the office stands with each platform' },
  round: { zh: '立即交换一轮', en: 'Begin a round now' },
  begun: { zh: '已开始与 {n} 个平台交换', en: 'A round with {n} platforms has begun' },
  none: { zh: '没有配置交换的平台', en: 'Nobody to exchange with is set up' },
  noneHint: {
    zh: '服务器以 --peers 文件启动后，平台列在这里。',
    en: 'Once the server is started with a file of peers they stand here.',
  },
  calls: { zh: '由我方呼叫', en: 'we call it' },
  called: { zh: '等对方呼叫', en: 'it calls us' },
  heard: { zh: '最近收到对方回音', en: 'Heard last' },
  never: { zh: '从未', en: 'never' },
  failing: { zh: '接连 {n} 次未成：{why}', en: '{n} calls in a row came to nothing: {why}' },
  good: { zh: '正常', en: 'Working' },
  arrives: { zh: '消息到达', en: 'Arrives at' },
  numbers: {
    zh: '发到第 {sent} 号；收到第 {arrived} 号，处理到第 {settled} 号',
    en: 'sent up to {sent}; arrived up to {arrived}, settled up to {settled}',
  },
  missing: { zh: '缺 {list}，正在索要', en: '{list} are missing and asked for' },
  out: { zh: '发出', en: 'Sent' },
  in: { zh: '收到', en: 'Received' },
  messages: { zh: '{peer}：消息', en: '{peer}: messages' },
  look: { zh: '查看消息', en: 'Messages' },
  number: { zh: '序号', en: 'No.' },
  tells: { zh: '内容', en: 'Tells' },
  made: { zh: '生成', en: 'Made' },
  came: { zh: '到达', en: 'Came' },
  outcome: { zh: '结果', en: 'Outcome' },
  why: { zh: '原因', en: 'Why' },
  retry: { zh: '重发', en: 'Send again' },
  retried: { zh: '已列入重发', en: 'It will be sent again' },
  retryAsk: { zh: '重发第 {n} 号消息', en: 'Send message {n} again' },
  retrySaid: { zh: '请先改正被退回的字段，再重发。', en: 'Put right first what it was refused for.' },
  noMessages: { zh: '没有这样的消息', en: 'No such messages' },
  differences: { zh: '与对方名册不一致', en: 'Registers that differ' },
  noDifferences: { zh: '没有待处理的差异', en: 'No differences wait' },
  noDifferencesHint: {
    zh: '对方说的与名册一致，或已处理。',
    en: 'The peers say what the register says, or a person has looked.',
  },
  peer: { zh: '平台', en: 'Platform' },
  at: { zh: '时间', en: 'When' },
  decide: { zh: '核对提请', en: 'Decide' },
  settle: { zh: '标为已处理', en: 'Looked at' },
  settled: { zh: '已标明', en: 'Settled' },
  settleAsk: { zh: '{household}：标为已处理', en: '{household}: looked at' },
  settleSaid: { zh: '名册不变，这条差异不再列出。', en: 'The register stays; the difference is listed no more.' },
} satisfies Record<string, Words>

type Look = { words: Words; tone: string; mark: string }
export const MESSAGE_STATES: Readonly<Record<string, Look>> = {
  queued: { words: { zh: '待发', en: 'Queued' }, tone: '', mark: '…' },
  sent: { words: { zh: '已送达', en: 'Sent' }, tone: 'blue', mark: '▸' },
  receipted: { words: { zh: '对方已办', en: 'Receipted' }, tone: 'green', mark: '✓' },
  refused: { words: { zh: '被退回', en: 'Refused' }, tone: 'red', mark: '✕' },
  given_up: { words: { zh: '放弃', en: 'Given up' }, tone: 'orange', mark: '!' },
  held: { words: { zh: '待改正', en: 'Held' }, tone: 'orange', mark: '!' },
  kept: { words: { zh: '已收到', en: 'Kept' }, tone: 'blue', mark: '▸' },
  taken: { words: { zh: '已采用', en: 'Taken' }, tone: 'green', mark: '✓' },
}
export const DIFFERENCES: Readonly<Record<string, Words>> = {
  new: { zh: '对方新增', en: 'new there' },
  changed: { zh: '对方有变', en: 'changed there' },
  conflict: { zh: '双方都改过', en: 'both changed it' },
  ended: { zh: '对方已终止', en: 'ended there' },
}

export const ASSIGN = {
  sub: { zh: '家庭分派给谁，谁才是其日常经办', en: 'A household is worked on by whom it is assigned to' },
  account: { zh: '账号', en: 'Account' },
  look: { zh: '查看', en: 'Look' },
  of: { zh: '{account} 的家庭', en: 'Households of {account}' },
  mine: { zh: '本人', en: 'Oneself' },
  add: { zh: '分派家庭', en: 'Assign households' },
  households: { zh: '户编号（一行一户，或用逗号隔开）', en: 'Households (one a line, or with commas)' },
  case: { zh: '因何办件', en: 'For which case' },
  from: { zh: '自', en: 'From' },
  until: { zh: '至（可空）', en: 'Until (may be empty)' },
  assigned: { zh: '已分派 {n} 户', en: '{n} households assigned' },
  end: { zh: '结束分派', en: 'End' },
  endAsk: { zh: '结束 {n} 户的分派', en: 'End {n} assignments' },
  on: { zh: '自何日起结束', en: 'From which day' },
  ended: { zh: '已结束 {n} 户', en: '{n} ended' },
  none: { zh: '没有分派给该账号的家庭', en: 'No household is assigned to them' },
  noneHint: { zh: '分派由他人办理，不能分派给自己。', en: 'Somebody else assigns: nobody does it for themselves.' },
  now: { zh: '至今', en: 'until now' },
} satisfies Record<string, Words>

export const APART = {
  sub: {
    zh: '没有授权书覆盖的财产收入信息：不采用，也不丢失，补签后计入',
    en: 'Facts about means that no paper covers: not used and not lost; they count once it is signed',
  },
  day: { zh: '截至', en: 'As of' },
  fact: { zh: '信息', en: 'Fact' },
  told: { zh: '数据日期', en: 'Told on' },
  answer: { zh: '缺什么', en: 'What lacks' },
  person: { zh: '成员编号', en: 'Person' },
  from: { zh: '来源行', en: 'Row' },
  row: { zh: '{file} 第 {row} 行', en: '{file}, row {row}' },
  none: { zh: '没有未采用的信息', en: 'Nothing is kept apart' },
  noneHint: { zh: '每一条都有授权书覆盖。', en: 'A paper covers every row.' },
} satisfies Record<string, Words>

export const CLOSE = {
  sub: {
    zh: '一次办结多户的预警；逐户办理请在预警中心',
    en: 'Closes the warnings of many households; one by one in the warning centre',
  },
  day: { zh: '办结日', en: 'Day' },
  households: { zh: '户编号（一行一户，或用逗号隔开）', en: 'Households (one a line, or with commas)' },
  drop: { zh: '或把户编号清单拖到这里', en: 'Or drag a list of numbers here' },
  dropHint: { zh: 'CSV 或文本，取每行第一列', en: 'CSV or text: the first column of each row' },
  count: { zh: '{n} 户', en: '{n} households' },
  send: { zh: '办结 {n} 户', en: 'Close {n}' },
  ask: { zh: '办结 {n} 户的预警', en: 'Close the warnings of {n} households' },
  said: {
    zh: '这些户的预警在 {day} 办结，下一次监测不再计入已办事项。',
    en: 'They are closed on {day}; the next cycle counts what was dealt with no more.',
  },
  closed: { zh: '已办结 {n} 户', en: '{n} closed' },
  notOpen: { zh: '没有未办结预警：{list}', en: 'No open warning: {list}' },
  unknown: { zh: '没有这些户：{list}', en: 'No such household: {list}' },
  before: { zh: '最近的批量办结', en: 'Closed before' },
  noHouseholds: { zh: '先写下户编号', en: 'Write the numbers first' },
} satisfies Record<string, Words>
