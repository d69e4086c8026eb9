// SPDX-License-Identifier: Apache-2.0
// Plain words: they are read by old people, on a phone, without help.
import type { Words } from '../../words/language'

export const SAID = {
  // the frame
  home: { zh: '我的首页', en: 'My page' },
  large: { zh: '字再大些', en: 'Larger print' },
  normal: { zh: '字小一些', en: 'Smaller print' },
  leave: { zh: '退出', en: 'Sign out' },
  places: { zh: '我的', en: 'My pages' },
  // the self-check
  check: { zh: '看看我能得到哪些帮助', en: 'See what help I may get' },
  checkIntro: {
    zh: '回答一些简单的问题，就能大概知道您家可能符合哪些救助。一次只问一个，不知道的选“不清楚”。',
    en: 'Answer simple questions, one at a time, to see which help your family may get. “I do not know” is fine.',
  },
  checkKept: {
    zh: '不用登录，不问姓名和身份证号。您填的什么也不会保存，关掉页面就没有了。',
    en: 'No sign-in, no name, no identity number. Nothing you enter is saved: close the page and it is gone.',
  },
  start: { zh: '开始', en: 'Start' },
  progress: { zh: '第 {n} 个问题', en: 'Question {n}' },
  left: { zh: '最多还有 {n} 个', en: 'at most {n} more' },
  next: { zh: '下一个', en: 'Next' },
  back: { zh: '上一个', en: 'Back' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '不是', en: 'No' },
  none: { zh: '没有', en: 'None' },
  unknown: { zh: '不清楚', en: 'I do not know' },
  yuan: { zh: '元', en: 'yuan' },
  people: { zh: '人', en: 'people' },
  answerAll: {
    zh: '请回答这个问题，不知道的选“不清楚”。',
    en: 'Please answer this question, or choose “I do not know”.',
  },
  unreadable: { zh: '请只写数字，比如 800', en: 'Please enter digits only, for example 800' },
  self: { zh: '您本人', en: 'Yourself' },
  other: { zh: '第 {n} 个人', en: 'Person {n}' },
  names: { zh: '给家里每个人起个称呼', en: 'Give each family member a nickname' },
  namesWhy: {
    zh: '比如“老伴”“儿子”，好分清楚问的是谁。称呼只在这个页面上看，不发出去。不写也可以。',
    en: 'Such as “wife” or “son”, to tell who a question is about. Stays on this page; you can leave it blank.',
  },
  seeNow: { zh: '不答了，先看结果', en: 'Stop here and see the result' },
  goOn: { zh: '接着回答', en: 'Go on answering' },
  again: { zh: '重新来一遍', en: 'Start again' },
  result: { zh: '看下来，您家的情况是这样', en: 'What we can tell about your family' },
  estimate: {
    zh: '这是照您说的情况估的，不是正式决定。到窗口申请、核实以后才能定。',
    en: 'This is an estimate, not a decision. The decision comes after you apply and the facts are checked.',
  },
  sample: {
    zh: '这里用的金额标准是示例数字，不是真的。',
    en: 'The amounts used here are sample figures, not real ones.',
  },
  may: { zh: '可能符合', en: 'You may qualify' },
  mayNone: {
    zh: '照您说的，还看不出符合哪一种。生活有困难的，请打电话或到窗口问问，不要自己放弃。',
    en: 'From your answers, none can be seen yet. If life is hard, please call or visit a service window anyway.',
  },
  unsure: { zh: '还说不准', en: 'Cannot tell yet' },
  unlikely: { zh: '看来不符合', en: 'Seems not to qualify' },
  who: { zh: '谁', en: 'Who' },
  why: { zh: '为什么', en: 'Why' },
  clause: { zh: '依据', en: 'Rule' },
  bring: { zh: '要带的材料', en: 'What to bring' },
  checks: { zh: '您签字同意后，工作人员会去查', en: 'Checked by staff after you sign your consent' },
  needed: { zh: '还要知道', en: 'Still needed' },
  neededMany: { zh: '还要知道 {n} 件事', en: '{n} things still needed' },
  waits: { zh: '要等政府公布', en: 'Not yet announced by the government' },
  benefits: { zh: '可能还有这些帮助', en: 'Other help you may get' },
  month: { zh: '每月 {amount} 元', en: '{amount} yuan a month' },
  year: { zh: '每年 {amount} 元', en: '{amount} yuan a year' },
  once: { zh: '一次 {amount} 元', en: '{amount} yuan once' },
  window: { zh: '到哪里办、打什么电话', en: 'Where to go and whom to call' },
  call: { zh: '打电话 {phone}', en: 'Call {phone}' },
  signIn: { zh: '登录后在网上申请', en: 'Sign in and apply online' },
  byRules: { zh: '照{rules}估算，{day}', en: 'Estimated by {rules}, {day}' },
  busy: { zh: '正在看…', en: 'One moment…' },
} satisfies Record<string, Words>

export const MY = {
  hello: { zh: '{name}，您好', en: 'Hello, {name}' },
  running: { zh: '正在办的事', en: 'In progress' },
  noneRunning: { zh: '现在没有正在办的事。', en: 'Nothing in progress at the moment.' },
  done: { zh: '办完的事（{n} 件）', en: 'Completed ({n})' },
  since: { zh: '{day}起', en: 'since {day}' },
  until: { zh: '最晚 {day} 办好', en: 'by {day} at the latest' },
  step: { zh: '{step}：最晚 {day}', en: '{step}: by {day} at the latest' },
  longest: { zh: '最长到 {day}，要看属于哪一类救助', en: 'by {day} at the longest, depending on the kind of help' },
  late: { zh: '已经超过期限', en: 'past the deadline' },
  standing: { zh: '您家现在的救助身份', en: 'Your family’s current status' },
  noCategory: { zh: '没有登记救助类别', en: 'No assistance category registered' },
  members: { zh: '家里人', en: 'Your family' },
  ways: { zh: '我要办', en: 'What I can do' },
  apply: { zh: '我要申请救助', en: 'Apply for help' },
  objection: { zh: '我有不同意见', en: 'I disagree' },
  looks: { zh: '谁看过我的信息', en: 'Who viewed my data' },
  case: { zh: '我的事', en: 'My matter' },
  now: { zh: '现在办到', en: 'Current step' },
  clocks: { zh: '还要多久', en: 'Time left' },
  paused: { zh: '时间先停着，等材料', en: 'Paused while waiting for documents' },
  unset: { zh: '期限还没有定', en: 'No deadline set yet' },
  whole: { zh: '办好这件事', en: 'Until it is decided' },
  byCategory: {
    zh: '具体哪一天，要看您家属于哪一类救助，现在还没有定。上面是最长的一种；定了以后，这里就写准确的日子。',
    en: 'The exact day depends on the kind of help, which is not settled yet. This is the longest it can take.',
  },
  steps: { zh: '办到哪一步了', en: 'Steps so far' },
  mayDo: { zh: '您可以', en: 'You can' },
  clausesOf: { zh: '没有写文件名的条款，都出自：{rules}', en: 'Clauses without a document’s name are of: {rules}' },
  toHome: { zh: '回到我的首页', en: 'Back to my page' },
  help: { zh: '我家得到的帮助', en: 'Help my family received' },
  chain: { zh: '办过哪些事', en: 'Step by step' },
  noChain: { zh: '还没有记下什么事。', en: 'Nothing recorded yet.' },
  toldBy: { zh: '信息来自', en: 'Source' },
  written: { zh: '我们登记的您的信息', en: 'Your registered information' },
  wrong: {
    zh: '哪里写错了，请提出来，我们换一个人再查。',
    en: 'If anything is wrong, tell us: someone else will check it again.',
  },
  looksIntro: {
    zh: '工作人员每看一次您的信息都会记下来。这里写着哪个单位、为了什么、什么时候看的。',
    en: 'Every time staff view your data it is recorded. Here you can see which office, why and when.',
  },
  noLooks: { zh: '还没有人看过', en: 'Nobody has viewed it yet' },
  ownLooks: { zh: '您自己看了 {n} 次', en: 'You viewed it yourself {n} {n|time|times}' },
  whatFor: { zh: '为了', en: 'Purpose' },
  basis: { zh: '依据', en: 'Rule' },
  sameTimes: { zh: '{at}（{n} 次）', en: '{at} ({n} times)' },
} satisfies Record<string, Words>

export const APPLY = {
  intro: {
    zh: '提交一次就行，不用分开申请低保、临时救助这些，工作人员会看您家符合哪一种。',
    en: 'One application is enough: staff will see which kinds of help your family qualifies for.',
  },
  need: { zh: '家里遇到了什么困难？', en: 'What difficulty is your family facing?' },
  needHint: {
    zh: '随便写几句，比如谁生病了、没了工作、花了多少钱。不写也可以提交。',
    en: 'A few words are enough, such as who fell ill, lost a job, or what it cost. You can leave it blank.',
  },
  pledge: {
    zh: '我保证说的都是真的。如果故意说假话，要退回领到的钱，并承担责任。',
    en: 'I declare that what I say is true. If I lie on purpose, I must repay the money and bear the consequences.',
  },
  authorise: {
    zh: '我同意工作人员去银行、房管等单位核对我家的收入和财产，只为办这件事。',
    en: 'I consent to staff checking my family’s income and property with banks and others, for this matter only.',
  },
  tickBoth: {
    zh: '请看一看上面两条，同意的打上勾，才能提交。',
    en: 'Please read the two statements above and tick them if you agree, then submit.',
  },
  fill: { zh: '还有必填的没有填。', en: 'Some required fields are missing.' },
  send: { zh: '提交申请', en: 'Submit application' },
  sent: { zh: '申请已经提交', en: 'Application submitted' },
  notOnRegister: {
    zh: '您家还没有登记。可以在网上写下姓名、电话和情况，由当地乡镇（街道）联系您办理；也可以到窗口，或请村（社区）干部代办。',
    en: 'Your family is not registered yet. Leave your name and phone and your township calls you, or visit a window.',
  },
  notOnline: {
    zh: '这里还不能在网上申请，请到窗口办。',
    en: 'Not available online here yet; please visit a service window.',
  },
} satisfies Record<string, Words>

export const OBJECT = {
  intro: {
    zh: '对核对结果或决定不同意，都可以在这里说。会由另外的人再查一遍。',
    en: 'If you disagree with a check or a decision, tell us here. Someone else will review it.',
  },
  reason: { zh: '您觉得哪里不对？', en: 'What do you think is wrong?' },
  empty: { zh: '请写几句您的意见。', en: 'Please write a few words.' },
  send: { zh: '提交意见', en: 'Submit' },
  sent: { zh: '意见已经提交', en: 'Submitted' },
  notOnline: {
    zh: '这里还不能在网上提，请到窗口说。',
    en: 'Not available online here yet; please visit a service window.',
  },
} satisfies Record<string, Words>

export const PAPERS = {
  title: { zh: '我的文书', en: 'My papers' },
  notices: { zh: '给我的通知', en: 'Notices to me' },
  open: { zh: '打开', en: 'Open' },
  noneServed: { zh: '还没有送达您的通知书。', en: 'No notices delivered to you yet.' },
  ask: { zh: '有看不懂的', en: 'If something is unclear' },
  askHow: {
    zh: '可以打电话问，也可以带身份证到窗口，工作人员会讲给您听，也能帮您签或者收回同意书。',
    en: 'Call, or bring your identity card to the window: staff explain it, and can help you sign or withdraw.',
  },
} satisfies Record<string, Words>
