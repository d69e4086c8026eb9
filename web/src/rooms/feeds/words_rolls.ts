// SPDX-License-Identifier: Apache-2.0
// A whole roll of a category held against the register: to the department that sends it and to the offices alike.
import type { Schema } from '../../api/client'
import type { Words } from '../../words/language'

export const ROLLS = {
  compare: { zh: '两个名单比对', en: 'Compare lists' },
  sub: {
    zh: '部门报来的整册名单与低收入人口名册的差异',
    en: 'Differences between the whole rolls that departments send and the low-income register',
  },
  hint: {
    zh: '《{dataset}》逐行与导入当日的名册比对，下面按批次列出；点开数字查看是哪些人、哪些家庭。',
    en: 'Each row of “{dataset}” is compared with the register as it stood on the day of import, by batch below.',
  },
  roll: { zh: '名单', en: 'Roll' },
  report: { zh: '核对单', en: 'Check report' },
  allTaken: { zh: '全部收下', en: 'All accepted' },
  noRolls: { zh: '没有可以比对的整册名单', en: 'No roll to compare' },
  noRollsHint: {
    zh: '部门报送某一救助类别的整册名单以后，比对结果会出现在这里。',
    en: 'The comparison appears here once a department has sent the whole roll of a category.',
  },
  both: { zh: '两个名单都有', en: 'On both lists' },
  theirs: { zh: '只在部门名单', en: 'Only on the department’s list' },
  unsure: { zh: '疑似，待民政核对', en: 'Probable match, to be checked by civil affairs' },
  unread: { zh: '未收或重复', en: 'Not accepted or duplicate' },
  ours: { zh: '只在民政名册', en: 'Only on the register' },
  oursHint: {
    zh: '名册登记为“{category}”、而这一日各批名单都没有的家庭；按导入当日的名册比对。',
    en: 'Registered as “{category}” and on none of that day’s lists; by the register as of the import date.',
  },
  oursUnread: {
    zh: '名单有 {n} 行未收或日期在后，没有比对到人；下列家庭可能在其中。',
    en: 'Rows that matched nobody (not accepted, or dated later): {n}; households below may be among them.',
  },
  oursNotTold: {
    zh: '另有 {n} 户所在的县在名单上一户也没有，不能断定。',
    en: '{n} more households cannot be judged: the lists name nobody in their county.',
  },
  oursUnknown: {
    zh: '名单各行已到保存期限，无从得知',
    en: 'Rows of the lists were deleted at the end of their term: this cannot be known',
  },
  oursHead: { zh: '户主', en: 'Head of household' },
  oursSince: { zh: '纳入日期', en: 'Enrolled on' },
  noOurs: { zh: '没有只在民政名册上的家庭', en: 'No household is on the register alone' },
  noOursHint: {
    zh: '名册登记为“{category}”的家庭，名单上都有。',
    en: 'The lists name every household registered as “{category}”.',
  },
  seeOurs: { zh: '只在民政名册的家庭，{n} 户', en: 'Households only on the register: {n}' },
  seeOursUncounted: { zh: '查看', en: 'See' },
  seeOursOf: { zh: '查看只在民政名册的家庭：{file}', en: 'See households only on the register: {file}' },
  seeRows: { zh: '{part} {n} 行，查看逐行结果', en: '{part}: {n} {n|row|rows}, see them' },
  rowsOf: { zh: '逐行比对结果：{file}', en: 'Rows of {file}' },
  rowsHint: {
    zh: '按导入当日的名册比对，只列本部门报送的内容；辖区以外的人按不在册列。每次查看都有记录。',
    en: 'As on the day of import; only what you sent; people elsewhere count as not listed. Every look is recorded.',
  },
  rowsRemoved: {
    zh: '{n} 行已到保存期限，不再列出',
    en: '{n} {n|row|rows} {n|is|are} past {n|its|their} term and no longer listed',
  },
  noRows: { zh: '没有这一类的行', en: 'No such rows' },
  noRowsHint: { zh: '可以看看其他几类。', en: 'See the other parts.' },
  batch: { zh: '批次', en: 'Batch' },
  noCompare: { zh: '还没有可比对的名单', en: 'No list to compare yet' },
} satisfies Record<string, Words>

export const BUCKET_WORDS: Readonly<Record<Schema['ArrivalRow']['bucket'], Words>> = {
  exact: { zh: '两个名单都有', en: 'On both lists' },
  probable: {
    zh: '两个名单都有（号码有误，姓名相符）',
    en: 'On both lists (the number is mistyped, the name agrees)',
  },
  off_roster: { zh: '只在部门名单', en: 'Only on the department’s list' },
  review: { zh: '姓名不符，待民政核对', en: 'The name differs: civil affairs will check' },
  held: { zh: '日期在后，到期再比对', en: 'Dated later: compared when its day comes' },
  rejected: { zh: '未收', en: 'Not accepted' },
  duplicate: { zh: '与前面的行重复', en: 'The same as a row before' },
}
