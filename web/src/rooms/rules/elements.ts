// SPDX-License-Identifier: Apache-2.0
// What a pack states, as a person reads it. Elements come as keys and texts ("when.0.say.zh").
import type { Schema } from '../../api/client'
import { clauseText } from '../../law/clause'
import type { Language, Words } from '../../words/language'

export type Element = Schema['Element']

export interface Line {
  readonly say: string
  readonly text: string
  readonly cite: string
}
export interface Stated {
  readonly key: string
  readonly value: string
}
export interface Shape {
  readonly title: string
  readonly lines: readonly Line[]
  readonly others: readonly Stated[]
}

/** A pair of words that stands under one key, in one language; undefined where it is in neither. */
export function wordsAt(
  values: Readonly<Record<string, string>>,
  key: string,
  language: Language,
): string | undefined {
  return values[`${key}.${language}`] ?? values[`${key}.zh`]
}
export function titleOf(element: Element, language: Language): string {
  return wordsAt(element.values, 'title', language) ?? element.id
}

/** Keys of the other language are left out, and what every card shows anyhow. */
export function isShown(key: string, language: Language): boolean {
  const other = language === 'zh' ? '.en' : '.zh'
  return !key.endsWith(other) && !['id', 'inherit', 'cite'].includes(key)
}

function linesOf(values: Readonly<Record<string, string>>, language: Language): Line[] {
  const lines: Line[] = []
  for (let at = 0; ; at += 1) {
    const text = values[`when.${at}.if`]
    if (text === undefined) break
    lines.push({
      say: wordsAt(values, `when.${at}.say`, language) ?? text,
      text,
      cite: values[`when.${at}.cite`] ?? '',
    })
  }
  return lines
}

export function shapeOf(element: Element, language: Language): Shape {
  const lines = linesOf(element.values, language)
  return {
    title: titleOf(element, language),
    lines,
    others: Object.entries(element.values)
      .filter(([key]) => isShown(key, language) && !key.startsWith('title.'))
      .filter(([key, value]) => value !== '' && !(lines.length > 0 && key.startsWith('when.')))
      .map(([key, value]) => ({ key, value })),
  }
}

/** Whether an element says something of what is sought: in any key, in both languages. */
export function says(element: Element, sought: string): boolean {
  const wanted = sought.trim().toLowerCase()
  if (wanted === '') return true
  return [element.id, element.clause, ...Object.values(element.values)].some((text) =>
    text.toLowerCase().includes(wanted),
  )
}

export interface Section {
  readonly id: string
  readonly elements: readonly Element[]
}

/** Elements by their section, in the order in which the pack has them. */
export function bySection(elements: readonly Element[]): readonly Section[] {
  const found = new Map<string, Element[]>()
  for (const element of elements) {
    const there = found.get(element.section)
    if (there) there.push(element)
    else found.set(element.section, [element])
  }
  return [...found].map(([id, all]) => ({ id, elements: all }))
}

/** What a line of coverage names ("category" "mlg") among the elements ("categories" "mlg"); undefined: it is none. */
export function elementNamed(elements: readonly Element[], kind: string, id: string): Element | undefined {
  const plural = kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : kind.endsWith('ch') ? `${kind}es` : `${kind}s`
  return elements.find((one) => one.id === id && (one.section === plural || one.section === kind))
}

const SECTIONS: Readonly<Record<string, Words>> = {
  pack: { zh: '政策包', en: 'The pack' },
  categories: { zh: '救助类别', en: 'Categories' },
  determination: { zh: '认定次序', en: 'Order of determination' },
  benefits: { zh: '救助项目', en: 'Benefits' },
  parameters: { zh: '数值', en: 'Figures' },
  facts: { zh: '事实', en: 'Facts' },
  indicators: { zh: '预警指标', en: 'Indicators' },
  levels: { zh: '预警等级', en: 'Levels' },
  dimensions: { zh: '预警维度', en: 'Dimensions' },
  switches: { zh: '监测开关', en: 'Switches of monitoring' },
  machines: { zh: '办件种类', en: 'Kinds of cases' },
  states: { zh: '办理状态', en: 'States' },
  moves: { zh: '办理步骤', en: 'Moves' },
  fields: { zh: '填报项', en: 'Fields' },
  papers: { zh: '文书', en: 'Papers' },
  clocks: { zh: '时限', en: 'Clocks' },
  pauses: { zh: '时限中止', en: 'Pauses' },
  escalations: { zh: '超期上报', en: 'Escalations' },
  reminders: { zh: '提醒', en: 'Reminders' },
  rhythms: { zh: '定期工作', en: 'Rhythms' },
  departments: { zh: '部门职责', en: 'Departments' },
  authorities: { zh: '确认机关', en: 'Authorities' },
  branches: { zh: '处置分支', en: 'Branches' },
  conference: { zh: '会议', en: 'Conferences' },
  transfers: { zh: '转入', en: 'Transfers' },
  watches: { zh: '跟踪', en: 'Watches' },
  phase_outs: { zh: '渐退', en: 'Phasing out' },
  reporting_groups: { zh: '统计口径', en: 'Reporting groups' },
  choices: { zh: '按意愿分流', en: 'Choices' },
  allowances: { zh: '按月发放', en: 'Monthly allowances' },
  follows: { zh: '以核算为准', en: 'What follows a determination' },
  findings: { zh: '审计线索', en: 'Findings for audit' },
  listed: { zh: '按名单逐户立案', en: 'Lists below a case' },
  waits: { zh: '办结条件', en: 'What closing waits for' },
}
export function sectionWords(id: string): Words {
  return SECTIONS[id] ?? { zh: id, en: id }
}

const KEYS: Readonly<Record<string, Words>> = {
  title: { zh: '名称', en: 'title' },
  subject: { zh: '对象', en: 'of whom' },
  unless: { zh: '除外', en: 'unless' },
  covers: { zh: '覆盖', en: 'covers' },
  becomes: { zh: '按此类', en: 'becomes' },
  confirmed_by: { zh: '确认机关', en: 'confirmed by' },
  valid_months: { zh: '有效期（月）', en: 'valid, months' },
  register_words: { zh: '名册写法', en: 'words of registers' },
  layer: { zh: '层次', en: 'layer' },
  for: { zh: '面向类别', en: 'for' },
  department: { zh: '部门', en: 'department' },
  channel: { zh: '办理渠道', en: 'channel' },
  type: { zh: '类型', en: 'type' },
  by_residence: { zh: '分城乡', en: 'by residence' },
  set_by: { zh: '由谁设定', en: 'set by' },
  values: { zh: '数值', en: 'values' },
  help: { zh: '说明', en: 'help' },
  ask: { zh: '问法', en: 'asked as' },
  how: { zh: '如何取得', en: 'how' },
  from: { zh: '自', en: 'from' },
  to: { zh: '到', en: 'to' },
  cost: { zh: '取得难度', en: 'cost' },
  max_age_days: { zh: '有效天数', en: 'fresh for, days' },
  points: { zh: '分值', en: 'points' },
  dimension: { zh: '维度', en: 'dimension' },
  working_days: { zh: '工作日', en: 'working days' },
  duties: { zh: '职责', en: 'duties' },
  amount: { zh: '金额', en: 'amount' },
  share: { zh: '比例', en: 'share' },
  every: { zh: '周期', en: 'every' },
  if: { zh: '条件式', en: 'condition' },
  say: { zh: '条件', en: 'in words' },
  cite: { zh: '依据', en: 'clause' },
  months: { zh: '月', en: 'months' },
  days: { zh: '天数', en: 'days' },
  kind: { zh: '种类', en: 'kind' },
  level: { zh: '层级', en: 'level' },
  of: { zh: '属于', en: 'of' },
  by: { zh: '由谁办理', en: 'by whom' },
  needs: { zh: '须填', en: 'needs' },
  may: { zh: '可填', en: 'may take' },
  is: { zh: '推算', en: 'derived' },
  every_months: { zh: '每几个月', en: 'every, months' },
  within: { zh: '时限', en: 'within' },
  grants: { zh: '给付', en: 'grants' },
  get: { zh: '来源', en: 'source' },
  when: { zh: '条件', en: 'when' },
  words: { zh: '取值', en: 'words' },
  action: { zh: '办理方式', en: 'action' },
  adds: { zh: '余额增加', en: 'adds to the balance' },
  after: { zh: '起于', en: 'after' },
  also: { zh: '一并办理', en: 'goes on with' },
  as: { zh: '填作', en: 'told as' },
  at_most: { zh: '上限', en: 'at most' },
  benefits: { zh: '救助项目', en: 'benefits' },
  beside: { zh: '可同时', en: 'beside' },
  cancels: { zh: '抵消', en: 'cancels' },
  categories: { zh: '救助类别', en: 'categories' },
  clocks: { zh: '时限', en: 'clocks' },
  consent: { zh: '本人同意', en: 'consent' },
  count: { zh: '计分方式', en: 'counted' },
  covered: { zh: '已覆盖', en: 'covered' },
  delegated: { zh: '可否委托', en: 'may be delegated' },
  delegated_alone: { zh: '委托后只由受托机关办理', en: 'by the lower level alone once delegated' },
  delegated_to: { zh: '受托机关', en: 'delegated to' },
  department_reads: { zh: '承办部门可看', en: 'the department reads' },
  differs: { zh: '不一致时说明', en: 'where it differs' },
  draws: { zh: '抽取', en: 'draws' },
  each: { zh: '逐次计时', en: 'each runs on its own' },
  effective: { zh: '施行', en: 'effective' },
  ends_household: { zh: '全户终止', en: 'ends the household' },
  event: { zh: '事件种类', en: 'kind of event' },
  exclusive_order: { zh: '择一次序', en: 'order of the exclusive ones' },
  extends: { zh: '依据', en: 'extends' },
  feeds: { zh: '报送数据', en: 'feeds' },
  follow_up: { zh: '后续', en: 'follow-up' },
  form: { zh: '形式', en: 'form' },
  found: { zh: '核算结果', en: 'what was found' },
  from_the_first: { zh: '自首次起', en: 'from the first' },
  grants_in_order: { zh: '依次取一', en: 'grants in order' },
  hands_to: { zh: '可交办范围', en: 'may hand to' },
  lapses: { zh: '本人的期限', en: 'the household’s own term' },
  internal: { zh: '机关自定', en: 'the office’s own target' },
  least: { zh: '至少', en: 'at least' },
  letter: { zh: '文书', en: 'letter' },
  level_of: { zh: '层级依', en: 'level as of' },
  machine: { zh: '办件种类', en: 'kind of case' },
  machines: { zh: '办件种类', en: 'kinds of cases' },
  marks: { zh: '节点', en: 'marks' },
  may_be_none: { zh: '可以没有', en: 'may be none' },
  may_lack_grant: { zh: '可无给付标准', en: 'may lack a grant' },
  monitors_by: { zh: '监测方案', en: 'monitors by' },
  move: { zh: '办理步骤', en: 'move' },
  moves: { zh: '办理步骤', en: 'moves' },
  named_by: { zh: '由哪项数值确定', en: 'named by the figure' },
  needed: { zh: '必须有', en: 'needed' },
  needs_authorisation: { zh: '须有授权', en: 'needs an authorisation' },
  not_before: { zh: '不早于', en: 'not before' },
  not_by: { zh: '不得同一人', en: 'not by the maker of' },
  not_if: { zh: '除外情形', en: 'not if' },
  numbered_if: { zh: '编号条件', en: 'numbered if' },
  once: { zh: '仅一次', en: 'once' },
  once_in_life: { zh: '终身一次', en: 'once in a life' },
  only_if: { zh: '仅当', en: 'only if' },
  open_rule: { zh: '未定规则', en: 'open rule' },
  opens: { zh: '可另立', en: 'may open' },
  optional: { zh: '由各地自定', en: 'left to the locality' },
  over: { zh: '逐项', en: 'for each of' },
  paid_by: { zh: '发放流程', en: 'paid by' },
  paper: { zh: '文书', en: 'paper' },
  papers: { zh: '文书', en: 'papers' },
  parameter: { zh: '数值', en: 'figure' },
  points_min: { zh: '起始分', en: 'points from' },
  profile: { zh: '方案', en: 'profile' },
  public: { zh: '可公开', en: 'public' },
  region: { zh: '地区', en: 'region' },
  region_scope: { zh: '适用地区', en: 'region' },
  repeat_papers: { zh: '重交材料', en: 'papers again' },
  residence: { zh: '城乡', en: 'residence' },
  roles: { zh: '涉及人员', en: 'whom it concerns' },
  same: { zh: '应一致', en: 'must be the same' },
  sensitive: { zh: '敏感', en: 'sensitive' },
  series: { zh: '文号', en: 'series' },
  settles: { zh: '说明', en: 'settles' },
  slice_of: { zh: '分档依据', en: 'slice of' },
  source: { zh: '来源', en: 'source' },
  sources_needed: { zh: '所需来源数', en: 'sources needed' },
  starts: { zh: '同时立案', en: 'starts' },
  take: { zh: '取值方式', en: 'take' },
  takes: { zh: '余额减少', en: 'takes from the balance' },
  target_days: { zh: '机关目标天数', en: 'target, days' },
  test_order: { zh: '认定次序', en: 'order of tests' },
  told: { zh: '本次填有', en: 'where it tells' },
  thing: { zh: '权限类别', en: 'right' },
  unset: { zh: '未规定', en: 'unset' },
  until: { zh: '止于', en: 'until' },
  value: { zh: '取值', en: 'value' },
  version: { zh: '版本', en: 'version' },
  what: { zh: '内容', en: 'what' },
  with: { zh: '并填', en: 'told with' },
  withdrawn: { zh: '不适用', en: 'withdrawn' },
  route: { zh: '适用路径', en: 'route' },
  ends: { zh: '终止于', en: 'ends with' },
  alone: { zh: '不得重复', en: 'open once for' },
  by_cycle: { zh: '随监测周期', en: 'by cycle of monitoring' },
  one: { zh: '仅限一件', en: 'of one case alone' },
  otherwise: { zh: '不可办时改为', en: 'otherwise' },
  into: { zh: '并入', en: 'goes into' },
  others: { zh: '其余事项', en: 'all others' },
  signed: { zh: '须有签署', en: 'needs a signed paper' },
  by_benefit: { zh: '按项目时限', en: 'by the benefit’s term' },
  stays: { zh: '留在原单位', en: 'stays at its office' },
  by_validity: { zh: '按有效期', en: 'by validity' },
  under: { zh: '上级办件', en: 'below a case of' },
  among: { zh: '限于', en: 'among' },
  since: { zh: '起算于', en: 'since' },
  late_after: { zh: '补录不早于', en: 'entered late, not before' },
  not_after: { zh: '期满后不办', en: 'not once these ran out' },
  only_after: { zh: '办理后才计时', en: 'runs only after' },
  instead_of: { zh: '代替时限', en: 'instead of' },
  answers: { zh: '答复的提请', en: 'answers' },
  shut_by: { zh: '办过即不再办', en: 'not open once made' },
  first_unpaid: { zh: '不早于未发放之月', en: 'not before the first unpaid month' },
  before_category: { zh: '类别未定时也计时', en: 'runs before a category is settled' },
  together: { zh: '合计计算', en: 'counted together with' },
  by_proposer: { zh: '提出人可自行撤回', en: 'also by whoever proposed it' },
  zero: { zh: '可以为零的金额', en: 'sums that may be nothing' },
  sum: { zh: '金额范围', en: 'between which sums' },
  because: { zh: '理由', en: 'because' },
  day: { zh: '按哪一天', en: 'by which day' },
  nobody_aged: { zh: '无人满龄', en: 'nobody of that age' },
  years: { zh: '周岁', en: 'years of age' },
  done_if: { zh: '只计其中', en: 'in those alone' },
  undone_by: { zh: '不算办成的情形', en: 'undone by' },
  unused: { zh: '不得重复使用', en: 'used once' },
  digits: { zh: '位数', en: 'digits' },
  check_digit: { zh: '校验位不符时', en: 'where the check digit does not fit' },
  whose: { zh: '账户归属的填报项', en: 'told as whose account' },
  payee: { zh: '收款人的填报项', en: 'told as payee' },
  in_order: { zh: '可以共用的归属', en: 'in order where it is' },
  range: { zh: '数值范围', en: 'from and to' },
  done: { zh: '须办成', en: 'has been done' },
  counts: { zh: '计次', en: 'counts' },
  against: { zh: '对照', en: 'held against' },
  clock: { zh: '时限', en: 'clock' },
  field: { zh: '填报项', en: 'field' },
  by_day: { zh: '按填报日期', en: 'by the day told' },
  by_level: { zh: '按等级', en: 'by level' },
  every_household: { zh: '每户', en: 'every household' },
  income: { zh: '收入口径', en: 'income told' },
  target: { zh: '去向', en: 'goes to' },
  scope: { zh: '授权范围', en: 'scope of the paper' },
  running: { zh: '仍在计时的', en: 'what still runs' },
  past: { zh: '不晚于办理日', en: 'not after the day of the step' },
  ahead: { zh: '不晚于办理日后（月）', en: 'at most so many months ahead' },
  earliest: { zh: '不早于', en: 'not before' },
  shared_by: { zh: '一号多户时须填', en: 'told where one number is of several' },
  served_once: { zh: '同户同类只用一次的文号', en: 'number that serves a household once' },
  fact: { zh: '记为事实', en: 'is the fact' },
  tells: { zh: '对点名的人记为', en: 'of whom it names' },
  repeats: { zh: '再次救助', en: 'given again' },
  pending: { zh: '已有在办的', en: 'while one is under way' },
  joins: { zh: '并入的步骤', en: 'goes into it by' },
  unknown: { zh: '未定时也问', en: 'asked where it is not known' },
  before: { zh: '启用前的款项', en: 'of the time before' },
  goes_on: { zh: '止后续计', en: 'goes on over' },
  not_beside: { zh: '办件存续间不得同一人', en: 'not by the maker, while open, of' },
  most: { zh: '最多', en: 'at most' },
  visit: { zh: '与走访所见不同时', en: 'where a visit differs' },
  finds: { zh: '可记走访事实', en: 'takes facts found at the door' },
  without_maker: { zh: '经办人不在其中时说明', en: 'why the maker is not among them' },
  on: { zh: '数据', en: 'on' },
}

/** Titles of what elements name by an id: fields, figures, facts, categories. */
export type Names = ReadonlyMap<string, Words>
const NAMED: ReadonlySet<string> = new Set([
  'fields',
  'facts',
  'parameters',
  'categories',
  'benefits',
  'papers',
  'machines',
  'clocks',
  'departments',
  'branches',
  'authorities',
  'levels',
  'dimensions',
])

/** Of the elements of some packs; of two with one id the later one's. */
export function namesOf(...packs: readonly (readonly Element[])[]): Names {
  const names = new Map<string, Words>()
  for (const element of packs.flat()) {
    const zh = element.values['title.zh']
    if (zh === undefined || !NAMED.has(element.section)) continue
    names.set(element.id, { zh, en: element.values['title.en'] ?? zh })
  }
  return names
}

/**
 * "grants.0.every" as "给付 1 · 周期": the words of the form, and what it names by an id. The id of a word is left
 * out: what stands beside it is its title.
 */
export function keyWords(key: string, names: Names = new Map()): Words {
  const parts = key.split('.').filter((part) => part !== 'zh' && part !== 'en')
  const shown = parts[0] === 'words' ? parts.slice(0, 1) : parts
  const said = (language: Language) =>
    shown
      .map((part, at) => {
        if (/^\d+$/.test(part)) return String(Number(part) + 1)
        const own = KEYS[part]?.[language]
        const named = names.get(part)?.[language]
        return (at === 0 ? (own ?? named) : (named ?? own)) ?? part
      })
      .join(' · ')
  return { zh: said('zh'), en: said('en') }
}

const CITE = /(^|\.)cite$/
const LITERAL = /(^|\.)(title|say|help|ask|how|settles|if)(\.|$)/

/** What stands under a key: an id as its title, and so each of a list ("a, b"). */
export function valueWords(key: string, value: string, names: Names): Words {
  if (CITE.test(key)) return { zh: clauseText(value), en: clauseText(value) }
  if (LITERAL.test(key)) return { zh: value, en: value }
  const ids = value.split(', ')
  const said = (language: Language) =>
    ids
      .map((id) => names.get(id)?.[language] ?? id)
      .join(language === 'zh' && ids.some((id) => names.has(id)) ? '、' : ', ')
  return { zh: said('zh'), en: said('en') }
}
