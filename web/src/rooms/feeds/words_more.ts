// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../../words/language'

export const SETS = {
  sub: {
    zh: '每个数据集由哪个部门报送、可识别哪些表头、有效期多长、是否逾期',
    en: 'Which department sends each dataset, recognised headings, validity and lateness',
  },
  late: { zh: '逾期', en: 'Late' },
  fresh: { zh: '按期', en: 'On time' },
  never: { zh: '从未报送', en: 'Never received' },
  no_term: { zh: '不定期', en: 'Irregular' },
  departments: { zh: '各部门', en: 'Departments' },
  department: { zh: '部门', en: 'Department' },
  state: { zh: '时效', en: 'Timeliness' },
  last: { zh: '最近一批', en: 'Last received' },
  due: { zh: '下批应于', en: 'Next due' },
  rows: { zh: '{rows} 行，匹配 {n}', en: '{rows} rows, {n} matched' },
  find: { zh: '数据集、表头', en: 'Dataset or heading' },
  all: { zh: '全部部门', en: 'All departments' },
  none: { zh: '没有这样的数据集', en: 'No matching datasets' },
  about: { zh: '{title}', en: '{title}' },
  delivery: { zh: '报送方式', en: 'Delivery' },
  increment: { zh: '增量', en: 'incremental' },
  whole_roll: { zh: '每次整册', en: 'full roll each time' },
  maxAge: { zh: '有效期', en: 'Valid for' },
  days: { zh: '{n} 天', en: '{n} days' },
  papers: { zh: '须有授权书才采用', en: 'used only with a signed authorisation' },
  complete: { zh: '完整名册：不在册即无', en: 'complete roll: not listed means none' },
  columns: { zh: '表头（常用的在前，其余同义）', en: 'Headings (usual ones first, then synonyms)' },
  field: { zh: '项目', en: 'Field' },
  type: { zh: '数据类型', en: 'Type' },
  headings: { zh: '可识别的表头', en: 'Recognised headings' },
  needed: { zh: '必有', en: 'required' },
  arrivals: { zh: '看到达记录', en: 'View arrivals' },
} satisfies Record<string, Words>

export const TYPES: Readonly<Record<string, Words>> = {
  id_number: { zh: '证件号码', en: 'identity number' },
  name: { zh: '姓名', en: 'name' },
  date: { zh: '日期', en: 'date' },
  category: { zh: '类别', en: 'category' },
  text: { zh: '文字', en: 'text' },
  phone: { zh: '电话', en: 'phone' },
  code: { zh: '编码', en: 'code' },
  money: { zh: '金额', en: 'money' },
  integer: { zh: '整数', en: 'number' },
}

export const STATES: Readonly<Record<string, { words: Words; tone: string; mark: string }>> = {
  late: { words: SETS.late, tone: 'red', mark: '!' },
  fresh: { words: SETS.fresh, tone: 'green', mark: '✓' },
  never: { words: SETS.never, tone: 'orange', mark: '–' },
  no_term: { words: SETS.no_term, tone: '', mark: '○' },
}

export const PAIRS = {
  sub: {
    zh: '文件中的行与名册中的人并列，由人判断是不是同一人',
    en: 'File rows beside register entries: decide whether they are the same person',
  },
  any: { zh: '全部', en: 'All' },
  review: { zh: '号码登记在他人名下', en: 'Number registered under another name' },
  probable: { zh: '不是精确匹配', en: 'Not an exact match' },
  told: { zh: '文件中写的', en: 'In the file' },
  register: { zh: '名册中的人', en: 'In the register' },
  differs: { zh: '不同', en: 'differs' },
  agrees: { zh: '相同', en: 'agrees' },
  row: { zh: '{file} 第 {n} 行', en: '{file}, row {n}' },
  event: { zh: '事情发生于 {day}', en: 'event date {day}' },
  more: { zh: '该行其他内容', en: 'Other content of the row' },
  masked: { zh: '已遮盖的数据', en: 'masked data' },
  hidden: { zh: '您无权看这类内容', en: 'You are not permitted to see this content' },
  same: { zh: '是同一人', en: 'Same person' },
  other: { zh: '不是同一人', en: 'Different person' },
  sameAsk: { zh: '认定为同一人', en: 'Confirm: same person' },
  otherAsk: { zh: '认定不是同一人', en: 'Confirm: different person' },
  said: {
    zh: '自下次导入和下一轮监测起生效，不能撤回。',
    en: 'Takes effect from the next import and monitoring run; cannot be undone.',
  },
  decided: { zh: '已认定', en: 'Decided' },
  none: { zh: '没有待核对的行', en: 'No rows to review' },
  noneHint: { zh: '每一行都能确定是谁。', en: 'Every row could be matched to a person with certainty.' },
  place: { zh: '第 {n} 条，共 {total} 条{more}', en: '{n} of {total}{more}' },
  andMore: { zh: '以上', en: '+' },
  next: { zh: '下一条', en: 'Next' },
  previous: { zh: '上一条', en: 'Previous' },
  list: { zh: '待核对的行', en: 'Rows to review' },
  relation: { zh: '与户主关系', en: 'Relation to head' },
} satisfies Record<string, Words>

export const HEADINGS = {
  open: { zh: '对照表头', en: 'Match the headings' },
  title: { zh: '对照表头：{file}', en: 'Headings of {file}' },
  hint: {
    zh: '文件第 {row} 行的表头与数据集的各项并列。选定哪个表头是哪一项，再读这个文件。',
    en: 'Row {row} of the file beside the fields of the dataset. Say which heading is which field, then read it.',
  },
  dataset: { zh: '数据集（最接近的）', en: 'Dataset (the nearest)' },
  unknown: { zh: '不认识的表头：', en: 'Headings that are not known:' },
  field: { zh: '数据集的项', en: 'Field of the dataset' },
  heading: { zh: '文件的表头', en: 'Heading of the file' },
  needed: { zh: '必须有', en: 'required' },
  lacks: { zh: '缺少，请选择', en: 'missing: choose' },
  none: { zh: '没有', en: 'none' },
  still: { zh: '还缺：{fields}', en: 'Still missing: {fields}' },
  read: { zh: '按此读取这个文件', en: 'Read this file so' },
  alone: {
    zh: '只用于这一个文件，写进导入记录；下次同样的表头会按此预选，仍由人确认。',
    en: 'For this file alone, and kept with its import. Next time it is proposed so; a person still confirms it.',
  },
  already: {
    zh: '这个文件已经读入，没有表头的项按空白处理。要改读，请报送单位改好表头后重新报送。',
    en: 'The file was read, fields without a heading as blank. To change that, its sender mends the headings.',
  },
  again: {
    zh: '这个文件已经读入，没有表头的项按空白处理。选好后先按保存的原件试读，看过结果再计入。',
    en: 'The file was read, fields without a heading as blank. Choose, try it on the kept original, then let it count.',
  },
  see: { zh: '试读，看结果', en: 'Try it and see' },
  count: { zh: '按此计入', en: 'Let it count so' },
  undo: { zh: '试读：不用人工对照', en: 'Try it without what was said' },
  said: { zh: '人工对照：{list}', en: 'Said by a person: {list}' },
  reread: {
    zh: '这是保存的原件重新读取的结果，取代了原来的读取。',
    en: 'The kept original was read again; this stands instead of the reading before.',
  },
  counted: { zh: '已按对照重新读取，正在计入', en: 'Read again; it is being counted' },
  keep: { zh: '以后也这样读…', en: 'Read later files so…' },
  keepHint: {
    zh: '提请为本单位及下级以后的文件保留这些对照。须由另一人批准并执行后才生效；这一次的读取不受影响。',
    en: 'Proposes to keep these headings for later files of this office and those below it. Another person approves.',
  },
  proposed: { zh: '已提请，等待另一人批准', en: 'Proposed; another person decides' },
  end: { zh: '不再保留…', en: 'End it…' },
  endHint: {
    zh: '提请以后的文件不再这样读；已经读入的不变。须由另一人批准。',
    en: 'Proposes that later files are no longer read so; what was read stays. Another person approves.',
  },
  keptBy: { zh: '{unit}保留', en: 'kept by {unit}' },
  bucket: { zh: '结果', en: 'Result' },
  before: { zh: '原来', en: 'Before' },
  now: { zh: '这样读', en: 'Read so' },
  onlyShown: {
    zh: '只是试读：还没有计入，什么也没有改变。',
    en: 'Only tried: nothing counts yet, nothing has changed.',
  },
  didCount: {
    zh: '已计入，取代原来的读取；下一轮监测按此计分，已计过分的事件不变。',
    en: 'It counts instead of the reading before; the next monitoring run goes by it. What has scored stays scored.',
  },
  formOnly: { zh: '只答格式：{n} 行未收', en: 'Told of the form alone: {n} rows not taken' },
  asked: { zh: '已按对照重新导入', en: 'Import started with these headings' },
} satisfies Record<string, Words>

export const ROWS = {
  title: { zh: '逐行结果：{file}', en: 'Rows of {file}' },
  open: { zh: '{bucket} {n} 行，查看逐行结果', en: '{bucket}: {n} rows, see them' },
  rows: { zh: '逐行', en: 'Rows' },
  hint: {
    zh: '按导入当日的名册和此后的人工认定列出；在册的人按您的权限显示，其他人一律遮盖。每次查看都有记录。',
    en: 'As on the day of import and by what was decided since; all but your people masked. Each look is recorded.',
  },
  tried: {
    zh: '按试读的结果列出，旁边是现在的结果；姓名、号码仍按现在的读取，计入之后才按新的对照显示。每次查看都有记录。',
    en: 'As the trial reads them; names and numbers are those of the reading that stands. Each look is recorded.',
  },
  removed: { zh: '{n} 行已到保存期限，不再列出', en: '{n} rows are past their term and no longer listed' },
  elsewhere: {
    zh: '另有 {n} 行是辖区以外在册的人，不列出',
    en: '{n} more rows are about registered people outside your area and not listed',
  },
  none: { zh: '没有这一类的行', en: 'No such rows' },
  noneHint: { zh: '可以看看其他几类。', en: 'See the others.' },
  row: { zh: '行', en: 'Row' },
  person: { zh: '姓名', en: 'Name' },
  idNumber: { zh: '公民身份号码', en: 'Identity number' },
  eventDay: { zh: '日期', en: 'Date' },
  before: { zh: '现在的结果', en: 'As it stands' },
  outcome: { zh: '比对结果', en: 'Result' },
} satisfies Record<string, Words>

export const CAME = {
  title: { zh: '收到的数据和监测', en: 'Data received, and monitoring' },
  cycle: { zh: '最近一轮监测：{day}', en: 'Last monitoring run: {day}' },
  before: { zh: '上一轮：{day}', en: 'before: {day}' },
  noCycle: { zh: '还没有监测过', en: 'No monitoring run yet' },
  none: { zh: '还没有收到部门数据', en: 'No departmental data received yet' },
  on: { zh: '报送日', en: 'Day' },
  what: { zh: '数据', en: 'Data' },
  file: { zh: '文件', en: 'File' },
  rows: { zh: '行数', en: 'Rows' },
} satisfies Record<string, Words>
