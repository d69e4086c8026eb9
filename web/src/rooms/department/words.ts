// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../../words/language'

export const SAID = {
  room: { zh: '部门协同', en: 'Department' },
  inbox: { zh: '转办收件', en: 'Inbox' },
  inboxSub: {
    zh: '民政转来、由本部门办理的事项；逐件接收、受理、反馈结果',
    en: 'What civil affairs has handed to your department: receive, accept, and say what came of it',
  },
  inboxEmpty: { zh: '没有待办的转办件', en: 'Nothing was handed to you' },
  inboxEmptyHint: { zh: '新转来的事项会出现在这里。', en: 'What is handed to you appears here.' },
  joint: { zh: '联合办件', en: 'Joint cases' },
  jointSub: {
    zh: '与民政共同研判的一事一议，和由农业农村部门确认的类别',
    en: 'Conferences with civil affairs, and categories that agriculture confirms',
  },
  conferences: { zh: '一事一议', en: 'Conferences' },
  confirmations: { zh: '待本部门确认', en: 'To be confirmed by you' },
  jointEmpty: { zh: '没有联合办件', en: 'There is no joint case' },
  jointEmptyHint: {
    zh: '交到本部门的一事一议和待确认申请会出现在这里。',
    en: 'Conferences and applications that are handed to you appear here.',
  },
  files: { zh: '报送数据', en: 'Files' },
  filesSub: {
    zh: '逐行检查格式，退回的行可下载核对',
    en: 'Each row is checked by form; what is refused comes back as a file',
  },
  came: { zh: '本部门报送过的文件', en: 'Files of your department' },
  noFiles: { zh: '还没有报送过文件', en: 'No file has come yet' },
  noFilesHint: {
    zh: '上传后逐行的检查结果会出现在这里。',
    en: 'After an upload the check of each row appears here.',
  },
  checked: { zh: '{rows} 行，{refused} 行未收', en: '{rows} rows, {refused} not taken' },
  seeRefused: { zh: '核对单', en: 'What was found' },
  allTaken: { zh: '全部收下', en: 'All taken' },
  running: { zh: '正在检查', en: 'Being checked' },

  query: { zh: '身份查询', en: 'Is this person low-income' },
  querySub: {
    zh: '一次查一人；只答是否在册和类别，不保存查询结果',
    en: 'One person at a time: yes or no, and which category; the answer is kept nowhere',
  },
  person: { zh: '姓名', en: 'Name' },
  idNumber: { zh: '公民身份号码', en: 'Identity number' },
  why: { zh: '查询事由', en: 'What it is for' },
  whyHint: { zh: '记入查询日志，本人可以看到', en: 'It goes into the log, which the person can read' },
  ask: { zh: '查询', en: 'Ask' },
  isOne: { zh: '是低收入人口：{category}', en: 'Low-income: {category}' },
  isNone: {
    zh: '不是在册低收入人口，或姓名与号码不符',
    en: 'Not on the register, or name and number do not go together',
  },
  asOf: { zh: '截至{day}', en: 'as of {day}' },
  quota: { zh: '今天已查 {n} 次，上限 {of} 次', en: '{n} of today’s {of} questions are used' },
  forget: { zh: '清空', en: 'Clear' },

  ended: { zh: '终止告知', en: 'Help that ended' },
  endedSub: {
    zh: '本部门终止了对某人的救助，告知民政复核；这里只检查格式，不告知此人是否在册',
    en: 'Tell civil affairs that you have ended help to someone. You are answered about the form alone',
  },
  benefit: { zh: '终止的救助项目', en: 'Which help has ended' },
  benefitHint: { zh: '没有读到项目清单，请填项目编号', en: 'The list was not read: write the id' },
  endedOn: { zh: '终止日期', en: 'Ended on' },
  reason: { zh: '终止原因', en: 'Why' },
  tellEnded: { zh: '告知', en: 'Tell' },
  sureEnded: {
    zh: '将告知民政：{name} 的「{benefit}」自 {day} 起终止。提交后不能撤回。',
    en: 'Civil affairs is told: “{benefit}” of {name} has ended on {day}. This cannot be taken back.',
  },
  taken: { zh: '已收到，格式无误', en: 'Taken: the form is in order' },
  another: { zh: '再告知一人', en: 'Another one' },

  compare: { zh: '两个名单比对', en: 'Two lists' },
  compareSub: {
    zh: '防返贫监测名单与低收入人口名册的差异',
    en: 'How the roll of those at risk of falling back into poverty differs from the register',
  },
  compareHint: {
    zh: '上传本部门的防返贫监测名单（{dataset}），系统逐行与名册比对，下面按批次列出比对结果。',
    en: 'Upload your roll ({dataset}): it is held against the register row by row; the batches stand below.',
  },
  both: { zh: '两个名单都有', en: 'On both' },
  theirs: { zh: '只在防返贫名单', en: 'On your roll alone' },
  unsure: { zh: '疑似，待民政核对', en: 'Perhaps the same person: civil affairs looks' },
  unread: { zh: '未收或重复', en: 'Not taken, or twice' },
  batch: { zh: '批次', en: 'Batch' },
  noCompare: { zh: '还没有可比对的名单', en: 'No roll has come yet' },
  toUpload: { zh: '去上传名单', en: 'Upload the roll' },
} satisfies Record<string, Words>
