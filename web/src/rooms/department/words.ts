// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../../words/language'
import { ROLLS } from '../feeds/words_rolls'

export const SAID = {
  inbox: { zh: '转办收件', en: 'Referrals' },
  inboxSub: {
    zh: '民政转来、由本部门办理的事项；逐件接收、受理、反馈结果',
    en: 'Matters referred by civil affairs to your department: receive, accept and report the result one by one',
  },
  inboxEmpty: { zh: '没有待办的转办件', en: 'No pending referrals' },
  inboxEmptyHint: { zh: '新转来的事项会出现在这里。', en: 'New referrals appear here.' },
  joint: { zh: '联合办件', en: 'Joint cases' },
  jointSub: {
    zh: '与民政共同研判的一事一议，和由农业农村部门确认的类别',
    en: 'Conferences held with civil affairs, and categories confirmed by the agriculture department',
  },
  conferences: { zh: '一事一议', en: 'Conferences' },
  confirmations: { zh: '待本部门确认', en: 'To be confirmed by your department' },
  noConfirmations: { zh: '没有待确认的申请', en: 'No applications to confirm' },
  noConfirmationsHint: {
    zh: '乡镇初审后，由本部门确认类别的申请会出现在这里。',
    en: 'Applications whose category your department confirms appear here after the township’s review.',
  },
  noConferences: { zh: '没有会同办理的一事一议', en: 'No joint conferences' },
  noConferencesHint: {
    zh: '民政会同本部门召集的一事一议会出现在这里。',
    en: 'Conferences convened together with your department appear here.',
  },
  files: { zh: '报送数据', en: 'Submit data' },
  filesSub: {
    zh: '逐行检查格式，退回的行可下载核对',
    en: 'Each row’s format is checked; returned rows can be downloaded',
  },
  came: { zh: '本部门报送过的文件', en: 'Files submitted by your department' },
  noFiles: { zh: '还没有报送过文件', en: 'No files submitted yet' },
  noFilesHint: {
    zh: '上传后逐行的检查结果会出现在这里。',
    en: 'The row-by-row results appear here after an upload.',
  },
  checked: { zh: '{rows} 行，{refused} 行未收', en: '{rows} {rows|row|rows}, {refused} not accepted' },
  seeRefused: ROLLS.report,
  refusedHint: {
    zh: '未收的行请改正后补报；只按格式检查，不涉及是否在册。',
    en: 'Please correct and resubmit the rows not accepted. Only the format is checked, not registration.',
  },
  justSent: { zh: '刚才报送的文件', en: 'Files just submitted' },
  someNotTaken: { zh: '有行未收', en: 'Some rows not accepted' },
  matchRefused: {
    zh: '有不认识的表头：可以写明哪个表头是哪一项再读，也可以按模板改好后重新报送。',
    en: 'Some headings are not recognised: match them to fields, or correct the file using the template.',
  },
  matchHalf: {
    zh: '有的项没有认出表头，按空白收下了：可以写明哪个表头是哪一项，试读后再计入。',
    en: 'Some fields had no recognised heading and were taken as blank: match the headings and try it first.',
  },
  seeExpected: {
    zh: '请对照下面“报送的数据和表头”，或下载模板重新填写。',
    en: 'See “Data and headings” below, or download a template.',
  },
  expected: { zh: '报送的数据和表头', en: 'Data and headings' },
  expectedHint: {
    zh: '系统按表头认出是哪一种数据：标“必有”的项不能缺，表头写常用的或同义的都可以。',
    en: 'Files are recognised by headings: required fields must be there, under the usual or an equivalent heading.',
  },
  noExpected: { zh: '没有本部门报送的数据集', en: 'No datasets for your department to submit' },
  noExpectedHint: { zh: '请与民政部门联系。', en: 'Please contact civil affairs.' },
  usualHeading: { zh: '常用表头', en: 'Usual heading' },
  alsoKnown: { zh: '也认得', en: 'Also known' },
  askedHeadings: { zh: '提请的对照', en: 'Headings you asked for' },
  noAsked: { zh: '没有提请过表头的对照', en: 'No headings asked for' },
  noAskedHint: {
    zh: '对照表头时选“以后也这样读”，由民政批准后，以后的文件自动按此读取。',
    en: 'Choose “Read later files so” when you match headings; once civil affairs approve, later files are read so.',
  },
  askedOpen: { zh: '等待民政批准', en: 'awaiting approval' },
  askedApproved: { zh: '已批准，待执行', en: 'approved, to be carried out' },
  askedRefused: { zh: '未批准', en: 'not approved' },
  askedAnswer: { zh: '答复：{answer}', en: 'Answer: {answer}' },
  allTaken: ROLLS.allTaken,

  query: { zh: '身份查询', en: 'Status query' },
  querySub: {
    zh: '一次查一人；只答是否在册和类别，不保存查询结果',
    en: 'One person at a time: answers only whether registered and in which category; the result is not stored',
  },
  person: { zh: '姓名', en: 'Name' },
  idNumber: { zh: '公民身份号码', en: 'Identity number' },
  why: { zh: '查询事由', en: 'Purpose of query' },
  whyHint: { zh: '记入查询日志，本人可以看到', en: 'Recorded in the query log, which the person can read' },
  ask: { zh: '查询', en: 'Query' },
  isOne: { zh: '是低收入人口：{category}', en: 'Low-income: {category}' },
  isUnknown: { zh: '不能确定此人是否为低收入人口', en: 'Not known whether this person is low-income' },
  whichUnknown: { zh: '哪一类未载明', en: 'which category is not recorded' },
  isNone: {
    zh: '不是在册低收入人口，或姓名与号码不符',
    en: 'Not a registered low-income person, or the name and number do not match',
  },
  asOf: { zh: '截至{day}', en: 'as of {day}' },
  quota: { zh: '今天已查 {n} 次，上限 {of} 次', en: '{n} of today’s {of} queries used' },
  forget: { zh: '清空', en: 'Clear' },

  ended: { zh: '终止告知', en: 'Ended assistance' },
  endedSub: {
    zh: '本部门终止了对某人的救助，告知民政复核；这里只检查格式，不告知此人是否在册',
    en: 'Notify civil affairs that assistance has ended. Only the format is checked; registration is not disclosed',
  },
  benefit: { zh: '终止的救助项目', en: 'Assistance that ended' },
  choose: { zh: '请选择', en: 'Choose' },
  benefitHint: { zh: '未能读取项目清单，请填写项目编号', en: 'The list could not be loaded: enter the item’s id' },
  endedOn: { zh: '终止日期', en: 'Ended on' },
  reason: { zh: '终止原因', en: 'Reason' },
  allNeeded: { zh: '各项都要填', en: 'Every field is needed' },
  tellEnded: { zh: '告知', en: 'Notify' },
  sureEnded: {
    zh: '将告知民政：{name}的“{benefit}”自 {day} 起终止。提交后不能撤回。',
    en: 'Civil affairs will be notified that “{benefit}” for {name} ended on {day}. This cannot be undone.',
  },
  taken: { zh: '已收到，格式无误', en: 'Received: the format is correct' },
  another: { zh: '再告知一人', en: 'Notify another' },

  compare: ROLLS.compare,
  compareSub: {
    zh: '本部门整册名单与低收入人口名册的差异',
    en: 'Differences between your department’s whole list and the low-income register',
  },
  compareHint: {
    zh: '上传本部门的《{dataset}》，系统逐行与名册比对，下面按批次列出比对结果。',
    en: 'Upload your “{dataset}”; it is compared with the register row by row, by batch below.',
  },
  toUpload: { zh: '去上传名单', en: 'Upload list' },
} satisfies Record<string, Words>
