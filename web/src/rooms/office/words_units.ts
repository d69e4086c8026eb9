// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../../words/language'

export const KINDS: Readonly<Record<string, Words>> = {
  province: { zh: '省级', en: 'Province' },
  city: { zh: '市级', en: 'City' },
  county: { zh: '县级', en: 'County' },
  township: { zh: '乡镇（街道）', en: 'Township' },
  village: { zh: '村（社区）', en: 'Village' },
  department: { zh: '部门', en: 'Department' },
}

export const SAY = {
  count: { zh: '{n} 个单位', en: '{n} {n|office|offices}' },
  find: { zh: '名称、代码、区划', en: 'Name, code or region' },
  title: { zh: '名称', en: 'Name' },
  code: { zh: '代码', en: 'Code' },
  kind: { zh: '层级', en: 'Level' },
  region: { zh: '区划代码', en: 'Region' },
  department: { zh: '部门', en: 'Department' },
  below: { zh: '下级 {n} 个', en: '{n} subordinate' },
  fold: { zh: '收起{unit}', en: 'Fold {unit}' },
  unfold: { zh: '展开{unit}', en: 'Unfold {unit}' },
  foldAll: { zh: '只看上两级', en: 'Top two levels only' },
  unfoldAll: { zh: '全部展开', en: 'All levels' },
  history: { zh: '历次隶属', en: 'Past affiliations' },
  parent: { zh: '上级', en: 'Superior office' },
  root: { zh: '（最上级）', en: '(topmost)' },
  now: { zh: '至今', en: 'present' },
  load: { zh: '导入单位文件', en: 'Import office file' },
  loadHint: {
    zh: '与单位文件相同：每行一个单位。新的增加，名称更新，上级不同的自 from 起迁移；文件中没有的不动。',
    en: 'One office per row: new ones are added, names updated, moves take effect on “from”; others are unchanged.',
  },
  drop: { zh: '把单位文件拖到这里', en: 'Drag the office file here' },
  dropHint: {
    zh: 'CSV（表头 code,title,kind,parent,region,department,from,until）、YAML 或 JSON',
    en: 'CSV (headings code,title,kind,parent,region,department,from,until), YAML or JSON',
  },
  none: { zh: '文件中没有单位', en: 'No offices in the file' },
  heading: { zh: '不认识的表头“{word}”', en: 'Unknown heading "{word}"' },
  missing: { zh: '第 {n} 行缺少“{word}”', en: 'Row {n} is missing {word}' },
  notRead: { zh: '第 {n} 行读不懂', en: 'Row {n} cannot be read' },
  fault: { zh: '第 {n} 行：{said}', en: 'Row {n}: {said}' },
  preview: {
    zh: '{file}：共 {n} 行。新增 {added}，变更 {changed}，迁移 {moved}，不变 {unchanged}',
    en: '{file}: {n} {n|row|rows}. {added} new, {changed} changed, {moved} moved, {unchanged} unchanged',
  },
  nothing: { zh: '与现有单位一致，没有要改的', en: 'Same as the current offices; nothing to change' },
  differences: { zh: '差异', en: 'Differences' },
  unit: { zh: '单位', en: 'Office' },
  what: { zh: '改什么', en: 'Change' },
  before: { zh: '原为', en: 'Before' },
  after: { zh: '改为', en: 'After' },
  on: { zh: '自', en: 'From' },
  apply: { zh: '确认导入', en: 'Import' },
  applyAsk: { zh: '导入 {n} 处变更', en: 'Import {n} {n|change|changes}' },
  applySaid: {
    zh: '单位变动决定谁看得到哪些家庭；迁移不能撤回，只能再迁。',
    en: 'Offices determine who can see which households; a move cannot be undone, only moved again.',
  },
  word: { zh: '导入', en: 'import' },
  applied: {
    zh: '已导入：新增 {added}，变更 {changed}，迁移 {moved}',
    en: 'Imported: {added} new, {changed} changed, {moved} moved',
  },
  add: { zh: '新增单位', en: 'New office' },
  move: { zh: '修改或迁移', en: 'Change or move' },
  from: { zh: '生效日期', en: 'Effective from' },
  until: { zh: '撤销日期（可不填）', en: 'Ends on (optional)' },
  check: { zh: '查看差异', en: 'Show differences' },
} satisfies Record<string, Words>

export const CHANGES: Readonly<Record<string, Words>> = {
  added: { zh: '新增', en: 'added' },
  title: { zh: '名称', en: 'title' },
  kind: { zh: '层级', en: 'kind' },
  region: { zh: '区划', en: 'region' },
  department: { zh: '部门', en: 'department' },
  parent: { zh: '上级', en: 'parent' },
  until: { zh: '撤销', en: 'ends' },
}
